// A little of Python, for the scripts of tutorials: assignments, if and while, print, sleep, exit, environment variables. What is not
// known is an error, as a misspelt name would be.
import { holds } from '../../../../base/holds.ts';
import type { Call, Outcome } from '../call.ts';
import { AGAIN } from '../call.ts';
import { own } from '../own.ts';
import { Tokens } from '../tokens.ts';

type Value = number | string | boolean | null;

export interface PythonState {
  /** The line that is to be run next. */
  line: number;
  variables: Record<string, Value>;
  untilMs: number;
}

class PythonError extends Error {}

interface Line {
  readonly indent: number;
  readonly text: string;
}

/** Lines in one step. */
const LINES_PER_STEP = 5;

/** Runs on from where the state is; an exit code, or what must come first. */
export function runPython(call: Call, script: string, state: PythonState): Outcome {
  const lines = linesOf(script);
  if (state.untilMs > call.nowMs) return { untilMs: state.untilMs };
  try {
    for (let i = 0; i < LINES_PER_STEP; i++) {
      const line = lines[state.line];
      if (!line) return 0;
      const outcome = runLine(call, lines, line, state);
      if (outcome !== undefined) return outcome;
    }
    return AGAIN;
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    call.err(`Traceback (most recent call last):\n  File "<string>", line ${state.line + 1}, in <module>\n${error.message}\n`);
    return 1;
  }
}

/** `a; b` are two lines; empty lines and comments are none. */
function linesOf(script: string): Line[] {
  return script.split('\n').flatMap((whole) => {
    const indent = /^[ \t]*/.exec(whole)?.[0].length ?? 0;
    return splitOutsideQuotes(whole.trim(), ';')
      .map((text) => text.trim())
      .filter((text) => text !== '' && !text.startsWith('#'))
      .map((text) => ({ indent, text }));
  });
}

function splitOutsideQuotes(text: string, separator: string): string[] {
  const parts = [''];
  let quote = '';
  let depth = 0;
  for (const letter of text) {
    if (quote) {
      if (letter === quote) quote = '';
    } else if (letter === '"' || letter === "'") quote = letter;
    else if ('([{'.includes(letter)) depth++;
    else if (')]}'.includes(letter)) depth--;
    if (letter === separator && !quote && depth === 0) parts.push('');
    else parts[parts.length - 1] += letter;
  }
  return parts;
}

function runLine(call: Call, lines: readonly Line[], line: Line, state: PythonState): Outcome | undefined {
  const { text } = line;
  const [, keyword = '', condition = ''] = /^(if|elif|while|else)\b\s*(.*?)\s*:$/.exec(text) ?? [];
  if (keyword !== '') {
    // An `elif` or `else` is reached only after the block before it has run.
    if (keyword === 'elif' || keyword === 'else') state.line = afterChain(lines, state.line);
    else if (truth(evaluate(call, condition, state))) state.line++;
    else if (keyword === 'while') return leaveLoop(lines, state, state.line);
    else state.line = nextBranch(call, lines, state.line, state);
    loopBack(lines, state);
    return undefined;
  }
  const outcome = runStatement(call, text, state);
  if (outcome === 'break') {
    return leaveLoop(lines, state, enclosingLoop(lines, state.line));
  }
  state.line++;
  loopBack(lines, state);
  return outcome;
}

function afterBlock(lines: readonly Line[], at: number): number {
  const { indent } = lines[at] as Line;
  let next = at + 1;
  while (next < lines.length && (lines[next] as Line).indent > indent) next++;
  return next;
}

function isBranch(line: Line | undefined, indent: number): boolean {
  return line !== undefined && line.indent === indent && /^(elif|else)\b/.test(line.text);
}

function afterChain(lines: readonly Line[], at: number): number {
  const { indent } = lines[at] as Line;
  let next = afterBlock(lines, at);
  while (isBranch(lines[next], indent)) next = afterBlock(lines, next);
  return next;
}

function nextBranch(call: Call, lines: readonly Line[], at: number, state: PythonState): number {
  const { indent } = lines[at] as Line;
  let next = afterBlock(lines, at);
  while (isBranch(lines[next], indent)) {
    const [, condition] = /^elif\s+(.*?)\s*:$/.exec((lines[next] as Line).text) ?? [];
    if (condition === undefined || truth(evaluate(call, condition, state))) return next + 1;
    next = afterBlock(lines, next);
  }
  return next;
}

