// The scripts that images begin with, and what each does with its arguments: so well known that nobody needs a shell to run them, nor
// the code of one. A script that somebody has changed is a script like any other.

export interface Entrypoint {
  /** The lines that it prints. */
  readonly says: readonly string[];
  /** What it becomes. */
  readonly argv: readonly string[];
}

type Script = (args: readonly string[]) => Entrypoint;

const SCRIPTS = new Map<string, Script>();

function known(text: string, script: Script): string {
  SCRIPTS.set(text, script);
  return text;
}

const NGINX_SAYS = [
  '/docker-entrypoint.sh: /docker-entrypoint.d/ is not empty, will attempt to perform configuration',
  '/docker-entrypoint.sh: Looking for shell scripts in /docker-entrypoint.d/',
  '/docker-entrypoint.sh: Configuration complete; ready for start up',
];

/** What images of nginx begin with: it reads what is in /docker-entrypoint.d and becomes its arguments. */
export const NGINX_ENTRYPOINT = known(
  `#!/bin/sh\nif [ "$1" = nginx ]; then\n${NGINX_SAYS.map((line) => `  echo "${line}"\n`).join('')}fi\nexec "$@"\n`,
  (argv) => ({ says: argv[0] === 'nginx' ? NGINX_SAYS : [], argv }),
);

/** A script that only becomes its arguments, with a program before them if they begin with an option. */
export function entrypoint(program: string): string {
  return known(`#!/bin/sh\ncase "$1" in -*) set -- ${program} "$@";; esac\nexec "$@"\n`, (args) => ({
    says: [],
    argv: args[0]?.startsWith('-') ? [program, ...args] : args,
  }));
}

/** What a script does with these arguments; undefined: that takes a shell. */
export function entrypointOf(text: string, args: readonly string[]): Entrypoint | undefined {
  return SCRIPTS.get(text)?.(args);
}
