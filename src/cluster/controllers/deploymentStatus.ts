// What a Deployment says about itself: counts, Available, Progressing and its deadline, ReplicaFailure.
// Models pkg/controller/deployment/progress.go and calculateStatus of sync.go.
import { isEqual } from '../../base/equal.ts';
import type { Deployment, DeploymentStatus } from '../../kube/kinds/deployment.ts';
import type { ReplicaSet } from '../../kube/kinds/replicaSet.ts';
import { type Condition, conditionOf, fromTimestamp, toTimestamp } from '../../kube/meta.ts';
import type { ControllerContext } from '../controller.ts';
import { allSets, availableOf, maxUnavailable, type Rollout, replicasOf } from './rollout.ts';

const NO_DEADLINE = 2 ** 31 - 1;

export function hasProgressDeadline({ spec }: Deployment): boolean {
  return spec.progressDeadlineSeconds !== undefined && spec.progressDeadlineSeconds !== NO_DEADLINE;
}

/** Sets the condition of its type, unless it says status and reason already; it goes to the end of the list. */
export function withCondition(deployment: Deployment, condition: Condition, nowMs: number): Deployment {
  const conditions = addCondition(deployment.status.conditions ?? [], condition, nowMs);
  return conditions === deployment.status.conditions ? deployment : { ...deployment, status: { ...deployment.status, conditions } };
}

function addCondition(conditions: readonly Condition[], condition: Condition, nowMs: number): readonly Condition[] {
  const old = conditionOf(conditions, condition.type);
  if (old && old.status === condition.status && old.reason === condition.reason) return conditions;
  return [...conditions.filter((other) => other !== old), dated(condition, old, nowMs)];
}

/** The moment of transition stays where only the reason changes. */
function dated({ type, status, reason, message }: Condition, old: Condition | undefined, nowMs: number): Condition {
  const now = toTimestamp(nowMs);
  const lastTransitionTime = old && old.status === status && old.lastTransitionTime ? old.lastTransitionTime : now;
  return {
    type,
    status,
    lastUpdateTime: now,
    lastTransitionTime,
    ...(reason === undefined ? {} : { reason }),
    ...(message === undefined ? {} : { message }),
  };
}

/** Counts and Available; the other conditions as they were. */
function statusOf(deployment: Deployment, sets: readonly ReplicaSet[], newSet: ReplicaSet | undefined, nowMs: number): DeploymentStatus {
  const available = availableOf(sets);
  const replicas = sum(sets, (set) => set.status.replicas);
  const updated = newSet?.status.replicas ?? 0;
  const ready = sum(sets, (set) => set.status.readyReplicas);
  const unavailable = Math.max(0, replicasOf(sets) - available);
  const isAvailable = available >= deployment.spec.replicas - maxUnavailable(deployment);
  const { collisionCount } = deployment.status;
  return {
    observedGeneration: deployment.metadata.generation ?? 1,
    ...(replicas > 0 ? { replicas } : {}),
    ...(updated > 0 ? { updatedReplicas: updated } : {}),
    ...(ready > 0 ? { readyReplicas: ready } : {}),
    ...(available > 0 ? { availableReplicas: available } : {}),
    ...(unavailable > 0 ? { unavailableReplicas: unavailable } : {}),
    terminatingReplicas: sum(sets, (set) => set.status.terminatingReplicas),
    ...(collisionCount === undefined ? {} : { collisionCount }),
    conditions: addCondition(
      deployment.status.conditions ?? [],
      isAvailable
        ? { type: 'Available', status: 'True', reason: 'MinimumReplicasAvailable', message: 'Deployment has minimum availability.' }
        : {
            type: 'Available',
            status: 'False',
            reason: 'MinimumReplicasUnavailable',
            message: 'Deployment does not have minimum availability.',
          },
      nowMs,
    ),
  };
}

function sum(sets: readonly ReplicaSet[], count: (set: ReplicaSet) => number | undefined): number {
  let total = 0;
  for (const set of sets) total += count(set) ?? 0;
  return total;
}

/** Writes counts and Available, where no rollout goes on (paused, scaling, being deleted). */
export function syncStatus(rollout: Rollout, ctx: ControllerContext): void {
  const { deployment, newSet } = rollout;
  const status = statusOf(deployment, allSets(rollout), newSet, ctx.nowMs);
  if (!isEqual(status, deployment.status)) ctx.api.updateStatus<Deployment>({ ...deployment, status });
}

/** Writes the status during a rollout: progress, success or the missed deadline. May ask to be woken for the deadline. */
export function syncRolloutStatus(rollout: Rollout, ctx: ControllerContext): undefined | { requeueAfterMs: number } {
  const { deployment, newSet } = rollout;
  const sets = allSets(rollout);
  const counted = statusOf(deployment, sets, newSet, ctx.nowMs);
  const progressed = withProgress(deployment, counted, newSet, ctx.nowMs);
  const status = withReplicaFailure(progressed, sets, newSet, ctx.nowMs);
  if (isEqual(status, deployment.status)) return untilDeadline(deployment, status, ctx.nowMs);
  ctx.api.updateStatus<Deployment>({ ...deployment, status });
  return undefined;
}

