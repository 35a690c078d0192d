// Reads an expression of the Common Expression Language into a tree. Models github.com/google/cel-spec langdef.md, as far as rules of
// custom resources use it. What is beyond that is refused as unsupported, never misread.

export type Expression =
  | { readonly type: 'value'; readonly value: unknown }
  | { readonly type: 'name'; readonly name: string }
  | { readonly type: 'list'; readonly items: readonly Expression[] }
  | { readonly type: 'map'; readonly entries: readonly (readonly [Expression, Expression])[] }
  | { readonly type: 'field'; readonly of: Expression; readonly name: string }
  | { readonly type: 'index'; readonly of: Expression; readonly at: Expression }
  | { readonly type: 'call'; readonly name: string; readonly on: Expression | undefined; readonly args: readonly Expression[] }
  | { readonly type: 'unary'; readonly operator: string; readonly of: Expression }
  | { readonly type: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | { readonly type: 'choice'; readonly condition: Expression; readonly yes: Expression; readonly no: Expression };

/** An expression that is not read or run here: nothing can be said of what it comes to. */
export class UnsupportedExpression extends Error {}

/** Binary operators, the loosest first. */
const LEVELS: readonly (readonly string[])[] = [['||'], ['&&'], ['==', '!=', '<=', '>=', '<', '>', 'in'], ['+', '-'], ['*', '/', '%']];
const TOKEN =
  /\s*(?:(\d+\.\d*(?:[eE][+-]?\d+)?|0x[\da-fA-F]+|\d+u?)|(r?"(?:[^"\\]|\\.)*"|r?'(?:[^'\\]|\\.)*')|([A-Za-z_]\w*)|(\|\||&&|[=!<>]=|[-+*/%<>!?:.,()[\]{}]))/y;

/** A longer one is not a rule that anybody wrote. */
const LETTERS_MAX = 4096;
/** Brackets in brackets. */
const DEPTH_MAX = 100;

export function parseCel(text: string): Expression {
  if (text.length > LETTERS_MAX) throw new UnsupportedExpression('too long');
  return new Parser(tokensOf(text)).whole();
}

interface Token {
  readonly type: 'number' | 'text' | 'name' | 'sign' | 'end';
  readonly text: string;
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  let at = 0;
  while (text.slice(at).trim() !== '') {
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(text);
    if (!found) throw new UnsupportedExpression(text.slice(at));
    at = TOKEN.lastIndex;
    const [, number, quoted, name, sign] = found;
    if (number !== undefined) tokens.push({ type: 'number', text: number });
    else if (quoted !== undefined) tokens.push({ type: 'text', text: quoted });
    else if (name !== undefined) tokens.push({ type: name === 'in' ? 'sign' : 'name', text: name });
    else tokens.push({ type: 'sign', text: sign ?? '' });
  }
  return tokens;
}

const END: Token = { type: 'end', text: '' };
const LITERALS: Readonly<Record<string, unknown>> = { true: true, false: false, null: null };

class Parser {
  private readonly tokens: readonly Token[];
  private at = 0;
  private depth = 0;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  whole(): Expression {
    const expression = this.choice();
    if (this.next.type !== 'end') throw new UnsupportedExpression(this.next.text);
    return expression;
  }

  private get next(): Token {
    return this.tokens[this.at] ?? END;
  }

  private is(sign: string): boolean {
    return this.next.type === 'sign' && this.next.text === sign;
  }

  private take(sign: string): boolean {
    if (!this.is(sign)) return false;
    this.at++;
    return true;
  }

  private expect(sign: string): void {
    if (!this.take(sign)) throw new UnsupportedExpression(this.next.text);
  }

  private choice(): Expression {
    if (++this.depth > DEPTH_MAX) throw new UnsupportedExpression('too deep');
    const expression = this.chosen();
    this.depth--;
    return expression;
  }

  private chosen(): Expression {
    const condition = this.binary(0);
    if (!this.take('?')) return condition;
    const yes = this.binary(0);
    this.expect(':');
    return { type: 'choice', condition, yes, no: this.choice() };
  }

  private binary(level: number): Expression {
    const operators = LEVELS[level];
    if (!operators) return this.unary();
    let left = this.binary(level + 1);
    for (let operator = operators.find((each) => this.is(each)); operator; operator = operators.find((each) => this.is(each))) {
      this.at++;
      left = { type: 'binary', operator, left, right: this.binary(level + 1) };
    }
    return left;
  }

  private unary(): Expression {
    for (const operator of ['!', '-']) if (this.take(operator)) return { type: 'unary', operator, of: this.unary() };
    return this.member(this.primary());
  }

  private member(start: Expression): Expression {
    let expression = start;
    for (;;) {
      if (this.take('.')) {
        const name = this.name();
        expression = this.take('(')
          ? { type: 'call', name, on: expression, args: this.listUntil(')') }
          : { type: 'field', of: expression, name: unescaped(name) };
      } else if (this.take('[')) {
        expression = { type: 'index', of: expression, at: this.choice() };
        this.expect(']');
      } else return expression;
    }
  }

  private name(): string {
    const { type, text } = this.next;
    if (type !== 'name') throw new UnsupportedExpression(text);
    this.at++;
    return text;
  }

  private primary(): Expression {
    const { type, text } = this.next;
    if (this.take('(')) {
      const inner = this.choice();
      this.expect(')');
      return inner;
    }
    if (this.take('[')) return { type: 'list', items: this.listUntil(']') };
    if (this.take('{')) return { type: 'map', entries: this.entries() };
    this.at++;
    if (type === 'number') return { type: 'value', value: Number(text.replace(/u$/, '')) };
    if (type === 'text') return { type: 'value', value: unquoted(text) };
    if (type !== 'name') throw new UnsupportedExpression(text);
    if (Object.hasOwn(LITERALS, text)) return { type: 'value', value: LITERALS[text] };
    return this.take('(') ? { type: 'call', name: text, on: undefined, args: this.listUntil(')') } : { type: 'name', name: text };
  }

  private listUntil(end: string): Expression[] {
    const items: Expression[] = [];
    while (!this.take(end)) {
      items.push(this.choice());
      if (!this.is(end)) this.expect(',');
    }
    return items;
  }

  private entries(): (readonly [Expression, Expression])[] {
    const entries: (readonly [Expression, Expression])[] = [];
    while (!this.take('}')) {
      const key = this.choice();
      this.expect(':');
      entries.push([key, this.choice()]);
      if (!this.is('}')) this.expect(',');
    }
    return entries;
  }
}

const ESCAPED: Readonly<Record<string, string>> = { __dot__: '.', __dash__: '-', __slash__: '/', __underscores__: '__' };

/** Fields whose names are no names of the language are written with words in place of the signs. */
function unescaped(name: string): string {
  return name.replace(/__(?:dot|dash|slash|underscores)__/g, (word) => ESCAPED[word] ?? word).replace(/^__(\w+?)__$/, '$1');
}

const LETTERS: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

function unquoted(text: string): string {
  if (text.startsWith('r')) return text.slice(2, -1);
  return text.slice(1, -1).replace(/\\(.)/gs, (_, letter: string) => LETTERS[letter] ?? letter);
}
