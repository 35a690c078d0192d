// The patch that `kubectl apply` sends: what the manifest changes against the server, and what it dropped since it was last applied.
// Models apimachinery/pkg/util/strategicpatch/patch.go CreateThreeWayMergePatch and jsonmergepatch/patch.go.
import { isEqual } from '../base/equal.ts';
import { type GoMap, isMap } from './goText.ts';
import { isReplacedMap, isRetainingKeys, type ListStrategy, listStrategy } from './mergeKeys.ts';
import { keyOfItem } from './strategicMerge.ts';

type Path = readonly string[];

/** Of the differences, those that one side of the comparison is asked for. */
interface Wanted {
  readonly changes: boolean;
  readonly deletions: boolean;
}

/** A strategic merge patch that takes `current` to `modified`; fields of `original` that `modified` lacks are deleted. */
export function threeWayPatch(original: unknown, modified: unknown, current: unknown, kind: string): unknown {
  const delta = diffMaps(mapOf(current), mapOf(modified), { changes: true, deletions: false }, kind, []);
  const deletions = diffMaps(mapOf(original), mapOf(modified), { changes: false, deletions: true }, kind, []);
  return combined(deletions, delta, kind, []);
}

const mapOf = (value: unknown): GoMap => (isMap(value) ? value : {});

function diffMaps(old: GoMap, next: GoMap, wanted: Wanted, kind: string, path: Path): GoMap {
  const patch: Record<string, unknown> = {};
  for (const [key, before] of Object.entries(old)) {
    const after = next[key];
    if (before === undefined) continue;
    if (after === undefined || after === null) {
      if (wanted.deletions) patch[key] = null;
    } else diffField(patch, key, before, after, wanted, kind, [...path, key]);
  }
  if (wanted.changes) {
    for (const [key, after] of Object.entries(next)) {
      if (old[key] === undefined && after !== undefined && after !== null) patch[key] = after;
    }
  }
  const isChanged = Object.keys(patch).length > 0;
  if (isRetainingKeys(kind, path) && isChanged) patch.$retainKeys = keysOf(next);
  return patch;
}

const keysOf = (map: GoMap) =>
  Object.keys(map)
    .filter((key) => map[key] !== undefined && map[key] !== null)
    .sort();

function diffField(
  patch: Record<string, unknown>,
  key: string,
  before: unknown,
  after: unknown,
  wanted: Wanted,
  kind: string,
  path: Path,
): void {
  if (isMap(before) && isMap(after) && !isReplacedMap(kind, path)) {
    const inner = diffMaps(before, after, wanted, kind, path);
    if (Object.keys(inner).length > 0) patch[key] = inner;
    return;
  }
  const strategy = Array.isArray(before) && Array.isArray(after) ? listStrategy(kind, path) : undefined;
  if (strategy && strategy.type !== 'replace') {
    diffLists(patch, key, before as unknown[], after as unknown[], strategy, wanted, kind, path);
  } else if (wanted.changes && !isEqual(before, after)) {
    patch[key] = after;
  }
}

function diffLists(
  patch: Record<string, unknown>,
  key: string,
  before: readonly unknown[],
  after: readonly unknown[],
  strategy: ListStrategy,
  wanted: Wanted,
  kind: string,
  path: Path,
): void {
  const same = (a: unknown) => (b: unknown) => keyOfItem(a, strategy) === keyOfItem(b, strategy);
  const items: unknown[] = [];
  for (const item of after) {
    const old = before.find(same(item));
    if (old === undefined) {
      if (wanted.changes) items.push(item);
    } else if (strategy.type === 'byKey') {
      const inner = diffMaps(mapOf(old), mapOf(item), wanted, kind, path);
      if (Object.keys(inner).length > 0) items.push({ ...inner, [strategy.key]: keyOfItem(item, strategy) });
    }
  }
  const dropped = wanted.deletions ? before.filter((item) => !after.some(same(item))) : [];
  if (strategy.type === 'byKey') items.push(...dropped.map((item) => ({ $patch: 'delete', [strategy.key]: keyOfItem(item, strategy) })));
  else if (dropped.length > 0) patch[`$deleteFromPrimitiveList/${key}`] = dropped;
  const isMoved = !isEqual(
    before.filter((item) => after.some(same(item))).map((item) => keyOfItem(item, strategy)),
    after.filter((item) => before.some(same(item))).map((item) => keyOfItem(item, strategy)),
  );
  if (items.length > 0) patch[key] = items;
  if (items.length > 0 || dropped.length > 0 || (isMoved && wanted.changes)) {
    patch[`$setElementOrder/${key}`] = after.map((item) =>
      strategy.type === 'byKey' ? { [strategy.key]: keyOfItem(item, strategy) } : item,
    );
  }
}

/** Both patches in one; where both speak of a value, the changes win. */
function combined(deletions: unknown, delta: unknown, kind: string, path: Path): unknown {
  if (Array.isArray(deletions) && Array.isArray(delta)) {
    const field = path.at(-1) ?? '';
    const strategy = listStrategy(kind, path);
    if (field.startsWith('$') || strategy.type !== 'byKey') return delta;
    const merged = [...delta];
    for (const item of deletions) {
      const at = merged.findIndex((other) => keyOfItem(other, strategy) === keyOfItem(item, strategy));
      if (at < 0) merged.push(item);
      else merged[at] = combined(item, merged[at], kind, path);
    }
    return merged;
  }
  if (!isMap(deletions) || !isMap(delta)) return delta;
  const result: Record<string, unknown> = { ...deletions };
  for (const [key, value] of Object.entries(delta)) {
    result[key] = key in deletions ? combined(deletions[key], value, kind, [...path, key]) : value;
  }
  return result;
}
