// StatefulSet: pods with ordinals, names and claims that stay, made in order, updated from the last to the first.
// Models pkg/controller/statefulset/{stateful_set,stateful_set_control}.go. Leaves out: maxUnavailable, which is off by default.
//
//   ordinals start … start+replicas-1: missing ─▶ create; ended ─▶ delete, create again; not available ─▶ wait (OrderedReady)
//   all available ─▶ ordinals beyond, highest first: delete ─▶ all gone ─▶ old revision, highest first: delete (RollingUpdate)
import { isEqual } from '../../base/equal.ts';
import { isPodTerminal, type Pod } from '../../kube/kinds/pod.ts';
import type { ControllerRevision, StatefulSet, StatefulSetStatus } from '../../kube/kinds/statefulSet.ts';
import { compileSelector, matchesSelector } from '../../kube/labels.ts';
import type { Change, Key, KubeObject } from '../../kube/meta.ts';
import type { Controller, ControllerContext } from '../controller.ts';
import { revisionOfToday, revisionsOf, truncateHistory } from './controllerRevisions.ts';
import { isCountedAnew, ownersAndAdopters } from './owners.ts';
import { claim } from './podControl.ts';
import {
  availableAtMs,
  createMissingClaims,
  createStatefulPod,
  deleteStatefulPod,
  isHealthy,
  isRunningAndReady,
  isTerminating,
  ordinalOf,
  podAt,
  revisionNameOf,
  syncClaimOwners,
} from './statefulPods.ts';

const HASH_LABEL = 'controller.kubernetes.io/hash';

/** A set, its revisions and its pods as one reconcile sees them. */
interface Round {
  readonly set: StatefulSet;
  /** The revision that most pods had when the update began, and the one of today's template. */
  readonly current: ControllerRevision;
  readonly update: ControllerRevision;
  /** By ordinal from the start; undefined where the pod is missing. */
  readonly replicas: readonly (Pod | undefined)[];
  /** Pods beyond the range, highest ordinal first. */
  readonly condemned: readonly Pod[];
}

export const statefulSet: Controller = {
  name: 'statefulset-controller',
  watches: [{ kind: 'StatefulSet' }, { kind: 'Pod', keys: ownersOfPod }],
  reconcile(key, ctx) {
    const set = ctx.api.getByKey<StatefulSet>(key);
    if (!set) return;
    const matches = compileSelector(set.spec.selector);
    const pods = claim<Pod>('Pod', set, matches, ctx, (pod) => ordinalOf(set, pod) >= 0).filter((pod) => ordinalOf(set, pod) >= 0);
    const revisions = revisionsOf(set, ctx);
    const update = revisionOfToday(set, revisions, HASH_LABEL, ctx);
    const current = revisions.find(({ metadata }) => metadata.name === set.status.currentRevision) ?? update;
    const round = { set, current, update, ...byOrdinal(set, pods) };
    let lost = 0;
    try {
      if (set.metadata.deletionTimestamp === undefined) lost = act(round, ctx);
    } finally {
      // The status is told even where a pod could not be made.
      writeStatus(round, pods, lost, ctx);
    }
    const used = new Set([current.metadata.name, update.metadata.name, ...pods.flatMap((pod) => revisionNameOf(pod) ?? [])]);
    truncateHistory(set, revisions, used, ctx);
    return untilAvailable(set, pods, ctx);
  },
};

function ownersOfPod(change: Change, ctx: ControllerContext): readonly Key[] {
  if (!isCountedAnew(change)) return [];
  const mayAdopt = (set: StatefulSet, pod: KubeObject) =>
    ordinalOf(set, pod as Pod) >= 0 && matchesSelector(set.spec.selector, pod.metadata.labels);
  return ownersAndAdopters<StatefulSet>(change, 'StatefulSet', ctx, mayAdopt);
}

function byOrdinal(set: StatefulSet, pods: readonly Pod[]): Pick<Round, 'replicas' | 'condemned'> {
  const start = startOf(set);
  const replicas: (Pod | undefined)[] = Array.from({ length: set.spec.replicas }, () => undefined);
  const condemned: Pod[] = [];
  for (const pod of pods) {
    const index = ordinalOf(set, pod) - start;
    if (index >= 0 && index < replicas.length) replicas[index] = pod;
    else condemned.push(pod);
  }
  condemned.sort((a, b) => ordinalOf(set, b) - ordinalOf(set, a));
  return { replicas, condemned };
}

function startOf({ spec }: StatefulSet): number {
  return spec.ordinals?.start ?? 0;
}

/** Takes the steps that may be taken now. Returns how many pods of the current revision the update has just deleted. */
function act(round: Round, ctx: ControllerContext): number {
  const isOrdered = round.set.spec.podManagementPolicy !== 'Parallel';
  for (let index = 0; index < round.replicas.length; index++) {
    if (keepReplica(round, index, isOrdered, ctx) && isOrdered) return 0;
  }
  for (const pod of round.condemned) if (pod) syncClaimOwners(pod, round.set, true, ctx);
  for (const pod of round.condemned) {
    if (condemn(round, pod, isOrdered, ctx) && isOrdered) return 0;
  }
  return round.set.spec.updateStrategy.type === 'RollingUpdate' ? updateOne(round, ctx) : 0;
}

