// What a program of awk does: its variables, fields and arrays as plain data, and its statements run on them.
import { holds } from '../../../../base/holds.ts';
import { EPOCH_MS } from '../../../../kube/meta.ts';
import { formatted } from '../format.ts';
import { own } from '../own.ts';
import { regexOf } from '../regex.ts';
import type { World } from '../world.ts';
import { AwkMistake, type Expression, type Rule, type Statement } from './awkSyntax.ts';

type Value = string | number;

export interface AwkState {
  variables: Record<string, Value>;
  arrays: Record<string, Record<string, Value>>;
  line: string;
  fields: string[];
  /** What was printed and not yet written. */
  printed: string;
  exitCode: number | undefined;
}

export function newAwkState(assigned: Readonly<Record<string, string>>): AwkState {
  return {
    variables: { FS: ' ', OFS: ' ', ORS: '\n', NR: 0, FNR: 0, NF: 0, FILENAME: '', ...assigned },
    arrays: {},
    line: '',
    fields: [],
    printed: '',
    exitCode: undefined,
  };
}

/** Statements for one line; more are a loop without an end. */
const STATEMENTS_MAX = 100_000;

type Leaving = 'next' | 'break' | 'continue' | 'exit' | undefined;

export class AwkMachine {
  private readonly rules: readonly Rule[];
  private readonly state: AwkState;
  private readonly world: World;
  private statements = 0;

  constructor(rules: readonly Rule[], state: AwkState, world: World) {
    this.rules = rules;
    this.state = state;
    this.world = world;
  }

  runAll(when: 'begin' | 'end'): void {
    for (const { when: each, action } of this.rules) if (each === when && action && this.run(action) === 'exit') return;
  }

  runLine(line: string): void {
    const { state } = this;
    state.variables['NR'] = Number(state.variables['NR']) + 1;
    state.variables['FNR'] = Number(state.variables['FNR']) + 1;
    this.setLine(line);
    for (const { when, pattern, action } of this.rules) {
      if (when !== 'line' || (pattern && !this.isTrue(pattern))) continue;
      const leaving = action ? this.run(action) : this.print([]);
      if (leaving === 'next' || leaving === 'exit') return;
    }
  }

  private setLine(line: string): void {
    const { state } = this;
    state.line = line;
    state.fields = splitBy(line, String(state.variables['FS']));
    state.variables['NF'] = state.fields.length;
  }

  // Statements --------------------------------------------------------------------------------------------------------

  private run(statement: Statement): Leaving {
    if (++this.statements > STATEMENTS_MAX) throw new AwkMistake('a loop does not end');
    switch (statement.type) {
      case 'block':
        for (const each of statement.statements) {
          const leaving = this.run(each);
          if (leaving) return leaving;
        }
        return undefined;
      case 'print':
        return this.print(statement.args);
      case 'printf': {
        const [format = '', ...values] = statement.args.map((arg) => this.text(arg));
        this.state.printed += formatted(format, values);
        return undefined;
      }
      case 'expression':
        this.value(statement.expression);
        return undefined;
      case 'if':
        if (this.isTrue(statement.condition)) return this.run(statement.yes);
        return statement.no && this.run(statement.no);
      case 'while':
        return this.loop(statement.condition, statement.body, undefined);
      case 'for':
        if (statement.first) this.run(statement.first);
        return this.loop(statement.condition, statement.body, statement.step);
      case 'each':
        return this.each(statement);
      case 'delete':
        if (statement.key) delete this.array(statement.array)[this.text(statement.key)];
        else this.state.arrays[statement.array] = {};
        return undefined;
      case 'exit':
        this.state.exitCode = statement.code ? this.number(statement.code) : 0;
        return 'exit';
      default:
        return statement.type;
    }
  }

  private print(args: readonly Expression[]): undefined {
    const { variables, line } = this.state;
    const text = args.length === 0 ? line : args.map((arg) => this.text(arg)).join(String(variables['OFS']));
    this.state.printed += text + String(variables['ORS']);
  }

  private loop(condition: Expression | undefined, body: Statement, step: Statement | undefined): Leaving {
    while (!condition || this.isTrue(condition)) {
      const leaving = this.run(body);
      if (leaving === 'break') break;
      if (leaving === 'next' || leaving === 'exit') return leaving;
      if (step) this.run(step);
    }
    return undefined;
  }

