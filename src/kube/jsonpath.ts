// kubectl's dialect of JSONPath: text with {actions}: fields, wildcards, `..`, [n], [a:b:step], [*], ['key'], unions,
// filters [?(@.x==1)], quoted text, {range …}…{end}. Models client-go/util/jsonpath/{parser,jsonpath}.go.
import { goJson, goText, goType, isMap, sortedKeys } from './goText.ts';

export class JsonPathError extends Error {}

type Node =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'literal'; readonly value: number | boolean }
  | { readonly type: 'field'; readonly name: string }
  | { readonly type: 'identifier'; readonly name: string }
  | { readonly type: 'wildcard' }
  | { readonly type: 'recursive' }
  | {
      readonly type: 'slice';
      readonly from: number | undefined;
      readonly to: number | undefined;
      readonly step: number | undefined;
      readonly isOne: boolean;
    }
  | { readonly type: 'union'; readonly paths: readonly Path[] }
  | { readonly type: 'filter'; readonly left: Path; readonly operator: string; readonly right: Path };

type Path = readonly Node[];

/** Text stands between actions; an action is a path. */
export type Template = readonly (string | Path)[];

// Reading ------------------------------------------------------------------------------------------------------------

export function parseJsonPath(text: string): Template {
  const template: (string | Path)[] = [];
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf('{', at);
    if (open < 0) {
      template.push(text.slice(at));
      break;
    }
    if (open > at) template.push(text.slice(at, open));
    const reader = new PathReader(text, open + 1);
    template.push(reader.read());
    at = reader.at;
  }
  return template;
}

class PathReader {
  at: number;
  private readonly text: string;
  private readonly nodes: Node[] = [];

  constructor(text: string, at: number) {
    this.text = text;
    this.at = at;
  }

  /** Reads up to and over the closing brace. */
  read(): Path {
    for (;;) {
      if (this.text.startsWith('[?(', this.at)) this.filter();
      else if (this.text.startsWith('..', this.at)) this.recursive();
      else {
        const letter = this.text[this.at];
        if (letter === undefined || letter === '\n' || letter === '\r') throw new JsonPathError('unclosed action');
        if (letter === '}') {
          this.at++;
          return this.nodes;
        }
        if (letter === ' ' || letter === '@' || letter === '$') this.at++;
        else if (letter === '[') this.array();
        else if (letter === '"' || letter === "'") this.quoted(letter);
        else if (letter === '.') {
          this.at++;
          this.field();
        } else if (/[+\-\d]/.test(letter)) this.number();
        else if (/[\p{L}_]/u.test(letter)) this.identifier();
        else throw new JsonPathError(`unrecognized character in action: ${unicodeName(letter)}`);
      }
    }
  }

  private word(): string {
    const start = this.at;
    while (this.at < this.text.length && !/[\s.,[\]$@{}]/.test(this.text[this.at] as string))
      this.at += this.text[this.at] === '\\' ? 2 : 1;
    return this.text.slice(start, this.at);
  }

  private field(): void {
    const name = this.word();
    this.nodes.push(name === '*' ? { type: 'wildcard' } : { type: 'field', name: name.replaceAll('\\', '') });
  }

  private identifier(): void {
    const name = this.word();
    this.nodes.push(name === 'true' || name === 'false' ? { type: 'literal', value: name === 'true' } : { type: 'identifier', name });
  }

