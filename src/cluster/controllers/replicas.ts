// Keeps as many pods of a template alive as were asked for: what ReplicaSet and ReplicationController have in common.
// Models pkg/controller/replicaset/{replica_set,replica_set_utils}.go. Leaves out: expectations (nothing here reads a cache).
import { isEqual } from '../../base/equal.ts';
import type { ApiError } from '../../kube/errors.ts';
import { isPodReady, type Pod } from '../../kube/kinds/pod.ts';
import type { ReplicaSet, ReplicaSetStatus, ReplicationController } from '../../kube/kinds/replicaSet.ts';
import { matchesLabels } from '../../kube/labels.ts';
import { type Change, type Condition, conditionOf, fromTimestamp, type Key, keyOf, toTimestamp } from '../../kube/meta.ts';
import type { Controller, ControllerContext, Watch } from '../controller.ts';
import { isCountedAnew, ownersAndAdopters } from './owners.ts';
import {
  type ClaimedPods,
  claimPods,
  createPod,
  deletePod,
  errorOf,
  isNamespaceTerminating,
  type Matches,
  onceForEach,
  podFromTemplate,
} from './podControl.ts';
import { podsToDelete } from './podRanking.ts';

/** Not more pods than this are created or deleted in one go. */
const BURST_REPLICAS = 500;
/** Reading all pods takes its time, so that a large set looks at its pods less often than a small one. */
const PODS_READ_PER_MS = 25;

interface Memory {
  /** The size of the next batch of pods to create, for owners that are creating. */
  readonly batches: Map<Key, number>;
}

export type ReplicaOwner = ReplicaSet | ReplicationController;

/** What differs between the kinds that keep replicas. */
export interface ReplicasOptions<T extends ReplicaOwner> {
  readonly kind: T['kind'];
  readonly name: string;
  matcher(owner: T): Matches;
  /** All pods of the application that `owner` is a part of: they crowd the nodes together. */
  related(owner: T, ctx: ControllerContext): readonly Pod[];
  /** ReplicationController's status has no terminatingReplicas. */
  readonly hasTerminating: boolean;
}

export function replicasController<T extends ReplicaOwner>(options: ReplicasOptions<T>): Controller {
  return {
    name: options.name,
    memory: (): Memory => ({ batches: new Map() }),
    watches: [{ kind: options.kind, keys: specChanges }, podsOf(options)],
    readingMs(key, ctx) {
      const owner = ctx.api.getByKey<T>(key);
      return owner ? Math.floor((owner.status.replicas ?? 0) / PODS_READ_PER_MS) : 0;
    },
    reconcile(key, ctx) {
      const owner = ctx.api.getByKey<T>(key);
      if (!owner) return;
      const pods = claimPods(owner, options.matcher(owner), ctx);
      const failure = owner.metadata.deletionTimestamp === undefined ? manageReplicas(owner, pods.active, options, ctx) : undefined;
      const status = statusOf(owner, pods, failure, options.hasTerminating, ctx.nowMs);
      if (!isEqual(status, owner.status)) ctx.api.updateStatus<T>({ ...owner, status });
      if (failure && !isNamespaceTerminating(failure)) throw failure;
      return nextAvailability(owner, pods.active, ctx.nowMs);
    },
  };
}

/** Everything but a status of one's own making. */
function specChanges({ key, before, after }: Change): readonly Key[] {
  const isStatusOnly = before && after && before.spec === after.spec && before.metadata.generation === after.metadata.generation;
  const isSameMeta =
    before?.metadata.labels === after?.metadata.labels && before?.metadata.deletionTimestamp === after?.metadata.deletionTimestamp;
  return isStatusOnly && isSameMeta ? [] : [key];
}

/** Wakes the owner of a pod when the pod comes, goes or changes what is counted; a pod without owner wakes all that may adopt it. */
function podsOf<T extends ReplicaOwner>({ kind, matcher }: ReplicasOptions<T>): Watch {
  return {
    kind: 'Pod',
    keys: (change, ctx) =>
      isCountedAnew(change) ? ownersAndAdopters<T>(change, kind, ctx, (owner, pod) => matcher(owner)(pod.metadata.labels)) : [],
  };
}

