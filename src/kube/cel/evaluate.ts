// Works out an expression of the Common Expression Language. Models github.com/google/cel-go's interpreter and the macros, and of
// Kubernetes' libraries the few that rules often use. Numbers are of one sort here: where both are whole, a division is too.
import { isEqual } from '../../base/equal.ts';
import { holds } from '../../base/holds.ts';
import { goPattern } from '../goPattern.ts';
import { isMap } from '../goText.ts';
import { type Expression, UnsupportedExpression } from './parse.ts';

/** What an expression comes to nothing for, in the language's own words: `no such key: replicas`. */
export class CelError extends Error {}

export type Names = Readonly<Record<string, unknown>>;

/** Throws CelError where the values do not fit, UnsupportedExpression for what is not known here. */
export function evaluateCel(expression: Expression, names: Names): unknown {
  switch (expression.type) {
    case 'value':
      return expression.value;
    case 'name':
      if (!Object.hasOwn(names, expression.name)) throw new UnsupportedExpression(expression.name);
      return names[expression.name];
    case 'list':
      return expression.items.map((item) => evaluateCel(item, names));
    case 'map':
      return Object.fromEntries(expression.entries.map(([key, value]) => [String(evaluateCel(key, names)), evaluateCel(value, names)]));
    case 'field':
      return valueAt(evaluateCel(expression.of, names), expression.name);
    case 'index':
      return valueAt(evaluateCel(expression.of, names), evaluateCel(expression.at, names));
    case 'call':
      return call(expression, names);
    case 'unary': {
      const value = evaluateCel(expression.of, names);
      return expression.operator === '!' ? !boolean(value) : -number(value);
    }
    case 'binary':
      return binary(expression, names);
    case 'choice':
      return evaluateCel(boolean(evaluateCel(expression.condition, names)) ? expression.yes : expression.no, names);
  }
}

function valueAt(holder: unknown, at: unknown): unknown {
  if (Array.isArray(holder) && typeof at === 'number') {
    if (at < 0 || at >= holder.length) throw new CelError(`index out of bounds: ${at}`);
    return holder[at];
  }
  const name = String(at);
  if (!isMap(holder) || !Object.hasOwn(holder, name) || holder[name] === undefined) throw new CelError(`no such key: ${name}`);
  return holder[name];
}

function boolean(value: unknown): boolean {
  if (typeof value !== 'boolean') throw new CelError('no such overload');
  return value;
}

function number(value: unknown): number {
  if (typeof value !== 'number') throw new CelError('no such overload');
  return value;
}

type Binary = Extract<Expression, { type: 'binary' }>;

function binary({ operator, left, right }: Binary, names: Names): unknown {
  if (operator === '&&' || operator === '||') return eitherWay(operator === '||', left, right, names);
  const [a, b] = [evaluateCel(left, names), evaluateCel(right, names)];
  switch (operator) {
    case '==':
      return isEqual(a, b);
    case '!=':
      return !isEqual(a, b);
    case 'in':
      return Array.isArray(b) ? b.some((item) => isEqual(item, a)) : isMap(b) && Object.hasOwn(b, String(a));
    case '+':
      if (typeof a === 'string' && typeof b === 'string') return a + b;
      if (Array.isArray(a) && Array.isArray(b)) return [...a, ...b];
      return number(a) + number(b);
    case '-':
      return number(a) - number(b);
    case '*':
      return number(a) * number(b);
    case '/':
    case '%':
      return divided(operator, number(a), number(b));
    default:
      return compared(operator, a, b);
  }
}

/** One side decides, whatever is wrong with the other. */
function eitherWay(decisive: boolean, left: Expression, right: Expression, names: Names): boolean {
  let mistake: CelError | undefined;
  for (const side of [left, right]) {
    try {
      if (boolean(evaluateCel(side, names)) === decisive) return decisive;
    } catch (error) {
      if (!(error instanceof CelError)) throw error;
      mistake ??= error;
    }
  }
  if (mistake) throw mistake;
  return !decisive;
}

