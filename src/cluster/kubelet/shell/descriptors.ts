// What a process reads and writes: opening, reading and writing through its descriptors.
import { Late } from '../../../base/late.ts';
import { absolutePath } from './disk.ts';
import { FileError, IS_FOLDER, NOT_FOUND } from './files.ts';
import type { Kernel } from './kernel.ts';
import { appendLog } from './logs.ts';
import type { Device, Process, Session, Target, Wait } from './process.ts';
import type * as procFiles from './procFiles.ts';

/** Descriptors from here on are a shell's own and no child's. */
export const OWN_DESCRIPTORS = 1_000_000;
/** What a command from outside may print before its output is cut off. */
const SESSION_LETTERS_MAX = 1 << 20;
/** What of a large file can be read. */
const ZEROS_MAX = 1 << 20;
/** How much an endless device gives at once. */
const DEVICE_LETTERS = 65_536;

const DEVICES: Readonly<Record<string, Device>> = {
  '/dev/null': 'null',
  '/dev/zero': 'zero',
  '/dev/full': 'full',
  '/dev/random': 'random',
  '/dev/urandom': 'random',
};

export function deviceAt(path: string): Device | undefined {
  return DEVICES[path];
}

/** Devices that always have more to read. */
export function isEndless(device: Device | undefined): boolean {
  return device !== undefined && device !== 'null';
}

// Opening -------------------------------------------------------------------------------------------------------------

/** A descriptor that stands for a descriptor: `/dev/stdout`, `/proc/1/fd/1`. */
function descriptorAt(kernel: Kernel, process: Process, path: string): Target | undefined {
  const standard = ['/dev/stdin', '/dev/stdout', '/dev/stderr'].indexOf(path);
  if (standard >= 0) return process.descriptors[standard];
  const found = /^\/(?:dev\/fd|proc\/(self|\d+)\/fd)\/(\d+)$/.exec(path);
  if (!found) return undefined;
  const [, pid = 'self', descriptor] = found;
  const owner = pid === 'self' ? process : kernel.findPid(Number(pid), kernel.boxOf(process));
  return owner?.descriptors[Number(descriptor)];
}

/** The pipe that stands behind a descriptor's path, as `<(…)` makes one. */
export function pipeAt(kernel: Kernel, process: Process, path: string): Target | undefined {
  const target = path.startsWith('/dev/fd/') ? descriptorAt(kernel, process, path) : undefined;
  return target?.type === 'pipe' ? target : undefined;
}

/** A descriptor to read from. */
export function openToRead(kernel: Kernel, process: Process, path: string): Target {
  const whole = absolutePath(path, process.directory);
  const existing = descriptorAt(kernel, process, whole);
  if (existing) return existing;
  const device = deviceAt(whole);
  if (device) return { type: 'device', name: device };
  return openNamed(kernel, process, whole, 'read') ?? textSource(kernel, readFile(kernel, process, path));
}

/** An end of a named pipe; undefined: no such pipe lies there. Whoever opens it must wait for the other end (`waitForPartner`). */
function openNamed(kernel: Kernel, process: Process, path: string, end: 'read' | 'write'): Target | undefined {
  const files = kernel.filesOf(process);
  if (files.stat(path)?.type !== 'pipe') return undefined;
  const place = files.placeOf(path);
  // A disk of a container is known by the container.
  const disk = place.disk === '' ? ` ${process.box}` : place.disk;
  const { pipes } = kernel.sandbox;
  const found = Object.entries(pipes).find(([, { named }]) => named?.disk === disk && named.path === place.path);
  const id = found ? Number(found[0]) : kernel.newId();
  const named = found?.[1].named ?? { disk, path: place.path, read: 0, write: 0 };
  named[end]++;
  pipes[id] ??= { text: '', isHeldOpen: false, named };
  return { type: 'pipe', id, end };
}

