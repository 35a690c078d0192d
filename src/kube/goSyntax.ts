// Reads regular expressions as Go writes them (RE2). Models Go's regexp/syntax/parse.go with its errors.
import { ALL_LETTERS, inAnyCase, LAST_LETTER, LETTER_CLASSES, type LetterSet, lettersOf, otherLetters } from '../base/letters.ts';
import { either, type Instruction, type Place, repeated } from '../base/regexMachine.ts';

/** A pattern that Go would not take, in its words. */
export class GoPatternError extends Error {
  constructor(code: string, part: string) {
    super(`error parsing regexp: ${code}: \`${part}\``);
  }
}

const INSTRUCTIONS_MAX = 20_000;
const REPEAT_MAX = 1000;
const DEPTH_MAX = 1000;

interface Flags {
  readonly isIgnoringCase: boolean;
  readonly isMultiLine: boolean;
  readonly isDotAll: boolean;
  readonly isUngreedy: boolean;
}

const FLAG_NAMES: Readonly<Record<string, keyof Flags>> = { i: 'isIgnoringCase', m: 'isMultiLine', s: 'isDotAll', U: 'isUngreedy' };

/** A set of letters as it is read: ranges, and classes that Unicode names. */
interface Letters {
  readonly set: LetterSet;
  readonly classes?: readonly RegExp[];
}

const SPACE = lettersOf('\t\n\f\r ');
const PERL: Readonly<Record<string, LetterSet>> = {
  d: LETTER_CLASSES['digit'] ?? [],
  w: LETTER_CLASSES['word'] ?? [],
  s: SPACE,
  D: otherLetters(LETTER_CLASSES['digit'] ?? []),
  W: otherLetters(LETTER_CLASSES['word'] ?? []),
  S: otherLetters(SPACE),
};
const CONTROL: Readonly<Record<string, number>> = { a: 7, f: 12, t: 9, n: 10, r: 13, v: 11 };
const PLACES: Readonly<Record<string, Place>> = { A: 'begin', z: 'end', b: 'edge', B: 'no edge' };

/** Reads an expression into instructions; code is put together from pieces whose jumps are relative. */
export class GoCompiler {
  private readonly source: string;
  private at = 0;
  private groups = 0;
  private depth = 0;
  private flags: Flags = { isIgnoringCase: false, isMultiLine: false, isDotAll: false, isUngreedy: false };

  constructor(source: string) {
    this.source = source;
  }

  get groupCount(): number {
    return this.groups;
  }

  whole(): Instruction[] {
    const code = this.alternatives();
    if (this.at < this.source.length) throw new GoPatternError('unexpected )', this.source);
    return code;
  }

