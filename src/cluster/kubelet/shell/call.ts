// One call of a program or a builtin: its words, and all it may do. What it remembers between its steps is plain data.

import { complaint, type Sayings } from './complaint.ts';
import { type Input, inputPipe, openToRead, pipeAt, readFile, takeInput, takeLine, waitForPartner, write } from './descriptors.ts';
import { absolutePath } from './disk.ts';
import { FileError, type Files } from './files.ts';
import type { Kernel } from './kernel.ts';
import { own } from './own.ts';
import { userOf } from './owners.ts';
import type { Box, Process, Wait } from './process.ts';
import { isAlive } from './sandbox.ts';

/** An exit code, or what must come before the next step. */
export type Outcome = number | Wait;

/** Go on at once, in another turn. */
export const AGAIN: Wait = { untilMs: 0 };

const HELD_BYTES_BASE = 400 * 1024;
const HELD_LETTERS_MAX = 1 << 22;

/** Tools of busybox that say `can't open 'x'`; the others only name the file. */
const SAY_OPEN = new Set(['cat', 'tail', 'uniq', 'md5sum', 'sha1sum', 'sha256sum', 'sha512sum']);

/** The GNU tools that are here, with what they end with when they are not used as they should be. */
const STATUS_OF_MISUSE: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    'basename cat chmod chown cp cut date dirname du expr head id ln md5sum mkdir mv od rm rmdir seq sleep sha256sum stat tail tee touch tr uniq wc'
      .split(' ')
      .map((name) => [name, 1]),
  ),
  ls: 2,
  sort: 2,
  diff: 2,
  cmp: 2,
  env: 125,
  timeout: 125,
  nohup: 125,
  nice: 125,
};

export class Call {
  readonly kernel: Kernel;
  readonly process: Process;
  readonly argv: readonly string[];
  private readonly memory: { state?: unknown };

  constructor(kernel: Kernel, process: Process, argv: readonly string[], memory: { state?: unknown }) {
    this.kernel = kernel;
    this.process = process;
    this.argv = argv;
    this.memory = memory;
  }

  /** The same call with other arguments. */
  withArgs(args: readonly string[]): Call {
    return new Call(this.kernel, this.process, [this.argv[0] ?? '', ...args], this.memory);
  }

  /** The name that it was called by, without folders. */
  get name(): string {
    const [path = ''] = this.argv;
    return path.slice(path.lastIndexOf('/') + 1);
  }

  get args(): readonly string[] {
    return this.argv.slice(1);
  }

  get nowMs(): number {
    return this.kernel.nowMs;
  }

  get box(): Box {
    return this.kernel.boxOf(this.process);
  }

  get user(): number {
    return userOf(this.box);
  }

  get files(): Files {
    return this.kernel.filesOf(this.process);
  }

  get isEnded(): boolean {
    return !isAlive(this.process);
  }

  /** busybox and the GNU tools word some things differently. */
  get isBusybox(): boolean {
    return this.files.stat('/bin/busybox') !== undefined;
  }

  /** What it remembers: made at its first step, kept as plain data. */
  remember<T>(make: () => T): T {
    this.memory.state ??= make();
    return this.memory.state as T;
  }

  get isFirstStep(): boolean {
    return this.memory.state === undefined;
  }

  path(path: string): string {
    return absolutePath(path, this.process.directory);
  }

  variable(name: string): string | undefined {
    return own(this.process.environment, name);
  }

  // Output ------------------------------------------------------------------------------------------------------------

  out(text: string): void {
    this.write(1, text);
  }

  err(text: string): void {
    this.write(2, text);
  }

  write(descriptor: number, text: string): void {
    if (this.isEnded) return;
    try {
      write(this.kernel, this.process, descriptor, text);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      if (descriptor === 1) throw new WriteError(error.message);
    }
  }

  /** Says on the error output what is wrong. */
  fail(text: string, exitCode = 1): number {
    this.err(`${this.name}: ${text}\n`);
    return exitCode;
  }

  /** Whether somebody reads the output at a terminal. */
  get isTerminal(): boolean {
    const target = this.process.descriptors[1];
    if (target?.type === 'session') return this.kernel.sandbox.sessions[target.id]?.isTerminal ?? false;
    return target?.type === 'log' && (this.box.isTerminal ?? false);
  }

