// sort: lines in order, as texts or numbers, by keys.
import type { Call } from '../call.ts';
import { filter } from '../filter.ts';
import { type Options, readOptions } from '../options.ts';

/** What a line takes beside its letters. */
const LINE_BYTES = 16;

export const sort = filter<Options, { lines: string[]; letters: number }>({
  choose: (call: Call) => readOptions(call, 'nrufk:t:bhVo:sdgmzc', { reverse: 'r', 'numeric-sort': 'n', unique: 'u', 'key=': 'k' }),
  operands: (options) => options.operands,
  begin: () => ({ lines: [], letters: 0 }),
  line(line, memory, _options, call) {
    memory.lines.push(line);
    memory.letters += line.length + LINE_BYTES;
    call.hold(memory.letters);
  },
  end({ lines }, options, call) {
    const order = orderOf(options);
    const isReverse = options.has('r');
    const sorted = [...lines].sort((a, b) => (isReverse ? order(b, a) : order(a, b)));
    const kept = options.has('u') ? sorted.filter((line, i) => i === 0 || order(sorted[i - 1] as string, line) !== 0) : sorted;
    const text = kept.map((line) => `${line}\n`).join('');
    const file = options.value('o');
    if (file === undefined) call.out(text);
    else call.attempt(file, () => call.files.put(call.path(file), () => ({ type: 'file', text, mode: 0o644, atMs: call.nowMs })));
    return undefined;
  },
});

type Order = (a: string, b: string) => number;

function orderOf(options: Options): Order {
  const keys = (options.given['k'] ?? []).map((key) => keyOrder(key, options));
  const whole = compareAs(options.has('n') || options.has('h') || options.has('g'), options.has('f'), options.has('V'));
  const isUnique = options.has('u');
  return (a, b) => {
    for (const order of keys) {
      const difference = order(a, b);
      if (difference !== 0) return difference;
    }
    if (keys.length > 0 && isUnique) return 0;
    const difference = keys.length > 0 ? 0 : whole(a, b);
    return difference !== 0 || isUnique ? difference : compareTexts(a, b);
  };
}

/** `-k2,3nr`. */
function keyOrder(key: string, options: Options): Order {
  const [, from = '1', , flags = '', , to, , flagsTo = ''] = /^(\d+)(\.\d+)?([a-zA-Z]*)(,(\d+)(\.\d+)?([a-zA-Z]*))?$/.exec(key) ?? [];
  const letters = flags + flagsTo;
  const compare = compareAs(/[nhg]/.test(letters) || options.has('n') || options.has('h'), letters.includes('f'), letters.includes('V'));
  const sign = letters.includes('r') ? -1 : 1;
  const separator = options.value('t');
  const fieldOf = (line: string) => {
    const fields = separator === undefined ? line.trimStart().split(/\s+/) : line.split(separator);
    return fields.slice(Number(from) - 1, to === undefined ? undefined : Number(to)).join(separator ?? ' ');
  };
  return (a, b) => sign * compare(fieldOf(a), fieldOf(b));
}

function compareAs(isNumeric: boolean, isIgnoringCase: boolean, isVersion: boolean): Order {
  if (isVersion) return compareVersions;
  if (isNumeric) return (a, b) => numberOf(a) - numberOf(b);
  return isIgnoringCase ? (a, b) => compareTexts(a.toUpperCase(), b.toUpperCase()) : compareTexts;
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function compareVersions(a: string, b: string): number {
  const left = a.split(/(\d+)/);
  const right = b.split(/(\d+)/);
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = i % 2 === 1 ? Number(left[i] ?? 0) - Number(right[i] ?? 0) : compareTexts(left[i] ?? '', right[i] ?? '');
    if (difference !== 0) return difference;
  }
  return 0;
}

const UNITS: Readonly<Record<string, number>> = { K: 2 ** 10, M: 2 ** 20, G: 2 ** 30, T: 2 ** 40 };

function numberOf(text: string): number {
  const [, number = '0', unit = ''] = /^\s*(-?\d*\.?\d+)([KMGT]?)/.exec(text) ?? [];
  return Number(number) * (UNITS[unit] ?? 1);
}
