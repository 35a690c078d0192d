// Builtins that declare variables: export readonly local unset.

import { calculate, type Variables } from '../arithmetic.ts';
import { declareKeyed } from '../arrays.ts';
import type { Builtin } from '../builtin.ts';
import type { Call } from '../call.ts';
import type { ShellContext } from '../context.ts';
import { own } from '../own.ts';
import { doubleQuoted, singleQuoted } from '../words.ts';

/** `NAME` or `NAME=value`, each with what is to be done after it was assigned. */
function declareEach(context: ShellContext, words: readonly string[], builtin: string, action: (name: string) => void): number | 'left' {
  let status = 0;
  for (const word of words) {
    const [, name, sign, value = ''] = /^([A-Za-z_]\w*)(\+?=)?([^]*)$/.exec(word) ?? [];
    if (name === undefined || (sign === undefined && value !== '')) {
      if (context.shell.kind !== 'bash') return context.giveUpIn(builtin, badName(word));
      context.complain(`\`${word}': not a valid identifier`, builtin);
      status = 1;
      continue;
    }
    if (sign !== undefined) context.assign(name, sign === '+=' ? (own(context.shell.variables, name) ?? '') + value : value);
    action(name);
  }
  return status;
}

const badName = (word: string) => `${word.split('=', 1)[0]}: bad variable name`;

function list(context: ShellContext, call: Call, names: readonly string[], word: string): number {
  const isBash = context.shell.kind === 'bash';
  const mark = isBash ? `declare -${word === 'export' ? 'x' : 'r'}` : word;
  for (const name of [...names].sort()) {
    const value = own(context.shell.variables, name);
    call.out(`${mark} ${name}${value === undefined ? '' : `=${isBash ? doubleQuoted(value) : singleQuoted(value)}`}\n`);
  }
  return 0;
}

const exportNames: Builtin = {
  isSpecial: true,
  run(context, call) {
    const words = call.args.filter((word) => word !== '-p' && word !== '-n');
    if (words.length === 0) return list(context, call, Object.keys(context.shell.exported), 'export');
    const isExported = !call.args.includes('-n');
    return declareEach(context, words, 'export', (name) => context.setExported(name, isExported));
  },
};

const readonly: Builtin = {
  isSpecial: true,
  run(context, call) {
    const words = call.args.filter((word) => word !== '-p');
    if (words.length === 0) return list(context, call, Object.keys(context.shell.readonlyNames), 'readonly');
    return declareEach(context, words, 'readonly', (name) => {
      context.shell.readonlyNames[name] = true;
    });
  },
};

const local: Builtin = {
  isSpecial: true,
  run(context, call) {
    const { shell } = context;
    const frame = shell.frames.findLast((each) => each.boundary === 'function');
    const isDeclaring = call.name !== 'local';
    if (!frame && !isDeclaring) {
      if (shell.kind !== 'bash') return context.giveUpIn('local', 'not in a function');
      context.complain('can only be used in a function', 'local');
      return 1;
    }
    const words = call.args.filter((word) => !/^-[a-zA-Z]+$/.test(word));
    const has = (letter: string) => call.args.some((word) => word.startsWith('-') && word.includes(letter, 1));
    if (isDeclaring && (has('p') || has('f') || has('F'))) return listDeclared(context, call, words, has('p'));
    for (const word of words) if (frame) remember(context, frame.restore ?? {}, word.split(/\+?=/, 1)[0] as string);
    const isExporting = has('x');
    const isKeyed = shell.kind === 'bash' && has('A');
    return declareEach(context, words, call.name, (name) => {
      if (isKeyed) declareKeyed(shell, name);
      if (has('i')) context.assign(name, String(calculate(own(shell.variables, name) ?? '', variablesOf(context))));
      if (has('r')) shell.readonlyNames[name] = true;
      if (isExporting) context.setExported(name, true);
      else if (own(shell.variables, name) === undefined && shell.kind === 'bash') context.setVariable(name, undefined);
    });
  },
};

/** `declare -p`, and of functions their names. Limitation: not what stands in them, and `-i` counts once only. */
function listDeclared(context: ShellContext, call: Call, words: readonly string[], isOfVariables: boolean): number {
  const { functions, variables: all, exported, readonlyNames } = context.shell;
  const known = isOfVariables ? all : functions;
  const names = words.length > 0 ? words : Object.keys(known).sort();
  let status = 0;
  for (const name of names) {
    const isKnown = own<unknown>(known, name) !== undefined;
    if (!isKnown && isOfVariables) context.complain(`${name}: not found`, call.name);
    if (!isKnown) status = 1;
    else if (!isOfVariables) call.out(words.length > 0 ? `${name}\n` : `declare -f ${name}\n`);
    else {
      const marks = `${own(readonlyNames, name) ? 'r' : ''}${own(exported, name) ? 'x' : ''}` || '-';
      call.out(`declare -${marks} ${name}=${doubleQuoted(own(all, name) ?? '')}\n`);
    }
  }
  return status;
}

/** For calculations. */
export function variablesOf(context: ShellContext): Variables {
  return { get: (name) => own(context.shell.variables, name), set: (name, value) => context.assign(name, value) };
}

/** The value goes back to what it was when the function is left. */
function remember({ shell }: ShellContext, restore: NonNullable<ShellContext['shell']['frames'][number]['restore']>, name: string): void {
  restore.variables ??= {};
  if (!(name in restore.variables)) restore.variables[name] = own(shell.variables, name) ?? null;
}

const unset: Builtin = {
  isSpecial: true,
  run(context, call) {
    const isFunction = call.args[0] === '-f';
    for (const name of call.args.filter((word) => word !== '-f' && word !== '-v')) {
      if (isFunction) delete context.shell.functions[name];
      else if (context.shell.kind !== 'bash' && !/^[A-Za-z_]\w*$/.test(name)) return context.giveUpIn('unset', badName(name));
      else if (own(context.shell.readonlyNames, name)) {
        if (context.shell.kind !== 'bash') return context.giveUpIn('unset', `${name}: is read only`);
        context.complain(`${name}: cannot unset: readonly variable`, 'unset');
        return 1;
      } else {
        context.setExported(name, false);
        context.setVariable(name, undefined);
        context.unsetArray(name);
      }
    }
    return 0;
  },
};

export const variables: Readonly<Record<string, Builtin>> = {
  export: exportNames,
  readonly,
  local,
  declare: local,
  typeset: local,
  unset,
};
