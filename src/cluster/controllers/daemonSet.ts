// DaemonSet: one pod on every node that its template allows.
// Models pkg/controller/daemon/{daemon_controller,update}.go. Leaves out: the back-off before an ended daemon is replaced again.
//
//   each node: should have a daemon and has none ─▶ create       should not and has one ─▶ delete      ended ─▶ delete
//   RollingUpdate: without surge old daemons are deleted, with surge new ones are put beside them, as many as may be at once
import { isEqual } from '../../base/equal.ts';
import type { DaemonSet, DaemonSetStatus } from '../../kube/kinds/daemonSet.ts';
import type { Node } from '../../kube/kinds/node.ts';
import { isPodReady, isPodTerminal, type Pod } from '../../kube/kinds/pod.ts';
import { compileSelector } from '../../kube/labels.ts';
import { type Change, conditionOf, controllerOf, fromTimestamp, type Key, keyFor, keyOf } from '../../kube/meta.ts';
import type { Controller, ControllerContext } from '../controller.ts';
import { revisionOfToday, revisionsOf, truncateHistory } from './controllerRevisions.ts';
import { daemonFor, nodeNameOf, REVISION_LABEL, verdictOn } from './daemonPods.ts';
import { claim, createPod, deletePod } from './podControl.ts';
import { scaled } from './rollout.ts';

const BURST_REPLICAS = 250;

/** A set, its nodes and its pods as one reconcile sees them. */
interface Round {
  readonly set: DaemonSet;
  readonly nodes: readonly Node[];
  readonly podsOf: ReadonlyMap<string, readonly Pod[]>;
  /** Of today's template. */
  readonly hash: string;
  readonly wanted: number;
}

export const daemonSet: Controller = {
  name: 'daemonset-controller',
  watches: [{ kind: 'DaemonSet' }, { kind: 'Pod', keys: ownersOfPod }, { kind: 'Node', keys: affectedByNode }],
  reconcile(key, ctx) {
    const set = ctx.api.getByKey<DaemonSet>(key);
    if (!set || set.metadata.deletionTimestamp !== undefined) return;
    if (isEqual(set.spec.selector, {})) {
      const message = 'This daemon set is selecting all pods. A non-empty selector is required.';
      return ctx.record(set, 'Warning', 'SelectingAll', message);
    }
    const revisions = revisionsOf(set, ctx);
    const today = revisionOfToday(set, revisions, REVISION_LABEL, ctx);
    const hash = today.metadata.labels?.[REVISION_LABEL] ?? '';
    const nodes = ctx.api.list<Node>('Node');
    const pods = claim<Pod>('Pod', set, compileSelector(set.spec.selector), ctx);
    const wanted = nodes.filter((node) => verdictOn(node, set).shouldRun).length;
    const round = { set, nodes, podsOf: byNode(pods), hash, wanted };
    const isIdle = manage(round, ctx);
    if (isIdle && set.spec.updateStrategy.type === 'RollingUpdate') update(round, ctx);
    writeStatus(round, ctx);
    const used = new Set(
      revisions
        .filter((one) => one === today || pods.some((pod) => isOf(pod, one.metadata.labels?.[REVISION_LABEL])))
        .map(({ metadata }) => metadata.name),
    );
    truncateHistory(set, revisions, used, ctx);
    return untilAvailable(set, pods, ctx);
  },
};

function ownersOfPod({ before, after }: Change, ctx: ControllerContext): readonly Key[] {
  const old = before as Pod | undefined;
  const pod = after as Pod | undefined;
  if (old && pod && !isChangeThatCounts(old, pod)) return [];
  const keys = new Set<Key>();
  for (const one of [old, pod]) {
    const owner = one && controllerOf(one);
    if (owner?.kind === 'DaemonSet') keys.add(keyFor('DaemonSet', one?.metadata.namespace, owner.name));
  }
  if (pod && !controllerOf(pod)) {
    for (const set of ctx.api.list<DaemonSet>('DaemonSet', pod.metadata.namespace)) {
      if (compileSelector(set.spec.selector)(pod.metadata.labels)) keys.add(keyOf(set));
    }
  }
  return [...keys];
}

function isChangeThatCounts(before: Pod, after: Pod): boolean {
  return (
    before.metadata.deletionTimestamp !== after.metadata.deletionTimestamp ||
    before.metadata.labels !== after.metadata.labels ||
    before.metadata.ownerReferences !== after.metadata.ownerReferences ||
    before.status.phase !== after.status.phase ||
    isPodReady(before) !== isPodReady(after)
  );
}

