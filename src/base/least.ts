/** The `count` least of a list in their order, as sorting all of it would give them; quick where few are asked of many. */
export function least<T>(list: readonly T[], count: number, compare: (a: T, b: T) => number): T[] {
  const kept: T[] = [];
  for (const item of list) {
    if (kept.length === count && (count === 0 || compare(item, kept[count - 1] as T) >= 0)) continue;
    let [low, high] = [0, kept.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compare(item, kept[middle] as T) < 0) high = middle;
      else low = middle + 1;
    }
    kept.splice(low, 0, item);
    if (kept.length > count) kept.pop();
  }
  return kept;
}