function divided(operator: '/' | '%', a: number, b: number): number {
  const areWhole = Number.isInteger(a) && Number.isInteger(b);
  if (areWhole && b === 0) throw new CelError(operator === '/' ? 'division by zero' : 'modulus by zero');
  if (operator === '%') return a % b;
  return areWhole ? Math.trunc(a / b) : a / b;
}

function compared(operator: string, a: unknown, b: unknown): boolean {
  const fit = (typeof a === 'number' && typeof b === 'number') || (typeof a === 'string' && typeof b === 'string');
  if (!fit) throw new CelError('no such overload');
  return holds(a as number, operator, b as number);
}

// Functions --------------------------------------------------------------------------------------------------------------

type Call = Extract<Expression, { type: 'call' }>;

function call(expression: Call, names: Names): unknown {
  const { name, on, args } = expression;
  if (name === 'has' && on === undefined) return has(args[0], names);
  if (on !== undefined && args.length === 2 && Object.hasOwn(macros, name)) return macro(expression, names);
  const values = [...(on === undefined ? [] : [on]), ...args].map((each) => evaluateCel(each, names));
  const known = Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (!known) throw new UnsupportedExpression(name);
  return known(...values);
}

function has(of: Expression | undefined, names: Names): boolean {
  if (of?.type !== 'field') throw new UnsupportedExpression('has');
  const holder = evaluateCel(of.of, names);
  return isMap(holder) && holder[of.name] !== undefined;
}

type Macro = (items: readonly unknown[], test: (item: unknown) => unknown) => unknown;

const macros: Readonly<Record<string, Macro>> = {
  all: (items, test) => items.every((item) => boolean(test(item))),
  exists: (items, test) => items.some((item) => boolean(test(item))),
  exists_one: (items, test) => items.filter((item) => boolean(test(item))).length === 1,
  filter: (items, test) => items.filter((item) => boolean(test(item))),
  map: (items, test) => items.map(test),
};

/** `self.items.all(item, item.size > 0)`; of a map the keys are gone through. */
function macro({ name, on, args }: Call, names: Names): unknown {
  const [variable, body] = args;
  if (variable?.type !== 'name' || !body || !on) throw new UnsupportedExpression(name);
  const holder = evaluateCel(on, names);
  const items = Array.isArray(holder) ? holder : isMap(holder) ? Object.keys(holder) : undefined;
  if (!items) throw new CelError('no such overload');
  return macros[name]?.(items, (item) => evaluateCel(body, { ...names, [variable.name]: item }));
}

function text(value: unknown): string {
  if (typeof value !== 'string') throw new CelError('no such overload');
  return value;
}

const functions: Readonly<Record<string, (...values: unknown[]) => unknown>> = {
  size: (value) => (typeof value === 'string' ? [...value].length : Array.isArray(value) ? value.length : sizeOfMap(value)),
  startsWith: (value, part) => text(value).startsWith(text(part)),
  endsWith: (value, part) => text(value).endsWith(text(part)),
  contains: (value, part) => text(value).includes(text(part)),
  matches,
  lowerAscii: (value) => text(value).toLowerCase(),
  upperAscii: (value) => text(value).toUpperCase(),
  trim: (value) => text(value).trim(),
  split: (value, separator) => text(value).split(text(separator)),
  string: (value) => String(value as string | number | boolean),
  int: (value) => Math.trunc(Number(value)),
  double: Number,
};

function matches(value: unknown, pattern: unknown): boolean {
  const expression = goPattern(text(pattern));
  if (!expression) throw new UnsupportedExpression(text(pattern));
  return expression.test(text(value));
}

function sizeOfMap(value: unknown): number {
  if (!isMap(value)) throw new CelError('no such overload');
  return Object.keys(value).length;
}
