// Evaluates the expressions of awk.
import { own } from '../../own.ts';
import { regexOf } from '../../regex.ts';
import type { World } from '../../world.ts';
import type { Expression, Getline } from './expressions.ts';
import type { AwkState } from './state.ts';
import type { Streams } from './streams.ts';
import { AwkMistake } from './tokens.ts';
import { compare, compute, isNumeric, numberOf, splitBy, textOf, type Value } from './values.ts';

/** What the machine is given. */
export interface Surroundings {
  readonly world: World;
  readonly streams: Streams;
  /** The next line of the input; undefined: there is none. */
  nextLine(): string | undefined;
  /** Writes what was printed so far. */
  flush(): void;
}

const FIELDS_MAX = 1000;
const TEXT_FUNCTIONS = new Set(['substr', 'sprintf', 'tolower', 'toupper']);

/** What is a text whatever it looks like. */
function isText(expression: Expression): boolean {
  if (expression.type === 'call') return TEXT_FUNCTIONS.has(expression.name);
  return expression.type === 'text' || (expression.type === 'binary' && expression.operator === ' ');
}

export abstract class Evaluation {
  readonly state: AwkState;
  readonly around: Surroundings;

  constructor(state: AwkState, around: Surroundings) {
    this.state = state;
    this.around = around;
  }

  /** Calls a function, awk's or the program's. */
  protected abstract call(name: string, args: readonly Expression[]): Value;

  protected count(): void {
    const { variables } = this.state;
    variables['NR'] = numberOf(variables['NR'] ?? 0) + 1;
    variables['FNR'] = numberOf(variables['FNR'] ?? 0) + 1;
  }

  protected setLine(line: string): void {
    const { state } = this;
    state.line = line;
    state.fields = splitBy(line, textOf(state.variables['FS'] ?? ' '));
    state.variables['NF'] = state.fields.length;
  }

  /** The array that goes by this name here. */
  array(name: string): Record<string, Value> {
    const global = this.arrayName(name);
    return own(this.state.arrays, global) ?? (this.state.arrays[global] = {});
  }

  hasArray(name: string): boolean {
    return own(this.state.arrays, this.arrayName(name)) !== undefined;
  }

  protected arrayName(name: string): string {
    return own(this.state.calls.at(-1)?.arrays ?? {}, name) ?? name;
  }

  text(expression: Expression): string {
    return textOf(this.value(expression));
  }

  number(expression: Expression): number {
    return numberOf(this.value(expression));
  }

  protected isTrue(expression: Expression): boolean {
    const value = this.value(expression);
    if (typeof value === 'number') return value !== 0;
    return value !== '' && (isText(expression) || !isNumeric(value) || Number(value) !== 0);
  }

  value(expression: Expression): Value {
    switch (expression.type) {
      case 'number':
      case 'text':
        return expression.value;
      case 'regex':
        return Number(regexOf(expression.source, { isExtended: true }).isIn(this.state.line));
      case 'variable':
        return own(this.scopeOf(expression.name), expression.name) ?? '';
      case 'field':
        return this.field(this.number(expression.index));
      case 'item':
        return (this.array(expression.array)[this.text(expression.key)] ??= '');
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
      case 'getline':
        return this.getline(expression);
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

  /** Where a variable of this name is kept: a function's own, or everybody's. */
  private scopeOf(name: string): Record<string, Value> {
    const values = this.state.calls.at(-1)?.values;
    return values && Object.hasOwn(values, name) ? values : this.state.variables;
  }

  assign(target: Expression, value: Value): Value {
    if (target.type === 'variable') {
      this.scopeOf(target.name)[target.name] = value;
      if (target.name === 'NF') this.setFieldCount(numberOf(value));
    } else if (target.type === 'item') this.array(target.array)[this.text(target.key)] = value;
    else if (target.type === 'field') this.assignField(this.number(target.index), textOf(value));
    else throw new AwkMistake('cannot assign to this');
    return value;
  }

  private assignField(index: number, text: string): void {
    if (index === 0) return this.setLine(text);
    this.setFieldCount(Math.max(this.state.fields.length, Math.min(index, FIELDS_MAX)));
    this.state.fields[index - 1] = text;
    this.state.line = this.joinedFields();
    return undefined;
  }

  private setFieldCount(count: number): void {
    const { state } = this;
    while (state.fields.length < Math.min(count, FIELDS_MAX)) state.fields.push('');
    state.fields.length = Math.max(0, Math.min(count, FIELDS_MAX));
    state.variables['NF'] = state.fields.length;
    state.line = this.joinedFields();
  }

  private joinedFields(): string {
    return this.state.fields.join(textOf(this.state.variables['OFS'] ?? ' '));
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
      case '!~': {
        const text = this.text(left);
        return Number(this.regex(right).isIn(text) === (operator === '~'));
      }
      case '==':
      case '!=':
      case '<':
      case '<=':
      case '>':
      case '>=':
        return Number(compare(operator, this.value(left), this.value(right), isText(left) || isText(right)));
      default:
        return compute(operator, this.number(left), this.number(right));
    }
  }

  regex(expression: Expression) {
    return regexOf(expression.type === 'regex' ? expression.source : this.text(expression), { isExtended: true });
  }

  // Reading and running ---------------------------------------------------------------------------------------------

  /** 1 with a line, 0 at the end, -1 where nothing can be read. */
  private getline({ from, source, target }: Getline): number {
    const line = from === 'input' ? this.around.nextLine() : this.lineFrom(from === 'command', this.text(source as Expression));
    if (typeof line !== 'string') return line ?? 0;
    if (from === 'input') this.count();
    if (target) this.assign(target, line);
    else this.setLine(line);
    return 1;
  }

  /** The next line of a file or a command, or how it stands with it. */
  private lineFrom(isCommand: boolean, source: string): string | 0 | -1 {
    const { readTo } = this.state;
    const key = this.keyOf(source);
    const from = readTo[key] ?? 0;
    this.around.flush();
    const line = this.around.streams.line(source, isCommand, key, from);
    if (line === undefined) return -1;
    if (line === '') return 0;
    readTo[key] = from + line.length;
    return line.endsWith('\n') ? line.slice(0, -1) : line;
  }

  /** What was closed is another when it is used again. */
  private keyOf(name: string): string {
    return `${this.state.uses[name] ?? 0} ${name}`;
  }

  /** Runs a command to its end, a new run with each call; its exit code. */
  runCommand(command: string): number {
    const key = `run ${this.keyOf(command)}`;
    this.around.flush();
    const status = this.around.streams.run(command, key);
    this.state.uses[command] = (this.state.uses[command] ?? 0) + 1;
    return status;
  }

  close(name: string): number {
    const { streams } = this.around;
    this.around.flush();
    if (streams.isFed(name, `run ${this.keyOf(name)}`)) return this.runCommand(name);
    const wasOpen = streams.closeFile(name) || this.keyOf(name) in this.state.readTo;
    this.state.uses[name] = (this.state.uses[name] ?? 0) + 1;
    return wasOpen ? 0 : -1;
  }
}
