// DaemonSet: one pod on every node that its template allows.
// Models pkg/controller/daemon/daemon_controller.go; daemonUpdate.ts has its rolling update, daemonPods.ts its nodes and pods.
// Leaves out: expectations, because the server is read directly and never lags.
//
//   each node: should have a daemon and has none ─▶ create       should not and has one ─▶ delete      ended ─▶ delete, with back-off
//   nothing to create or delete ─▶ rolling update                                          in the end ─▶ forget old revisions, status
import { isEqual } from '../../base/equal.ts';
import type { ApiError } from '../../kube/errors.ts';
import type { DaemonSet, DaemonSetStatus } from '../../kube/kinds/daemonSet.ts';
import type { Node } from '../../kube/kinds/node.ts';
import { isPodReady, isPodTerminal, type Pod } from '../../kube/kinds/pod.ts';
import type { ControllerRevision } from '../../kube/kinds/statefulSet.ts';
import { compileSelector, matchesSelector } from '../../kube/labels.ts';
import { type Change, controllerOf, type Key, keyOf } from '../../kube/meta.ts';
import type { Controller, ControllerContext } from '../controller.ts';
import { revisionOfToday, revisionsOf } from './controllerRevisions.ts';
import { type Backoffs, backoffLeftMs, beginBackoff } from './daemonBackoff.ts';
import { availableAtMs, byAge, daemonMaker, isLeaving, isUpdated, judgeOf, REVISION_LABEL } from './daemonPods.ts';
import { type Round, roundOf, type Work } from './daemonRound.ts';
import { rollingUpdate, surgeOf } from './daemonUpdate.ts';
import { isCountedAnew, ownersAndAdopters } from './owners.ts';
import { claim, createPod, deletePod, errorOf, isNamespaceTerminating } from './podControl.ts';

/** Not more pods than this are created or deleted in one go. */
const BURST_REPLICAS = 250;
/** So many are created one by one, as they reach a real server; then a quarter of what was created before goes out at once. */
const SINGLES = 8;
const HISTORY_LIMIT = 10;
/** Looking at all nodes takes its time, so that a large set looks at its pods less often than a small one. */
const NODES_READ_PER_MS = 25;

interface Memory {
  readonly backoffs: Backoffs;
  /** How many daemons were created without a pause, for sets that are creating. */
  readonly created: Map<Key, number>;
}

export const daemonSet: Controller = {
  name: 'daemonset-controller',
  memory: (): Memory => ({ backoffs: new Map(), created: new Map() }),
  watches: [{ kind: 'DaemonSet' }, { kind: 'Pod', keys: ownersOfPod }, { kind: 'Node', keys: affectedByNode }],
  readingMs: (key, ctx) => Math.floor((ctx.api.getByKey<DaemonSet>(key)?.status.desiredNumberScheduled ?? 0) / NODES_READ_PER_MS),
  reconcile(key, ctx) {
    const set = ctx.api.getByKey<DaemonSet>(key);
    if (!set || set.metadata.deletionTimestamp !== undefined) return;
    const revisions = revisionsOf(set, ctx);
    const today = revisionOfToday(set, revisions, REVISION_LABEL, ctx);
    const pods = claim<Pod>('Pod', set, compileSelector(set.spec.selector), ctx);
    const round = roundOf(set, pods, today.metadata.labels?.[REVISION_LABEL] ?? '', ctx.api.list<Node>('Node'));
    const failure = act(round, ctx);
    if (!failure) forgetRevisions(set, revisions, today, pods, ctx);
    writeStatus(round, ctx);
    if (failure && !isNamespaceTerminating(failure)) throw failure;
    return untilAvailable(round, ctx);
  },
};

function ownersOfPod(change: Change, ctx: ControllerContext): readonly Key[] {
  if (!isCountedAnew(change)) return [];
  return ownersAndAdopters<DaemonSet>(change, 'DaemonSet', ctx, ({ spec }, pod) => matchesSelector(spec.selector, pod.metadata.labels));
}

/**
 * The sets that miss a daemon on this node, have one that may not stay, or have some where they should not be. A taint that only keeps
 * new pods away wakes nobody, nor does a node that goes.
 */
