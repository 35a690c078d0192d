// What the watch over the nodes does where not all is well: it calls silent nodes unreachable, and gives them up one after the other.
// Models pkg/controller/nodelifecycle/node_lifecycle_controller.go.
//
//   last lease ── seen at the next tick ── 50 s of grace ──▶ Ready=Unknown, pods Ready=False, NoSchedule
//                                                         └▶ queue of its zone ── one node every 10 s ──▶ NoExecute
//   all nodes silent ──▶ NoExecute taints are taken back and none is added: the fault may lie with the control plane
import type { Node } from '../../kube/kinds/node.ts';
import type { Pod } from '../../kube/kinds/pod.ts';
import { type Condition, conditionOf, fromTimestamp, toTimestamp } from '../../kube/meta.ts';
import type { ControllerContext } from '../controller.ts';
import { NOT_READY, swapTaints, syncNoScheduleTaints, UNREACHABLE } from './nodeTaints.ts';
import { ceilToPeriod, EVICTION_MS, forget, type Memory, type Zone, zoneOf } from './nodeZones.ts';

const GRACE_MS = 50_000;
/** For nodes whose kubelet never spoke. */
const STARTUP_GRACE_MS = 60_000;
/** Where more than half of a large zone is silent, a node is given up every hundred seconds; in a small one none at all. */
const DISRUPTED_EVICTION_MS = 100_000;
const LARGE_ZONE = 50;
const DISRUPTED_FRACTION = 0.55;
const CONDITIONS = ['Ready', 'MemoryPressure', 'DiskPressure', 'PIDPressure'];

/** One look at all nodes. Returns when the next is due, if nothing changes before. */
export function look(memory: Memory, ctx: ControllerContext): { requeueAfterMs: number } | undefined {
  const nodes = ctx.api.list<Node>('Node').map((node) => (isSilentTooLong(node, ctx) ? callUnreachable(node, ctx) : node));
  for (const node of nodes) sortIntoQueue(node, zoneOf(node, memory), ctx);
  giveUp(memory, ctx);
  heedDisruption(nodes, memory, ctx);
  return untilNext(memory, ctx);
}

/** Notes of a node that has come to be known whether it was given up before this world began. */
export function noteGivenUp(node: Node, memory: Memory): void {
  const { key } = taintOf(node);
  const isGivenUp = node.spec.taints?.some((taint) => taint.effect === 'NoExecute' && taint.key === key);
  if (isGivenUp) zoneOf(node, memory).handled.add(node.metadata.name);
}

// Silence ------------------------------------------------------------------------------------------------------------

/** When a node will be called unreachable if it stays silent; undefined while it speaks or where that has been said. */
function unreachableAtMs(node: Node, ctx: ControllerContext): number | undefined {
  const { name, creationTimestamp } = node.metadata;
  if (ctx.leases.isBeating(name) || conditionOf(node.status.conditions, 'Ready')?.status === 'Unknown') return undefined;
  const lastMs = ctx.leases.lastRenewMs(name, ctx.nowMs);
  if (lastMs === undefined) return ceilToPeriod(fromTimestamp(creationTimestamp)) + STARTUP_GRACE_MS;
  return ceilToPeriod(lastMs) + GRACE_MS;
}

function isSilentTooLong(node: Node, ctx: ControllerContext): boolean {
  const atMs = unreachableAtMs(node, ctx);
  return atMs !== undefined && atMs <= ctx.nowMs;
}

function callUnreachable(node: Node, ctx: ControllerContext): Node {
  const wasReady = conditionOf(node.status.conditions, 'Ready')?.status === 'True';
  const conditions = [...(node.status.conditions ?? [])];
  for (const type of CONDITIONS) {
    const i = conditions.findIndex((condition) => condition.type === type);
    if (i < 0) conditions.push(neverPosted(type, node, ctx.nowMs));
    else conditions[i] = stoppedPosting(conditions[i] as Condition, ctx.nowMs);
  }
  const updated = ctx.api.updateStatus<Node>({ ...node, status: { ...node.status, conditions } });
  if (wasReady) {
    const { name, uid } = node.metadata;
    const reference = { kind: 'Node', apiVersion: 'v1', name, ...(uid === undefined ? {} : { uid }) };
    ctx.record(reference, 'Normal', 'NodeNotReady', `Node ${name} status is now: NodeNotReady`);
    for (const pod of ctx.api.podsOnNode(name)) callNotReady(pod, ctx);
  }
  return syncNoScheduleTaints(updated, ctx);
}

function stoppedPosting(condition: Condition, nowMs: number): Condition {
  if (condition.status === 'Unknown') return condition;
  return {
    ...condition,
    status: 'Unknown',
    reason: 'NodeStatusUnknown',
    message: 'Kubelet stopped posting node status.',
    lastTransitionTime: toTimestamp(nowMs),
  };
}

function neverPosted(type: string, { metadata }: Node, nowMs: number): Condition {
  return {
    type,
    status: 'Unknown',
    reason: 'NodeStatusNeverUpdated',
    message: 'Kubelet never posted node status.',
    ...(metadata.creationTimestamp === undefined ? {} : { lastHeartbeatTime: metadata.creationTimestamp }),
    lastTransitionTime: toTimestamp(nowMs),
  };
}

