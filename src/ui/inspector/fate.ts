// What becomes of a pod whose node does not answer, by the kind of its owner: read from the log and the snapshot, worded where it is shown.
import type { Pod } from '../../kube/kinds/pod.ts';
import { fromTimestamp, type KubeObject, type Snapshot } from '../../kube/meta.ts';
import type { Looks } from '../../scene/looks.ts';
import { controllerIn } from './owners.ts';

export type Fate =
  | { readonly type: 'nobody' }
  /** The owner cuts another one as soon as this one is marked for deletion; `by` when it has. */
  | { readonly type: 'replaced'; readonly kind: string; readonly by: string | undefined; readonly isMarked: boolean }
  /** Its name must be free first, and only its kubelet can say that it is gone. */
  | { readonly type: 'waits' }
  | { readonly type: 'stays' };

export function fateOf(pod: Pod, snapshot: Snapshot, looks: Looks): Fate {
  const owner = controllerIn(snapshot, pod);
  if (!owner) return { type: 'nobody' };
  if (owner.kind === 'StatefulSet') return { type: 'waits' };
  if (owner.kind === 'DaemonSet') return { type: 'stays' };
  const root = controllerIn(snapshot, owner) ?? owner;
  const isMarked = pod.metadata.deletionTimestamp !== undefined;
  return { type: 'replaced', kind: root.kind, by: isMarked ? replacementOf(pod, owner, snapshot, looks) : undefined, isMarked };
}

/** The pods that an owner lost and those that it has cut since stand in the same order. */
function replacementOf(pod: Pod, { metadata }: KubeObject, snapshot: Snapshot, looks: Looks): string | undefined {
  const siblings = (snapshot.list('Pod') as readonly Pod[]).filter((other) =>
    other.metadata.ownerReferences?.some(({ uid, controller }) => controller && uid === metadata.uid),
  );
  const lost = siblings.filter(({ metadata: { deletionTimestamp }, spec }) => deletionTimestamp && spec.nodeName === pod.spec.nodeName);
  const sinceMs = markedMs(pod);
  const cut = siblings.filter((other) => (looks.recordOf(other)?.cutMs ?? 0) >= sinceMs && !other.metadata.deletionTimestamp);
  return cut[lost.indexOf(pod)]?.metadata.name;
}

/** The deletion timestamp is the end of the grace period. */
function markedMs({ metadata }: Pod): number {
  return fromTimestamp(metadata.deletionTimestamp) - (metadata.deletionGracePeriodSeconds ?? 30) * 1000;
}
