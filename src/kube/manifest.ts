// YAML (or JSON) text to objects, as kubectl reads files: documents, Lists, and kubectl's words for what cannot be read.
// Models cli-runtime/pkg/resource/visitor.go and apimachinery/pkg/util/yaml/decoder.go.
import { metadataMistake } from './decode.ts';
import { jsonObjectsIn } from './jsonStream.ts';
import { wholeYaml } from './late.ts';
import { ManifestError } from './manifestError.ts';
import type { KubeObject } from './meta.ts';
import { readPlainYaml } from './plainYaml.ts';
import type { LineOf } from './yaml.ts';

/** What an API server takes in one request; a longer text is refused before it is read. */
export const MANIFEST_BYTES_MAX = 3 * 1024 * 1024;

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

type Path = Parameters<LineOf>[0];

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
  return chunks.filter((chunk) => chunk.text.trim() !== '').flatMap(splitJson);
}

function splitJson(chunk: Chunk): readonly Chunk[] {
  const { text, linesBefore } = chunk;
  const objects = jsonObjectsIn(text) ?? [];
  if (objects.length < 2) return [chunk];
  return objects.map(([start, end]) => ({
    text: text.slice(start, end),
    linesBefore: linesBefore + text.slice(0, start).split('\n').length - 1,
  }));
}

function readChunk({ text, linesBefore }: Chunk, source: string): (Manifest | ManifestError)[] {
  const plain = readPlainYaml(text);
  // Whoever asks for a line has the text read as the whole language then; most ask for none.
  if (plain !== undefined && plain !== null) return objectsOf(plain, source, laterLineOf(text, linesBefore), []);
  const document = wholeYaml.get().readDocument(text, linesBefore, source);
  if (document instanceof ManifestError) return [document];
  const { value, lineOf } = document;
  return value === null || value === undefined ? [] : objectsOf(value, source, lineOf, []);
}

/** Reads the text when it is first asked. */
function laterLineOf(text: string, linesBefore: number): LineOf {
  let lineOf: LineOf | undefined;
  return (path) => (lineOf ??= wholeYaml.get().linesOf(text, linesBefore))(path);
}

// Objects ------------------------------------------------------------------------------------------------------------

function objectsOf(value: unknown, source: string, findLine: LineOf, path: Path): (Manifest | ManifestError)[] {
  const lineOf = (within: Path) => findLine([...path, ...within]);
  const mistakes = kindMistakes(value);
  if (mistakes.length > 0) {
    const list = mistakes.length === 1 ? mistakes[0] : `[${mistakes.join(', ')}]`;
    const hint = 'if you choose to ignore these errors, turn validation off with --validate=false';
    return [new ManifestError(`error validating "${source}": error validating data: ${list}; ${hint}`, lineOf([]))];
  }
  const object = value as KubeObject & { readonly items?: unknown };
  if (object.kind.endsWith('List') && Array.isArray(object.items)) {
    return object.items.flatMap((item, i) => objectsOf(itemOf(item, object), source, findLine, [...path, 'items', i]));
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

/** What a list of one kind holds need not say what it is. */
function itemOf(item: unknown, { apiVersion, kind }: KubeObject): unknown {
  const isUntold = kind !== 'List' && typeof item === 'object' && item !== null && !Array.isArray(item) && !('kind' in item);
  return isUntold ? { ...item, apiVersion, kind: kind.slice(0, -'List'.length) } : item;
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
