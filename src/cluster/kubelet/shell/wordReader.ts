// The words of a shell script: letters and quotes, and what `$` and backquotes begin.
import { unescaped } from './escapes.ts';
import type { ShellKind } from './process.ts';
import { ScriptError, unclosed, unterminated } from './scriptError.ts';
import type { Part, Word } from './syntax.ts';

/** Reads the commands of a substitution, from a place in a text; their node, and the place after them and their bracket. */
export type ReadCommands = (text: string, at: number, isClosedByEnd: boolean) => { readonly node: number; readonly at: number };

/** What ends a word. */
export const META = new Set([' ', '\t', '\n', ';', '&', '|', '<', '>', '(', ')']);
export const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const PARAMETER_OPERATOR = /:-|:=|:\?|:\+|:|-|=|\?|\+|##|#|%%|%|\/\/|\/|\^\^|\^|,,|,|@[QULu](?=\})/y;

/** Of a parameter's operators, those that dash has not. */
const BEYOND_DASH = /^(:|\/\/?|\^\^?|,,?)$/;
/** `${!name*}` and `${!name@}`. */
const PREFIX = /[*@](?=\})/y;

/** Substitutions within substitutions. */
const DEPTH_MAX = 100;

/** The parts of a word as they are read; letters that mean themselves are gathered into one. */
class Parts {
  private readonly parts: Part[] = [];
  private readonly isQuoted: boolean;
  private letters = '';

  constructor(isQuoted: boolean) {
    this.isQuoted = isQuoted;
  }

  addLetters(letters: string): void {
    this.letters += letters;
  }

  add(...parts: readonly Part[]): void {
    if (this.letters) this.parts.push({ type: 'text', text: this.letters, isQuoted: this.isQuoted });
    this.letters = '';
    this.parts.push(...parts);
  }

  all(): Part[] {
    this.add();
    return this.parts;
  }
}

export class WordReader {
  readonly text: string;
  protected readonly kind: ShellKind;
  protected at: number;
  protected readonly readCommands: ReadCommands;
  private depth = 0;

  constructor(text: string, kind: ShellKind, readCommands: ReadCommands, at = 0) {
    this.text = text;
    this.kind = kind;
    this.readCommands = readCommands;
    this.at = at;
  }

  /** The whole text as it stands in a here-document. */
  static documentParts(text: string, kind: ShellKind, readCommands: ReadCommands): Part[] {
    return new WordReader(text, kind, readCommands).quotedParts(undefined);
  }

  skipBlanks(): void {
    for (;;) {
      const letter = this.text[this.at];
      if (letter === ' ' || letter === '\t' || letter === '\r') this.at++;
      else if (letter === '\\' && this.text[this.at + 1] === '\n') this.at += 2;
      else break;
    }
    if (this.text[this.at] === '#') while (this.at < this.text.length && this.text[this.at] !== '\n') this.at++;
  }

  protected matchAt(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    return pattern.exec(this.text);
  }

  /** `[…]` of bash, right after a name. */
  protected subscript(): { readonly index?: Word } {
    if (this.text[this.at] !== '[' || this.kind !== 'bash') return {};
    this.at++;
    return { index: this.quotedParts(']') };
  }

  // Words -------------------------------------------------------------------------------------------------------------

  word(): Word {
    this.skipBlanks();
    return this.wordUntil((letter) => META.has(letter) && !this.isAtProcess());
  }

  /** A regular expression after `=~`: brackets belong to it, and blanks within them. */
  expressionWord(): Word {
    this.skipBlanks();
    let depth = 0;
    return this.wordUntil((letter) => {
      if (letter === '(') depth++;
      if (letter === ')') depth--;
      return depth === 0 && /\s/.test(letter);
    });
  }