function affectedByNode({ before, after }: Change, ctx: ControllerContext): readonly Key[] {
  const old = before as Node | undefined;
  const node = after as Node | undefined;
  if (!node || (old && isEqual(old.spec.taints, node.spec.taints) && isEqual(old.metadata.labels, node.metadata.labels))) return [];
  const owners = new Set(ctx.api.podsOnNode(node.metadata.name).map((pod) => controllerOf(pod)?.uid));
  const isAffected = (set: DaemonSet) => {
    const { shouldRun, mayStay } = judgeOf(set)(node);
    return owners.has(set.metadata.uid) ? !mayStay || (set.status.numberMisscheduled ?? 0) > 0 : shouldRun;
  };
  return ctx.api.list<DaemonSet>('DaemonSet').filter(isAffected).map(keyOf);
}

/** Returns what stood in the way, if anything did. */
function act(round: Round, ctx: ControllerContext): ApiError | undefined {
  const work = manage(round, ctx);
  const isIdle = work.nodeNames.length + work.toDelete.length === 0;
  if (!isIdle) return carryOut(work, round, ctx);
  return round.set.spec.updateStrategy.type === 'RollingUpdate' ? carryOut(rollingUpdate(round, ctx.nowMs), round, ctx) : undefined;
}

/** The nodes that miss a daemon, and the daemons that are too many or where they should not be. */
function manage(round: Round, ctx: ControllerContext): Work {
  const nodeNames: string[] = [];
  // A daemon that waits to be bound to a node that is gone waits in vain.
  const toDelete = round.lost.filter((pod) => !pod.spec.nodeName && !isLeaving(pod));
  const hasSurge = surgeOf(round.set, 1) > 0;
  for (const place of round.places) {
    const { nodeName, shouldRun, mayStay, pods } = place;
    if (pods.length === 0) {
      if (shouldRun) nodeNames.push(nodeName);
      continue;
    }
    const live = pods.filter((pod) => !isLeaving(pod));
    if (!mayStay) {
      toDelete.push(...live);
      continue;
    }
    const running = live.filter((pod) => !isPodTerminal(pod)).sort(byAge);
    for (const pod of live) if (isPodTerminal(pod) && mayDelete(pod, round.set, nodeName, ctx)) toDelete.push(pod);
    if (!hasSurge) toDelete.push(...running.slice(1));
    else if (running.length > 0) toDelete.push(...surplus(running, round, ctx.nowMs));
    else if (shouldRun) nodeNames.push(nodeName);
  }
  return { nodeNames, toDelete };
}

/** With surge a node may have the oldest old and the oldest new daemon, until the new one is available or the old one not ready. */
function surplus(running: readonly Pod[], { set, hash }: Round, nowMs: number): readonly Pod[] {
  const isNew = ({ metadata }: Pod) => metadata.labels?.[REVISION_LABEL] === hash;
  const [fresh, ...otherFresh] = running.filter(isNew);
  const [old, ...otherOld] = running.filter((pod) => !isNew(pod));
  const isOver = old && fresh && (!isPodReady(old) || availableAtMs(fresh, set) <= nowMs);
  return isOver ? [...otherFresh, old, ...otherOld] : [...otherFresh, ...otherOld];
}

/** Tells that a daemon has ended. One that failed soon after another waits, so as not to quarrel with a kubelet that rejects it. */
function mayDelete(pod: Pod, set: DaemonSet, nodeName: string, ctx: ControllerContext): boolean {
  const name = `${pod.metadata.namespace}/${pod.metadata.name}`;
  if (pod.status.phase === 'Succeeded') {
    ctx.record(set, 'Normal', 'SucceededDaemonPod', `Found succeeded daemon pod ${name} on node ${nodeName}, will try to delete it`);
    return true;
  }
  const { backoffs } = ctx.memory as Memory;
  const id = `${set.metadata.uid}/${set.status.observedGeneration ?? 0}/${nodeName}`;
  const leftMs = backoffLeftMs(backoffs, id, ctx.nowMs);
  if (leftMs > 0) {
    ctx.enqueueAfter(keyOf(set), leftMs);
    return false;
  }
  beginBackoff(backoffs, id, ctx.nowMs);
  ctx.record(set, 'Warning', 'FailedDaemonPod', `Found failed daemon pod ${name} on node ${nodeName}, will try to kill it`);
  return true;
}

