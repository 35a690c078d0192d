// The names that a shell knows itself; a list of their own, since the builtins ask for it, too.
import type { ShellKind } from '../process.ts';

export const KEYWORDS: ReadonlySet<string> = new Set('if then else elif fi while until for do done case esac in { } !'.split(' '));

/** What bash has beside them; ash knows the first two. */
export const KEYWORDS_OF_BASH: readonly string[] = ['function', '[[', 'select', 'time'];

const OF_ALL: ReadonlySet<string> = new Set(
  `. : [ alias bg break cd command continue echo eval exec exit export false fg getopts hash jobs kill let local printf pwd read readonly
return set shift source test times trap true type ulimit umask unalias unset wait`.split(/\s+/),
);

/** Scripts for bash come to grief elsewhere. */
const OF_BASH: ReadonlySet<string> = new Set('builtin declare dirs mapfile popd pushd readarray shopt typeset'.split(' '));
const MISSING_IN_DASH: ReadonlySet<string> = new Set(['let', 'source']);

/** Whether a shell of this kind does itself what has this name. */
export function isBuiltinName(kind: ShellKind, name: string): boolean {
  if (kind === 'bash' && OF_BASH.has(name)) return true;
  return OF_ALL.has(name) && !(kind === 'dash' && MISSING_IN_DASH.has(name));
}
