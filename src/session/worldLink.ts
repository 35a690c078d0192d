// A whole world in the fragment of an address, which browsers send to nobody: #w=1… holds the run, #s=… only names a scenario's moment.
// It is what was done, with seed and moment; the engine makes the rest of it again, to the same bytes. A link may come from anybody and
// be anything: what cannot be read is told, and nothing of it is believed that shareLink.ts does not check.
//
//   #s= scenario&seed=…&at=…&mark=…                                              the words of shareLink.ts, and how it ran
//   #w= 1 <base64url of deflate-raw of JSON [words, deeds, dropped, mark]>       the 1 is the version of this format
//   #w= 1 <… [words, deeds, dropped, mark, objects]>                             a cluster that ran elsewhere
//   file: gzip of the same JSON, without the limits of an address
import { isMark, type Mark, markOf, readMark, writeMark } from './mark.ts';
import type { Deed } from './script.ts';
import type { Session } from './session.ts';
import { deedOf, type Link, readLink, rowOf, wordsOf } from './shareLink.ts';

export const VERSION = '1';
/** What chats and mail programs carry whole. */
const LENGTH_MAX = 16_000;
/** What a link may unfold to: no world that a person made by hand is larger. */
const BYTES_MAX = 4_000_000;
/** A cluster of five thousand pods and more. */
const FILE_BYTES_MAX = 200_000_000;
const DEEDS_MAX = 5000;

export type LinkFailure = 'damaged' | 'tooNew' | 'tooLarge';

export interface WorldLink extends Link {
  readonly mark?: Mark;
  /** What the link says that a cluster had: nothing of it is checked yet. */
  readonly objects?: readonly unknown[];
  readonly failure?: LinkFailure;
}

export interface WrittenLink {
  readonly hash: string;
  /** Whether what was done in the world found room in it. */
  readonly isWhole: boolean;
}

export async function writeWorld(session: Session, build: string): Promise<WrittenLink> {
  if (isScenario(session)) return { hash: wordsHash(session, build), isWhole: true };
  const text = textOf(session, build);
  // What is much too long need not be packed to know it.
  return written(session, build, text.length > BYTES_MAX ? undefined : await pack(text));
}

/** The same for somebody who cannot wait: nothing in it is made smaller. */
export function writeWorldNow(session: Session, build: string): WrittenLink {
  if (isScenario(session)) return { hash: wordsHash(session, build), isWhole: true };
  return written(session, build, stored(textOf(session, build)));
}

const isScenario = ({ deeds, dropped, objects }: Session): boolean => deeds.length === 0 && dropped.length === 0 && !objects;

function wordsHash(session: Session, build: string): string {
  const words = wordsOf(session);
  if (words.has('at')) words.set('mark', writeMark(markOf(session, build)));
  return `#s=${words.toString().replace(/^scenario=/, '')}`;
}

function written(session: Session, build: string, packed: string | undefined): WrittenLink {
  const hash = `#w=${VERSION}${packed}`;
  const isWhole = packed !== undefined && hash.length <= LENGTH_MAX;
  return { hash: isWhole ? hash : wordsHash(session, build), isWhole };
}

/** The same as a file, whatever its size. */
export async function writeFile(session: Session, build: string): Promise<Blob> {
  const bytes = await collect(new Blob([textOf(session, build)]).stream().pipeThrough(new CompressionStream('gzip')));
  return new Blob([bytes as Uint8Array<ArrayBuffer>], { type: 'application/gzip' });
}

/** Whether a file is one of those. */
export async function isWorldFile(file: Blob): Promise<boolean> {
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  return first === 0x1f && second === 0x8b;
}

export async function readFile(file: Blob, languages: readonly string[]): Promise<WorldLink> {
  const text = await unpacked(file, 'gzip', FILE_BYTES_MAX);
  return told(text, languages);
}

function textOf(session: Session, build: string): string {
  const { deeds, dropped, objects } = session;
  return JSON.stringify([wordsOf(session).toString(), deeds.map(rowOf), dropped, markOf(session, build), ...(objects ? [objects] : [])]);
}

