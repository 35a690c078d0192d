// diff and comm: what two files have in common, line by line. busybox's diff tells it as `diff -u` does; that of the GNU tools only when
// it is asked to.
import type { Call } from '../call.ts';
import { readOptions } from '../options.ts';
import { instant } from '../program.ts';

/** Lines that are shown around each change. */
const AROUND = 3;
/** Longer files are only said to differ. */
const LINES_MAX = 2000;

function linesOf(call: Call, path: string): string[] | undefined {
  const text =
    path === '-'
      ? call.takeInput()?.text
      : call.read(path, (reason) => call.fail(`${call.isBusybox ? call.cannot('stat', path) : path}: ${reason}`));
  return text?.split('\n').slice(0, text.endsWith('\n') || text === '' ? -1 : undefined);
}

interface Edit {
  readonly sign: ' ' | '-' | '+';
  readonly line: string;
}

/** The fewest lines taken away and added, by the longest run of lines that both have. */
function editsBetween(old: readonly string[], fresh: readonly string[]): readonly Edit[] {
  const width = fresh.length + 1;
  const lengths = new Uint16Array((old.length + 1) * width);
  const at = (i: number, j: number) => lengths[i * width + j] as number;
  for (let i = old.length - 1; i >= 0; i--)
    for (let j = fresh.length - 1; j >= 0; j--)
      lengths[i * width + j] = old[i] === fresh[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const edits: Edit[] = [];
  for (let i = 0, j = 0; i < old.length || j < fresh.length; ) {
    if (i < old.length && j < fresh.length && old[i] === fresh[j]) {
      edits.push({ sign: ' ', line: old[i++] as string });
      j++;
    } else if (j >= fresh.length || (i < old.length && at(i + 1, j) >= at(i, j + 1))) edits.push({ sign: '-', line: old[i++] as string });
    else edits.push({ sign: '+', line: fresh[j++] as string });
  }
  return edits;
}

export const diff = instant((call) => {
  const options = readOptions(call, 'uqrNabiwBsdU:');
  if (typeof options === 'number') return 2;
  const [first = '', second = ''] = options.operands;
  const [old, fresh] = [linesOf(call, first), linesOf(call, second)];
  if (!old || !fresh) return 2;
  if (old.join('\n') === fresh.join('\n')) return 0;
  if (options.has('q') || Math.max(old.length, fresh.length) > LINES_MAX) call.out(`Files ${first} and ${second} differ\n`);
  else if (!call.isBusybox && !options.has('u') && !options.has('U')) call.out(changesOf(editsBetween(old, fresh)).join(''));
  else call.out(`--- ${first}\n+++ ${second}\n${hunksOf(editsBetween(old, fresh)).join('')}`);
  return 1;
});

/** `2,3c2`, the lines taken away and those added, as a plain `diff` tells them. */
function changesOf(edits: readonly Edit[]): readonly string[] {
  const changes: string[] = [];
  let [oldLine, freshLine] = [0, 0];
  for (let i = 0; i < edits.length; ) {
    const from = i;
    while (i < edits.length && edits[i]?.sign !== ' ') i++;
    if (i === from) {
      [i, oldLine, freshLine] = [i + 1, oldLine + 1, freshLine + 1];
      continue;
    }
    const linesWith = (sign: string) => edits.slice(from, i).filter((edit) => edit.sign === sign);
    const [removed, added] = [linesWith('-'), linesWith('+')];
    const verb = removed.length === 0 ? 'a' : added.length === 0 ? 'd' : 'c';
    const told = [
      ...removed.map(({ line }) => `< ${line}\n`),
      ...(verb === 'c' ? ['---\n'] : []),
      ...added.map(({ line }) => `> ${line}\n`),
    ];
    changes.push(`${rangeOf(oldLine, removed.length)}${verb}${rangeOf(freshLine, added.length)}\n${told.join('')}`);
    oldLine += removed.length;
    freshLine += added.length;
  }
  return changes;
}

/** The line before which nothing is, or the lines that are there. */
function rangeOf(before: number, count: number): string {
  return count === 0 ? String(before) : count === 1 ? String(before + 1) : `${before + 1},${before + count}`;
}

function hunksOf(edits: readonly Edit[]): readonly string[] {
  const hunks: string[] = [];
  for (let i = 0; i < edits.length; ) {
    if (edits[i]?.sign === ' ') {
      i++;
      continue;
    }
    const from = Math.max(0, i - AROUND);
    let to = i;
    for (let same = 0; to < edits.length && same <= 2 * AROUND; to++) same = edits[to]?.sign === ' ' ? same + 1 : 0;
    while (to > i && edits[to - 1]?.sign === ' ') to--;
    to = Math.min(edits.length, to + AROUND);
    hunks.push(hunkOf(edits, from, to));
    i = to;
  }
  return hunks;
}

function hunkOf(edits: readonly Edit[], from: number, to: number): string {
  const count = (sign: string, begin: number, end: number) => edits.slice(begin, end).filter((edit) => edit.sign !== sign).length;
  const range = (sign: string) => {
    const length = count(sign, from, to);
    const first = count(sign, 0, from) + (length > 0 ? 1 : 0);
    return length === 1 ? String(first) : `${first},${length}`;
  };
  const lines = edits.slice(from, to).map(({ sign, line }) => `${sign}${line}\n`);
  return `@@ -${range('+')} +${range('-')} @@\n${lines.join('')}`;
}

/** Of two sorted files: lines only in the first, only in the second, and in both, each in a column of its own. */
export const comm = instant((call) => {
  const options = readOptions(call, '123');
  if (typeof options === 'number') return options;
  const [first = '', second = ''] = options.operands;
  const [left, right] = [linesOf(call, first), linesOf(call, second)];
  if (!left || !right) return 1;
  const columns = ['1', '2', '3'].filter((column) => !options.has(column));
  const say = (column: string, line: string) => {
    const indent = columns.indexOf(column);
    if (indent >= 0) call.out(`${'\t'.repeat(indent)}${line}\n`);
  };
  for (let i = 0, j = 0; i < left.length || j < right.length; ) {
    const [a, b] = [left[i], right[j]];
    if (a !== undefined && a === b) {
      say('3', a);
      i++;
      j++;
    } else if (b === undefined || (a !== undefined && a < b)) {
      say('1', a as string);
      i++;
    } else {
      say('2', b);
      j++;
    }
  }
  return 0;
});