  private number(): void {
    const text = /^[+-]?[\d.]*/.exec(this.text.slice(this.at))?.[0] ?? '';
    this.at += text.length;
    if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(text)) throw new JsonPathError(`cannot parse number ${text}`);
    this.nodes.push({ type: 'literal', value: Number(text) });
  }

  private recursive(): void {
    if (this.nodes.at(-1)?.type === 'recursive') throw new JsonPathError('invalid multiple recursive descent');
    this.at += 2;
    this.nodes.push({ type: 'recursive' });
    if (/[\p{L}_\d]/u.test(this.text[this.at] ?? '')) this.field();
  }

  private quoted(quote: string): void {
    const start = this.at++;
    for (; ; this.at++) {
      const letter = this.text[this.at];
      if (letter === undefined || letter === '\n') throw new JsonPathError('unterminated quoted string');
      if (letter === quote && this.text[this.at - 1] !== '\\') break;
    }
    this.at++;
    this.nodes.push({ type: 'text', text: unquoted(this.text.slice(start + 1, this.at - 1)) });
  }

  private array(): void {
    const end = this.text.indexOf(']', this.at);
    const line = this.text.indexOf('\n', this.at);
    if (end < 0 || (line >= 0 && line < end)) throw new JsonPathError('unterminated array');
    const inner = this.text.slice(this.at + 1, end);
    this.at = end + 1;
    this.nodes.push(...arrayNodes(inner));
  }

  private filter(): void {
    const start = this.at + 3;
    let quote = '';
    let end = start;
    for (; ; end++) {
      const letter = this.text[end];
      if (letter === undefined || letter === '\n') throw new JsonPathError('unterminated filter');
      if (quote) {
        if (letter === quote && this.text[end - 1] !== '\\') quote = '';
      } else if (letter === '"' || letter === "'") quote = letter;
      else if (letter === ')') break;
    }
    if (this.text[end + 1] !== ']') throw new JsonPathError('unclosed array expect ]');
    const inner = this.text.slice(start, end);
    this.at = end + 2;
    const parts = /^([^!<>=]+)([!<>=]+)(.+)$/s.exec(inner);
    if (!parts) this.nodes.push({ type: 'filter', left: pathOf(inner), operator: 'exists', right: [] });
    else
      this.nodes.push({
        type: 'filter',
        left: pathOf(parts[1] as string),
        operator: parts[2] as string,
        right: pathOf(parts[3] as string),
      });
  }
}

function pathOf(text: string): Path {
  return new PathReader(`${text}}`, 0).read();
}

function arrayNodes(inner: string): Path {
  const text = inner === '*' ? ':' : inner;
  const parts = text.split(',');
  if (parts.length > 1) return [{ type: 'union', paths: parts.map((part) => arrayNodes(part.trim())) }];
  const key = /^'([^']*)'$/.exec(text);
  if (key) return pathOf(`.${key[1]}`);
  const slice = /^(-?\d*)(:-?\d*)?(:-?\d*)?$/.exec(text);
  if (!slice) throw new JsonPathError(`invalid array index ${text}`);
  const [from, to, step] = [slice[1], slice[2]?.slice(1), slice[3]?.slice(1)].map((part) => {
    if (part === undefined || part === '') return undefined;
    if (part === '-') throw new JsonPathError(`array index ${part} is not a number`);
    return Number(part);
  });
  return [{ type: 'slice', from, to, step, isOne: slice[2] === undefined }];
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  v: '\v',
  a: '\x07',
  '\\': '\\',
  "'": "'",
  '"': '"',
};

function unquoted(text: string): string {
  return text.replace(/\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)/gs, (_, escape: string) =>
    /^[ux]./.test(escape) ? String.fromCharCode(Number.parseInt(escape.slice(1), 16)) : (ESCAPES[escape] ?? escape),
  );
}

function unicodeName(letter: string): string {
  return `U+${(letter.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')} '${letter}'`;
}

// Finding ------------------------------------------------------------------------------------------------------------

/** The values that each part of the template finds in `value`, in order; text is a value of its own. */
export function findResults(template: Template, value: unknown): unknown[][] {
  const results: unknown[][] = [];
  walkTemplate(template, 0, value, results, 0);
  return results;
}

/** Evaluates from part `at` on and returns where it stopped: behind the `{end}` of its range, or at the end. */
function walkTemplate(template: Template, at: number, value: unknown, results: unknown[][], depth: number): number {
  let i = at;
  while (i < template.length) {
    const part = template[i++] as string | Path;
    if (typeof part === 'string') {
      results.push([part]);
      continue;
    }
    const [first, ...rest] = part;
    if (first?.type !== 'identifier') results.push(evaluate(part, [value]));
    else if (first.name === 'end') {
      if (depth === 0) throw new JsonPathError('not in range, nothing to end');
      return i;
    } else if (first.name === 'range') {
      const items = evaluate(rest, [value]);
      const start = i;
      i = endOfRange(template, start);
      for (const item of items) walkTemplate(template.slice(0, i), start, item, results, depth + 1);
    } else throw new JsonPathError(`unrecognized identifier ${first.name}`);
  }
  return i;
}

function endOfRange(template: Template, start: number): number {
  let depth = 1;
  for (let i = start; i < template.length; i++) {
    const part = template[i] as string | Path;
    const first = typeof part === 'string' ? undefined : part[0];
    if (first?.type !== 'identifier') continue;
    if (first.name === 'range') depth++;
    if (first.name === 'end' && --depth === 0) return i + 1;
  }
  return template.length;
}

