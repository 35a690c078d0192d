// Watches over the nodes: registers them, calls silent ones unreachable, taints them, and takes care that not all pods of a zone
// are driven away at once. Models pkg/controller/nodelifecycle/node_lifecycle_controller.go.
// What it does about nodes that are not well is in nodeOutage.ts, which comes later.
//
// It ticks every 5 s upstream; here it ticks at the same moments, but only when there is something to do.
import type { Node } from '../../kube/kinds/node.ts';
import { conditionOf } from '../../kube/meta.ts';
import type { Controller, ControllerContext } from '../controller.ts';
import { outages } from './late.ts';
import { syncNoScheduleTaints } from './nodeTaints.ts';
import { ceilToPeriod, forget, type Memory } from './nodeZones.ts';

/** A new node is let in when its status has been looked at, which takes a moment. */
const NEW_NODE_MS = 200;
const TICK = 'tick';

export const nodeLifecycle: Controller = {
  name: 'node-lifecycle-controller',
  eventSource: 'node-controller',
  memory: (): Memory => ({ known: new Map(), zones: new Map(), isAllSilent: false }),
  watches: [
    {
      kind: 'Node',
      keys({ key, before, after }, ctx) {
        if (before && after && !isChangeThatCounts(before as Node, after as Node)) return [];
        tickSoon(ctx);
        if (!after) return [];
        if (before) return [key];
        ctx.enqueueAfter(key, NEW_NODE_MS);
        return [];
      },
    },
  ],
  onLease(nodeName, ctx) {
    if (ctx.api.get<Node>('Node', undefined, nodeName)) tickSoon(ctx);
  },
  reconcile(key, ctx) {
    if (key === TICK) return tick(ctx);
    const node = ctx.api.getByKey<Node>(key);
    if (node) syncNoScheduleTaints(node, ctx);
  },
};

function isChangeThatCounts(before: Node, after: Node): boolean {
  return (
    before.spec.taints !== after.spec.taints ||
    before.spec.unschedulable !== after.spec.unschedulable ||
    before.status.conditions !== after.status.conditions ||
    before.metadata.labels !== after.metadata.labels
  );
}

/** At the next multiple of the period; the first look is taken when the world begins. */
function tickSoon(ctx: ControllerContext): void {
  ctx.enqueueAfter(TICK, ctx.nowMs === 0 ? 0 : ceilToPeriod(ctx.nowMs + 1) - ctx.nowMs);
}

function tick(ctx: ControllerContext): { requeueAfterMs: number } | undefined {
  const memory = ctx.memory as Memory;
  register(memory, ctx);
  const isAllWell = memory.zones.size === 0 && ctx.api.list<Node>('Node').every((node) => isWell(node, ctx));
  return isAllWell ? undefined : outages.get().look(memory, ctx);
}

/** Whether it speaks, has always done so and was never given up. */
function isWell({ metadata, spec, status }: Node, { leases }: ControllerContext): boolean {
  const isReady = conditionOf(status.conditions, 'Ready')?.status === 'True';
  return isReady && leases.isBeating(metadata.name) && !spec.taints?.some(({ effect }) => effect === 'NoExecute');
}

// Nodes that come and go ---------------------------------------------------------------------------------------------

function register(memory: Memory, ctx: ControllerContext): void {
  const { known, zones } = memory;
  const nodes = new Map<string, string>();
  for (const node of ctx.api.list<Node>('Node')) {
    const { name, uid = '' } = node.metadata;
    nodes.set(name, uid);
    if (known.has(name)) continue;
    tell(name, uid, 'RegisteredNode', `Registered Node ${name} in Controller`, ctx);
    if (!isWell(node, ctx)) outages.get().noteGivenUp(node, memory);
  }
  for (const [name, uid] of known) {
    if (nodes.has(name)) continue;
    tell(name, uid, 'RemovingNode', `Removing Node ${name} from Controller`, ctx);
    for (const zone of zones.values()) forget(zone, name);
  }
  known.clear();
  for (const [name, uid] of nodes) known.set(name, uid);
}

function tell(name: string, uid: string, reason: string, text: string, ctx: ControllerContext): void {
  ctx.record({ kind: 'Node', apiVersion: 'v1', name, uid }, 'Normal', reason, `Node ${name} event: ${text}`);
}
