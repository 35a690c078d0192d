// Operators, conversions and sizes. Models cel-go's common/stdlib and common/types.
import { isEqual } from '../../../base/equal.ts';
import { holds } from '../../../base/holds.ts';
import { type Library, overloads } from '../overload.ts';
import { CelError, isCelMap, Opaque, typeNameOf } from '../value.ts';
import { durationOf, durationText, timestampOf, timestampText } from './times.ts';

type Numbers = (a: number, b: number) => unknown;

/** An operator of two numbers of one sort. */
const arithmetic = (whole: Numbers, real: Numbers = whole) =>
  [
    ['(int, int) int', whole],
    ['(uint, uint) uint', whole],
    ['(double, double) double', real],
  ] as const;

const PRECISE_MAX = 2 ** 63;

function inRange(value: number): number {
  if (Math.abs(value) >= PRECISE_MAX) throw new CelError('integer overflow');
  return value;
}

function divided(a: number, b: number): number {
  if (b === 0) throw new CelError('division by zero');
  return Math.trunc(a / b);
}

function remainder(a: number, b: number): number {
  if (b === 0) throw new CelError('modulus by zero');
  return a % b;
}

const NUMBERS = ['int', 'uint', 'double'];
const ORDERED = ['string', 'bool', 'timestamp', 'duration', 'bytes'];

function compared(operator: string) {
  const rankOf = (value: unknown) => (value instanceof Opaque ? (value.value as number) : (value as number));
  const run = (a: unknown, b: unknown): boolean => holds(rankOf(a), operator, rankOf(b));
  const signatures = [
    ...NUMBERS.flatMap((a) => NUMBERS.map((b) => `(${a}, ${b}) bool`)),
    ...ORDERED.map((type) => `(${type}, ${type}) bool`),
  ];
  return overloads(...signatures.map((signature) => [signature, run] as const));
}

/** An int and a double are the same where they are the same number. */
const isIn = (item: unknown, items: readonly unknown[]): boolean => items.some((each) => isEqual(each, item));

const moved = (type: string) => (a: Opaque, b: Opaque) => new Opaque(type, (a.value as number) + (b.value as number));
const between = (type: string) => (a: Opaque, b: Opaque) => new Opaque(type, (a.value as number) - (b.value as number));
const joined = (a: Uint8Array, b: Uint8Array) => new Uint8Array([...a, ...b]);

const sizeOfText = (text: string): number => [...text].length;
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

function wholeOf(value: unknown): number {
  const number = Number(value);
  if (typeof value === 'string' && !/^[-+]?\d+$/.test(value))
    throw new CelError(`strconv.ParseInt: parsing ${JSON.stringify(value)}: invalid syntax`);
  return inRange(Math.trunc(number));
}

function positiveOf(value: unknown): number {
  const whole = wholeOf(value);
  if (whole < 0) throw new CelError('unsigned integer overflow');
  return whole;
}

function realOf(value: unknown): number {
  const number = Number(value);
  if (Number.isNaN(number)) throw new CelError(`strconv.ParseFloat: parsing ${JSON.stringify(value)}: invalid syntax`);
  return number;
}

