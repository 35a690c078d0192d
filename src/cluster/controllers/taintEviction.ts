// Drives pods from nodes with NoExecute taints: at once, or after as long as they tolerate it; also pods that are being deleted already.
// Models pkg/controller/tainteviction/{taint_eviction,timed_workers}.go.
import { isEqual } from '../../base/equal.ts';
import type { Node, Taint } from '../../kube/kinds/node.ts';
import type { Pod } from '../../kube/kinds/pod.ts';
import { type Key, keyOf, type ObjectMeta } from '../../kube/meta.ts';
import type { Controller, ControllerContext } from '../controller.ts';
import { disruptedStatus } from '../disruptionTarget.ts';
import { tolerates } from './tolerations.ts';

const REASON = 'DeletionByTaintManager';
/** From saying why a pod has to go to deleting it: its owner may be quicker. */
const DELETE_MS = 20;

/** When a pod has to go. One that was driven away is remembered as long as the taint is there, and not driven away twice for it. */
interface Eviction {
  readonly dueMs: number;
  readonly state: 'planned' | 'marked' | 'done';
}

interface Memory {
  readonly evictions: Map<Key, Eviction>;
}

export const taintEviction: Controller = {
  name: 'taint-eviction-controller',
  // Quicker than the owners of the pods, who may have reasons of their own to delete them: both are recorded to have told about it.
  reactionMs: 5,
  memory: (): Memory => ({ evictions: new Map() }),
  watches: [
    {
      kind: 'Node',
      keys({ before, after }, ctx) {
        const old = noExecuteOf(before as Node | undefined);
        const now = noExecuteOf(after as Node | undefined);
        if (!after || before?.spec === after.spec || isEqual(old, now)) return [];
        return ctx.api.podsOnNode(after.metadata.name).map(keyOf);
      },
    },
    {
      kind: 'Pod',
      keys({ key, before, after }, ctx) {
        const pod = after as Pod | undefined;
        if (!pod) return (ctx.memory as Memory).evictions.has(key) ? [key] : [];
        const old = before as Pod | undefined;
        const isMoved = pod.spec.nodeName !== old?.spec.nodeName || pod.spec.tolerations !== old?.spec.tolerations;
        if (!pod.spec.nodeName || !isMoved) return [];
        const node = ctx.api.get<Node>('Node', undefined, pod.spec.nodeName);
        return noExecuteOf(node).length > 0 ? [key] : [];
      },
    },
  ],
  reconcile(key, ctx) {
    const { evictions } = ctx.memory as Memory;
    const pod = ctx.api.getByKey<Pod>(key);
    const taints = noExecuteOf(pod?.spec.nodeName ? ctx.api.get<Node>('Node', undefined, pod.spec.nodeName) : undefined);
    if (!pod || taints.length === 0) return cancel(key, ctx);
    const known = evictions.get(key);
    if (known?.state === 'marked') {
      evictions.set(key, { ...known, state: 'done' });
      return void ctx.api.delete('Pod', pod.metadata.namespace, pod.metadata.name);
    }
    const patienceMs = patienceOf(pod, taints);
    if (patienceMs > 0 && known?.state === 'done') return;
    if (patienceMs === 0 && known && known.dueMs > ctx.nowMs) cancel(key, ctx);
    // What is planned stays planned, even if the taints that came since would be tolerated for longer.
    const dueMs = patienceMs === 0 ? ctx.nowMs : (known?.dueMs ?? ctx.nowMs + patienceMs);
    if (dueMs === Number.POSITIVE_INFINITY) return;
    if (dueMs > ctx.nowMs) {
      evictions.set(key, { dueMs, state: 'planned' });
      return { requeueAfterMs: dueMs - ctx.nowMs };
    }
    evictions.set(key, { dueMs, state: 'marked' });
    mark(pod, ctx);
    return { requeueAfterMs: DELETE_MS };
  },
};

function cancel(key: Key, ctx: ControllerContext): void {
  const { evictions } = ctx.memory as Memory;
  const known = evictions.get(key);
  evictions.delete(key);
  if (known?.state !== 'planned') return;
  const [, namespace = '', name = ''] = key.split('/');
  tell({ namespace, name }, `Cancelling deletion of Pod ${namespace}/${name}`, ctx);
}

function noExecuteOf(node: Node | undefined): readonly Taint[] {
  const taints = node?.spec.taints;
  return taints?.some(({ effect }) => effect === 'NoExecute') ? taints.filter(({ effect }) => effect === 'NoExecute') : [];
}

/** How long the pod puts up with the taints: not at all, for the shortest tolerationSeconds, or for ever. */
function patienceOf(pod: Pod, taints: readonly Taint[]): number {
  const tolerations = pod.spec.tolerations ?? [];
  let seconds = Number.POSITIVE_INFINITY;
  for (const taint of taints) {
    const used = tolerations.find((toleration) => tolerates(toleration, taint));
    if (!used) return 0;
    if (used.tolerationSeconds !== undefined) seconds = Math.min(seconds, Math.max(0, used.tolerationSeconds));
  }
  return seconds * 1000;
}

function isMarked({ status }: Pod): boolean {
  return status.conditions?.some(({ type, reason }) => type === 'DisruptionTarget' && reason === REASON) ?? false;
}

function mark(pod: Pod, ctx: ControllerContext): void {
  tell(pod.metadata, `Marking for deletion Pod ${pod.metadata.namespace}/${pod.metadata.name}`, ctx);
  if (isMarked(pod)) return;
  const status = disruptedStatus(pod.status, pod.metadata.generation, REASON, 'Taint manager: deleting due to NoExecute taint', ctx.nowMs);
  ctx.api.updateStatus<Pod>({ ...pod, status });
}

function tell({ name, namespace, uid }: Pick<ObjectMeta, 'name' | 'namespace' | 'uid'>, message: string, ctx: ControllerContext): void {
  const reference = { kind: 'Pod', apiVersion: 'v1', name, ...(namespace ? { namespace } : {}), ...(uid ? { uid } : {}) };
  ctx.record(reference, 'Normal', 'TaintManagerEviction', message);
}
