// The kernel under a pod's containers: processes are made, run in turns, signalled and ended here. What a process does when it is its
// turn is none of its business: shells and programs are given to it.
import type { Disk } from './disk.ts';
import { Files } from './files.ts';
import type { ExitReason, Happening } from './happening.ts';
import { imageFiles } from './images/index.ts';
import { endLog } from './logs.ts';
import type { Box, Process, Sandbox, Target, Wait } from './process.ts';
import { isAlive, processesOf } from './sandbox.ts';
import { isIgnoredByDefault, signalNumber } from './signals.ts';
import type { HttpAnswer, HttpRequest, NetworkFault, World } from './world.ts';

/** Processes of one pod; then there is `can't fork`. */
const PROCESSES_MAX = 256;
/** Ended processes that nobody has asked for, of one parent. */
const ZOMBIES_MAX = 64;
/** Steps of one process before the next has its turn. */
const TURN_STEPS = 200;
/** Steps of a container before time must pass. */
const SLICE_STEPS = 20_000;
/** How much time passes then; after some slices in a row twice as much with each, so that a loop that never sleeps costs little. */
const SLICE_MS_FIRST = 20;
const SLICES_AT_FIRST = 16;
const SLICE_MS_MAX = 5000;
/** More make no difference. */
const SLICES_MAX = 32;

/** What a process is when it runs: a shell or a program. */
export interface Bodies {
  step(kernel: Kernel, process: Process): void;
  /** False: the signal does to it what signals do by default. */
  isSignalTaken(kernel: Kernel, process: Process, signal: string): boolean;
  /** What a server says to a request. */
  answer(kernel: Kernel, process: Process, request: HttpRequest, port: number): HttpAnswer | NetworkFault;
  /** A connection on which nothing is said. */
  knock(kernel: Kernel, process: Process): void;
}

export class Kernel {
  readonly sandbox: Sandbox;
  readonly world: World;
  readonly happenings: Happening[] = [];
  private readonly bodies: Bodies;
  /** Whose turn it is. */
  private running: Process | undefined;
  private readonly filesOfBox = new Map<string, Files>();

  constructor(sandbox: Sandbox, world: World, bodies: Bodies) {
    this.sandbox = sandbox;
    this.world = world;
    this.bodies = bodies;
  }

  get nowMs(): number {
    return this.world.nowMs;
  }

  newId(): number {
    return this.sandbox.nextId++;
  }

  box(name: string): Box {
    return this.sandbox.boxes[name] as Box;
  }

  boxOf(process: Process): Box {
    return this.box(process.box);
  }

  find(id: number): Process | undefined {
    return this.sandbox.processes.find((process) => process.id === id);
  }

  /** By the number that processes of this container know. */
  findPid(pid: number, box: Box): Process | undefined {
    return this.sandbox.processes.find((process) => process.pid === pid && this.isSeen(process, box));
  }

  /** Whether it lives, and processes of this container know of it. */
  isSeen(process: Process, box: Box): boolean {
    return isAlive(process) && (box.isProcessNamespaceShared || this.namespaceOf(this.boxOf(process)) === this.namespaceOf(box));
  }

  /** The container whose processes are numbered together with those of this one. */
  private namespaceOf(box: Box): Box {
    return this.sandbox.boxes[box.joins ?? ''] ?? box;
  }

  filesOf(process: Process): Files {
    const { box } = process;
    let files = this.filesOfBox.get(box);
    if (!files) {
      files = new Files(this.sandbox, this.box(box), {
        nowMs: this.nowMs,
        disk: (key): Disk | undefined => this.world.disk(key),
        image: imageFiles,
        sizeLimit: (key) => this.sandbox.memoryVolumes[key]?.bytesMax,
        onWrite: (disk, path) => this.happenings.push({ type: 'write', box, disk, path }),
      });
      this.filesOfBox.set(box, files);
    }
    return files;
  }

  // Processes ---------------------------------------------------------------------------------------------------------

  newPid(box: Box): number {
    return box.isProcessNamespaceShared ? this.sandbox.nextSharedPid++ : this.namespaceOf(box).nextPid++;
  }

  /** A child that is the same as its parent but for what is given; undefined: there are too many. */
  fork(parent: Process, given: Pick<Process, 'body' | 'descriptors'>): Process | undefined {
    if (this.sandbox.processes.length >= PROCESSES_MAX) return undefined;
    this.dropZombies(parent);
    const child: Process = {
      ...parent,
      id: this.newId(),
      pid: this.newPid(this.boxOf(parent)),
      parent: parent.id,
      environment: { ...parent.environment },
      ignored: [...parent.ignored],
      wait: undefined,
      isStopped: false,
      startedMs: this.nowMs,
      cpuMilli: 0,
      ...given,
    };
    this.sandbox.processes.push(child);
    return child;
  }

