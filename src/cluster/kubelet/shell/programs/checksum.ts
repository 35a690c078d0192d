// md5sum sha1sum sha256sum and cksum.

import { toBytes } from '../bytes.ts';
import type { Call, Outcome } from '../call.ts';
import { deviceAt, isEndless } from '../descriptors.ts';
import { md5, sha1, sha256 } from '../hashes.ts';
import type { Program } from '../program.ts';
import { readAll } from '../readAll.ts';

const HASHES: Readonly<Record<string, (bytes: readonly number[]) => string>> = { md5sum: md5, sha1sum: sha1, sha256sum: sha256 };

function each(call: Call, sumOf: (bytes: readonly number[], file: string) => string): Outcome {
  const files = call.args.filter((word) => word === '-' || !word.startsWith('-'));
  if (files.length === 0 || files[0] === '-') {
    const text = readAll(call, []);
    if (typeof text !== 'string') return text;
    call.out(sumOf(toBytes(text), '-'));
    return 0;
  }
  if (files.some((file) => isEndless(deviceAt(call.path(file))))) return call.burn();
  let status = 0;
  for (const file of files) {
    const text = call.read(file);
    if (text === undefined) status = 1;
    else call.out(sumOf(toBytes(text), file));
  }
  return status;
}

export const checksum: Program = {
  run(call) {
    const hash = HASHES[call.name];
    if (!hash) return call.fail('not simulated', 127);
    return each(call, (bytes, file) => `${hash(bytes)}  ${file}\n`);
  },
};

export const cksum: Program = {
  run: (call) => each(call, (bytes, file) => `${crc(bytes)} ${bytes.length}${file === '-' ? '' : ` ${file}`}\n`),
};

/** The checksum of POSIX: the length counts, too. */
function crc(bytes: readonly number[]): number {
  let value = 0;
  const add = (byte: number) => {
    value ^= byte << 24;
    for (let bit = 0; bit < 8; bit++) value = value & 0x80000000 ? (value << 1) ^ 0x04c11db7 : value << 1;
  };
  for (const byte of bytes) add(byte);
  for (let length = bytes.length; length > 0; length >>>= 8) add(length & 255);
  return ~value >>> 0;
}