/** Sees to the pod of one ordinal. Returns whether the ordinals after it have to wait. */
function keepReplica({ set, current, update, replicas }: Round, index: number, isOrdered: boolean, ctx: ControllerContext): boolean {
  const pod = replicas[index];
  const ordinal = startOf(set) + index;
  if (!pod) {
    createStatefulPod(podAt(set, isOfCurrent(set, ordinal) ? current : update, ordinal), set, ctx);
    return true;
  }
  if (isPodTerminal(pod)) {
    if (!isTerminating(pod)) deleteStatefulPod(pod, set, ctx);
    return true;
  }
  if (pod.status.phase === 'Pending' && !isTerminating(pod)) createMissingClaims(pod, set, ctx);
  if (isOrdered && (isTerminating(pod) || availableAtMs(pod, set) > ctx.nowMs)) return true;
  syncClaimOwners(pod, set, false, ctx);
  return false;
}

/** Whether a pod made anew gets the revision from before the update: below the partition, or as long as the update has not come so far. */
function isOfCurrent(set: StatefulSet, ordinal: number): boolean {
  const { type, rollingUpdate } = set.spec.updateStrategy;
  if (type !== 'RollingUpdate') return false;
  return ordinal < startOf(set) + (rollingUpdate ? (rollingUpdate.partition ?? 0) : (set.status.currentReplicas ?? 0));
}

/** Deletes a pod beyond the range. Returns whether the ones with lower ordinals have to wait. */
function condemn({ set, replicas, condemned }: Round, pod: Pod, isOrdered: boolean, ctx: ControllerContext): boolean {
  if (isTerminating(pod)) return isOrdered;
  if (isOrdered && availableAtMs(pod, set) > ctx.nowMs && pod !== firstUnhealthy(replicas, condemned)) return true;
  deleteStatefulPod(pod, set, ctx);
  return true;
}

function firstUnhealthy(replicas: Round['replicas'], condemned: readonly Pod[]): Pod | undefined {
  return replicas.find((pod) => pod && !isHealthy(pod)) ?? [...condemned].reverse().find((pod) => !isHealthy(pod));
}

/** Deletes the pod with the highest ordinal that has an old revision, once all above it are available. */
function updateOne({ set, update, replicas }: Round, ctx: ControllerContext): number {
  const partition = set.spec.updateStrategy.rollingUpdate?.partition ?? 0;
  for (let index = replicas.length - 1; index >= partition; index--) {
    const pod = replicas[index];
    if (!pod) return 0;
    if (revisionNameOf(pod) !== update.metadata.name && !isTerminating(pod)) {
      deleteStatefulPod(pod, set, ctx);
      return 1;
    }
    if (!isHealthy(pod) || availableAtMs(pod, set) > ctx.nowMs) return 0;
  }
  return 0;
}

function writeStatus({ set, current, update }: Round, pods: readonly Pod[], lost: number, ctx: ControllerContext): void {
  const status = statusOf(set, current, update, pods, lost, ctx.nowMs);
  if (!isEqual(status, set.status)) ctx.api.updateStatus<StatefulSet>({ ...set, status });
}

function statusOf(
  set: StatefulSet,
  current: ControllerRevision,
  update: ControllerRevision,
  pods: readonly Pod[],
  lost: number,
  nowMs: number,
): StatefulSetStatus {
  const ready = pods.filter(isRunningAndReady).length;
  const available = pods.filter((pod) => availableAtMs(pod, set) <= nowMs).length;
  const ofRevision = ({ metadata }: ControllerRevision) =>
    pods.filter((pod) => !isTerminating(pod) && revisionNameOf(pod) === metadata.name).length;
  const updated = ofRevision(update);
  // The update is over when every pod has today's revision and is ready: then that is the current one.
  const isRolling = set.spec.updateStrategy.type === 'RollingUpdate';
  const isDone = isRolling && updated === pods.length && ready === pods.length && updated === set.spec.replicas;
  const currentReplicas = isDone ? updated : Math.max(0, ofRevision(current) - lost);
  return {
    observedGeneration: set.metadata.generation ?? 1,
    replicas: pods.length,
    ...(ready > 0 ? { readyReplicas: ready } : {}),
    ...(currentReplicas > 0 ? { currentReplicas } : {}),
    ...(updated > 0 ? { updatedReplicas: updated } : {}),
    currentRevision: isDone ? update.metadata.name : current.metadata.name,
    updateRevision: update.metadata.name,
    collisionCount: set.status.collisionCount ?? 0,
    availableReplicas: available,
  };
}

/** Asks to be woken when the next ready pod becomes available by the mere passing of time. */
function untilAvailable(set: StatefulSet, pods: readonly Pod[], ctx: ControllerContext): { requeueAfterMs: number } | undefined {
  let nextMs = Number.POSITIVE_INFINITY;
  for (const pod of pods) {
    const atMs = availableAtMs(pod, set);
    if (atMs > ctx.nowMs) nextMs = Math.min(nextMs, atMs);
  }
  return nextMs === Number.POSITIVE_INFINITY ? undefined : { requeueAfterMs: nextMs - ctx.nowMs };
}
