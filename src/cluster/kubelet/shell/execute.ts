// Finds a program by its name and makes a process into it, as execve(2) does.
import { absolutePath, type FileEntry } from './disk.ts';
import { IS_FOLDER } from './files.ts';
import { type Entrypoint, entrypointOf } from './images/entrypoints.ts';
import { isUnknown, programIn } from './images/index.ts';
import type { Kernel } from './kernel.ts';
import { shells } from './late.ts';
import type { Process, ShellKind } from './process.ts';

export type ExecFault = 'not found' | 'not in path' | 'is a folder' | 'denied';

/** The program of images that are not known: it runs on. */
const UNKNOWN_PROGRAM = 'unknown';
const PATH_DEFAULT = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
/** A script whose first line names a script, and so on. */
const INTERPRETERS_MAX = 4;

const SHELLS: Readonly<Record<string, ShellKind>> = { sh: 'ash', ash: 'ash', hush: 'ash', dash: 'dash', bash: 'bash' };

interface Executable {
  readonly path: string;
  readonly entry: FileEntry;
}

export function findExecutable(kernel: Kernel, process: Process, name: string, path = process.environment['PATH']): Executable | ExecFault {
  const files = kernel.filesOf(process);
  if (name.includes('/')) {
    const whole = absolutePath(name, process.directory);
    const entry = files.stat(whole);
    if (!entry) return 'not found';
    if (entry.type === 'folder') return 'is a folder';
    return entry.mode & 0o111 ? { path: name, entry } : 'denied';
  }
  let isDenied = false;
  for (const folder of name === '' ? [] : (path ?? PATH_DEFAULT).split(':')) {
    const whole = absolutePath(`${folder}/${name}`, process.directory);
    const entry = files.stat(whole);
    if (entry?.type !== 'file') continue;
    if (entry.mode & 0o111) return { path: whole, entry };
    isDenied = true;
  }
  return isDenied ? 'denied' : 'not in path';
}

/** Whether a name that is not found may be a program that only the unknown image knows. */
function isOfUnknownImage(kernel: Kernel, process: Process, fault: ExecFault): boolean {
  return (fault === 'not found' || fault === 'not in path') && isUnknown(kernel.boxOf(process).image);
}

/** Makes the process into the program; a fault leaves it as it was. */
export function execute(kernel: Kernel, process: Process, argv: readonly string[], path?: string): ExecFault | undefined {
  const found = findExecutable(kernel, process, argv[0] ?? '', path);
  if (typeof found !== 'string') return become(kernel, process, argv, found, 0);
  if (!isOfUnknownImage(kernel, process, found)) return found;
  process.argv = [...argv];
  process.body = { type: 'program', program: UNKNOWN_PROGRAM, state: undefined };
  return undefined;
}

function become(kernel: Kernel, process: Process, argv: readonly string[], found: Executable, depth: number): ExecFault | undefined {
  const program = programIn(found.entry);
  if (program === undefined) return becomeScript(kernel, process, argv, found, depth);
  process.argv = [...argv];
  process.cpuMilli = 0;
  process.memoryBytes = 0;
  const kind = SHELLS[program];
  if (kind) shells.get().newShell(kernel, process, argv, kind);
  else process.body = { type: 'program', program, state: undefined };
  return undefined;
}

/** `#!/bin/sh` and the like; without it the script is the shell's. */
function becomeScript(kernel: Kernel, process: Process, argv: readonly string[], found: Executable, depth: number): ExecFault | undefined {
  const first = /^#![ \t]*(\S+)[ \t]*([^\n]*)/.exec(found.entry.text);
  const interpreter = first?.[1] ?? '/bin/sh';
  const option = first?.[2]?.trim();
  const words = [interpreter, ...(option ? [option] : []), found.path, ...argv.slice(1)];
  const next = findExecutable(kernel, process, interpreter);
  if (typeof next === 'string' || depth > INTERPRETERS_MAX) return 'not found';
  const known = entrypointOf(found.entry.text, argv.slice(1));
  if (known && isForDash(next) && typeof findExecutable(kernel, process, known.argv[0] ?? '') !== 'string')
    return becomeEntrypoint(process, words, known);
  return become(kernel, process, words, next, depth + 1);
}

const isForDash = ({ entry }: Executable) => SHELLS[programIn(entry) ?? ''] === 'dash';

/** As dash that has begun with a script. It will find what it becomes; otherwise dash had something to say. */
function becomeEntrypoint(process: Process, words: readonly string[], entrypoint: Entrypoint): undefined {
  process.argv = [...words];
  process.environment['PWD'] = process.directory || '/';
  process.cpuMilli = 0;
  process.memoryBytes = 0;
  process.body = { type: 'program', program: 'entrypoint', state: entrypoint };
}

/** In the words of runc, which starts a container's first process and what is run in it from outside. */
export function runtimeFault(fault: ExecFault, name: string): string {
  const reasons: Readonly<Record<ExecFault, string>> = {
    'not found': `stat ${name}: no such file or directory`,
    'not in path': 'executable file not found in $PATH',
    'is a folder': IS_FOLDER.toLowerCase(),
    denied: 'permission denied',
  };
  return `exec: "${name}": ${reasons[fault]}`;
}
