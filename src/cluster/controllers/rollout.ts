// A rollout as one reconcile sees it, and its arithmetic: percentages to numbers, how far the new set may grow, who is largest.
// Models pkg/controller/deployment/util/deployment_util.go. Pure functions.
import type { Deployment } from '../../kube/kinds/deployment.ts';
import type { IntOrString } from '../../kube/kinds/pod.ts';
import type { ReplicaSet } from '../../kube/kinds/replicaSet.ts';

/** On every ReplicaSet of a Deployment: how many replicas the Deployment wanted, and might have had with surge, when it was last scaled. */
export const DESIRED_REPLICAS = 'deployment.kubernetes.io/desired-replicas';
export const MAX_REPLICAS = 'deployment.kubernetes.io/max-replicas';

/** A Deployment and its ReplicaSets as they stand while one reconcile runs. */
export interface Rollout {
  readonly deployment: Deployment;
  /** The set of today's template, if there is one. */
  readonly newSet: ReplicaSet | undefined;
  /** All others, oldest first. */
  readonly oldSets: readonly ReplicaSet[];
}

export const allSets = ({ newSet, oldSets }: Rollout): readonly ReplicaSet[] => (newSet ? [...oldSets, newSet] : oldSets);

export function isRolling(deployment: Deployment): boolean {
  return deployment.spec.strategy.type === 'RollingUpdate';
}

/** How many pods may exist above the wanted number. */
export function maxSurge(deployment: Deployment): number {
  return isRolling(deployment) ? fenceposts(deployment).surge : 0;
}

/** How many of the wanted pods may be missing. */
export function maxUnavailable(deployment: Deployment): number {
  if (!isRolling(deployment) || deployment.spec.replicas === 0) return 0;
  return Math.min(fenceposts(deployment).unavailable, deployment.spec.replicas);
}

/**
 * Surge is rounded up and unavailable down; where both come out as 0 nothing could ever move, so one may be missing.
 * Of 2 replicas 0 % and 10 % are 0 and 0.2, so 0 and 1.
 */
function fenceposts(deployment: Deployment): { surge: number; unavailable: number } {
  const { replicas, strategy } = deployment.spec;
  const surge = scaled(strategy.rollingUpdate?.maxSurge, replicas, Math.ceil);
  const unavailable = scaled(strategy.rollingUpdate?.maxUnavailable, replicas, Math.floor);
  return { surge, unavailable: surge === 0 && unavailable === 0 ? 1 : unavailable };
}

/** A number as it is, or a percentage of `total`. */
export function scaled(value: IntOrString | undefined, total: number, round: (value: number) => number): number {
  if (typeof value === 'string' && value.endsWith('%')) return round((Number(value.slice(0, -1)) * total) / 100);
  return Number(value ?? 0) || 0;
}

/** How many replicas the new set may have now: as many as fit under wanted + surge, and never more than wanted. */
export function newSetReplicas(deployment: Deployment, oldSets: readonly ReplicaSet[], newSet: ReplicaSet | undefined): number {
  const wanted = deployment.spec.replicas;
  const have = newSet?.spec.replicas ?? 0;
  const free = wanted + maxSurge(deployment) - (replicasOf(oldSets) + have);
  return free <= 0 ? have : have + Math.min(free, wanted - have);
}

export function replicasOf(sets: readonly ReplicaSet[]): number {
  let sum = 0;
  for (const { spec } of sets) sum += spec.replicas;
  return sum;
}

export function availableOf(sets: readonly ReplicaSet[]): number {
  let sum = 0;
  for (const { status } of sets) sum += status.availableReplicas ?? 0;
  return sum;
}

export function isActive({ spec }: ReplicaSet): boolean {
  return spec.replicas > 0;
}

/** Oldest first. */
export function byCreation(a: ReplicaSet, b: ReplicaSet): number {
  return compare(a.metadata.creationTimestamp ?? '', b.metadata.creationTimestamp ?? '') || compare(a.metadata.name, b.metadata.name);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
