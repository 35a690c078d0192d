// Which fields an object has, one by one, as server-side apply sees them. Models structured-merge-diff's fieldpath (serialize.go,
// element.go) and the list types of k8s.io/api.
import { type GoMap, goJson, isMap } from './goText.ts';
import { appliedListStrategy, isAtomicMap } from './mergeKeys.ts';
import { type FieldsV1, type KubeObject, tableOf } from './meta.ts';

/** The way to a field: `f:spec`, `k:{"name":"web"}` for an item of a list, `v:"x"` for a text of a set. */
export type FieldPath = readonly string[];

/** Fields by their ways as text; what stands at each. */
export type FieldSet = ReadonlyMap<string, unknown>;

const JOINT = '\u0001';
export const idOf = (path: FieldPath): string => path.join(JOINT);
export const pathOf = (id: string): FieldPath => id.split(JOINT);
/** The field itself and all that it stands in. */
export const waysTo = (id: string): string[] => pathOf(id).map((_, i, path) => idOf(path.slice(0, i + 1)));

/** What the server itself keeps. */
const SERVERS = new Set([
  'name',
  'namespace',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'managedFields',
  'generateName',
  'selfLink',
  'deletionGracePeriodSeconds',
]);

/** All fields that somebody can own; status is a subresource with owners of its own. */
export function fieldsOfObject(object: KubeObject): FieldSet {
  const { apiVersion: _version, kind: _kind, metadata, status: _status, ...rest } = object;
  const kind = tableOf(object);
  const own = Object.fromEntries(Object.entries(metadata).filter(([name]) => !SERVERS.has(name)));
  const fields = new Map<string, unknown>();
  for (const [name, value] of Object.entries({ metadata: own, ...rest })) collect(value, kind, [`f:${name}`], [name], fields);
  fields.delete('f:metadata');
  return fields;
}

function collect(value: unknown, kind: string, path: FieldPath, names: readonly string[], out: Map<string, unknown>): void {
  if (value === undefined) return;
  if (isMap(value) && !isAtomicMap(names) && Object.keys(value).length > 0) {
    for (const [key, inner] of Object.entries(value)) collect(inner, kind, [...path, `f:${key}`], [...names, key], out);
    return;
  }
  const strategy = Array.isArray(value) ? appliedListStrategy(kind, names) : undefined;
  if (!Array.isArray(value) || !strategy || strategy.type === 'replace') {
    out.set(idOf(path), value);
    return;
  }
  for (const item of value as readonly unknown[]) {
    if (strategy.type === 'set') {
      out.set(idOf([...path, `v:${JSON.stringify(item)}`]), item);
    } else if (isMap(item)) {
      const place = [...path, `k:${goJson({ ...strategy.more, ...pick(item, [strategy.key, ...Object.keys(strategy.more ?? {})]) })}`];
      out.set(idOf(place), true);
      for (const [key, inner] of Object.entries(item)) collect(inner, kind, [...place, `f:${key}`], [...names, key], out);
    }
  }
}

const pick = (item: GoMap, names: readonly string[]): GoMap =>
  Object.fromEntries(names.filter((name) => item[name] !== undefined).map((name) => [name, item[name]]));

/** `.spec.containers[name="web"].image` */
export function pathText(path: FieldPath): string {
  return path
    .map((element) => {
      const rest = element.slice(2);
      if (element.startsWith('f:')) return `.${rest}`;
      if (element.startsWith('v:')) return `[=${rest}]`;
      const keys = Object.entries(JSON.parse(rest) as Record<string, unknown>);
      return `[${keys.map(([key, value]) => `${key}=${JSON.stringify(value)}`).join(',')}]`;
    })
    .join('');
}

/** The form in which an object keeps them. */
export function toFieldsV1(ids: Iterable<string>): FieldsV1 {
  const root: Record<string, Record<string, unknown>> = {};
  for (const id of ids) {
    let at: Record<string, unknown> = root;
    for (const element of pathOf(id)) at = (at[element] ??= {}) as Record<string, unknown>;
    if (pathOf(id).at(-1)?.startsWith('k:')) at['.'] = {};
  }
  return root as unknown as FieldsV1;
}

export function fromFieldsV1(fields: FieldsV1, path: FieldPath = []): string[] {
  return Object.entries(fields).flatMap(([element, inner]) => {
    if (element === '.') return [idOf(path)];
    const here = [...path, element];
    return Object.keys(inner).length === 0 ? [idOf(here)] : fromFieldsV1(inner, here);
  });
}

/** The object without a field; a list or map that loses its last part goes, too. */
export function withoutField<T>(value: T, [element, ...rest]: FieldPath): T | undefined {
  if (element === undefined) return undefined;
  if (Array.isArray(value)) {
    const items = value.flatMap((item: unknown) => {
      if (!isItem(item, element)) return [item];
      const left = rest.length === 0 ? undefined : withoutField(item, rest);
      return left === undefined ? [] : [left];
    });
    return items.length === 0 ? undefined : (items as T);
  }
  if (!isMap(value)) return value;
  const { [element.slice(2)]: inner, ...others } = value;
  const left = rest.length === 0 ? undefined : withoutField(inner, rest);
  const whole = left === undefined ? others : { ...value, [element.slice(2)]: left };
  return Object.keys(whole).length === 0 ? undefined : (whole as T);
}

function isItem(item: unknown, element: string): boolean {
  const wanted: unknown = JSON.parse(element.slice(2));
  if (element.startsWith('v:')) return item === wanted;
  return isMap(item) && isMap(wanted) && Object.entries(wanted).every(([key, value]) => item[key] === value);
}
