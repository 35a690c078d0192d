// Builtins for aliases: alias unalias.
import type { Builtin } from '../builtin.ts';
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
        context.complain(`${name}: not found`, 'alias');
        status = 1;
      }
    }
    return status;
  },
};

const unalias: Builtin = {
  run({ shell }, { args }) {
    const isKept = ([name]: readonly [string, string]) => args[0] !== '-a' && !args.includes(name);
    shell.aliases = Object.fromEntries(Object.entries(shell.aliases).filter(isKept));
    return 0;
  },
};

export const aliases: Readonly<Record<string, Builtin>> = { alias, unalias };
