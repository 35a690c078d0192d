// The letters of a shell script: words with their quotes and `$`, operators, redirections and here-documents.
import type { ShellKind } from './process.ts';
import type { Assignment, Part, Redirect, Word } from './syntax.ts';

/** A script that cannot be read, in the shell's words. */
export class ScriptError extends Error {
  /** The text ended in the middle of a command. */
  readonly isIncomplete: boolean;

  constructor(message: string, isIncomplete = false) {
    super(message);
    this.isIncomplete = isIncomplete;
  }
}

const OPERATORS = ['&&', '||', ';;', '|', '&', ';', '(', ')'];
/** What bash has beside them: a case that goes on with the next one. */
const CASE_OPERATORS = [';;&', ';&'];
const META = new Set([' ', '\t', '\n', ';', '&', '|', '<', '>', '(', ')']);
const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const REDIRECT = /([0-9]*)(<<<|<<-|<<|<&|>&|>>|>\||<>|&>>|&>|<|>)/y;
const FUNCTION_HEAD = /([A-Za-z_][A-Za-z0-9_-]*)[ \t]*\([ \t]*\)/y;
const PARAMETER_OPERATOR = /:-|:=|:\?|:\+|:|-|=|\?|\+|##|#|%%|%|\/\/|\/|\^\^|\^|,,|,/y;

/** Of a parameter's operators, those that dash has not. */
const BEYOND_DASH = /^(:|\/\/?|\^\^?|,,?)$/;

/** Substitutions within substitutions. */
const DEPTH_MAX = 100;

interface PendingDocument {
  readonly end: string;
  readonly isLiteral: boolean;
  readonly isIndented: boolean;
  readonly body: Part[];
}

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

export class Scanner {
  readonly text: string;
  private readonly kind: ShellKind;
  /** Backquotes: the end of the text is the end of the commands. */
  readonly isClosedByEnd: boolean;
  private at: number;
  private depth = 0;
  private lineAt = 0;
  private lineCount = 0;
  private pending: PendingDocument[] = [];
  /** The text ends within a here-document. */
  isDocumentOpen = false;
  private readonly readCommands: (scanner: Scanner) => number;

  constructor(text: string, kind: ShellKind, readCommands: (scanner: Scanner) => number, at = 0, isClosedByEnd = false) {
    this.text = text;
    this.kind = kind;
    this.readCommands = readCommands;
    this.at = at;
    this.isClosedByEnd = isClosedByEnd;
  }

  /** The line that is being read, counted from 0. */
  get line(): number {
    for (; this.lineAt < this.at; this.lineAt++) if (this.text[this.lineAt] === '\n') this.lineCount++;
    return this.lineCount;
  }

  // Between words -----------------------------------------------------------------------------------------------------

  skipBlanks(): void {
    for (;;) {
      const letter = this.text[this.at];
      if (letter === ' ' || letter === '\t' || letter === '\r') this.at++;
      else if (letter === '\\' && this.text[this.at + 1] === '\n') this.at += 2;
      else break;
    }
    if (this.text[this.at] === '#') while (this.at < this.text.length && this.text[this.at] !== '\n') this.at++;
  }

  skipLines(): void {
    for (this.skipBlanks(); this.text[this.at] === '\n'; this.skipBlanks()) {
      this.at++;
      this.readDocuments();
    }
  }

  get isAtEnd(): boolean {
    this.skipBlanks();
    return this.at >= this.text.length;
  }

  get isAtLineEnd(): boolean {
    this.skipBlanks();
    return this.text[this.at] === '\n';
  }

  peekOperator(): string | undefined {
    this.skipBlanks();
    if (this.matchAt(REDIRECT)) return undefined;
    const operators = this.kind === 'bash' ? [...CASE_OPERATORS, ...OPERATORS] : OPERATORS;
    return operators.find((operator) => this.text.startsWith(operator, this.at));
  }

  takeOperator(operator: string): boolean {
    if (this.peekOperator() !== operator) return false;
    this.at += operator.length;
    return true;
  }

  isAtWord(word: string): boolean {
    this.skipBlanks();
    if (!this.text.startsWith(word, this.at)) return false;
    const next = this.text[this.at + word.length];
    return next === undefined || META.has(next);
  }

  takeWord(word: string): boolean {
    if (!this.isAtWord(word)) return false;
    this.at += word.length;
    return true;
  }

  isAt(pattern: RegExp): boolean {
    this.skipBlanks();
    return pattern.test(this.text.slice(this.at, this.at + 128));
  }

  name(): string {
    this.skipBlanks();
    const found = this.matchAt(NAME);
    if (!found) throw new ScriptError('syntax error: bad for loop variable');
    this.at += found[0].length;
    return found[0];
  }

  /** `name()` of a function, read over. */
  takeFunctionHead(): string | undefined {
    this.skipBlanks();
    const found = this.matchAt(FUNCTION_HEAD);
    if (!found) return undefined;
    this.at += found[0].length;
    return found[1];
  }

  assignment(): Assignment {
    const name = this.name();
    const index = this.subscript();
    const isAppending = this.text[this.at] === '+';
    this.at += isAppending ? 2 : 1;
    if (this.text[this.at] === '(' && this.kind === 'bash') return { name, value: [], elements: { words: this.elements(), isAppending } };
    const value = this.isAtBlank() ? [] : this.word();
    const before: Part = { type: 'variable', name, ...index, operator: undefined, operand: [], isQuoted: true };
    return { name, ...index, value: isAppending ? [before, ...value] : value };
  }

  /** `[…]` of bash, right after a name. */
  private subscript(): { readonly index?: Word } {
    if (this.text[this.at] !== '[' || this.kind !== 'bash') return {};
    this.at++;
    return { index: this.quotedParts(']') };
  }