/** Creates or deletes the difference. Returns what stood in the way, if anything did. */
function manageReplicas<T extends ReplicaOwner>(
  owner: T,
  active: readonly Pod[],
  options: ReplicasOptions<T>,
  ctx: ControllerContext,
): ApiError | undefined {
  const { batches } = ctx.memory as Memory;
  const diff = active.length - owner.spec.replicas;
  if (diff < 0) return createBatch(owner, Math.min(-diff, BURST_REPLICAS), batches, ctx);
  batches.delete(keyOf(owner));
  if (diff === 0) return undefined;
  let failure: ApiError | undefined;
  for (const pod of podsToDelete(active, options.related(owner, ctx), Math.min(diff, BURST_REPLICAS), ctx.nowMs)) {
    failure ??= errorOf(() => deletePod(pod, owner, ctx));
  }
  return failure;
}

/**
 * Creates pods in batches of 1, 2, 4 …, one batch a reconcile; after a batch with a failure it begins with 1 again, so that a quota
 * that is used up is not asked a thousand times. Returns the first failure.
 */
function createBatch(owner: ReplicaOwner, missing: number, batches: Map<Key, number>, ctx: ControllerContext): ApiError | undefined {
  const size = Math.min(missing, batches.get(keyOf(owner)) ?? 1);
  let failure: ApiError | undefined;
  for (let i = 0; i < size; i++) {
    const error = errorOf(() => createPod(podFromTemplate(owner.spec.template, owner), owner, ctx));
    failure ??= error;
  }
  if (failure) batches.delete(keyOf(owner));
  else batches.set(keyOf(owner), Math.min(2 * size, BURST_REPLICAS));
  return failure;
}

function statusOf(
  owner: ReplicaOwner,
  { active, terminating }: ClaimedPods,
  failure: ApiError | undefined,
  hasTerminating: boolean,
  nowMs: number,
): ReplicaSetStatus {
  const templateLabels = owner.spec.template.metadata?.labels ?? {};
  const isLabeled = onceForEach((labels) => matchesLabels(templateLabels, labels));
  const minReadyMs = (owner.spec.minReadySeconds ?? 0) * 1000;
  let labeled = 0;
  let ready = 0;
  let available = 0;
  for (const pod of active) {
    if (isLabeled(pod.metadata.labels)) labeled++;
    if (!isPodReady(pod)) continue;
    ready++;
    if (availableAtMs(pod, minReadyMs) <= nowMs) available++;
  }
  const conditions = conditionsOf(owner, active.length, failure, nowMs);
  return {
    replicas: active.length,
    ...(labeled > 0 ? { fullyLabeledReplicas: labeled } : {}),
    ...(ready > 0 ? { readyReplicas: ready } : {}),
    ...(available > 0 ? { availableReplicas: available } : {}),
    ...(hasTerminating ? { terminatingReplicas: terminating.length } : {}),
    observedGeneration: owner.metadata.generation ?? 1,
    ...(conditions.length > 0 ? { conditions } : {}),
  };
}

function conditionsOf(owner: ReplicaOwner, have: number, failure: ApiError | undefined, nowMs: number): readonly Condition[] {
  const conditions = owner.status.conditions ?? [];
  const old = conditionOf(conditions, 'ReplicaFailure');
  if (failure && !old && !isNamespaceTerminating(failure)) {
    const reason = have < owner.spec.replicas ? 'FailedCreate' : 'FailedDelete';
    const lastTransitionTime = toTimestamp(nowMs);
    return [...conditions, { type: 'ReplicaFailure', status: 'True', lastTransitionTime, reason, message: failure.message }];
  }
  return !failure && old ? conditions.filter((condition) => condition !== old) : conditions;
}

/** When a ready pod has been ready for long enough to count as available. */
function availableAtMs(pod: Pod, minReadyMs: number): number {
  if (minReadyMs === 0) return 0;
  return fromTimestamp(conditionOf(pod.status.conditions, 'Ready')?.lastTransitionTime) + minReadyMs;
}

/** Asks to be woken when the next ready pod becomes available by the mere passing of time. */
function nextAvailability(owner: ReplicaOwner, active: readonly Pod[], nowMs: number): { requeueAfterMs: number } | undefined {
  const minReadyMs = (owner.spec.minReadySeconds ?? 0) * 1000;
  if (minReadyMs === 0) return undefined;
  let nextMs = Number.POSITIVE_INFINITY;
  for (const pod of active) {
    if (!isPodReady(pod)) continue;
    const atMs = availableAtMs(pod, minReadyMs);
    if (atMs > nowMs) nextMs = Math.min(nextMs, atMs);
  }
  return nextMs === Number.POSITIVE_INFINITY ? undefined : { requeueAfterMs: nextMs - nowMs };
}