function withProgress(deployment: Deployment, status: DeploymentStatus, newSet: ReplicaSet | undefined, nowMs: number): DeploymentStatus {
  const conditions = status.conditions ?? [];
  const old = conditionOf(conditions, 'Progressing');
  if (!hasProgressDeadline(deployment)) return { ...status, conditions: conditions.filter((condition) => condition !== old) };
  const isAllNew = (status.replicas ?? 0) === (status.updatedReplicas ?? 0);
  if (isAllNew && old?.reason === 'NewReplicaSetAvailable') return status;
  const what = newSet ? `ReplicaSet "${newSet.metadata.name}"` : `Deployment "${deployment.metadata.name}"`;
  if (isComplete(deployment, status)) {
    const message = `${what} has successfully progressed.`;
    const condition = { type: 'Progressing', status: 'True', reason: 'NewReplicaSetAvailable', message } as const;
    return { ...status, conditions: addCondition(conditions, condition, nowMs) };
  }
  if (isProgress(deployment.status, status)) {
    // Every sign of progress moves lastUpdateTime, from which the deadline is counted, even if reason and status stay.
    const message = `${what} is progressing.`;
    const condition = dated({ type: 'Progressing', status: 'True', reason: 'ReplicaSetUpdated', message }, old, nowMs);
    return { ...status, conditions: [...conditions.filter((other) => other !== old), condition] };
  }
  if (old && isTimedOut(deployment, old, nowMs)) {
    const message = `${what} has timed out progressing.`;
    const condition = { type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message } as const;
    return { ...status, conditions: addCondition(conditions, condition, nowMs) };
  }
  return status;
}

/** All replicas are of the new template and available, and the spec has been seen. */
export function isComplete(deployment: Deployment, status: DeploymentStatus): boolean {
  const wanted = deployment.spec.replicas;
  return (
    (status.updatedReplicas ?? 0) === wanted &&
    (status.replicas ?? 0) === wanted &&
    (status.availableReplicas ?? 0) === wanted &&
    (status.observedGeneration ?? 0) >= (deployment.metadata.generation ?? 1)
  );
}

function isProgress(before: DeploymentStatus, after: DeploymentStatus): boolean {
  const old = (status: DeploymentStatus) => (status.replicas ?? 0) - (status.updatedReplicas ?? 0);
  return (
    (after.updatedReplicas ?? 0) > (before.updatedReplicas ?? 0) ||
    old(after) < old(before) ||
    (after.readyReplicas ?? 0) > (before.readyReplicas ?? 0) ||
    (after.availableReplicas ?? 0) > (before.availableReplicas ?? 0)
  );
}

function isTimedOut(deployment: Deployment, condition: Condition, nowMs: number): boolean {
  if (condition.reason === 'NewReplicaSetAvailable') return false;
  if (condition.reason === 'ProgressDeadlineExceeded') return true;
  return deadlineMs(deployment, condition) < nowMs;
}

function deadlineMs({ spec }: Deployment, condition: Condition): number {
  return fromTimestamp(condition.lastUpdateTime) + (spec.progressDeadlineSeconds ?? 0) * 1000;
}

/** Nothing moved: look again one second after the deadline, if there is one and the rollout goes on. */
function untilDeadline(deployment: Deployment, status: DeploymentStatus, nowMs: number): undefined | { requeueAfterMs: number } {
  const condition = conditionOf(status.conditions, 'Progressing');
  if (!hasProgressDeadline(deployment) || !condition || condition.reason === 'ProgressDeadlineExceeded') return undefined;
  if (isComplete(deployment, status)) return undefined;
  return { requeueAfterMs: Math.max(0, deadlineMs(deployment, condition) - nowMs) + 1000 };
}

/** A set that cannot create its pods makes that its Deployment's condition too; the new set's word goes first. */
function withReplicaFailure(
  status: DeploymentStatus,
  sets: readonly ReplicaSet[],
  newSet: ReplicaSet | undefined,
  nowMs: number,
): DeploymentStatus {
  const conditions = status.conditions ?? [];
  const failing = newSet && conditionOf(newSet.status.conditions, 'ReplicaFailure') ? newSet : undefined;
  const source = failing ?? sets.find((set) => conditionOf(set.status.conditions, 'ReplicaFailure'));
  const failure = conditionOf(source?.status.conditions, 'ReplicaFailure');
  if (failure) return { ...status, conditions: addCondition(conditions, failure, nowMs) };
  const old = conditionOf(conditions, 'ReplicaFailure');
  return old ? { ...status, conditions: conditions.filter((condition) => condition !== old) } : status;
}
