// Regular expressions of grep, sed and `[[ =~ ]]`, matched by following all possibilities at once (Thompson, Pike), so that no
// expression takes longer than its length times the text's. Leaves out: references such as `\1` in the expression itself, and of
// alternatives the first that matches is taken, not the longest.
import { rememberedBy } from '../../../base/remembered.ts';
import { isIn, KINDS, type LetterSet, readSet } from './pattern.ts';

/** An expression that cannot be read. */
export class RegexError extends Error {}

export interface RegexOptions {
  readonly isExtended?: boolean;
  readonly isIgnoringCase?: boolean;
  /** Every letter means itself. */
  readonly isFixed?: boolean;
}

/** Where the whole and its groups begin and end, by turns; -1: the group has no part in it. */
export type Match = readonly number[];

type Instruction =
  | { readonly op: 'letter'; readonly set: LetterSet; readonly isNot: boolean }
  | { readonly op: 'split'; readonly first: number; readonly second: number }
  | { readonly op: 'jump'; readonly to: number }
  | { readonly op: 'save'; readonly slot: number }
  | { readonly op: 'at'; readonly place: 'begin' | 'end' | 'edge' | 'no edge' | 'word begin' | 'word end' }
  | { readonly op: 'match' };

const INSTRUCTIONS_MAX = 4000;
const REPEAT_MAX = 255;
const DEPTH_MAX = 100;

export const regexOf = rememberedBy(
  256,
  (source: string, { isExtended, isIgnoringCase, isFixed }: RegexOptions = {}) =>
    `${isExtended ? 'E' : ''}${isIgnoringCase ? 'i' : ''}${isFixed ? 'F' : ''} ${source}`,
  (source: string, options: RegexOptions = {}) => new Regex(source, options),
);

interface Thread {
  readonly at: number;
  readonly slots: Match;
}

export class Regex {
  private readonly program: readonly Instruction[];
  private readonly noSlots: Match;

  constructor(source: string, options: RegexOptions) {
    const compiler = new Compiler(source, options);
    this.program = compiler.program();
    this.noSlots = Array.from({ length: compiler.slotCount }, () => -1);
  }

  isIn(text: string): boolean {
    return this.find(text) !== undefined;
  }

  /** The first match at or after `from`. */
  find(text: string, from = 0): Match | undefined {
    let threads: Thread[] = [];
    let found: Match | undefined;
    for (let i = from; i <= text.length; i++) {
      const next: Thread[] = [];
      const seen = new Set<number>();
      for (const thread of threads) this.follow(thread.at, thread.slots, text, i, next, seen);
      if (!found) this.follow(0, this.noSlots, text, i, next, seen);
      threads = [];
      for (const { at, slots } of next) {
        const instruction = this.program[at] as Instruction;
        if (instruction.op === 'match') {
          found = slots;
          break;
        }
        if (instruction.op === 'letter' && i < text.length && isIn(instruction.set, text[i] as string) !== instruction.isNot) {
          threads.push({ at: at + 1, slots });
        }
      }
      if (found && threads.length === 0) break;
    }
    return found;
  }

  /** Adds what can be reached from an instruction without a letter, in the order of preference. */
  private follow(start: number, startSlots: Match, text: string, i: number, out: Thread[], seen: Set<number>): void {
    const stack: Thread[] = [{ at: start, slots: startSlots }];
    for (let thread = stack.pop(); thread; thread = stack.pop()) {
      const { at, slots } = thread;
      if (seen.has(at)) continue;
      seen.add(at);
      const instruction = this.program[at] as Instruction;
      switch (instruction.op) {
        case 'jump':
          stack.push({ at: instruction.to, slots });
          break;
        case 'split':
          stack.push({ at: instruction.second, slots }, { at: instruction.first, slots });
          break;
        case 'save':
          stack.push({ at: at + 1, slots: slots.with(instruction.slot, i) });
          break;
        case 'at':
          if (isPlace(instruction.place, text, i)) stack.push({ at: at + 1, slots });
          break;
        default:
          out.push(thread);
      }
    }
  }
}

