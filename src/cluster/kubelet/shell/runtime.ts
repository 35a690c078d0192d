// What the kubelet asks of the container runtime: start a container, run a command in it, signal it, let time pass, and tell what
// happened. All state is in the sandbox, which is plain data; everything else comes from the world.
import { bodies } from './bodies.ts';
import { absolutePath } from './disk.ts';
import { type ExecFault, execute, runtimeFault } from './execute.ts';
import type { Happening } from './happening.ts';
import { argvOf, imageOf, isUnknown } from './images/index.ts';
import { Kernel } from './kernel.ts';
import { shells } from './late.ts';
import { beginLog, textsOf } from './logs.ts';
import { userOf } from './owners.ts';
import type { Box, BoxSpec, Process, Sandbox, Session, Shell, Target } from './process.ts';
import { isAlive, processesOf } from './sandbox.ts';
import { accountTime, cpuMilliOf, enforceMemory, memoryBytesOf } from './usage.ts';
import type { HttpAnswer, HttpRequest, NetworkFault, World } from './world.ts';

const PATH_DEFAULT = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** A container or a command that could not be started, in runc's words. */
export interface StartError {
  readonly message: string;
}

// Containers ----------------------------------------------------------------------------------------------------------

/** Makes a container and its first process; it runs when the sandbox is advanced. */
export function startBox(sandbox: Sandbox, spec: BoxSpec, world: World): StartError | undefined {
  const kernel = new Kernel(sandbox, world, bodies);
  const box = newBox(spec, world.nowMs);
  removeBox(sandbox, spec.name);
  sandbox.boxes[spec.name] = box;
  beginLog(sandbox, spec.name, spec.run, world.nowMs);
  const input: Target = spec.isStdinOpen ? heldInput(kernel).target : { type: 'device', name: 'null' };
  const process = newProcess(kernel, box, {
    0: input,
    1: { type: 'log', stream: 'stdout' },
    2: { type: 'log', stream: 'stderr' },
  });
  kernel.filesOf(process).makeFolders(process.directory);
  const argv = argvOf(spec.image, spec.command, spec.args);
  const fault = argv.length === 0 ? becomeDefault(process, spec.image) : execute(kernel, process, argv);
  if (fault) {
    box.exitCode = 128;
    return { message: runtimeFault(fault, argv[0] ?? '') };
  }
  if (spec.isTerminal && spec.isStdinOpen) beInteractive(process);
  sandbox.processes.push(process);
  box.main = process.id;
  return undefined;
}

/** An image without a command: what is not known runs on. */
function becomeDefault(process: Process, image: string): ExecFault | undefined {
  if (!isUnknown(image)) return 'not in path';
  process.argv = [image];
  process.body = { type: 'program', program: 'unknown', state: undefined };
  return undefined;
}

function newBox(spec: BoxSpec, nowMs: number): Box {
  return {
    ...spec,
    layer: new Map(),
    gone: {},
    startedMs: nowMs,
    nextPid: 1,
    main: 0,
    exitCode: undefined,
    steps: 0,
    slices: 0,
    busyUntilMs: 0,
    cpuMs: 0,
    cpuAtMs: nowMs,
    isOomKilled: false,
    memoryLimitBytes: spec.memoryLimitBytes,
    cpuLimitMilli: spec.cpuLimitMilli,
  };
}

function newProcess(kernel: Kernel, box: Box, descriptors: Record<number, Target>): Process {
  const image = imageOf(box.image);
  const user = userOf(box);
  return {
    id: kernel.newId(),
    pid: kernel.newPid(box),
    parent: 0,
    box: box.name,
    argv: [],
    body: { type: 'program', program: '', state: undefined },
    directory: absolutePath(box.workingDir ?? image?.workingDir ?? '/', ''),
    environment: {
      PATH: PATH_DEFAULT,
      HOSTNAME: kernel.sandbox.hostname,
      ...image?.environment,
      ...box.environment,
      ...(box.environment['HOME'] === undefined && { HOME: user === 0 ? '/root' : '/' }),
    },
    descriptors,
    ignored: [],
    umask: 0o022,
    wait: undefined,
    isStopped: false,
    busyUntilMs: 0,
    startedMs: kernel.nowMs,
    cpuMilli: 0,
    memoryBytes: 0,
    exitCode: undefined,
    endedBy: undefined,
  };
}

/** Sends a signal, by its name without SIG, to the container's first process; KILL always ends it. */
export function signalBox(sandbox: Sandbox, box: string, signal: string, world: World): Happening[] {
  const kernel = new Kernel(sandbox, world, bodies);
  const main = mainOf(sandbox, box);
  if (main) kernel.signal(main, signal, true);
  return kernel.happenings;
}

/** The signal that asks a container of this image to end. */
export function stopSignalOf(image: string): string {
  return imageOf(image)?.stopSignal ?? 'TERM';
}

