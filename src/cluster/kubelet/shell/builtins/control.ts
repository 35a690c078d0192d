// Builtins that change where the shell goes on: break continue return exit eval . exec trap set shift.
import { becomeProgram } from '../becomeProgram.ts';
import type { Builtin } from '../builtin.ts';
import type { Call } from '../call.ts';
import type { ShellContext } from '../context.ts';
import { readFile } from '../descriptors.ts';
import { findExecutable } from '../execute.ts';
import { FileError } from '../files.ts';
import type { Frame, ShellKind } from '../process.ts';
import { OPTION_NAMES, rootFrame } from '../shellStart.ts';
import { signalNamed, signalNumber } from '../signals.ts';
import { singleQuoted } from '../words.ts';

function leavingLoops(isContinuing: boolean): Builtin {
  return {
    isSpecial: true,
    run(context, { args }) {
      const name = isContinuing ? 'continue' : 'break';
      const count = Number(args[0] ?? 1);
      const isBash = context.shell.kind === 'bash';
      if (isBash && count <= 0) {
        context.complain(`${args[0]}: loop count out of range`, name);
        context.shell.status = 1;
        return context.leaveLoops(Number.POSITIVE_INFINITY, false) ? 'left' : 1;
      }
      if (!(count >= 1)) return wrongNumber(context, name, args[0], 128);
      context.shell.status = 0;
      if (context.leaveLoops(count, isContinuing)) return 'left';
      if (isBash) context.complain("only meaningful in a `for', `while', or `until' loop", name);
      return 0;
    },
  };
}

function wrongNumber(context: ShellContext, builtin: string, text: string | undefined, statusOfBash = 2): 'left' {
  const isBash = context.shell.kind === 'bash';
  return context.giveUpIn(builtin, isBash ? `${text}: numeric argument required` : `Illegal number: ${text}`, isBash ? statusOfBash : 2);
}

const returnFrom: Builtin = {
  isSpecial: true,
  run(context, { args }) {
    const status = args[0] ?? String(context.shell.status);
    if (!/^\d+$/.test(status)) {
      if (context.shell.kind !== 'bash') return wrongNumber(context, 'return', status);
      context.complain(`${status}: numeric argument required`, 'return');
      context.leaveFunction(2);
      return 'left';
    }
    if (context.shell.kind === 'bash' && !context.isInFunction) {
      context.complain("can only `return' from a function or sourced script", 'return');
      return 2;
    }
    context.leaveFunction(Number(status) & 255);
    return 'left';
  },
};

const exit: Builtin = {
  isSpecial: true,
  run(context, { args }) {
    const { shell } = context;
    // In a trap `exit` alone keeps the status from before it.
    const inTrap = shell.frames.find((frame) => frame.boundary === 'trap')?.restore?.status;
    const status = args[0] ?? String(inTrap ?? (shell.exiting !== undefined ? shell.exiting : shell.status));
    if (!(shell.kind === 'bash' ? /^[-+]?\d+$/ : /^\d+$/).test(status)) return wrongNumber(context, 'exit', status);
    context.exit(Number(status) & 255);
    return 'left';
  },
};

const evaluateWords: Builtin = {
  isSpecial: true,
  run(context, { args }, frame) {
    context.shell.status = 0;
    context.push({ ...rootFrame(args.join(' '), context.shell.kind), isTested: frame.isTested, boundary: 'eval' });
    return 'called';
  },
};

/** `.` and `source`: the commands of a file, in this shell. */
const source: Builtin = {
  isSpecial: true,
  run(context, call, frame) {
    const [path, ...given] = call.args;
    const parameters = context.shell.kind === 'dash' ? [] : given;
    if (path === undefined) return 2;
    const found = path.includes('/') ? path : sourcePath(context, path);
    let text: string;
    try {
      text = readFile(context.kernel, context.process, found);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      const { kind, isInteractive } = context.shell;
      if (kind === 'bash') context.complain(`${path}: ${error.message}`);
      else if (!path.includes('/') && found === path) context.complain(`${path}: not found`, call.name);
      else if (kind === 'dash') context.complain(`cannot open ${path}: ${error.message.replace(/ or directory$/, '')}`, call.name);
      else context.complain(`can't open '${path}': ${error.message}`, call.name);
      if (kind === 'bash' || isInteractive) return 1;
      context.exit(2);
      return 'left';
    }
    const restore: Frame['restore'] = parameters.length > 0 ? { parameters: context.shell.parameters } : undefined;
    if (parameters.length > 0) context.shell.parameters = parameters;
    context.push({ ...rootFrame(text, context.shell.kind), isTested: frame.isTested, boundary: 'script', ...(restore && { restore }) });
    return 'called';
  },
};

function sourcePath(context: ShellContext, name: string): string {
  const found = findExecutable(context.kernel, context.process, name);
  return typeof found === 'string' ? name : found.path;
}

const exec: Builtin = {
  isSpecial: true,
  run(context, { args }) {
    const words = args[0] === '--' ? args.slice(1) : args;
    if (words.length === 0) return 0;
    const { shell } = context;
    for (const signal of Object.keys(shell.traps)) if (shell.traps[signal] === '') context.process.ignored.push(signal);
    delete shell.traps['EXIT'];
    becomeProgram(context, words, true);
    return 'left';
  },
};

