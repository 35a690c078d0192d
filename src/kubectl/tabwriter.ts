// Text with tabs into aligned columns. Models Go's text/tabwriter as kubectl uses it: a cell ends at a tab, what follows the
// last tab of a line is no cell, and a column is a run of neighbouring lines that have a cell there.

export interface Alignment {
  readonly minWidth: number;
  readonly padding: number;
}

/** How `kubectl get` aligns its tables. */
export const TABLE: Alignment = { minWidth: 6, padding: 3 };
/** How `kubectl describe` aligns what it says. */
export const DESCRIPTION: Alignment = { minWidth: 0, padding: 2 };

/** Aligns `text`. `remembered` are the widths of rows printed before, which no column falls below; they are brought up to date. */
export function align(text: string, { minWidth, padding }: Alignment, remembered?: number[]): string {
  const lines = text.split('\n').map((line) => line.split('\t'));
  const widths: number[][] = lines.map(() => []);
  setWidths(lines, widths, 0, lines.length, 0, { minWidth, padding }, remembered);
  return lines
    .map((cells, i) =>
      cells.map((cell, j) => (j < cells.length - 1 ? cell + ' '.repeat((widths[i]?.[j] ?? 0) - lengthOf(cell)) : cell)).join(''),
    )
    .join('\n');
}

function setWidths(
  lines: string[][],
  widths: number[][],
  from: number,
  to: number,
  column: number,
  how: Alignment,
  remembered?: number[],
): void {
  let start = from;
  while (start < to) {
    if (!hasCell(lines[start], column)) {
      start++;
      continue;
    }
    let end = start;
    let width = Math.max(how.minWidth, remembered?.[column] ?? 0);
    while (end < to && hasCell(lines[end], column)) {
      const length = lengthOf(lines[end]?.[column] ?? '');
      width = Math.max(width, length + how.padding);
      end++;
    }
    if (remembered) remembered[column] = width;
    for (let i = start; i < end; i++) (widths[i] as number[])[column] = width;
    setWidths(lines, widths, start, end, column + 1, how, remembered);
    start = end;
  }
}

const hasCell = (cells: readonly string[] | undefined, column: number): boolean => cells !== undefined && column < cells.length - 1;
/** In code points, as Go counts runes. */
const lengthOf = (cell: string): number => (/[^\x20-\x7e]/.test(cell) ? Array.from(cell).length : cell.length);
