// A shell in the middle of a script: the frames it is in, and what every command of it needs: variables, children, errors, its end.
import { elementName, elementsOf, namesOfElements } from './arrays.ts';
import { Call } from './call.ts';
import { complaint } from './complaint.ts';
import { OWN_DESCRIPTORS } from './descriptors.ts';
import type { Files } from './files.ts';
import type { Kernel } from './kernel.ts';
import { own } from './own.ts';
import { programOf } from './parser.ts';
import type { Frame, Process, Shell, Target, Wait } from './process.ts';
import { isAlive } from './sandbox.ts';
import { ScriptError } from './scriptError.ts';
import { rootFrame } from './shellStart.ts';
import { SIGNAL_WORDS } from './signals.ts';
import type { Node } from './syntax.ts';
import { functionsOf, SECONDS } from './values.ts';

/** Functions that call themselves and scripts that read themselves. */
const FRAMES_MAX = 1000;

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
    return programOf(frame.source, this.shell.kind).nodes[frame.node] as Node;
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
    const { restore, beside = [] } = this.shell.frames.pop() ?? {};
    for (const descriptor of beside) this.setDescriptor(descriptor, null);
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

  /** A command is done: its status counts for `set -e` and the trap of ERR. */
  finish(frame: Frame, status: number, pipeStatuses?: readonly number[]): void {
    const { shell } = this;
    shell.status = status;
    if (pipeStatuses) shell.pipeStatuses = pipeStatuses;
    else delete shell.pipeStatuses;
    this.pop();
    if (status === 0 || frame.isTested) return;
    const isEnding = shell.options.includes('e');
    const action = shell.traps['ERR'];
    if (action && this.isErrorTrapHere()) this.runErrorTrap(action, isEnding ? status : undefined);
    else if (isEnding) this.exit(status);
  }

  /** Not in functions, unless `set -E` says so, and not in itself. */
  private isErrorTrapHere(): boolean {
    const { frames, options } = this.shell;
    return frames.every(({ boundary }) => boundary !== 'trap' && (boundary !== 'function' || options.includes('E')));
  }

  /** Before each command, but not in functions and traps; whether it is to run first. */
  runDebugTrap(frame: Frame): boolean {
    const action = this.shell.traps['DEBUG'];
    if (!action || frame.isAnnounced || this.shell.frames.some(({ boundary }) => boundary === 'trap' || boundary === 'function'))
      return false;
    frame.isAnnounced = true;
    this.push({ ...rootFrame(action, this.shell.kind), isTested: true, boundary: 'trap', restore: { status: this.shell.status } });
    return true;
  }

  /** Its commands stand on the line of the one that failed, as their LINENO says. */
  private runErrorTrap(action: string, exitStatus: number | undefined): void {
    const { shell } = this;
    const text = `${'\n'.repeat(shell.line)}${action}${exitStatus === undefined ? '' : `\nexit ${exitStatus}`}`;
    this.push({ ...rootFrame(text, shell.kind), isTested: true, boundary: 'trap', restore: { status: shell.status } });
  }

  /** Leaves frames until `count` loops are left, or the innermost of them goes on. False: there is no loop here. */
  leaveLoops(count: number, isContinuing: boolean): boolean {
    const { frames } = this.shell;
    const start = frames.findLastIndex((frame) => frame.boundary !== undefined && frame.boundary !== 'eval') + 1;
    const loops: number[] = [];
    for (let i = frames.length - 1; i >= start && loops.length < count; i--) {
      const { type } = this.nodeOf(frames[i] as Frame);
      if (type === 'while' || type === 'for' || type === 'select' || type === 'counting') loops.push(i);
    }
    const loop = loops.at(-1);
    if (loop === undefined) return false;
    const length = isContinuing ? loop + 1 : loop;
    while (frames.length > length) this.pop();
    return true;
  }

  get isInFunction(): boolean {
    return this.shell.frames.some(({ boundary }) => boundary === 'function' || boundary === 'script');
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
    this.push({ ...rootFrame(trap, shell.kind), boundary: 'trap' });
  }

  /** Says what is wrong, as this kind of shell words it. */
  complain(message: string, builtin?: string): void {
    this.call([], {}).err(complaint(this.shell, message, builtin));
  }

  /** A mistake of the script ends the shell; one that is interactive goes on with the next line. */
  giveUp(said: string, status = 2): void {
    const { shell } = this;
    this.call([], {}).err(said);
    if (!shell.isInteractive || shell.unread === undefined) return this.exit(status);
    while (shell.frames.length > 0) this.pop();
    shell.status = status;
  }

  /** As a special builtin does. */
  giveUpIn(builtin: string, message: string, status = 2): 'left' {
    this.giveUp(complaint(this.shell, message, builtin), status);
    return 'left';
  }

  get isTracing(): boolean {
    return this.shell.options.includes('x');
  }

  /** A line of `set -x`; bash shows how deep in `$(…)` it is. */
  trace(text: string): void {
    const { variables, kind, depth } = this.shell;
    const mark = variables['PS4'] ?? '+ ';
    this.call([], {}).err(`${kind === 'bash' ? mark.slice(0, 1).repeat(depth) : ''}${mark}${text}\n`);
  }

  // Variables ---------------------------------------------------------------------------------------------------------

  assign(name: string, value: string): void {
    if (own(this.shell.readonlyNames, name))
      throw new ShellError(`${name}: ${this.shell.kind === 'bash' ? 'readonly variable' : 'is read only'}`);
    this.setVariable(name, value);
    if (this.shell.options.includes('a')) this.setExported(name, true);
  }

  /** `name=(…)`, or `name+=(…)`; a value may name its place: `[key]=value`. */
  assignArray(name: string, values: readonly string[], isAppending: boolean): void {
    const before = isAppending ? elementsOf(this.shell, name) : [];
    if (!isAppending) this.unsetArray(name);
    let index = before.length;
    for (const word of values) {
      const [, key, value = word] = /^\[(.*?)\]=([^]*)$/.exec(word) ?? [];
      this.assign(elementName(name, key ?? index++), value);
    }
  }

  unsetArray(name: string): void {
    const { variables } = this.shell;
    for (const key of namesOfElements(this.shell, name)) delete variables[elementName(name, key)];
    delete variables[name];
  }

  setVariable(name: string, value: string | undefined): void {
    const { variables, exported, kind } = this.shell;
    if (name === SECONDS && kind === 'bash') this.shell.startedMs = this.kernel.nowMs - (Number(value) || 0) * 1000;
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
      jobsAbove: shell.jobs,
      functionsAbove: functionsOf(shell),
      unread: undefined,
      exiting: undefined,
    };
    const kept = Object.entries(descriptors).filter(([descriptor]) => Number(descriptor) < OWN_DESCRIPTORS);
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