/** What must come before a named pipe can be used whose end was opened just now; undefined: nothing. */
export function waitForPartner(kernel: Kernel, target: Target | undefined): Wait | undefined {
  if (target?.type !== 'pipe') return undefined;
  const { named } = kernel.sandbox.pipes[target.id] ?? {};
  const end = target.end === 'read' ? 'write' : 'read';
  if (!named || kernel.hasEnd(target.id, end)) return undefined;
  return { opened: { pipe: target.id, end, after: named[end] } };
}

/** The same for all descriptors that were opened. */
export function waitForPartners(kernel: Kernel, { descriptors }: Process, opened: Readonly<Record<number, unknown>>): Wait | undefined {
  for (const descriptor of Object.keys(opened).map(Number)) {
    const wait = waitForPartner(kernel, descriptors[descriptor]);
    if (wait) return wait;
  }
  return undefined;
}

/** A descriptor to read this text from. */
export function textSource(kernel: Kernel, text: string): Target {
  const id = kernel.newId();
  kernel.sandbox.pipes[id] = { text, isHeldOpen: false };
  return { type: 'pipe', id, end: 'read' };
}

export function openToWrite(kernel: Kernel, process: Process, path: string, isAppending: boolean): Target {
  const whole = absolutePath(path, process.directory);
  const existing = descriptorAt(kernel, process, whole);
  if (existing) return existing;
  const device = deviceAt(whole);
  if (device) return { type: 'device', name: device };
  const pipe = openNamed(kernel, process, whole, 'write');
  if (pipe) return pipe;
  const files = kernel.filesOf(process);
  if (whole === '' || path.endsWith('/')) throw new FileError(IS_FOLDER);
  if (isAppending && files.stat(whole)) files.append(whole, '');
  else files.create(whole, 0o666 & ~process.umask);
  return { type: 'file', path: whole };
}

export function newPipe(kernel: Kernel): { readonly read: Target; readonly write: Target; readonly id: number } {
  const id = kernel.newId();
  kernel.sandbox.pipes[id] = { text: '', isHeldOpen: false };
  return { id, read: { type: 'pipe', id, end: 'read' }, write: { type: 'pipe', id, end: 'write' } };
}

// Reading -------------------------------------------------------------------------------------------------------------

/** Thrown where the whole of a pipe is wanted that somebody still writes to: no mistake, what was to read comes again a little later. */
export class StillWritten {
  readonly wait: Wait;

  constructor(nowMs: number) {
    this.wait = { untilMs: nowMs + 1 };
  }
}

/** Files that are made when they are read. */
export const generatedFiles = new Late<Pick<typeof procFiles, 'procFile'>>('tools');

/** All of a file at once; endless devices give some. */
export function readFile(kernel: Kernel, process: Process, path: string): string {
  const whole = absolutePath(path, process.directory);
  const piped = pipeAt(kernel, process, whole);
  if (piped?.type === 'pipe' && kernel.hasEnd(piped.id, 'write')) throw new StillWritten(kernel.nowMs);
  if (piped?.type === 'pipe') return kernel.sandbox.pipes[piped.id]?.text ?? '';
  const device = deviceAt(whole);
  if (device) return deviceText(kernel, device);
  const generated = isGenerated(whole) ? generatedFiles.get().procFile(kernel, process, whole) : undefined;
  if (generated !== undefined) return generated;
  const files = kernel.filesOf(process);
  if (path === '') throw new FileError(NOT_FOUND);
  const text = wholeText(files.read(whole), files.stat(whole)?.bytes);
  kernel.happenings.push({ type: 'read', box: process.box, ...files.placeOf(whole) });
  return text;
}

function isGenerated(path: string): boolean {
  return path.startsWith('/proc/') || path.startsWith('/sys/fs/cgroup/');
}

/** Of a large file only its size is kept: as much of it as may be read is zeros. */
function wholeText(text: string, bytes = 0): string {
  return bytes > text.length ? text + '\0'.repeat(Math.min(bytes, ZEROS_MAX) - text.length) : text;
}

