// od, hexdump and xxd: a file byte by byte.

import { toBytes } from '../bytes.ts';
import type { Call, Outcome } from '../call.ts';
import { readOptions } from '../options.ts';
import type { Program } from '../program.ts';
import { readAll } from '../readAll.ts';

const ROW = 16;
const NAMES: Readonly<Record<number, string>> = { 0: '\\0', 7: '\\a', 8: '\\b', 9: '\\t', 10: '\\n', 11: '\\v', 12: '\\f', 13: '\\r' };

/** One row of bytes as it stands after its address. */
type RowText = (bytes: readonly number[]) => string;

interface Dump {
  readonly files: readonly string[];
  readonly address: (at: number) => string;
  readonly row: RowText;
  /** What stands at the end, with the length as an address. */
  readonly hasEnd: boolean;
  readonly countMax?: number;
}

function dumping(choose: (call: Call) => Dump | number): Program {
  return {
    run(call): Outcome {
      const dump = choose(call);
      if (typeof dump === 'number') return dump;
      const text = readAll(call, dump.files);
      if (typeof text !== 'string') return text;
      const bytes = toBytes(text).slice(0, dump.countMax);
      for (let at = 0; at < bytes.length; at += ROW) call.out(`${dump.address(at)}${dump.row(bytes.slice(at, at + ROW))}\n`);
      if (dump.hasEnd) call.out(`${dump.address(bytes.length)}\n`);
      return 0;
    },
  };
}

const hex = (number: number, digits: number) => number.toString(16).padStart(digits, '0');
const octal = (number: number, digits: number) => number.toString(8).padStart(digits, '0');
const isPrintable = (byte: number) => byte >= 0x20 && byte < 0x7f;
const letterOf = (byte: number) => (isPrintable(byte) ? String.fromCharCode(byte) : '.');
const letters: RowText = (bytes) => bytes.map(letterOf).join('');

/** Two bytes as one number, the first one being the low one. */
function pairs(bytes: readonly number[]): number[] {
  return bytes.flatMap((byte, i) => (i % 2 === 0 ? [byte + 256 * (bytes[i + 1] ?? 0)] : []));
}

const inLetters: RowText = (bytes) =>
  bytes.map((byte) => (NAMES[byte] ?? (isPrintable(byte) ? String.fromCharCode(byte) : octal(byte, 3))).padStart(4)).join('');
const inHex: RowText = (bytes) => bytes.map((byte) => ` ${hex(byte, 2)}`).join('');
const inHexPairs: RowText = (bytes) =>
  pairs(bytes)
    .map((pair) => ` ${hex(pair, 4)}`)
    .join('');
const inOctalPairs: RowText = (bytes) =>
  pairs(bytes)
    .map((pair) => ` ${octal(pair, 6)}`)
    .join('');
const inDecimal: RowText = (bytes) => bytes.map((byte) => ` ${String(byte).padStart(3)}`).join('');

const OD_ROWS: Readonly<Record<string, RowText>> = { c: inLetters, x1: inHex, x: inHexPairs, x2: inHexPairs, u1: inDecimal };

export const od = dumping((call) => {
  const options = readOptions(call, 'A:t:cxvN:');
  if (typeof options === 'number') return options;
  const type = options.value('t') ?? (options.has('c') ? 'c' : options.has('x') ? 'x' : 'o2');
  const count = options.value('N');
  const isBare = options.value('A') === 'n';
  const toText = options.value('A') === 'x' ? (at: number) => hex(at, 6) : (at: number) => octal(at, 7);
  return {
    files: options.operands,
    address: isBare ? () => '' : toText,
    row: OD_ROWS[type] ?? inOctalPairs,
    hasEnd: !isBare,
    ...(count === undefined ? {} : { countMax: Number(count) }),
  };
});

export const hexdump = dumping((call) => {
  const options = readOptions(call, 'Cvn:');
  if (typeof options === 'number') return options;
  const isCanonical = options.has('C');
  const halves: RowText = (bytes) => `${inHex(bytes.slice(0, ROW / 2)).padEnd(24)} ${inHex(bytes.slice(ROW / 2)).padEnd(24)}`;
  return {
    files: options.operands,
    address: (at) => hex(at, isCanonical ? 8 : 7),
    row: isCanonical ? (bytes) => ` ${halves(bytes)}  |${letters(bytes)}|` : (bytes) => inHexPairs(bytes).padEnd((ROW / 2) * 5),
    hasEnd: true,
  };
});

export const xxd = dumping((call) => {
  const options = readOptions(call, 'pl:');
  if (typeof options === 'number') return options;
  const isPlain = options.has('p');
  const grouped: RowText = (bytes) =>
    bytes
      .map((byte, i) => `${i % 2 === 0 ? ' ' : ''}${hex(byte, 2)}`)
      .join('')
      .padEnd((ROW / 2) * 5);
  return {
    files: options.operands,
    address: isPlain ? () => '' : (at) => `${hex(at, 8)}:`,
    row: isPlain ? (bytes) => bytes.map((byte) => hex(byte, 2)).join('') : (bytes) => `${grouped(bytes)}  ${letters(bytes)}`,
    hasEnd: false,
  };
});
