// Runs a template of Go over an object. Models Go's text/template/exec.go and funcs.go, and kubectl's own `exists` and
// `base64decode` (cli-runtime/pkg/printers/template.go). Numbers are floats, as kubectl reads JSON for templates.
import { goText } from '../../kube/goText.ts';
import { type Operand, type Pipeline, TemplateError, type TemplateNode, type Term } from './parse.ts';

/** A range over more items than any list here has would be a mistake of the template. */
const RANGE_MAX = 1_000_000;

type Scope = { readonly name: string; value: unknown }[];

export function executeTemplate(nodes: readonly TemplateNode[], data: unknown): string {
  return run(nodes, data, [{ name: '$', value: data }]);
}

function run(nodes: readonly TemplateNode[], dot: unknown, scope: Scope): string {
  const inner: Scope = [...scope];
  return nodes.map((node) => runNode(node, dot, inner)).join('');
}

function runNode(node: TemplateNode, dot: unknown, scope: Scope): string {
  if (node.type === 'text') return node.text;
  if (node.type === 'action') {
    const value = evaluate(node.pipeline, dot, scope);
    declare(node.pipeline, value, scope);
    return node.pipeline.variables.length > 0 ? '' : textOf(value);
  }
  const value = evaluate(node.pipeline, dot, scope);
  if (node.type === 'range') return runRange(node, value, dot, scope);
  const inner: Scope = [...scope];
  declare(node.pipeline, value, inner);
  if (!isTrue(value)) return run(node.otherwise, dot, inner);
  return run(node.body, node.type === 'with' ? value : dot, inner);
}

function runRange(node: Exclude<TemplateNode, { type: 'text' | 'action' }>, value: unknown, dot: unknown, scope: Scope): string {
  const entries = entriesOf(value);
  if (entries.length === 0) return run(node.otherwise, dot, scope);
  const { variables } = node.pipeline;
  return entries
    .map(([key, item]) => {
      const inner: Scope = [...scope];
      if (variables.length === 1) inner.push({ name: variables[0] as string, value: item });
      if (variables.length === 2) inner.push({ name: variables[0] as string, value: key }, { name: variables[1] as string, value: item });
      return run(node.body, item, inner);
    })
    .join('');
}

function entriesOf(value: unknown): (readonly [unknown, unknown])[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value.map((item, i) => [i, item] as const);
  if (typeof value === 'number')
    return Array.from({ length: Math.min(Math.max(0, Math.trunc(value)), RANGE_MAX) }, (_, i) => [i, i] as const);
  if (typeof value === 'object') {
    return Object.keys(value)
      .sort()
      .map((key) => [key, (value as Record<string, unknown>)[key]] as const);
  }
  throw new TemplateError(`range can't iterate over ${textOf(value)}`);
}

function declare({ variables, isAssignment }: Pipeline, value: unknown, scope: Scope): void {
  for (const name of variables) {
    if (!isAssignment) scope.push({ name, value });
    else variable(name, scope).value = value;
  }
}

function variable(name: string, scope: Scope): Scope[number] {
  const found = scope.findLast((each) => each.name === name);
  if (!found) throw new TemplateError(`undefined variable ${JSON.stringify(name)}`);
  return found;
}

function evaluate({ commands }: Pipeline, dot: unknown, scope: Scope): unknown {
  let value: unknown;
  for (const [i, command] of commands.entries()) value = call(command, i === 0 ? [] : [value], dot, scope);
  return value;
}

/** `final` is what the command before in the pipeline gave. */
function call([first, ...rest]: readonly Term[], final: readonly unknown[], dot: unknown, scope: Scope): unknown {
  if (!first) return undefined;
  if (first.operand.type !== 'function') {
    if (rest.length > 0 || final.length > 0) throw new TemplateError(`can't give argument to non-function ${termText(first)}`);
    return termValue(first, dot, scope);
  }
  const { name } = first.operand;
  if (name === 'and' || name === 'or') return decide(name, rest, final, dot, scope);
  const work = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (!work) throw new TemplateError(`function ${JSON.stringify(name)} not defined`);
  return fieldsOf(work([...rest.map((term) => termValue(term, dot, scope)), ...final]), first.fields);
}

/** `and` and `or` look no further than they must. */
function decide(name: 'and' | 'or', terms: readonly Term[], final: readonly unknown[], dot: unknown, scope: Scope): unknown {
  let value: unknown;
  for (const term of terms) {
    value = termValue(term, dot, scope);
    if (isTrue(value) === (name === 'or')) return value;
  }
  return final.length > 0 ? final[0] : value;
}

function termValue({ operand, fields }: Term, dot: unknown, scope: Scope): unknown {
  return fieldsOf(operandValue(operand, dot, scope), fields);
}

