// Which pods go first when there are too many: those whose loss costs least.
// Models ActivePodsWithRanks in pkg/controller/controller_utils.go, with LogarithmicScaleDown and PodDeletionCost (both default).
import { least } from '../../base/least.ts';
import { floorLog2 } from '../../base/mathematics.ts';
import { isPodReady, type Pod } from '../../kube/kinds/pod.ts';
import { conditionOf, fromTimestamp } from '../../kube/meta.ts';

const DELETION_COST = 'controller.kubernetes.io/pod-deletion-cost';
const PHASE_RANK: Readonly<Record<string, number>> = { Pending: 0, Unknown: 1, Running: 2 };

/** What the order looks at, worked out once a pod. */
interface Rank {
  readonly pod: Pod;
  readonly isBound: boolean;
  readonly phase: number;
  readonly isReady: boolean;
  readonly cost: number;
  /** How many related pods share its node. */
  readonly neighbours: number;
  /** Logarithmic age of being ready and of existing: 1 s and 1.9 s are the same, 1 s and 2.1 s are not. */
  readonly readyMs: number;
  readonly readyAge: number;
  readonly createdMs: number;
  readonly createdAge: number;
  readonly restarts: number;
  readonly sidecarRestarts: number;
  readonly uid: string;
}

/** The `count` pods of `pods` to delete. `related` are all pods of the same application, which crowd the nodes. */
export function podsToDelete(pods: readonly Pod[], related: readonly Pod[], count: number, nowMs: number): readonly Pod[] {
  if (count >= pods.length) return pods;
  const podsOnNode = new Map<string, number>();
  for (const { spec } of related) podsOnNode.set(spec.nodeName ?? '', (podsOnNode.get(spec.nodeName ?? '') ?? 0) + 1);
  const ranks = pods.map((pod) => rankOf(pod, podsOnNode.get(pod.spec.nodeName ?? '') ?? 0, nowMs));
  return least(ranks, count, compareRanks).map(({ pod }) => pod);
}

/** Negative where `a` goes before `b`. */
function compareRanks(a: Rank, b: Rank): number {
  if (a.isBound !== b.isBound) return a.isBound ? 1 : -1;
  if (a.phase !== b.phase) return a.phase - b.phase;
  if (a.isReady !== b.isReady) return a.isReady ? 1 : -1;
  if (a.cost !== b.cost) return a.cost - b.cost;
  if (a.neighbours !== b.neighbours) return b.neighbours - a.neighbours;
  if (a.isReady && a.readyMs !== b.readyMs) return a.readyAge - b.readyAge || compareUids(a, b);
  if (a.restarts !== b.restarts) return b.restarts - a.restarts;
  if (a.sidecarRestarts !== b.sidecarRestarts) return b.sidecarRestarts - a.sidecarRestarts;
  if (a.createdMs !== b.createdMs) return a.createdAge - b.createdAge || compareUids(a, b);
  return compareUids(a, b);
}

/** Where nothing else tells two pods apart Kubernetes takes the smaller uid: by lot there, the older pod here, where uids are counted. */
function compareUids(a: Rank, b: Rank): number {
  return a.uid < b.uid ? -1 : 1;
}

function rankOf(pod: Pod, neighbours: number, nowMs: number): Rank {
  const readyMs = fromTimestamp(conditionOf(pod.status.conditions, 'Ready')?.lastTransitionTime);
  const createdMs = fromTimestamp(pod.metadata.creationTimestamp);
  const cost = Number(pod.metadata.annotations?.[DELETION_COST] ?? 0);
  return {
    pod,
    isBound: Boolean(pod.spec.nodeName),
    phase: PHASE_RANK[pod.status.phase ?? ''] ?? 0,
    isReady: isPodReady(pod),
    cost: Number.isInteger(cost) ? cost : 0,
    neighbours,
    readyMs,
    readyAge: logarithmicAge(nowMs - readyMs),
    createdMs,
    createdAge: logarithmicAge(nowMs - createdMs),
    restarts: maxRestarts(pod.status.containerStatuses),
    sidecarRestarts: maxRestarts(pod.status.initContainerStatuses),
    uid: pod.metadata.uid ?? '',
  };
}

/** Upstream counts nanoseconds; what lies in the future has the age -1. */
function logarithmicAge(ageMs: number): number {
  return ageMs > 0 ? floorLog2(ageMs * 1e6) : -1;
}

function maxRestarts(statuses: Pod['status']['containerStatuses']): number {
  let most = 0;
  for (const { restartCount } of statuses ?? []) most = Math.max(most, restartCount);
  return most;
}
