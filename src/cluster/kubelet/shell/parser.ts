// Reads a shell script: the POSIX shell's grammar as busybox ash, dash and bash share it, and what each of them takes beyond it.
import { rememberedBy } from '../../../base/remembered.ts';
import type { ShellKind } from './process.ts';
import { Scanner } from './scanner.ts';
import { ScriptError, unclosed } from './scriptError.ts';
import type { Assignment, CaseEnding, CaseItem, Node, Part, Program, Redirect, Word } from './syntax.ts';
import type { ReadCommands } from './wordReader.ts';

/** Scripts are read again when they fell out of this memory. */
const CACHE_MAX = 512;
/** Commands within commands. */
const DEPTH_MAX = 150;
const SCRIPT_LETTERS_MAX = 1 << 18;

const reader = (kind: ShellKind) =>
  rememberedBy(
    CACHE_MAX,
    (text: string) => text,
    (text): Program => new Parser(text, kind).program(),
  );
const READERS: Readonly<Record<ShellKind, (text: string) => Program>> = { ash: reader('ash'), dash: reader('dash'), bash: reader('bash') };

/** The program of a text as a shell of this kind reads it; reading it again costs nothing. A mistake is a node of its own at the end. */
export function programOf(text: string, kind: ShellKind): Program {
  return READERS[kind](text);
}