  /** What comes without an end and goes nowhere keeps a processor busy, and that is all. */
  get isOutputIdle(): boolean {
    const target = this.process.descriptors[1];
    return target?.type === 'device' && target.name === 'null';
  }

  /** Busy for good. */
  burn(): Wait {
    this.process.cpuMilli = 1000;
    return {};
  }

  // Input -------------------------------------------------------------------------------------------------------------

  /** All there is to read now; undefined: wait for `input`. */
  takeInput(): Input | undefined {
    return takeInput(this.kernel, this.process, 0);
  }

  takeLine(): string | undefined {
    return takeLine(this.kernel, this.process, 0);
  }

  /** What it keeps of its input takes memory; without a limit of its container a process ends at this one. */
  hold(letters: number): void {
    this.process.memoryBytes = HELD_BYTES_BASE + letters;
    if (letters > HELD_LETTERS_MAX) this.kernel.end(this.process, 137, 'KILL');
  }

  get inputWait(): Wait {
    const input = inputPipe(this.process, 0);
    return input === undefined ? AGAIN : { input };
  }

  /** A named pipe takes the place of the input, once somebody writes to it; undefined: the file is none. */
  openPipe(file: string): Wait | 'open' | undefined {
    const { kernel, process } = this;
    const path = this.path(file);
    if (this.files.stat(path)?.type !== 'pipe' && !pipeAt(kernel, process, path)) return undefined;
    if (process.namedInput === path) return 'open';
    process.namedInput = path;
    process.descriptors[0] = openToRead(kernel, process, path);
    return waitForPartner(kernel, process.descriptors[0]) ?? 'open';
  }

  /** A file's text; undefined: it cannot be had, and that has been said. */
  read(path: string, say = (reason: string) => this.cannotOpen(path, reason)): string | undefined {
    try {
      return readFile(this.kernel, this.process, path);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      say(error.message);
      return undefined;
    }
  }

  cannotOpen(path: string, reason: string): void {
    if (this.isBusybox && reason === 'Is a directory') this.fail(`read error: ${reason}`);
    else if (this.isBusybox) this.fail(SAY_OPEN.has(this.name) ? `can't open '${path}': ${reason}` : `${path}: ${reason}`);
    else if (this.name === 'head' || this.name === 'tail') this.fail(`cannot open '${path}' for reading: ${reason}`);
    else this.fail(this.name === 'sort' ? `cannot read: ${path}: ${reason}` : `${path}: ${reason}`);
  }

  /** Says what is wrong, as the shell does whose builtin this is; a program of its own speaks as busybox. */
  complain(sayings: Sayings): void {
    const { body } = this.process;
    if (body.type !== 'shell' || body.kind === 'ash') this.err(`sh: ${sayings.ash}\n`);
    else this.err(complaint(body, sayings[body.kind], this.name));
  }

  /** A wrong use: the GNU tools say where to read more. */
  misuse(text: string): number {
    const isGnu = !this.isBusybox && own(STATUS_OF_MISUSE, this.name) !== undefined;
    return this.fail(`${text}${isGnu ? `\n${this.moreHelp}` : ''}`, isGnu ? STATUS_OF_MISUSE[this.name] : 1);
  }

  get moreHelp(): string {
    return `Try '${this.name} --help' for more information.`;
  }

  /** There is nothing to work on: busybox says how it is used, the GNU tools what is missing. */
  missingOperand(usage: string, what = 'operand'): number {
    if (!this.isBusybox) return this.fail(`missing ${what}\n${this.moreHelp}`);
    this.err(`BusyBox v1.36.1 multi-call binary.\n\nUsage: ${this.name} ${usage}\n`);
    return 1;
  }

  /** `can't remove 'x'` of busybox, `cannot remove 'x'` of the GNU tools. */
  cannot(action: string, what: string): string {
    return `${this.isBusybox ? "can't" : 'cannot'} ${action} '${what}'`;
  }

  /** Does something with files; what cannot be done is said. */
  attempt(what: string, action: () => void): boolean {
    try {
      action();
      return true;
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      this.fail(`${what}: ${error.message}`);
      return false;
    }
  }
}

/** The output cannot take any more. */
export class WriteError extends Error {}
