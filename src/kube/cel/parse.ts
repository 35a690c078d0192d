// Reads an expression of the Common Expression Language into a tree. Models github.com/google/cel-spec langdef.md and cel-go's
// parser. Limitation: of what ANTLR says of texts that are no expressions, only the commonest sentences are known.
import { dottedName, type Entry, type Expression, type FieldGiven, type Item } from './expression.ts';
import { CelSyntaxError, type Token, tokensOf, unquoted } from './tokens.ts';

/** Binary operators, the loosest first. */
const LEVELS: readonly (readonly string[])[] = [['||'], ['&&'], ['==', '!=', '<=', '>=', '<', '>', 'in'], ['+', '-'], ['*', '/', '%']];
const NAMES: Readonly<Record<string, string>> = { in: '@in' };
const STARTS = `{'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}`;

/** A longer one is not a rule that anybody wrote. */
const LETTERS_MAX = 100_000;
/** Brackets in brackets. */
const DEPTH_MAX = 100;

/** Throws CelSyntaxError. */
export function parseCel(text: string): Expression {
  if (text.length > LETTERS_MAX)
    throw new CelSyntaxError(0, `expression code point size exceeds limit: size: ${text.length}, limit ${LETTERS_MAX}`);
  return new Parser(text).whole();
}

const LITERALS: Readonly<Record<string, readonly [unknown, string]>> = {
  true: [true, 'bool'],
  false: [false, 'bool'],
  null: [null, 'null'],
};

class Parser {
  private readonly tokens: readonly Token[];
  private readonly end: Token;
  private at = 0;
  private depth = 0;

  constructor(text: string) {
    this.tokens = tokensOf(text);
    this.end = { type: 'end', text: '<EOF>', at: text.length };
  }

  whole(): Expression {
    const expression = this.choice();
    const { type, text, at } = this.next;
    if (type !== 'end') throw new CelSyntaxError(at, `extraneous input '${text}' expecting <EOF>`);
    return expression;
  }

  private get next(): Token {
    return this.tokens[this.at] ?? this.end;
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
    const { text, at } = this.next;
    if (!this.take(sign)) throw new CelSyntaxError(at, `mismatched input '${text}' expecting '${sign}'`);
  }

  private choice(): Expression {
    if (++this.depth > DEPTH_MAX) throw new CelSyntaxError(0, `expression recursion limit exceeded: ${DEPTH_MAX}`);
    const expression = this.chosen();
    this.depth--;
    return expression;
  }

  private chosen(): Expression {
    const condition = this.binary(0);
    const { at } = this.next;
    if (!this.take('?')) return condition;
    const yes = this.binary(0);
    this.expect(':');
    return { type: 'choice', at, condition, yes, no: this.choice() };
  }

  private binary(level: number): Expression {
    const operators = LEVELS[level];
    if (!operators) return this.unary();
    let left = this.binary(level + 1);
    for (let operator = operators.find((each) => this.is(each)); operator; operator = operators.find((each) => this.is(each))) {
      const { at } = this.next;
      this.at++;
      const name = NAMES[operator] ?? `_${operator}_`;
      left = { type: 'call', at, name, on: undefined, args: [left, this.binary(level + 1)] };
    }
    return left;
  }

  private unary(): Expression {
    const { at } = this.next;
    for (const operator of ['!', '-']) {
      if (!this.take(operator)) continue;
      if (++this.depth > DEPTH_MAX) throw new CelSyntaxError(0, `expression recursion limit exceeded: ${DEPTH_MAX}`);
      const of = this.unary();
      this.depth--;
      const isNumber = operator === '-' && of.type === 'value' && typeof of.value === 'number' && of.at === at + 1;
      return isNumber ? { ...of, at, value: -(of.value as number) } : { type: 'call', at, name: `${operator}_`, on: undefined, args: [of] };
    }
    return this.member(this.primary());
  }

