// The text of a whole cluster, as `kubectl get … -A -o yaml` or `-o json` prints it: taken apart object by object, so that tens of megabytes
// can be read a little at a time. What is cut off or broken costs the objects it hits, and is told.
//
//   items:                 each "- …" with the lines indented below it is read by itself;
//   - apiVersion: v1       a text that ends before its `kind: List` was cut off, and its last item is not believed
import type { Unreadable } from '../i18n/remarks.ts';
import { readManifests } from './manifest.ts';
import { ManifestError } from './manifestError.ts';
import type { KubeObject } from './meta.ts';
import { readPlainYaml } from './plainYaml.ts';

/** Of one object; an API server keeps none that is larger. */
const OBJECT_LENGTH_MAX = 2_000_000;
const OBJECTS_MAX = 200_000;
const FAILURES_MAX = 20;
/** Where the beginning of a text tells what it is. */
const HEAD_LENGTH = 20_000;

interface Piece {
  readonly text: string;
  readonly isJson: boolean;
  /** Where the text goes on after it. */
  readonly end: number;
}

export class DumpReader {
  readonly objects: KubeObject[] = [];
  /** What could not be read: the first few. */
  readonly failures: Unreadable[] = [];
  failureCount = 0;
  /** The text ends in the middle. */
  isCutOff = false;
  /** There are more objects than are read. */
  isTooMuch = false;
  private readonly text: string;
  private readonly pieces: Iterator<Piece, void>;
  private at = 0;

  constructor(text: string) {
    this.text = text.includes('\r') ? text.replaceAll('\r\n', '\n') : text;
    this.pieces = piecesOf(this.text, () => (this.isCutOff = true));
  }

  /** How much of the text has been read, from 0 to 1. */
  get progress(): number {
    return this.text.length === 0 ? 1 : Math.min(1, this.at / this.text.length);
  }

  /** Reads one object more. False when there is none. */
  step(): boolean {
    if (this.objects.length >= OBJECTS_MAX) {
      this.isTooMuch = true;
      return false;
    }
    const next = this.pieces.next();
    if (next.done) return false;
    const { text, isJson, end } = next.value;
    this.at = end;
    if (text.length > OBJECT_LENGTH_MAX) this.fail({ type: 'largeObject' });
    else if (isJson) this.readJson(text);
    else this.readYaml(text);
    return true;
  }

  private readJson(text: string): void {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      // Every browser has words of its own for a mistake; JSON is YAML, too.
      this.readYaml(text);
      return;
    }
    this.take(value);
  }

  private readYaml(given: string): void {
    const text = withoutManagedFields(given);
    const value = readPlainYaml(text);
    if (value !== undefined) return this.take(value);
    for (const read of readManifests(text)) {
      if (read instanceof ManifestError) this.failIn(read.message);
      else this.take(read.object);
    }
  }

  private take(value: unknown): void {
    const { apiVersion, kind, metadata } = (value ?? {}) as { readonly [field: string]: unknown };
    const isObject = typeof apiVersion === 'string' && typeof kind === 'string' && typeof metadata === 'object' && metadata !== null;
    if (isObject) this.objects.push(value as KubeObject);
    else this.fail({ type: 'noObject' });
  }

  private failIn(words: string): void {
    this.fail({ type: 'unreadable', words: words.slice(0, 300) });
  }

  private fail(failure: Unreadable): void {
    this.failureCount++;
    if (this.failures.length < FAILURES_MAX) this.failures.push(failure);
  }
}

