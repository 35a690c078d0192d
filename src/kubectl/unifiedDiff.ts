// Two texts as `diff -u` shows their difference: hunks with three lines around every change.
// The longest common subsequence of the lines between the equal beginning and end. It is quadratic: longer texts are shown as
// wholly replaced.

const CONTEXT = 3;
/** Pairs of lines that are compared at most. */
const PAIRS_MAX = 4_000_000;

interface Edit {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
}

/** The hunks; empty for equal texts. */
export function unifiedDiff(before: string, after: string): string {
  const edits = editsOf(linesOf(before), linesOf(after));
  return hunksOf(edits).map(hunkText).join('');
}

const linesOf = (text: string): string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'));

function editsOf(a: readonly string[], b: readonly string[]): Edit[] {
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++;
  const same = (text: string): Edit => ({ sign: ' ', text });
  const middle = middleEdits(a.slice(head, a.length - tail), b.slice(head, b.length - tail));
  return [...a.slice(0, head).map(same), ...middle, ...a.slice(a.length - tail).map(same)];
}

function middleEdits(a: readonly string[], b: readonly string[]): Edit[] {
  const removed = (text: string): Edit => ({ sign: '-', text });
  const added = (text: string): Edit => ({ sign: '+', text });
  if (a.length * b.length > PAIRS_MAX) return [...a.map(removed), ...b.map(added)];
  const common = commonCounts(a, b);
  const edits: Edit[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      edits.push({ sign: ' ', text: a[i] as string });
      i++;
      j++;
    } else if (i < a.length && (j === b.length || common(i + 1, j) >= common(i, j + 1))) edits.push(removed(a[i++] as string));
    else edits.push(added(b[j++] as string));
  }
  return edits;
}

/** How many lines a from i and b from j have in common, in order. */
function commonCounts(a: readonly string[], b: readonly string[]): (i: number, j: number) => number {
  const width = b.length + 1;
  const counts = new Uint32Array((a.length + 1) * width);
  const at = (i: number, j: number): number => counts[i * width + j] as number;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--)
      counts[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  }
  return at;
}

interface Hunk {
  readonly edits: readonly Edit[];
  /** How many lines of both texts stand before it. */
  readonly before: number;
  readonly after: number;
}

/** Changes whose contexts touch share a hunk. */
function hunksOf(edits: readonly Edit[]): Hunk[] {
  const isNear = edits.map(() => false);
  for (const [i, { sign }] of edits.entries()) {
    if (sign === ' ') continue;
    for (let near = Math.max(0, i - CONTEXT); near <= Math.min(edits.length - 1, i + CONTEXT); near++) isNear[near] = true;
  }
  const hunks: Hunk[] = [];
  let [before, after] = [0, 0];
  let open: { edits: Edit[]; before: number; after: number } | undefined;
  for (const [i, edit] of edits.entries()) {
    if (isNear[i]) {
      open ??= { edits: [], before, after };
      open.edits.push(edit);
    } else if (open) {
      hunks.push(open);
      open = undefined;
    }
    if (edit.sign !== '+') before++;
    if (edit.sign !== '-') after++;
  }
  if (open) hunks.push(open);
  return hunks;
}

function hunkText({ edits, before, after }: Hunk): string {
  const range = (start: number, sign: '-' | '+'): string => {
    const count = edits.filter((edit) => edit.sign === ' ' || edit.sign === sign).length;
    return count === 1 ? `${start + 1}` : `${count === 0 ? start : start + 1},${count}`;
  };
  const lines = edits.map(({ sign, text }) => `${sign}${text}\n`);
  return `@@ -${range(before, '-')} +${range(after, '+')} @@\n${lines.join('')}`;
}
