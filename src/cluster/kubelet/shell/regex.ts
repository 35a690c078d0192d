// Regular expressions of grep, sed and `[[ =~ ]]`, as POSIX writes them. Leaves out: references such as `\1` in the expression itself,
// and of alternatives the first that matches is taken, not the longest.
import { ALL_LETTERS, inAnyCase, LETTER_CLASSES, type LetterSet, lettersOf } from '../../../base/letters.ts';
import { either, type Instruction, type Match, type Place, RegexMachine, repeated } from '../../../base/regexMachine.ts';
import { rememberedBy } from '../../../base/remembered.ts';
import { readSet } from './pattern.ts';

/** An expression that cannot be read. */
export class RegexError extends Error {}

export interface RegexOptions {
  readonly isExtended?: boolean;
  readonly isIgnoringCase?: boolean;
  /** Every letter means itself. */
  readonly isFixed?: boolean;
}

const INSTRUCTIONS_MAX = 4000;
const REPEAT_MAX = 255;
const DEPTH_MAX = 100;

export const regexOf = rememberedBy(
  256,
  (source: string, { isExtended, isIgnoringCase, isFixed }: RegexOptions = {}) =>
    `${isExtended ? 'E' : ''}${isIgnoringCase ? 'i' : ''}${isFixed ? 'F' : ''} ${source}`,
  (source: string, options: RegexOptions = {}) => new Regex(source, options),
);

export class Regex {
  private readonly machine: RegexMachine;

  constructor(source: string, options: RegexOptions) {
    const compiler = new Compiler(source, options);
    this.machine = new RegexMachine(compiler.code(), compiler.groupCount);
  }

  isIn(text: string): boolean {
    return this.find(text) !== undefined;
  }

  /** The first match at or after `from`. */
  find(text: string, from = 0): Match | undefined {
    return this.machine.find(text, from);
  }
}

const ESCAPES: Readonly<Record<string, { readonly set: LetterSet; readonly isNot: boolean }>> = {
  w: { set: LETTER_CLASSES['word'] ?? [], isNot: false },
  W: { set: LETTER_CLASSES['word'] ?? [], isNot: true },
  s: { set: LETTER_CLASSES['space'] ?? [], isNot: false },
  S: { set: LETTER_CLASSES['space'] ?? [], isNot: true },
  d: { set: LETTER_CLASSES['digit'] ?? [], isNot: false },
  D: { set: LETTER_CLASSES['digit'] ?? [], isNot: true },
};
const PLACES: Readonly<Record<string, Place>> = {
  b: 'edge',
  B: 'no edge',
  '<': 'word begin',
  '>': 'word end',
};
const LETTERS: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

/** Reads an expression into instructions; code is put together from pieces whose jumps are relative. */
class Compiler {
  private readonly source: string;
  private readonly options: RegexOptions;
  private at = 0;
  private groups = 0;
  private depth = 0;

  constructor(source: string, options: RegexOptions) {
    this.source = source;
    this.options = options;
  }

  get groupCount(): number {
    return this.groups;
  }

  code(): Instruction[] {
    const body = this.options.isFixed ? [...this.source].flatMap((letter) => this.letter(letter)) : this.alternatives();
    if (this.at < this.source.length && !this.options.isFixed) throw new RegexError('Unmatched ) or \\)');
    return body;
  }

  /** Whether an operator is next: with a backslash in basic expressions, without one in extended ones. */
  private isNext(operator: string): boolean {
    return this.source.startsWith(this.options.isExtended ? operator : `\\${operator}`, this.at);
  }

  private take(operator: string): boolean {
    if (!this.isNext(operator)) return false;
    this.at += operator.length + (this.options.isExtended ? 0 : 1);
    return true;
  }

  private alternatives(): Instruction[] {
    if (++this.depth > DEPTH_MAX) throw new RegexError('Regular expression too big');
    let code = this.sequence();
    while (this.take('|')) code = either(code, this.sequence());
    this.depth--;
    return code;
  }

  private sequence(): Instruction[] {
    const code: Instruction[] = [];
    for (let isFirst = true; this.at < this.source.length && !this.isNext('|') && !this.isNext(')'); isFirst = false) {
      code.push(...this.withRepetitions(this.atom(isFirst)));
      if (code.length > INSTRUCTIONS_MAX) throw new RegexError('Regular expression too big');
    }
    return code;
  }

