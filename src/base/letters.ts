// Sets of letters, as patterns and regular expressions name them.

/** Letters, from and to. */
export type LetterSet = readonly (readonly [number, number])[];

export const LAST_LETTER = 0x10ffff;
export const ALL_LETTERS: LetterSet = [[0, LAST_LETTER]];

export const isLetterIn = (set: LetterSet, code: number): boolean => set.some(([from, to]) => from <= code && code <= to);

export const lettersOf = (text: string): LetterSet => [...text].map((letter) => [letter.codePointAt(0) ?? 0, letter.codePointAt(0) ?? 0]);

/** All letters but these. */
export function otherLetters(set: LetterSet): LetterSet {
  const others: (readonly [number, number])[] = [];
  let next = 0;
  for (const [from, to] of [...set].sort(([a], [b]) => a - b)) {
    if (from > next) others.push([next, from - 1]);
    next = Math.max(next, to + 1);
  }
  if (next <= LAST_LETTER) others.push([next, LAST_LETTER]);
  return others;
}

/** With the other case of each letter from A to Z. */
export function inAnyCase(set: LetterSet): LetterSet {
  const all: (readonly [number, number])[] = [...set];
  for (let upper = 0x41; upper <= 0x5a; upper++) {
    if (isLetterIn(set, upper + 32)) all.push([upper, upper]);
    if (isLetterIn(set, upper)) all.push([upper + 32, upper + 32]);
  }
  return all;
}

const DIGIT = [0x30, 0x39] as const;
const LOWER = [0x61, 0x7a] as const;
const UPPER = [0x41, 0x5a] as const;

/** The classes of letters that POSIX names: `[:alpha:]`. */
export const LETTER_CLASSES: Readonly<Record<string, LetterSet>> = {
  alnum: [DIGIT, LOWER, UPPER],
  alpha: [LOWER, UPPER],
  ascii: [[0x00, 0x7f]],
  blank: lettersOf(' \t'),
  cntrl: [
    [0x00, 0x1f],
    [0x7f, 0x7f],
  ],
  digit: [DIGIT],
  graph: [[0x21, 0x7e]],
  lower: [LOWER],
  print: [[0x20, 0x7e]],
  punct: [
    [0x21, 0x2f],
    [0x3a, 0x40],
    [0x5b, 0x60],
    [0x7b, 0x7e],
  ],
  space: [
    [0x20, 0x20],
    [0x09, 0x0d],
  ],
  upper: [UPPER],
  word: [DIGIT, LOWER, UPPER, [0x5f, 0x5f]],
  xdigit: [DIGIT, [0x41, 0x46], [0x61, 0x66]],
};
