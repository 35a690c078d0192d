// Reads the expressions of awk.
import { AwkMistake, type Tokens } from './tokens.ts';

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
  | { readonly type: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | Getline;

/** The next line of a file, of what a command prints, or of the input, into a variable or in the place of the line. */
export interface Getline {
  readonly type: 'getline';
  readonly from: 'input' | 'file' | 'command';
  readonly source: Expression | undefined;
  readonly target: Expression | undefined;
}

const DEPTH_MAX = 60;
/** From loosest to tightest, down to where values stand side by side. */
const LEVELS: readonly (readonly string[])[] = [['||'], ['&&'], ['in'], ['~', '!~'], ['<', '<=', '==', '!=', '>', '>=']];
const ASSIGNMENTS = ['=', '+=', '-=', '*=', '/=', '%=', '^=', '**='];
/** Names that begin no value. */
const NO_VALUES = new Set(['in', 'getline']);

export class Expressions {
  private readonly tokens: Tokens;
  private depth = 0;
  /** A `>` outside of brackets is a file to print to. */
  private isPrinting = false;

  constructor(tokens: Tokens) {
    this.tokens = tokens;
  }

  /** Fails where nesting has no end. */
  nested<T>(read: () => T): T {
    if (++this.depth > DEPTH_MAX) throw new AwkMistake('nested too deeply');
    const made = read();
    this.depth--;
    return made;
  }

  /** Several with commas between them. */
  list(): Expression[] {
    const args = [this.expression()];
    while (this.tokens.take(',')) {
      this.tokens.skipLines();
      args.push(this.expression());
    }
    return args;
  }

  /** The same before a file or a command that is printed to. */
  printedList(): Expression[] {
    this.isPrinting = true;
    const args = this.list();
    this.isPrinting = false;
    return args;
  }

  expression(): Expression {
    return this.nested(() => {
      const left = this.choice();
      const operator = this.tokens.take(...ASSIGNMENTS);
      return operator ? { type: 'assign', operator: operator.replace('**', '^'), target: left, value: this.expression() } : left;
    });
  }

  private choice(): Expression {
    const condition = this.binary(0);
    if (!this.tokens.take('?')) return condition;
    const yes = this.expression();
    this.tokens.expect(':');
    return { type: 'choice', condition, yes, no: this.expression() };
  }

  private binary(level: number): Expression {
    const { tokens } = this;
    const operators = LEVELS[level]?.filter((operator) => operator !== '>' || !this.isPrinting);
    if (!operators) return this.piped();
    let left = this.binary(level + 1);
    for (let operator = tokens.take(...operators); operator; operator = tokens.take(...operators)) {
      if (operator === 'in') left = { type: 'in', key: left, array: tokens.takeName() };
      else {
        if (level < 2) tokens.skipLines();
        left = { type: 'binary', operator, left, right: this.binary(level + 1) };
      }
    }
    return left;
  }

  /** `"command" | getline`. */
  private piped(): Expression {
    const { tokens } = this;
    let left = this.concatenation();
    while (tokens.is('|')) {
      const { place } = tokens;
      tokens.advance();
      if (!tokens.take('getline')) {
        tokens.goBack(place);
        break;
      }
      left = { type: 'getline', from: 'command', source: left, target: this.target() };
    }
    return left;
  }

  /** Values side by side are one text. */
  concatenation(): Expression {
    let left = this.sum();
    while (this.isValueNext) left = { type: 'binary', operator: ' ', left, right: this.sum() };
    return left;
  }

  private get isValueNext(): boolean {
    const { type, text } = this.tokens;
    if (type === 'name') return !NO_VALUES.has(text);
    return type === 'number' || type === 'text' || (type === 'sign' && ['$', '!', '(', '++', '--'].includes(text));
  }

  private sum(): Expression {
    return this.leftToRight(['+', '-'], () => this.product());
  }

  private product(): Expression {
    return this.leftToRight(['*', '/', '%'], () => this.unary());
  }

  private leftToRight(operators: readonly string[], operand: () => Expression): Expression {
    const { tokens } = this;
    let left = operand();
    for (let operator = tokens.take(...operators); operator; operator = tokens.take(...operators))
      left = { type: 'binary', operator, left, right: operand() };
    return left;
  }

  private unary(): Expression {
    const operator = this.tokens.take('!', '-', '+');
    if (operator) return { type: 'unary', operator, operand: this.unary() };
    const base = this.stepped();
    return this.tokens.take('^', '**') ? { type: 'binary', operator: '^', left: base, right: this.unary() } : base;
  }

  private stepped(): Expression {
    const before = this.tokens.take('++', '--');
    if (before) return { type: 'step', target: this.primary(), by: before === '++' ? 1 : -1, isBefore: true };
    const target = this.primary();
    const after = this.tokens.take('++', '--');
    return after ? { type: 'step', target, by: after === '++' ? 1 : -1, isBefore: false } : target;
  }

  private primary(): Expression {
    const { tokens } = this;
    const { type, text } = tokens;
    if (tokens.is('/', '/=')) return { type: 'regex', source: tokens.takeRegex() };
    tokens.advance();
    if (type === 'number') return { type, value: Number(text) };
    if (type === 'text') return { type, value: unescapedText(text) };
    if (type === 'name') return text === 'getline' ? this.getline() : this.named(text);
    if (text === '$') return { type: 'field', index: tokens.is('-', '+', '!') ? this.unary() : this.stepped() };
    if (text !== '(') throw new AwkMistake('Unexpected token');
    return this.inBrackets();
  }

  private inBrackets(): Expression {
    const { isPrinting } = this;
    this.isPrinting = false;
    const inside = this.list();
    this.isPrinting = isPrinting;
    this.tokens.expect(')');
    if (inside.length === 1) return inside[0] as Expression;
    this.tokens.expect('in');
    return { type: 'in', key: joined(inside), array: this.tokens.takeName() };
  }

  private named(name: string): Expression {
    const { tokens } = this;
    if (tokens.take('[')) {
      const keys = this.list();
      tokens.expect(']');
      return { type: 'item', array: name, key: joined(keys) };
    }
    if (name === 'length' && !tokens.is('(')) return { type: 'call', name, args: [] };
    if (!tokens.take('(')) return { type: 'variable', name };
    const { isPrinting } = this;
    this.isPrinting = false;
    const args = tokens.is(')') ? [] : this.list();
    this.isPrinting = isPrinting;
    tokens.expect(')');
    return { type: 'call', name, args };
  }

  /** `getline`, `getline line`, `getline line < "file"`. */
  private getline(): Getline {
    const target = this.target();
    if (!this.tokens.take('<')) return { type: 'getline', from: 'input', source: undefined, target };
    return { type: 'getline', from: 'file', source: this.primary(), target };
  }

  private target(): Expression | undefined {
    const { type, text } = this.tokens;
    return text === '$' || (type === 'name' && !NO_VALUES.has(text)) ? this.primary() : undefined;
  }
}

/** Several keys are one text with a sign between them that is in no text. */
function joined(keys: readonly Expression[]): Expression {
  return keys.reduce((left, right) => ({
    type: 'binary',
    operator: ' ',
    left: { type: 'binary', operator: ' ', left, right: { type: 'variable', name: 'SUBSEP' } },
    right,
  }));
}

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '"': '"',
  '\\': '\\',
  '/': '/',
};

export function unescapedText(text: string): string {
  return text.replace(/\\([0-7]{1,3}|[^])/g, (whole, sign: string) =>
    /^[0-7]/.test(sign) ? String.fromCharCode(Number.parseInt(sign, 8)) : (ESCAPES[sign] ?? whole),
  );
}
