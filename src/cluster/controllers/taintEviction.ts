// Drives pods from nodes with NoExecute taints: at once, or after as long as they tolerate it.
// Models pkg/controller/tainteviction/taint_eviction.go.
import type { Node, Taint } from '../../kube/kinds/node.ts';
import type { Pod } from '../../kube/kinds/pod.ts';
import { type Condition, type Key, keyOf, toTimestamp } from '../../kube/meta.ts';
import type { Controller, ControllerContext } from '../controller.ts';
import { tolerates } from './tolerations.ts';

const REASON = 'DeletionByTaintManager';
/** From saying why a pod has to go to deleting it: its owner may be quicker. */
const DELETE_MS = 20;

interface Memory {
  /** Pods that will have to go, and since when they tolerate it. */
  readonly sinceMs: Map<Key, number>;
}

export const taintEviction: Controller = {
  name: 'taint-eviction-controller',
  // Quicker than the owners of the pods, who may have reasons of their own to delete them: both are recorded to have told about it.
  reactionMs: 5,
  memory: (): Memory => ({ sinceMs: new Map() }),
  watches: [
    {
      kind: 'Node',
      keys({ before, after }, ctx) {
        const old = noExecuteOf(before as Node | undefined);
        const now = noExecuteOf(after as Node | undefined);
        if (!after || (old.length === 0 && now.length === 0) || before?.spec === after.spec) return [];
        return ctx.api.podsOnNode(after.metadata.name).map(keyOf);
      },
    },
    {
      kind: 'Pod',
      keys({ key, before, after }, ctx) {
        const pod = after as Pod | undefined;
        if (!pod) return (ctx.memory as Memory).sinceMs.has(key) ? [key] : [];
        const old = before as Pod | undefined;
        const isMoved = pod.spec.nodeName !== old?.spec.nodeName || pod.spec.tolerations !== old?.spec.tolerations;
        if (!pod.spec.nodeName || !isMoved) return [];
        const node = ctx.api.get<Node>('Node', undefined, pod.spec.nodeName);
        return noExecuteOf(node).length > 0 ? [key] : [];
      },
    },
  ],
  reconcile(key, ctx) {
    const { sinceMs } = ctx.memory as Memory;
    const pod = ctx.api.getByKey<Pod>(key);
    if (!pod || pod.metadata.deletionTimestamp !== undefined) return void sinceMs.delete(key);
    const node = pod.spec.nodeName ? ctx.api.get<Node>('Node', undefined, pod.spec.nodeName) : undefined;
    const patienceMs = patienceOf(pod, noExecuteOf(node));
    if (patienceMs === Number.POSITIVE_INFINITY) {
      if (sinceMs.delete(key)) tell(pod, `Cancelling deletion of Pod ${pod.metadata.namespace}/${pod.metadata.name}`, ctx);
      return;
    }
    const beganMs = sinceMs.get(key) ?? ctx.nowMs;
    const leftMs = beganMs + patienceMs - ctx.nowMs;
    if (leftMs > 0) {
      sinceMs.set(key, beganMs);
      return { requeueAfterMs: leftMs };
    }
    if (!isMarked(pod)) {
      sinceMs.set(key, beganMs);
      mark(pod, ctx);
      return { requeueAfterMs: DELETE_MS };
    }
    sinceMs.delete(key);
    ctx.api.delete('Pod', pod.metadata.namespace, pod.metadata.name);
  },
};

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
  tell(pod, `Marking for deletion Pod ${pod.metadata.namespace}/${pod.metadata.name}`, ctx);
  const disruption: Condition = {
    type: 'DisruptionTarget',
    ...(pod.metadata.generation === undefined ? {} : { observedGeneration: pod.metadata.generation }),
    status: 'True',
    lastTransitionTime: toTimestamp(ctx.nowMs),
    reason: REASON,
    message: 'Taint manager: deleting due to NoExecute taint',
  };
  const conditions = (pod.status.conditions ?? []).filter(({ type }) => type !== disruption.type);
  ctx.api.updateStatus<Pod>({ ...pod, status: { ...pod.status, conditions: [...conditions, disruption] } });
}

function tell({ metadata }: Pod, message: string, ctx: ControllerContext): void {
  const { name, namespace, uid } = metadata;
  const reference = { kind: 'Pod', apiVersion: 'v1', name, ...(namespace ? { namespace } : {}), ...(uid ? { uid } : {}) };
  ctx.record(reference, 'Normal', 'TaintManagerEviction', message);
}