function operandValue(operand: Operand, dot: unknown, scope: Scope): unknown {
  switch (operand.type) {
    case 'dot':
      return dot;
    case 'nil':
      return undefined;
    case 'literal':
      return operand.value;
    case 'variable':
      return variable(operand.name, scope).value;
    case 'pipeline':
      return evaluate(operand.pipeline, dot, scope);
    case 'function':
      return call([{ operand, fields: [] }], [], dot, scope);
  }
}

function fieldsOf(value: unknown, fields: readonly string[]): unknown {
  let at = value;
  for (const field of fields) {
    if (at === undefined || at === null) return undefined;
    if (typeof at !== 'object' || Array.isArray(at)) throw new TemplateError(`can't evaluate field ${field} in type interface {}`);
    at = entryOf(at, field);
  }
  return at;
}

/** What a map holds itself: never what JavaScript gives every object. */
function entryOf(map: object, key: string): unknown {
  return Object.hasOwn(map, key) ? (map as Record<string, unknown>)[key] : undefined;
}

function termText({ operand, fields }: Term): string {
  const start = operand.type === 'literal' ? JSON.stringify(operand.value) : operand.type === 'variable' ? operand.name : '';
  return `${start}${fields.map((field) => `.${field}`).join('')}` || '.';
}

function isTrue(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
  return Boolean(value);
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '<no value>';
  return typeof value === 'number' ? floatText(value) : goText(value);
}

/** A float as Go's %v writes it: from a million on and below 10^-4 with an exponent. */
function floatText(value: number): string {
  const [digits = '', exponent = '0'] = value.toExponential().split('e');
  const power = Number(exponent);
  if (power >= -4 && power < 6) return String(value);
  return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}

const FUNCTIONS: Readonly<Record<string, (args: readonly unknown[]) => unknown>> = {
  not: ([value]) => !isTrue(value),
  len: ([value]) => {
    if (typeof value === 'string') return new TextEncoder().encode(value).length;
    if (Array.isArray(value)) return value.length;
    if (typeof value === 'object' && value !== null) return Object.keys(value).length;
    throw new TemplateError('error calling len: len of nil pointer');
  },
  index: ([value, ...keys]) => keys.reduce<unknown>(indexed, value),
  eq: ([value, ...others]) => others.some((other) => value === other),
  ne: ([a, b]) => a !== b,
  lt: ([a, b]) => (a as number) < (b as number),
  le: ([a, b]) => (a as number) <= (b as number),
  gt: ([a, b]) => (a as number) > (b as number),
  ge: ([a, b]) => (a as number) >= (b as number),
  print: (args) =>
    args.map((each, i) => (i > 0 && typeof each !== 'string' && typeof args[i - 1] !== 'string' ? ' ' : '') + textOf(each)).join(''),
  println: (args) => `${args.map(textOf).join(' ')}\n`,
  printf: ([format, ...args]) => formatted(String(format), args),
  exists: ([value, ...keys]) => {
    let at = value;
    for (const key of keys) {
      if (typeof at !== 'object' || at === null || entryOf(at, String(key)) === undefined) return false;
      at = entryOf(at, String(key));
    }
    return true;
  },
  base64decode: ([value]) => decodeBase64(String(value)),
};

function indexed(value: unknown, key: unknown): unknown {
  if (Array.isArray(value)) {
    if (typeof key !== 'number') throw new TemplateError(`error calling index: cannot index slice/array with type ${typeof key}`);
    if (key < 0 || key >= value.length) throw new TemplateError(`error calling index: index out of range: ${key}`);
    return value[key];
  }
  if (value === undefined || value === null) throw new TemplateError('error calling index: index of untyped nil');
  if (typeof value !== 'object') throw new TemplateError("error calling index: can't index item of this type");
  return entryOf(value, String(key));
}

/** %s, %v, %d, %q, %t, %f with a width, left or right. */
function formatted(format: string, args: readonly unknown[]): string {
  let next = 0;
  return format.replace(
    /%(-?)(\d*)(?:\.(\d+))?([svdqtf%])/g,
    (_, left: string, width: string, precision: string | undefined, verb: string) => {
      if (verb === '%') return '%';
      const value = args[next++];
      if (next > args.length) return `%!${verb}(MISSING)`;
      const text =
        verb === 'q'
          ? JSON.stringify(textOf(value))
          : verb === 'd' && typeof value === 'number'
            ? String(Math.trunc(value))
            : verb === 'f'
              ? Number(value).toFixed(Number(precision ?? 6))
              : textOf(value);
      return left ? text.padEnd(Number(width)) : text.padStart(Number(width));
    },
  );
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function decodeBase64(text: string): string {
  const bytes: number[] = [];
  let bits = 0;
  let count = 0;
  for (const letter of text.replace(/[=\s]/g, '')) {
    const value = BASE64.indexOf(letter);
    if (value < 0) throw new TemplateError('error calling base64decode: illegal base64 data');
    bits = (bits << 6) | value;
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes.push((bits >> count) & 255);
    }
  }
  return new TextDecoder().decode(new Uint8Array(bytes));
}
