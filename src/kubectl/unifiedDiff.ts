// Two texts as `diff -u` shows their difference: hunks with three lines around every change.
// The longest common subsequence of the lines, which is quadratic: made for objects of some hundreds of lines.

const CONTEXT = 3;

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
  // common[i][j]: how many lines a from i and b from j have in common.
  const common = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  const at = (i: number, j: number): number => (common[i] as number[])[j] as number;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      (common[i] as number[])[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const edits: Edit[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      edits.push({ sign: ' ', text: a[i] as string });
      i++;
      j++;
    } else if (i < a.length && (j === b.length || at(i + 1, j) >= at(i, j + 1))) edits.push({ sign: '-', text: a[i++] as string });
    else edits.push({ sign: '+', text: b[j++] as string });
  }
  return edits;
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
