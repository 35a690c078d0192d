// Which lists are merged by a key when an object is patched strategically, and which are replaced as a whole.
// Models the patchStrategy and patchMergeKey tags of k8s.io/api and apimachinery/pkg/apis/meta/v1/types.go.

import { builtInKinds } from './kinds/index.ts';

export type ListStrategy =
  /** Items are maps that this key tells apart. */
  | { readonly type: 'byKey'; readonly key: string }
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

/** Maps of which only the keys of the patch stay: a volume has one source, a strategy one type. */
export function isRetainingKeys(kind: string, path: readonly string[]): boolean {
  const field = path.at(-1);
  return field === 'volumes' || field === 'resourceClaims' || (field === 'strategy' && kind === 'Deployment');
}

/** Maps that are replaced as a whole. */
export function isReplacedMap(kind: string, path: readonly string[]): boolean {
  return kind === 'PodDisruptionBudget' && path.join('.') === 'spec.selector';
}
