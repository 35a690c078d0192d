// kubectl explain: the fields of a kind and their types. Models kubectl/pkg/explain/v2 (plaintext template).
// What fields are for is read from a file that the host loads on demand. Limitation: the values of enumerations are not listed.
import { groupOf } from '../../kube/kind.ts';
import { findKindIn } from '../../kube/kinds/index.ts';
import { aboutField, aboutType, type Descriptions, isRequired } from '../../kube/schema/descriptions.ts';
import { fieldsOf, goTypeName, typeOfKind } from '../../kube/schema/schema.ts';
import { CommandError, usageError } from '../errors.ts';
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
    const named = mustFindKind(resource);
    const kind = (args.text('api-version') ? findKindIn(args.text('api-version'), named.kind) : named) ?? named;
    const apiVersion = args.text('api-version') || kind.apiVersion;
    const type = typeOfKind(apiVersion, kind.kind);
    if (!type) throw new CommandError(`couldn't find resource for "${apiVersion}, Kind=${kind.kind}"`);
    const group = groupOf(apiVersion);
    if (group) yield out(`GROUP:      ${group}`);
    yield out(`KIND:       ${kind.kind}\nVERSION:    ${apiVersion.slice(group ? group.length + 1 : 0)}\n`);
    if (ctx.client.descriptions && !ctx.client.descriptions()) yield { type: 'load' };
    const descriptions = ctx.client.descriptions?.();
    const place = placeAt(type, path);
    if (path.length > 0) yield out(`FIELD: ${path.at(-1)} <${typeText(place.code)}>\n\n`);
    const about = aboutPlace(place, descriptions);
    yield out(`DESCRIPTION:\n${about.map((text) => wrapped(text, INDENT)).join('\n')}\n${INDENT}`);
    const isRecursive = args.isOn('recursive');
    const fields = linesOf(place.code, { isRecursive, descriptions, indent: '  ', above: new Set() });
    if (fields.length > 0) yield out(`FIELDS:\n${fields.join('\n')}`);
    yield out('');
    return 0;
  },
};

const INDENT = '    ';
const WIDTH = 80;
const NOTHING = '<no description>';

/** A field: the type it stands in, its name there, and the code of what it holds; the kind itself stands in no type. */
interface Place {
  readonly owner: string | undefined;
  readonly name: string;
  readonly code: string;
}

/** Where `path` leads to, through lists and maps. */
function placeAt(type: string, path: readonly string[]): Place {
  let place: Place = { owner: undefined, name: '', code: `@${type}` };
  for (const name of path) {
    const owner = structOf(place.code) ?? '';
    const code = fieldsOf(owner)[name];
    if (code === undefined) throw new CommandError(`field "${name}" does not exist`);
    place = { owner, name, code };
  }
  return place;
}

/** The type whose fields stand under a field, if it has any. */
function structOf(code: string): string | undefined {
  const inner = code.replace(/^[[{]+/, '');
  return inner.startsWith('@') ? inner.slice(1) : undefined;
}

/** What the field is for, then what its type is for. */
function aboutPlace({ owner, name, code }: Place, descriptions: Descriptions | undefined): string[] {
  if (!descriptions) return ['<empty>'];
  const type = structOf(code);
  const texts = [owner && aboutField(descriptions, owner, name), type && aboutType(descriptions, type)].filter(
    (text) => text !== undefined,
  );
  return texts.filter((text) => text !== '');
}

interface Listing {
  readonly isRecursive: boolean;
  readonly descriptions: Descriptions | undefined;
  readonly indent: string;
  readonly above: ReadonlySet<string>;
}

function linesOf(code: string, listing: Listing): string[] {
  const { isRecursive, descriptions, indent, above } = listing;
  const type = structOf(code);
  if (!type || above.has(type)) return [];
  return Object.entries(fieldsOf(type)).flatMap(([name, field]) => {
    const mark = descriptions && isRequired(descriptions, type, name) ? ' -required-' : '';
    const line = `${indent}${name}\t<${typeText(field)}>${mark}`;
    if (isRecursive) return [line, ...linesOf(field, { ...listing, indent: `${indent}  `, above: new Set([...above, type]) })];
    if (!descriptions) return [line];
    const inner = structOf(field);
    // The source has no words for a field whose value is a type of its own: those of the type stand in.
    const text = aboutField(descriptions, type, name) ?? (inner && aboutType(descriptions, inner)) ?? NOTHING;
    return [line, wrapped(text, INDENT), ''];
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

const TYPES: Readonly<Record<string, string>> = {
  s: 'string',
  i: 'integer',
  l: 'integer',
  d: 'number',
  b: 'boolean',
  t: 'string',
  T: 'string',
  q: 'Quantity',
  x: 'IntOrString',
  y: 'string',
  '*': 'Object',
};

function typeText(code: string): string {
  if (code.startsWith('[')) return `[]${typeText(code.slice(1))}`;
  if (code.startsWith('{')) return `map[string]${typeText(code.slice(1))}`;
  return code.startsWith('@') ? goTypeName(code.slice(1)) : (TYPES[code] ?? 'Object');
}
