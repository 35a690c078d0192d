// What a program of awk reads and writes beside its input and output: files, and commands. A command takes time: whoever needs what it
// prints, or its end, and does not have it yet throws what must be waited for, and asks again then.
import type { Call } from '../../call.ts';
import { newPipe, openToRead, openToWrite, takeInput, textSource } from '../../descriptors.ts';
import { FileError } from '../../files.ts';
import type { Wait } from '../../process.ts';
import { endOf, startChild } from '../../spawn.ts';

/** The first descriptor of its own. */
const DESCRIPTOR_FIRST = 3;

interface Reading {
  readonly descriptor: number;
  /** The command's process; a file has none. */
  readonly child: number | undefined;
  text: string;
  isAtEnd: boolean;
}

/** Plain data: what was opened and started. */
export interface AwkStreams {
  /** By command or file, and how often it was closed. */
  readings: Record<string, Reading>;
  /** Files that are written to, with their descriptors. */
  files: Record<string, number>;
  /** What is to be given to a command once it is started, which is when nothing more comes. */
  inputs: Record<string, string>;
  /** The child of a command whose end somebody waits for; its exit code when it has ended. */
  runs: Record<string, { child: number | undefined; status: number | undefined }>;
  nextDescriptor: number;
}

export function newStreams(): AwkStreams {
  return { readings: {}, files: {}, inputs: {}, runs: {}, nextDescriptor: DESCRIPTOR_FIRST };
}

/** Something takes time: the program goes on from where it was before this line. */
export class Waiting {
  readonly wait: Wait;

  constructor(wait: Wait) {
    this.wait = wait;
  }
}

export class Streams {
  private readonly call: Call;
  private readonly streams: AwkStreams;

  constructor(call: Call, streams: AwkStreams) {
    this.call = call;
    this.streams = streams;
  }

  /** The lines of a file or of a command's output from this letter on; an empty text: the end; undefined: it cannot be read. */
  line(source: string, isCommand: boolean, key: string, from: number): string | undefined {
    const reading = (this.streams.readings[key] ??= isCommand ? this.startReading(source) : this.openReading(source));
    for (;;) {
      const end = reading.text.indexOf('\n', from) + 1;
      if (end > 0) return reading.text.slice(from, end);
      if (reading.isAtEnd) return reading.descriptor < 0 ? undefined : reading.text.slice(from);
      this.pull(reading);
    }
  }

  private pull(reading: Reading): void {
    const { kernel, process } = this.call;
    const input = takeInput(kernel, process, reading.descriptor);
    if (!input) {
      const target = process.descriptors[reading.descriptor];
      throw new Waiting(target?.type === 'pipe' ? { input: target.id } : { untilMs: 0 });
    }
    reading.text += input.text;
    reading.isAtEnd = input.isAtEnd;
    if (input.isAtEnd && reading.child !== undefined) endOf(this.call, reading.child);
  }

  private startReading(command: string): Reading {
    const { kernel, process } = this.call;
    const pipe = newPipe(kernel);
    const descriptor = this.streams.nextDescriptor++;
    const child = startChild(this.call, ['sh', '-c', command], { ...process.descriptors, 1: pipe.write });
    process.descriptors[descriptor] = pipe.read;
    return { descriptor, child, text: '', isAtEnd: false };
  }

  private openReading(path: string): Reading {
    const { kernel, process } = this.call;
    try {
      const target = openToRead(kernel, process, path);
      const descriptor = this.streams.nextDescriptor++;
      process.descriptors[descriptor] = target;
      return { descriptor, child: undefined, text: '', isAtEnd: false };
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      return { descriptor: -1, child: undefined, text: '', isAtEnd: true };
    }
  }

  /** Writes to a file, which is made empty when it is first written to, or keeps it for a command. */
  write(operator: string, target: string, text: string): void {
    const { streams, call } = this;
    if (operator === '|') {
      streams.inputs[target] = (streams.inputs[target] ?? '') + text;
      return;
    }
    call.attempt(target, () => {
      const descriptor = streams.files[target] ?? streams.nextDescriptor++;
      streams.files[target] = descriptor;
      call.process.descriptors[descriptor] ??= openToWrite(call.kernel, call.process, target, operator === '>>');
      call.write(descriptor, text);
    });
  }

  /** Runs a command to its end, `key` being this run of it; its exit code. */
  run(command: string, key: string): number {
    const { call, streams } = this;
    const run = (streams.runs[key] ??= { child: this.start(command), status: undefined });
    if (run.child === undefined) return 127;
    run.status ??= endOf(call, run.child);
    if (run.status === undefined) throw new Waiting({ children: [run.child] });
    return run.status;
  }

  private start(command: string): number | undefined {
    const { call, streams } = this;
    const input = streams.inputs[command];
    delete streams.inputs[command];
    const { descriptors } = call.process;
    return startChild(
      call,
      ['sh', '-c', command],
      input === undefined ? descriptors : { ...descriptors, 0: textSource(call.kernel, input) },
    );
  }

  /** A command that was printed to; undefined: none is left. */
  get unfed(): string | undefined {
    return Object.keys(this.streams.inputs)[0];
  }

  /** It was printed to, or this run of it has not ended yet. */
  isFed(command: string, run: string): boolean {
    return command in this.streams.inputs || run in this.streams.runs;
  }

  closeFile(path: string): boolean {
    const descriptor = this.streams.files[path];
    if (descriptor === undefined) return false;
    delete this.streams.files[path];
    delete this.call.process.descriptors[descriptor];
    return true;
  }
}
