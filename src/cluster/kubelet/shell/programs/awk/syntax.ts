// Reads a program of awk: patterns and actions, functions, and the statements in them.
import { rememberedBy } from '../../../../../base/remembered.ts';
import { type Expression, Expressions } from './expressions.ts';
import { AwkMistake, Tokens } from './tokens.ts';

/** What is printed to instead of the output. */
export interface Output {
  readonly operator: '>' | '>>' | '|';
  readonly target: Expression;
}

export type Statement =
  | { readonly type: 'print' | 'printf'; readonly args: readonly Expression[]; readonly output: Output | undefined }
  | { readonly type: 'expression'; readonly expression: Expression }
  | { readonly type: 'if'; readonly condition: Expression; readonly yes: Statement; readonly no: Statement | undefined }
  | { readonly type: 'while'; readonly condition: Expression; readonly body: Statement }
  | { readonly type: 'do'; readonly body: Statement; readonly condition: Expression }
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
  | { readonly type: 'exit' | 'return'; readonly value: Expression | undefined }
  | { readonly type: 'next' | 'nextfile' | 'break' | 'continue' };

export interface Rule {
  readonly when: 'begin' | 'end' | 'line';
  readonly pattern: Expression | undefined;
  /** With it, lines from one that matches the pattern to one that matches this. */
  readonly until: Expression | undefined;
  /** Undefined: the line is printed. */
  readonly action: Statement | undefined;
}

export interface AwkFunction {
  readonly parameters: readonly string[];
  readonly body: Statement;
}

export interface AwkProgram {
  readonly rules: readonly Rule[];
  readonly functions: Readonly<Record<string, AwkFunction>>;
  /** Whether it reads lines by itself or runs commands in its middle. */
  readonly mayWait: boolean;
}

export const readAwk = rememberedBy(
  64,
  (source: string) => source,
  (source): AwkProgram => new Reader(source).program(),
);

class Reader {
  private readonly tokens: Tokens;
  private readonly expressions: Expressions;
  private readonly mayWait: boolean;

  constructor(source: string) {
    this.tokens = new Tokens(source);
    this.expressions = new Expressions(this.tokens);
    this.mayWait = /\b(?:getline|system|close)\b/.test(source);
  }

  program(): AwkProgram {
    const { tokens, mayWait } = this;
    const rules: Rule[] = [];
    const functions: Record<string, AwkFunction> = {};
    for (tokens.skipLines(); tokens.type !== 'end'; tokens.skipLines()) {
      if (tokens.take('function', 'func')) this.defineFunction(functions);
      else rules.push(this.rule());
    }
    return { rules, functions, mayWait };
  }

  private defineFunction(functions: Record<string, AwkFunction>): void {
    const { tokens } = this;
    const name = tokens.takeName();
    tokens.expect('(');
    const parameters: string[] = [];
    while (!tokens.take(')')) {
      parameters.push(tokens.takeName());
      tokens.take(',');
    }
    tokens.skipLines();
    functions[name] = { parameters, body: this.block() };
  }

  private rule(): Rule {
    const { tokens } = this;
    const when = tokens.take('BEGIN') ? 'begin' : tokens.take('END') ? 'end' : 'line';
    const pattern = when === 'line' && !tokens.is('{') ? this.expressions.expression() : undefined;
    const until = pattern && tokens.take(',') ? this.expressions.expression() : undefined;
    return { when, pattern, until, action: tokens.is('{') ? this.block() : undefined };
  }

  private block(): Statement {
    const { tokens } = this;
    tokens.expect('{');
    const statements: Statement[] = [];
    for (tokens.skipLines(); !tokens.is('}'); tokens.skipLines()) {
      if (tokens.type === 'end') throw new AwkMistake('Unexpected end of string');
      statements.push(this.statement());
    }
    tokens.expect('}');
    return { type: 'block', statements };
  }

  private statement(): Statement {
    return this.expressions.nested(() => this.anyStatement());
  }