  /** The words between the brackets of `name=(…)`. */
  private elements(): Word[] {
    const words: Word[] = [];
    this.at++;
    for (this.skipLines(); this.text[this.at] !== ')'; this.skipLines()) words.push(this.word());
    this.at++;
    return words;
  }

  private isAtBlank(): boolean {
    const letter = this.text[this.at];
    return letter === undefined || META.has(letter);
  }

  private matchAt(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    return pattern.exec(this.text);
  }

  // Redirections ------------------------------------------------------------------------------------------------------

  redirect(): Redirect | undefined {
    this.skipBlanks();
    const found = this.matchAt(REDIRECT);
    if (!found || this.isAtProcess()) return undefined;
    this.at += found[0].length;
    this.skipBlanks();
    const operator = found[2] as string;
    if (operator === '<<<' && this.kind !== 'bash') throw new ScriptError('syntax error: unexpected redirection');
    const descriptor = found[1] ? Number(found[1]) : operator.startsWith('<') ? 0 : 1;
    if (operator === '<<' || operator === '<<-') return { descriptor, operator: '<<', target: this.document(operator === '<<-') };
    if (this.isAtBlank() && !this.isAtProcess()) throw this.unexpected();
    return { descriptor, operator: operator === '<>' ? '<' : operator, target: this.word() };
  }

  /** The word after `<<`; its text follows after the end of the line and is filled in then. */
  private document(isIndented: boolean): Word {
    const parts = this.word();
    const end = parts.map((part) => (part.type === 'text' ? part.text : '')).join('');
    const body: Part[] = [];
    const isLiteral = parts.some((part) => part.type === 'text' && part.isQuoted);
    this.pending.push({ end, isLiteral, isIndented, body });
    return body;
  }

  private readDocuments(): void {
    const { pending } = this;
    this.pending = [];
    for (const { end, isLiteral, isIndented, body } of pending) {
      let text = '';
      this.isDocumentOpen = true;
      while (this.at < this.text.length) {
        const lineEnd = this.text.indexOf('\n', this.at);
        const line = this.text.slice(this.at, lineEnd < 0 ? undefined : lineEnd);
        this.at = lineEnd < 0 ? this.text.length : lineEnd + 1;
        const shown = isIndented ? line.replace(/^\t+/, '') : line;
        this.isDocumentOpen = shown !== end;
        if (!this.isDocumentOpen) break;
        text += lineEnd < 0 && this.kind !== 'bash' ? shown : `${shown}
`;
      }
      if (isLiteral) body.push({ type: 'text', text, isQuoted: true });
      else body.push(...new Scanner(text, this.kind, this.readCommands).quotedParts(undefined));
    }
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
  private isAtProcess(): boolean {
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

  private unexpected(): ScriptError {
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
  private quotedParts(end: string | undefined): Part[] {
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
    const inner = new Scanner(this.text, this.kind, this.readCommands, this.at + 2);
    const node = this.readCommands(inner);
    if (!inner.takeOperator(')')) throw unclosed(')');
    this.at = inner.at;
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
    return { type: 'command', node: this.readCommands(new Scanner(inside, this.kind, this.readCommands, 0, true)), isQuoted };
  }

  private arithmetic(isQuoted: boolean): Part | undefined {
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
    const expression = new Scanner(this.text.slice(this.at + 3, end), this.kind, this.readCommands).quotedParts(undefined);
    this.at = end + 2;
    return { type: 'arithmetic', expression, isQuoted };
  }

  /** What stands between `((` and `))`, where a command may stand. */
  takeArithmetic(): Word | undefined {
    this.skipBlanks();
    if (!this.text.startsWith('((', this.at)) return undefined;
    const at = this.at;
    this.at--;
    const part = this.arithmetic(true);
    if (part?.type !== 'arithmetic') this.at = at;
    return part?.type === 'arithmetic' ? part.expression : undefined;
  }

  /** A word between `[[` and `]]`, where `&&`, `(` and `<` are words, too. */
  conditionWord(): Word {
    this.skipLines();
    const operator = /&&|\|\||[()<>]/y;
    const found = this.matchAt(operator)?.[0];
    if (found === undefined) return this.word();
    this.at += found.length;
    return [{ type: 'text', text: found, isQuoted: false }];
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
    const index = this.subscript();
    const operator = isLength ? 'length' : this.matchAt(PARAMETER_OPERATOR)?.[0];
    if (operator && !isLength) this.at += operator.length;
    const isKnown = operator
      ? this.kind !== 'dash' || !BEYOND_DASH.test(operator)
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

/** A substitution that goes on to the end of the text. */
export function unclosed(end: ')' | '`'): ScriptError {
  const text = end === ')' ? 'syntax error: unexpected end of file (expecting ")")' : 'syntax error: EOF in backquote substitution';
  return new ScriptError(`${text} in ${end}`, true);
}

function unterminated(quote: string): ScriptError {
  return new ScriptError(`syntax error: unterminated quoted string in ${quote}`, true);
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\u0007',
  b: '\b',
  f: '\f',
  v: '\v',
  e: '\u001b',
  '\\': '\\',
  "'": "'",
  '"': '"',
};

/** What `\n`, `\t`, `\x41` and `\101` stand for. */
export function unescaped(text: string): string {
  return text.replace(/\\(x[0-9a-fA-F]{1,2}|0?[0-7]{1,3}|[^])/g, (whole, code: string) => {
    if (/^x[0-9a-fA-F]/.test(code)) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
    if (/^[0-7]/.test(code)) return String.fromCharCode(Number.parseInt(code, 8));
    return ESCAPES[code] ?? whole;
  });
}