  private take(text: string): boolean {
    if (!this.source.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  private takeMatch(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.source);
    if (!found) return undefined;
    this.at = pattern.lastIndex;
    return found;
  }

  private alternatives(): Instruction[] {
    if (++this.depth > DEPTH_MAX) throw new GoPatternError('expression nests too deeply', this.source);
    const { flags } = this;
    const sequences = [this.sequence()];
    while (this.take('|')) sequences.push(this.sequence());
    this.flags = flags;
    this.depth--;
    return sequences.reduceRight((after, before) => either(before, after)) as Instruction[];
  }

  private sequence(): Instruction[] {
    const code: Instruction[] = [];
    while (this.at < this.source.length && this.source[this.at] !== '|' && this.source[this.at] !== ')') {
      const start = this.at;
      code.push(...this.withRepetitions(this.atom(), start));
      if (code.length > INSTRUCTIONS_MAX) throw new GoPatternError('expression too large', this.source);
    }
    return code;
  }

  private letter(): string {
    const letter = String.fromCodePoint(this.source.codePointAt(this.at) ?? 0);
    this.at += letter.length;
    return letter;
  }

  private atom(): Instruction[] {
    if (this.take('(')) return this.group();
    if (this.take('\\Q')) return this.quoted();
    if (this.source[this.at] === '[') return [this.bracket()];
    const start = this.at;
    const letter = this.letter();
    const { isMultiLine, isDotAll } = this.flags;
    switch (letter) {
      case '.':
        return [{ op: 'letter', set: isDotAll ? ALL_LETTERS : otherLetters(lettersOf('\n')), isNot: false }];
      case '^':
        return [{ op: 'at', place: isMultiLine ? 'line begin' : 'begin' }];
      case '$':
        return [{ op: 'at', place: isMultiLine ? 'line end' : 'end' }];
      case '*':
      case '+':
      case '?':
        throw new GoPatternError('missing argument to repetition operator', letter);
      case '\\':
        return this.escaped(start);
      default:
        return [this.one({ set: lettersOf(letter) })];
    }
  }

  private one({ set, classes }: Letters, isNot = false): Instruction {
    const whole = this.flags.isIgnoringCase ? inAnyCase(set) : set;
    return { op: 'letter', set: whole, isNot, ...(classes?.length ? { classes } : {}) };
  }

  private quoted(): Instruction[] {
    const end = this.source.indexOf('\\E', this.at);
    const text = this.source.slice(this.at, end < 0 ? undefined : end);
    this.at = end < 0 ? this.source.length : end + 2;
    return [...text].map((letter) => this.one({ set: lettersOf(letter) }));
  }

  private group(): Instruction[] {
    const start = this.at - 1;
    if (!this.take('?')) return this.captured();
    const name = this.takeMatch(/P?<([^>]*)>/y)?.[1];
    if (name !== undefined) {
      if (!/^\w+$/.test(name)) throw new GoPatternError('invalid named capture', this.source.slice(start, this.at));
      return this.captured();
    }
    const given = this.takeMatch(/([imsU]*)(?:-([imsU]+))?([:)])/y);
    if (!given) throw new GoPatternError('invalid or unsupported Perl syntax', this.source.slice(start, this.at + 1));
    const [, on = '', off = '', end] = given;
    const { flags } = this;
    this.flags = { ...flags, ...flagsOf(on, true), ...flagsOf(off, false) };
    if (end === ')') return [];
    const body = this.closed();
    this.flags = flags;
    return body;
  }

  private captured(): Instruction[] {
    const slot = 2 * ++this.groups;
    return [{ op: 'save', slot }, ...this.closed(), { op: 'save', slot: slot + 1 }];
  }

  private closed(): Instruction[] {
    const body = this.alternatives();
    if (!this.take(')')) throw new GoPatternError('missing closing )', this.source);
    return body;
  }

  /** After a backslash: a place, a class, or a letter. */
  private escaped(start: number): Instruction[] {
    const place = PLACES[this.source[this.at] ?? ''];
    if (!place) return [this.one(this.escapedLetters(start))];
    this.at++;
    return [{ op: 'at', place }];
  }