/**
 * Creates and deletes. Creating goes on with the next reconcile, which the new pods cause; after a failure it begins with one again, so
 * that a quota that is used up is not asked a thousand times. Returns the first failure.
 */
function carryOut({ nodeNames, toDelete }: Work, { set, hash }: Round, ctx: ControllerContext): ApiError | undefined {
  const { created } = ctx.memory as Memory;
  const before = nodeNames.length > 0 ? (created.get(keyOf(set)) ?? 0) : 0;
  const batch = nodeNames.slice(0, Math.min(BURST_REPLICAS, before < SINGLES ? 1 : Math.floor(before / 4)));
  let failure: ApiError | undefined;
  if (batch.length > 0) {
    const make = daemonMaker(set, hash);
    for (const name of batch) {
      const error = errorOf(() => createPod(make(name), set, ctx));
      failure ??= error;
    }
  }
  if (batch.length === nodeNames.length || failure) created.delete(keyOf(set));
  else created.set(keyOf(set), before + batch.length);
  for (const pod of toDelete.slice(0, BURST_REPLICAS)) {
    const error = errorOf(() => deletePod(pod, set, ctx));
    failure ??= error;
  }
  return failure;
}

/** Forgets the oldest revisions beyond the limit; those that pods are of stay, but count. */
function forgetRevisions(
  { spec }: DaemonSet,
  revisions: readonly ControllerRevision[],
  today: ControllerRevision,
  pods: readonly Pod[],
  ctx: ControllerContext,
): void {
  const old = revisions.filter(({ metadata }) => metadata.name !== today.metadata.name);
  let excess = old.length - (spec.revisionHistoryLimit ?? HISTORY_LIMIT);
  if (excess <= 0) return;
  const live = new Set(pods.map(({ metadata }) => metadata.labels?.[REVISION_LABEL]));
  for (const { metadata } of old) {
    if (live.has(metadata.labels?.[REVISION_LABEL])) continue;
    if (excess-- <= 0) return;
    ctx.api.delete('ControllerRevision', metadata.namespace, metadata.name);
  }
}

function writeStatus({ set, places, hash }: Round, ctx: ControllerContext): void {
  let [wanted, current, misplaced, ready, available, updated] = [0, 0, 0, 0, 0, 0];
  for (const { shouldRun, pods } of places) {
    if (shouldRun) wanted++;
    if (pods.length === 0) continue;
    if (!shouldRun) {
      misplaced++;
      continue;
    }
    current++;
    const oldest = pods.length === 1 ? (pods[0] as Pod) : ([...pods].sort(byAge)[0] as Pod);
    if (isPodReady(oldest)) ready++;
    if (availableAtMs(oldest, set) <= ctx.nowMs) available++;
    if (isUpdated(oldest, set, hash)) updated++;
  }
  const status: DaemonSetStatus = {
    currentNumberScheduled: current,
    numberMisscheduled: misplaced,
    desiredNumberScheduled: wanted,
    numberReady: ready,
    observedGeneration: set.metadata.generation ?? 1,
    ...(updated > 0 ? { updatedNumberScheduled: updated } : {}),
    ...(available > 0 ? { numberAvailable: available } : {}),
    ...(wanted > available ? { numberUnavailable: wanted - available } : {}),
    ...(set.status.collisionCount === undefined ? {} : { collisionCount: set.status.collisionCount }),
  };
  if (!isEqual(status, set.status)) ctx.api.updateStatus<DaemonSet>({ ...set, status });
}

/** Asks to be woken when the next ready daemon becomes available by the mere passing of time. */
function untilAvailable({ set, places }: Round, { nowMs }: ControllerContext): { requeueAfterMs: number } | undefined {
  if (!set.spec.minReadySeconds) return undefined;
  let nextMs = Number.POSITIVE_INFINITY;
  for (const { pods } of places) {
    for (const pod of pods) {
      const atMs = availableAtMs(pod, set);
      if (atMs > nowMs) nextMs = Math.min(nextMs, atMs);
    }
  }
  return nextMs === Number.POSITIVE_INFINITY ? undefined : { requeueAfterMs: nextMs - nowMs };
}
