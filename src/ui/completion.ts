// Completing a kubectl line at its end: what all candidates share is filled in, and the candidates are shown.
import type { Session } from '../session/session.ts';

export interface Completed {
  readonly text: string;
  /** What could follow, when it is more than one thing. */
  readonly candidates: readonly string[];
}

export function completeLine(typed: string, complete: Session['complete']): Completed {
  const text = /^k\s/.test(typed) ? `kubectl${typed.slice(1)}` : typed;
  if (text !== '' && text !== 'kubectl ' && 'kubectl'.startsWith(text)) return { text: 'kubectl ', candidates: [] };
  const { from, candidates } = complete(text, text.length);
  const [first] = candidates;
  if (first === undefined) return { text, candidates };
  const start = text.slice(0, from);
  if (candidates.length === 1) return { text: `${start}${first}${/[/=]$/.test(first) ? '' : ' '}`, candidates: [] };
  return { text: start + candidates.reduce(sharedStart, first), candidates };
}

function sharedStart(a: string, b: string): string {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return a.slice(0, length);
}
