// Sets of completion indexes as Jobs write them: `0-3,5`. Models pkg/controller/job/indexed_job_utils.go orderedIntervals.
import type { Pod } from '../../kube/kinds/pod.ts';

export const INDEX_KEY = 'batch.kubernetes.io/job-completion-index';

/** From the first index to the last, both included. */
type Interval = readonly [first: number, last: number];
/** In order, and never touching each other. */
export type Indexes = readonly Interval[];

export const NO_INDEXES: Indexes = [];

/** The indexes of a text, those below `completions`; what is no number is passed over. */
export function parseIndexes(text: string | undefined, completions: number): Indexes {
  const parts = (text ?? '').split(',').map((part) => part.split('-').map((limit) => (/^\d+$/.test(limit) ? Number(limit) : Number.NaN)));
  const intervals: Interval[] = [];
  for (const [first = Number.NaN, last = first] of parts) {
    if (first >= completions) break;
    if (!Number.isNaN(first) && !Number.isNaN(last)) intervals.push([first, Math.min(last, completions - 1)]);
  }
  return union(intervals, NO_INDEXES);
}

export function indexesText(indexes: Indexes): string {
  return indexes.map(([first, last]) => (last === first ? `${first}` : `${first}${last === first + 1 ? ',' : '-'}${last}`)).join(',');
}

export function countOf(indexes: Indexes): number {
  return indexes.reduce((count, [first, last]) => count + last - first + 1, 0);
}

export function hasIndex(indexes: Indexes, index: number): boolean {
  return indexes.some(([first, last]) => first <= index && index <= last);
}

export function union(a: Indexes, b: Indexes): Indexes {
  const merged: [number, number][] = [];
  for (const [first, last] of [...a, ...b].sort((x, y) => x[0] - y[0])) {
    const before = merged.at(-1);
    if (before && first <= before[1] + 1) before[1] = Math.max(before[1], last);
    else merged.push([first, last]);
  }
  return merged;
}

export function indexesOf(values: Iterable<number>): Indexes {
  return union(
    Array.from(values, (value) => [value, value] as const),
    NO_INDEXES,
  );
}

/** How many indexes two sets have in common. */
export function countCommon(a: Indexes, b: Indexes): number {
  let count = 0;
  for (const [first, last] of a) {
    for (const [from, to] of b) count += Math.max(0, Math.min(last, to) - Math.max(first, from) + 1);
  }
  return count;
}

/** The lowest `count` indexes below `completions` that are not in `taken`. */
export function firstMissing(taken: Indexes, count: number, completions: number): number[] {
  const missing: number[] = [];
  let candidate = 0;
  for (const [first, last] of [...taken, [completions, completions] as const]) {
    for (; candidate < Math.min(first, completions) && missing.length < count; candidate++) missing.push(candidate);
    candidate = Math.max(candidate, last + 1);
  }
  return missing;
}

/** The index of a pod; undefined where it has none. */
export function indexOf({ metadata }: Pod): number | undefined {
  const text = metadata.annotations?.[INDEX_KEY];
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}
