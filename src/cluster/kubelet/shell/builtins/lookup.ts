// Builtins that say what a name is: type, command -v, which shells look up themselves.
import type { Builtin } from '../builtin.ts';
import type { Call } from '../call.ts';
import type { ShellContext } from '../context.ts';
import { findExecutable } from '../execute.ts';
import { own } from '../own.ts';
import type { ShellKind } from '../process.ts';
import { isBuiltinName, KEYWORDS, KEYWORDS_OF_BASH } from './names.ts';

type Found = { readonly kind: 'keyword' | 'function' | 'builtin' } | { readonly kind: 'file'; readonly path: string };

const MORE_KEYWORDS: Readonly<Record<ShellKind, readonly string[]>> = {
  bash: KEYWORDS_OF_BASH,
  ash: KEYWORDS_OF_BASH.slice(0, 2),
  dash: [],
};

function find(context: ShellContext, name: string): Found | undefined {
  const more = MORE_KEYWORDS[context.shell.kind];
  if (KEYWORDS.has(name) || more.includes(name)) return { kind: 'keyword' };
  if (own(context.shell.functions, name)) return { kind: 'function' };
  if (isBuiltinName(context.shell.kind, name)) return { kind: 'builtin' };
  const found = findExecutable(context.kernel, context.process, name, context.shell.variables['PATH']);
  return typeof found === 'string' ? undefined : { kind: 'file', path: found.path };
}

function describe({ shell }: ShellContext, name: string, found: Found): string {
  switch (found.kind) {
    case 'keyword':
      return `${name} is a shell keyword`;
    case 'function':
      return `${name} is a ${shell.kind === 'dash' ? 'shell ' : ''}function`;
    case 'builtin':
      return `${name} is a shell builtin`;
    case 'file':
      return `${name} is ${found.path}`;
  }
}

const type: Builtin = {
  run(context, call) {
    const isShort = call.args[0] === '-t';
    let status = 0;
    for (const name of isShort ? call.args.slice(1) : call.args) {
      const found = find(context, name);
      if (found) call.out(`${isShort && context.shell.kind === 'bash' ? found.kind : describe(context, name, found)}\n`);
      else {
        if (!isShort) sayMissing(context, call, name, 'type');
        status = context.shell.kind === 'bash' ? 1 : 127;
      }
    }
    return status;
  },
};

function sayMissing(context: ShellContext, call: Call, name: string, builtin: string): void {
  if (context.shell.kind === 'bash') context.complain(`${name}: not found`, builtin);
  else call.out(`${name}: not found\n`);
}

const command: Builtin = {
  run(context, call) {
    const [option, ...names] = call.args;
    if (option !== '-v' && option !== '-V') return 0;
    const isBash = context.shell.kind === 'bash';
    // Only bash looks for more than one.
    const found = (isBash ? names : names.slice(0, 1)).map((name) => sayWhere(context, call, name, option === '-V'));
    return (isBash ? found.some(Boolean) : found.every(Boolean)) ? 0 : isBash ? 1 : 127;
  },
};

function sayWhere(context: ShellContext, call: Call, name: string, isLong: boolean): boolean {
  const found = find(context, name);
  if (!found) {
    if (isLong) sayMissing(context, call, name, 'command');
    return false;
  }
  call.out(`${isLong ? describe(context, name, found) : found.kind === 'file' ? found.path : name}\n`);
  return true;
}

/** What is one is called before this is asked. */
const builtin: Builtin = {
  run(context, { args }) {
    if (args[0] === undefined) return 0;
    context.complain(`${args[0]}: not a shell builtin`, 'builtin');
    return 1;
  },
};

export const lookup: Readonly<Record<string, Builtin>> = { type, command, builtin };