/** The pods may well run on; but traffic should not be sent to where nobody answers. */
function callNotReady(pod: Pod, ctx: ControllerContext): void {
  const ready = conditionOf(pod.status.conditions, 'Ready');
  if (!ready || ready.status === 'False') return;
  const lastTransitionTime = toTimestamp(ctx.nowMs);
  const conditions = (pod.status.conditions ?? []).map(
    (condition): Condition => (condition === ready ? { ...condition, status: 'False', lastTransitionTime } : condition),
  );
  ctx.api.updateStatus<Pod>({ ...pod, status: { ...pod.status, conditions } });
  ctx.record(pod, 'Warning', 'NodeNotReady', 'Node is not ready');
}

// Giving up ----------------------------------------------------------------------------------------------------------

function sortIntoQueue(node: Node, zone: Zone, ctx: ControllerContext): void {
  const { name } = node.metadata;
  if (conditionOf(node.status.conditions, 'Ready')?.status === 'True') {
    if (zone.handled.has(name)) forget(zone, name);
    return takeBack(node, ctx);
  }
  const present = (node.spec.taints ?? []).filter(({ effect }) => effect === 'NoExecute');
  const { key, other } = taintOf(node);
  if (present.some((taint) => taint.key === other)) {
    swapTaints(node, [{ key, effect: 'NoExecute' }], [{ key: other, effect: 'NoExecute' }], ctx);
  } else if (!zone.handled.has(name) && isJudged(node)) {
    zone.handled.add(name);
    zone.waiting.unshift(name);
  }
}

/** Without a Ready condition nobody has said anything yet. */
function isJudged(node: Node): boolean {
  return conditionOf(node.status.conditions, 'Ready') !== undefined;
}

function taintOf(node: Node): { key: string; other: string } {
  const isUnknown = conditionOf(node.status.conditions, 'Ready')?.status === 'Unknown';
  return isUnknown ? { key: UNREACHABLE, other: NOT_READY } : { key: NOT_READY, other: UNREACHABLE };
}

/** Removes the NoExecute taints of the control plane; others stay. */
function takeBack(node: Node, ctx: ControllerContext): void {
  const ours = (node.spec.taints ?? []).filter(({ effect, key }) => effect === 'NoExecute' && (key === NOT_READY || key === UNREACHABLE));
  if (ours.length > 0) swapTaints(node, [], ours, ctx);
}

/** Taints waiting nodes NoExecute, as far as the rate of their zone lets them through. */
function giveUp({ zones }: Memory, ctx: ControllerContext): void {
  for (const zone of zones.values()) {
    while (zone.waiting.length > 0 && zone.nextMs <= ctx.nowMs && zone.everyMs !== Number.POSITIVE_INFINITY) {
      const name = zone.waiting.shift() as string;
      const node = ctx.api.get<Node>('Node', undefined, name);
      if (!node) continue;
      swapTaints(node, [{ key: taintOf(node).key, effect: 'NoExecute' }], [], ctx);
      zone.nextMs = ctx.nowMs + zone.everyMs;
    }
  }
}

/** Where all nodes are silent it stops giving up; where most of a zone are it slows down. */
function heedDisruption(nodes: readonly Node[], memory: Memory, ctx: ControllerContext): void {
  const ready = new Map<Zone, number>();
  const size = new Map<Zone, number>();
  for (const node of nodes) {
    const zone = zoneOf(node, memory);
    const isReady = conditionOf(node.status.conditions, 'Ready')?.status === 'True';
    size.set(zone, (size.get(zone) ?? 0) + 1);
    if (isReady) ready.set(zone, (ready.get(zone) ?? 0) + 1);
  }
  const isAllSilent = nodes.length > 0 && ready.size === 0;
  if (isAllSilent && !memory.isAllSilent) {
    // What was tainted before this tick is taken back. The node just given up keeps its taint: the recorded control planes see it too late.
    for (const node of nodes) {
      const zone = zoneOf(node, memory);
      forget(zone, node.metadata.name);
      takeBack(node, ctx);
    }
  }
  for (const [zone, count] of size) {
    const everyMs = isAllSilent ? Number.POSITIVE_INFINITY : paceOf(count, ready.get(zone) ?? 0);
    if (zone.everyMs === Number.POSITIVE_INFINITY && everyMs !== zone.everyMs) zone.nextMs = ctx.nowMs + everyMs;
    zone.everyMs = everyMs;
  }
  memory.isAllSilent = isAllSilent;
}

/** A zone that is silent as a whole goes at full speed, as long as there is another one that is not. */
function paceOf(count: number, ready: number): number {
  const silent = count - ready;
  const isDisrupted = ready > 0 && silent > 2 && silent / count >= DISRUPTED_FRACTION;
  if (!isDisrupted) return EVICTION_MS;
  return count > LARGE_ZONE ? DISRUPTED_EVICTION_MS : Number.POSITIVE_INFINITY;
}

/** The next moment at which something has to be done, if nothing changes before. */
function untilNext({ zones }: Memory, ctx: ControllerContext): { requeueAfterMs: number } | undefined {
  let nextMs = Number.POSITIVE_INFINITY;
  for (const node of ctx.api.list<Node>('Node')) nextMs = Math.min(nextMs, unreachableAtMs(node, ctx) ?? Number.POSITIVE_INFINITY);
  for (const zone of zones.values()) {
    if (zone.waiting.length > 0 && zone.everyMs !== Number.POSITIVE_INFINITY) nextMs = Math.min(nextMs, ceilToPeriod(zone.nextMs));
  }
  return nextMs === Number.POSITIVE_INFINITY ? undefined : { requeueAfterMs: Math.max(1, nextMs - ctx.nowMs) };
}
