// Programs that go through text line by line: the files that they are given, or else their input, as it comes.
import type { Call, Outcome } from './call.ts';
import type { Program } from './program.ts';

/** Shorter lines are not worth counting. */
const LINE_LETTERS = 1 << 16;

export interface Filter<Choice, Memory> {
  /** Reads the arguments; a number is the exit code after a mistake. */
  choose(call: Call): Choice | number;
  /** The files to read; `-` is the input; none: the input. */
  operands(choice: Choice): readonly string[];
  begin(choice: Choice, call: Call): Memory;
  /** One line without its end; `enough` ends the reading. */
  line(line: string, memory: Memory, choice: Choice, call: Call, file: string): 'enough' | undefined | void;
  /** After each file. */
  endFile?(memory: Memory, choice: Choice, call: Call, file: string): void;
  /** Says that a file could not be read, where that is not said as by `cat`. */
  onMissing?(memory: Memory, call: Call, file: string, reason: string): void;
  /** The exit code; undefined: 0, or 1 if a file could not be read. */
  end?(memory: Memory, choice: Choice, call: Call): number | undefined;
}

interface Progress<Memory> {
  memory: Memory;
  file: number;
  /** The beginning of a line whose end has not come yet. */
  partial: string;
  hasFailed: boolean;
}

export function filter<Choice extends object, Memory>(spec: Filter<Choice, Memory>): Program {
  return {
    run(call) {
      const choice = spec.choose(call);
      if (typeof choice === 'number') return choice;
      const progress = call.remember<Progress<Memory>>(() => ({
        memory: spec.begin(choice, call),
        file: 0,
        partial: '',
        hasFailed: false,
      }));
      return new Reading(spec, choice, call, progress).go();
    },
  };
}

class Reading<Choice, Memory> {
  private readonly spec: Filter<Choice, Memory>;
  private readonly choice: Choice;
  private readonly call: Call;
  private readonly progress: Progress<Memory>;

  constructor(spec: Filter<Choice, Memory>, choice: Choice, call: Call, progress: Progress<Memory>) {
    this.spec = spec;
    this.choice = choice;
    this.call = call;
    this.progress = progress;
  }

  go(): Outcome {
    const { progress, call } = this;
    const operands = this.spec.operands(this.choice);
    const files = operands.length > 0 ? operands : ['-'];
    for (; progress.file < files.length; progress.file++) {
      const file = files[progress.file] as string;
      const opening = file === '-' ? 'open' : call.openPipe(file);
      if (typeof opening === 'object') return opening;
      const state = opening === 'open' ? this.readInput() : this.readFile(file);
      if (state === 'wait') return call.inputWait;
      if (state === 'enough') break;
    }
    return this.spec.end?.(progress.memory, this.choice, call) ?? (progress.hasFailed ? 1 : 0);
  }

  private readFile(file: string): 'enough' | 'end' {
    const { spec, progress, call } = this;
    const text = spec.onMissing ? call.read(file, (reason) => spec.onMissing?.(progress.memory, call, file, reason)) : call.read(file);
    if (text === undefined) {
      this.progress.hasFailed = true;
      return 'end';
    }
    return this.readLines({ text, isAtEnd: true }, file);
  }

  private readInput(): 'enough' | 'end' | 'wait' {
    const input = this.call.takeInput();
    if (!input) return 'wait';
    const state = this.readLines(input, '-');
    return state === 'end' && !input.isAtEnd ? 'wait' : state;
  }

  private readLines(input: { readonly text: string; readonly isAtEnd: boolean }, file: string): 'enough' | 'end' {
    const { spec, choice, call, progress } = this;
    const lines = (progress.partial + input.text).split('\n');
    progress.partial = lines.pop() as string;
    if (progress.partial.length > LINE_LETTERS) call.hold(progress.partial.length);
    if (input.isAtEnd && progress.partial) {
      lines.push(progress.partial);
      progress.partial = '';
    }
    for (const line of lines) {
      if (call.isEnded) return 'enough';
      if (spec.line(line, progress.memory, choice, call, file) === 'enough') return 'enough';
    }
    if (input.isAtEnd) spec.endFile?.(progress.memory, choice, call, file);
    return 'end';
  }
}