  private dropZombies(parent: Process): void {
    const ended = this.sandbox.processes.filter((process) => process.parent === parent.id && !isAlive(process));
    for (const process of ended.slice(0, Math.max(0, ended.length - ZOMBIES_MAX))) this.reap(process);
  }

  end(process: Process, exitCode: number, signal?: string): void {
    if (!isAlive(process)) return;
    process.exitCode = exitCode & 255;
    process.endedBy = signal;
    process.wait = undefined;
    process.descriptors = {};
    this.closePorts(process);
    const box = this.boxOf(process);
    for (const child of this.sandbox.processes) if (child.parent === process.id) child.parent = box.main;
    for (const session of Object.values(this.sandbox.sessions)) {
      if (session.process !== process.id || session.exitCode !== undefined) continue;
      session.exitCode = process.exitCode;
      this.happenings.push({ type: 'session', id: session.id, exitCode: process.exitCode });
    }
    if (process.id === box.main) this.endBox(box, process);
    else if (!this.isAwaited(process)) this.reap(process);
  }

  /** Whether its parent may ask how it ended. */
  private isAwaited(process: Process): boolean {
    const parent = this.find(process.parent);
    if (!parent || !isAlive(parent)) return false;
    return parent.body.type === 'shell' || parent === this.running || (parent.wait?.children?.includes(process.id) ?? false);
  }

  reap(process: Process): void {
    this.sandbox.processes.splice(this.sandbox.processes.indexOf(process), 1);
  }

  private endBox(box: Box, main: Process): void {
    if (box.exitCode !== undefined) return;
    const exitCode = main.exitCode as number;
    box.exitCode = exitCode;
    for (const other of processesOf(this.sandbox, box.name)) this.end(other, 137, 'KILL');
    for (const { joins, main: first } of Object.values(this.sandbox.boxes)) {
      const guest = joins === box.name ? this.find(first) : undefined;
      if (guest) this.end(guest, 137, 'KILL');
    }
    this.sandbox.processes = this.sandbox.processes.filter((process) => process.box !== box.name);
    endLog(this.sandbox, box.name, this.nowMs);
    const reason: ExitReason = box.isOomKilled ? 'OOMKilled' : exitCode === 0 ? 'Completed' : 'Error';
    this.happenings.push({ type: 'exit', box: box.name, exitCode, reason });
  }

  private closePorts(process: Process): void {
    const open = this.sandbox.listeners.filter((listener) => listener.process !== process.id);
    if (open.length === this.sandbox.listeners.length) return;
    this.sandbox.listeners = open;
    this.happenings.push({ type: 'ports', box: process.box });
  }

  // Signals -----------------------------------------------------------------------------------------------------------

  /** Sends a signal by its name without SIG. */
  signal(process: Process, signal: string, isFromOutside = false): void {
    if (!isAlive(process)) return;
    // Nobody in it can kill or stop the first process of its namespace.
    if (process.pid === 1 && !isFromOutside && (signal === 'KILL' || signal === 'STOP')) return;
    process.busyUntilMs = Math.min(process.busyUntilMs, this.nowMs);
    if (signal === 'KILL') return this.end(process, 137, signal);
    if (signal === 'STOP') process.isStopped = true;
    if (signal === 'CONT') process.isStopped = false;
    if (process.ignored.includes(signal) || this.bodies.isSignalTaken(this, process, signal) || isIgnoredByDefault(signal)) return;
    // The first process of its namespace gets only signals that it asked for.
    if (process.pid === 1) return;
    if (signal === 'TSTP') process.isStopped = true;
    else this.end(process, 128 + signalNumber(signal), signal);
  }

  // Requests ----------------------------------------------------------------------------------------------------------

  /** What this pod answers on a port. */
  answer(port: number, request: HttpRequest): HttpAnswer | NetworkFault {
    const process = this.listenerAt(port);
    if (!process) return 'refused';
    if (process.isStopped) return 'timeout';
    const answer = this.bodies.answer(this, process, request, port);
    const status = typeof answer === 'string' ? 0 : answer.status;
    this.happenings.push({ type: 'request', box: process.box, port, from: request.from, path: request.path, status });
    return answer;
  }

  /** Opens a connection to a port of the pod and closes it; whether anybody listens. */
  knock(port: number): boolean {
    const process = this.listenerAt(port);
    if (process) this.bodies.knock(this, process);
    return process !== undefined;
  }

  private listenerAt(port: number): Process | undefined {
    const listener = this.sandbox.listeners.find((each) => each.port === port);
    return listener && this.find(listener.process);
  }

  /** A request of the process that runs to somebody outside the pod. */
  ask(address: string, port: number, request: HttpRequest): HttpAnswer | NetworkFault {
    const answer = this.world.request(address, port, request);
    const { host: to, path } = request;
    const status = typeof answer === 'string' ? 0 : answer.status;
    if (this.running) this.happenings.push({ type: 'sent', box: this.running.box, to, path, status });
    return answer;
  }

