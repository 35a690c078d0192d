// What turns one plain JSON value into another, as plain JSON that is small where the two are alike.
//
//   [value]                       instead of what was there
//   {a: delta, "": ["b"]}         in an object: a changes or is new, b goes; the keys of Kubernetes' maps are never empty
//   {"2": delta}                  in an array as long as before: its third item changes
import { isEqual } from './equal.ts';

export type Delta = readonly [unknown] | DeltaMap;
interface DeltaMap {
  readonly [key: string]: Delta | readonly string[];
}

type Plain = Readonly<Record<string, unknown>>;
const GONE = '';

export function deltaOf(before: unknown, after: unknown): Delta {
  if (Array.isArray(before) && Array.isArray(after)) return before.length === after.length ? changesIn(before, after) : [after];
  if (!isPlain(before) || !isPlain(after)) return [after];
  const gone = Object.keys(before).filter((key) => after[key] === undefined);
  return { ...changesIn(before, after), ...(gone.length > 0 ? { [GONE]: gone } : {}) };
}

/** Shares with `before` what stays as it is. */
export function applyDelta(before: unknown, delta: Delta): unknown {
  if (Array.isArray(delta)) return delta[0];
  const changes = Object.entries(delta as DeltaMap).filter(([key]) => key !== GONE) as [string, Delta][];
  if (Array.isArray(before)) {
    const items = [...before];
    for (const [index, change] of changes) items[Number(index)] = applyDelta(items[Number(index)], change);
    return items;
  }
  const after: Record<string, unknown> = { ...(before as Plain) };
  for (const key of ((delta as DeltaMap)[GONE] as readonly string[] | undefined) ?? []) delete after[key];
  for (const [key, change] of changes) after[key] = applyDelta(after[key], change);
  return after;
}

function changesIn(before: Plain | readonly unknown[], after: Plain | readonly unknown[]): DeltaMap {
  const changes: Record<string, Delta> = {};
  for (const [key, value] of Object.entries(after)) {
    const old = (before as Plain)[key];
    if (value !== undefined && !isEqual(old, value)) changes[key] = deltaOf(old, value);
  }
  return changes;
}

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