  private member(start: Expression): Expression {
    let expression = start;
    for (;;) {
      const { at } = this.next;
      if (this.take('.')) {
        const isOptional = this.take('?');
        const name = this.name();
        const call = this.next.at;
        expression =
          !isOptional && this.take('(')
            ? { type: 'call', at: call, name, on: expression, args: this.listUntil(')').map(({ value }) => value) }
            : { type: 'field', at, of: expression, name: unescaped(name), isOptional };
      } else if (this.take('[')) {
        const name = this.take('?') ? '_[?_]' : '_[_]';
        expression = { type: 'call', at, name, on: undefined, args: [expression, this.choice()] };
        this.expect(']');
      } else if (this.is('{') && dottedName(expression) !== undefined) {
        this.at++;
        expression = { type: 'object', at, name: dottedName(expression) as string, fields: this.fields() };
      } else return expression;
    }
  }

  private name(): string {
    const { type, text, at } = this.next;
    if (type !== 'name') throw new CelSyntaxError(at, `no viable alternative at input '.${type === 'end' ? '' : text}'`);
    this.at++;
    return text.startsWith('`') ? text.slice(1, -1) : text;
  }

  private primary(): Expression {
    const { type, text, at } = this.next;
    if (this.take('(')) {
      const inner = this.choice();
      this.expect(')');
      return inner;
    }
    if (this.take('[')) return { type: 'list', at, items: this.listUntil(']') };
    if (this.take('{')) return { type: 'map', at, entries: this.entries() };
    const literal = literalOf(this.next);
    if (!literal && type !== 'name') throw new CelSyntaxError(at, `mismatched input '${text}' expecting ${STARTS}`);
    this.at++;
    if (literal) return { type: 'value', at, value: literal[0], of: literal[1] };
    const call = this.next.at;
    return this.take('(')
      ? { type: 'call', at: call, name: text, on: undefined, args: this.listUntil(')').map(({ value }) => value) }
      : { type: 'name', at, name: text };
  }

  private listUntil(end: string): Item[] {
    const items: Item[] = [];
    while (!this.take(end)) {
      const isOptional = this.take('?');
      items.push({ value: this.choice(), isOptional });
      if (!this.is(end)) this.expect(',');
    }
    return items;
  }

  private entries(): Entry[] {
    const entries: Entry[] = [];
    while (!this.take('}')) {
      const isOptional = this.take('?');
      const key = this.choice();
      this.expect(':');
      entries.push({ key, value: this.choice(), isOptional });
      if (!this.is('}')) this.expect(',');
    }
    return entries;
  }

  private fields(): FieldGiven[] {
    const fields: FieldGiven[] = [];
    while (!this.take('}')) {
      const isOptional = this.take('?');
      const name = unescaped(this.name());
      this.expect(':');
      fields.push({ name, value: this.choice(), isOptional });
      if (!this.is('}')) this.expect(',');
    }
    return fields;
  }
}

/** A value with the name of its type; undefined where something else stands. */
function literalOf({ type, text }: Token): readonly [unknown, string] | undefined {
  switch (type) {
    case 'int':
    case 'double':
      return [Number(text), type];
    case 'uint':
      return [Number(text.slice(0, -1)), type];
    case 'text':
      return [unquoted(text), 'string'];
    case 'bytes':
      return [utf8(unquoted(text.slice(1))), type];
    case 'name':
      return Object.hasOwn(LITERALS, text) ? LITERALS[text] : undefined;
    default:
      return undefined;
  }
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

const ESCAPED: Readonly<Record<string, string>> = { __dot__: '.', __dash__: '-', __slash__: '/', __underscores__: '__' };

/** Fields whose names are no names of the language are written with words in place of the signs. */
function unescaped(name: string): string {
  return name.replace(/__(?:dot|dash|slash|underscores)__/g, (word) => ESCAPED[word] ?? word).replace(/^__(\w+?)__$/, '$1');
}
