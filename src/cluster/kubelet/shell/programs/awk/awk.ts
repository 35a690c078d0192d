// awk: patterns and actions for each line of files or of the input.
import { type Call, type Outcome } from '../../call.ts';
import { unescaped } from '../../escapes.ts';
import { readOptions } from '../../options.ts';
import type { Program } from '../../program.ts';
import { RegexError } from '../../regex.ts';
import { AwkMachine } from './machine.ts';
import { type AwkState, newAwkState } from './state.ts';
import { type AwkStreams, newStreams, Streams, Waiting } from './streams.ts';
import { type AwkProgram, readAwk } from './syntax.ts';
import { AwkMistake } from './tokens.ts';
import { textOf } from './values.ts';

interface Memory {
  readonly source: string;
  readonly operands: readonly string[];
  state: AwkState;
  readonly streams: AwkStreams;
  stage: 'begin' | 'lines' | 'end' | 'closing';
  /** Which operand is read, and what of it was read and not yet dealt with. */
  operand: number;
  unread: string;
  isAtEnd: boolean;
  hasFailed: boolean;
  /** How much of what this line prints was written before it had to wait. */
  printedBefore: number;
  writtenBefore: number;
}

export const awk: Program = {
  run(call) {
    try {
      const memory = call.isFirstStep ? begin(call) : call.remember<Memory>(() => begin(call) as Memory);
      if (typeof memory === 'number') return memory;
      return new Run(
        call,
        call.remember(() => memory),
      ).go();
    } catch (error) {
      if (!(error instanceof AwkMistake || error instanceof RegexError)) throw error;
      return call.fail(`cmd. line:1: ${error.message}`);
    }
  },
};

function begin(call: Call): Memory | number {
  const options = readOptions(call, '+F:v:f:');
  if (typeof options === 'number') return options;
  const operands = [...options.operands];
  const source = options.has('f') ? call.read(options.value('f') ?? '') : operands.shift();
  if (source === undefined) return call.fail('no program given');
  readAwk(source);
  const separator = options.value('F');
  const assigned = Object.fromEntries((options.given['v'] ?? []).map(assignment));
  const state = newAwkState({ ...assigned, ...(separator !== undefined && { FS: separator === 't' ? '\t' : unescaped(separator) }) });
  state.arrays['ENVIRON'] = { ...call.process.environment };
  state.arrays['ARGV'] = Object.fromEntries(['awk', ...operands].map((word, i) => [String(i), word]));
  state.variables['ARGC'] = operands.length + 1;
  return {
    source,
    operands: operands.every(isAssignment) ? [...operands, '-'] : operands,
    state,
    streams: newStreams(),
    stage: 'begin',
    operand: -1,
    unread: '',
    isAtEnd: true,
    hasFailed: false,
    printedBefore: 0,
    writtenBefore: 0,
  };
}

function assignment(word: string): [string, string] {
  const at = word.indexOf('=');
  return [word.slice(0, at), unescaped(word.slice(at + 1))];
}

class Run {
  private readonly call: Call;
  private readonly memory: Memory;
  private readonly program: AwkProgram;
  private readonly streams: Streams;
  /** Letters of the input that the line in hand has taken: given back if it must wait. */
  private taken = 0;

  constructor(call: Call, memory: Memory) {
    this.call = call;
    this.memory = memory;
    this.program = readAwk(memory.source);
    this.streams = new Streams(call, memory.streams);
  }

  go(): Outcome {
    const { memory, call } = this;
    while (memory.stage !== 'closing') {
      if (call.isEnded) return 0;
      const waiting = this.attempt();
      if (waiting) return waiting.wait;
      // Whoever leaves early still has its last words.
      if (memory.state.exitCode !== undefined && memory.stage === 'lines') memory.stage = 'end';
    }
    return this.close();
  }

  /** One stage, or one line. What has to wait is done again from where it began, when that has come. */
  private attempt(): Waiting | undefined {
    const { memory } = this;
    const before = this.program.mayWait ? structuredClone(memory.state) : undefined;
    this.taken = 0;
    const machine = new AwkMachine(this.program, memory.state, {
      world: this.call.kernel.world,
      streams: this.streams,
      nextLine: () => this.nextLine(),
      flush: () => this.flush(),
    });
    try {
      this.step(machine);
    } catch (error) {
      this.flush();
      if (!(error instanceof Waiting)) throw error;
      if (before) memory.state = before;
      return error;
    }
    this.flush();
    memory.printedBefore = memory.writtenBefore = 0;
    memory.state.printed = '';
    memory.state.written = [];
    memory.unread = memory.unread.slice(this.taken);
    return undefined;
  }

