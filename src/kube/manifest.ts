// YAML (or JSON) text to objects, as kubectl reads files: documents, Lists, and kubectl's words for what cannot be read.
// Models cli-runtime/pkg/resource/visitor.go and apimachinery/pkg/util/yaml/decoder.go. The only file that knows the `yaml` package.
import { type Document, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type ScalarTag, stringify, type Tags } from 'yaml';
import { metadataMistake } from './decode.ts';
import type { KubeObject } from './meta.ts';
import { readPlainYaml } from './plainYaml.ts';
import { goYamlError } from './yamlErrors.ts';

export { toYaml } from './yamlText.ts';

/** What an API server takes in one request; a longer text is refused before it is read. */
export const MANIFEST_BYTES_MAX = 3 * 1024 * 1024;

/** A text that is no manifest; the message is what kubectl prints after `error: `. */
export class ManifestError extends Error {
  /** 1 for the first line of the whole text. */
  readonly line: number;

  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}

export interface Manifest {
  readonly object: KubeObject;
  /** The line on which the object begins, 1 for the first of the whole text. */
  readonly line: number;
  /** The line of a field such as `spec.containers[0].image`, or of the nearest field around it. */
  lineOf(field: string): number;
}

/** Reads all documents of a text, in order; one that cannot be read is an error among them. `source` is `STDIN` or a file name. */
export function readManifests(text: string, source = 'STDIN'): readonly (Manifest | ManifestError)[] {
  if (text.length > MANIFEST_BYTES_MAX) {
    const megabytes = (text.length / 1024 / 1024).toFixed(1);
    return [
      new ManifestError(
        `error reading ${source}: Request entity too large: the text has ${megabytes} MB, limit is ${MANIFEST_BYTES_MAX} bytes`,
        1,
      ),
    ];
  }
  return chunksOf(text).flatMap((chunk) => readChunk(chunk, source));
}

/** Plain data as YAML in its own order, for people to go on with; `readYaml` gives it back. */
export function writeYaml(value: unknown): string {
  return stringify(value, { version: '1.1', lineWidth: 130, aliasDuplicateObjects: false });
}

/** Reads one document that is no Kubernetes object, such as a scenario. Throws ManifestError. */
export function readYaml(text: string): { readonly value: unknown; lineOf(path: readonly (string | number)[]): number } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'silent' });
  const [error] = document.errors;
  if (error) throw new ManifestError(error.message, lines.linePos(error.pos[0]).line);
  const place = { root: document.contents as Node | null, lines, linesBefore: 0 };
  try {
    return { value: document.toJS({ maxAliasCount: 1000 }), lineOf: (path) => lineAt(place, path) };
  } catch (error) {
    throw new ManifestError(yamlFailure(error), 1);
  }
}

interface Chunk {
  readonly text: string;
  /** How many lines stand before it. */
  readonly linesBefore: number;
}

