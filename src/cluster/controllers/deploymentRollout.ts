// The two ways from old template to new: RollingUpdate, a few at a time, and Recreate, all gone before any comes.
// Models pkg/controller/deployment/{rolling,recreate}.go.
import type { Deployment } from '../../kube/kinds/deployment.ts';
import { isPodTerminal, type Pod } from '../../kube/kinds/pod.ts';
import type { ReplicaSet } from '../../kube/kinds/replicaSet.ts';
import type { ControllerContext } from '../controller.ts';
import { cleanUpHistory, scaleSet } from './deploymentScale.ts';
import { syncRevision } from './deploymentSets.ts';
import { isComplete, syncRolloutStatus } from './deploymentStatus.ts';
import { allSets, availableOf, isActive, maxUnavailable, newSetReplicas, type Rollout, replicasOf } from './rollout.ts';

type Result = undefined | { readonly requeueAfterMs: number };

/** One step: grow the new set if there is room, else shrink the old ones if that is safe. */
export function rollOut(deployment: Deployment, sets: readonly ReplicaSet[], ctx: ControllerContext): Result {
  const rollout = syncRevision(deployment, sets, true, ctx);
  const grown = growNewSet(rollout, ctx);
  if (grown) return syncRolloutStatus(grown, ctx);
  const shrunk = shrinkOldSets(rollout, ctx);
  if (shrunk) return syncRolloutStatus(shrunk, ctx);
  if (isComplete(rollout.deployment, rollout.deployment.status)) cleanUpHistory(rollout, ctx);
  return syncRolloutStatus(rollout, ctx);
}

function growNewSet(rollout: Rollout, ctx: ControllerContext): Rollout | undefined {
  const { deployment, newSet, oldSets } = rollout;
  if (!newSet || newSet.spec.replicas === deployment.spec.replicas) return undefined;
  const isTooLarge = newSet.spec.replicas > deployment.spec.replicas;
  const replicas = isTooLarge ? deployment.spec.replicas : newSetReplicas(deployment, oldSets, newSet);
  if (replicas === newSet.spec.replicas) return undefined;
  return { ...rollout, newSet: scaleSet(newSet, replicas, deployment, ctx) };
}

/**
 * Old pods may go in two cases: they are not available anyway, or enough others are. New pods that are not available yet count
 * as missing, so that a new template that never becomes ready stops the rollout.
 *
 * 10 wanted, at most 2 missing, surge 3: the new set starts with 3, the old one goes from 10 to 8, the new one grows to 5.
 * The new pods crash: 13 in all - 8 needed - 5 missing = 0, nothing more goes. Undone, the roles are swapped:
 * 13 - 8 - 0 = 5 of the crashing pods may go at once.
 */
function shrinkOldSets(rollout: Rollout, ctx: ControllerContext): Rollout | undefined {
  const { deployment, newSet } = rollout;
  const old = rollout.oldSets.filter(isActive);
  if (!newSet || old.length === 0) return undefined;
  // A set that has just been scaled down still reports the pods it had; upstream refuses to count on such a report, too.
  if (old.some((set) => (set.status.availableReplicas ?? 0) > set.spec.replicas)) return undefined;
  const needed = deployment.spec.replicas - maxUnavailable(deployment);
  const missingNew = newSet.spec.replicas - (newSet.status.availableReplicas ?? 0);
  const mayGo = replicasOf(allSets(rollout)) - needed - missingNew;
  if (mayGo <= 0) return undefined;
  // First the unavailable ones, up to `mayGo`, then available ones, as long as enough stay available.
  const cleaned = shrink(old, mayGo, (set) => set.spec.replicas - (set.status.availableReplicas ?? 0), deployment, ctx);
  const spare = availableOf([...cleaned.sets, newSet]) - needed;
  const shrunk = shrink(cleaned.sets, spare, (set) => set.spec.replicas, deployment, ctx);
  if (cleaned.count + shrunk.count === 0) return undefined;
  const byName = new Map(shrunk.sets.map((set) => [set.metadata.name, set]));
  return { ...rollout, oldSets: rollout.oldSets.map((set) => byName.get(set.metadata.name) ?? set) };
}

/** Takes up to `limit` replicas from the sets, oldest first, from each as many as `expendable` says. */
function shrink(
  sets: readonly ReplicaSet[],
  limit: number,
  expendable: (set: ReplicaSet) => number,
  deployment: Deployment,
  ctx: ControllerContext,
): { sets: readonly ReplicaSet[]; count: number } {
  let count = 0;
  const shrunk = sets.map((set) => {
    const fewer = Math.min(limit - count, expendable(set), set.spec.replicas);
    if (fewer <= 0) return set;
    count += fewer;
    return scaleSet(set, set.spec.replicas - fewer, deployment, ctx);
  });
  return { sets: shrunk, count };
}

/** One step: empty the old sets, wait until their last pod is gone, then make and fill the new set. */
export function recreate(deployment: Deployment, sets: readonly ReplicaSet[], ctx: ControllerContext): Result {
  let rollout = syncRevision(deployment, sets, false, ctx);
  const active = rollout.oldSets.filter(isActive);
  if (active.length > 0) {
    const emptied = rollout.oldSets.map((set) => (isActive(set) ? scaleSet(set, 0, deployment, ctx) : set));
    return syncRolloutStatus({ ...rollout, oldSets: emptied }, ctx);
  }
  if (areOldPodsRunning(rollout, ctx)) return syncRolloutStatus(rollout, ctx);
  if (!rollout.newSet) rollout = syncRevision(rollout.deployment, sets, true, ctx);
  const { newSet } = rollout;
  if (newSet) rollout = { ...rollout, newSet: scaleNewSet(newSet, rollout.deployment, ctx) };
  if (isComplete(rollout.deployment, rollout.deployment.status)) cleanUpHistory(rollout, ctx);
  return syncRolloutStatus(rollout, ctx);
}

function scaleNewSet(set: ReplicaSet, deployment: Deployment, ctx: ControllerContext): ReplicaSet {
  return set.spec.replicas === deployment.spec.replicas ? set : scaleSet(set, deployment.spec.replicas, deployment, ctx);
}

/** Pods that are being deleted still run; only finished ones do not count. */
function areOldPodsRunning({ oldSets }: Rollout, ctx: ControllerContext): boolean {
  return oldSets.some(
    (set) => (set.status.replicas ?? 0) > 0 || ctx.api.owned<Pod>(set.metadata.uid ?? '', 'Pod').some((pod) => !isPodTerminal(pod)),
  );
}
