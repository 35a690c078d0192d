// Brace expansion of bash: `{a,b}` and `{1..5}`, before all other expansion, where the braces are not quoted.
import type { Part, Word } from './syntax.ts';

/** What braces may become; more stay as they are. */
const WORDS_MAX = 10_000;

/** The words that a word stands for: itself, if it has no braces. */
export function braceExpanded(word: Word): Word[] {
  for (const [i, part] of word.entries()) {
    const choices = part.type === 'text' && !part.isQuoted ? firstBraces(part) : undefined;
    if (!choices || choices.length > WORDS_MAX) continue;
    const [before, after] = [word.slice(0, i), word.slice(i + 1)];
    return choices.flatMap((text) => braceExpanded([...before, { type: 'text', text, isQuoted: false }, ...after]));
  }
  return [word];
}

function firstBraces({ text }: Extract<Part, { type: 'text' }>): string[] | undefined {
  const [whole, before = '', inside = '', after = ''] = /^([^{}]*)\{([^{}]*)\}([^]*)$/.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const items = inside.includes(',') ? inside.split(',') : rangeOf(inside);
  return items?.map((item) => before + item + after);
}

/** `1..5`, `5..1..2`, `a..e`. */
function rangeOf(text: string): string[] | undefined {
  const [, first = '', last = '', by] = /^(-?\d+|[a-zA-Z])\.\.(-?\d+|[a-zA-Z])(?:\.\.(-?\d+))?$/.exec(text) ?? [];
  const isNumbers = /\d$/.test(first) && /\d$/.test(last);
  if (first === '' || isNumbers !== (/\d$/.test(first) || /\d$/.test(last))) return undefined;
  const [from, to] = isNumbers ? [Number(first), Number(last)] : [first.charCodeAt(0), last.charCodeAt(0)];
  const step = Math.abs(Number(by ?? 1)) || 1;
  const count = Math.floor(Math.abs(to - from) / step) + 1;
  if (count > WORDS_MAX) return undefined;
  const sign = to < from ? -1 : 1;
  // A zero before one of the ends makes all as wide.
  const width = /^-?0\d/.test(first) || /^-?0\d/.test(last) ? Math.max(first.length, last.length) : 0;
  return Array.from({ length: count }, (_, i) => from + sign * step * i).map((value) =>
    isNumbers ? String(value).padStart(width, '0') : String.fromCharCode(value),
  );
}
