// The order of --sort-by: numbers, quantities and times by value, other text naturally (`pod-2` before `pod-10`).
// Models kubectl/pkg/cmd/get/sorter.go.

import { findResults, JsonPathError, parseJsonPath, relaxedJsonPath } from '../kube/jsonpath.ts';
import type { KubeObject } from '../kube/meta.ts';
import { isQuantity, parseQuantity } from '../kube/quantity.ts';
import { CommandError } from './errors.ts';

/** The objects in the order of the value that `path` finds in each. Throws where no object has such a field. */
export function sortBy<T>(items: readonly T[], objectOf: (item: T) => KubeObject, path: string): T[] {
  const template = reading(() => parseJsonPath(relaxedJsonPath(path)));
  const pairs = items.map((item) => ({ item, value: reading(() => findResults(template, objectOf(item))[0]?.[0] ?? undefined) }));
  if (pairs.length > 0 && pairs.every(({ value }) => value === undefined)) {
    throw new CommandError(`couldn't find any field with path "${relaxedJsonPath(path)}" in the list of objects`);
  }
  return pairs.sort((a, b) => compareValues(a.value, b.value)).map(({ item }) => item);
}

function reading<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof JsonPathError) throw new CommandError(error.message);
    throw error;
  }
}

/** What is missing comes first. */
function compareValues(a: unknown, b: unknown): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? -1 : 1;
  if (typeof a === 'string' && typeof b === 'string') {
    if (isQuantity(a) && isQuantity(b)) return order(parseQuantity(a).nano, parseQuantity(b).nano);
    return compareNaturally(a, b);
  }
  if (typeof a === 'object' || typeof b === 'object') return order(JSON.stringify(a), JSON.stringify(b));
  return order(a as number, b as number);
}

const order = <V extends string | number | bigint>(a: V, b: V): number => (a < b ? -1 : a > b ? 1 : 0);

/** Models facette/natsort's chunks of digits and of other letters. */
function compareNaturally(a: string, b: string): number {
  const left = a.match(/\d+|\D+/g) ?? [];
  const right = b.match(/\d+|\D+/g) ?? [];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const [x, y] = [left[i] as string, right[i] as string];
    if (x === y) continue;
    const areNumbers = /^\d/.test(x) && /^\d/.test(y);
    if (areNumbers && BigInt(x) !== BigInt(y)) return order(BigInt(x), BigInt(y));
    return order(x, y);
  }
  return order(left.length, right.length);
}
