// The shell's patterns: `*`, `?` and `[…]`, for `case`, `${x#…}` and file names. A letter after a backslash stands for itself.
// They are matched by following all possibilities at once, so that no pattern takes longer than its length times the text's.
import { isLetterIn, LETTER_CLASSES, type LetterSet } from '../../../base/letters.ts';
import { rememberedBy } from '../../../base/remembered.ts';
import { own } from './own.ts';

type Token =
  | { readonly type: 'star' }
  | { readonly type: 'any' }
  | { readonly type: 'set'; readonly isNot: boolean; readonly set: LetterSet }
  | string;

const CACHE_MAX = 512;

export function hasPattern(text: string): boolean {
  return /(^|[^\\])([*?]|\[[^]*\])/.test(text);
}

/** The text with everything in it meaning itself. */
export function escapedPattern(text: string): string {
  return text.replace(/[\\*?[\]]/g, '\\$&');
}

export function unescapedPattern(pattern: string): string {
  return pattern.replace(/\\([^])/g, '$1');
}

/** Whether the whole text matches. */
export function isMatching(pattern: string, text: string): boolean {
  return matchLengths(tokensOf(pattern), text).includes(text.length);
}

/** How long a beginning of the text matches: the shortest, or the longest; -1: none does. */
export function prefixLength(pattern: string, text: string, isLongest: boolean): number {
  const lengths = matchLengths(tokensOf(pattern), text);
  return lengths.at(isLongest ? -1 : 0) ?? -1;
}

export function suffixLength(pattern: string, text: string, isLongest: boolean): number {
  const lengths = matchLengths([...tokensOf(pattern)].reverse(), [...text].reverse().join(''));
  return lengths.at(isLongest ? -1 : 0) ?? -1;
}

/** The lengths of all beginnings of the text that match, from short to long. */
function matchLengths(tokens: readonly Token[], text: string): number[] {
  const lengths: number[] = [];
  let states = skippingStars(tokens, [0]);
  for (let i = 0; states.length > 0; i++) {
    if (states.at(-1) === tokens.length) lengths.push(i);
    if (i >= text.length) break;
    const letter = text[i] as string;
    const next: number[] = [];
    for (const state of states) {
      const token = tokens[state];
      if (token === undefined) continue;
      if (typeof token !== 'string' && token.type === 'star') next.push(state);
      else if (isLetterOf(token, letter)) next.push(state + 1);
    }
    states = skippingStars(tokens, next);
  }
  return lengths;
}

/** The places in a pattern that can be reached without a letter, from first to last, each once. */
function skippingStars(tokens: readonly Token[], states: readonly number[]): number[] {
  const all: number[] = [];
  const add = (state: number): void => {
    if (state <= (all.at(-1) ?? -1)) return;
    all.push(state);
    const token = tokens[state];
    if (typeof token === 'object' && token.type === 'star') add(state + 1);
  };
  for (const state of states) add(state);
  return all;
}

function isLetterOf(token: Token, letter: string): boolean {
  if (typeof token === 'string') return token === letter;
  return token.type === 'any' || (token.type === 'set' && isLetterIn(token.set, letter.charCodeAt(0)) !== token.isNot);
}

const tokensOf = rememberedBy(CACHE_MAX, (pattern: string) => pattern, readTokens);

function readTokens(pattern: string): Token[] {
  const tokens: Token[] = [];
  for (let i = 0; i < pattern.length; i++) {
    const letter = pattern[i] as string;
    const set = letter === '[' ? readSet(pattern, i) : undefined;
    if (set) {
      tokens.push({ type: 'set', isNot: set.isNot, set: set.set });
      i = set.end;
    } else if (letter === '*') {
      const last = tokens.at(-1);
      if (typeof last !== 'object' || last.type !== 'star') tokens.push({ type: 'star' });
    } else if (letter === '?') tokens.push({ type: 'any' });
    else tokens.push(letter === '\\' ? (pattern[++i] ?? '\\') : letter);
  }
  return tokens;
}

// Sets of letters, which regular expressions have, too ------------------------------------------------------------------

/** The set that begins with the bracket at `start`; undefined: it does not end. */
export function readSet(
  pattern: string,
  start: number,
  hasEscapes = true,
): { readonly isNot: boolean; readonly set: LetterSet; readonly end: number } | undefined {
  let i = start + 1;
  const isNot = pattern[i] === '!' || pattern[i] === '^';
  if (isNot) i++;
  const set: (readonly [number, number])[] = [];
  for (const first = i; i < pattern.length; i++) {
    if (pattern[i] === ']' && i > first) return { isNot, set, end: i };
    const kind = /^\[:([a-z]+):\]/.exec(pattern.slice(i, i + 12));
    if (kind) {
      set.push(...(own(LETTER_CLASSES, kind[1] as string) ?? []));
      i += kind[0].length - 1;
      continue;
    }
    if (hasEscapes && pattern[i] === '\\') i++;
    const from = pattern.codePointAt(i) ?? 0;
    if (from > 0xffff) i++;
    const isRange = pattern[i + 1] === '-' && pattern[i + 2] !== ']' && i + 2 < pattern.length;
    if (isRange) i += 2;
    const to = isRange ? (pattern.codePointAt(i) ?? 0) : from;
    if (isRange && to > 0xffff) i++;
    set.push([from, to]);
  }
  return undefined;
}