/** The sets that miss a daemon on this node, or have one that may not stay. A taint alone that keeps new pods away wakes nobody. */
function affectedByNode({ before, after }: Change, ctx: ControllerContext): readonly Key[] {
  const old = before as Node | undefined;
  const node = after as Node | undefined;
  if (!node || (old && old.spec.taints === node.spec.taints && old.metadata.labels === node.metadata.labels)) return [];
  const owners = new Set(ctx.api.podsOnNode(node.metadata.name).map((pod) => controllerOf(pod)?.uid));
  const isAffected = (set: DaemonSet) => {
    const { shouldRun, mayStay } = verdictOn(node, set);
    return owners.has(set.metadata.uid) ? !mayStay : shouldRun;
  };
  return ctx.api.list<DaemonSet>('DaemonSet').filter(isAffected).map(keyOf);
}

/** Daemons that have ended and are being deleted count no more. */
function byNode(pods: readonly Pod[]): Map<string, Pod[]> {
  const podsOf = new Map<string, Pod[]>();
  for (const pod of pods) {
    if (isPodTerminal(pod) && pod.metadata.deletionTimestamp !== undefined) continue;
    const name = nodeNameOf(pod);
    const there = podsOf.get(name);
    if (there) there.push(pod);
    else podsOf.set(name, [pod]);
  }
  return podsOf;
}

function isOf({ metadata }: Pod, hash: string | undefined): boolean {
  return hash !== undefined && metadata.labels?.[REVISION_LABEL] === hash;
}

/** Creates missing daemons and deletes those that should not be. Returns whether there was nothing to do. */
function manage(round: Round, ctx: ControllerContext): boolean {
  const { set, nodes, podsOf } = round;
  const toCreate: string[] = [];
  const toDelete: Pod[] = [];
  const names = new Set<string>();
  for (const node of nodes) {
    const { name } = node.metadata;
    names.add(name);
    const pods = podsOf.get(name);
    const { shouldRun, mayStay } = verdictOn(node, set);
    if (shouldRun && !pods) toCreate.push(name);
    else if (pods && mayStay) toDelete.push(...surplus(pods, round, name, ctx));
    else if (pods) toDelete.push(...pods);
  }
  // A daemon that waits to be bound to a node that is gone waits in vain.
  for (const [name, pods] of podsOf) if (!names.has(name)) toDelete.push(...pods.filter(({ spec }) => !spec.nodeName));
  return sync(round, toCreate, toDelete, ctx);
}

/** The daemons of one node that are too many: ended ones, and all but the oldest; with surge one old and one new may stay. */
function surplus(pods: readonly Pod[], { set, hash }: Round, nodeName: string, ctx: ControllerContext): readonly Pod[] {
  const ended: Pod[] = [];
  const running: Pod[] = [];
  for (const pod of pods) {
    if (pod.metadata.deletionTimestamp !== undefined) continue;
    if (isPodTerminal(pod)) {
      tellEnd(pod, set, nodeName, ctx);
      ended.push(pod);
    } else running.push(pod);
  }
  running.sort(byAge);
  if (surgeOf(set, 1) === 0) return [...ended, ...running.slice(1)];
  const fresh = running.filter((pod) => isOf(pod, hash));
  const old = running.filter((pod) => !isOf(pod, hash));
  const isReplaced = fresh[0] !== undefined && availableAtMs(fresh[0], set) <= ctx.nowMs;
  return [...ended, ...fresh.slice(1), ...(isReplaced ? old : old.slice(1))];
}

function tellEnd(pod: Pod, set: DaemonSet, nodeName: string, ctx: ControllerContext): void {
  const name = `${pod.metadata.namespace}/${pod.metadata.name}`;
  if (pod.status.phase === 'Failed') {
    ctx.record(set, 'Warning', 'FailedDaemonPod', `Found failed daemon pod ${name} on node ${nodeName}, will try to kill it`);
  } else {
    ctx.record(set, 'Normal', 'SucceededDaemonPod', `Found succeeded daemon pod ${name} on node ${nodeName}, will try to delete it`);
  }
}

/** Bound before unbound, older before younger. */
function byAge(a: Pod, b: Pod): number {
  const isBound = ({ spec }: Pod) => (spec.nodeName ? 0 : 1);
  const created = ({ metadata }: Pod) => fromTimestamp(metadata.creationTimestamp);
  return isBound(a) - isBound(b) || created(a) - created(b) || ((a.metadata.uid ?? '') < (b.metadata.uid ?? '') ? -1 : 1);
}

function sync({ set, hash }: Round, toCreate: readonly string[], toDelete: readonly Pod[], ctx: ControllerContext): boolean {
  for (const name of toCreate.slice(0, BURST_REPLICAS)) createPod(daemonFor(set, name, hash), set, ctx);
  for (const pod of toDelete.slice(0, BURST_REPLICAS)) deletePod(pod, set, ctx);
  return toCreate.length + toDelete.filter(({ metadata }) => metadata.deletionTimestamp === undefined).length === 0;
}