function deviceText(kernel: Kernel, device: Device): string {
  if (device === 'null') return '';
  if (device !== 'random') return '\0'.repeat(DEVICE_LETTERS);
  let text = '';
  // Letters that are one byte each.
  while (text.length < 4096) text += String.fromCharCode(Math.floor(kernel.world.random('urandom') * 128));
  return text;
}

export interface Input {
  readonly text: string;
  readonly isAtEnd: boolean;
}

/** All that can be read now; undefined: there will be something later. */
export function takeInput(kernel: Kernel, process: Process, descriptor: number): Input | undefined {
  const target = process.descriptors[descriptor];
  if (target?.type === 'device') return { text: deviceText(kernel, target.name), isAtEnd: target.name === 'null' };
  if (target?.type !== 'pipe') return { text: '', isAtEnd: true };
  const pipe = kernel.sandbox.pipes[target.id];
  if (!pipe) return { text: '', isAtEnd: true };
  const { text } = pipe;
  pipe.text = '';
  if (text === '' && kernel.hasEnd(target.id, 'write')) return undefined;
  return { text, isAtEnd: !kernel.hasEnd(target.id, 'write') };
}

/** One line with its end, or what is left before the end; an empty text is the end; undefined: it will come later. */
export function takeLine(kernel: Kernel, process: Process, descriptor: number): string | undefined {
  const target = process.descriptors[descriptor];
  const pipe = target?.type === 'pipe' ? kernel.sandbox.pipes[target.id] : undefined;
  if (target?.type !== 'pipe' || !pipe) return '';
  const end = pipe.text.indexOf('\n') + 1;
  if (end === 0 && kernel.hasEnd(target.id, 'write')) return undefined;
  const line = end === 0 ? pipe.text : pipe.text.slice(0, end);
  pipe.text = pipe.text.slice(line.length);
  return line;
}

/** Gives back what was read too much. */
export function putBack(kernel: Kernel, process: Process, descriptor: number, text: string): void {
  const target = process.descriptors[descriptor];
  const pipe = target?.type === 'pipe' ? kernel.sandbox.pipes[target.id] : undefined;
  if (pipe) pipe.text = text + pipe.text;
}

/** The pipe that a process must wait for. */
export function inputPipe(process: Process, descriptor: number): number | undefined {
  const target = process.descriptors[descriptor];
  return target?.type === 'pipe' ? target.id : undefined;
}

// Writing -------------------------------------------------------------------------------------------------------------

/** Throws FileError where nothing more can be written; a pipe that nobody reads ends the process. */
export function write(kernel: Kernel, process: Process, descriptor: number, text: string): void {
  if (text === '') return;
  const target = process.descriptors[descriptor];
  switch (target?.type) {
    case undefined:
      throw new FileError('Bad file descriptor');
    case 'log':
      appendLog(kernel.sandbox, process.box, target.stream, text, kernel.nowMs);
      kernel.happenings.push({ type: 'print', box: process.box });
      return printToAttached(kernel, process.box, target.stream, text);
    case 'session':
      return print(kernel.sandbox.sessions[target.id], target.stream, text);
    case 'pipe':
      return writePipe(kernel, process, target.id, text);
    case 'file':
      return kernel.filesOf(process).append(target.path, text);
    case 'device':
      if (target.name === 'full') throw new FileError('No space left on device');
  }
}

function printToAttached({ sandbox }: Kernel, box: string, stream: 'stdout' | 'stderr', text: string): void {
  for (const session of Object.values(sandbox.sessions)) if (session.isAttached && session.box === box) print(session, stream, text);
}

function print(session: Session | undefined, stream: 'stdout' | 'stderr', text: string): void {
  if (!session || session.outputLetters >= SESSION_LETTERS_MAX) return;
  session.output.push({ stream, text });
  session.outputLetters += text.length;
}

function writePipe(kernel: Kernel, process: Process, id: number, text: string): void {
  const pipe = kernel.sandbox.pipes[id];
  if (pipe && kernel.hasEnd(id, 'read')) pipe.text += text;
  else kernel.signal(process, 'PIPE');
}
