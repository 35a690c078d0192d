// A shell in the middle of a script: the frames it is in, and what every command of it needs: expansion, children, errors, its end.
import { elementName, elementsOf, indexesOf } from './arrays.ts';
import { Call } from './call.ts';
import { newPipe, takeInput } from './descriptors.ts';
import { CommandNeeded, Expander } from './expand.ts';
import type { Files } from './files.ts';
import type { Kernel } from './kernel.ts';
import { own } from './own.ts';
import { programOf } from './parser.ts';
import type { Frame, Process, Shell, Target, Wait } from './process.ts';
import { isAlive } from './sandbox.ts';
import { ScriptError } from './scanner.ts';
import { rootFrame } from './shellStart.ts';
import { SIGNAL_WORDS } from './signals.ts';
import type { Node } from './syntax.ts';

/** Functions that call themselves and scripts that read themselves. */
const FRAMES_MAX = 1000;
/** What one command may print into `$(…)`. */
const OUTPUT_LETTERS_MAX = 1 << 20;

/** Something is wrong with the script itself: the shell ends with status 2. */
export class ShellError extends ScriptError {}

export class ShellContext {
  readonly kernel: Kernel;
  readonly process: Process;
  readonly shell: Shell;

  constructor(kernel: Kernel, process: Process, shell: Shell) {
    this.kernel = kernel;
    this.process = process;
    this.shell = shell;
  }

  /** The same for a child shell. */
  sibling(child: Process): ShellContext {
    return new ShellContext(this.kernel, child, child.body as Shell);
  }

  get files(): Files {
    return this.kernel.filesOf(this.process);
  }

  nodeOf(frame: Frame): Node {
    return programOf(frame.source).nodes[frame.node] as Node;
  }

  wait(wait: Wait): void {
    this.process.wait = wait;
  }

  call(argv: readonly string[], memory: { state?: unknown }): Call {
    return new Call(this.kernel, this.process, argv, memory);
  }

  // Frames ------------------------------------------------------------------------------------------------------------

  push(frame: Frame): void {
    if (this.shell.frames.length >= FRAMES_MAX) throw new ShellError('function nesting is too deep');
    this.shell.frames.push(frame);
  }

  /** A node of the same script, in the same circumstances unless told otherwise. */
  enter(parent: Frame, node: number, { isTested = parent.isTested, isLast = false } = {}): void {
    this.push({ source: parent.source, node, at: 0, isTested, isLast });
  }

  /** Leaves the innermost frame; what it changed for its time is put back. */
  pop(): void {
    const restore = this.shell.frames.pop()?.restore;
    if (!restore) return;
    for (const [descriptor, target] of Object.entries(restore.descriptors ?? {})) this.setDescriptor(Number(descriptor), target);
    for (const [name, value] of Object.entries(restore.variables ?? {})) this.setVariable(name, value ?? undefined);
    for (const [name, isExported] of Object.entries(restore.exported ?? {})) this.setExported(name, isExported);
    if (restore.parameters) this.shell.parameters = restore.parameters;
    if (restore.status !== undefined) this.shell.status = restore.status;
  }

  setDescriptor(descriptor: number, target: Target | null): void {
    if (target) this.process.descriptors[descriptor] = target;
    else delete this.process.descriptors[descriptor];
  }

  /** A command is done: its status counts for `set -e`. */
  finish(frame: Frame, status: number): void {
    this.shell.status = status;
    this.pop();
    if (status !== 0 && this.shell.options.includes('e') && !frame.isTested) this.exit(status);
  }

  /** Leaves frames until `count` loops are left, or the innermost of them goes on. False: there is no loop here. */
  leaveLoops(count: number, isContinuing: boolean): boolean {
    const { frames } = this.shell;
    const start = frames.findLastIndex((frame) => frame.boundary !== undefined && frame.boundary !== 'eval') + 1;
    const loops: number[] = [];
    for (let i = frames.length - 1; i >= start && loops.length < count; i--) {
      const { type } = this.nodeOf(frames[i] as Frame);
      if (type === 'while' || type === 'for' || type === 'counting') loops.push(i);
    }
    const loop = loops.at(-1);
    if (loop === undefined) return false;
    const length = isContinuing ? loop + 1 : loop;
    while (frames.length > length) this.pop();
    return true;
  }

  /** Leaves the function or the script that was read with `.`; outside of both the shell ends. */
  leaveFunction(status: number): void {
    const { frames } = this.shell;
    const boundary = frames.findLastIndex((frame) => frame.boundary === 'function' || frame.boundary === 'script');
    if (boundary < 0) return this.exit(status);
    while (frames.length > boundary) this.pop();
    this.shell.status = status;
  }

  // The end -----------------------------------------------------------------------------------------------------------

  /** Ends the shell, after the commands that it has for its end. */
  exit(status: number): void {
    const { shell } = this;
    const trap = shell.traps['EXIT'];
    shell.exiting = status;
    shell.frames = [];
    shell.unread = undefined;
    if (!trap) return this.kernel.end(this.process, status);
    delete shell.traps['EXIT'];
    shell.status = status;
    this.push({ ...rootFrame(trap, false), boundary: 'trap' });
  }

  /** Says what is wrong, as this kind of shell words it. */
  complain(message: string, builtin?: string): void {
    const { kind, scriptName, line, lineFirst, isInteractive } = this.shell;
    const by = builtin ? `${builtin}: ` : '';
    const number = line + lineFirst;
    let place = '';
    if (kind === 'dash') place = `${number}: ${by}`;
    else if (kind === 'bash') place = isInteractive ? by : `line ${line + 1}: ${by}`;
    else place = isInteractive ? by : `${by}line ${number}: `;
    this.call([scriptName], {}).err(`${scriptName}: ${place}${message}\n`);
  }