  private wordUntil(isEnd: (letter: string) => boolean): Word {
    const parts = new Parts(false);
    for (let letter = this.text[this.at]; letter !== undefined && !isEnd(letter); letter = this.text[this.at]) {
      if (letter === '\\') {
        const next = this.text[this.at + 1];
        this.at += 2;
        if (next !== undefined && next !== '\n') parts.add({ type: 'text', text: next, isQuoted: true });
      } else if (this.isAtProcess()) parts.add(this.commands('process', letter === '>'));
      else if (letter === "'") parts.add({ type: 'text', text: this.singleQuoted(), isQuoted: true });
      else if (letter === '"') {
        this.at++;
        const quoted = this.quotedParts('"');
        parts.add(...(quoted.length > 0 ? quoted : [{ type: 'text', text: '', isQuoted: true } as const]));
      } else this.takeLetter(letter, parts, false);
    }
    const all = parts.all();
    if (all.length === 0) throw this.unexpected();
    return all;
  }

  /** `<(…)` and `>(…)`. */
  protected isAtProcess(): boolean {
    return this.kind !== 'dash' && /[<>]/.test(this.text[this.at] ?? '') && this.text[this.at + 1] === '(';
  }

  /** What a `$` or a backquote begins, or a letter that means itself. */
  private takeLetter(letter: string, parts: Parts, isQuoted: boolean): void {
    const part = letter === '$' || letter === '`' ? this.dollar(isQuoted) : undefined;
    if (part) {
      parts.add(part);
      return;
    }
    parts.addLetters(letter);
    this.at++;
  }

  protected unexpected(): ScriptError {
    if (this.at >= this.text.length) return new ScriptError('syntax error: unexpected end of file', true);
    const letter = this.text[this.at];
    return new ScriptError(letter === '\n' ? 'syntax error: unexpected newline' : `syntax error: unexpected "${letter}"`);
  }

  private singleQuoted(): string {
    const end = this.text.indexOf("'", this.at + 1);
    if (end < 0) throw unterminated("'");
    const text = this.text.slice(this.at + 1, end);
    this.at = end + 1;
    return text;
  }

  /** What stands in double quotes, up to `end`, which is read over; undefined: to the end of the text, as in a here-document. */
  protected quotedParts(end: string | undefined): Part[] {
    const parts = new Parts(true);
    for (let letter = this.text[this.at]; letter !== undefined; letter = this.text[this.at]) {
      if (letter === end) {
        this.at++;
        return parts.all();
      }
      if (letter === '\\') {
        const next = this.text[this.at + 1] ?? '';
        if (next !== '\n') parts.addLetters('$`\\'.includes(next) || next === end ? next : `\\${next}`);
        this.at += 2;
      } else this.takeLetter(letter, parts, true);
    }
    if (end !== undefined) throw unterminated(end);
    return parts.all();
  }

  // What `$` begins ---------------------------------------------------------------------------------------------------

