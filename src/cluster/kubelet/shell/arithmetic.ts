// `$((…))`: whole numbers of 64 bits, variables and the operators of C.
import { holds } from '../../../base/holds.ts';
import { ScriptError } from './scriptError.ts';
import { Tokens } from './tokens.ts';

export interface Variables {
  get(name: string): string | undefined;
  set(name: string, value: string): void;
}

const TOKEN =
  /\s*(0[xX][0-9a-fA-F]+|\d+#?[0-9a-zA-Z]*|[A-Za-z_]\w*|\*\*|<<=|>>=|[-+*/%&|^]=|\+\+|--|&&|\|\||<<|>>|[<>=!]=|[-+*/%<>=!~&|^?:(),])\s*/y;

/** From loosest to tightest. */
const LEVELS: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['|'],
  ['^'],
  ['&'],
  ['==', '!='],
  ['<', '>', '<=', '>='],
  ['<<', '>>'],
  ['+', '-'],
  ['*', '/', '%'],
];
const ASSIGNING = ['=', '+=', '-=', '*=', '/=', '%=', '&=', '|=', '^=', '<<=', '>>='];
/** What comes after a whole expression; the shells have different words for it. */
export const TOO_MUCH = 'arithmetic syntax error at the end';
/** Variables whose value is an expression with variables, and brackets within brackets. */
const DEPTH_MAX = 60;
/** `2**64` is 0 anyhow. */
const EXPONENT_MAX = 64n;

/** The value of an expression; throws ScriptError in the shell's words. */
export function calculate(expression: string, variables: Variables, depth = 0): bigint {
  return new Calculation(expression, variables, depth).value();
}

class Calculation {
  private readonly tokens: Tokens;
  private readonly variables: Variables;
  private depth: number;

  constructor(expression: string, variables: Variables, depth: number) {
    if (depth > DEPTH_MAX) throw new ScriptError('expression recursion loop detected');
    this.variables = variables;
    this.depth = depth;
    this.tokens = new Tokens(expression, TOKEN, syntaxError);
  }

  value(): bigint {
    if (this.tokens.size === 0) return 0n;
    const value = this.comma();
    if (this.tokens.peek() !== undefined) throw new ScriptError(TOO_MUCH);
    return value;
  }

  private comma(): bigint {
    let value = this.assignment();
    while (this.tokens.take(',')) value = this.assignment();
    return value;
  }

  private assignment(): bigint {
    const name = this.tokens.peek() ?? '';
    const operator = this.tokens.peek(1) ?? '';
    if (!/^[A-Za-z_]/.test(name) || !ASSIGNING.includes(operator)) return this.choice();
    this.tokens.next();
    this.tokens.next();
    const right = this.assignment();
    const value = operator === '=' ? right : apply(operator.slice(0, -1), this.variable(name), right);
    this.variables.set(name, String(value));
    return value;
  }

  private choice(): bigint {
    const condition = this.binary(0);
    if (!this.tokens.take('?')) return condition;
    const yes = this.assignment();
    if (!this.tokens.take(':')) throw syntaxError();
    const no = this.assignment();
    return condition ? yes : no;
  }

  private binary(level: number): bigint {
    const operators = LEVELS[level];
    if (!operators) return this.power();
    let value = this.binary(level + 1);
    for (let operator = this.tokens.take(...operators); operator; operator = this.tokens.take(...operators)) {
      value = apply(operator, value, this.binary(level + 1));
    }
    return value;
  }

  private power(): bigint {
    const base = this.unary();
    if (!this.tokens.take('**')) return base;
    const exponent = this.power();
    if (exponent < 0n) throw new ScriptError('exponent less than 0');
    return exponent > EXPONENT_MAX && base % 2n === 0n ? 0n : BigInt.asIntN(64, base ** (exponent > 4096n ? 4096n : exponent));
  }

  private unary(): bigint {
    const operator = this.tokens.take('-', '+', '!', '~', '++', '--');
    if (operator === '++' || operator === '--') return this.step(this.name(), operator === '++' ? 1n : -1n);
    if (!operator) return this.primary();
    const value = this.nested(() => this.unary());
    return operator === '-' ? -value : operator === '!' ? truth(!value) : operator === '~' ? ~value : value;
  }

  private nested(read: () => bigint): bigint {
    if (++this.depth > DEPTH_MAX) throw syntaxError();
    const value = read();
    this.depth--;
    return value;
  }

  private primary(): bigint {
    if (this.tokens.take('(')) {
      const value = this.nested(() => this.comma());
      if (!this.tokens.take(')')) throw syntaxError();
      return value;
    }
    const token = this.tokens.peek();
    if (token === undefined || !/^\w/.test(token)) throw syntaxError();
    if (!/^[A-Za-z_]/.test(token)) {
      this.tokens.next();
      return numberOf(token);
    }
    const name = this.name();
    const operator = this.tokens.take('++', '--');
    const value = this.variable(name);
    if (operator) this.step(name, operator === '++' ? 1n : -1n);
    return value;
  }

  private name(): string {
    const name = this.tokens.next() ?? '';
    if (!/^[A-Za-z_]/.test(name)) throw syntaxError();
    return name;
  }

  private step(name: string, by: bigint): bigint {
    const value = this.variable(name) + by;
    this.variables.set(name, String(value));
    return value;
  }

  private variable(name: string): bigint {
    const text = (this.variables.get(name) ?? '').trim();
    if (/^[-+]?\d+$/.test(text)) return numberOf(text);
    return text === '' ? 0n : calculate(text, this.variables, this.depth + 1);
  }
}

function numberOf(text: string): bigint {
  const digits = text.replace(/^[-+]/, '');
  const value = magnitude(digits);
  return BigInt.asIntN(64, text.startsWith('-') ? -value : value);
}

/** `12`, `0x1f`, `017` and `2#101`. */
function magnitude(digits: string): bigint {
  if (/^0[xX][0-9a-fA-F]+$/.test(digits)) return BigInt(digits);
  if (/^0[0-7]*$/.test(digits)) return BigInt(`0o0${digits}`);
  if (/^[1-9]\d*$/.test(digits)) return BigInt(digits);
  const [, base = '', rest = ''] = /^(\d{1,2})#([0-9a-zA-Z]+)$/.exec(digits) ?? [];
  const radix = Number(base);
  let value = 0n;
  for (const letter of rest.toLowerCase()) {
    const digit = Number.parseInt(letter, 36);
    if (!(digit < radix)) throw syntaxError();
    value = value * BigInt(radix) + BigInt(digit);
  }
  if (rest === '') throw syntaxError();
  return value;
}

function truth(is: boolean): bigint {
  return is ? 1n : 0n;
}

function apply(operator: string, a: bigint, b: bigint): bigint {
  switch (operator) {
    case '||':
      return truth(a !== 0n || b !== 0n);
    case '&&':
      return truth(a !== 0n && b !== 0n);
    case '==':
    case '!=':
    case '<':
    case '>':
    case '<=':
    case '>=':
      return truth(holds(a, operator, b));
    default:
      return BigInt.asIntN(64, compute(operator, a, b));
  }
}

function compute(operator: string, a: bigint, b: bigint): bigint {
  switch (operator) {
    case '|':
      return a | b;
    case '^':
      return a ^ b;
    case '&':
      return a & b;
    case '<<':
      return a << (b & 63n);
    case '>>':
      return a >> (b & 63n);
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    default:
      if (b === 0n) throw new ScriptError('divide by zero');
      return operator === '/' ? a / b : a % b;
  }
}

function syntaxError(): ScriptError {
  return new ScriptError('arithmetic syntax error');
}
