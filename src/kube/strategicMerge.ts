// Strategic merge patch: like a JSON merge patch, but lists that have a key are merged item by item.
// Models apimachinery/pkg/util/strategicpatch/patch.go (mergeMap, mergeSlice, normalizeElementOrder).
import { isEqual } from '../base/equal.ts';
import { ApiError } from './errors.ts';
import { type GoMap, goText, isMap } from './goText.ts';
import type { ListStrategy, Merging } from './mergeKeys.ts';

type Path = readonly string[];

const DIRECTIVE = '$patch';
const RETAIN_KEYS = '$retainKeys';
const DELETE_FROM = '$deleteFromPrimitiveList/';
const ELEMENT_ORDER = '$setElementOrder/';

/** `target` with the strategic merge `patch` applied. */
export function strategicMerge(target: unknown, patch: unknown, merging: Merging, path: Path = []): unknown {
  if (!isMap(patch)) return patch;
  const { [DIRECTIVE]: directive, ...fields } = patch;
  if (directive === 'replace') return withoutDirectives(fields);
  if (directive === 'delete') return {};
  if (directive !== undefined && directive !== 'merge') throw new ApiError('BadRequest', `Unknown patch directive: ${String(directive)}`);
  const merged: Record<string, unknown> = { ...retained(isMap(target) ? target : {}, fields[RETAIN_KEYS]) };
  for (const [key, value] of Object.entries(fields)) {
    if (key === RETAIN_KEYS || key.startsWith(ELEMENT_ORDER) || key.startsWith(DELETE_FROM)) continue;
    if (value === null) delete merged[key];
    else merged[key] = mergeField(merged[key], value, fields, merging, [...path, key]);
  }
  applyListDirectives(merged, fields, merging, path);
  return isEqual(merged, target) ? target : merged;
}

function retained(target: GoMap, keys: unknown): GoMap {
  if (!Array.isArray(keys)) return target;
  return Object.fromEntries(Object.entries(target).filter(([key]) => keys.includes(key)));
}

function mergeField(old: unknown, value: unknown, siblings: GoMap, merging: Merging, path: Path): unknown {
  if (isMap(value)) return strategicMerge(isMap(old) && !merging.isWhole(path) ? old : undefined, value, merging, path);
  if (!Array.isArray(value)) return value;
  const strategy = merging.list(path);
  const order = siblings[`${ELEMENT_ORDER}${path.at(-1)}`];
  if (strategy.type === 'replace') return value.map(withoutDirectives);
  return mergeList(Array.isArray(old) ? old : [], value, strategy, Array.isArray(order) ? order : undefined, merging, path);
}

/** Directives on lists that the patch gives no items for. */
function applyListDirectives(merged: Record<string, unknown>, fields: GoMap, merging: Merging, path: Path): void {
  for (const [key, value] of Object.entries(fields)) {
    if (!Array.isArray(value)) continue;
    const field = key.slice(key.indexOf('/') + 1);
    const old = merged[field];
    if (!Array.isArray(old)) continue;
    if (key.startsWith(DELETE_FROM)) merged[field] = old.filter((item) => !value.includes(item));
    if (key.startsWith(ELEMENT_ORDER) && fields[field] === undefined) {
      const strategy = merging.list([...path, field]);
      if (strategy.type !== 'replace') merged[field] = inOrder(old, value, old, strategy);
    }
  }
}

export function keyOfItem(item: unknown, strategy: ListStrategy): unknown {
  if (strategy.type !== 'byKey' || !isMap(item)) return item;
  const { key, more } = strategy;
  return more ? JSON.stringify([item[key], ...Object.entries(more).map(([name, usual]) => item[name] ?? usual)]) : item[key];
}

function mergeList(
  old: readonly unknown[],
  patch: readonly unknown[],
  strategy: ListStrategy,
  order: readonly unknown[] | undefined,
  merging: Merging,
  path: Path,
): unknown[] {
  if (strategy.type === 'byKey') requireKeys(patch, strategy.key);
  const isDirective = (item: unknown, directive: string) => isMap(item) && item[DIRECTIVE] === directive;
  if (patch.some((item) => isDirective(item, 'replace'))) {
    return patch.filter((item) => !isDirective(item, 'replace')).map(withoutDirectives);
  }
  const deleted = patch.filter((item) => isDirective(item, 'delete')).map((item) => keyOfItem(item, strategy));
  const given = patch.filter((item) => !isDirective(item, 'delete'));
  const merged = old.filter((item) => !deleted.includes(keyOfItem(item, strategy)));
  for (const item of given) {
    const at = merged.findIndex((other) => keyOfItem(other, strategy) === keyOfItem(item, strategy));
    if (at < 0) merged.push(isMap(item) ? strategicMerge(undefined, item, merging, path) : item);
    else if (isMap(item)) merged[at] = strategicMerge(merged[at], item, merging, path);
  }
  return inOrder(merged, order ?? given, old, strategy);
}

function requireKeys(patch: readonly unknown[], key: string): void {
  for (const item of patch) {
    if (!isMap(item) || item[DIRECTIVE] === 'replace') continue;
    if (item[key] === undefined) {
      throw new ApiError('Invalid', `map: ${goText(item)} does not contain declared merge key: ${key}`);
    }
  }
}

/** The items of the patch in the patch's order, with what only the server has put between them where it stood. */
function inOrder(
  items: readonly unknown[],
  patchOrder: readonly unknown[],
  serverOrder: readonly unknown[],
  strategy: ListStrategy,
): unknown[] {
  const rankIn = (list: readonly unknown[], item: unknown) =>
    list.findIndex((other) => keyOfItem(other, strategy) === keyOfItem(item, strategy));
  const sortedBy = (list: readonly unknown[], order: readonly unknown[]) => [...list].sort((a, b) => rankIn(order, a) - rankIn(order, b));
  const ours = sortedBy(
    items.filter((item) => rankIn(patchOrder, item) >= 0),
    patchOrder,
  );
  const theirs = sortedBy(
    items.filter((item) => rankIn(patchOrder, item) < 0),
    serverOrder,
  );
  const result: unknown[] = [];
  let next = 0;
  for (const item of ours) {
    const rank = rankIn(serverOrder, item);
    while (rank >= 0 && next < theirs.length && rankIn(serverOrder, theirs[next]) < rank) result.push(theirs[next++]);
    result.push(item);
  }
  return [...result, ...theirs.slice(next)];
}

function withoutDirectives(value: unknown): unknown {
  if (!isMap(value)) return value;
  const entries = Object.entries(value).filter(
    ([key, item]) =>
      key !== DIRECTIVE && key !== RETAIN_KEYS && !key.startsWith(DELETE_FROM) && !key.startsWith(ELEMENT_ORDER) && item !== null,
  );
  return Object.fromEntries(entries.map(([key, item]) => [key, withoutDirectives(item)]));
}
