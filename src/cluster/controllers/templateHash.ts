// The short hashes that name the ReplicaSets and revisions of a template: the same template has the same hash, here and on a real cluster.
// Models controller.ComputeHash (pkg/controller/controller_utils.go) and apimachinery/pkg/util/rand/rand.go SafeEncodeString.
import { templateDump } from './templateDump.ts';

/** FNV, 32 bits: a template's hash mixes before it multiplies (1a), a revision's after. */
const BASIS = 0x811c9dc5;
const PRIME = 0x01000193;
const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

/** `collisionCount` makes another hash of the same template when the first was taken. */
export function templateHash(template: unknown, collisionCount?: number): string {
  let hash = BASIS;
  const write = (byte: number) => {
    hash = Math.imul(hash ^ byte, PRIME);
  };
  writeUtf8(templateDump(template), write);
  // Upstream writes the count into the first half of eight bytes.
  if (collisionCount !== undefined) for (let i = 0; i < 8; i++) write(i < 4 ? (collisionCount >>> (8 * i)) & 0xff : 0);
  return encoded(hash);
}

/** The hash that names a StatefulSet's revision: of its data as JSON. Models pkg/controller/history/controller_history.go HashControllerRevision. */
export function revisionHash(data: unknown, collisionCount = 0): string {
  let hash = BASIS;
  // Go writes these three letters of JSON in another way than JavaScript.
  const json = sortedJson(data).replaceAll(/[<>&]/g, (letter) => `\\u00${letter.charCodeAt(0).toString(16)}`);
  writeUtf8(`${json}${collisionCount}`, (byte) => {
    hash = Math.imul(hash, PRIME) ^ byte;
  });
  return encoded(hash);
}

function encoded(hash: number): string {
  let text = '';
  for (const digit of String(hash >>> 0)) text += ALPHABET[digit.charCodeAt(0) % ALPHABET.length];
  return text;
}

function sortedJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sortedJson).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  fields.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${sortedJson(field)}`).join()}}`;
}

function writeUtf8(text: string, write: (byte: number) => void): void {
  for (const letter of text) writeCode(letter.codePointAt(0) as number, write);
}

function writeCode(code: number, write: (byte: number) => void): void {
  if (code < 0x80) {
    write(code);
    return;
  }
  const tail = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
  write(((0xf00 >> tail) & 0xff) | (code >> (6 * tail)));
  for (let i = tail - 1; i >= 0; i--) write(0x80 | ((code >> (6 * i)) & 0x3f));
}
