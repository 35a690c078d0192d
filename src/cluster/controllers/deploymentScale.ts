// Scaling the ReplicaSets of a Deployment: one by one during a rollout, or all in proportion when the Deployment itself is scaled.
// Models scale and scaleReplicaSet of pkg/controller/deployment/sync.go, and cleanupDeployment.
import type { Deployment } from '../../kube/kinds/deployment.ts';
import type { ReplicaSet } from '../../kube/kinds/replicaSet.ts';
import type { ControllerContext } from '../controller.ts';
import { revisionOf } from './deploymentSets.ts';
import { allSets, byCreation, DESIRED_REPLICAS, isActive, isRolling, MAX_REPLICAS, maxSurge, type Rollout, replicasOf } from './rollout.ts';

const NO_HISTORY_LIMIT = 2 ** 31 - 1;

/** Gives `set` this many replicas, refreshes its annotations and tells about it. Returns the set as it is then. */
export function scaleSet(set: ReplicaSet, replicas: number, deployment: Deployment, ctx: ControllerContext): ReplicaSet {
  const wanted = deployment.spec.replicas;
  const annotations = { [DESIRED_REPLICAS]: String(wanted), [MAX_REPLICAS]: String(wanted + maxSurge(deployment)) };
  const old = set.metadata.annotations ?? {};
  const isNoted = Object.entries(annotations).every(([key, value]) => old[key] === value);
  if (set.spec.replicas === replicas && isNoted) return set;
  const scaledSet = ctx.api.update<ReplicaSet>({
    ...set,
    metadata: { ...set.metadata, annotations: { ...old, ...annotations } },
    spec: { ...set.spec, replicas },
  });
  if (set.spec.replicas !== replicas) {
    const direction = set.spec.replicas < replicas ? 'up' : 'down';
    const message = `Scaled ${direction} replica set ${set.metadata.name} from ${set.spec.replicas} to ${replicas}`;
    ctx.record(deployment, 'Normal', 'ScalingReplicaSet', message);
  }
  return scaledSet;
}

/** Whether the Deployment was scaled since its sets were last told. */
export function isScalingEvent(rollout: Rollout): boolean {
  return allSets(rollout).some((set) => {
    const desired = set.metadata.annotations?.[DESIRED_REPLICAS];
    return isActive(set) && desired !== undefined && Number(desired) !== rollout.deployment.spec.replicas;
  });
}

/** Brings the sets to the Deployment's new size without a rollout: paused ones and those in the middle of one keep their mix. */
export function scaleInProportion(rollout: Rollout, ctx: ControllerContext): Rollout {
  const { deployment, newSet, oldSets } = rollout;
  const wanted = deployment.spec.replicas;
  const sizes = new Map<string, number>();
  const only = activeOrLatest(rollout);
  if (only) {
    if (only.spec.replicas !== wanted) sizes.set(only.metadata.name, wanted);
  } else if (newSet && isSaturated(deployment, newSet)) {
    for (const set of oldSets.filter(isActive)) sizes.set(set.metadata.name, 0);
  } else if (isRolling(deployment)) {
    for (const [name, size] of proportions(deployment, allSets(rollout).filter(isActive))) sizes.set(name, size);
  }
  const apply = (set: ReplicaSet) => {
    const size = sizes.get(set.metadata.name);
    return size === undefined ? set : scaleSet(set, size, deployment, ctx);
  };
  return { deployment, oldSets: oldSets.map(apply), newSet: newSet && apply(newSet) };
}

/** The only set with replicas, or the newest where none has any; undefined where several have. */
function activeOrLatest(rollout: Rollout): ReplicaSet | undefined {
  const active = allSets(rollout).filter(isActive);
  if (active.length > 1) return undefined;
  return active[0] ?? rollout.newSet ?? rollout.oldSets.at(-1);
}

function isSaturated(deployment: Deployment, set: ReplicaSet): boolean {
  const wanted = deployment.spec.replicas;
  return (
    set.spec.replicas === wanted &&
    Number(set.metadata.annotations?.[DESIRED_REPLICAS]) === wanted &&
    (set.status.availableReplicas ?? 0) === wanted
  );
}

/**
 * New sizes in proportion to the old ones, the largest first; what rounding leaves over goes to the largest.
 * 8 old + 5 new (10 wanted, surge 3) scaled to 15 may be 18 in all, 5 more than the 13 there are: 8 * 18/13 = 11.1 and
 * 5 * 18/13 = 6.9, so 3 and 2 are added. A share that does not fit into what is left is cut down to that.
 */
function proportions(deployment: Deployment, sets: readonly ReplicaSet[]): Map<string, number> {
  const wanted = deployment.spec.replicas;
  const toAdd = (wanted > 0 ? wanted + maxSurge(deployment) : 0) - replicasOf(sets);
  const isNewerFirst = toAdd > 0;
  const sorted = [...sets].sort((a, b) => b.spec.replicas - a.spec.replicas || (isNewerFirst ? byCreation(b, a) : byCreation(a, b)));
  const sizes = new Map<string, number>();
  let added = 0;
  for (const set of sorted) {
    const share = shareOf(set, deployment, toAdd, toAdd - added);
    sizes.set(set.metadata.name, set.spec.replicas + share);
    added += share;
  }
  const largest = sorted[0];
  if (largest && toAdd !== added) {
    const { name } = largest.metadata;
    sizes.set(name, Math.max(0, (sizes.get(name) ?? 0) + toAdd - added));
  }
  return sizes;
}

/** How many replicas one set gains (or loses, below zero), within what is `left` of all that is `toAdd`. */
function shareOf(set: ReplicaSet, deployment: Deployment, toAdd: number, left: number): number {
  if (set.spec.replicas === 0 || toAdd === 0 || left === 0) return 0;
  const fraction = fractionOf(set, deployment);
  return toAdd > 0 ? Math.min(fraction, left) : Math.max(fraction, left);
}

function fractionOf(set: ReplicaSet, deployment: Deployment): number {
  const wanted = deployment.spec.replicas;
  if (wanted === 0) return -set.spec.replicas;
  const before = Number(set.metadata.annotations?.[MAX_REPLICAS] ?? 0) || (deployment.status.replicas ?? 0);
  if (before === 0) return 0;
  return Math.floor((set.spec.replicas * (wanted + maxSurge(deployment))) / before + 0.5) - set.spec.replicas;
}

/** Deletes the oldest revisions beyond revisionHistoryLimit, as far as they are empty. */
export function cleanUpHistory({ deployment, oldSets }: Rollout, ctx: ControllerContext): void {
  const limit = deployment.spec.revisionHistoryLimit ?? NO_HISTORY_LIMIT;
  if (limit === NO_HISTORY_LIMIT) return;
  const alive = oldSets.filter((set) => set.metadata.deletionTimestamp === undefined);
  const excess = alive.length - limit;
  if (excess <= 0) return;
  const oldest = [...alive].sort((a, b) => revisionOf(a) - revisionOf(b) || byCreation(a, b)).slice(0, excess);
  for (const set of oldest) {
    const isSeen = (set.metadata.generation ?? 1) <= (set.status.observedGeneration ?? 0);
    if ((set.status.replicas ?? 0) > 0 || set.spec.replicas > 0 || !isSeen) continue;
    ctx.api.delete('ReplicaSet', set.metadata.namespace, set.metadata.name);
  }
}