  /** A variable, command or calculation; undefined for a `$` that is only a letter. */
  private dollar(isQuoted: boolean): Part | undefined {
    const { text } = this;
    if (text[this.at] === '`') return this.backquoted(isQuoted);
    if (text.startsWith('$((', this.at)) {
      const part = this.arithmetic(isQuoted);
      if (part) return part;
    }
    if (text.startsWith('$(', this.at)) return this.commands('command', isQuoted);
    if (text.startsWith('${', this.at)) return this.braced(isQuoted);
    if (text.startsWith("$'", this.at) && !isQuoted && this.kind !== 'dash') return this.ansiQuoted();
    this.at++;
    const name = this.matchAt(NAME)?.[0] ?? /^[0-9@*#?$!-]/.exec(text[this.at] ?? '')?.[0];
    if (name === undefined) {
      this.at--;
      return undefined;
    }
    this.at += name.length;
    return { type: 'variable', name, operator: undefined, operand: [], isQuoted };
  }

  private commands(type: 'command', isQuoted: boolean): Part;
  private commands(type: 'process', isWritten: boolean): Part;
  private commands(type: 'command' | 'process', is: boolean): Part {
    const { node, at } = this.readCommands(this.text, this.at + 2, false);
    this.at = at;
    return type === 'command' ? { type, node, isQuoted: is } : { type, node, isWritten: is };
  }

  private backquoted(isQuoted: boolean): Part {
    let inside = '';
    for (this.at++; this.text[this.at] !== '`'; this.at++) {
      if (this.at >= this.text.length) throw unclosed('`');
      if (this.text[this.at] === '\\' && '$`\\'.includes(this.text[this.at + 1] ?? ' ')) this.at++;
      inside += this.text[this.at];
    }
    this.at++;
    return { type: 'command', node: this.readCommands(inside, 0, true).node, isQuoted };
  }

  protected arithmetic(isQuoted: boolean): Part | undefined {
    let depth = 0;
    let end = this.at + 3;
    for (; end < this.text.length; end++) {
      if (this.text[end] === '(') depth++;
      else if (this.text[end] === ')') {
        if (depth === 0) break;
        depth--;
      }
    }
    if (end >= this.text.length) throw new ScriptError("syntax error: missing '))'", true);
    if (this.text[end + 1] !== ')') return undefined;
    const expression = new WordReader(this.text.slice(this.at + 3, end), this.kind, this.readCommands).quotedParts(undefined);
    this.at = end + 2;
    return { type: 'arithmetic', expression, isQuoted };
  }

  /** `${name}` and what can be done with it. */
  private braced(isQuoted: boolean): Part {
    const { at } = this;
    this.at += 2;
    const isLength = this.text[this.at] === '#' && /[A-Za-z0-9_@*]/.test(this.text[this.at + 1] ?? '');
    const isIndirect = this.kind === 'bash' && this.text[this.at] === '!' && /[A-Za-z_]/.test(this.text[this.at + 1] ?? '');
    if (isLength || isIndirect) this.at++;
    const name = this.matchAt(NAME)?.[0] ?? /^([0-9]+|[@*#?$!-])/.exec(this.text.slice(this.at, this.at + 8))?.[0];
    if (name === undefined) throw this.badSubstitution(at);
    this.at += name.length;
    if (isIndirect && this.matchAt(PREFIX)) {
      this.at += 2;
      return {
        type: 'variable',
        name,
        index: [{ type: 'text', text: this.text[this.at - 2] as string, isQuoted: false }],
        isPrefix: true,
        operator: undefined,
        operand: [],
        isQuoted,
      };
    }
    const index = this.subscript();
    const operator = isLength ? 'length' : this.matchAt(PARAMETER_OPERATOR)?.[0];
    if (operator && !isLength) this.at += operator.length;
    const isKnown = operator
      ? this.kind === 'bash' || !(operator.startsWith('@') || (this.kind === 'dash' && BEYOND_DASH.test(operator)))
      : this.text[this.at] === '}' || this.text[this.at] === undefined;
    if (!isKnown || ++this.depth > DEPTH_MAX) throw this.badSubstitution(at);
    // A pattern stays one between double quotes.
    const operand = this.operand(isQuoted && !/^[#%/]/.test(operator ?? ''));
    this.depth--;
    return { type: 'variable', name, ...index, ...(isIndirect ? { isIndirect } : {}), operator, operand, isQuoted };
  }

  /** bash quotes the whole of it. */
  private badSubstitution(at: number): ScriptError {
    const whole = this.text.slice(at, this.text.indexOf('}', at) + 1);
    return new ScriptError(this.kind === 'bash' ? `${whole}: bad substitution` : 'syntax error: bad substitution');
  }

  private operand(isQuoted: boolean): Word {
    const parts = new Parts(isQuoted);
    for (let letter = this.text[this.at]; letter !== '}'; letter = this.text[this.at]) {
      if (letter === undefined) throw new ScriptError("syntax error: missing '}'", true);
      if (letter === '\\') {
        parts.add({ type: 'text', text: this.text[this.at + 1] ?? '', isQuoted: true });
        this.at += 2;
      } else if (letter === "'" && !isQuoted) parts.add({ type: 'text', text: this.singleQuoted(), isQuoted: true });
      else if (letter === '"') {
        this.at++;
        parts.add(...this.quotedParts('"'));
      } else this.takeLetter(letter, parts, isQuoted);
    }
    this.at++;
    return parts.all();
  }

  private ansiQuoted(): Part {
    this.at++;
    const end = /(?:[^'\\]|\\[^])*/y;
    end.lastIndex = this.at + 1;
    const inside = end.exec(this.text)?.[0] ?? '';
    this.at += inside.length + 2;
    return { type: 'text', text: unescaped(inside), isQuoted: true };
  }
}