  private anyStatement(): Statement {
    const { tokens } = this;
    if (tokens.is('{')) return this.block();
    if (tokens.take('if')) return this.ifStatement();
    if (tokens.take('while')) return { type: 'while', condition: this.bracketed(), body: this.body() };
    if (tokens.take('do')) return this.doStatement();
    if (tokens.take('for')) return this.forStatement();
    return this.simple();
  }

  private bracketed(): Expression {
    this.tokens.expect('(');
    const condition = this.expressions.expression();
    this.tokens.expect(')');
    return condition;
  }

  private body(): Statement {
    if (this.tokens.type === 'line' && this.tokens.text === ';') {
      this.tokens.advance();
      return { type: 'block', statements: [] };
    }
    this.tokens.skipLines();
    return this.statement();
  }

  private ifStatement(): Statement {
    const condition = this.bracketed();
    const yes = this.body();
    const { place } = this.tokens;
    this.tokens.skipLines();
    if (this.tokens.take('else')) return { type: 'if', condition, yes, no: this.body() };
    this.tokens.goBack(place);
    return { type: 'if', condition, yes, no: undefined };
  }

  private doStatement(): Statement {
    const body = this.body();
    this.tokens.skipLines();
    this.tokens.expect('while');
    return { type: 'do', body, condition: this.bracketed() };
  }

  private forStatement(): Statement {
    const { tokens } = this;
    tokens.expect('(');
    const [, name, array] = /^([A-Za-z_]\w*)\s+in\s+([A-Za-z_]\w*)\s*\)/.exec(tokens.rest) ?? [];
    if (name !== undefined && array !== undefined) {
      while (!tokens.is(')')) tokens.advance();
      tokens.expect(')');
      return { type: 'each', name, array, body: this.body() };
    }
    const first = tokens.type === 'line' ? undefined : this.simple();
    tokens.advance();
    const condition = tokens.type === 'line' ? undefined : this.expressions.expression();
    tokens.advance();
    const step = tokens.is(')') ? undefined : this.simple();
    tokens.expect(')');
    return { type: 'for', first, condition, step, body: this.body() };
  }

  private simple(): Statement {
    const { tokens } = this;
    const kind = tokens.take('print', 'printf') as 'print' | 'printf' | undefined;
    if (kind) return { type: kind, args: this.printed(), output: this.output() };
    const jump = tokens.take('next', 'nextfile', 'break', 'continue') as 'next' | 'nextfile' | 'break' | 'continue' | undefined;
    if (jump) return { type: jump };
    const leaving = tokens.take('exit', 'return') as 'exit' | 'return' | undefined;
    if (leaving) return { type: leaving, value: this.isAtEnd ? undefined : this.expressions.expression() };
    if (tokens.take('delete')) return this.deletion();
    return { type: 'expression', expression: this.expressions.expression() };
  }

  private deletion(): Statement {
    const target = this.expressions.expression();
    if (target.type === 'item') return { type: 'delete', array: target.array, key: target.key };
    if (target.type !== 'variable') throw new AwkMistake('Unexpected token');
    return { type: 'delete', array: target.name, key: undefined };
  }

  /** What is printed: values, with brackets around them or without. */
  private printed(): readonly Expression[] {
    const { tokens } = this;
    if (this.isPrintedAtEnd) return [];
    const { place } = tokens;
    if (tokens.take('(')) {
      const args = this.expressions.list();
      if (tokens.take(')') && this.isPrintedAtEnd) return args;
      tokens.goBack(place);
    }
    return this.expressions.printedList();
  }

  private output(): Output | undefined {
    const operator = this.tokens.take('>', '>>', '|') as Output['operator'] | undefined;
    const output = operator && { operator, target: this.expressions.concatenation() };
    if (!this.isAtEnd) throw new AwkMistake('Unexpected token');
    return output;
  }

  private get isPrintedAtEnd(): boolean {
    return this.isAtEnd || this.tokens.is('>', '>>', '|');
  }

  private get isAtEnd(): boolean {
    return this.tokens.type === 'line' || this.tokens.type === 'end' || this.tokens.is('}', ')');
  }
}
