// What an object counts for in a ResourceQuota, and which objects a quota counts.
// Models pkg/quota/v1/evaluator/core/{pods,services,persistent_volume_claims}.go and apiserver/pkg/quota/v1/generic/evaluator.go.
// Leaves out: priority classes that may only be used under a quota, and devices of resource claims.

import { remembered } from '../base/remembered.ts';
import { type Kind, resourceName } from '../kube/kind.ts';
import type { Container, Pod, ResourceList } from '../kube/kinds/pod.ts';
import { qosClassOf } from '../kube/kinds/podStatus.ts';
import { type ResourceQuota, type ScopeRequirement, scopesOf } from '../kube/kinds/resourceQuota.ts';
import { fromTimestamp, type KubeObject } from '../kube/meta.ts';
import { podLimits, podRequests } from '../kube/podResources.ts';
import { addQuantities, compareQuantities, subtractQuantities } from '../kube/quantity.ts';

export type Usage = Readonly<Record<string, string>>;

const NOTHING: Usage = {};
/** Kinds whose number a quota can limit by their plain plural too. */
const PLAIN_COUNTS = new Set(['ConfigMap', 'Secret', 'ReplicationController', 'ResourceQuota', 'Service', 'PersistentVolumeClaim']);
const COMPUTE = ['cpu', 'memory', 'ephemeral-storage'];
/** What every container has to say where a quota limits it. */
const TO_BE_SAID = ['cpu', 'memory', 'requests.cpu', 'requests.memory', 'limits.cpu', 'limits.memory'];
const POD_RESOURCES = new Set([
  'pods',
  'count/pods',
  ...['', 'requests.', 'limits.'].flatMap((part) => COMPUTE.map((name) => part + name)),
]);
const STORAGE_CLASS = '.storageclass.storage.k8s.io/';

// Usage ---------------------------------------------------------------------------------------------------------------

/** How much of what the object takes at the moment `nowMs`. */
export function usageOf(object: KubeObject, kind: Kind | undefined, nowMs: number): Usage {
  if (!kind?.namespaced) return NOTHING;
  const count = { [`count/${resourceName(kind)}`]: '1', ...(PLAIN_COUNTS.has(object.kind) ? { [kind.plural]: '1' } : {}) };
  switch (object.kind) {
    case 'Pod':
      return hasEnded(object as Pod, nowMs) ? count : { ...count, ...podUsage(object as Pod) };
    case 'Service':
      return { ...count, ...serviceUsage(object) };
    case 'PersistentVolumeClaim':
      return { ...count, ...claimUsage(object) };
    default:
      return count;
  }
}

/** A pod takes nothing any more once it has ended, or should have when its grace was over. */
function hasEnded({ status, metadata }: Pod, nowMs: number): boolean {
  if (status.phase === 'Succeeded' || status.phase === 'Failed') return true;
  const graceMs = (metadata.deletionGracePeriodSeconds ?? 0) * 1000;
  return metadata.deletionTimestamp !== undefined && nowMs > fromTimestamp(metadata.deletionTimestamp) + graceMs;
}

const specUsage = remembered((spec: Pod['spec']) => computeUsage(podRequests({ spec } as Pod), podLimits({ spec } as Pod)));

/** Pods of one template take the same: their status matters only while they are resized, which is not simulated. */
const podUsage = ({ spec }: Pod): Usage => specUsage(spec);

function computeUsage(requests: ResourceList, limits: ResourceList): Usage {
  const usage: Record<string, string> = { pods: '1' };
  for (const [name, quantity] of Object.entries(requests)) {
    const amount = String(quantity);
    const isPlain = COMPUTE.includes(name) || name.startsWith('hugepages-');
    if (isPlain) usage[name] = amount;
    if (isPlain || isExtended(name)) usage[`requests.${name}`] = amount;
  }
  for (const name of COMPUTE) if (limits[name] !== undefined) usage[`limits.${name}`] = String(limits[name]);
  return usage;
}

const isExtended = (name: string): boolean => name.includes('/') && !name.includes('kubernetes.io/');

interface ServiceSpec {
  readonly type?: string;
  readonly ports?: readonly { readonly nodePort?: number }[];
  readonly allocateLoadBalancerNodePorts?: boolean;
}

function serviceUsage({ spec }: KubeObject): Usage {
  const { type, ports = [], allocateLoadBalancerNodePorts } = (spec ?? {}) as ServiceSpec;
  if (type === 'NodePort') return { 'services.nodeports': String(ports.length) };
  if (type !== 'LoadBalancer') return NOTHING;
  const nodePorts = allocateLoadBalancerNodePorts === false ? ports.filter(({ nodePort }) => nodePort) : ports;
  return { 'services.loadbalancers': '1', 'services.nodeports': String(nodePorts.length) };
}

interface ClaimSpec {
  readonly storageClassName?: string;
  readonly volumeAttributesClassName?: string;
  readonly resources?: { readonly requests?: ResourceList };
}

function claimUsage({ spec, metadata }: KubeObject): Usage {
  const { storageClassName, resources } = (spec ?? {}) as ClaimSpec;
  const name = metadata.annotations?.['volume.beta.kubernetes.io/storage-class'] ?? storageClassName;
  const storage = resources?.requests?.storage;
  const asked: Usage = storage === undefined ? NOTHING : { 'requests.storage': String(storage) };
  if (!name) return asked;
  const ofClass = `${name}${STORAGE_CLASS}`;
  return {
    ...asked,
    [`${ofClass}persistentvolumeclaims`]: '1',
    ...(storage === undefined ? {} : { [`${ofClass}requests.storage`]: String(storage) }),
  };
}