// Rolling update --------------------------------------------------------------------------------------------------------

function surgeOf({ spec }: DaemonSet, wanted: number): number {
  return scaled(spec.updateStrategy.rollingUpdate?.maxSurge, wanted, Math.ceil);
}

function unavailableOf(set: DaemonSet, wanted: number): number {
  const value = scaled(set.spec.updateStrategy.rollingUpdate?.maxUnavailable ?? 1, wanted, Math.ceil);
  return value === 0 && surgeOf(set, wanted) === 0 ? 1 : value;
}

function update(round: Round, ctx: ControllerContext): void {
  const surge = surgeOf(round.set, round.wanted);
  if (surge === 0) replaceInPlace(round, unavailableOf(round.set, round.wanted), ctx);
  else replaceWithSurge(round, surge, ctx);
}

/** The old and the new daemon of a node that are not being deleted. */
function pairOn(pods: readonly Pod[], hash: string): { old: Pod | undefined; fresh: Pod | undefined } {
  const live = pods.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  return { old: live.find((pod) => !isOf(pod, hash)), fresh: live.find((pod) => isOf(pod, hash)) };
}

/** Deletes old daemons: the unavailable ones at once, others as long as no more than `limit` are missing. */
function replaceInPlace(round: Round, limit: number, ctx: ControllerContext): void {
  const { set, nodes, podsOf, hash } = round;
  let missing = 0;
  const toDelete: Pod[] = [];
  const candidates: Pod[] = [];
  for (const node of nodes) {
    const pods = podsOf.get(node.metadata.name);
    if (!pods && !verdictOn(node, set).shouldRun) continue;
    const { old, fresh } = pairOn(pods ?? [], hash);
    if (fresh) missing += old || availableAtMs(fresh, set) > ctx.nowMs ? 1 : 0;
    else if (!old) missing++;
    else if (availableAtMs(old, set) > ctx.nowMs) toDelete.push(old);
    else candidates.push(old);
  }
  sync(round, [], [...toDelete, ...candidates.slice(0, Math.max(0, limit - missing))], ctx);
}

/** Puts new daemons beside old ones, up to `limit` at once, and deletes each old one when its successor is available. */
function replaceWithSurge(round: Round, limit: number, ctx: ControllerContext): void {
  const { set, nodes, podsOf, hash } = round;
  let surging = 0;
  const toCreate: string[] = [];
  const candidates: string[] = [];
  const toDelete: Pod[] = [];
  for (const { metadata } of nodes) {
    const { old, fresh } = pairOn(podsOf.get(metadata.name) ?? [], hash);
    if (!old) continue;
    if (fresh) {
      if (availableAtMs(fresh, set) > ctx.nowMs) surging++;
      else toDelete.push(old);
    } else if (availableAtMs(old, set) > ctx.nowMs) toCreate.push(metadata.name);
    else candidates.push(metadata.name);
  }
  sync(round, [...toCreate, ...candidates.slice(0, Math.max(0, limit - surging))], toDelete, ctx);
}

// Status ----------------------------------------------------------------------------------------------------------------

function writeStatus({ set, nodes, podsOf, hash }: Round, ctx: ControllerContext): void {
  let [wanted, current, misplaced, ready, available, updated] = [0, 0, 0, 0, 0, 0];
  for (const node of nodes) {
    const [oldest] = [...(podsOf.get(node.metadata.name) ?? [])].sort(byAge);
    if (!verdictOn(node, set).shouldRun) {
      if (oldest) misplaced++;
      continue;
    }
    wanted++;
    if (!oldest) continue;
    current++;
    if (isPodReady(oldest)) ready++;
    if (availableAtMs(oldest, set) <= ctx.nowMs) available++;
    if (isOf(oldest, hash)) updated++;
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

/** When a ready daemon has been ready long enough; never for others. */
function availableAtMs(pod: Pod, { spec }: DaemonSet): number {
  if (!isPodReady(pod)) return Number.POSITIVE_INFINITY;
  const minReadyMs = (spec.minReadySeconds ?? 0) * 1000;
  return minReadyMs === 0 ? 0 : fromTimestamp(conditionOf(pod.status.conditions, 'Ready')?.lastTransitionTime) + minReadyMs;
}

function untilAvailable(set: DaemonSet, pods: readonly Pod[], ctx: ControllerContext): { requeueAfterMs: number } | undefined {
  let nextMs = Number.POSITIVE_INFINITY;
  for (const pod of pods) {
    const atMs = availableAtMs(pod, set);
    if (atMs > ctx.nowMs) nextMs = Math.min(nextMs, atMs);
  }
  return nextMs === Number.POSITIVE_INFINITY ? undefined : { requeueAfterMs: nextMs - ctx.nowMs };
}