function enclosingLoop(lines: readonly Line[], at: number): number {
  let { indent } = lines[at] as Line;
  for (let i = at - 1; i >= 0; i--) {
    const line = lines[i] as Line;
    if (line.indent >= indent) continue;
    indent = line.indent;
    if (line.text.startsWith('while')) return i;
  }
  throw new PythonError("SyntaxError: 'break' outside loop");
}

/** Goes on after a loop, which may be the end of another. */
function leaveLoop(lines: readonly Line[], state: PythonState, loop: number): undefined {
  state.line = afterBlock(lines, loop);
  loopBack(lines, state, loop);
}

/** After the last line of a loop comes its condition again. */
function loopBack(lines: readonly Line[], state: PythonState, left?: number): void {
  const indent = lines[state.line]?.indent ?? 0;
  for (let i = state.line - 1; i >= 0; i--) {
    const line = lines[i] as Line;
    if (line.indent < indent) break;
    if (i !== left && line.text.startsWith('while') && afterBlock(lines, i) === state.line) {
      state.line = i;
      break;
    }
  }
}

function runStatement(call: Call, text: string, state: PythonState): Outcome | 'break' | undefined {
  if (/^(import|from)\b/.test(text) || text === 'pass') return undefined;
  if (text === 'break') return 'break';
  const [, name = '', argument = ''] = /^([\w.]+)\((.*)\)$/.exec(text) ?? [];
  switch (name) {
    case 'print': {
      const words = splitOutsideQuotes(argument, ',')
        .map((word) => word.trim())
        .filter((word) => word !== '' && !/^(flush|end|file)\s*=/.test(word));
      call.out(`${words.map((word) => shown(evaluate(call, word, state))).join(' ')}\n`);
      return undefined;
    }
    case 'time.sleep':
    case 'sleep': {
      state.untilMs = call.nowMs + Math.max(1, Number(evaluate(call, argument, state)) * 1000);
      return { untilMs: state.untilMs };
    }
    case 'sys.exit':
    case 'exit':
    case 'quit':
    case 'os._exit':
      return exitCode(call, argument === '' ? null : evaluate(call, argument, state));
  }
  const [, target, operator = '', value = ''] = /^([A-Za-z_]\w*)\s*([-+*]?)=(?!=)\s*(.*)$/.exec(text) ?? [];
  if (target === undefined) throw new PythonError(`SyntaxError: not simulated: ${text}`);
  state.variables[target] = evaluate(call, operator ? `${target} ${operator} (${value})` : value, state);
  return undefined;
}

function exitCode(call: Call, value: Value): number {
  if (typeof value !== 'string') return Number(value ?? 0) & 255;
  call.err(`${value}\n`);
  return 1;
}

// Expressions ---------------------------------------------------------------------------------------------------------

const TOKEN = /\s*(\d+\.?\d*|[fr]?"(?:[^"\\]|\\.)*"|[fr]?'(?:[^'\\]|\\.)*'|[A-Za-z_][\w.]*|==|!=|<=|>=|\/\/|[-+*/%<>()[\],])/y;

function evaluate(call: Call, text: string, state: PythonState): Value {
  return new Expression(call, text, state).whole();
}

function truth(value: Value): boolean {
  return value !== null && value !== false && value !== 0 && value !== '';
}

function shown(value: Value): string {
  return value === null ? 'None' : value === true ? 'True' : value === false ? 'False' : String(value);
}

class Expression {
  private readonly tokens: Tokens;
  private readonly call: Call;
  private readonly state: PythonState;

  constructor(call: Call, text: string, state: PythonState) {
    this.call = call;
    this.state = state;
    this.tokens = new Tokens(text, TOKEN, () => new PythonError(`SyntaxError: not simulated: ${text}`));
  }

  whole(): Value {
    const value = this.or();
    const { rest } = this.tokens;
    if (rest.length > 0) throw new PythonError(`SyntaxError: not simulated: ${rest.join(' ')}`);
    return value;
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
    const operator = this.tokens.take('==', '!=', '<', '>', '<=', '>=', 'is');
    if (!operator) return left;
    const isNot = operator === 'is' && this.tokens.take('not') !== undefined;
    return compare(left, operator === 'is' ? (isNot ? '!=' : '==') : operator, this.sum());
  }

