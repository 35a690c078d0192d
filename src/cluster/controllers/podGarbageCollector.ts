// Sweeps up pods that nobody else will: on nodes that are gone, ended ones beyond a limit, ending ones on nodes out of service.
// Models pkg/controller/podgc/gc_controller.go: it looks every 20 s, here only while there may be something to sweep.
import type { Node } from '../../kube/kinds/node.ts';
import { isPodTerminal, type Pod, type PodStatus } from '../../kube/kinds/pod.ts';
import { conditionOf, fromTimestamp, type Key } from '../../kube/meta.ts';
import type { Controller, ControllerContext } from '../controller.ts';
import { disruptedStatus } from '../disruptionTarget.ts';
import { isOutOfService, TERMINATED_PODS_MAX } from './watches.ts';

const PERIOD_MS = 20_000;
/** A node that was not found is looked for again after this long before its pods are given up. */
const QUARANTINE_MS = 40_000;
const SWEEP = 'sweep';

interface Memory {
  /** Names of missing nodes and since when they have been missing. */
  readonly missing: Map<string, number>;
}

export const podGarbageCollector: Controller = {
  name: 'pod-garbage-collector',
  memory: (): Memory => ({ missing: new Map() }),
  watches: [
    {
      kind: 'Node',
      keys: ({ before, after }, ctx) => (before && isWorse(before as Node, after as Node | undefined) ? sweepSoon(ctx) : []),
    },
    {
      kind: 'Pod',
      keys: ({ before, after }, ctx) => (after && mayBeSwept(before as Pod | undefined, after as Pod, ctx) ? sweepSoon(ctx) : []),
    },
  ],
  reconcile(_key, ctx) {
    const { missing } = ctx.memory as Memory;
    sweepTerminated(ctx);
    sweepOutOfService(ctx);
    const lost = podsOnMissingNodes(ctx);
    for (const name of missing.keys()) if (!lost.has(name)) missing.delete(name);
    for (const [name, pods] of lost) {
      const sinceMs = missing.get(name);
      if (sinceMs === undefined) missing.set(name, ctx.nowMs);
      else if (ctx.nowMs >= sinceMs + QUARANTINE_MS) {
        for (const pod of pods) sweepLost(pod, ctx);
        missing.delete(name);
      }
    }
    return missing.size > 0 ? { requeueAfterMs: PERIOD_MS } : undefined;
  },
};

/** The collector keeps to its beat: the next multiple of its period. */
function sweepSoon(ctx: ControllerContext): readonly Key[] {
  ctx.enqueueAfter(SWEEP, PERIOD_MS - (ctx.nowMs % PERIOD_MS));
  return [];
}

function isWorse(before: Node, after: Node | undefined): boolean {
  return !after || (isOutOfService(after) && !isOutOfService(before));
}

function mayBeSwept(before: Pod | undefined, after: Pod, ctx: ControllerContext): boolean {
  const { nodeName } = after.spec;
  if (nodeName && nodeName !== before?.spec.nodeName && !ctx.api.get<Node>('Node', undefined, nodeName)) return true;
  if (isPodTerminal(after) && ctx.api.count('Pod') > TERMINATED_PODS_MAX) return true;
  if (after.metadata.deletionTimestamp === undefined || !nodeName) return false;
  const node = ctx.api.get<Node>('Node', undefined, nodeName);
  return node !== undefined && isOutOfService(node);
}

function podsOnMissingNodes(ctx: ControllerContext): Map<string, Pod[]> {
  const lost = new Map<string, Pod[]>();
  for (const name of ctx.api.nodeNamesWithPods()) {
    if (!ctx.api.get<Node>('Node', undefined, name)) lost.set(name, ctx.api.podsOnNode(name));
  }
  return lost;
}

function sweepLost(pod: Pod, ctx: ControllerContext): void {
  markFailedAndDelete(
    pod,
    disruptedStatus(pod.status, pod.metadata.generation, 'DeletionByPodGC', 'PodGC: node no longer exists', ctx.nowMs),
    ctx,
  );
}

/** A pod that had not ended is called failed before it is gone, so that whoever counts failures sees it. */
function markFailedAndDelete(pod: Pod, status: PodStatus, ctx: ControllerContext): void {
  if (!isPodTerminal(pod)) ctx.api.updateStatus<Pod>({ ...pod, status: { ...status, phase: 'Failed' } });
  ctx.api.delete('Pod', pod.metadata.namespace, pod.metadata.name, { gracePeriodSeconds: 0 });
}

/** The oldest of the ended pods go first. */
function sweepTerminated(ctx: ControllerContext): void {
  if (ctx.api.count('Pod') <= TERMINATED_PODS_MAX) return;
  const ended = ctx.api.list<Pod>('Pod').filter((pod) => isPodTerminal(pod) && pod.metadata.deletionTimestamp === undefined);
  const excess = ended.length - TERMINATED_PODS_MAX;
  if (excess <= 0) return;
  ended.sort((a, b) => fromTimestamp(a.metadata.creationTimestamp) - fromTimestamp(b.metadata.creationTimestamp));
  for (const pod of ended.slice(0, excess)) ctx.api.delete('Pod', pod.metadata.namespace, pod.metadata.name, { gracePeriodSeconds: 0 });
}

function sweepOutOfService(ctx: ControllerContext): void {
  for (const node of ctx.api.list<Node>('Node')) {
    const isReady = conditionOf(node.status.conditions, 'Ready')?.status === 'True';
    if (!isOutOfService(node) || isReady) continue;
    for (const pod of ctx.api.podsOnNode(node.metadata.name)) {
      if (pod.metadata.deletionTimestamp !== undefined) markFailedAndDelete(pod, pod.status, ctx);
    }
  }
}
