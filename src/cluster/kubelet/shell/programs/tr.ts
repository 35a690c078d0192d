// tr: letters for letters, -d without them, -s each only once in a row, -c all others.
import { LETTER_CLASSES } from '../../../../base/letters.ts';
import { unescaped } from '../escapes.ts';
import { readOptions } from '../options.ts';
import { own } from '../own.ts';
import type { Program } from '../program.ts';

export const tr: Program = {
  run(call) {
    const options = readOptions(call, '+dscCt', { delete: 'd', 'squeeze-repeats': 's', complement: 'c' });
    if (typeof options === 'number') return options;
    const [from, to] = options.operands;
    if (from === undefined || (to === undefined && !options.has('d') && !options.has('s'))) return call.fail('missing operand');
    const input = call.takeInput();
    if (input) {
      const change = new Change(lettersOf(from), to === undefined ? undefined : lettersOf(to), {
        isDeleting: options.has('d'),
        isSqueezing: options.has('s'),
        isComplement: options.has('c') || options.has('C'),
      });
      const memory = call.remember(() => ({ last: '' }));
      call.out(change.apply(input.text, memory));
    }
    return input?.isAtEnd ? 0 : call.inputWait;
  },
};

interface Ways {
  readonly isDeleting: boolean;
  readonly isSqueezing: boolean;
  readonly isComplement: boolean;
}

class Change {
  private readonly from: ReadonlyMap<string, number>;
  private readonly to: readonly string[] | undefined;
  private readonly squeezed: ReadonlySet<string> | undefined;
  private readonly ways: Ways;

  constructor(from: readonly string[], to: readonly string[] | undefined, ways: Ways) {
    this.from = new Map(from.map((letter, i) => [letter, i]));
    this.to = to;
    this.ways = ways;
    this.squeezed = ways.isSqueezing ? new Set(to ?? from) : undefined;
  }

  apply(text: string, memory: { last: string }): string {
    let out = '';
    for (const letter of text) {
      const changed = this.changed(letter);
      if (changed === '' || (this.isSqueezed(changed) && changed === memory.last)) continue;
      out += changed;
      memory.last = changed;
    }
    return out;
  }

  private isSqueezed(letter: string): boolean {
    if (!this.squeezed) return false;
    return this.squeezed.has(letter) !== (this.ways.isComplement && !this.to);
  }

  private changed(letter: string): string {
    const at = this.from.get(letter);
    const isMeant = (at !== undefined) !== this.ways.isComplement;
    if (!isMeant) return letter;
    if (this.ways.isDeleting) return '';
    if (!this.to) return letter;
    return this.to[this.ways.isComplement ? this.to.length - 1 : Math.min(at ?? 0, this.to.length - 1)] ?? letter;
  }
}

/** `a-z`, `[:upper:]` and `\n` as all their letters. */
function lettersOf(text: string): string[] {
  const plain = unescaped(text);
  const out: string[] = [];
  for (let i = 0; i < plain.length; i++) {
    const kind = /^\[:([a-z]+):\]/.exec(plain.slice(i, i + 12));
    if (kind) {
      for (const [from, to] of own(LETTER_CLASSES, kind[1] as string) ?? []) out.push(...span(from, to));
      i += kind[0].length - 1;
    } else if (plain[i + 1] === '-' && i + 2 < plain.length) {
      out.push(...span(plain.charCodeAt(i), plain.charCodeAt(i + 2)));
      i += 2;
    } else out.push(plain[i] as string);
  }
  return out;
}

function span(from: number, to: number): string[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => String.fromCharCode(from + i));
}
