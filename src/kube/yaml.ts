// The whole language of YAML, with the lines on which things stand. The only file that knows the `yaml` package.
import {
  type CST,
  type Document,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  Parser,
  parseDocument,
  type ScalarTag,
  stringify,
  type Tags,
} from 'yaml';
import { ManifestError } from './manifestError.ts';
import { goYamlError } from './yamlErrors.ts';

type Path = readonly (string | number)[];

/** The line of what stands at a path, or of the nearest around it; 1 for the first of the whole text. */
export type LineOf = (path: Path) => number;

interface Read {
  readonly value: unknown;
  readonly lineOf: LineOf;
}

/** Plain data as YAML in its own order, for people to go on with; `readYaml` gives it back. */
export function writeYaml(value: unknown): string {
  return stringify(value, { version: '1.1', lineWidth: 130, aliasDuplicateObjects: false });
}

/** Reads one document that is no Kubernetes object, such as a scenario. Throws ManifestError. */
export function readYaml(text: string): Read {
  if (nestsTooDeep(text)) throw new ManifestError(TOO_DEEP, 1, 'RESOURCE_EXHAUSTION');
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'silent' });
  const [error] = document.errors;
  if (error) throw new ManifestError(error.message, lines.linePos(error.pos[0]).line, error.code);
  const place = { root: document.contents as Node | null, lines, linesBefore: 0 };
  try {
    return { value: document.toJS({ maxAliasCount: 1000 }), lineOf: (path) => lineAt(place, path) };
  } catch (error) {
    const failure = yamlFailure(error);
    throw new ManifestError(failure, 1, failure.startsWith('unknown anchor') ? 'BAD_ALIAS' : 'RESOURCE_EXHAUSTION');
  }
}

/** Where things stand in a document that `linesBefore` lines precede. */
export function linesOf(text: string, linesBefore: number): LineOf {
  const parsed = parse(text, linesBefore);
  return (path) => lineAt(parsed, path);
}

/** Reads a document of a file as Kubernetes reads it; what cannot be read is an error in its words. */
export function readDocument(text: string, linesBefore: number, source: string): Read | ManifestError {
  const failed = (words: string, line: number) =>
    new ManifestError(`error parsing ${source}: error converting YAML to JSON: yaml: ${words}`, linesBefore + line);
  if (nestsTooDeep(text)) return failed(TOO_DEEP, 1);
  let parsed: Parsed | undefined;
  try {
    parsed = parse(text, linesBefore);
    const place = parsed;
    const [error] = parsed.document.errors;
    if (error) {
      const { text: words, line } = goYamlError(error, text);
      return failed(words, line);
    }
    return { value: parsed.document.toJS({ maxAliasCount: 1000 }), lineOf: (path) => lineAt(place, path) };
  } catch (error) {
    const failure = yamlFailure(error);
    const anchor = /^unknown anchor '(.*)'/.exec(failure)?.[1];
    const at = anchor === undefined ? 0 : Math.max(0, text.indexOf(`*${anchor}`));
    return failed(failure, at === 0 ? 1 : (parsed?.lines.linePos(at).line ?? 1));
  }
}

// Depth ------------------------------------------------------------------------------------------------------------------

/** Kubernetes' words at its own limit. */
const TOO_DEEP = 'exceeded max depth of 10000';
/** Limitation: ours is lower. The reader calls itself for what is nested, and how often it can is left to each browser. */
const DEPTH_MAX = 500;
const DEEPLY_INDENTED = new RegExp(`^[ ?:-]{${DEPTH_MAX},}`, 'm');

/** Whether lists and maps stand in each other more than DEPTH_MAX deep. */
function nestsTooDeep(text: string): boolean {
  return mayNestTooDeep(text) && depthOf(text) > DEPTH_MAX;
}

/** A look at what makes depth, brackets and indentation, in texts and comments, too: no more depth can be there. */
function mayNestTooDeep(text: string): boolean {
  let open = 0;
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    if (bracket === ']' || bracket === '}') open = Math.max(0, open - 1);
    else if (++open > DEPTH_MAX) return true;
  }
  return DEEPLY_INDENTED.test(text);
}

function depthOf(text: string): number {
  const left: [token: CST.Token, depth: number][] = [];
  for (const token of new Parser().parse(text)) left.push([token, 0]);
  let deepest = 0;
  for (let next = left.pop(); next; next = left.pop()) {
    const [token, depth] = next;
    deepest = Math.max(deepest, depth);
    if (token.type === 'document') left.push(...(token.value ? [[token.value, depth] as [CST.Token, number]] : []));
    if (!('items' in token)) continue;
    for (const { key, value } of token.items) for (const inner of [key, value]) if (inner) left.push([inner, depth + 1]);
  }
  return deepest;
}

/** Kubernetes' parser keeps times and `12:30:45` as text; the rest is YAML 1.1. */
const DROPPED_TAGS = new Set(['tag:yaml.org,2002:timestamp']);
const kubernetesTags = (tags: Tags): Tags =>
  tags
    .filter((tag) => typeof tag === 'string' || (!DROPPED_TAGS.has(tag.tag) && (tag as ScalarTag).format !== 'TIME'))
    .map((tag) => (typeof tag !== 'string' && (tag as ScalarTag).test?.test('.') ? { ...(tag as ScalarTag), test: FRACTION } : tag));

/** A number with a point has a digit, too: a point alone is text. */
const FRACTION = /^[-+]?(?:\d[\d_]*\.[\d_]*|\.[\d_]*\d[\d_]*)$/;

interface Place {
  readonly root: Node | null;
  readonly lines: LineCounter;
  readonly linesBefore: number;
}

interface Parsed extends Place {
  readonly document: Document.Parsed;
}

function parse(given: string, linesBefore: number): Parsed {
  const parsed = parseText(given, linesBefore);
  const text = withoutQuoteEscapes(given, parsed.document);
  return text === given ? parsed : parseText(text, linesBefore);
}

/** Go's parser takes `\'` between double quotes for a single quote, which no version of YAML knows. */
function withoutQuoteEscapes(text: string, { errors }: Document.Parsed): string {
  const places = errors.filter(({ code, pos }) => code === 'BAD_DQ_ESCAPE' && text.startsWith("\\'", pos[0])).map(({ pos }) => pos[0]);
  return places.reduceRight((rest, at) => rest.slice(0, at) + rest.slice(at + 1), text);
}

function parseText(text: string, linesBefore: number): Parsed {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    version: '1.1',
    merge: true,
    uniqueKeys: false,
    prettyErrors: false,
    customTags: kubernetesTags,
    lineCounter: lines,
    logLevel: 'silent',
  });
  return { document, root: document.contents, lines, linesBefore };
}

function yamlFailure(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const anchor = /Unresolved alias[^:]*: (.*)/.exec(message)?.[1];
  if (anchor) return `unknown anchor '${anchor}' referenced`;
  return message.includes('Excessive alias count') ? 'document contains excessive aliasing' : message;
}

/** The line of the deepest node on the path that the text has. */
function lineAt({ root, lines, linesBefore }: Place, path: Path): number {
  let node: unknown = root;
  let offset = root?.range?.[0] ?? 0;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => String(isScalar(key) ? key.value : key) === String(step));
      if (!pair) break;
      offset = (pair.key as Node).range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node) && typeof step === 'number') {
      node = node.items[step];
      offset = (node as Node | undefined)?.range?.[0] ?? offset;
    } else break;
  }
  return linesBefore + lines.linePos(offset).line;
}