function textOfBytes(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function truthOf(text: string): boolean {
  if (['true', 'TRUE', 'True', 't', '1'].includes(text)) return true;
  if (['false', 'FALSE', 'False', 'f', '0'].includes(text)) return false;
  throw new CelError(`strconv.ParseBool: parsing ${JSON.stringify(text)}: invalid syntax`);
}

const same = <T>(value: T): T => value;
const conversions = (result: string, rows: Readonly<Record<string, (value: never) => unknown>>) =>
  overloads(...Object.entries(rows).map(([from, run]) => [`(${from}) ${result}`, run] as const));

export const core: Library = {
  '_==_': overloads(['(A, A) bool', isEqual]),
  '_!=_': overloads(['(A, A) bool', (a: unknown, b: unknown) => !isEqual(a, b)]),
  '_<_': compared('<'),
  '_<=_': compared('<='),
  '_>_': compared('>'),
  '_>=_': compared('>='),
  '@in': overloads(['(A, list(A)) bool', isIn], ['(A, map(A, B)) bool', (key: unknown, map: object) => Object.hasOwn(map, String(key))]),
  '_+_': overloads(
    ...arithmetic(
      (a, b) => inRange(a + b),
      (a, b) => a + b,
    ),
    ['(string, string) string', (a: string, b: string) => a + b],
    ['(bytes, bytes) bytes', joined],
    ['(list(A), list(A)) list(A)', (a: unknown[], b: unknown[]) => [...a, ...b]],
    ['(timestamp, duration) timestamp', moved('timestamp')],
    ['(duration, timestamp) timestamp', moved('timestamp')],
    ['(duration, duration) duration', moved('duration')],
  ),
  '_-_': overloads(
    ...arithmetic(
      (a, b) => inRange(a - b),
      (a, b) => a - b,
    ),
    ['(timestamp, timestamp) duration', between('duration')],
    ['(timestamp, duration) timestamp', between('timestamp')],
    ['(duration, duration) duration', between('duration')],
  ),
  '_*_': overloads(
    ...arithmetic(
      (a, b) => inRange(a * b),
      (a, b) => a * b,
    ),
  ),
  '_/_': overloads(...arithmetic(divided, (a, b) => a / b)),
  '_%_': overloads(['(int, int) int', remainder], ['(uint, uint) uint', remainder]),
  '-_': overloads(['(int) int', (a: number) => -a], ['(double) double', (a: number) => -a]),
  '!_': overloads(['(bool) bool', (a: boolean) => !a]),
  size: overloads(
    ['(string) int', sizeOfText],
    ['string.() int', sizeOfText],
    ['(list(A)) int', (list: unknown[]) => list.length],
    ['list(A).() int', (list: unknown[]) => list.length],
    ['(map(A, B)) int', (map: object) => Object.keys(map).length],
    ['map(A, B).() int', (map: object) => Object.keys(map).length],
    ['(bytes) int', (bytes: Uint8Array) => bytes.length],
    ['bytes.() int', (bytes: Uint8Array) => bytes.length],
  ),
  type: overloads(['(A) type', (value: unknown) => new Opaque('type', typeNameOf(value))]),
  dyn: overloads(['(A) dyn', same]),
  int: conversions('int', {
    int: same,
    uint: same,
    double: wholeOf,
    string: wholeOf,
    timestamp: (time: Opaque) => Math.floor((time.value as number) / 1000),
  }),
  uint: conversions('uint', { uint: same, int: positiveOf, double: positiveOf, string: positiveOf }),
  double: conversions('double', { double: same, int: same, uint: same, string: realOf }),
  bool: conversions('bool', { bool: same, string: truthOf }),
  bytes: conversions('bytes', { bytes: same, string: utf8 }),
  string: conversions('string', {
    string: same,
    bool: String,
    int: String,
    uint: String,
    double: String,
    bytes: textOfBytes,
    timestamp: timestampText,
    duration: durationText,
  }),
  timestamp: conversions('timestamp', {
    timestamp: same,
    string: timestampOf,
    int: (seconds: number) => new Opaque('timestamp', seconds * 1000),
  }),
  duration: conversions('duration', { duration: same, string: durationOf }),
};

/** What stands under a key or a place; `dyn` holders may be either. */
export function valueAt(holder: unknown, at: unknown): unknown {
  if (Array.isArray(holder)) {
    if (typeof at !== 'number') throw new CelError('no such overload');
    if (at < 0 || at >= holder.length) throw new CelError(`index out of bounds: ${at}`);
    return holder[at];
  }
  if (!isCelMap(holder)) throw new CelError('no such overload');
  const name = String(at);
  if (!Object.hasOwn(holder, name) || holder[name] === undefined) throw new CelError(`no such key: ${name}`);
  return holder[name];
}
