// The taints that the control plane itself puts on nodes. Models the tables of pkg/controller/nodelifecycle/node_lifecycle_controller.go
// and SwapNodeControllerTaint of pkg/controller/util/node/controller_utils.go.
import type { Node, Taint } from '../../kube/kinds/node.ts';
import { conditionOf, toTimestamp } from '../../kube/meta.ts';
import type { ControllerContext } from '../controller.ts';

export const NOT_READY = 'node.kubernetes.io/not-ready';
export const UNREACHABLE = 'node.kubernetes.io/unreachable';
const UNSCHEDULABLE = 'node.kubernetes.io/unschedulable';

/** Which status of which condition earns which taint. */
const CONDITION_TAINTS: readonly (readonly [condition: string, status: string, key: string])[] = [
  ['Ready', 'False', NOT_READY],
  ['Ready', 'Unknown', UNREACHABLE],
  ['MemoryPressure', 'True', 'node.kubernetes.io/memory-pressure'],
  ['DiskPressure', 'True', 'node.kubernetes.io/disk-pressure'],
  ['NetworkUnavailable', 'True', 'node.kubernetes.io/network-unavailable'],
  ['PIDPressure', 'True', 'node.kubernetes.io/pid-pressure'],
];
const MANAGED = new Set([...CONDITION_TAINTS.map(([, , key]) => key), UNSCHEDULABLE]);

/** Lets the NoSchedule taints say what the conditions and `spec.unschedulable` say. Returns the node as it is then. */
export function syncNoScheduleTaints(node: Node, ctx: ControllerContext): Node {
  const wanted = new Set<string>();
  for (const [type, status, key] of CONDITION_TAINTS) if (conditionOf(node.status.conditions, type)?.status === status) wanted.add(key);
  if (node.spec.unschedulable) wanted.add(UNSCHEDULABLE);
  const present = (node.spec.taints ?? []).filter(({ effect, key }) => effect === 'NoSchedule' && MANAGED.has(key));
  const missing = [...wanted].filter((key) => !present.some((taint) => taint.key === key));
  const surplus = present.filter(({ key }) => !wanted.has(key));
  if (missing.length === 0 && surplus.length === 0) return node;
  return swapTaints(
    node,
    missing.map((key) => ({ key, effect: 'NoSchedule' })),
    surplus,
    ctx,
  );
}

/** Adds taints, stamped with the moment, and removes others. */
export function swapTaints(node: Node, added: readonly Taint[], removed: readonly Taint[], ctx: ControllerContext): Node {
  const isSame = (a: Taint, b: Taint) => a.key === b.key && a.effect === b.effect;
  const kept = (node.spec.taints ?? []).filter((taint) => ![...added, ...removed].some((other) => isSame(taint, other)));
  const timeAdded = toTimestamp(ctx.nowMs);
  const taints = [...kept, ...added.map((taint): Taint => ({ ...taint, timeAdded }))];
  const { taints: _old, ...spec } = node.spec;
  return ctx.api.update<Node>({ ...node, spec: taints.length > 0 ? { ...spec, taints } : spec }, { trusted: true });
}
