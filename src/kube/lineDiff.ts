// Two texts line by line as a unified diff with three lines around each change. Models github.com/pmezard/go-difflib.
const CONTEXT = 3;

interface Edit {
  readonly mark: ' ' | '-' | '+';
  readonly line: string;
}

/** The hunks of the diff, each with its `@@` line; empty when nothing differs. */
export function unifiedDiff(before: string, after: string): string {
  const edits = editsBetween(before.split('\n'), after.split('\n'));
  return hunksOf(edits)
    .map(([from, to]) => hunkText(edits, from, to))
    .join('');
}

/** Common head and tail first, so that the table of the rest stays small. */
function editsBetween(old: readonly string[], next: readonly string[]): Edit[] {
  let head = 0;
  while (head < old.length && head < next.length && old[head] === next[head]) head++;
  let tail = 0;
  while (tail < old.length - head && tail < next.length - head && old[old.length - 1 - tail] === next[next.length - 1 - tail]) tail++;
  const kept = (lines: readonly string[]): Edit[] => lines.map((line) => ({ mark: ' ', line }));
  return [
    ...kept(old.slice(0, head)),
    ...middleEdits(old.slice(head, old.length - tail), next.slice(head, next.length - tail)),
    ...kept(old.slice(old.length - tail)),
  ];
}

/** By the longest common subsequence; what is taken away stands before what is added. */
function middleEdits(old: readonly string[], next: readonly string[]): Edit[] {
  const lengths = Array.from({ length: old.length + 1 }, () => new Int32Array(next.length + 1));
  const at = (i: number, j: number) => lengths[i]?.[j] ?? 0;
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = next.length - 1; j >= 0; j--) {
      (lengths[i] as Int32Array)[j] = old[i] === next[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const edits: Edit[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < next.length) {
    if (i < old.length && j < next.length && old[i] === next[j]) {
      edits.push({ mark: ' ', line: old[i++] as string });
      j++;
    } else if (i < old.length && (j >= next.length || at(i + 1, j) >= at(i, j + 1))) edits.push({ mark: '-', line: old[i++] as string });
    else edits.push({ mark: '+', line: next[j++] as string });
  }
  return edits;
}

/** Ranges of edits that are shown together. */
function hunksOf(edits: readonly Edit[]): [from: number, to: number][] {
  const hunks: [number, number][] = [];
  for (const [i, { mark }] of edits.entries()) {
    if (mark === ' ') continue;
    const last = hunks.at(-1);
    const to = Math.min(edits.length, i + CONTEXT + 1);
    if (last && i - CONTEXT <= last[1]) last[1] = to;
    else hunks.push([Math.max(0, i - CONTEXT), to]);
  }
  return hunks;
}

function hunkText(edits: readonly Edit[], from: number, to: number): string {
  const count = (list: readonly Edit[], mark: '-' | '+') => list.filter((edit) => edit.mark === ' ' || edit.mark === mark).length;
  const before = edits.slice(0, from);
  const shown = edits.slice(from, to);
  const range = (mark: '-' | '+') => {
    const length = count(shown, mark);
    const start = count(before, mark) + (length === 0 ? 0 : 1);
    return length === 1 ? `${start}` : `${start},${length}`;
  };
  return `@@ -${range('-')} +${range('+')} @@\n${shown.map(({ mark, line }) => `${mark}${line}\n`).join('')}`;
}
