// Builtins for aliases: alias unalias.
import type { Builtin } from '../builtin.ts';
import type { Call } from '../call.ts';
import type { ShellContext } from '../context.ts';
import { own } from '../own.ts';
import { singleQuoted } from '../words.ts';

const alias: Builtin = {
  run(context, call) {
    const { shell } = context;
    const mark = shell.kind === 'bash' ? 'alias ' : '';
    const show = (name: string, text: string) => call.out(`${mark}${name}=${singleQuoted(text)}\n`);
    if (call.args.length === 0) for (const [name, text] of Object.entries(shell.aliases)) show(name, text);
    let status = 0;
    for (const word of call.args) {
      const at = word.indexOf('=', 1);
      const name = at < 0 ? word : word.slice(0, at);
      const known = own(shell.aliases, name);
      if (at > 0) shell.aliases = { ...shell.aliases, [name]: word.slice(at + 1) };
      else if (known !== undefined) show(name, known);
      else {
        sayMissing(context, call, name);
        status = 1;
      }
    }
    return status;
  },
};

function sayMissing(context: ShellContext, call: Call, name: string): void {
  if (context.shell.kind === 'bash') context.complain(`${name}: not found`, call.name);
  else call.err(`${call.name}: ${name} not found\n`);
}

const unalias: Builtin = {
  run(context, call) {
    const { shell } = context;
    const { args } = call;
    const isAll = args[0] === '-a';
    const missing = isAll ? [] : args.filter((name) => own(shell.aliases, name) === undefined);
    for (const name of missing) sayMissing(context, call, name);
    shell.aliases = Object.fromEntries(Object.entries(shell.aliases).filter(([name]) => !isAll && !args.includes(name)));
    return missing.length > 0 ? 1 : 0;
  },
};

export const aliases: Readonly<Record<string, Builtin>> = { alias, unalias };
