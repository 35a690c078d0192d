// Builtins that say what a name is: type, command -v, which shells look up themselves.
import type { Builtin } from '../builtin.ts';
import type { Call } from '../call.ts';
import type { ShellContext } from '../context.ts';
import { findExecutable } from '../execute.ts';
import { own } from '../own.ts';
import { BUILTIN_NAMES, KEYWORDS } from './names.ts';

type Found = { readonly kind: 'keyword' | 'function' | 'builtin' } | { readonly kind: 'file'; readonly path: string };

function find(context: ShellContext, name: string): Found | undefined {
  if (KEYWORDS.has(name)) return { kind: 'keyword' };
  if (own(context.shell.functions, name)) return { kind: 'function' };
  if (BUILTIN_NAMES.has(name)) return { kind: 'builtin' };
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
    return names.map((name) => sayWhere(context, call, name, option === '-V')).every(Boolean) ? 0 : context.shell.kind === 'bash' ? 1 : 127;
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

export const lookup: Readonly<Record<string, Builtin>> = { type, command };
