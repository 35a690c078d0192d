// What a program of awk does: its rules for each line, and their statements.
import { own } from '../../own.ts';
import { Evaluation, type Surroundings } from './evaluation.ts';
import type { Expression } from './expressions.ts';
import { FUNCTIONS } from './functions.ts';
import type { AwkState, Locals } from './state.ts';
import type { AwkProgram, Output, Statement } from './syntax.ts';
import { AwkMistake } from './tokens.ts';
import { formattedValues, textOf, type Value } from './values.ts';

/** Statements for one line; more are a loop without an end. */
const STATEMENTS_MAX = 100_000;
const CALLS_MAX = 200;

type Leaving = 'next' | 'nextfile' | 'break' | 'continue' | 'exit' | 'return' | undefined;

export class AwkMachine extends Evaluation {
  private readonly program: AwkProgram;
  private statements = 0;
  private returned: Value = '';

  constructor(program: AwkProgram, state: AwkState, around: Surroundings) {
    super(state, around);
    this.program = program;
  }

  runAll(when: 'begin' | 'end'): void {
    for (const rule of this.program.rules) if (rule.when === when && rule.action && this.run(rule.action) === 'exit') return;
  }

  /** All rules for one line; `nextfile`: no more of its file. */
  runLine(line: string): 'nextfile' | undefined {
    this.count();
    this.setLine(line);
    for (const [i, { when, pattern, until, action }] of this.program.rules.entries()) {
      if (when !== 'line' || (pattern && !(until ? this.isWithin(i, pattern, until) : this.isTrue(pattern)))) continue;
      const leaving = action ? this.run(action) : this.print(this.lineOf([]), undefined);
      if (leaving === 'nextfile') return leaving;
      if (leaving === 'next' || leaving === 'exit') return undefined;
    }
    return undefined;
  }

  private isWithin(rule: number, first: Expression, last: Expression): boolean {
    const { open } = this.state;
    if (!open[rule] && !this.isTrue(first)) return false;
    if (this.isTrue(last)) delete open[rule];
    else open[rule] = true;
    return true;
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
        return this.print(this.lineOf(statement.args), statement.output);
      case 'printf': {
        const [format = '', ...values] = statement.args.map((arg) => this.value(arg));
        return this.print(formattedValues(textOf(format), values), statement.output);
      }
      case 'expression':
        this.value(statement.expression);
        return undefined;
      case 'if':
        if (this.isTrue(statement.condition)) return this.run(statement.yes);
        return statement.no && this.run(statement.no);
      case 'while':
        return this.loop(statement.condition, statement.body, undefined);
      case 'do': {
        const leaving = this.run(statement.body);
        if (leaving && leaving !== 'continue') return leaving === 'break' ? undefined : leaving;
        return this.loop(statement.condition, statement.body, undefined);
      }
      case 'for':
        if (statement.first) this.run(statement.first);
        return this.loop(statement.condition, statement.body, statement.step);
      case 'each':
        return this.each(statement);
      case 'delete':
        if (statement.key) delete this.array(statement.array)[this.text(statement.key)];
        else for (const key of Object.keys(this.array(statement.array))) delete this.array(statement.array)[key];
        return undefined;
      case 'exit':
        this.state.exitCode = statement.value ? this.number(statement.value) : (this.state.exitCode ?? 0);
        return 'exit';
      case 'return':
        this.returned = statement.value ? this.value(statement.value) : '';
        return 'return';
      default:
        return statement.type;
    }
  }

  private lineOf(args: readonly Expression[]): string {
    const { variables, line } = this.state;
    const text = args.length === 0 ? line : args.map((arg) => this.text(arg)).join(textOf(variables['OFS'] ?? ' '));
    return text + textOf(variables['ORS'] ?? '\n');
  }

  private print(text: string, output: Output | undefined): undefined {
    if (output) this.state.written.push({ operator: output.operator, target: this.text(output.target), text });
    else this.state.printed += text;
  }

  private loop(condition: Expression | undefined, body: Statement, step: Statement | undefined): Leaving {
    while (!condition || this.isTrue(condition)) {
      const leaving = this.run(body);
      if (leaving === 'break') break;
      if (leaving && leaving !== 'continue') return leaving;
      if (step) this.run(step);
    }
    return undefined;
  }

  private each({ name, array, body }: Extract<Statement, { type: 'each' }>): Leaving {
    for (const key of Object.keys(this.array(array))) {
      this.assign({ type: 'variable', name }, key);
      const leaving = this.run(body);
      if (leaving === 'break') break;
      if (leaving && leaving !== 'continue') return leaving;
    }
    return undefined;
  }

  // Functions ---------------------------------------------------------------------------------------------------------

  protected override call(name: string, args: readonly Expression[]): Value {
    const built = own(FUNCTIONS, name);
    if (built) return built(this, args);
    const called = own(this.program.functions, name);
    if (!called) throw new AwkMistake('Call to undefined function');
    const { calls } = this.state;
    if (calls.length >= CALLS_MAX) throw new AwkMistake('functions call each other without an end');
    const locals: Locals = { values: {}, arrays: {} };
    for (const [i, parameter] of called.parameters.entries()) {
      const arg = args[i];
      // An array is the caller's; what was not given may become an array of the function's own.
      if (arg?.type === 'variable' && this.hasArray(arg.name)) locals.arrays[parameter] = this.arrayName(arg.name);
      else {
        if (!arg) locals.arrays[parameter] = `${name} ${calls.length} ${parameter}`;
        else if (arg.type === 'variable') locals.arrays[parameter] = this.arrayName(arg.name);
        locals.values[parameter] = arg ? this.value(arg) : '';
      }
    }
    for (const own of Object.values(locals.arrays)) if (own.startsWith(`${name} ${calls.length} `)) delete this.state.arrays[own];
    calls.push(locals);
    this.returned = '';
    this.run(called.body);
    calls.pop();
    return this.returned;
  }
}