function evaluate(path: Path, input: readonly unknown[]): unknown[] {
  let values = [...input];
  for (const node of path) values = step(node, values);
  return values;
}

function step(node: Node, input: readonly unknown[]): unknown[] {
  switch (node.type) {
    case 'text':
      return [node.text];
    case 'literal':
      return input.map(() => node.value);
    case 'field':
      return input.flatMap((value) =>
        isMap(value) && Object.hasOwn(value, node.name) && value[node.name] !== undefined ? [value[node.name]] : [],
      );
    case 'wildcard':
      return input.flatMap(contentsOf);
    case 'recursive':
      return input.flatMap(descend);
    case 'slice':
      return input.flatMap((value) => (value === null || value === undefined ? [] : sliceOf(value, node)));
    case 'union':
      return node.paths.flatMap((path) => evaluate(path, input));
    case 'filter':
      return input.flatMap((value) => filtered(value, node));
    case 'identifier':
      throw new JsonPathError(`unrecognized identifier ${node.name}`);
  }
}

/** Go walks maps in a random order; here it is that of the sorted keys. */
function contentsOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  return isMap(value) ? sortedKeys(value).map((key) => value[key]) : [];
}

function descend(value: unknown): unknown[] {
  const contents = contentsOf(value);
  return contents.length === 0 ? [] : [value, ...contents.flatMap(descend)];
}

function sliceOf(value: unknown, node: Extract<Node, { type: 'slice' }>): unknown[] {
  if (!Array.isArray(value)) throw new JsonPathError(`${goType(value)} is not array or slice`);
  const { length } = value;
  const from = (node.from ?? 0) + ((node.from ?? 0) < 0 ? length : 0);
  const to = node.isOne ? from + 1 : node.to === undefined ? length : node.to < 0 ? node.to + length : node.to;
  if (from === to) return [];
  if (from >= length || from < 0) throw new JsonPathError(`array index out of bounds: index ${from}, length ${length}`);
  if (to > length || to < 0) throw new JsonPathError(`array index out of bounds: index ${to - 1}, length ${length}`);
  if (from > to) throw new JsonPathError(`starting index ${from} is greater than ending index ${to}`);
  if (node.step !== undefined && node.step <= 0) throw new JsonPathError('step must be > 0');
  return value.slice(from, to).filter((_, i) => i % (node.step ?? 1) === 0);
}

function filtered(value: unknown, { left, operator, right }: Extract<Node, { type: 'filter' }>): unknown[] {
  if (!Array.isArray(value)) throw new JsonPathError(`${goText(value)} is not array or slice and cannot be filtered`);
  return value.filter((item) => {
    const lefts = evaluate(left, [item]);
    if (operator === 'exists') return lefts.length > 0;
    if (lefts.length === 0) return false;
    const rights = evaluate(right, [item]);
    if (lefts.length > 1 || rights.length > 1) throw new JsonPathError('can only compare one element at a time');
    return rights.length > 0 && compares(lefts[0], operator, rights[0]);
  });
}

function compares(left: unknown, operator: string, right: unknown): boolean {
  if (typeof left !== typeof right) throw new JsonPathError('incompatible types for comparison');
  if (typeof left === 'object') throw new JsonPathError('invalid type for comparison');
  const a = left as string | number;
  const b = right as string | number;
  if (operator === '==') return a === b;
  if (operator === '!=') return a !== b;
  if (operator === '<') return a < b;
  if (operator === '<=') return a <= b;
  if (operator === '>') return a > b;
  if (operator === '>=') return a >= b;
  throw new JsonPathError(`unrecognized filter operator ${operator}`);
}

// Printing -----------------------------------------------------------------------------------------------------------

/** The text of a template over `value`: several values of one action are parted by a space, maps and lists are JSON. */
export function printJsonPath(template: Template, value: unknown): string {
  return findResults(template, value)
    .map((values) => values.map((each) => (typeof each === 'object' && each !== null ? goJson(each) : goText(each))).join(' '))
    .join('');
}

/** `.a.b`, `a.b`, `{.a.b}` and `{a.b}` as `{.a.b}`: the short form of custom columns, --sort-by and wait. */
export function relaxedJsonPath(path: string): string {
  if (path === '') return path;
  const parts = /^\{\.?([^{}]+)\}$|^\.?([^{}]+)$/.exec(path);
  if (!parts) {
    throw new JsonPathError("unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'");
  }
  return `{.${parts[1] ?? parts[2]}}`;
}
