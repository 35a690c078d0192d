// A little of Python, for the scripts of tutorials: assignments, if, while and for, print, sleep, exit, environment variables. What is
// not known is an error, as a misspelt name would be.
import type { Call, Outcome } from '../../call.ts';
import { AGAIN } from '../../call.ts';
import { own } from '../../own.ts';
import { evaluate } from './expression.ts';
import { afterBlock, afterBranches, enclosingLoop, isBranch, isLoop, type Line, linesOf, splitOutside } from './lines.ts';
import { itemsOf, numberOf, PythonError, shown, truth, type Value } from './values.ts';

export interface PythonState {
  /** The line that is to be run next. */
  line: number;
  variables: Record<string, Value>;
  untilMs: number;
  /** What each `for` goes through, by its line, and how far it is. */
  loops: Record<number, { readonly items: readonly Value[]; readonly next: number }>;
}

/** Lines in one step. */
const LINES_PER_STEP = 5;

/** Runs on from where the state is; an exit code, or what must come first. */
export function runPython(call: Call, text: string, state: PythonState): Outcome {
  if (state.untilMs > call.nowMs) return { untilMs: state.untilMs };
  const script = new Script(call, linesOf(text), state);
  try {
    for (let i = 0; i < LINES_PER_STEP; i++) {
      const line = script.lines[state.line];
      if (!line) return 0;
      const outcome = script.run(line);
      if (outcome !== undefined) return outcome;
    }
    return AGAIN;
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    const { number } = script.lines[state.line] as Line;
    call.err(`Traceback (most recent call last):\n  File "<string>", line ${number}, in <module>\n${error.message}\n`);
    return 1;
  }
}

class Script {
  readonly lines: readonly Line[];
  private readonly call: Call;
  private readonly state: PythonState;

  constructor(call: Call, lines: readonly Line[], state: PythonState) {
    this.call = call;
    this.lines = lines;
    this.state = state;
  }

  run({ text }: Line): Outcome | undefined {
    const { state } = this;
    const [, keyword = '', condition = ''] = /^(if|elif|while|else|for)\b\s*(.*?)\s*:$/s.exec(text) ?? [];
    // An `elif` or `else` is reached only after the block before it has run.
    if (keyword === 'elif' || keyword === 'else') this.goTo(afterBranches(this.lines, state.line));
    else if (keyword === 'for') this.nextItem(condition);
    else if (keyword !== '' && truth(this.value(condition))) this.goTo(state.line + 1);
    else if (keyword === 'while') this.leaveLoop(state.line);
    else if (keyword === 'if') this.goTo(this.nextBranch());
    else if (text === 'break') this.leaveLoop(this.loopAround("'break' outside loop"));
    else if (text === 'continue') state.line = this.loopAround("'continue' not properly in loop");
    else {
      const outcome = this.statement(text);
      this.goTo(state.line + 1);
      return outcome;
    }
    return undefined;
  }

  private value(text: string): Value {
    return evaluate(this.call, text, this.state.variables);
  }

  private loopAround(otherwise: string): number {
    const loop = enclosingLoop(this.lines, this.state.line);
    if (loop === undefined) throw new PythonError(`SyntaxError: ${otherwise}`);
    return loop;
  }

  /** `for x in items`: the next of them, or on after the loop. */
  private nextItem(condition: string): void {
    const { loops, line } = this.state;
    const [, names = '', items = ''] = /^(.*?)\s+in\s+(.*)$/s.exec(condition) ?? [];
    const loop = loops[line] ?? { items: itemsOf(this.value(items)), next: 0 };
    const item = loop.items[loop.next];
    if (item === undefined) return this.leaveLoop(line);
    loops[line] = { ...loop, next: loop.next + 1 };
    this.assign(names, item);
    this.goTo(line + 1);
  }

  private assign(names: string, value: Value): void {
    const each = names.split(',').map((name) => name.trim());
    if (each.length === 1) this.state.variables[names] = value;
    else for (const [i, name] of each.entries()) this.state.variables[name] = itemsOf(value)[i] ?? null;
  }

  private nextBranch(): number {
    const { lines, state } = this;
    const { indent } = lines[state.line] as Line;
    let next = afterBlock(lines, state.line);
    while (isBranch(lines[next], indent)) {
      const [, condition] = /^elif\s+(.*?)\s*:$/s.exec((lines[next] as Line).text) ?? [];
      if (condition === undefined || truth(this.value(condition))) return next + 1;
      next = afterBlock(lines, next);
    }
    return next;
  }

  private leaveLoop(loop: number): void {
    delete this.state.loops[loop];
    this.goTo(afterBlock(this.lines, loop), loop);
  }

  /** Goes on at a line; after the last of a loop comes its first again, but for the loop that is left. */
  private goTo(line: number, left?: number): void {
    const { lines, state } = this;
    state.line = line;
    const indent = lines[line]?.indent ?? 0;
    for (let i = line - 1; i >= 0; i--) {
      const before = lines[i] as Line;
      if (before.indent < indent) break;
      if (i === left || !isLoop(before) || afterBlock(lines, i) !== line) continue;
      state.line = i;
      break;
    }
  }

  private statement(text: string): Outcome | undefined {
    if (/^(import|from)\b/.test(text) || text === 'pass') return undefined;
    const [, name = '', argument = ''] = /^([\w.]+)\((.*)\)$/s.exec(text) ?? [];
    const run = own(STATEMENTS, name);
    if (run) return run(this.call, argument, (each) => this.value(each));
    const [, target, operator = '', value = ''] = /^([A-Za-z_][\w, ]*?)\s*(\*\*|\/\/|[-+*/%]?)=(?!=)\s*(.*)$/s.exec(text) ?? [];
    if (target !== undefined) this.assign(target, this.value(operator ? `${target} ${operator} (${value})` : value));
    else if (name) this.value(text);
    else throw new PythonError(`SyntaxError: not simulated: ${text}`);
    return undefined;
  }
}

type Statement = (call: Call, argument: string, value: (text: string) => Value) => Outcome | undefined;

const print: Statement = (call, argument, value) => {
  const words: string[] = [];
  const named: Record<string, string> = {};
  for (const part of splitOutside(argument, ',').map((word) => word.trim())) {
    const [, name, rest = ''] = /^(sep|end|file|flush)\s*=(?!=)\s*(.*)$/s.exec(part) ?? [];
    if (name === 'sep' || name === 'end') named[name] = shown(value(rest));
    else if (name) named[name] = rest;
    else if (part !== '') words.push(shown(value(part)));
  }
  call.write(named.file === 'sys.stderr' ? 2 : 1, words.join(named.sep ?? ' ') + (named.end ?? '\n'));
  return undefined;
};

const exit: Statement = (call, argument, value) => {
  const code = argument === '' ? null : value(argument);
  if (typeof code !== 'string') return code === null ? 0 : numberOf(code) & 255;
  call.err(`${code}\n`);
  return 1;
};

const sleep: Statement = (call, argument, value) => {
  const seconds = value(argument);
  const state = call.remember<PythonState>(newState);
  state.untilMs = call.nowMs + Math.max(1, numberOf(seconds) * 1000);
  return { untilMs: state.untilMs };
};

export const newState = (): PythonState => ({ line: 0, variables: {}, untilMs: 0, loops: {} });

const STATEMENTS: Readonly<Record<string, Statement>> = {
  print,
  'time.sleep': sleep,
  sleep,
  'sys.exit': exit,
  'os._exit': exit,
  exit,
  quit: exit,
};