  private sum(): Value {
    let value = this.product();
    for (let operator = this.tokens.take('+', '-'); operator; operator = this.tokens.take('+', '-'))
      value = compute(value, operator, this.product());
    return value;
  }

  private product(): Value {
    let value = this.primary();
    for (let operator = this.tokens.take('*', '/', '//', '%'); operator; operator = this.tokens.take('*', '/', '//', '%'))
      value = compute(value, operator, this.primary());
    return value;
  }

  private primary(): Value {
    const token = this.tokens.next();
    if (token === undefined) throw new PythonError('SyntaxError: invalid syntax');
    if (token === '-') return -Number(this.primary());
    if (token === '(') {
      const value = this.or();
      this.tokens.take(')');
      return value;
    }
    if (/^\d/.test(token)) return Number(token);
    if (/^[fr]?["']/.test(token)) return this.text(token);
    if (this.tokens.take('(')) return this.function(token, this.list(')'));
    if (this.tokens.take('[')) return this.item(token, this.list(']')[0] ?? null);
    return this.name(token);
  }

  private text(token: string): string {
    const inside = token
      .replace(/^[fr]?["']|["']$/g, '')
      .replaceAll('\\n', '\n')
      .replaceAll('\\t', '\t');
    return token.startsWith('f')
      ? inside.replace(/\{([^}]*)\}/g, (_whole, part: string) => shown(evaluate(this.call, part, this.state)))
      : inside;
  }

  private list(end: string): Value[] {
    const values: Value[] = [];
    while (!this.tokens.take(end)) {
      values.push(this.or());
      if (!this.tokens.take(',') && this.tokens.peek() !== end) throw new PythonError('SyntaxError: invalid syntax');
    }
    return values;
  }

  private function(name: string, [first = null, second = null]: readonly Value[]): Value {
    switch (name) {
      case 'int': {
        const value = Number(first);
        if (first === null || Number.isNaN(value))
          throw new PythonError(
            `TypeError: int() argument must be a string or a real number, not '${first === null ? 'NoneType' : 'str'}'`,
          );
        return Math.trunc(value);
      }
      case 'str':
        return shown(first);
      case 'float':
        return Number(first);
      case 'len':
        return String(first).length;
      case 'os.environ.get':
      case 'os.getenv':
        return this.call.variable(String(first)) ?? second;
      case 'time.time':
        return this.call.nowMs / 1000;
      case 'socket.gethostname':
      case 'platform.node':
        return this.call.kernel.sandbox.hostname;
      case 'os.path.exists':
        return this.call.files.stat(this.call.path(String(first))) !== undefined;
      default:
        throw new PythonError(`NameError: name '${name}' is not simulated`);
    }
  }

  private item(name: string, key: Value): Value {
    const value = name === 'os.environ' ? this.call.variable(String(key)) : undefined;
    if (value === undefined) throw new PythonError(`KeyError: '${shown(key)}'`);
    return value;
  }

  private name(name: string): Value {
    if (name === 'True' || name === 'False') return name === 'True';
    if (name === 'None') return null;
    const value = own(this.state.variables, name);
    if (value === undefined) throw new PythonError(`NameError: name '${name}' is not defined`);
    return value;
  }
}

function compare(a: Value, operator: string, b: Value): boolean {
  if (operator === '==') return a === b;
  return operator === '!=' ? a !== b : holds(a ?? 0, operator, b ?? 0);
}

function compute(a: Value, operator: string, b: Value): Value {
  if (typeof a === 'string' || typeof b === 'string') {
    if (operator === '+' && typeof a === 'string' && typeof b === 'string') return a + b;
    throw new PythonError('TypeError: can only concatenate str (not "int") to str');
  }
  const [left, right] = [Number(a), Number(b)];
  if ((operator === '/' || operator === '//' || operator === '%') && right === 0)
    throw new PythonError('ZeroDivisionError: division by zero');
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
    default:
      return left - right * Math.floor(left / right);
  }
}