/** Reads the fragment of an address; undefined where it holds no world. */
export async function readWorld(hash: string, languages: readonly string[]): Promise<WorldLink | undefined> {
  if (hash.startsWith('#s=')) return readWords(hash.slice(3), languages);
  if (!hash.startsWith('#w=')) return undefined;
  const nothing: Link = { problems: [] };
  if (!hash.startsWith(`#w=${VERSION}`)) return { ...nothing, failure: /^#w=\d/.test(hash) ? 'tooNew' : 'damaged' };
  if (hash.length > 4 * LENGTH_MAX) return { ...nothing, failure: 'tooLarge' };
  return told(await unpack(hash.slice(3 + VERSION.length)), languages);
}

/** The scenario's name stands first, without a word before it; a lesson has none. */
function readWords(text: string, languages: readonly string[]): WorldLink {
  const words = /^[^&]*=/.test(text) ? text : `scenario=${text}`;
  const mark = readMark(new URLSearchParams(words).get('mark') ?? '');
  return { ...readLink(`?${words}`, languages), ...(mark ? { mark } : {}) };
}

function told(text: string, languages: readonly string[]): WorldLink {
  if (text === 'damaged' || text === 'tooLarge') return { problems: [], failure: text };
  return readText(text, languages) ?? { problems: [], failure: 'damaged' };
}

function readText(text: string, languages: readonly string[]): WorldLink | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!Array.isArray(value)) return undefined;
  const [words, rows, dropped, mark, objects] = value as readonly unknown[];
  if (typeof words !== 'string' || !Array.isArray(rows) || rows.length > DEEDS_MAX || !Array.isArray(dropped)) return undefined;
  const deeds = rows.map(deedOf);
  if (!deeds.every((deed): deed is Deed => deed !== undefined) || !dropped.every(isSmallNumber)) return undefined;
  return {
    ...readLink(`?${words}`, languages),
    ...(deeds.length > 0 ? { deeds } : {}),
    ...(dropped.length > 0 ? { dropped } : {}),
    ...(isMark(mark) ? { mark } : {}),
    ...(Array.isArray(objects) ? { objects } : {}),
  };
}

function isSmallNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 1000;
}

export async function pack(text: string): Promise<string> {
  return lettersOf((await collect(new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw')))) ?? []);
}

/** What one block of deflate holds as it is. */
const STORED_MAX = 0xffff;

/** One block of raw deflate, stored as it is. */
function stored(text: string): string | undefined {
  const bytes = new TextEncoder().encode(text);
  const { length } = bytes;
  if (length > STORED_MAX) return undefined;
  return lettersOf([1, length & 0xff, length >> 8, ~length & 0xff, (~length >> 8) & 0xff, ...bytes]);
}

/** Base64url. */
function lettersOf(bytes: Iterable<number>): string {
  let letters = '';
  for (const byte of bytes) letters += String.fromCharCode(byte);
  return btoa(letters).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

async function unpack(code: string): Promise<string> {
  try {
    const bytes = Uint8Array.from(atob(code.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
    return unpacked(new Blob([bytes]), 'deflate-raw', BYTES_MAX);
  } catch {
    return 'damaged';
  }
}

async function unpacked(packed: Blob, format: CompressionFormat, max: number): Promise<string> {
  try {
    const bytes = await collect(packed.stream().pipeThrough(new DecompressionStream(format)), max);
    return bytes ? new TextDecoder('utf-8', { fatal: true }).decode(bytes) : 'tooLarge';
  } catch {
    return 'damaged';
  }
}

/** All bytes of a stream; undefined as soon as they are more than `max`. */
async function collect(stream: ReadableStream<Uint8Array>, max = Number.POSITIVE_INFINITY): Promise<Uint8Array | undefined> {
  const reader = stream.getReader();
  const parts: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > max) {
      await reader.cancel();
      return undefined;
    }
    parts.push(value);
  }
  const all = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