  private each({ name, array, body }: Extract<Statement, { type: 'each' }>): Leaving {
    for (const key of Object.keys(this.array(array))) {
      this.state.variables[name] = key;
      const leaving = this.run(body);
      if (leaving === 'break') break;
      if (leaving === 'next' || leaving === 'exit') return leaving;
    }
    return undefined;
  }

  // Values ------------------------------------------------------------------------------------------------------------

  private array(name: string): Record<string, Value> {
    return own(this.state.arrays, name) ?? (this.state.arrays[name] = {});
  }

  private text(expression: Expression): string {
    return textOf(this.value(expression));
  }

  private number(expression: Expression): number {
    return numberOf(this.value(expression));
  }

  private isTrue(expression: Expression): boolean {
    const value = this.value(expression);
    return typeof value === 'number'
      ? value !== 0
      : value !== '' && (!isNumeric(value) || Number(value) !== 0 || expression.type === 'text');
  }

  private value(expression: Expression): Value {
    switch (expression.type) {
      case 'number':
      case 'text':
        return expression.value;
      case 'regex':
        return Number(regexOf(expression.source, { isExtended: true }).isIn(this.state.line));
      case 'variable':
        return own(this.state.variables, expression.name) ?? '';
      case 'field':
        return this.field(this.number(expression.index));
      case 'item':
        return own(this.array(expression.array), this.text(expression.key)) ?? '';
      case 'in':
        return Number(Object.hasOwn(this.array(expression.array), this.text(expression.key)));
      case 'unary':
        return this.unary(expression.operator, expression.operand);
      case 'binary':
        return this.binary(expression);
      case 'assign':
        return this.assign(expression.target, this.assigned(expression));
      case 'step': {
        const before = this.number(expression.target);
        const after = Number(this.assign(expression.target, before + expression.by));
        return expression.isBefore ? after : before;
      }
      case 'choice':
        return this.value(this.isTrue(expression.condition) ? expression.yes : expression.no);
      case 'call':
        return this.call(expression.name, expression.args);
    }
  }

  private unary(operator: string, operand: Expression): Value {
    if (operator === '!') return Number(!this.isTrue(operand));
    return operator === '-' ? -this.number(operand) : this.number(operand);
  }

  private field(index: number): string {
    return index === 0 ? this.state.line : (this.state.fields[index - 1] ?? '');
  }

  private assigned({ operator, target, value }: Extract<Expression, { type: 'assign' }>): Value {
    return operator === '=' ? this.value(value) : compute(operator.slice(0, -1), this.number(target), this.number(value));
  }

  private assign(target: Expression, value: Value): Value {
    const { state } = this;
    if (target.type === 'variable') state.variables[target.name] = value;
    else if (target.type === 'item') this.array(target.array)[this.text(target.key)] = value;
    else if (target.type === 'field') this.assignField(this.number(target.index), textOf(value));
    else throw new AwkMistake('cannot assign to this');
    return value;
  }

  private assignField(index: number, text: string): void {
    const { state } = this;
    if (index === 0) return this.setLine(text);
    while (state.fields.length < index && index < 1000) state.fields.push('');
    state.fields[index - 1] = text;
    state.variables['NF'] = state.fields.length;
    state.line = state.fields.join(String(state.variables['OFS']));
    return undefined;
  }

  private binary({ operator, left, right }: Extract<Expression, { type: 'binary' }>): Value {
    switch (operator) {
      case '&&':
        return Number(this.isTrue(left) && this.isTrue(right));
      case '||':
        return Number(this.isTrue(left) || this.isTrue(right));
      case ' ':
        return this.text(left) + this.text(right);
      case '~':
      case '!~':
        return Number(this.regex(right).isIn(this.text(left)) === (operator === '~'));
      case '==':
      case '!=':
      case '<':
      case '<=':
      case '>':
      case '>=':
        return Number(compare(operator, this.value(left), this.value(right)));
      default:
        return compute(operator, this.number(left), this.number(right));
    }
  }

  private regex(expression: Expression) {
    return regexOf(expression.type === 'regex' ? expression.source : this.text(expression), { isExtended: true });
  }

  // Functions ---------------------------------------------------------------------------------------------------------

