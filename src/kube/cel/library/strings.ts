// Functions of texts, with regular expressions. Models cel-go's ext/strings.go and apiserver/pkg/cel/library/regex.go.
import { goPattern } from '../../goPattern.ts';
import { type Library, overloads } from '../overload.ts';
import { CelError, isCelMap, NotSimulated, Opaque } from '../value.ts';
import { durationText, timestampText } from './times.ts';

/** Places in texts count letters, not the halves of some that the machine counts. */
const lettersOf = (text: string): string[] => [...text];

function charAt(text: string, at: number): string {
  const letters = lettersOf(text);
  if (at < 0 || at > letters.length) throw new CelError(`index out of range: ${at}`);
  return letters[at] ?? '';
}

function substring(text: string, from: number, to?: number): string {
  const letters = lettersOf(text);
  const end = to ?? letters.length;
  if (from < 0 || from > letters.length) throw new CelError(`index out of range: ${from}`);
  if (end < 0 || end > letters.length) throw new CelError(`index out of range: ${end}`);
  if (from > end) throw new CelError(`invalid substring range. start: ${from}, end: ${end}`);
  return letters.slice(from, end).join('');
}

function indexOf(text: string, part: string, from = 0): number {
  const at = lettersOf(text).slice(from).join('').indexOf(part);
  return at < 0 ? -1 : from + lettersOf(lettersOf(text).slice(from).join('').slice(0, at)).length;
}

function lastIndexOf(text: string, part: string, from?: number): number {
  const at = (
    from === undefined
      ? text
      : lettersOf(text)
          .slice(0, from + lettersOf(part).length)
          .join('')
  ).lastIndexOf(part);
  return at < 0 ? -1 : lettersOf(text.slice(0, at)).length;
}

function replaced(text: string, part: string, by: string, most = -1): string {
  const pieces = text.split(part);
  if (most < 0 || pieces.length - 1 <= most) return pieces.join(by);
  return [...pieces.slice(0, most), pieces.slice(most).join(part)].join(by);
}

function split(text: string, separator: string, most = -1): string[] {
  if (most === 0) return [];
  const pieces = text.split(separator);
  return most < 0 || pieces.length <= most ? pieces : [...pieces.slice(0, most - 1), pieces.slice(most - 1).join(separator)];
}

const inLetters = (from: RegExp, change: (letter: string) => string) => (text: string) => text.replace(from, change);

function patternOf(text: string): NonNullable<ReturnType<typeof goPattern>> {
  const pattern = goPattern(text);
  if (!pattern) throw new CelError(`error parsing regexp: ${text}`);
  return pattern;
}

const matches = (text: string, pattern: string): boolean => patternOf(pattern).test(text);

function findAll(text: string, pattern: string, most = -1): string[] {
  const found = patternOf(pattern).all(text);
  return most < 0 ? found : found.slice(0, most);
}

const find = (text: string, pattern: string): string => patternOf(pattern).first(text) ?? '';

/** `%s`, `%d`, `%.2f`, `%x`, `%b`, `%e`, `%%`. */
function format(text: string, values: readonly unknown[]): string {
  let at = 0;
  return text.replace(/%(?:\.(\d+))?([a-zA-Z%])/g, (whole, digits: string | undefined, verb: string) => {
    if (verb === '%') return '%';
    if (at >= values.length) throw new CelError(`index ${at} out of range`);
    return formatted(whole, verb, digits, values[at++]);
  });
}

function formatted(whole: string, verb: string, digits: string | undefined, value: unknown): string {
  if (verb === 's') return shownText(value);
  const number = Number(value);
  if (verb === 'f') return number.toFixed(Number(digits ?? 6));
  if (verb === 'e') return number.toExponential(Number(digits ?? 6));
  const base = { d: 10, b: 2, o: 8, x: 16, X: 16 }[verb];
  if (base === undefined) throw new CelError(`could not parse formatting clause: unrecognized formatting clause ${JSON.stringify(whole)}`);
  const out = number.toString(base);
  return verb === 'X' ? out.toUpperCase() : out;
}

function shownText(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return `[${value.map(shownText).join(', ')}]`;
  if (value instanceof Uint8Array) return new TextDecoder().decode(value);
  if (value instanceof Opaque) {
    if (value.type === 'timestamp') return timestampText(value);
    if (value.type === 'duration') return durationText(value);
    if (value.type === 'type') return String(value.value);
    throw new NotSimulated(`%s of a ${value.type}`);
  }
  if (!isCelMap(value)) return String(value as string | number | boolean);
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${key}: ${shownText(value[key])}`).join(', ')}}`;
}

const twoTexts = (run: (text: string, part: string) => unknown, result: string) => overloads([`string.(string) ${result}`, run]);

export const strings: Library = {
  startsWith: twoTexts((text, part) => text.startsWith(part), 'bool'),
  endsWith: twoTexts((text, part) => text.endsWith(part), 'bool'),
  contains: twoTexts((text, part) => text.includes(part), 'bool'),
  matches: overloads(['string.(string) bool', matches], ['(string, string) bool', matches]),
  find: twoTexts(find, 'string'),
  findAll: overloads(['string.(string) list(string)', findAll], ['string.(string, int) list(string)', findAll]),
  charAt: overloads(['string.(int) string', charAt]),
  substring: overloads(['string.(int) string', substring], ['string.(int, int) string', substring]),
  indexOf: overloads(['string.(string) int', indexOf], ['string.(string, int) int', indexOf]),
  lastIndexOf: overloads(['string.(string) int', lastIndexOf], ['string.(string, int) int', lastIndexOf]),
  replace: overloads(['string.(string, string) string', replaced], ['string.(string, string, int) string', replaced]),
  split: overloads(['string.(string) list(string)', split], ['string.(string, int) list(string)', split]),
  join: overloads(
    ['list(string).() string', (texts: string[]) => texts.join('')],
    ['list(string).(string) string', (texts: string[], separator: string) => texts.join(separator)],
  ),
  lowerAscii: overloads(['string.() string', inLetters(/[A-Z]/g, (letter) => letter.toLowerCase())]),
  upperAscii: overloads(['string.() string', inLetters(/[a-z]/g, (letter) => letter.toUpperCase())]),
  trim: overloads(['string.() string', (text: string) => text.trim()]),
  reverse: overloads(['string.() string', (text: string) => lettersOf(text).reverse().join('')]),
  format: overloads(['string.(list(dyn)) string', format]),
  'jsonpatch.escapeKey': overloads(['(string) string', (text: string) => text.replaceAll('~', '~0').replaceAll('/', '~1')]),
  'strings.quote': overloads(['(string) string', (text: string) => JSON.stringify(text)]),
};