const CASE_ENDINGS: readonly CaseEnding[] = [';;', ';&', ';;&'];
/** The bracket that ends a substitution: where it is missing bash speaks of it. */
const UNCLOSED = ') ';
const CLOSING = ['then', 'else', 'elif', 'fi', 'do', 'done', 'esac', '}'];
const ASSIGNMENT = /^[A-Za-z_][A-Za-z0-9_]*=/;
/** `name[index]=value`, or `name["a key"]=value`. */
const ELEMENT_ASSIGNMENT = /^[A-Za-z_][A-Za-z0-9_]*(\[("[^"]*"|'[^']*'|[^\]\s])+\])?\+?=/;
/** `declare -a name=(…)`: no shell but bash takes what stands in the brackets. */
const ARRAY_ASSIGNMENT = /^[A-Za-z_][A-Za-z0-9_]*\+?=\(/;

class Parser {
  private readonly kind: ShellKind;
  private scanner: Scanner;
  private readonly nodes: Node[] = [];
  private depth = 0;

  constructor(text: string, kind: ShellKind) {
    this.kind = kind;
    this.scanner = new Scanner(text, kind, this.readCommands);
  }

  program(): Program {
    const items: { node: number; isBackground: boolean }[] = [];
    let isIncomplete = false;
    try {
      if (this.scanner.text.length > SCRIPT_LETTERS_MAX) throw new ScriptError('script is too long');
      this.scanner.skipLines();
      while (!this.scanner.isAtEnd) {
        this.refuseClosing();
        const line = this.line();
        this.refuseClosing();
        items.push(...line);
        this.scanner.skipLines();
      }
    } catch (error) {
      if (!(error instanceof ScriptError)) throw error;
      const { message } = error;
      isIncomplete = error.isIncomplete;
      items.push({ node: this.add({ type: 'mistake', message, line: this.scanner.line, isIncomplete }), isBackground: false });
    }
    const root = this.add({ type: 'sequence', items });
    return {
      nodes: this.nodes,
      root,
      isIncomplete: isIncomplete || this.scanner.isDocumentOpen,
      isEndingAtOnce: !/\n\s*$/.test(this.scanner.text),
    };
  }

  /** What ends a command that was not begun: nothing of its line is run. */
  private refuseClosing(): void {
    const operator = this.scanner.peekOperator();
    const closing = operator === '(' ? undefined : (operator ?? CLOSING.find((word) => this.scanner.isAtWord(word)));
    if (closing) throw new ScriptError(`syntax error: unexpected "${closing}"`);
  }

  private add(node: Node): number {
    return this.nodes.push(node) - 1;
  }

  /** The commands of `$(…)` and of backquotes: their nodes stand in the same list. */
  private readonly readCommands: ReadCommands = (text, at, isClosedByEnd) => {
    const outer = this.scanner;
    this.scanner = new Scanner(text, this.kind, this.readCommands, at, isClosedByEnd);
    const node = this.list([UNCLOSED]);
    const { scanner } = this;
    if (!isClosedByEnd && !scanner.takeOperator(')')) throw unclosed(')');
    this.scanner = outer;
    return { node, at: scanner.place };
  };

  /** Commands up to one of the closing words or operators, which is left to read. */
  private list(closing: readonly string[]): number {
    const items: { node: number; isBackground: boolean }[] = [];
    this.scanner.skipLines();
    while (!this.isAtClosing(closing)) {
      if (this.scanner.isAtEnd) throw unexpectedEnd(closing);
      const operator = this.scanner.peekOperator();
      if (operator && operator !== '(') throw new ScriptError(`syntax error: unexpected "${operator}"`);
      const stray = items.length > 0 && CLOSING.find((word) => this.scanner.isAtWord(word));
      if (stray) throw new ScriptError(`syntax error: unexpected "${stray}" (expecting "${closing[0]?.trim()}")`);
      items.push(...this.line());
      this.scanner.skipLines();
    }
    return this.add({ type: 'sequence', items });
  }

  /** As a list, but of one command at least. */
  private body(closing: readonly string[]): number {
    this.scanner.skipLines();
    const end = closing.find((word) => (word === ')' ? this.scanner.peekOperator() === word : this.scanner.isAtWord(word)));
    if (end) throw new ScriptError(`syntax error: unexpected "${end}"`);
    return this.list(closing);
  }

  private isAtClosing(closing: readonly string[]): boolean {
    if (
      (closing.includes(')') || closing.includes(UNCLOSED)) &&
      (this.scanner.isAtEnd ? this.scanner.isClosedByEnd : this.scanner.peekOperator() === ')')
    )
      return true;
    if (closing.includes(';;') && isCaseEnding(this.scanner.peekOperator())) return true;
    return closing.some((word) => /^[a-z}]/.test(word) && this.scanner.isAtWord(word));
  }

  /** And-or lists with `;` and `&` between them, up to the end of the line. */
  private line(): { node: number; isBackground: boolean }[] {
    const items: { node: number; isBackground: boolean }[] = [];
    for (;;) {
      const node = this.andOr();
      const isBackground = this.scanner.takeOperator('&');
      items.push({ node, isBackground });
      if (!isBackground && !this.scanner.takeOperator(';')) break;
      const next = this.scanner.peekOperator();
      if (this.scanner.isAtEnd || (next && next !== '(') || this.scanner.isAtLineEnd) break;
      if (CLOSING.some((word) => this.scanner.isAtWord(word))) break;
    }
    const stray = this.scanner.peekOperator();
    if (!this.scanner.isAtLineEnd && !this.scanner.isAtEnd && stray !== ')' && !isCaseEnding(stray) && !this.isAtAnyClosing()) {
      throw new ScriptError(`syntax error: unexpected ${stray ? `"${stray}"` : 'word'}`);
    }
    return items;
  }

  private isAtAnyClosing(): boolean {
    return CLOSING.some((word) => this.scanner.isAtWord(word));
  }

  private andOr(): number {
    let left = this.pipeline();
    for (;;) {
      const type = this.scanner.takeOperator('&&') ? 'and' : this.scanner.takeOperator('||') ? 'or' : undefined;
      if (!type) return left;
      this.scanner.skipLines();
      left = this.add({ type, left, right: this.pipeline() });
    }
  }

  private pipeline(): number {
    if (this.kind === 'bash' && this.scanner.takeWord('time')) {
      const isPosix = this.scanner.takeWord('-p');
      const isAlone = this.scanner.isAtEnd || this.scanner.isAtLineEnd || this.scanner.peekOperator() === ';';
      return this.add({ type: 'timed', isPosix, body: isAlone ? this.add({ type: 'sequence', items: [] }) : this.pipeline() });
    }
    const isNot = this.scanner.takeWord('!');
    const parts = [this.command()];
    for (;;) {
      if (this.scanner.takeOperator('|&')) parts.push(this.withErrors(parts.pop() as number));
      else if (!this.scanner.takeOperator('|')) break;
      this.scanner.skipLines();
      parts.push(this.command());
    }
    const node = parts.length === 1 ? (parts[0] as number) : this.add({ type: 'pipe', parts });
    return isNot ? this.add({ type: 'not', body: node }) : node;
  }

  /** What it says of mistakes goes where its output goes. */
  private withErrors(body: number): number {
    return this.add({
      type: 'group',
      body,
      redirects: [{ descriptor: 2, operator: '>&', target: [{ type: 'text', text: '1', isQuoted: false }] }],
    });
  }

  private command(): number {
    if (++this.depth > DEPTH_MAX) throw new ScriptError('syntax error: commands are nested too deeply');
    const node = this.anyCommand();
    this.depth--;
    return node;
  }

  private anyCommand(): number {
    const { scanner } = this;
    const expression = this.kind === 'bash' ? scanner.takeArithmetic() : undefined;
    if (expression) return this.add({ type: 'arithmetic', expression, redirects: this.redirects() });
    if (this.kind !== 'dash' && scanner.takeWord('[[')) return this.condition();
    if (scanner.takeOperator('(')) {
      const body = this.body([')']);
      scanner.takeOperator(')');
      return this.add({ type: 'subshell', body, redirects: this.redirects() });
    }
    if (scanner.takeWord('{')) {
      const body = this.body(['}']);
      scanner.takeWord('}');
      return this.add({ type: 'group', body, redirects: this.redirects() });
    }
    if (scanner.takeWord('if')) return this.ifCommand();
    if (scanner.takeWord('while')) return this.loop(false);
    if (scanner.takeWord('until')) return this.loop(true);
    if (scanner.takeWord('for')) return this.forCommand('for');
    if (this.kind === 'bash' && scanner.takeWord('select')) return this.forCommand('select');
    if (scanner.takeWord('case')) return this.caseCommand();
    const closing = CLOSING.find((word) => scanner.isAtWord(word));
    if (closing) throw new ScriptError(`syntax error: unexpected "${closing}"`);
    if (this.kind !== 'dash' && scanner.takeWord('function')) return this.functionAfterWord();
    const name = scanner.takeFunctionHead();
    return name === undefined ? this.simple() : this.functionNamed(name);
  }

  private condition(): number {
    const words: Word[] = [];
    while (!this.scanner.takeWord(']]')) {
      if (this.scanner.isAtEnd) throw unexpectedEnd([']]']);
      const isExpression = isText(words.at(-1), '=~');
      words.push(isExpression ? this.scanner.expressionWord() : this.scanner.conditionWord());
    }
    return this.add({ type: 'condition', words, redirects: this.redirects() });
  }

  private ifCommand(): number {
    const clauses: { condition: number; body: number }[] = [];
    do {
      const condition = this.body(['then']);
      this.scanner.takeWord('then');
      clauses.push({ condition, body: this.body(['elif', 'else', 'fi']) });
    } while (this.scanner.takeWord('elif'));
    const otherwise = this.scanner.takeWord('else') ? this.body(['fi']) : undefined;
    this.expectWord('fi');
    return this.add({ type: 'if', clauses, otherwise, redirects: this.redirects() });
  }

  private loop(isUntil: boolean): number {
    const condition = this.body(['do']);
    return this.add({ type: 'while', isUntil, condition, body: this.doGroup(), redirects: this.redirects() });
  }

  private forCommand(type: 'for' | 'select'): number {
    const expression = this.kind === 'bash' && type === 'for' ? this.scanner.takeArithmetic() : undefined;
    if (expression) return this.countingFor(expression);
    const name = this.scanner.name();
    this.scanner.skipLines();
    let words: Word[] | undefined;
    if (this.scanner.takeWord('in')) {
      words = [];
      while (!this.scanner.isAtLineEnd && !this.scanner.peekOperator() && !this.scanner.isAtEnd) words.push(this.scanner.word());
    }
    this.scanner.takeOperator(';');
    this.scanner.skipLines();
    return this.add({ type, name, words, body: this.doGroup(), redirects: this.redirects() });
  }

  /** `for ((i=0; i<3; i++))`. */
  private countingFor(expression: Word): number {
    const parts = splitAtSemicolons(expression);
    if (parts.length !== 3) throw new ScriptError('syntax error: arithmetic expression required');
    const [first, condition, step] = parts as [Word, Word, Word];
    this.scanner.takeOperator(';');
    this.scanner.skipLines();
    return this.add({ type: 'counting', first, condition, step, body: this.doGroup(), redirects: this.redirects() });
  }

  private doGroup(): number {
    this.expectWord('do');
    const body = this.body(['done']);
    this.expectWord('done');
    return body;
  }

  private caseCommand(): number {
    const { scanner } = this;
    const word = scanner.word();
    scanner.skipLines();
    this.expectWord('in');
    scanner.skipLines();
    const items: CaseItem[] = [];
    while (!scanner.isAtWord('esac')) {
      if (scanner.isAtEnd) throw unexpectedEnd([')']);
      scanner.takeOperator('(');
      const patterns = [scanner.word()];
      while (scanner.takeOperator('|')) patterns.push(scanner.word());
      if (!scanner.takeOperator(')')) throw new ScriptError('syntax error: unexpected word (expecting ")")');
      const body = this.list([';;', 'esac']);
      const ending = CASE_ENDINGS.find((operator) => scanner.takeOperator(operator)) ?? ';;';
      items.push({ patterns, body, ending });
      scanner.skipLines();
    }
    this.expectWord('esac');
    return this.add({ type: 'case', word, items, redirects: this.redirects() });
  }

  /** `function f {` or `function f() {`. */
  private functionAfterWord(): number {
    const name = this.scanner.name();
    if (this.scanner.takeOperator('(')) this.scanner.takeOperator(')');
    return this.functionNamed(name);
  }

  private functionNamed(name: string): number {
    this.scanner.skipLines();
    return this.add({ type: 'function', name, body: this.command() });
  }

  private simple(): number {
    const { scanner } = this;
    const assignments: Assignment[] = [];
    const words: Word[] = [];
    const redirects: Redirect[] = [];
    scanner.skipBlanks();
    const { line } = scanner;
    for (;;) {
      const redirect = scanner.redirect();
      if (redirect) redirects.push(redirect);
      else if (scanner.isAtLineEnd || scanner.isAtEnd || scanner.peekOperator()) break;
      else if (scanner.isAt(words.length > 0 ? ARRAY_ASSIGNMENT : this.kind === 'bash' ? ELEMENT_ASSIGNMENT : ASSIGNMENT))
        assignments.push(scanner.assignment());
      else words.push(scanner.word());
    }
    if (words.length === 0 && assignments.length === 0 && redirects.length === 0) {
      const operator = scanner.peekOperator();
      if (scanner.isAtEnd && !operator) throw new ScriptError('syntax error: unexpected end of file', true);
      throw new ScriptError(`syntax error: unexpected ${operator ? `"${operator}"` : 'newline'}`);
    }
    return this.add({ type: 'simple', line, assignments, words, redirects });
  }

  private redirects(): Redirect[] {
    const all: Redirect[] = [];
    for (let one = this.scanner.redirect(); one; one = this.scanner.redirect()) all.push(one);
    return all;
  }

  private expectWord(word: string): void {
    if (this.scanner.takeWord(word)) return;
    if (this.scanner.isAtEnd) throw unexpectedEnd([word]);
    const found = this.scanner.peekOperator() ?? CLOSING.find((closing) => this.scanner.isAtWord(closing));
    throw new ScriptError(`syntax error: unexpected ${found ? `"${found}"` : 'word'} (expecting "${word}")`);
  }
}

function isText(word: Word | undefined, text: string): boolean {
  const [part] = word ?? [];
  return word?.length === 1 && part?.type === 'text' && !part.isQuoted && part.text === text;
}

function isCaseEnding(operator: string | undefined): boolean {
  return CASE_ENDINGS.some((ending) => ending === operator);
}

function unexpectedEnd(closing: readonly string[]): ScriptError {
  // Of several that may come ash names the one that ends the command.
  const expected = closing.find((word) => word === ';;' || word === 'fi') ?? closing[0];
  return expected === UNCLOSED ? unclosed(')') : new ScriptError(`syntax error: unexpected end of file (expecting "${expected}")`, true);
}

function splitAtSemicolons(word: Word): Word[] {
  const parts: Part[][] = [[]];
  for (const part of word) {
    if (part.type !== 'text') {
      parts.at(-1)?.push(part);
      continue;
    }
    for (const [i, text] of part.text.split(';').entries()) {
      if (i > 0) parts.push([]);
      parts.at(-1)?.push({ ...part, text });
    }
  }
  return parts;
}
