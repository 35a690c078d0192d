// Whom a change of an object wakes: the owners it has or had, and, when nobody owns it, those that may adopt it.
// Models addPod, updatePod and deletePod of the workload controllers in pkg/controller.
import { isPodReady, type Pod } from '../../kube/kinds/pod.ts';
import { type Change, controllerOf, type Key, type KubeObject, keyFor, keyOf } from '../../kube/meta.ts';
import type { ControllerContext } from '../controller.ts';

/** The owners of `kind` that the object has or had. */
export function ownersOf({ before, after }: Change, kind: string): Key[] {
  const keys: Key[] = [];
  const owner = after && controllerOf(after);
  const old = before && controllerOf(before);
  if (owner?.kind === kind) keys.push(keyFor(kind, after?.metadata.namespace, owner.name));
  if (old?.kind === kind && old.uid !== owner?.uid) keys.push(keyFor(kind, before?.metadata.namespace, old.name));
  return keys;
}

/** The same, and of an object without a controller all of `kind` that may adopt it. */
export function ownersAndAdopters<T extends KubeObject>(
  change: Change,
  kind: T['kind'],
  ctx: ControllerContext,
  mayAdopt: (owner: T, object: KubeObject) => boolean,
): readonly Key[] {
  const keys = ownersOf(change, kind);
  const { after } = change;
  if (!after || controllerOf(after)) return keys;
  for (const candidate of ctx.api.list<T>(kind, after.metadata.namespace)) {
    if (mayAdopt(candidate, after) && !keys.includes(keyOf(candidate))) keys.push(keyOf(candidate));
  }
  return keys;
}

/** Whether a change of a pod is one that those who count pods look at: it begins, ends, is ready or not, or is somebody else's. */
export function isCountedAnew({ before, after }: Change): boolean {
  const [old, pod] = [before as Pod | undefined, after as Pod | undefined];
  return (
    !old ||
    !pod ||
    old.metadata.deletionTimestamp !== pod.metadata.deletionTimestamp ||
    old.metadata.labels !== pod.metadata.labels ||
    old.metadata.ownerReferences !== pod.metadata.ownerReferences ||
    old.status.phase !== pod.status.phase ||
    isPodReady(old) !== isPodReady(pod)
  );
}
