// Builtins that are programs, too, and the small ones: echo printf test [ true false : cd pwd umask ulimit let.
import { calculate } from '../arithmetic.ts';
import type { Builtin } from '../builtin.ts';
import type { Call, Outcome } from '../call.ts';
import type { ShellContext } from '../context.ts';
import { absolutePath } from '../disk.ts';
import { findExecutable } from '../execute.ts';
import type { ShellKind } from '../process.ts';
import { isProcessFolder } from '../procFiles.ts';
import type { Program } from '../program.ts';
import { changedMode } from '../programs/chmod.ts';
import { echo, echoOfDash } from '../programs/echo.ts';
import { printedText, printf } from '../programs/printf.ts';
import { test } from '../programs/test.ts';
import { no, yes } from '../programs/truth.ts';
import { isBuiltinName } from './names.ts';
import { variablesOf } from './variables.ts';

function fromProgram(program: Program): Builtin {
  return { run: (_context, call) => program.run(call) };
}

/** `printf -v name` of bash prints into a variable. */
function printInto(context: ShellContext, call: Call): Outcome {
  const [option, name = '', ...rest] = call.args;
  if (option !== '-v' || context.shell.kind !== 'bash') return printf.run(call);
  const { text, status } = printedText(call.withArgs(rest));
  context.assign(name, text);
  return status;
}

const cd: Builtin = {
  run(context, call) {
    const { shell, process } = context;
    const [target = shell.variables['HOME'] ?? '/'] = call.args.filter((word) => word !== '-P' && word !== '-L' && word !== '--');
    if (shell.kind === 'bash') {
      const problem = call.args.filter((word) => !/^-./.test(word)).length > 1 ? 'too many arguments' : undefined;
      const mistake = target === '-' && shell.variables['OLDPWD'] === undefined ? 'OLDPWD not set' : problem;
      if (mistake) {
        context.complain(mistake, 'cd');
        return 1;
      }
    }
    const path = target === '-' ? (shell.variables['OLDPWD'] ?? process.directory) : target;
    const status = enterFolder(context, path, 'cd');
    if (status === 0 && target === '-') call.out(`${process.directory || '/'}\n`);
    return status;
  },
};

/** Goes to a folder, or says as the builtin of this name why not. */
export function enterFolder(context: ShellContext, path: string, name: string): number {
  const { kernel, process, files } = context;
  const whole = absolutePath(path, process.directory);
  const entry = files.stat(whole);
  const isFolder = entry?.type === 'folder' || isProcessFolder(kernel, process, whole);
  if (!isFolder) return cannotEnter(context, path, entry ? 'Not a directory' : 'No such file or directory', name);
  context.assign('OLDPWD', process.directory || '/');
  context.setExported('OLDPWD', true);
  process.directory = whole;
  context.assign('PWD', whole || '/');
  return 0;
}

function cannotEnter(context: ShellContext, target: string, reason: string, name: string): number {
  const { kind } = context.shell;
  context.complain(kind === 'bash' ? `${target}: ${reason}` : `can't cd to ${target}${kind === 'dash' ? '' : `: ${reason}`}`, name);
  return kind === 'bash' ? 1 : 2;
}

const pwd: Builtin = {
  run(context, call) {
    call.out(`${context.process.directory || '/'}\n`);
    return 0;
  },
};

const WRONG_MODE: Readonly<Record<ShellKind, (mode: string) => string>> = {
  ash: (mode) => `illegal mode: ${mode}`,
  dash: (mode) => (/^\d/.test(mode) ? `Illegal number: ${mode}` : `Illegal mode: ${mode}`),
  bash: (mode) =>
    /^\d/.test(mode)
      ? `${mode}: octal number out of range`
      : `\`${/[^ugoa]/.exec(mode)?.[0] ?? ''}': invalid symbolic mode ${/^[ugoa]*[^ugoa=+-]/.test(mode) ? 'operator' : 'character'}`,
};

/** `u=rwx,g=rx,o=rx`. */
function symbolicMode(mode: number): string {
  const letters = (bits: number) => ['r', 'w', 'x'].filter((_, i) => bits & (4 >> i)).join('');
  return `u=${letters(mode >> 6)},g=${letters(mode >> 3)},o=${letters(mode)}`;
}

const umask: Builtin = {
  run(context, call) {
    const { process, shell } = context;
    const [word] = call.args.filter((each) => !/^-[pS]$/.test(each));
    if (word === undefined && call.args.includes('-S')) call.out(`${symbolicMode(~process.umask)}\n`);
    else if (word === undefined) call.out(`${process.umask.toString(8).padStart(4, '0')}\n`);
    else if (/^[0-7]{1,4}$/.test(word)) process.umask = Number.parseInt(word, 8);
    else {
      const mode = /^\d/.test(word) ? undefined : changedMode(~process.umask & 0o777, word);
      if (mode === undefined) {
        context.complain(WRONG_MODE[shell.kind](word), 'umask');
        return shell.kind === 'bash' ? 1 : 2;
      }
      process.umask = ~mode & 0o777;
    }
    return 0;
  },
};

const ulimit: Builtin = {
  run(_context, call) {
    call.out(call.args.includes('-n') ? '1048576\n' : 'unlimited\n');
    return 0;
  },
};

const letBuiltin: Builtin = {
  run(context, { args }) {
    if (args.length === 0) {
      context.complain('expression expected', 'let');
      return 2;
    }
    const values = args.map((word) => calculate(word, variablesOf(context)));
    return values.at(-1) === 0n ? 1 : 0;
  },
};

const times: Builtin = {
  run(_context, call) {
    call.out('0m0.000s 0m0.000s\n0m0.000s 0m0.000s\n');
    return 0;
  },
};

/** Limitation: nothing is kept of where programs were found. */
const hash: Builtin = {
  run(context, call) {
    const names = call.args.filter((word) => !word.startsWith('-'));
    if (call.args.length === 0 && context.shell.kind === 'bash') call.out('hash: hash table empty\n');
    const missing = names.filter(
      (name) => !isBuiltinName(context.shell.kind, name) && typeof findExecutable(context.kernel, context.process, name) === 'string',
    );
    for (const name of missing) context.complain(`${name}: not found`, 'hash');
    return missing.length > 0 ? 1 : 0;
  },
};

const nothing: Builtin = { run: () => 0 };

export const plain: Readonly<Record<string, Builtin>> = {
  ':': { ...nothing, isSpecial: true },
  true: fromProgram(yes),
  false: fromProgram(no),
  echo: { run: ({ shell }, call) => (shell.kind === 'dash' ? echoOfDash(call) : echo.run(call)) },
  printf: { run: printInto },
  test: fromProgram(test),
  '[': fromProgram(test),
  cd,
  pwd,
  umask,
  ulimit,
  let: letBuiltin,
  times,
  hash,
};