  private escapedLetters(start: number): Letters {
    if (this.at >= this.source.length) throw new GoPatternError('trailing backslash at end of expression', '');
    const unicode = this.takeMatch(/([pP])(?:\{(\^?)([^}]*)\}|([A-Z]))/y);
    if (unicode) return unicodeClass(unicode, this.source.slice(start, this.at));
    const perl = PERL[this.source[this.at] ?? ''];
    if (perl) {
      this.at++;
      return { set: perl };
    }
    const code = this.escapedCode(start);
    return { set: [[code, code]] };
  }

  private escapedCode(start: number): number {
    const octal = this.takeMatch(/[1-7][0-7]{1,2}|0[0-7]{0,2}/y);
    if (octal) return Number.parseInt(octal[0], 8);
    const hex = this.takeMatch(/x(?:([\da-fA-F]{2})|\{([\da-fA-F]+)\})/y);
    const code = hex ? Number.parseInt(hex[1] ?? hex[2] ?? '', 16) : undefined;
    if (code !== undefined && code <= LAST_LETTER) return code;
    const letter = this.letter();
    if (CONTROL[letter] !== undefined) return CONTROL[letter];
    if (/\w/.test(letter) && letter !== '_') throw new GoPatternError('invalid escape sequence', this.source.slice(start, this.at));
    return letter.codePointAt(0) ?? 0;
  }

  private bracket(): Instruction {
    const start = this.at++;
    const isNot = this.take('^');
    const set: (readonly [number, number])[] = [];
    const classes: RegExp[] = [];
    for (let isFirst = true; isFirst || this.source[this.at] !== ']'; isFirst = false) {
      if (this.at >= this.source.length) throw new GoPatternError('missing closing ]', this.source.slice(start));
      const part = this.bracketPart();
      set.push(...part.set);
      classes.push(...(part.classes ?? []));
    }
    this.at++;
    return this.one({ set, classes }, isNot);
  }

  private bracketPart(): Letters {
    const start = this.at;
    const posix = this.takeMatch(/\[:(\^?)(\w+):\]/y);
    if (posix) {
      const letters = LETTER_CLASSES[posix[2] ?? ''];
      if (!letters) throw new GoPatternError('invalid character class range', posix[0]);
      return { set: posix[1] ? otherLetters(letters) : letters };
    }
    const first = this.bracketLetters();
    const [only] = first.set;
    const isRange = this.source[this.at] === '-' && this.source[this.at + 1] !== ']' && this.at + 1 < this.source.length;
    if (!isRange || first.classes || first.set.length !== 1 || !only || only[0] !== only[1]) return first;
    this.at++;
    const last = this.bracketLetters().set[0]?.[1] ?? 0;
    if (last < only[0]) throw new GoPatternError('invalid character class range', this.source.slice(start, this.at));
    return { set: [[only[0], last]] };
  }

  private bracketLetters(): Letters {
    const start = this.at;
    return this.take('\\') ? this.escapedLetters(start) : { set: lettersOf(this.letter()) };
  }

  // Repetitions -------------------------------------------------------------------------------------------------------

  private withRepetitions(atom: Instruction[], start: number): Instruction[] {
    let code = atom;
    let before = '';
    for (let range = this.repetition(); range; range = this.repetition()) {
      if (before) throw new GoPatternError('invalid nested repetition operator', before + range.text);
      if (code.length * Math.max(range.min, range.max ?? 1) > INSTRUCTIONS_MAX)
        throw new GoPatternError('invalid repeat count', this.source.slice(start, this.at));
      code = repeated(code, range.min, range.max, range.isLazy !== this.flags.isUngreedy);
      before = range.text;
    }
    return code;
  }

  private repetition() {
    const found = this.takeMatch(/(?:([*+?])|\{(\d+)(,?)(\d*)\})(\??)/y);
    if (!found) return undefined;
    const [text, sign, least = '0', comma, most] = found;
    const isLazy = found[5] === '?';
    if (sign) return { text, isLazy, min: sign === '+' ? 1 : 0, max: sign === '?' ? 1 : undefined };
    const min = Number(least);
    const max = comma ? (most ? Number(most) : undefined) : min;
    if (min > REPEAT_MAX || (max ?? 0) > REPEAT_MAX || (max !== undefined && max < min))
      throw new GoPatternError('invalid repeat count', text);
    return { text, isLazy, min, max };
  }
}

function flagsOf(letters: string, isOn: boolean): Partial<Flags> {
  return Object.fromEntries([...letters].map((letter) => [FLAG_NAMES[letter] ?? '', isOn]));
}

/** `\pL`, `\p{Greek}`: what the browser knows of Unicode is asked of one letter at a time. */
function unicodeClass([, sign = 'p', not = '', long, short]: RegExpExecArray, part: string): Letters {
  const name = long ?? short ?? '';
  const isNot = (sign === 'P') !== (not === '^');
  if (name === 'Any') return { set: isNot ? [] : ALL_LETTERS };
  for (const property of [name, `Script=${name}`]) {
    try {
      return { set: [], classes: [new RegExp(`\\${isNot ? 'P' : 'p'}{${property}}`, 'u')] };
    } catch {
      continue;
    }
  }
  throw new GoPatternError('invalid character class range', part);
}
