// Expressions of Python: operators, literals, what is in names, and the functions that scripts of tutorials call.
import type { Call } from '../../call.ts';
import { unescaped } from '../../escapes.ts';
import { own } from '../../own.ts';
import { Tokens } from '../../tokens.ts';
import { callMethod, compare, compute, itemOf, itemsOf, numberOf, PythonError, shown, truth, typeName, type Value } from './values.ts';

const TOKEN =
  /\s*(\d+\.\d*|\d+|[fr]?"(?:[^"\\]|\\.)*"|[fr]?'(?:[^'\\]|\\.)*'|[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*|\.[A-Za-z_]\w*|==|!=|<=|>=|\/\/|\*\*|[-+*/%<>()[\]{},:])/y;

/** What a `range` holds at most. */
const ITEMS_MAX = 100_000;

/** The value of an expression. Throws `PythonError`. */
export function evaluate(call: Call, text: string, variables: Readonly<Record<string, Value>>): Value {
  return new Expression(call, text, variables).whole();
}

class Expression {
  private readonly tokens: Tokens;
  private readonly call: Call;
  private readonly variables: Readonly<Record<string, Value>>;

  constructor(call: Call, text: string, variables: Readonly<Record<string, Value>>) {
    this.call = call;
    this.variables = variables;
    this.tokens = new Tokens(text, TOKEN, () => new PythonError(`SyntaxError: not simulated: ${text}`));
  }

  whole(): Value {
    const value = this.choice();
    const { rest } = this.tokens;
    if (rest.length === 0) return value;
    if (rest[0] !== ',') throw new PythonError(`SyntaxError: not simulated: ${rest.join(' ')}`);
    this.tokens.next();
    return [value, ...this.list(undefined)];
  }

  /** `a if b else c`. */
  private choice(): Value {
    const value = this.or();
    if (!this.tokens.take('if')) return value;
    const isSo = truth(this.or());
    if (!this.tokens.take('else')) throw new PythonError("SyntaxError: expected 'else' after 'if' expression");
    const other = this.choice();
    return isSo ? value : other;
  }

  private or(): Value {
    let value = this.and();
    while (this.tokens.take('or')) {
      const right = this.and();
      value = truth(value) ? value : right;
    }
    return value;
  }

  private and(): Value {
    let value = this.not();
    while (this.tokens.take('and')) {
      const right = this.not();
      value = truth(value) ? right : value;
    }
    return value;
  }

  private not(): Value {
    return this.tokens.take('not') ? !truth(this.not()) : this.comparison();
  }

  private comparison(): Value {
    const left = this.sum();
    const isNotIn = this.tokens.peek() === 'not' && this.tokens.take('not') !== undefined;
    const operator = this.tokens.take('==', '!=', '<', '>', '<=', '>=', 'is', 'in');
    if (!operator) return left;
    if (operator === 'is') return compare(left, this.tokens.take('not') ? '!=' : '==', this.sum());
    return compare(left, operator, this.sum()) !== isNotIn;
  }

  private sum(): Value {
    let value = this.product();
    for (let operator = this.tokens.take('+', '-'); operator; operator = this.tokens.take('+', '-'))
      value = compute(value, operator, this.product());
    return value;
  }

  private product(): Value {
    let value = this.signed();
    for (let operator = this.tokens.take('*', '/', '//', '%'); operator; operator = this.tokens.take('*', '/', '//', '%'))
      value = compute(value, operator, this.signed());
    return value;
  }

  private signed(): Value {
    if (this.tokens.take('-')) return compute(0, '-', this.signed());
    const value = this.part();
    return this.tokens.take('**') ? compute(value, '**', this.signed()) : value;
  }

  /** A value with what is taken of it: `x[0]`, `x.strip()`. */
  private part(): Value {
    let value = this.primary();
    for (;;) {
      const next = this.tokens.peek();
      if (this.tokens.take('[')) value = itemOf(value, this.list(']')[0] ?? null);
      else if (next?.startsWith('.') && this.tokens.next() && this.tokens.take('('))
        value = callMethod(value, next.slice(1), this.list(')'));
      else return value;
    }
  }

