// Reads a program of awk: patterns and actions, the statements and expressions of everyday use. Leaves out: getline, redirections,
// functions of its own.
export class AwkMistake extends Error {}

import { rememberedBy } from '../../../../base/remembered.ts';

export type Expression =
  | { readonly type: 'number'; readonly value: number }
  | { readonly type: 'text'; readonly value: string }
  | { readonly type: 'regex'; readonly source: string }
  | { readonly type: 'variable'; readonly name: string }
  | { readonly type: 'field'; readonly index: Expression }
  | { readonly type: 'item'; readonly array: string; readonly key: Expression }
  | { readonly type: 'in'; readonly key: Expression; readonly array: string }
  | { readonly type: 'unary'; readonly operator: string; readonly operand: Expression }
  | { readonly type: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | { readonly type: 'assign'; readonly operator: string; readonly target: Expression; readonly value: Expression }
  | { readonly type: 'step'; readonly target: Expression; readonly by: number; readonly isBefore: boolean }
  | { readonly type: 'choice'; readonly condition: Expression; readonly yes: Expression; readonly no: Expression }
  | { readonly type: 'call'; readonly name: string; readonly args: readonly Expression[] };

export type Statement =
  | { readonly type: 'print' | 'printf'; readonly args: readonly Expression[] }
  | { readonly type: 'expression'; readonly expression: Expression }
  | { readonly type: 'if'; readonly condition: Expression; readonly yes: Statement; readonly no: Statement | undefined }
  | { readonly type: 'while'; readonly condition: Expression; readonly body: Statement }
  | {
      readonly type: 'for';
      readonly first: Statement | undefined;
      readonly condition: Expression | undefined;
      readonly step: Statement | undefined;
      readonly body: Statement;
    }
  | { readonly type: 'each'; readonly name: string; readonly array: string; readonly body: Statement }
  | { readonly type: 'delete'; readonly array: string; readonly key: Expression | undefined }
  | { readonly type: 'block'; readonly statements: readonly Statement[] }
  | { readonly type: 'exit'; readonly code: Expression | undefined }
  | { readonly type: 'next' | 'break' | 'continue' };

export interface Rule {
  readonly when: 'begin' | 'end' | 'line';
  readonly pattern: Expression | undefined;
  /** Undefined: the line is printed. */
  readonly action: Statement | undefined;
}

const TOKEN =
  /[ \t]*(?:(\n|;)|(\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+)|("(?:[^"\\\n]|\\[^])*")|([A-Za-z_]\w*)|(\+\+|--|&&|\|\||[-+*/%^<>=!]=|!~|[-+*/%^<>=!~?:(){}[\],$]))/y;
const DEPTH_MAX = 60;

export const readAwk = rememberedBy(
  64,
  (source: string) => source,
  (source): readonly Rule[] => new Reader(source).rules(),
);

interface Token {
  readonly type: 'end' | 'line' | 'number' | 'text' | 'name' | 'sign';
  readonly text: string;
}

class Reader {
  private readonly source: string;
  private at = 0;
  private token: Token = { type: 'end', text: '' };
  /** Where the token begins: a slash there may begin an expression of patterns. */
  private tokenAt = 0;
  private depth = 0;
  /** A `>` outside of brackets would be a file to print to. */
  private isPrinting = false;

  constructor(source: string) {
    this.source = source.replace(/\\\n/g, ' ').replace(/#[^\n"]*(?=\n|$)/g, '');
    this.advance();
  }

  private advance(): void {
    TOKEN.lastIndex = this.at;
    const found = TOKEN.exec(this.source);
    this.tokenAt = this.at + (/^[ \t]*/.exec(this.source.slice(this.at))?.[0].length ?? 0);
    if (!found) {
      if (this.source.slice(this.at).trim() !== '') throw new AwkMistake(`unexpected character '${this.source.slice(this.at).trim()[0]}'`);
      this.token = { type: 'end', text: '' };
      return;
    }
    this.at = TOKEN.lastIndex;
    const [, line, number, text, name, sign] = found;
    if (line !== undefined) this.token = { type: 'line', text: line };
    else if (number !== undefined) this.token = { type: 'number', text: number };
    else if (text !== undefined) this.token = { type: 'text', text: text.slice(1, -1) };
    else if (name !== undefined) this.token = { type: 'name', text: name };
    else this.token = { type: 'sign', text: sign as string };
  }

  private is(text: string): boolean {
    return (this.token.type === 'sign' || this.token.type === 'name') && this.token.text === text;
  }

  private take(...texts: readonly string[]): string | undefined {
    const found = texts.find((text) => this.is(text));
    if (found !== undefined) this.advance();
    return found;
  }

  private expect(text: string): void {
    if (this.take(text) === undefined) throw new AwkMistake(`unexpected token '${this.token.text}'`);
  }

  private skipLines(): void {
    while (this.token.type === 'line') this.advance();
  }

  rules(): Rule[] {
    const rules: Rule[] = [];
    for (this.skipLines(); this.token.type !== 'end'; this.skipLines()) rules.push(this.rule());
    return rules;
  }

  private rule(): Rule {
    const when = this.take('BEGIN') ? 'begin' : this.take('END') ? 'end' : 'line';
    const pattern = when === 'line' && !this.is('{') ? this.expression() : undefined;
    return { when, pattern, action: this.is('{') ? this.block() : undefined };
  }

  // Statements --------------------------------------------------------------------------------------------------------

  private block(): Statement {
    this.expect('{');
    const statements: Statement[] = [];
    for (this.skipLines(); !this.is('}'); this.skipLines()) {
      if (this.token.type === 'end') throw new AwkMistake('unexpected end of program');
      statements.push(this.statement());
    }
    this.expect('}');
    return { type: 'block', statements };
  }

  private statement(): Statement {
    if (++this.depth > DEPTH_MAX) throw new AwkMistake('nested too deeply');
    const statement = this.anyStatement();
    this.depth--;
    return statement;
  }

  private anyStatement(): Statement {
    if (this.is('{')) return this.block();
    if (this.take('if')) return this.ifStatement();
    if (this.take('while')) {
      this.expect('(');
      const condition = this.expression();
      this.expect(')');
      return { type: 'while', condition, body: this.body() };
    }
    if (this.take('for')) return this.forStatement();
    return this.simple();
  }

  private body(): Statement {
    this.skipLines();
    return this.statement();
  }

  private ifStatement(): Statement {
    this.expect('(');
    const condition = this.expression();
    this.expect(')');
    const yes = this.body();
    const [at, token] = [this.at, this.token];
    this.skipLines();
    if (this.take('else')) return { type: 'if', condition, yes, no: this.body() };
    [this.at, this.token] = [at, token];
    return { type: 'if', condition, yes, no: undefined };
  }

  private forStatement(): Statement {
    this.expect('(');
    const [, name, array] = /^\s*([A-Za-z_]\w*)\s+in\s+([A-Za-z_]\w*)\s*\)/.exec(this.source.slice(this.tokenAt)) ?? [];
    if (name !== undefined && array !== undefined) {
      while (!this.is(')')) this.advance();
      this.expect(')');
      return { type: 'each', name, array, body: this.body() };
    }
    const first = this.token.type === 'line' ? undefined : this.simple();
    this.advance();
    const condition = this.token.type === 'line' ? undefined : this.expression();
    this.advance();
    const step = this.is(')') ? undefined : this.simple();
    this.expect(')');
    return { type: 'for', first, condition, step, body: this.body() };
  }

  private simple(): Statement {
    const kind = this.take('print', 'printf');
    if (kind) return { type: kind as 'print' | 'printf', args: this.isAtEnd ? [] : this.printed() };
    if (this.take('next')) return { type: 'next' };
    if (this.take('break')) return { type: 'break' };
    if (this.take('continue')) return { type: 'continue' };
    if (this.take('exit')) return { type: 'exit', code: this.isAtEnd ? undefined : this.expression() };
    if (this.take('delete')) {
      const array = this.token.text;
      this.advance();
      const key = this.take('[') ? this.expression() : undefined;
      if (key) this.expect(']');
      return { type: 'delete', array, key };
    }
    return { type: 'expression', expression: this.expression() };
  }

  /** What is printed: values, with brackets around them or without. */
  private printed(): Expression[] {
    const [at, token, tokenAt] = [this.at, this.token, this.tokenAt];
    if (this.take('(')) {
      const args = this.list();
      if (this.take(')') && this.isAtEnd) return args;
      [this.at, this.token, this.tokenAt] = [at, token, tokenAt];
    }
    this.isPrinting = true;
    const args = this.list();
    this.isPrinting = false;
    if (!this.isAtEnd) throw new AwkMistake('printing to files and commands is not simulated');
    return args;
  }

  private get isAtEnd(): boolean {
    return this.token.type === 'line' || this.token.type === 'end' || this.is('}') || this.is(')');
  }

  private list(): Expression[] {
    const args = [this.expression()];
    while (this.take(',')) args.push(this.expression());
    return args;
  }

  // Expressions -------------------------------------------------------------------------------------------------------

  private expression(): Expression {
    if (++this.depth > DEPTH_MAX) throw new AwkMistake('nested too deeply');
    const left = this.choice();
    const operator = this.take('=', '+=', '-=', '*=', '/=', '%=', '^=');
    const whole: Expression = operator ? { type: 'assign', operator, target: left, value: this.expression() } : left;
    this.depth--;
    return whole;
  }

  private choice(): Expression {
    const condition = this.binary(0);
    if (!this.take('?')) return condition;
    const yes = this.expression();
    this.expect(':');
    return { type: 'choice', condition, yes, no: this.expression() };
  }

  private binary(level: number): Expression {
    const operators = LEVELS[level]?.filter((operator) => operator !== '>' || !this.isPrinting);
    if (!operators) return this.concatenation();
    let left = this.binary(level + 1);
    for (let operator = this.take(...operators); operator; operator = this.take(...operators)) {
      if (operator === 'in') {
        left = { type: 'in', key: left, array: this.token.text };
        this.advance();
      } else left = { type: 'binary', operator, left, right: this.binary(level + 1) };
    }
    return left;
  }

  /** Values side by side are one text. */
  private concatenation(): Expression {
    let left = this.sum();
    while (this.isValueNext) left = { type: 'binary', operator: ' ', left, right: this.sum() };
    return left;
  }

  private get isValueNext(): boolean {
    const { type, text } = this.token;
    if (type === 'name') return text !== 'in';
    return type === 'number' || type === 'text' || (type === 'sign' && ['$', '!', '(', '++', '--'].includes(text));
  }

  private sum(): Expression {
    let left = this.product();
    for (let operator = this.take('+', '-'); operator; operator = this.take('+', '-'))
      left = { type: 'binary', operator, left, right: this.product() };
    return left;
  }

  private product(): Expression {
    let left = this.unary();
    for (let operator = this.take('*', '/', '%'); operator; operator = this.take('*', '/', '%'))
      left = { type: 'binary', operator, left, right: this.unary() };
    return left;
  }

  private unary(): Expression {
    const operator = this.take('!', '-', '+');
    if (operator) return { type: 'unary', operator, operand: this.unary() };
    const base = this.stepped();
    return this.take('^') ? { type: 'binary', operator: '^', left: base, right: this.unary() } : base;
  }

  private stepped(): Expression {
    const before = this.take('++', '--');
    if (before) return { type: 'step', target: this.primary(), by: before === '++' ? 1 : -1, isBefore: true };
    const target = this.primary();
    const after = this.take('++', '--');
    return after ? { type: 'step', target, by: after === '++' ? 1 : -1, isBefore: false } : target;
  }

  private primary(): Expression {
    const { type, text } = this.token;
    if (this.is('/') || this.is('/=')) return this.regex();
    this.advance();
    if (type === 'number') return { type, value: Number(text) };
    if (type === 'text') return { type, value: unescapedText(text) };
    if (type === 'name') return this.named(text);
    if (text === '$') return { type: 'field', index: this.stepped() };
    if (text !== '(') throw new AwkMistake(`unexpected token '${text}'`);
    const { isPrinting } = this;
    this.isPrinting = false;
    const inside = this.expression();
    this.isPrinting = isPrinting;
    this.expect(')');
    return inside;
  }

  private named(name: string): Expression {
    if (this.take('[')) {
      const keys = this.list();
      this.expect(']');
      // Several keys are one text with a sign between them that is in no text.
      const key = keys.reduce((left, right) => ({
        type: 'binary',
        operator: ' ',
        left: { type: 'binary', operator: ' ', left, right: { type: 'text', value: '\x1c' } },
        right,
      }));
      return { type: 'item', array: name, key };
    }
    if (name === 'length' && !this.is('(')) return { type: 'call', name, args: [] };
    if (!this.take('(')) return { type: 'variable', name };
    const args = this.is(')') ? [] : this.list();
    this.expect(')');
    return { type: 'call', name, args };
  }

  private regex(): Expression {
    const found = /^\/((?:[^/\\\n]|\\[^])*)\//.exec(this.source.slice(this.tokenAt));
    if (!found) throw new AwkMistake("unexpected token '/'");
    this.at = this.tokenAt + found[0].length;
    this.advance();
    return { type: 'regex', source: (found[1] as string).replaceAll('\\/', '/') };
  }
}

/** From loosest to tightest, down to where values stand side by side. */
const LEVELS: readonly (readonly string[])[] = [['||'], ['&&'], ['in'], ['~', '!~'], ['<', '<=', '==', '!=', '>', '>=']];

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '"': '"', '\\': '\\', '/': '/' };

function unescapedText(text: string): string {
  return text.replace(/\\([^])/g, (whole, letter: string) => ESCAPES[letter] ?? whole);
}
