// kubectl explain: the fields of a kind and their types. Models kubectl/pkg/explain/v2 (plaintext template).
// What fields are for is read from a file that the host loads on demand. Limitation: the values of enumerations are not listed.
import { kindsOf } from '../../kube/custom/served.ts';
import { groupOf } from '../../kube/kind.ts';
import { typeOfKind } from '../../kube/schema/schema.ts';
import { CommandError, usageError } from '../errors.ts';
import { type Explained, explainedSchema, explainedType } from '../explained.ts';
import { mustFindKind } from '../resources.ts';
import { out, type Verb } from '../verb.ts';

export const explain: Verb = {
  name: 'explain',
  usage: 'TYPE [--recursive=FALSE|TRUE] [--api-version=api-version-group]',
  summary: 'Get documentation for a resource',
  examples: [
    { why: 'The fields of a pod', line: 'kubectl explain pods' },
    { why: 'The fields of one of its fields', line: 'kubectl explain pods.spec.containers' },
  ],
  flags: [
    { name: 'recursive', type: 'bool', help: 'All fields below, names and types only.' },
    { name: 'api-version', type: 'string', help: 'The version of the kind.' },
    { name: 'output', short: 'o', type: 'string', default: 'plaintext', help: 'Only plaintext.' },
  ],

  *run(args, ctx) {
    const [word, ...more] = args.words;
    if (word === undefined) {
      throw new CommandError(
        'You must specify the type of resource to explain. Use "kubectl api-resources" for a complete list of supported resources.\n',
      );
    }
    if (more.length > 0) throw new CommandError(`We accept only this format: explain RESOURCE\n`);
    if (args.text('output') !== 'plaintext') throw usageError(ctx.path, `unsupported output format ${args.text('output')}`);
    const [resource = '', ...path] = word.split('.');
    const named = mustFindKind(resource, ctx);
    const kind = kindsOf(ctx.client.snapshot()).findIn(args.text('api-version') || named.apiVersion, named.kind) ?? named;
    const apiVersion = args.text('api-version') || kind.apiVersion;
    const type = typeOfKind(apiVersion, kind.kind);
    if (!type && !kind.schema) throw new CommandError(`couldn't find resource for "${apiVersion}, Kind=${kind.kind}"`);
    const group = groupOf(apiVersion);
    if (group) yield out(`GROUP:      ${group}`);
    yield out(`KIND:       ${kind.kind}\nVERSION:    ${apiVersion.slice(group ? group.length + 1 : 0)}\n`);
    if (ctx.client.descriptions && !ctx.client.descriptions()) yield { type: 'load' };
    const descriptions = ctx.client.descriptions?.();
    const place = placeAt(kind.schema ? explainedSchema(kind.schema, descriptions) : explainedType(type ?? '', descriptions), path);
    if (path.length > 0) yield out(`FIELD: ${place.name} <${place.type}>\n\n`);
    const about = place.about && place.about.length > 0 ? place.about : ['<empty>'];
    yield out(`DESCRIPTION:\n${about.map((text) => wrapped(text, INDENT)).join('\n')}\n${INDENT}`);
    const fields = linesOf(place, args.isOn('recursive'));
    if (fields.length > 0) yield out(`FIELDS:\n${fields.join('\n')}`);
    yield out('');
    return 0;
  },
};

const INDENT = '    ';
const WIDTH = 80;
const NOTHING = '<no description>';

/** Where `path` leads to, through lists and maps. */
function placeAt(kind: Explained, path: readonly string[]): Explained {
  let place = kind;
  for (const name of path) {
    const field = place.fields.find((each) => each.name === name);
    if (!field) throw new CommandError(`field "${name}" does not exist`);
    place = field;
  }
  return place;
}

function linesOf({ typeId, fields }: Explained, isRecursive: boolean, indent = '  ', above: readonly string[] = []): string[] {
  if (typeId !== undefined && above.includes(typeId)) return [];
  return fields.flatMap((field) => {
    const line = `${indent}${field.name}\t<${field.type}>${field.isRequired ? ' -required-' : ''}`;
    if (isRecursive) return [line, ...linesOf(field, true, `${indent}  `, typeId === undefined ? above : [...above, typeId])];
    return field.about ? [line, wrapped(field.about[0] ?? NOTHING, INDENT), ''] : [line];
  });
}

/** Words on lines of `WIDTH` letters at most, indented; a longer word keeps a line of its own. */
function wrapped(text: string, indent: string): string {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    for (const word of paragraph.split(' ').filter(Boolean)) {
      if (line && indent.length + line.length + 1 + word.length > WIDTH) {
        lines.push(line);
        line = word;
      } else line = line ? `${line} ${word}` : word;
    }
    lines.push(line);
  }
  return lines.map((line) => `${indent}${line}`).join('\n');
}
