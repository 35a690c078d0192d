/**
 * Where the item stands in the list at `from` or later; -1 if nowhere. For lists that are walked side by side with what they were
 * before: the next one is nearly always the one that is sought, and none is looked into.
 */
export function indexFrom<T>(list: readonly T[], item: T, from: number): number {
  return list[from] === item ? from : list.indexOf(item, from);
}
