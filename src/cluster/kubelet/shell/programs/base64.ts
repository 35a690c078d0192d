// base64: to and from it.

import { fromBytes, toBytes } from '../bytes.ts';
import { readOptions } from '../options.ts';
import type { Program } from '../program.ts';
import { readAll } from '../readAll.ts';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const WIDTH = 76;

export const base64: Program = {
  run(call) {
    const options = readOptions(call, 'dw:i', { decode: 'd', 'wrap=': 'w' });
    if (typeof options === 'number') return options;
    const text = readAll(call, options.operands);
    if (typeof text !== 'string') return text;
    if (options.has('d')) {
      call.out(decode(text));
      return 0;
    }
    const width = Number(options.value('w') ?? WIDTH);
    const encoded = encode(toBytes(text));
    const lines = width > 0 ? (encoded.match(new RegExp(`.{1,${Math.min(width, 10_000)}}`, 'g')) ?? []) : [encoded];
    call.out(lines.join('\n') + (width > 0 && encoded !== '' ? '\n' : ''));
    return 0;
  },
};

function encode(bytes: readonly number[]): string {
  let out = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const group = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    const letters = [18, 12, 6, 0].map((shift) => LETTERS[(group >> shift) & 63]);
    out += letters
      .slice(0, Math.min(4, bytes.length - i + 1))
      .join('')
      .padEnd(4, '=');
  }
  return out;
}

function decode(text: string): string {
  const bytes: number[] = [];
  let bits = 0;
  let count = 0;
  for (const letter of text) {
    const value = LETTERS.indexOf(letter);
    if (value < 0) continue;
    bits = ((bits << 6) | value) & 0xffffff;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes.push((bits >> count) & 255);
  }
  return fromBytes(bytes);
}
