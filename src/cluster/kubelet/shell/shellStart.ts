// A shell at its beginning: what its arguments ask for, and the variables that it has.
import { readFile } from './descriptors.ts';
import { FileError } from './files.ts';
import type { Kernel } from './kernel.ts';
import { programOf } from './parser.ts';
import type { Frame, Process, Shell, ShellKind } from './process.ts';

/** Options that `-o` and `+o` name. */
export const OPTION_NAMES: Readonly<Record<string, string>> = {
  errexit: 'e',
  nounset: 'u',
  xtrace: 'x',
  noglob: 'f',
  noclobber: 'C',
  allexport: 'a',
  noexec: 'n',
  verbose: 'v',
  pipefail: 'P',
  monitor: 'm',
  errtrace: 'E',
};

interface Start {
  options: string;
  /** The text after `-c`. */
  command: string | undefined;
  isCommandNext: boolean;
  isReadingInput: boolean;
  isInteractive: boolean;
  rest: string[];
}

/** Makes the process a shell. */
export function newShell(kernel: Kernel, process: Process, argv: readonly string[], kind: ShellKind): void {
  const start = readArguments(argv.slice(1));
  const [name = argv[0] ?? 'sh', ...parameters] = start.rest;
  const isFile = start.command === undefined && start.rest.length > 0 && !start.isReadingInput;
  const shell: Shell = {
    type: 'shell',
    kind,
    frames: [],
    variables: { ...process.environment, IFS: ' \t\n', OPTIND: '1', PPID: '0' },
    exported: Object.fromEntries(Object.keys(process.environment).map((key) => [key, true as const])),
    readonlyNames: {},
    keyed: {},
    aliases: {},
    depth: 0,
    functions: {},
    scriptName: start.command === undefined && !isFile ? (argv[0] ?? 'sh') : name,
    parameters: start.isReadingInput ? start.rest : parameters,
    traps: {},
    pending: [],
    status: 0,
    lastBackground: 0,
    jobs: [],
    options: start.options,
    startedMs: kernel.nowMs,
    shellPid: process.pid,
    line: 0,
    lineFirst: kind === 'ash' && start.command !== undefined ? 0 : 1,
    unread: undefined,
    isInteractive: start.isInteractive,
    isPrompted: false,
    isCommand: start.command !== undefined,
    exiting: undefined,
  };
  setVariables(shell, process);
  process.body = shell;
  if (start.command !== undefined) shell.frames = [rootFrame(start.command, kind, true)];
  else if (isFile) openScript(kernel, process, shell, name);
  else shell.unread = '';
}

/** What ash looks for programs in where nobody has told it. */
const PATH_OF_ASH = '/sbin:/usr/sbin:/bin:/usr/bin';

function setVariables(shell: Shell, process: Process): void {
  if (shell.kind === 'ash' && shell.variables['PATH'] === undefined) exportVariable(shell, process, 'PATH', PATH_OF_ASH);
  exportVariable(shell, process, 'PWD', process.directory || '/');
  if (shell.kind === 'bash') shell.variables['BASH_VERSION'] = '5.2.37(1)-release';
  if (shell.kind !== 'dash') exportVariable(shell, process, 'SHLVL', String((Number(shell.variables['SHLVL']) || 0) + 1));
}

function exportVariable(shell: Shell, process: Process, name: string, value: string): void {
  shell.variables[name] = value;
  shell.exported[name] = true;
  process.environment[name] = value;
}

function openScript(kernel: Kernel, process: Process, shell: Shell, name: string): void {
  try {
    shell.frames = [rootFrame(readFile(kernel, process, name), shell.kind)];
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    shell.frames = [rootFrame('exit 2', shell.kind)];
    shell.startError = shell.kind === 'bash' ? `${name}: ${error.message}` : `can't open '${name}': ${error.message}`;
  }
}

/** A frame for a whole text; the last command of `sh -c` replaces the shell. */
export function rootFrame(source: string, kind: ShellKind, isCommand = false): Frame {
  const { root, isEndingAtOnce } = programOf(source, kind);
  return { source, node: root, at: 0, isTested: false, isLast: isCommand && isEndingAtOnce };
}

function readArguments(words: readonly string[]): Start {
  const start: Start = {
    options: '',
    command: undefined,
    isCommandNext: false,
    isReadingInput: false,
    isInteractive: false,
    rest: [...words],
  };
  for (let word = start.rest[0]; word !== undefined && /^[-+]./.test(word); word = start.rest[0]) {
    start.rest.shift();
    if (word === '--') break;
    if (!word.startsWith('--')) readLetters(word, start);
  }
  if (start.isCommandNext) {
    if (start.rest[0] === '--') start.rest.shift();
    start.command = start.rest.shift() ?? '';
  }
  return start;
}

function readLetters(word: string, start: Start): void {
  for (const letter of word.slice(1)) {
    if (letter === 'c') start.isCommandNext = true;
    else if (letter === 's') start.isReadingInput = true;
    else if (letter === 'i') start.isInteractive = true;
    else if (letter === 'l') continue;
    else {
      const option = letter === 'o' ? OPTION_NAMES[start.rest.shift() ?? ''] : letter;
      if (!option) continue;
      start.options = start.options.replaceAll(option, '') + (word.startsWith('-') ? option : '');
    }
  }
}