const trap: Builtin = {
  isSpecial: true,
  run(context, call) {
    const { traps } = context.shell;
    const words = call.args[0] === '--' ? call.args.slice(1) : call.args;
    if (words.length === 0 || words[0] === '-p') {
      for (const [name, action] of Object.entries(traps))
        call.out(`trap -- ${singleQuoted(action)} ${listedName(context.shell.kind, name)}\n`);
      return 0;
    }
    const isReset = words.length === 1 || words[0] === '-' || /^\d+$/.test(words[0] as string);
    const [action, signals] = isReset && words[0] !== '-' ? ['-', words] : [words[0] as string, words.slice(1)];
    let status = 0;
    for (const text of signals) {
      const name = /^(ERR|DEBUG)$/.test(text) && context.shell.kind === 'bash' ? text : signalNamed(text);
      if (!name) {
        if (context.shell.kind === 'dash') call.err(`trap: ${text}: bad trap\n`);
        else context.complain(`${text}: invalid signal specification`, 'trap');
        status = 1;
      } else if (action === '-') delete traps[name];
      else traps[name] = action;
    }
    context.process.ignored = Object.keys(traps).filter((name) => traps[name] === '' && signalNumber(name) > 0);
    return status;
  },
};

function listedName(kind: ShellKind, name: string): string {
  return kind === 'bash' && signalNumber(name) > 0 ? `SIG${name}` : name;
}

/** Limitation: of its switches only `nullglob` makes a difference here. */
const shopt: Builtin = {
  run({ shell }, call) {
    const names = call.args.filter((word) => !word.startsWith('-'));
    const before = shell.switches ?? [];
    if (call.args.includes('-s')) shell.switches = [...new Set([...before, ...names])];
    else if (call.args.includes('-u')) shell.switches = before.filter((name) => !names.includes(name));
    else {
      if (!call.args.includes('-q')) for (const name of names) call.out(`${name.padEnd(20)}\t${before.includes(name) ? 'on' : 'off'}\n`);
      return names.every((name) => before.includes(name)) ? 0 : 1;
    }
    return 0;
  },
};

const SET_LETTERS = new Set('abefhikmnptuvxBCEHIPTV');

const set: Builtin = {
  isSpecial: true,
  run(context, call) {
    const { shell } = context;
    const rest = [...call.args];
    if (rest.length === 0) {
      for (const name of Object.keys(shell.variables).sort()) call.out(`${name}=${singleQuoted(shell.variables[name] as string)}\n`);
      return 0;
    }
    while (/^[-+]./.test(rest[0] ?? '') && rest[0] !== '--') {
      const word = rest.shift() as string;
      for (const letter of word.slice(1)) {
        if (letter === 'o' && rest.length === 0) return printOptions(context, call.out.bind(call));
        const name = letter === 'o' ? (rest.shift() as string) : undefined;
        const option = name === undefined ? letter : OPTION_NAMES[name];
        if (!option || (name === undefined && !SET_LETTERS.has(letter)) || (name === 'pipefail' && shell.kind === 'dash'))
          return illegalOption(context, call, name ?? `${word.slice(0, 1)}${letter}`);
        shell.options = shell.options.replaceAll(option, '') + (word.startsWith('-') ? option : '');
      }
      if (rest.length === 0) return 0;
    }
    if (rest[0] === '--' || rest[0] === '-') rest.shift();
    shell.parameters = rest;
    if (shell.kind !== 'bash') context.assign('OPTIND', '1');
    return 0;
  },
};

function printOptions({ shell }: ShellContext, out: (text: string) => void): number {
  for (const [name, letter] of Object.entries(OPTION_NAMES)) out(`${name.padEnd(16)}${shell.options.includes(letter) ? 'on' : 'off'}\n`);
  return 0;
}

/** A letter with its sign, or the name after `-o`. */
function illegalOption(context: ShellContext, call: Call, option: string): number | 'left' {
  const { kind } = context.shell;
  const isLetter = /^[-+]/.test(option);
  if (kind !== 'bash')
    return context.giveUpIn('set', `${kind === 'dash' ? 'Illegal' : 'illegal'} option ${isLetter ? '' : '-o '}${option}`);
  context.complain(isLetter ? `${option}: invalid option` : `${option}: invalid option name`, 'set');
  if (isLetter) call.err('set: usage: set [-abefhkmnptuvxBCEHPT] [-o option-name] [--] [-] [arg ...]\n');
  return 2;
}

const shift: Builtin = {
  isSpecial: true,
  run(context, { args }) {
    const { shell } = context;
    const count = Number(args[0] ?? 1);
    if (Number.isNaN(count)) {
      if (shell.kind !== 'bash') return wrongNumber(context, 'shift', args[0]);
      context.complain(`${args[0]}: numeric argument required`, 'shift');
      return 1;
    }
    if (!(count >= 0 && count <= shell.parameters.length)) {
      if (shell.kind !== 'dash') return 1;
      return context.giveUpIn('shift', "can't shift that many");
    }
    shell.parameters = shell.parameters.slice(count);
    return 0;
  },
};

export const control: Readonly<Record<string, Builtin>> = {
  break: leavingLoops(false),
  continue: leavingLoops(true),
  return: returnFrom,
  exit,
  eval: evaluateWords,
  '.': source,
  source,
  exec,
  trap,
  set,
  shift,
  shopt,
};
