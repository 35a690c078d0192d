// The script of sed as it is read: its commands with their addresses.
import { rememberedBy } from '../../../../base/remembered.ts';
import { unescaped } from '../escapes.ts';
import { type Regex, regexOf } from '../regex.ts';

export class ScriptMistake extends Error {}

export type Address =
  | { readonly type: 'line'; readonly line: number }
  | { readonly type: 'last' }
  | { readonly type: 'match'; readonly regex: Regex };

export interface Command {
  readonly from: Address | undefined;
  readonly to: Address | undefined;
  readonly isNot: boolean;
  readonly action: Action;
}

export type Action =
  | {
      readonly type: 's';
      readonly regex: Regex;
      readonly replacement: string;
      readonly isGlobal: boolean;
      readonly isPrinting: boolean;
      readonly nth: number;
    }
  | { readonly type: 'y'; readonly from: string; readonly to: string }
  | { readonly type: 'a' | 'i' | 'c'; readonly text: string }
  /** A label, and the jumps to it; without a name to the end. */
  | { readonly type: ':' | 'b' | 't'; readonly label: string }
  /** What stands between braces, up to the command of this number. */
  | { readonly type: '{'; end: number }
  | { readonly type: (typeof PLAIN)[number] };

/** Commands of one letter. */
const PLAIN = ['d', 'D', 'p', 'P', 'q', '=', 'n', 'N', 'h', 'H', 'g', 'G', 'x'] as const;

export const readScript = rememberedBy(
  64,
  (script: string, isExtended: boolean) => `${isExtended ? 'E' : ' '}${script}`,
  (script, isExtended): readonly Command[] => new Reader(script, isExtended).commands(),
);

class Reader {
  private readonly text: string;
  private readonly isExtended: boolean;
  private at = 0;

  constructor(text: string, isExtended: boolean) {
    this.text = text;
    this.isExtended = isExtended;
  }

  commands(): Command[] {
    const out: Command[] = [];
    const blocks: Extract<Action, { type: '{' }>[] = [];
    for (this.skip(/[\s;]*/y); this.at < this.text.length; this.skip(/[\s;]*/y)) {
      if (this.take('}')) {
        const block = blocks.pop();
        if (!block) throw new ScriptMistake("unexpected '}'");
        block.end = out.length;
        continue;
      }
      if (this.text[this.at] === '#') {
        this.skip(/[^\n]*/y);
        continue;
      }
      const addresses = this.addresses();
      const action = this.action();
      if (action.type === '{') blocks.push(action);
      out.push({ ...addresses, action });
    }
    if (blocks.length > 0) throw new ScriptMistake("unterminated '{'");
    return out;
  }

  private skip(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0] ?? '';
    this.at += found.length;
    return found;
  }

  private take(letter: string): boolean {
    if (this.text[this.at] !== letter) return false;
    this.at++;
    return true;
  }

  private addresses(): Pick<Command, 'from' | 'to' | 'isNot'> {
    const from = this.address();
    const to = from && this.take(',') ? this.address() : undefined;
    this.skip(/\s*/y);
    const isNot = this.take('!');
    this.skip(/\s*/y);
    return { from, to, isNot };
  }

  private address(): Address | undefined {
    const digits = this.skip(/\d+/y);
    if (digits) return { type: 'line', line: Number(digits) };
    if (this.take('$')) return { type: 'last' };
    if (this.take('/')) return { type: 'match', regex: this.regex(this.until('/')) };
    return undefined;
  }

  private regex(source: string, isIgnoringCase = false): Regex {
    return regexOf(source, { isExtended: this.isExtended, isIgnoringCase });
  }

  /** Up to the delimiter, which is read over; escaped ones are part of it. */
  private until(delimiter: string): string {
    let out = '';
    for (; this.at < this.text.length; this.at++) {
      const letter = this.text[this.at] as string;
      if (letter === delimiter) {
        this.at++;
        return out;
      }
      if (letter === '\\') {
        const next = this.text[++this.at] ?? '';
        out += next === delimiter ? next : `\\${next}`;
      } else out += letter;
    }
    throw new ScriptMistake(`unterminated '${delimiter}'`);
  }

  private action(): Action {
    const type = this.text[this.at++];
    switch (type) {
      case 's':
        return this.substitution();
      case 'y': {
        const delimiter = this.text[this.at++] as string;
        return { type, from: unescaped(this.until(delimiter)), to: unescaped(this.until(delimiter)) };
      }
      case 'a':
      case 'i':
      case 'c':
        this.skip(/[ \t]*\\?\n?[ \t]*/y);
        return { type, text: this.skip(/[^\n]*/y) };
      case ':':
      case 'b':
      case 't':
        this.skip(/[ \t]*/y);
        return { type, label: this.skip(type === ':' ? /[^\n;]*/y : /[^\n;}]*/y).trim() };
      case '{':
        return { type, end: 0 };
      default: {
        const plain = PLAIN.find((letter) => letter === type);
        if (plain) return { type: plain };
        throw new ScriptMistake(`unsupported command ${type ?? ''}`);
      }
    }
  }

  private substitution(): Action {
    const delimiter = this.text[this.at++];
    if (delimiter === undefined) throw new ScriptMistake("unterminated 's' command");
    const source = this.until(delimiter);
    const replacement = this.until(delimiter);
    const flags = this.skip(/[gpiI0-9]*/y);
    return {
      type: 's',
      regex: this.regex(source, /[iI]/.test(flags)),
      replacement,
      isGlobal: flags.includes('g'),
      isPrinting: flags.includes('p'),
      nth: Number(/\d+/.exec(flags)?.[0] ?? 1),
    };
  }
}
