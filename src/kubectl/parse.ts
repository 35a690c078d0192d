// Flags and words of one command, with pflag's rules and error texts: `--flag=value`, `--flag value`, `-l app=web`,
// `-lapp=web`, bundled booleans (`-Aw`), `--` ends the flags. Models spf13/pflag flag.go.
import { CommandError } from './errors.ts';

export type FlagType = 'bool' | 'string' | 'int' | 'duration' | 'list' | 'array';

export interface Flag {
  readonly name: string;
  readonly short?: string;
  /** `list` splits values at commas; `array` keeps them whole. Both may be given many times. */
  readonly type: FlagType;
  readonly default?: string;
  /** The value when the flag stands alone, as in `--dry-run`. */
  readonly alone?: string;
  readonly help: string;
}

export interface ParsedArgs {
  /** What is neither a flag nor a flag's value, those after `--` included. */
  readonly words: readonly string[];
  /** How many of `words` stand before `--`; undefined without one. */
  readonly dashAt: number | undefined;
  /** Every flag as it was given, written out: `--replicas=3`, `--selector=app=web`. */
  readonly flags: readonly string[];
  /** Whether the flag was given. */
  has(name: string): boolean;
  isOn(name: string): boolean;
  /** The given value, else the default, else the empty text. */
  text(name: string): string;
  texts(name: string): readonly string[];
  number(name: string): number;
  durationMs(name: string): number;
}

export function parseArgs(given: readonly string[], flags: readonly Flag[], path: string): ParsedArgs {
  const values = new Map<string, string[]>();
  const words: string[] = [];
  const written: string[] = [];
  let dashAt: number | undefined;
  const rest = [...given];
  const take = (flag: Flag, name: string, value: string | undefined): void => {
    const known = values.get(flag.name);
    checkValue(flag, name, value ?? '');
    written.push(`--${flag.name}=${value ?? ''}`);
    if (known && (flag.type === 'list' || flag.type === 'array')) known.push(...valuesOf(flag, value ?? ''));
    else values.set(flag.name, valuesOf(flag, value ?? ''));
  };
  try {
    while (rest.length > 0) {
      const word = rest.shift() as string;
      if (word === '--') {
        dashAt = words.length;
        words.push(...rest.splice(0));
      } else if (word.startsWith('--')) takeLong(word, rest, flags, take);
      else if (word.startsWith('-') && word !== '-') takeShort(word, rest, flags, take);
      else words.push(word);
    }
  } catch (error) {
    if (error instanceof CommandError) throw new CommandError(`${error.message}\nSee '${path} --help' for usage.`);
    throw error;
  }
  return { ...parsed(values, flags), words, dashAt, flags: written };
}

function takeLong(word: string, rest: string[], flags: readonly Flag[], take: (flag: Flag, name: string, value: string) => void): void {
  const equals = word.indexOf('=');
  const name = equals < 0 ? word.slice(2) : word.slice(2, equals);
  if (name === '' || name.startsWith('-')) throw new CommandError(`bad flag syntax: ${word}`);
  const flag = flags.find((each) => each.name === name);
  if (!flag) throw new CommandError(`unknown flag: --${name}`);
  const value = equals < 0 ? (aloneOf(flag) ?? rest.shift()) : word.slice(equals + 1);
  if (value === undefined) throw new CommandError(`flag needs an argument: --${name}`);
  take(flag, displayOf(flag), value);
}

function takeShort(word: string, rest: string[], flags: readonly Flag[], take: (flag: Flag, name: string, value: string) => void): void {
  for (let i = 1; i < word.length; i++) {
    const letter = word[i] as string;
    const flag = flags.find((each) => each.short === letter);
    if (!flag) throw new CommandError(`unknown shorthand flag: '${letter}' in ${word.slice(0, 1)}${word.slice(i)}`);
    const after = word.slice(i + 1);
    if (after.startsWith('=') && after.length > 1) return take(flag, displayOf(flag), after.slice(1));
    const alone = aloneOf(flag);
    if (alone !== undefined) {
      take(flag, displayOf(flag), alone);
      continue;
    }
    const value = after || rest.shift();
    if (value === undefined) throw new CommandError(`flag needs an argument: '${letter}' in -${word.slice(i)}`);
    return take(flag, displayOf(flag), value);
  }
}

const aloneOf = (flag: Flag): string | undefined => flag.alone ?? (flag.type === 'bool' ? 'true' : undefined);
const displayOf = (flag: Flag): string => (flag.short ? `-${flag.short}, --${flag.name}` : `--${flag.name}`);
const valuesOf = (flag: Flag, value: string): string[] => (flag.type === 'list' ? value.split(',') : [value]);

const TRUE = ['1', 't', 'T', 'TRUE', 'true', 'True'];
const FALSE = ['0', 'f', 'F', 'FALSE', 'false', 'False'];

function checkValue(flag: Flag, name: string, value: string): void {
  const why =
    flag.type === 'bool' && !TRUE.includes(value) && !FALSE.includes(value)
      ? `strconv.ParseBool: parsing "${value}": invalid syntax`
      : flag.type === 'int' && !/^[+-]?\d+$/.test(value)
        ? `strconv.ParseInt: parsing "${value}": invalid syntax`
        : flag.type === 'duration'
          ? durationMistake(value)
          : undefined;
  if (why) throw new CommandError(`invalid argument "${value}" for "${name}" flag: ${why}`);
}

const UNIT_MS: Readonly<Record<string, number>> = { ns: 1e-6, us: 1e-3, µs: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Go's durations (`90s`, `1m30s`, `1.5h`) in milliseconds; NaN for other text. Models time.ParseDuration. */
export function parseDurationMs(text: string): number {
  if (text === '0') return 0;
  if (!/^[+-]?((\d+\.?\d*|\.\d+)(ns|us|µs|ms|s|m|h))+$/.test(text)) return Number.NaN;
  let sum = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+\.?\d*|\.\d+)(ns|us|µs|ms|s|m|h)/g))
    sum += Number(amount) * (UNIT_MS[unit as string] as number);
  return text.startsWith('-') ? -sum : sum;
}

function durationMistake(text: string): string | undefined {
  if (!Number.isNaN(parseDurationMs(text))) return undefined;
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(text) ? `time: missing unit in duration "${text}"` : `time: invalid duration "${text}"`;
}

function parsed(values: ReadonlyMap<string, readonly string[]>, flags: readonly Flag[]): Omit<ParsedArgs, 'words' | 'dashAt' | 'flags'> {
  const text = (name: string): string => values.get(name)?.at(-1) ?? flags.find((flag) => flag.name === name)?.default ?? '';
  return {
    has: (name) => values.has(name),
    isOn: (name) => TRUE.includes(text(name)),
    text,
    texts: (name) => values.get(name) ?? [],
    number: (name) => Number(text(name)),
    durationMs: (name) => parseDurationMs(text(name)),
  };
}
