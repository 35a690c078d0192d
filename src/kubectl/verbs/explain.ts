// kubectl explain: the fields of a kind and their types. Models kubectl/pkg/explain/v2 (plaintext template).
// Limitation: the schema here has no descriptions and does not say which fields are required.
import { groupOf } from '../../kube/kind.ts';
import { findKindIn } from '../../kube/kinds/index.ts';
import { fieldsOf, goTypeName, typeOfKind } from '../../kube/schema/schema.ts';
import { CommandError, usageError } from '../errors.ts';
import { mustFindKind } from '../resources.ts';
import type { Verb } from '../verb.ts';

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
    const lines = group ? [`GROUP:      ${group}`] : [];
    lines.push(`KIND:       ${kind.kind}`, `VERSION:    ${apiVersion.slice(group ? group.length + 1 : 0)}`, '');
    const code = codeAt(type, path);
    if (path.length > 0) lines.push(`FIELD: ${path.at(-1)} <${typeText(code)}>`, '');
    lines.push('DESCRIPTION:', '    <empty>');
    const fields = linesOf(code, args.isOn('recursive'), '  ', new Set());
    if (fields.length > 0) lines.push('', 'FIELDS:', ...fields);
    yield { type: 'stdout', text: `${lines.join('\n')}\n\n` };
    return 0;
  },
};

/** The code of the field that `path` leads to, through lists and maps. */
function codeAt(type: string, path: readonly string[]): string {
  let code = `@${type}`;
  for (const name of path) {
    const next = fieldsOf(structOf(code) ?? '')[name];
    if (next === undefined) throw new CommandError(`field "${name}" does not exist`);
    code = next;
  }
  return code;
}

/** The type whose fields stand under a field, if it has any. */
function structOf(code: string): string | undefined {
  const inner = code.replace(/^[[{]+/, '');
  return inner.startsWith('@') ? inner.slice(1) : undefined;
}

function linesOf(code: string, isRecursive: boolean, indent: string, above: ReadonlySet<string>): string[] {
  const type = structOf(code);
  if (!type || above.has(type)) return [];
  const below = new Set([...above, type]);
  return Object.entries(fieldsOf(type)).flatMap(([name, field]) => [
    `${indent}${name}\t<${typeText(field)}>`,
    ...(isRecursive ? linesOf(field, true, `${indent}  `, below) : []),
  ]);
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