  private step(machine: AwkMachine): void {
    const { memory } = this;
    switch (memory.stage) {
      case 'begin':
        machine.runAll('begin');
        // Without a rule for lines nothing is read.
        memory.stage = this.hasRules('line') || this.hasRules('end') ? 'lines' : 'closing';
        return;
      case 'lines': {
        const line = this.nextLine();
        if (line === undefined) memory.stage = 'end';
        else if (machine.runLine(line) === 'nextfile') this.taken = memory.unread.length;
        return;
      }
      default:
        machine.runAll('end');
        memory.stage = 'closing';
    }
  }

  private hasRules(kind: 'line' | 'end'): boolean {
    return this.program.rules.some(({ when }) => when === kind);
  }

  // Input -------------------------------------------------------------------------------------------------------------

  private nextLine(): string | undefined {
    const { memory } = this;
    for (;;) {
      const rest = memory.unread.slice(this.taken);
      const end = recordEnd(rest, textOf(memory.state.variables['RS'] ?? '\n'), memory.isAtEnd);
      if (end) {
        this.taken += end.next;
        return rest.slice(end.from, end.to);
      }
      if (memory.isAtEnd ? !this.openNext() : !this.readMore()) return undefined;
    }
  }

  /** Goes on to the next file; false: there is none. */
  private openNext(): boolean {
    const { memory, call } = this;
    const operand = memory.operands[++memory.operand];
    if (operand === undefined) return false;
    memory.unread = memory.unread.slice(this.taken);
    this.taken = 0;
    if (operand === '-') memory.isAtEnd = false;
    else if (isAssignment(operand)) {
      const [name, value] = assignment(operand);
      memory.state.variables[name] = value;
    } else {
      const text = call.read(operand, (reason) => call.fail(`${operand}: ${reason}`));
      if (text === undefined) memory.hasFailed = true;
      memory.unread = text ?? '';
      memory.state.variables['FILENAME'] = operand;
      memory.state.variables['FNR'] = 0;
    }
    return true;
  }

  private readMore(): boolean {
    const { memory, call } = this;
    const input = call.takeInput();
    if (!input) throw new Waiting(call.inputWait);
    memory.unread += input.text;
    memory.isAtEnd = input.isAtEnd;
    call.hold(memory.unread.length);
    return true;
  }

  // Output ------------------------------------------------------------------------------------------------------------

  private flush(): void {
    const { memory, call, streams } = this;
    const { printed, written } = memory.state;
    call.out(printed.slice(memory.printedBefore));
    for (const { operator, target, text } of written.slice(memory.writtenBefore)) streams.write(operator, target, text);
    memory.printedBefore = Math.max(memory.printedBefore, printed.length);
    memory.writtenBefore = Math.max(memory.writtenBefore, written.length);
  }

  /** Commands that were printed to run when nothing more comes. */
  private close(): Outcome {
    const { memory, streams } = this;
    try {
      for (let command = streams.unfed; command !== undefined; command = streams.unfed) streams.run(command, `closing ${command}`);
      for (const key of Object.keys(memory.streams.runs)) if (key.startsWith('closing ')) streams.run('', key);
    } catch (error) {
      if (error instanceof Waiting) return error.wait;
      throw error;
    }
    return memory.state.exitCode ?? (memory.hasFailed ? 2 : 0);
  }
}

function isAssignment(word: string): boolean {
  return /^[A-Za-z_]\w*=/.test(word);
}

interface RecordEnd {
  readonly from: number;
  readonly to: number;
  readonly next: number;
}

/** Where the first record of a text ends: at a line's end, at another letter, or with `RS=""` at an empty line. */
function recordEnd(text: string, separator: string, isAtEnd: boolean): RecordEnd | undefined {
  if (separator === '') {
    const from = /^\n*/.exec(text)?.[0].length ?? 0;
    const found = /\n\n+/.exec(text.slice(from));
    if (found && (isAtEnd || from + found.index + found[0].length < text.length))
      return { from, to: from + found.index, next: from + found.index + found[0].length };
    return isAtEnd && from < text.length ? { from, to: text.endsWith('\n') ? text.length - 1 : text.length, next: text.length } : undefined;
  }
  const at = text.indexOf(separator);
  if (at >= 0) return { from: 0, to: at, next: at + separator.length };
  return isAtEnd && text !== '' ? { from: 0, to: text.length, next: text.length } : undefined;
}
