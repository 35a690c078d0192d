// Values of Python as plain data, and what can be done with them.
import { holds } from '../../../../../base/holds.ts';
import { power } from '../../../../../base/mathematics.ts';

/** Numbers are whole; those with a point are in a record of their own, as `2` and `2.0` are not shown alike. */
export type Value = string | number | boolean | null | Float | readonly Value[] | Dictionary;

export interface Float {
  readonly float: number;
}

/** Pairs in their order. */
export interface Dictionary {
  readonly pairs: readonly (readonly [Value, Value])[];
}

/** What ends a script with a traceback. */
export class PythonError extends Error {}

export function isFloat(value: Value): value is Float {
  return typeof value === 'object' && value !== null && 'float' in value;
}

export function isDictionary(value: Value): value is Dictionary {
  return typeof value === 'object' && value !== null && 'pairs' in value;
}

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

export function numberOf(value: Value): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return Number(value);
  if (isFloat(value)) return value.float;
  throw new PythonError(`TypeError: unsupported operand type(s): '${typeName(value)}'`);
}

export function typeName(value: Value): string {
  if (value === null) return 'NoneType';
  if (isFloat(value)) return 'float';
  if (isDictionary(value)) return 'dict';
  if (isList(value)) return 'list';
  return typeof value === 'string' ? 'str' : typeof value === 'boolean' ? 'bool' : 'int';
}

export function truth(value: Value): boolean {
  if (isList(value)) return value.length > 0;
  if (isDictionary(value)) return value.pairs.length > 0;
  if (isFloat(value)) return value.float !== 0;
  return value !== null && value !== false && value !== 0 && value !== '';
}

/** As `print` shows it. */
export function shown(value: Value): string {
  return typeof value === 'string' ? value : represented(value);
}

/** As it is written in a script. */
export function represented(value: Value): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') {
    const quote = value.includes("'") && !value.includes('"') ? '"' : "'";
    return `${quote}${value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}${quote}`;
  }
  if (isFloat(value)) return Number.isInteger(value.float) ? `${value.float}.0` : String(value.float);
  if (isList(value)) return `[${value.map(represented).join(', ')}]`;
  if (isDictionary(value)) return `{${value.pairs.map(([key, each]) => `${represented(key)}: ${represented(each)}`).join(', ')}}`;
  return String(value);
}

/** What a `for` goes through. */
export function itemsOf(value: Value): readonly Value[] {
  if (isList(value)) return value;
  if (typeof value === 'string') return [...value];
  if (isDictionary(value)) return value.pairs.map(([key]) => key);
  throw new PythonError(`TypeError: '${typeName(value)}' object is not iterable`);
}

export function lookUp(dictionary: Dictionary, key: Value): Value | undefined {
  return dictionary.pairs.find(([each]) => isSame(each, key))?.[1];
}

/** `value[key]`. */
export function itemOf(value: Value, key: Value): Value {
  if (isDictionary(value)) {
    const found = lookUp(value, key);
    if (found === undefined) throw new PythonError(`KeyError: ${represented(key)}`);
    return found;
  }
  if (!isList(value) && typeof value !== 'string') throw new PythonError(`TypeError: '${typeName(value)}' object is not subscriptable`);
  const found = value.at(numberOf(key));
  if (found === undefined) throw new PythonError(`IndexError: ${typeof value === 'string' ? 'string' : 'list'} index out of range`);
  return found;
}

function isSame(a: Value, b: Value): boolean {
  if (a === null || b === null || typeof a === 'string' || typeof b === 'string') return a === b;
  if (isList(a) || isList(b) || isDictionary(a) || isDictionary(b)) return represented(a) === represented(b);
  return numberOf(a) === numberOf(b);
}

export function compare(a: Value, operator: string, b: Value): boolean {
  if (operator === '==' || operator === '!=') return isSame(a, b) === (operator === '==');
  if (operator === 'in' && typeof a === 'string' && typeof b === 'string') return b.includes(a);
  if (operator === 'in') return itemsOf(b).some((each) => isSame(each, a));
  if (typeof a === 'string' && typeof b === 'string') return holds(a, operator, b);
  if ([a, b].every((each) => typeof each === 'number' || typeof each === 'boolean' || isFloat(each)))
    return holds(numberOf(a), operator, numberOf(b));
  throw new PythonError(`TypeError: '${operator}' not supported between instances of '${typeName(a)}' and '${typeName(b)}'`);
}

/** What a text grows to at most; a script that wants more is out of memory. */
const LETTERS_MAX = 1 << 22;

export function compute(a: Value, operator: string, b: Value): Value {
  if (operator === '+' && isList(a) && isList(b)) return [...a, ...b];
  if (typeof a === 'string' || typeof b === 'string') return computeText(a, operator, b);
  const [left, right] = [numberOf(a), numberOf(b)];
  if ((operator === '/' || operator === '//' || operator === '%') && right === 0)
    throw new PythonError('ZeroDivisionError: division by zero');
  const value = computeNumber(left, operator, right);
  return operator === '/' || isFloat(a) || isFloat(b) ? { float: value } : value;
}

function computeText(a: Value, operator: string, b: Value): string {
  if (operator === '+' && typeof a === 'string' && typeof b === 'string') return grown(a.length + b.length, () => a + b);
  if (operator === '*' && typeof a === 'string' && typeof b === 'number') return grown(a.length * b, () => a.repeat(Math.max(0, b)));
  if (operator === '+' && typeof a === 'string') throw new PythonError(`TypeError: can only concatenate str (not "${typeName(b)}") to str`);
  throw new PythonError(`TypeError: unsupported operand type(s) for ${operator}: '${typeName(a)}' and '${typeName(b)}'`);
}

function grown(letters: number, make: () => string): string {
  if (letters > LETTERS_MAX) throw new PythonError('MemoryError');
  return make();
}

function computeNumber(left: number, operator: string, right: number): number {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '//':
      return Math.floor(left / right);
    case '**':
      return power(left, right);
    default:
      return left - right * Math.floor(left / right);
  }
}

/** A method of a text, a list or a dictionary. */
export function callMethod(on: Value, name: string, [first = null, second = null]: readonly Value[]): Value {
  if (typeof on === 'string') {
    switch (name) {
      case 'upper':
        return on.toUpperCase();
      case 'lower':
        return on.toLowerCase();
      case 'strip':
        return on.trim();
      case 'split':
        return first === null ? on.split(/\s+/).filter(Boolean) : on.split(shown(first));
      case 'join':
        return itemsOf(first).map(shown).join(on);
      case 'startswith':
        return on.startsWith(shown(first));
      case 'endswith':
        return on.endsWith(shown(first));
      case 'replace':
        return on.replaceAll(shown(first), shown(second));
    }
  }
  if (isDictionary(on)) {
    switch (name) {
      case 'get':
        return lookUp(on, first) ?? second;
      case 'keys':
        return itemsOf(on);
      case 'values':
        return on.pairs.map(([, value]) => value);
      case 'items':
        return on.pairs;
    }
  }
  throw new PythonError(`AttributeError: '${typeName(on)}' object has no attribute '${name}'`);
}