// What a quota counts -------------------------------------------------------------------------------------------------

/** Which of the resources `names` objects of a kind can count for. */
export function resourcesOfKind(kind: Kind | undefined, names: readonly string[]): readonly string[] {
  if (!kind?.namespaced) return [];
  const counts = [`count/${resourceName(kind)}`, ...(PLAIN_COUNTS.has(kind.kind) ? [kind.plural] : [])];
  return names.filter((name) => counts.includes(name) || isCountedBy(kind.kind, name));
}

function isCountedBy(kindName: string, name: string): boolean {
  switch (kindName) {
    case 'Pod': {
      if (POD_RESOURCES.has(name) || name.startsWith('hugepages-') || name.startsWith('requests.hugepages-')) return true;
      return name.startsWith('requests.') && isExtended(name.slice('requests.'.length)) && !name.includes(STORAGE_CLASS);
    }
    case 'Service':
      return name === 'services.nodeports' || name === 'services.loadbalancers';
    case 'PersistentVolumeClaim':
      return (
        name === 'requests.storage' ||
        name.endsWith(`${STORAGE_CLASS}requests.storage`) ||
        name.endsWith(`${STORAGE_CLASS}persistentvolumeclaims`)
      );
    default:
      return false;
  }
}

/** Whether all scopes of a quota take the object. Only pods and claims have any. */
export function isInScopes(quota: ResourceQuota, object: KubeObject): boolean {
  return scopesOf(quota.spec).every((scope) => {
    if (object.kind === 'Pod') return isPodInScope(object as Pod, scope);
    if (object.kind !== 'PersistentVolumeClaim' || scope.scopeName !== 'VolumeAttributesClass') return false;
    return matchesScope(scope, (object.spec as ClaimSpec | undefined)?.volumeAttributesClassName);
  });
}

function isPodInScope({ spec }: Pod, scope: ScopeRequirement): boolean {
  switch (scope.scopeName) {
    case 'Terminating':
      return (spec.activeDeadlineSeconds ?? -1) >= 0;
    case 'NotTerminating':
      return (spec.activeDeadlineSeconds ?? -1) < 0;
    case 'BestEffort':
      return qosClassOf(spec) === 'BestEffort';
    case 'NotBestEffort':
      return qosClassOf(spec) !== 'BestEffort';
    case 'PriorityClass':
      return matchesScope(scope, spec.priorityClassName);
    case 'CrossNamespacePodAffinity':
      return reachesOtherNamespaces(spec);
    default:
      return false;
  }
}

function matchesScope({ operator, values = [] }: ScopeRequirement, value: string | undefined): boolean {
  switch (operator) {
    case 'Exists':
      return Boolean(value);
    case 'DoesNotExist':
      return !value;
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
  }
}

function reachesOtherNamespaces({ affinity }: Pod['spec']): boolean {
  return [affinity?.podAffinity, affinity?.podAntiAffinity].some((part) =>
    [
      ...(part?.requiredDuringSchedulingIgnoredDuringExecution ?? []),
      ...(part?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map(({ podAffinityTerm }) => podAffinityTerm),
    ].some(({ namespaces, namespaceSelector }) => (namespaces?.length ?? 0) > 0 || namespaceSelector !== undefined),
  );
}

/** What the containers of a pod leave unsaid although a quota limits it, in the server's words. */
export function unsaidOf({ spec }: Pod, limited: readonly string[]): string | undefined {
  const needed = limited.filter((name) => TO_BE_SAID.includes(name)).sort();
  if (needed.length === 0) return undefined;
  const containers: readonly Container[] = [...spec.containers, ...(spec.initContainers ?? [])];
  const missing = needed.flatMap((name) => {
    const silent = containers.filter(
      ({ resources }) => computeUsage(resources?.requests ?? {}, resources?.limits ?? {})[name] === undefined,
    );
    return silent.length === 0 ? [] : [`${name} for: ${[...new Set(silent.map((container) => container.name))].sort().join(',')}`];
  });
  return missing.length === 0 ? undefined : `must specify ${missing.join('; ')}`;
}

// Reckoning -----------------------------------------------------------------------------------------------------------

export function addUsage(a: Usage | ResourceList, b: Usage): Usage {
  const sum: Record<string, string> = {};
  for (const name in a) sum[name] = String(a[name]);
  for (const name in b) sum[name] = sum[name] === undefined ? (b[name] as string) : addQuantities(sum[name], b[name] as string);
  return sum;
}

/** What `a` is more than `b`; nothing where it is less. */
export function moreUsage(a: Usage, b: Usage): Usage {
  const more: Record<string, string> = {};
  for (const name in a) {
    const rest = subtractQuantities(a[name] as string, b[name] ?? '0');
    if (compareQuantities(rest, '0') > 0) more[name] = rest;
  }
  return more;
}

/** Only the entries of these names, sorted as the server writes them. */
export function maskUsage(usage: Usage | ResourceList, names: readonly string[]): Usage {
  const masked: Record<string, string> = {};
  for (const name of [...names].sort()) if (usage[name] !== undefined) masked[name] = String(usage[name]);
  return masked;
}
