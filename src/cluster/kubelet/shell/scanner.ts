// The letters of a shell script between its words: operators, names, assignments, redirections and here-documents.
import type { ShellKind } from './process.ts';
import { ScriptError } from './scriptError.ts';
import type { Assignment, Part, Redirect, Word } from './syntax.ts';
import { META, NAME, type ReadCommands, WordReader } from './wordReader.ts';

const OPERATORS = ['&&', '||', ';;', '|', '&', ';', '(', ')'];
/** What bash has beside them: a case that goes on with the next one, and a pipe for both outputs. */
const OPERATORS_OF_BASH = [';;&', ';&', '|&'];
const REDIRECT = /([0-9]*)(<<<|<<-|<<|<&|>&|>>|>\||<>|&>>|&>|<|>)/y;
const FUNCTION_HEAD = /([A-Za-z_][A-Za-z0-9_-]*)[ \t]*\([ \t]*\)/y;

interface PendingDocument {
  readonly end: string;
  readonly isLiteral: boolean;
  readonly isIndented: boolean;
  readonly body: Part[];
}

export class Scanner extends WordReader {
  /** Backquotes: the end of the text is the end of the commands. */
  readonly isClosedByEnd: boolean;
  private lineAt = 0;
  private lineCount = 0;
  private pending: PendingDocument[] = [];
  /** The text ends within a here-document. */
  isDocumentOpen = false;

  constructor(text: string, kind: ShellKind, readCommands: ReadCommands, at = 0, isClosedByEnd = false) {
    super(text, kind, readCommands, at);
    this.isClosedByEnd = isClosedByEnd;
  }

  /** How far it has read. */
  get place(): number {
    return this.at;
  }

  /** The line that is being read, counted from 0. */
  get line(): number {
    for (; this.lineAt < this.at; this.lineAt++) if (this.text[this.lineAt] === '\n') this.lineCount++;
    return this.lineCount;
  }

  // Between words -----------------------------------------------------------------------------------------------------

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
    const operators = this.kind === 'bash' ? [...OPERATORS_OF_BASH, ...OPERATORS] : OPERATORS;
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

  /** The words between the brackets of `name=(…)`. */
  private elements(): Word[] {
    const words: Word[] = [];
    this.at++;
    for (this.skipLines(); this.text[this.at] !== ')'; this.skipLines()) words.push(this.word());
    this.at++;
    return words;
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

  private isAtBlank(): boolean {
    const letter = this.text[this.at];
    return letter === undefined || META.has(letter);
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
        text += lineEnd < 0 && this.kind !== 'bash' ? shown : `${shown}\n`;
      }
      if (isLiteral) body.push({ type: 'text', text, isQuoted: true });
      else body.push(...WordReader.documentParts(text, this.kind, this.readCommands));
    }
  }
}