  // Variables ---------------------------------------------------------------------------------------------------------

  assign(name: string, value: string): void {
    if (own(this.shell.readonlyNames, name)) throw new ShellError(`${name}: is read only`);
    this.setVariable(name, value);
    if (this.shell.options.includes('a')) this.setExported(name, true);
  }

  /** `name=(…)`, or `name+=(…)`. */
  assignArray(name: string, values: readonly string[], isAppending: boolean): void {
    const { variables } = this.shell;
    const before = isAppending ? elementsOf(variables, name) : [];
    this.unsetArray(name);
    for (const [i, value] of [...before, ...values].entries()) this.assign(elementName(name, i), value);
  }

  unsetArray(name: string): void {
    const { variables } = this.shell;
    delete variables[name];
    for (const index of indexesOf(variables, name)) delete variables[elementName(name, index)];
  }

  setVariable(name: string, value: string | undefined): void {
    const { variables, exported } = this.shell;
    if (value === undefined) delete variables[name];
    else variables[name] = value;
    if (!own(exported, name)) return;
    if (value === undefined) delete this.process.environment[name];
    else this.process.environment[name] = value;
  }

  setExported(name: string, isExported: boolean): void {
    const { variables, exported } = this.shell;
    const value = own(variables, name);
    if (isExported) {
      exported[name] = true;
      if (value !== undefined) this.process.environment[name] = value;
    } else {
      delete exported[name];
      delete this.process.environment[name];
    }
  }

  // Expansion ---------------------------------------------------------------------------------------------------------

  /** What words become; undefined: a command in them has to run first, and this frame's turn comes again. */
  expand<T>(frame: Frame, make: (expander: Expander) => T): T | undefined {
    if (frame.collecting && !this.collect(frame)) return undefined;
    const random = () => this.kernel.world.random(`${this.process.box}/RANDOM`);
    const expander = new Expander(this.shell, this.process.directory, this.files, random, frame.outputs);
    try {
      const made = make(expander);
      for (const [name, value] of expander.assigned) this.assign(name, value);
      delete frame.outputs;
      return made;
    } catch (error) {
      if (!(error instanceof CommandNeeded)) throw error;
      this.substitute(frame, error.node);
      return undefined;
    }
  }

  /** Starts the command whose output stands in a word. */
  private substitute(frame: Frame, node: number): void {
    const { id, read, write } = newPipe(this.kernel);
    const child = this.fork([{ source: frame.source, node, at: 0, isTested: frame.isTested, isLast: true }], {
      ...this.process.descriptors,
      1: write,
    });
    // The shell holds the reading end for as long as it collects.
    this.process.descriptors[COLLECTING + id] = read;
    frame.collecting = { pipe: id, child: child.id, text: '' };
    this.wait({ input: id });
  }

  /** Reads on; true when the command is done. */
  private collect(frame: Frame): boolean {
    const collecting = frame.collecting as NonNullable<Frame['collecting']>;
    const descriptor = COLLECTING + collecting.pipe;
    const input = takeInput(this.kernel, this.process, descriptor);
    if (input) collecting.text = (collecting.text + input.text).slice(0, OUTPUT_LETTERS_MAX);
    if (!input?.isAtEnd) {
      this.wait({ input: collecting.pipe });
      return false;
    }
    const status = this.reap(collecting.child);
    if (status === undefined) {
      this.wait({ children: [collecting.child] });
      return false;
    }
    delete this.process.descriptors[descriptor];
    delete frame.collecting;
    frame.outputs = [...(frame.outputs ?? []), collecting.text.replaceAll('\0', '').replace(/\n+$/, '')];
    frame.substitutionStatus = status;
    return true;
  }

  // Children ----------------------------------------------------------------------------------------------------------

  /** A child shell that runs these frames. */
  fork(frames: Frame[], descriptors: Record<number, Target>): Process {
    const { shell } = this;
    const traps = Object.fromEntries(Object.entries(shell.traps).filter(([, action]) => action === ''));
    const body: Shell = {
      ...shell,
      frames,
      variables: { ...shell.variables },
      exported: { ...shell.exported },
      readonlyNames: { ...shell.readonlyNames },
      functions: { ...shell.functions },
      parameters: [...shell.parameters],
      traps,
      pending: [],
      jobs: [],
      unread: undefined,
      exiting: undefined,
    };
    const kept = Object.entries(descriptors).filter(([descriptor]) => Number(descriptor) < COLLECTING);
    const child = this.kernel.fork(this.process, { body, descriptors: Object.fromEntries(kept) });
    if (!child) throw new ShellError("can't fork: Resource temporarily unavailable");
    return child;
  }

  /** The status of a child that has ended, which is then forgotten; undefined: it has not. */
  reap(id: number): number | undefined {
    const child = this.kernel.find(id);
    if (!child) return 127;
    if (isAlive(child)) return undefined;
    this.kernel.reap(child);
    this.shell.jobs = this.shell.jobs.filter((job) => job !== id);
    return child.exitCode;
  }

  /** As `reap`, and says what signal ended it. */
  reapLoudly(id: number): number | undefined {
    const word = SIGNAL_WORDS[this.kernel.find(id)?.endedBy ?? ''];
    const status = this.reap(id);
    if (status !== undefined && word) this.call([], {}).err(`${word}\n`);
    return status;
  }
}

/** Descriptors from here on are the shell's own and no child's. */
const COLLECTING = 1_000_000;