  // Turns -------------------------------------------------------------------------------------------------------------

  /** Lets everything run that can run now. */
  run(): void {
    for (const box of Object.values(this.sandbox.boxes)) {
      if (box.busyUntilMs >= this.nowMs) continue;
      box.slices = 0;
      box.steps = 0;
    }
    for (let hasRun = true; hasRun; ) {
      hasRun = false;
      for (const process of this.sandbox.processes.slice()) if (this.takeTurn(process)) hasRun = true;
    }
  }

  private takeTurn(process: Process): boolean {
    if (!isAlive(process) || !this.isRunnable(process)) return false;
    const box = this.boxOf(process);
    for (let i = 0; i < TURN_STEPS && isAlive(process) && this.isRunnable(process); i++) {
      process.wait = undefined;
      this.running = process;
      this.bodies.step(this, process);
      if (++box.steps >= SLICE_STEPS) this.passTime(box);
    }
    return true;
  }

  /** Whoever could go on in this container must wait; whoever sleeps wakes in time. */
  private passTime(box: Box): void {
    box.busyUntilMs = this.nowMs + Math.min(SLICE_MS_MAX, SLICE_MS_FIRST * 2 ** Math.max(0, box.slices - SLICES_AT_FIRST));
    for (const process of processesOf(this.sandbox, box.name)) if (this.isRunnable(process)) process.busyUntilMs = box.busyUntilMs;
    box.slices = Math.min(box.slices + 1, SLICES_MAX);
    box.steps = 0;
  }

  isRunnable(process: Process): boolean {
    if (process.isStopped || process.busyUntilMs > this.nowMs || this.isOutputFull(process)) return false;
    const { wait } = process;
    if (!wait) return true;
    if (wait.untilMs !== undefined && wait.untilMs <= this.nowMs) return true;
    if (wait.input !== undefined && this.isReadable(wait.input)) return true;
    if (wait.opened && this.isOpened(wait.opened)) return true;
    return wait.children?.some((id) => !this.isRunning(id)) ?? false;
  }

  private isOpened({ pipe, end, after }: NonNullable<Wait['opened']>): boolean {
    return this.hasEnd(pipe, end) || (this.sandbox.pipes[pipe]?.named?.[end] ?? 0) > after;
  }

  private isRunning(id: number): boolean {
    const process = this.find(id);
    return process !== undefined && isAlive(process);
  }

  /** When something can run again; undefined: not before something comes from outside. */
  nextWakeMs(): number | undefined {
    let next: number | undefined;
    for (const process of this.sandbox.processes) {
      const atMs = isAlive(process) ? this.wakeMsOf(process) : undefined;
      if (atMs !== undefined && (next === undefined || atMs < next)) next = atMs;
    }
    return next;
  }

  private wakeMsOf(process: Process): number | undefined {
    const { busyUntilMs } = process;
    if (process.isStopped || this.isOutputFull(process)) return undefined;
    if (this.isRunnable(process)) return this.nowMs;
    if (busyUntilMs > this.nowMs) return busyUntilMs;
    return process.wait?.untilMs;
  }

  // Pipes -------------------------------------------------------------------------------------------------------------

  isReadable(pipe: number): boolean {
    const found = this.sandbox.pipes[pipe];
    return !found || found.text !== '' || !this.hasEnd(pipe, 'write');
  }

  hasEnd(pipe: number, end: 'read' | 'write'): boolean {
    if (end === 'write' && this.sandbox.pipes[pipe]?.isHeldOpen) return true;
    return this.sandbox.processes.some((process) => Object.values(process.descriptors).some((target) => isEnd(target, pipe, end)));
  }

  private isOutputFull({ descriptors }: Process): boolean {
    if (!this.hasFullPipe) return false;
    for (const descriptor in descriptors) {
      const target = descriptors[descriptor] as Target;
      if (target.type !== 'pipe' || target.end !== 'write') continue;
      const pipe = this.sandbox.pipes[target.id];
      if (pipe && pipe.text.length >= PIPE_LETTERS_MAX && this.hasEnd(target.id, 'read')) return true;
    }
    return false;
  }

  private get hasFullPipe(): boolean {
    for (const id in this.sandbox.pipes) if ((this.sandbox.pipes[id]?.text.length ?? 0) >= PIPE_LETTERS_MAX) return true;
    return false;
  }

  /** Forgets pipes that nobody has hold of any more. */
  dropPipes(): void {
    for (const id of Object.keys(this.sandbox.pipes).map(Number)) {
      if (!this.hasEnd(id, 'read') && !this.hasEnd(id, 'write')) delete this.sandbox.pipes[id];
    }
  }
}

/** As Linux. */
const PIPE_LETTERS_MAX = 65_536;

function isEnd(target: Target, pipe: number, end: 'read' | 'write'): boolean {
  return target.type === 'pipe' && target.id === pipe && target.end === end;
}
