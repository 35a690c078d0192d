// A whole world in the fragment of an address, which browsers send to nobody: #w=1… holds the run, #s=… only names a scenario's moment.
// It is what was done, with seed and moment; the engine makes the rest of it again, to the same bytes. A link may come from anybody and
// be anything: what cannot be read is told, and nothing of it is believed that shareLink.ts does not check.
//
//   #w= 1 <base64url of deflate-raw of JSON [words, deeds, dropped, mark]>       the 1 is the version of this format
//   #w= 1 <… [words, deeds, dropped, mark, objects]>                             a cluster that ran elsewhere
//   file: gzip of the same JSON, without the limits of an address
import { hash32 } from '../base/random.ts';
import type { Change } from '../kube/meta.ts';
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

/** How far the run had come, a sum over its log, and the build that made it. */
export interface Mark {
  readonly seq: number;
  readonly sum: number;
  readonly build: string;
}

export type LinkFailure = 'damaged' | 'tooNew' | 'tooLarge';

export interface WorldLink extends Link {
  readonly mark?: Mark;
  /** What the link says that a cluster had: nothing of it is checked yet. */
  readonly objects?: readonly unknown[];
  readonly failure?: LinkFailure;
}

export async function writeWorld(session: Session, build: string): Promise<{ readonly hash: string; readonly isWhole: boolean }> {
  const short = `#s=${wordsOf(session)
    .toString()
    .replace(/^scenario=/, '')}`;
  const isScenario = session.deeds.length === 0 && session.dropped.length === 0 && !session.objects;
  if (isScenario) return { hash: short, isWhole: true };
  const text = textOf(session, build);
  // What is much too long need not be packed to know it.
  if (text.length > BYTES_MAX) return { hash: short, isWhole: false };
  const hash = `#w=${VERSION}${await pack(text)}`;
  return hash.length <= LENGTH_MAX ? { hash, isWhole: true } : { hash: short, isWhole: false };
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
  if (hash.startsWith('#s=')) return readLink(`?scenario=${hash.slice(3)}`, languages);
  if (!hash.startsWith('#w=')) return undefined;
  const nothing: Link = { problems: [] };
  if (!hash.startsWith(`#w=${VERSION}`)) return { ...nothing, failure: /^#w=\d/.test(hash) ? 'tooNew' : 'damaged' };
  if (hash.length > 4 * LENGTH_MAX) return { ...nothing, failure: 'tooLarge' };
  return told(await unpack(hash.slice(3 + VERSION.length)), languages);
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

function isMark(value: unknown): value is Mark {
  const { seq, sum, build } = (value ?? {}) as Partial<Record<keyof Mark, unknown>>;
  return typeof seq === 'number' && typeof sum === 'number' && typeof build === 'string' && build.length < 60;
}

/** Where the run shown has come. */
export function markOf(session: Session, build: string): Mark {
  const { seq } = session.store.getState().snapshot;
  return { seq, sum: sumOf(session.cluster.changes, seq), build };
}

/** Whether this world is byte for byte the one that the link was made of. */
export function isSameWorld(session: Session, { seq, sum }: Mark): boolean {
  return session.store.getState().snapshot.seq === seq && sumOf(session.cluster.changes, seq) === sum;
}

/** Over what was changed, when and to which version. */
function sumOf(changes: readonly Change[], seq: number): number {
  let sum = 0;
  for (let i = 0; i < seq; i++) {
    const { atMs, verb, key, after } = changes[i] as Change;
    sum = hash32(`${atMs} ${verb} ${key} ${after?.metadata?.resourceVersion ?? ''}`, sum);
  }
  return sum;
}

export async function pack(text: string): Promise<string> {
  const bytes = await collect(new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw')));
  let letters = '';
  for (const byte of bytes ?? []) letters += String.fromCharCode(byte);
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