  private call(name: string, args: readonly Expression[]): Value {
    const [first, second, third] = args;
    const text = first ? this.text(first) : this.state.line;
    switch (name) {
      case 'length':
        return first?.type === 'variable' && own(this.state.arrays, first.name) ? Object.keys(this.array(first.name)).length : text.length;
      case 'substr': {
        const from = Math.max(1, Math.round(this.number(second ?? (first as Expression))));
        return text.slice(from - 1, third ? from - 1 + Math.max(0, Math.round(this.number(third))) : undefined);
      }
      case 'index':
        return text.indexOf(second ? this.text(second) : '') + 1;
      case 'tolower':
        return text.toLowerCase();
      case 'toupper':
        return text.toUpperCase();
      case 'int':
        return Math.trunc(numberOf(text));
      case 'srand':
        return 0;
      case 'rand':
        return this.world.random('awk');
      case 'systime':
        return Math.floor((EPOCH_MS + this.world.nowMs) / 1000);
      case 'sqrt':
        return Math.sqrt(numberOf(text));
      case 'sprintf':
        return formatted(
          text,
          args.slice(1).map((arg) => this.text(arg)),
        );
      case 'split':
        return this.split(text, second, third);
      case 'match': {
        const match = second && this.regex(second).find(text);
        this.state.variables['RSTART'] = match ? (match[0] ?? 0) + 1 : 0;
        this.state.variables['RLENGTH'] = match ? (match[1] ?? 0) - (match[0] ?? 0) : -1;
        return this.state.variables['RSTART'];
      }
      case 'sub':
      case 'gsub':
        return this.substitute(
          name === 'gsub',
          first as Expression,
          this.text(second as Expression),
          third ?? { type: 'field', index: { type: 'number', value: 0 } },
        );
      default:
        throw new AwkMistake(`function ${name} is not simulated`);
    }
  }

  private split(text: string, array: Expression | undefined, separator: Expression | undefined): number {
    if (array?.type !== 'variable') throw new AwkMistake('split needs an array');
    const by =
      separator === undefined ? String(this.state.variables['FS']) : separator.type === 'regex' ? separator.source : this.text(separator);
    const parts = splitBy(text, by);
    this.state.arrays[array.name] = Object.fromEntries(parts.map((part, i) => [String(i + 1), part]));
    return parts.length;
  }

  private substitute(isEverywhere: boolean, pattern: Expression, replacement: string, target: Expression): number {
    const regex = this.regex(pattern);
    const text = this.text(target);
    let out = '';
    let count = 0;
    let at = 0;
    while (at <= text.length) {
      const match = isEverywhere || count === 0 ? regex.find(text, at) : undefined;
      if (!match) break;
      const [from = 0, to = 0] = match;
      count++;
      out += text.slice(at, from) + replacement.replace(/\\&|&/g, (sign) => (sign === '&' ? text.slice(from, to) : '&'));
      if (to === from) out += text[to] ?? '';
      at = to === from ? to + 1 : to;
    }
    if (count > 0) this.assign(target, out + text.slice(at));
    return count;
  }
}

/** Fields: between blanks, at a letter, or at what an expression matches. */
function splitBy(text: string, separator: string): string[] {
  if (separator === ' ') return text.split(/\s+/).filter((field) => field !== '');
  if (text === '') return [];
  if (separator.length === 1) return text.split(separator);
  const regex = regexOf(separator === '\\t' ? '\t' : separator, { isExtended: true });
  const fields: string[] = [];
  let at = 0;
  for (let match = regex.find(text, at); match && match[1] !== match[0]; match = regex.find(text, at)) {
    fields.push(text.slice(at, match[0]));
    at = match[1] as number;
  }
  return [...fields, text.slice(at)];
}

function isNumeric(text: string): boolean {
  return /^\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*$/.test(text);
}

function numberOf(value: Value): number {
  return typeof value === 'number' ? value : Number(/^\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?/.exec(value)?.[0] ?? 0);
}

function textOf(value: Value): string {
  return typeof value === 'string' ? value : Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)));
}

function compare(operator: string, a: Value, b: Value): boolean {
  const isNumbers =
    (typeof a === 'number' || isNumeric(a) || a === '') && (typeof b === 'number' || isNumeric(b) || b === '') && !(a === '' && b === '');
  const isOfNumbers = isNumbers && !(typeof a === 'string' && typeof b === 'string' && (a === '' || b === ''));
  const [left, right] = isOfNumbers ? [numberOf(a), numberOf(b)] : [textOf(a), textOf(b)];
  return holds(left, operator, right);
}

function compute(operator: string, a: number, b: number): number {
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
      return a ** b;
  }
}
