// Which options builtins take, and what each shell says of another one. Models nextopt of ash and dash, and bash's internal_getopt.
import type { Call } from '../call.ts';
import type { ShellContext } from '../context.ts';

/** As getopt has it: a colon after letters that take a value. */
const LETTERS_IN_BOTH: Readonly<Record<string, string>> = {
  unalias: 'a',
  cd: 'LP',
  pwd: 'LP',
  command: 'pvV',
  read: 'p:r',
  hash: 'rv',
  export: 'p',
  readonly: 'p',
  unset: 'fv',
  umask: 'S',
  ulimit: 'HSatfdscmlpnvwr',
  wait: '',
  jobs: 'lp',
  trap: '',
  bg: '',
  fg: '',
};

const LETTERS_OF: Readonly<Record<'ash' | 'dash', Readonly<Record<string, string>>>> = {
  ash: { ...LETTERS_IN_BOTH, read: 'p:u:rt:n:sd:' },
  dash: { ...LETTERS_IN_BOTH, printf: '' },
};

/** With how they are used. */
const LETTERS_OF_BASH: Readonly<Record<string, readonly [letters: string, usage: string]>> = {
  alias: ['p', '[-p] [name[=value] ... ]'],
  unalias: ['a', '[-a] name [name ...]'],
  cd: ['LPe@', '[-L|[-P [-e]] [-@]] [dir]'],
  pwd: ['LP', '[-LP]'],
  command: ['pVv', '[-pVv] command [arg ...]'],
  read: [
    'ersa:d:i:n:N:p:t:u:',
    '[-ers] [-a array] [-d delim] [-i text] [-n nchars] [-N nchars] [-p prompt] [-t timeout] [-u fd] [name ...]',
  ],
  hash: ['lrp:dt', '[-lr] [-p pathname] [-dt] [name ...]'],
  export: ['fnp', '[-fn] [name[=value] ...] or export -p'],
  readonly: ['aAfp', '[-aAf] [name[=value] ...] or readonly -p'],
  unset: ['fvn', '[-f] [-v] [-n] [name ...]'],
  type: ['afptP', '[-afptP] name [name ...]'],
  umask: ['pS', '[-p] [-S] [mode]'],
  ulimit: ['SHabcdefiklmnpqrstuvxPRT', '[-SHabcdefiklmnpqrstuvxPRT] [limit]'],
  wait: ['fnp:', '[-fn] [-p var] [id ...]'],
  jobs: ['lnprsx', '[-lnprs] [jobspec ...] or jobs -x command [args]'],
  trap: ['lp', '[-lp] [[arg] signal_spec ...]'],
  exec: ['cla:', '[-cl] [-a name] [command [argument ...]] [redirection ...]'],
  declare: ['aAfFgiIlnrtuxp', '[-aAfFgiIlnrtux] [name[=value] ...] or declare -p [-aAfFilnrtux] [name ...]'],
  typeset: ['aAfFgiIlnrtuxp', '[-aAfFgiIlnrtux] name[=value] ... or typeset -p [-aAfFilnrtux] [name ...]'],
  local: ['aAfFgiIlnrtuxp', '[option] name[=value] ...'],
  shopt: ['pqsuo', '[-pqsu] [-o] [optname ...]'],
  mapfile: ['d:n:O:s:tu:C:c:', '[-d delim] [-n count] [-O origin] [-s count] [-t] [-u fd] [-C callback] [-c quantum] [array]'],
  printf: ['v:', '[-v var] format [arguments]'],
  getopts: ['', 'optstring name [arg ...]'],
  bg: ['', '[job_spec ...]'],
  fg: ['', '[job_spec]'],
};

/** Refuses an option that the builtin does not have; undefined: there is none. In ash and dash that ends the script of a special one. */
export function refusedOption(context: ShellContext, call: Call, isSpecial: boolean): number | 'left' | undefined {
  const { name } = call;
  const { kind } = context.shell;
  const letters = kind === 'bash' ? LETTERS_OF_BASH[name]?.[0] : LETTERS_OF[kind][name];
  const letter = letters === undefined ? undefined : strangeLetter(call.args, letters);
  if (letter === undefined) return undefined;
  if (kind === 'bash') {
    context.complain(`-${letter}: invalid option`, name);
    return sayUsage(call);
  }
  const said = `${kind === 'dash' ? 'Illegal' : 'illegal'} option -${letter}`;
  if (isSpecial) return context.giveUpIn(name, said);
  context.complain(said, name);
  return 2;
}

function strangeLetter(args: readonly string[], letters: string): string | undefined {
  for (let i = 0; /^-./.test(args[i] ?? '') && args[i] !== '--'; i++) {
    const word = args[i] as string;
    for (let at = 1; at < word.length; at++) {
      const found = word[at] === ':' ? -1 : letters.indexOf(word[at] as string);
      if (found < 0) return word[at];
      if (letters[found + 1] !== ':') continue;
      if (at === word.length - 1) i++;
      break;
    }
  }
  return undefined;
}

/** As bash tells how its builtin is used. */
export function sayUsage(call: Call): number {
  call.err(`${call.name}: usage: ${call.name} ${LETTERS_OF_BASH[call.name]?.[1] ?? ''}\n`);
  return 2;
}
