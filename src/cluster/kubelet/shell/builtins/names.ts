// The names that a shell knows itself; a list of their own, since the builtins ask for it, too.

export const KEYWORDS: ReadonlySet<string> = new Set('if then else elif fi while until for do done case esac in { } !'.split(' '));

/** What bash has beside them; ash knows the first two. */
export const KEYWORDS_OF_BASH: readonly string[] = ['function', '[[', 'select', 'time'];

export const BUILTIN_NAMES: ReadonlySet<string> = new Set(
  `. : [ alias bg break builtin cd command continue declare echo eval exec exit export false fg getopts hash jobs kill let local printf pwd read
readonly return set shift source test times trap true type typeset ulimit umask unalias unset wait`.split(/\s+/),
);