/** Forgets a container with its layer; its logs stay. */
export function removeBox(sandbox: Sandbox, box: string): void {
  sandbox.processes = sandbox.processes.filter((process) => process.box !== box);
  sandbox.listeners = sandbox.listeners.filter((listener) => listener.box !== box);
  for (const session of Object.values(sandbox.sessions)) if (session.box === box) delete sandbox.sessions[session.id];
  delete sandbox.boxes[box];
}

function mainOf(sandbox: Sandbox, name: string): Process | undefined {
  const id = sandbox.boxes[name]?.main;
  return sandbox.processes.find((process) => process.id === id && isAlive(process));
}

/** Other limits, in place. */
export function resizeBox(sandbox: Sandbox, name: string, limits: Pick<BoxSpec, 'cpuLimitMilli' | 'memoryLimitBytes'>): void {
  Object.assign(sandbox.boxes[name] ?? {}, limits);
}

// Commands from outside -----------------------------------------------------------------------------------------------

export interface ExecOptions {
  /** Its whole input; with `isInputOpen` only the beginning of it. */
  readonly stdin?: string;
  readonly isInputOpen?: boolean;
  /** A terminal: the shell is interactive. */
  readonly isTerminal?: boolean;
}

export interface AttachOptions extends Omit<ExecOptions, 'isTerminal'> {
  /** What was printed before is output, too. */
  readonly isFromStart?: boolean;
}

/** Starts a command in a running container. Its output and its exit code are kept in `sandbox.sessions` until it is closed. */
export function execInBox(
  sandbox: Sandbox,
  box: string,
  argv: readonly string[],
  options: ExecOptions,
  world: World,
): Session | StartError {
  const kernel = new Kernel(sandbox, world, bodies);
  const id = kernel.newId();
  const input = options.stdin !== undefined || options.isInputOpen ? heldInput(kernel) : undefined;
  const process = newProcess(kernel, kernel.box(box), {
    0: input?.target ?? { type: 'device', name: 'null' },
    1: { type: 'session', id, stream: 'stdout' },
    2: { type: 'session', id, stream: 'stderr' },
  });
  const fault = execute(kernel, process, argv);
  if (fault) return { message: runtimeFault(fault, argv[0] ?? '') };
  if (options.isTerminal) beInteractive(process);
  sandbox.processes.push(process);
  const session: Session = {
    id,
    box,
    process: process.id,
    input: input?.id,
    output: [],
    outputLetters: 0,
    exitCode: undefined,
    ...(options.isTerminal && { isTerminal: true }),
  };
  sandbox.sessions[id] = session;
  if (input) writeInput(sandbox, id, options.stdin ?? '', !options.isInputOpen);
  return session;
}

/** A shell that reads its script from a terminal. */
function beInteractive({ body }: Process): void {
  if (body.type === 'shell' && body.unread !== undefined) body.isInteractive = true;
}

/** The first process of a running container as if it had been started from outside; undefined: it does not run. */
export function attachToBox(
  sandbox: Sandbox,
  box: string,
  { isFromStart = false, stdin, isInputOpen }: AttachOptions,
  world: World,
): Session | undefined {
  const main = mainOf(sandbox, box);
  if (!main) return undefined;
  const id = new Kernel(sandbox, world, bodies).newId();
  const input = main.descriptors[0];
  const session: Session = {
    id,
    box,
    process: main.id,
    isAttached: true,
    input: input?.type === 'pipe' ? input.id : undefined,
    output: textsOf(sandbox, box, isFromStart),
    outputLetters: 0,
    exitCode: undefined,
  };
  sandbox.sessions[id] = session;
  if (stdin !== undefined) writeInput(sandbox, id, stdin, !isInputOpen);
  return session;
}

function heldInput(kernel: Kernel): { readonly target: Target; readonly id: number } {
  const id = kernel.newId();
  kernel.sandbox.pipes[id] = { text: '', isHeldOpen: true };
  return { id, target: { type: 'pipe', id, end: 'read' } };
}

/** More input for a command from outside; the last of it ends the input. */
export function writeInput(sandbox: Sandbox, session: number, text: string, isLast = false): void {
  const pipe = sandbox.pipes[sandbox.sessions[session]?.input ?? -1];
  if (!pipe) return;
  pipe.text += text;
  if (isLast) pipe.isHeldOpen = false;
}

/** Whether the command, or one that it runs, waits for input that has not come. */
export function isAwaitingInput({ processes, sessions, pipes }: Sandbox, session: number): boolean {
  const input = sessions[session]?.input;
  return input !== undefined && pipes[input]?.text === '' && processes.some(({ wait }) => wait?.input === input);
}

