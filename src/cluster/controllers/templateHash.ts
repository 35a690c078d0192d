// The short hash that names the ReplicaSets of a template: the same template has the same hash, here and on a real cluster.
// Models controller.ComputeHash (pkg/controller/controller_utils.go) and apimachinery/pkg/util/rand/rand.go SafeEncodeString.
import { templateDump } from './templateDump.ts';

const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

/** `collisionCount` makes another hash of the same template when the first was taken. */
export function templateHash(template: unknown, collisionCount?: number): string {
  let hash = 0x811c9dc5;
  const write = (byte: number) => {
    hash = Math.imul(hash ^ byte, 0x01000193);
  };
  for (const letter of templateDump(template)) writeUtf8(letter.codePointAt(0) as number, write);
  // Upstream writes the count into the first half of eight bytes.
  if (collisionCount !== undefined) for (let i = 0; i < 8; i++) write(i < 4 ? (collisionCount >>> (8 * i)) & 0xff : 0);
  let text = '';
  for (const digit of String(hash >>> 0)) text += ALPHABET[digit.charCodeAt(0) % ALPHABET.length];
  return text;
}

function writeUtf8(code: number, write: (byte: number) => void): void {
  if (code < 0x80) {
    write(code);
    return;
  }
  const tail = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
  write(((0xf00 >> tail) & 0xff) | (code >> (6 * tail)));
  for (let i = tail - 1; i >= 0; i--) write(0x80 | ((code >> (6 * i)) & 0x3f));
}