function isPlace(place: Extract<Instruction, { op: 'at' }>['place'], text: string, i: number): boolean {
  const before = /\w/.test(text[i - 1] ?? '');
  const after = /\w/.test(text[i] ?? '');
  switch (place) {
    case 'begin':
      return i === 0;
    case 'end':
      return i === text.length;
    case 'edge':
      return before !== after;
    case 'no edge':
      return before === after;
    case 'word begin':
      return !before && after;
    case 'word end':
      return before && !after;
  }
}

const ALL: LetterSet = [[0, 0xffff]];
const WORD: LetterSet = [...(KINDS['alnum'] ?? []), [0x5f, 0x5f]];
const ESCAPES: Readonly<Record<string, { readonly set: LetterSet; readonly isNot: boolean }>> = {
  w: { set: WORD, isNot: false },
  W: { set: WORD, isNot: true },
  s: { set: KINDS['space'] ?? [], isNot: false },
  S: { set: KINDS['space'] ?? [], isNot: true },
  d: { set: KINDS['digit'] ?? [], isNot: false },
  D: { set: KINDS['digit'] ?? [], isNot: true },
};
const PLACES: Readonly<Record<string, Extract<Instruction, { op: 'at' }>['place']>> = {
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

  get slotCount(): number {
    return 2 * (this.groups + 1);
  }

  program(): Instruction[] {
    const body = this.options.isFixed ? [...this.source].flatMap((letter) => this.letter(letter)) : this.alternatives();
    if (this.at < this.source.length && !this.options.isFixed) throw new RegexError('Unmatched ) or \\)');
    const relative: Instruction[] = [{ op: 'save', slot: 0 }, ...body, { op: 'save', slot: 1 }, { op: 'match' }];
    return relative.map((instruction, i) => {
      if (instruction.op === 'jump') return { op: 'jump', to: i + instruction.to };
      return instruction.op === 'split' ? { op: 'split', first: i + instruction.first, second: i + instruction.second } : instruction;
    });
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
    while (this.take('|')) {
      const other = this.sequence();
      code = [{ op: 'split', first: 1, second: code.length + 2 }, ...code, { op: 'jump', to: other.length + 1 }, ...other];
    }
    this.depth--;
    return code;
  }

  private sequence(): Instruction[] {
    const code: Instruction[] = [];
    for (let isFirst = true; this.at < this.source.length && !this.isNext('|') && !this.isNext(')'); isFirst = false) {
      code.push(...this.repeated(this.atom(isFirst)));
      if (code.length > INSTRUCTIONS_MAX) throw new RegexError('Regular expression too big');
    }
    return code;
  }

  private atom(isFirst: boolean): Instruction[] {
    const { source } = this;
    if (this.take('(')) return this.group();
    const letter = source[this.at++] as string;
    if (letter === '\\') return this.escaped();
    if (letter === '.') return [{ op: 'letter', set: ALL, isNot: false }];
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
    if (!this.options.isIgnoringCase) return set;
    const all: (readonly [number, number])[] = [...set];
    for (let code = 0x41; code <= 0x5a; code++) {
      const lower = String.fromCharCode(code + 32);
      if (isIn(set, lower)) all.push([code, code]);
      if (isIn(set, String.fromCharCode(code))) all.push([code + 32, code + 32]);
    }
    return all;
  }

  private letter(letter: string): Instruction[] {
    const code = letter.charCodeAt(0);
    return [{ op: 'letter', set: this.anyCase([[code, code]]), isNot: false }];
  }

  // Repetitions -------------------------------------------------------------------------------------------------------

  private repeated(atom: Instruction[]): Instruction[] {
    let code = atom;
    for (let range = this.repetition(); range; range = this.repetition()) {
      if (code.length * Math.max(range.min, range.max ?? 1) > INSTRUCTIONS_MAX) throw new RegexError('Regular expression too big');
      code = repeat(code, range.min, range.max);
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

function repeat(code: readonly Instruction[], min: number, max: number | undefined): Instruction[] {
  const out: Instruction[] = [];
  for (let i = 0; i < min; i++) out.push(...code);
  if (max === undefined) {
    out.push({ op: 'split', first: 1, second: code.length + 2 }, ...code, { op: 'jump', to: -code.length - 1 });
    return out;
  }
  for (let i = min; i < max; i++) out.push({ op: 'split', first: 1, second: (code.length + 1) * (max - i) }, ...code);
  return out;
}