  private primary(): Value {
    const token = this.tokens.next();
    if (token === undefined) throw new PythonError('SyntaxError: invalid syntax');
    if (token === '(') return this.bracket();
    if (token === '[') return this.list(']');
    if (token === '{') return this.dictionary();
    if (/^\d/.test(token)) return token.includes('.') ? { float: Number(token) } : Number(token);
    if (/^[fr]?["']/.test(token)) return this.text(token);
    if (!/^\w/.test(token)) throw new PythonError('SyntaxError: invalid syntax');
    return this.tokens.take('(') ? this.called(token, this.list(')')) : this.name(token);
  }

  private bracket(): Value {
    const values = this.list(')');
    return values.length === 1 ? (values[0] as Value) : values;
  }

  private text(token: string): string {
    const inside = token.replace(/^[fr]?["']|["']$/g, '');
    if (token.startsWith('r')) return inside;
    const text = unescaped(inside);
    if (!token.startsWith('f')) return text;
    return text.replace(/\{([^}]*)\}/g, (_whole, part: string) => shown(evaluate(this.call, part, this.variables)));
  }

  /** Values up to the end of a bracket, or of all. */
  private list(end: string | undefined): Value[] {
    const values: Value[] = [];
    while (end === undefined ? this.tokens.peek() !== undefined : !this.tokens.take(end)) {
      values.push(this.choice());
      if (!this.tokens.take(',') && this.tokens.peek() !== end) throw new PythonError('SyntaxError: invalid syntax');
    }
    return values;
  }

  private dictionary(): Value {
    const pairs: [Value, Value][] = [];
    while (!this.tokens.take('}')) {
      const key = this.choice();
      if (!this.tokens.take(':')) throw new PythonError('SyntaxError: invalid syntax');
      pairs.push([key, this.choice()]);
      if (!this.tokens.take(',') && this.tokens.peek() !== '}') throw new PythonError('SyntaxError: invalid syntax');
    }
    return { pairs };
  }

  private called(name: string, values: readonly Value[]): Value {
    const known = own(FUNCTIONS, name);
    if (known) return known(this.call, values);
    const dot = name.lastIndexOf('.');
    if (dot > 0) return callMethod(this.name(name.slice(0, dot)), name.slice(dot + 1), values);
    throw new PythonError(`NameError: name '${name}' is not defined`);
  }

  private name(name: string): Value {
    if (name === 'True' || name === 'False') return name === 'True';
    if (name === 'None') return null;
    if (name === 'os.environ') return { pairs: Object.entries(this.call.process.environment) };
    if (name === 'sys.argv') return ['-c'];
    const value = own(this.variables, name);
    if (value === undefined) throw new PythonError(`NameError: name '${name}' is not defined`);
    return value;
  }
}

type PythonFunction = (call: Call, values: readonly Value[]) => Value;

const hostname: PythonFunction = (call) => call.kernel.sandbox.hostname;

const variable: PythonFunction = (call, [name = null, otherwise = null]) => call.variable(shown(name)) ?? otherwise;

const FUNCTIONS: Readonly<Record<string, PythonFunction>> = {
  int: (_call, [value = 0]) => whole(value),
  float: (_call, [value = 0]) => ({ float: typeof value === 'string' ? Number(value) : numberOf(value) }),
  str: (_call, [value = '']) => shown(value),
  bool: (_call, [value = null]) => truth(value),
  len: (_call, [value = null]) => itemsOf(value).length,
  abs: (_call, [value = 0]) => Math.abs(numberOf(value)),
  min: (_call, values) => Math.min(...several(values).map(numberOf)),
  max: (_call, values) => Math.max(...several(values).map(numberOf)),
  sum: (_call, [values = []]) => itemsOf(values).reduce((total, each) => compute(total, '+', each), 0),
  range: (_call, values) => range(values.map(numberOf)),
  list: (_call, [values = []]) => itemsOf(values),
  enumerate: (_call, [values = []]) => itemsOf(values).map((value, i) => [i, value]),
  'os.environ.get': variable,
  'os.getenv': variable,
  'os.getpid': (call) => call.process.pid,
  'os.path.exists': (call, [path = '']) => call.files.stat(call.path(shown(path))) !== undefined,
  'time.time': (call) => ({ float: call.nowMs / 1000 }),
  'socket.gethostname': hostname,
  'platform.node': hostname,
};

const several = (values: readonly Value[]) => (values.length === 1 ? itemsOf(values[0] as Value) : values);

function whole(value: Value): number {
  if (typeof value === 'string') {
    if (!/^\s*[-+]?\d+\s*$/.test(value)) throw new PythonError(`ValueError: invalid literal for int() with base 10: '${value}'`);
    return Number(value);
  }
  if (value === null || (typeof value === 'object' && !('float' in value)))
    throw new PythonError(`TypeError: int() argument must be a string, a bytes-like object or a real number, not '${typeName(value)}'`);
  return Math.trunc(numberOf(value));
}

function range([first = 0, second, step = 1]: readonly number[]): number[] {
  const [from, to] = second === undefined ? [0, first] : [first, second];
  if (step === 0) throw new PythonError('ValueError: range() arg 3 must not be zero');
  const length = Math.max(0, Math.ceil((to - from) / step));
  if (length > ITEMS_MAX) throw new PythonError('MemoryError');
  return Array.from({ length }, (_none, i) => from + i * step);
}
