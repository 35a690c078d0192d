// MD5, SHA-1 and SHA-256 of bytes, as FIPS 180-4 and RFC 1321 define them, in hexadecimal digits.
import { power, sin } from '../../../base/mathematics.ts';

function rotateLeft(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by));
}

/** The bytes with a one, zeros and their length in bits, in words of 32 bits. */
function padded(bytes: readonly number[], isLittleEndian: boolean): Int32Array {
  const words = new Int32Array((((bytes.length + 8) >> 6) + 1) * 16);
  const shift = (i: number) => (isLittleEndian ? (i % 4) * 8 : 24 - (i % 4) * 8);
  for (const [i, byte] of [...bytes, 0x80].entries()) words[i >> 2] = (words[i >> 2] ?? 0) | (byte << shift(i));
  const [low, high] = [bytes.length << 3, Math.floor(bytes.length / 2 ** 29)];
  words[words.length - 2] = isLittleEndian ? low : high;
  words[words.length - 1] = isLittleEndian ? high : low;
  return words;
}

function hex(words: readonly number[]): string {
  return words.map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}

/** The first bits of the broken parts of roots of primes. */
function fraction(root: number): number {
  return Math.floor((root - Math.floor(root)) * 2 ** 32) | 0;
}

function primes(count: number): number[] {
  const found: number[] = [];
  for (let n = 2; found.length < count; n++) if (found.every((prime) => n % prime !== 0)) found.push(n);
  return found;
}

const PRIMES = primes(64);
const SHA256_ROUNDS = PRIMES.map((prime) => fraction(power(prime, 1 / 3)));
const SHA256_START = PRIMES.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));

export function sha256(bytes: readonly number[]): string {
  const words = padded(bytes, false);
  const state = [...SHA256_START];
  const right = (value: number, by: number) => rotateLeft(value, 32 - by);
  for (let at = 0; at < words.length; at += 16) {
    const w = [...words.subarray(at, at + 16)];
    for (let i = 16; i < 64; i++) {
      const [x, y] = [w[i - 15] as number, w[i - 2] as number];
      const small = right(x, 7) ^ right(x, 18) ^ (x >>> 3);
      const large = right(y, 17) ^ right(y, 19) ^ (y >>> 10);
      w.push(((w[i - 16] as number) + small + (w[i - 7] as number) + large) | 0);
    }
    let [a, b, c, d, e, f, g, h] = state as [number, number, number, number, number, number, number, number];
    for (let i = 0; i < 64; i++) {
      const first =
        (h + (right(e, 6) ^ right(e, 11) ^ right(e, 25)) + ((e & f) ^ (~e & g)) + (SHA256_ROUNDS[i] as number) + (w[i] as number)) | 0;
      const second = ((right(a, 2) ^ right(a, 13) ^ right(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
    }
    for (const [i, value] of [a, b, c, d, e, f, g, h].entries()) state[i] = ((state[i] as number) + value) | 0;
  }
  return hex(state);
}

export function sha1(bytes: readonly number[]): string {
  const words = padded(bytes, false);
  const state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
  for (let at = 0; at < words.length; at += 16) {
    const w = [...words.subarray(at, at + 16)];
    for (let i = 16; i < 80; i++)
      w.push(rotateLeft((w[i - 3] as number) ^ (w[i - 8] as number) ^ (w[i - 14] as number) ^ (w[i - 16] as number), 1));
    let [a, b, c, d, e] = state as [number, number, number, number, number];
    for (let i = 0; i < 80; i++) {
      const mixed = i < 20 ? (b & c) | (~b & d) : i < 40 || i >= 60 ? b ^ c ^ d : (b & c) | (b & d) | (c & d);
      const constant = [0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6][Math.floor(i / 20)] as number;
      const next = (rotateLeft(a, 5) + mixed + e + constant + (w[i] as number)) | 0;
      [e, d, c, b, a] = [d, c, rotateLeft(b, 30), a, next];
    }
    for (const [i, value] of [a, b, c, d, e].entries()) state[i] = ((state[i] as number) + value) | 0;
  }
  return hex(state);
}

const MD5_SHIFTS = [
  [7, 12, 17, 22],
  [5, 9, 14, 20],
  [4, 11, 16, 23],
  [6, 10, 15, 21],
];

export function md5(bytes: readonly number[]): string {
  const words = padded(bytes, true);
  const state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
  for (let at = 0; at < words.length; at += 16) {
    let [a, b, c, d] = state as [number, number, number, number];
    for (let i = 0; i < 64; i++) {
      const round = i >> 4;
      const mixed = [(b & c) | (~b & d), (d & b) | (~d & c), b ^ c ^ d, c ^ (b | ~d)][round] as number;
      const index = [i, (5 * i + 1) % 16, (3 * i + 5) % 16, (7 * i) % 16][round] as number;
      const constant = Math.floor(Math.abs(sin(i + 1)) * 2 ** 32) | 0;
      const sum = (a + mixed + constant + (words[at + index] as number)) | 0;
      [a, d, c, b] = [d, c, b, (b + rotateLeft(sum, MD5_SHIFTS[round]?.[i % 4] ?? 0)) | 0];
    }
    for (const [i, value] of [a, b, c, d].entries()) state[i] = ((state[i] as number) + value) | 0;
  }
  return state.map((word) => hex([((word & 0xff) << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24)])).join('');
}