function* piecesOf(text: string, onCutOff: () => void): Generator<Piece, void> {
  if (/^\s*[[{]/.test(text.slice(0, 1000))) yield* jsonPieces(text, onCutOff);
  else yield* yamlPieces(text, onCutOff);
}

// YAML ---------------------------------------------------------------------------------------------------------------

function* yamlPieces(text: string, onCutOff: () => void): Generator<Piece, void> {
  let at = 0;
  while (at < text.length) {
    const next = /^---[ \t]*(#.*)?$/gm;
    next.lastIndex = at;
    const separator = next.exec(text);
    const end = separator?.index ?? text.length;
    yield* yamlDocument(text, at, end, onCutOff);
    at = separator ? end + separator[0].length : end;
  }
}

function* yamlDocument(text: string, start: number, end: number, onCutOff: () => void): Generator<Piece, void> {
  let itemsAt = -1;
  let hasKind = false;
  for (let at = start; at < end && itemsAt < 0; at = lineEnd(text, at, end)) {
    if (text.startsWith('items:', at) && /^items:[ \t]*\n/.test(text.slice(at, at + 200))) itemsAt = lineEnd(text, at, end);
    else if (text.startsWith('kind:', at)) hasKind = true;
  }
  if (itemsAt < 0) {
    const whole = text.slice(start, end);
    if (whole.trim() !== '') yield { text: whole, isJson: false, end };
    return;
  }
  // One item is held back: whether it is whole is known when something follows it.
  let held: Piece | undefined;
  let itemStart = -1;
  let dash = -1;
  let at = itemsAt;
  for (; at < end; at = lineEnd(text, at, end)) {
    const indent = indentAt(text, at, end);
    if (indent < 0) continue;
    if (dash < 0 && text[at + indent] === '-') dash = indent;
    const isItem = indent === dash && text[at + indent] === '-';
    if (!isItem && indent > dash && dash >= 0) continue;
    if (held) yield held;
    held = itemStart < 0 ? undefined : { text: itemText(text, itemStart, at, dash), isJson: false, end: at };
    itemStart = isItem ? at : -1;
    if (!isItem) break;
  }
  for (let rest = at; rest < end; rest = lineEnd(text, rest, end)) if (text.startsWith('kind:', rest)) hasKind = true;
  if (held) yield held;
  if (itemStart >= 0 && hasKind) yield { text: itemText(text, itemStart, end, dash), isJson: false, end };
  if (!hasKind) onCutOff();
}

/** Where the next line begins. */
function lineEnd(text: string, at: number, end: number): number {
  const newline = text.indexOf('\n', at);
  return newline < 0 || newline >= end ? end : newline + 1;
}

/** How far a line is indented; less than none for blank lines and comments. */
function indentAt(text: string, at: number, end: number): number {
  let i = at;
  while (i < end && text[i] === ' ') i++;
  return i >= end || text[i] === '\n' || text[i] === '#' ? -1 : i - at;
}

/** An item by itself: the dash becomes a blank. */
function itemText(text: string, start: number, end: number, dash: number): string {
  return `${' '.repeat(dash + 1)}${text.slice(start + dash + 1, end)}`;
}

/** Who set which field: half of a text that was asked for it, and nothing here reads it. */
function withoutManagedFields(text: string): string {
  return text.replace(/^( +)managedFields:[ \t]*\n(?:(?:\1-|\1 ).*(?:\n|$)|[ \t]*\n)+/gm, '');
}

// JSON ---------------------------------------------------------------------------------------------------------------

const QUOTE = 34;
const BACKSLASH = 92;
const OPEN = 123;
const CLOSE = 125;

function* jsonPieces(text: string, onCutOff: () => void): Generator<Piece, void> {
  const list = /"items"\s*:\s*\[/.exec(text.slice(0, HEAD_LENGTH));
  const isArray = /^\s*\[/.test(text.slice(0, 1000));
  if (!list && !isArray) {
    yield { text, isJson: true, end: text.length };
    return;
  }
  let at = list ? list.index + list[0].length : text.indexOf('[') + 1;
  for (;;) {
    while (at < text.length && /[\s,]/.test(text[at] as string)) at++;
    if (text.charCodeAt(at) !== OPEN) break;
    const end = objectEnd(text, at);
    if (end === undefined) break;
    yield { text: text.slice(at, end), isJson: true, end };
    at = end;
  }
  if (text[at] !== ']' || (list && !text.includes('}', at))) onCutOff();
}

/** Where the object that begins at `at` ends; undefined where the text does. */
function objectEnd(text: string, at: number): number | undefined {
  let depth = 0;
  for (let i = at; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) i = stringEnd(text, i);
    else if (code === OPEN) depth++;
    else if (code === CLOSE && --depth === 0) return i + 1;
  }
  return undefined;
}

function stringEnd(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === BACKSLASH) slashes++;
    if (slashes % 2 === 0) return end;
  }
  return text.length;
}
