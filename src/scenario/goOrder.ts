// The order in which an API server writes the fields of an object: maps by key, structs as Go declares them.
// Here objects keep the order in which they came to be, which is nothing that anybody may rely on; only recordings are compared as text.
import type { KubeObject } from '../kube/meta.ts';

/** Fields that are maps in Go. */
const MAPS = new Set([
  'labels',
  'annotations',
  'matchLabels',
  'nodeSelector',
  'selector',
  'limits',
  'requests',
  'capacity',
  'allocatable',
  'hard',
  'used',
  'data',
  'stringData',
]);

/** Structs whose fields are compared in their order. */
const STRUCTS: Readonly<Record<string, readonly string[]>> = {
  strategy: ['type', 'rollingUpdate'],
  updateStrategy: ['type', 'rollingUpdate'],
  rollingUpdate: ['partition', 'maxUnavailable', 'maxSurge'],
};

const isMap = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The same object with its fields in the API server's order; the object itself where that is its order already. */
export function inGoOrder(object: KubeObject): KubeObject {
  return ordered('', object) as KubeObject;
}

function ordered(name: string, value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => ordered('', item));
    return items.every((item, i) => item === value[i]) ? value : items;
  }
  if (!isMap(value)) return value;
  const keys = Object.keys(value);
  const wanted = wantedOrder(name, value, keys);
  let isSame = wanted.every((key, i) => key === keys[i]);
  const result: Record<string, unknown> = {};
  for (const key of wanted) {
    result[key] = ordered(key, value[key]);
    if (result[key] !== value[key]) isSame = false;
  }
  return isSame ? value : result;
}

function wantedOrder(name: string, value: Record<string, unknown>, keys: readonly string[]): readonly string[] {
  const fields = STRUCTS[name];
  if (fields) return [...fields.filter((field) => field in value), ...keys.filter((key) => !fields.includes(key))];
  // A label selector is a struct, a Service's selector is a map.
  if (!MAPS.has(name) || keys.some((key) => isMap(value[key]) || Array.isArray(value[key]))) return keys;
  return keys.toSorted();
}