  private atom(isFirst: boolean): Instruction[] {
    const { source } = this;
    if (this.take('(')) return this.group();
    const letter = String.fromCodePoint(source.codePointAt(this.at) ?? 0);
    this.at += letter.length;
    if (letter === '\\') return this.escaped();
    if (letter === '.') return [{ op: 'letter', set: ALL_LETTERS, isNot: false }];
    if (letter === '[') return this.bracket();
    if (letter === '^' && (isFirst || this.options.isExtended)) return [{ op: 'at', place: 'begin' }];
    if (letter === '$' && (this.at === source.length || this.options.isExtended || this.isNext(')') || this.isNext('|'))) {
      return [{ op: 'at', place: 'end' }];
    }
    return this.letter(letter);
  }

  private group(): Instruction[] {
    const slot = 2 * ++this.groups;
    const body = this.alternatives();
    if (!this.take(')')) throw new RegexError('Unmatched ( or \\(');
    return [{ op: 'save', slot }, ...body, { op: 'save', slot: slot + 1 }];
  }

  private escaped(): Instruction[] {
    const letter = this.source[this.at++];
    if (letter === undefined) throw new RegexError('Trailing backslash');
    const place = PLACES[letter];
    if (place) return [{ op: 'at', place }];
    const set = ESCAPES[letter];
    if (set) return [{ op: 'letter', ...set }];
    if (/[1-9]/.test(letter)) throw new RegexError('Invalid back reference');
    return this.letter(LETTERS[letter] ?? letter);
  }

  private bracket(): Instruction[] {
    const found = readSet(this.source, this.at - 1, false);
    if (!found || this.source[this.at] === '!') return found ? this.bangSet() : unmatched();
    this.at = found.end + 1;
    return [{ op: 'letter', set: this.anyCase(found.set), isNot: found.isNot }];
  }

  /** Only in shell patterns does `[!…]` mean not. */
  private bangSet(): Instruction[] {
    const rest = readSet(`[${this.source.slice(this.at + 1)}`, 0, false);
    if (!rest) return unmatched();
    this.at += rest.end + 1;
    return [{ op: 'letter', set: this.anyCase([[0x21, 0x21], ...rest.set]), isNot: false }];
  }

  private anyCase(set: LetterSet): LetterSet {
    return this.options.isIgnoringCase ? inAnyCase(set) : set;
  }

  private letter(letter: string): Instruction[] {
    return [{ op: 'letter', set: this.anyCase(lettersOf(letter)), isNot: false }];
  }

  // Repetitions -------------------------------------------------------------------------------------------------------

  private withRepetitions(atom: Instruction[]): Instruction[] {
    let code = atom;
    for (let range = this.repetition(); range; range = this.repetition()) {
      if (code.length * Math.max(range.min, range.max ?? 1) > INSTRUCTIONS_MAX) throw new RegexError('Regular expression too big');
      code = repeated(code, range.min, range.max);
    }
    return code;
  }

  private repetition(): { readonly min: number; readonly max: number | undefined } | undefined {
    if (this.source[this.at] === '*') {
      this.at++;
      return { min: 0, max: undefined };
    }
    if (this.take('+')) return { min: 1, max: undefined };
    if (this.take('?')) return { min: 0, max: 1 };
    if (!this.isNext('{')) return undefined;
    const inside = /^\\?\{(\d{0,5})(,?)(\d{0,5})\\?\}/.exec(this.source.slice(this.at, this.at + 16));
    if (!inside) throw new RegexError('Invalid content of \\{\\}');
    this.at += inside[0].length;
    const min = Number(inside[1] || 0);
    const max = inside[3] ? Number(inside[3]) : inside[2] ? undefined : min;
    if (min > REPEAT_MAX || (max ?? 0) > REPEAT_MAX || (max !== undefined && max < min)) throw new RegexError('Invalid content of \\{\\}');
    return { min, max };
  }
}

function unmatched(): never {
  throw new RegexError('Unmatched [, [^, [:, [., or [=');
}
