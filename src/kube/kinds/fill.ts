// Filling in what was left out, without copying what is whole already: the way every default in this folder is written.

/** `object` with the fields of `defaults` that it lacks; the same object if it lacks none. */
export function filled<T extends object>(object: T, defaults: Partial<T>): T {
  let result = object;
  for (const key in defaults) {
    if (object[key] === undefined && defaults[key] !== undefined) {
      if (result === object) result = { ...object };
      result[key] = defaults[key];
    }
  }
  return result;
}

/** `object` with one field changed by `change`; the same object if nothing changes or the field is missing. */
export function changed<T extends object, K extends keyof T>(
  object: T,
  key: K,
  change: (value: NonNullable<T[K]>) => NonNullable<T[K]>,
): T {
  const value = object[key];
  if (value === undefined || value === null) return object;
  const next = change(value);
  return next === value ? object : { ...object, [key]: next };
}

/** `items.map(change)`, but the same array if no item changes. */
export function mapped<T>(items: readonly T[], change: (item: T) => T): readonly T[] {
  let result: T[] | undefined;
  for (const [i, item] of items.entries()) {
    const next = change(item);
    if (next !== item) result ??= [...items];
    if (result) result[i] = next;
  }
  return result ?? items;
}
