// Values of awk: texts and numbers, and when one is the other.
import { holds } from '../../../../../base/holds.ts';
import { power } from '../../../../../base/mathematics.ts';
import { formatted } from '../../format.ts';
import { regexOf } from '../../regex.ts';
import { AwkMistake } from './tokens.ts';

export type Value = string | number;

const NUMBER = /^\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?/;

export function isNumeric(text: string): boolean {
  return (NUMBER.exec(text)?.[0].length ?? -1) === text.trimEnd().length;
}

export function numberOf(value: Value): number {
  return typeof value === 'number' ? value : Number(NUMBER.exec(value)?.[0] ?? 0);
}

export function textOf(value: Value): string {
  if (typeof value === 'string') return value;
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  return Number.isInteger(value) && Math.abs(value) < 2 ** 63 ? String(value) : formatted('%.6g', [String(value)]);
}

/** As numbers where both look like numbers, else as texts; what is written as a text in the program is one. */
export function compare(operator: string, a: Value, b: Value, isText: boolean): boolean {
  const isNumber = (value: Value) => typeof value === 'number' || isNumeric(value);
  const isEmptyBeside = (value: Value, other: Value) => value === '' && typeof other === 'number';
  const isOfNumbers = !isText && ((isNumber(a) && isNumber(b)) || isEmptyBeside(a, b) || isEmptyBeside(b, a));
  const [left, right] = isOfNumbers ? [numberOf(a), numberOf(b)] : [textOf(a), textOf(b)];
  return holds(left, operator, right);
}

export function compute(operator: string, a: number, b: number): number {
  if ((operator === '/' || operator === '%') && b === 0) throw new AwkMistake('Division by zero');
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '%':
      return a % b;
    default:
      return power(a, b);
  }
}

/** Fields: between blanks, at a letter, or at what an expression matches. */
export function splitBy(text: string, separator: string): string[] {
  if (separator === ' ') return text.split(/\s+/).filter((field) => field !== '');
  if (text === '') return [];
  if (separator === '') return [...text];
  if (separator.length === 1) return text.split(separator);
  const regex = regexOf(separator, { isExtended: true });
  const fields: string[] = [];
  let at = 0;
  for (let match = regex.find(text, at); match && match[1] !== match[0]; match = regex.find(text, at)) {
    fields.push(text.slice(at, match[0]));
    at = match[1] as number;
  }
  return [...fields, text.slice(at)];
}

/** As printf(3): each value as its conversion wants it, a number as a letter's code. */
export function formattedValues(format: string, values: readonly Value[]): string {
  const texts: string[] = [];
  for (const [, width, precision, letter] of format.matchAll(/%[-+ 0#]*(\*|\d+)?(?:\.(\*|\d+))?([a-zA-Z%])/g)) {
    if (letter === '%') continue;
    for (const star of [width, precision]) if (star === '*') texts.push(textOf(values[texts.length] ?? 0));
    texts.push(asConversion(letter as string, values[texts.length] ?? ''));
  }
  return formatted(format, texts);
}

function asConversion(letter: string, value: Value): string {
  if (letter === 'c') return typeof value === 'number' ? String.fromCharCode(value) : value;
  if (letter === 's') return textOf(value);
  return /[efgEFG]/.test(letter) ? String(numberOf(value)) : BigInt(Math.trunc(numberOf(value)) || 0).toString();
}