/** Splits at lines of `---`, which only blanks or a comment may follow. */
function chunksOf(text: string): Chunk[] {
  const chunks: Chunk[] = [];
  let lines: string[] = [];
  let start = 0;
  const all = text.split('\n');
  for (const [i, line] of all.entries()) {
    if (/^---\s*(#.*)?$/.test(line)) {
      chunks.push({ text: lines.join('\n'), linesBefore: start });
      lines = [];
      start = i + 1;
    } else lines.push(line);
  }
  chunks.push({ text: lines.join('\n'), linesBefore: start });
  return chunks.filter((chunk) => chunk.text.trim() !== '');
}

/** Kubernetes' parser keeps times and `12:30:45` as text; the rest is YAML 1.1. */
const DROPPED_TAGS = new Set(['tag:yaml.org,2002:timestamp']);
const kubernetesTags = (tags: Tags): Tags =>
  tags.filter((tag) => typeof tag === 'string' || (!DROPPED_TAGS.has(tag.tag) && (tag as ScalarTag).format !== 'TIME'));

function readChunk({ text, linesBefore }: Chunk, source: string): (Manifest | ManifestError)[] {
  const plain = readPlainYaml(text);
  // Whoever asks for a line has the text read as the whole language then; most ask for none.
  if (plain !== undefined && plain !== null)
    return objectsOf(
      plain,
      source,
      placeLater(() => parse(text, linesBefore)),
      [],
    );
  let parsed: Parsed | undefined;
  try {
    parsed = parse(text, linesBefore);
    const { document } = parsed;
    const [error] = document.errors;
    if (error) {
      const { text: words, line } = goYamlError(error, text);
      return [new ManifestError(`error parsing ${source}: error converting YAML to JSON: yaml: ${words}`, linesBefore + line)];
    }
    const value: unknown = document.toJS({ maxAliasCount: 1000 });
    if (value === null || value === undefined) return [];
    const place = parsed;
    return objectsOf(value, source, () => place, []);
  } catch (error) {
    const failure = yamlFailure(error);
    const anchor = /^unknown anchor '(.*)'/.exec(failure)?.[1];
    const at = anchor === undefined ? 0 : Math.max(0, text.indexOf(`*${anchor}`));
    const line = at === 0 ? 1 : (parsed?.lines.linePos(at).line ?? 1);
    return [new ManifestError(`error parsing ${source}: error converting YAML to JSON: yaml: ${failure}`, linesBefore + line)];
  }
}

interface Parsed extends Place {
  readonly document: Document.Parsed;
}

function parse(text: string, linesBefore: number): Parsed {
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
  if (error instanceof RangeError) return 'exceeded max depth of 10000';
  const anchor = /Unresolved alias[^:]*: (.*)/.exec(message)?.[1];
  if (anchor) return `unknown anchor '${anchor}' referenced`;
  return message.includes('Excessive alias count') ? 'document contains excessive aliasing' : message;
}

// Objects ------------------------------------------------------------------------------------------------------------

interface Place {
  readonly root: Node | null;
  readonly lines: LineCounter;
  readonly linesBefore: number;
}

type FindPlace = () => Place;

/** Finds it at most once. */
function placeLater(find: FindPlace): FindPlace {
  let place: Place | undefined;
  return () => (place ??= find());
}

type Path = readonly (string | number)[];

function objectsOf(value: unknown, source: string, findPlace: FindPlace, path: Path): (Manifest | ManifestError)[] {
  const lineOf = (within: Path) => lineAt(findPlace(), [...path, ...within]);
  const mistakes = kindMistakes(value);
  if (mistakes.length > 0) {
    const list = mistakes.length === 1 ? mistakes[0] : `[${mistakes.join(', ')}]`;
    const hint = 'if you choose to ignore these errors, turn validation off with --validate=false';
    return [new ManifestError(`error validating "${source}": error validating data: ${list}; ${hint}`, lineOf([]))];
  }
  const object = value as KubeObject & { readonly items?: unknown };
  if (object.kind.endsWith('List') && Array.isArray(object.items)) {
    return object.items.flatMap((item, i) => objectsOf(item, source, findPlace, [...path, 'items', i]));
  }
  const mistake = metadataMistake(object);
  if (mistake) return [new ManifestError(`unable to decode "${source}": ${mistake}`, lineOf([]))];
  const whole = object.metadata ? object : { ...object, metadata: { name: '' } };
  return [
    {
      object: whole,
      get line() {
        return lineOf([]);
      },
      lineOf: (field) => lineOf(stepsOf(field)),
    },
  ];
}

function kindMistakes(value: unknown): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return ['invalid object to validate'];
  const { apiVersion, kind } = value as Partial<KubeObject>;
  const mistakes: string[] = [];
  if (apiVersion === undefined || apiVersion === null) mistakes.push('apiVersion not set');
  else if (typeof apiVersion !== 'string') mistakes.push("apiVersion isn't string type");
  else if (apiVersion.split('/').length > 2) mistakes.push(`unexpected GroupVersion string: ${apiVersion}`);
  if (kind === undefined || kind === null) mistakes.push('kind not set');
  else if (typeof kind !== 'string') mistakes.push("kind isn't string type");
  return mistakes;
}

/** `spec.containers[0].env[x]` as steps. */
function stepsOf(field: string): Path {
  return (field.match(/[^.[\]]+/g) ?? []).map((step) => (/^\d+$/.test(step) ? Number(step) : step));
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
