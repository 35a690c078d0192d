// Which lists are merged by a key when an object is patched strategically or applied on the server, and which are replaced as a whole.
// Models the tags patchStrategy and patchMergeKey, and the markers listType, listMapKey and structType, of k8s.io/api.

import { builtInKinds } from './kinds/builtIn.ts';

export type ListStrategy =
  /** Items are maps that this key tells apart, with further ones where an apply has more; beside each, what it is when left out. */
  | { readonly type: 'byKey'; readonly key: string; readonly more?: Readonly<Record<string, string>> }
  /** Items are texts; each is there or not. */
  | { readonly type: 'set' }
  | { readonly type: 'replace' };

const KEYS: Readonly<Record<string, string>> = {
  containers: 'name',
  initContainers: 'name',
  ephemeralContainers: 'name',
  env: 'name',
  volumes: 'name',
  volumeMounts: 'mountPath',
  volumeDevices: 'devicePath',
  imagePullSecrets: 'name',
  resourceClaims: 'name',
  schedulingGates: 'name',
  hostAliases: 'ip',
  topologySpreadConstraints: 'topologyKey',
  ownerReferences: 'uid',
  conditions: 'type',
  addresses: 'type',
  podIPs: 'ip',
  hostIPs: 'ip',
  secrets: 'name',
  webhooks: 'name',
};
const SETS = new Set(['finalizers', 'podCIDRs']);
const REPLACE: ListStrategy = { type: 'replace' };

/** How the list in the last field of `path` is merged. */
export function listStrategy(kind: string, path: readonly string[]): ListStrategy {
  // Nothing tells the items of lists apart in objects of custom kinds.
  if (!builtInKinds.find(kind)) return REPLACE;
  const field = path.at(-1) ?? '';
  const around = path.at(-2);
  if (field === 'ports') {
    if (around === 'containers' || around === 'initContainers' || around === 'ephemeralContainers')
      return { type: 'byKey', key: 'containerPort' };
    return kind === 'Service' && path.length === 2 ? { type: 'byKey', key: 'port' } : REPLACE;
  }
  // Namespace.spec.finalizers has no strategy; metadata.finalizers is a set. Service accounts list pull secrets as a whole.
  if (SETS.has(field)) return field === 'finalizers' && around !== 'metadata' ? REPLACE : { type: 'set' };
  if (field === 'addresses' && kind !== 'Node') return REPLACE;
  if (field === 'secrets' && kind !== 'ServiceAccount') return REPLACE;
  if (field === 'imagePullSecrets' && kind === 'ServiceAccount') return REPLACE;
  const key = Object.hasOwn(KEYS, field) ? KEYS[field] : undefined;
  return key === undefined || field === 'kind' ? REPLACE : { type: 'byKey', key };
}

/** Of lists that an apply tells apart by two keys, the second. */
const SECOND_KEYS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  port: { protocol: 'TCP' },
  containerPort: { protocol: 'TCP' },
  topologyKey: { whenUnsatisfiable: '' },
};

/** How an apply on the server merges the list. */
export function appliedListStrategy(kind: string, path: readonly string[]): ListStrategy {
  const strategy = listStrategy(kind, path);
  const more = strategy.type === 'byKey' ? SECOND_KEYS[strategy.key] : undefined;
  return strategy.type === 'byKey' && more ? { ...strategy, more } : strategy;
}

/** Maps that an apply sets as a whole. */
const ATOMIC = new Set([
  'selector',
  'labelSelector',
  'namespaceSelector',
  'podSelector',
  'nodeSelector',
  'valueFrom',
  'secretRef',
  'configMapRef',
  'claimRef',
]);

export const isAtomicMap = (path: readonly string[]): boolean => ATOMIC.has(path.at(-1) ?? '');

/** How the lists and maps of an object are merged. */
export interface Merging {
  list(path: readonly string[]): ListStrategy;
  isWhole(path: readonly string[]): boolean;
}

export const patchMerging = (kind: string): Merging => ({
  list: (path) => listStrategy(kind, path),
  isWhole: (path) => isReplacedMap(kind, path),
});

export const applyMerging = (kind: string): Merging => ({ list: (path) => appliedListStrategy(kind, path), isWhole: isAtomicMap });

/** Maps of which only the keys of the patch stay: a volume has one source, a strategy one type. */
export function isRetainingKeys(kind: string, path: readonly string[]): boolean {
  const field = path.at(-1);
  return field === 'volumes' || field === 'resourceClaims' || (field === 'strategy' && kind === 'Deployment');
}

/** Maps that are replaced as a whole. */
export function isReplacedMap(kind: string, path: readonly string[]): boolean {
  return kind === 'PodDisruptionBudget' && path.join('.') === 'spec.selector';
}
