// Matches compiled regular expressions by following all possibilities at once (Thompson, Pike), so that no expression takes longer than
// its length times the text's. What is written by hand is compiled elsewhere: Go's expressions (kube/goPattern.ts), the shell's.
// Of alternatives the first that matches is taken.
import { isLetterIn, type LetterSet } from './letters.ts';

export type Place = 'begin' | 'end' | 'line begin' | 'line end' | 'edge' | 'no edge' | 'word begin' | 'word end';

export type Instruction =
  /** One letter of a set or of one of these classes of Unicode. */
  | { readonly op: 'letter'; readonly set: LetterSet; readonly isNot: boolean; readonly classes?: readonly RegExp[] }
  | { readonly op: 'split'; readonly first: number; readonly second: number }
  | { readonly op: 'jump'; readonly to: number }
  | { readonly op: 'save'; readonly slot: number }
  | { readonly op: 'at'; readonly place: Place }
  | { readonly op: 'match' };

/** Code is put together from pieces whose jumps are relative. */
export type Piece = readonly Instruction[];

/** Where the whole and its groups begin and end, by turns; -1: the group has no part in it. */
export type Match = readonly number[];

export function either(one: Piece, other: Piece): Instruction[] {
  return [{ op: 'split', first: 1, second: one.length + 2 }, ...one, { op: 'jump', to: other.length + 1 }, ...other];
}

/** As often as that, as often as possible or, lazily, as seldom; without `max` without end. */
export function repeated(code: Piece, min: number, max: number | undefined, isLazy = false): Instruction[] {
  const maybe = (past: number): Instruction => (isLazy ? { op: 'split', first: past, second: 1 } : { op: 'split', first: 1, second: past });
  const out: Instruction[] = [];
  for (let i = 0; i < min; i++) out.push(...code);
  if (max === undefined) return [...out, maybe(code.length + 2), ...code, { op: 'jump', to: -code.length - 1 }];
  for (let i = min; i < max; i++) out.push(maybe((code.length + 1) * (max - i)), ...code);
  return out;
}

interface Thread {
  readonly at: number;
  readonly slots: Match;
}

export class RegexMachine {
  private readonly program: readonly Instruction[];
  private readonly noSlots: Match;
  /** In which round an instruction was last reached. */
  private readonly reached: Uint32Array;
  private round = 0;

  /** `groups` counts those that are numbered in the code: group 1 saves slots 2 and 3. */
  constructor(code: Piece, groups: number) {
    const relative: Piece = [{ op: 'save', slot: 0 }, ...code, { op: 'save', slot: 1 }, { op: 'match' }];
    this.program = relative.map((instruction, i) => {
      if (instruction.op === 'jump') return { op: 'jump', to: i + instruction.to };
      return instruction.op === 'split' ? { op: 'split', first: i + instruction.first, second: i + instruction.second } : instruction;
    });
    this.noSlots = Array.from({ length: 2 * (groups + 1) }, () => -1);
    this.reached = new Uint32Array(this.program.length);
  }

  /** The first match at or after `from`. */
  find(text: string, from = 0): Match | undefined {
    let threads: Thread[] = [];
    let found: Match | undefined;
    for (let i = from; i <= text.length; ) {
      const next: Thread[] = [];
      this.round++;
      for (const thread of threads) this.follow(thread, text, i, next);
      if (!found) this.follow({ at: 0, slots: this.noSlots }, text, i, next);
      threads = [];
      const code = text.codePointAt(i);
      for (const { at, slots } of next) {
        const instruction = this.program[at] as Instruction;
        if (instruction.op === 'match') {
          found = slots;
          break;
        }
        if (instruction.op === 'letter' && code !== undefined && isTaken(instruction, code)) threads.push({ at: at + 1, slots });
      }
      if (found && threads.length === 0) break;
      i += code !== undefined && code > 0xffff ? 2 : 1;
    }
    return found;
  }

  /** Adds what can be reached from an instruction without a letter, in the order of preference. */
  private follow(from: Thread, text: string, i: number, out: Thread[]): void {
    const stack: Thread[] = [from];
    for (let thread = stack.pop(); thread; thread = stack.pop()) {
      const { at, slots } = thread;
      if (this.reached[at] === this.round) continue;
      this.reached[at] = this.round;
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

function isTaken({ set, isNot, classes }: Extract<Instruction, { op: 'letter' }>, code: number): boolean {
  const isIn = isLetterIn(set, code) || (classes?.some((each) => each.test(String.fromCodePoint(code))) ?? false);
  return isIn !== isNot;
}

function isPlace(place: Place, text: string, i: number): boolean {
  const before = /\w/.test(text[i - 1] ?? '');
  const after = /\w/.test(text[i] ?? '');
  switch (place) {
    case 'begin':
      return i === 0;
    case 'end':
      return i === text.length;
    case 'line begin':
      return i === 0 || text[i - 1] === '\n';
    case 'line end':
      return i === text.length || text[i] === '\n';
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