/** A shell that has done all that it was told; undefined: the command is none, or is busy. */
export function shellAtPrompt(sandbox: Sandbox, session: number): Shell | undefined {
  const { process: id, input } = sandbox.sessions[session] ?? {};
  const process = sandbox.processes.find((each) => each.id === id);
  const { body, wait } = process ?? {};
  if (body?.type !== 'shell' || body.frames.length > 0 || body.unread !== '' || wait?.input !== input) return undefined;
  return isAwaitingInput(sandbox, session) ? body : undefined;
}

/** What Ctrl C does: whatever runs in front is interrupted, and a shell that it leaves alone asks anew. Background jobs go on. */
export function interruptSession(sandbox: Sandbox, session: number, world: World): readonly Happening[] {
  const kernel = new Kernel(sandbox, world, bodies);
  const { process: id = -1, input = -1 } = sandbox.sessions[session] ?? {};
  const process = kernel.find(id);
  if (!process) return [];
  const { body } = process;
  const jobs = body.type === 'shell' ? body.jobs : [];
  const inFront = sandbox.processes.filter((each) => isBelow(kernel, each, process, jobs));
  for (const each of inFront) kernel.signal(each, 'INT');
  if (body.type !== 'shell' || !body.isInteractive) kernel.signal(process, 'INT');
  else if (!inFront.some(isAlive)) {
    const pipe = sandbox.pipes[input];
    if (pipe) pipe.text = '';
    shells.get().interrupt(kernel, process, body);
  }
  return kernel.happenings;
}

/** Whether it was begun by a process, or by what that began, and is no job of it. */
function isBelow(kernel: Kernel, { id, parent }: Process, top: Process, jobs: readonly number[]): boolean {
  if (jobs.includes(id)) return false;
  if (parent === top.id) return true;
  const above = kernel.find(parent);
  return above !== undefined && isBelow(kernel, above, top, jobs);
}

/** The output since it was last asked for. */
export function takeOutput(sandbox: Sandbox, session: number): Session['output'] {
  const found = sandbox.sessions[session];
  if (!found) return [];
  const { output } = found;
  found.output = [];
  return output;
}

/** Forgets a command from outside; if it still runs it is killed. */
export function closeSession(sandbox: Sandbox, id: number, world: World): void {
  const session = sandbox.sessions[id];
  if (!session) return;
  const kernel = new Kernel(sandbox, world, bodies);
  const process = kernel.find(session.process);
  if (process && !session.isAttached) kernel.end(process, 137, 'KILL');
  delete sandbox.sessions[id];
}

// Time ----------------------------------------------------------------------------------------------------------------

/** Lets everything run that can run at `world.nowMs`. */
export function advance(sandbox: Sandbox, world: World): Happening[] {
  const kernel = new Kernel(sandbox, world, bodies);
  accountTime(kernel);
  kernel.run();
  while (enforceMemory(kernel)) kernel.run();
  kernel.dropPipes();
  return kernel.happenings;
}

/** When the sandbox must be advanced next; undefined: not before something comes from outside. */
export function nextWakeMs(sandbox: Sandbox, world: World): number | undefined {
  return new Kernel(sandbox, world, bodies).nextWakeMs();
}

export interface Usage {
  /** Now, in thousandths of a processor. */
  readonly cpuMilli: number;
  readonly memoryBytes: number;
  /** Since the container was started. */
  readonly cpuMs: number;
}

export function usageOf(sandbox: Sandbox, name: string, world: World): Usage {
  const kernel = new Kernel(sandbox, world, bodies);
  const box = sandbox.boxes[name];
  if (!box || box.exitCode !== undefined) return { cpuMilli: 0, memoryBytes: 0, cpuMs: box?.cpuMs ?? 0 };
  const cpuMilli = cpuMilliOf(kernel, box);
  return { cpuMilli, memoryBytes: memoryBytesOf(kernel, box), cpuMs: box.cpuMs + (cpuMilli * (world.nowMs - box.cpuAtMs)) / 1000 };
}

// The network ---------------------------------------------------------------------------------------------------------

/** Opens a connection to a port of the pod and closes it; whether something listens there. */
export function knock(sandbox: Sandbox, port: number, world: World): boolean {
  return new Kernel(sandbox, world, bodies).knock(port);
}

/** A request that has reached the pod. */
export function serve(
  sandbox: Sandbox,
  port: number,
  request: HttpRequest,
  world: World,
): {
  readonly answer: HttpAnswer | NetworkFault;
  readonly happenings: readonly Happening[];
} {
  const kernel = new Kernel(sandbox, world, bodies);
  const answer = kernel.answer(port, request);
  return { answer, happenings: kernel.happenings };
}

/** The running processes of a container, for the picture. */
export function processList(sandbox: Sandbox, box: string): { readonly pid: number; readonly title: string }[] {
  return processesOf(sandbox, box).map(({ pid, argv }) => ({ pid, title: argv.join(' ') }));
}

/** The ports of a container that are open. */
export function portsOf(sandbox: Sandbox, box: string): number[] {
  return sandbox.listeners.filter((listener) => listener.box === box).map(({ port }) => port);
}
