// Creates, deletes and claims pods on behalf of the workload controllers, and tells the events about it.
// Models pkg/controller/controller_utils.go (RealPodControl) and pkg/controller/controller_ref_manager.go.
// Leaves out: expectations, because the server is read directly and never lags.
import { ApiError } from '../../kube/errors.ts';
import { isPodActive, isPodTerminal, type Pod, type PodTemplateSpec } from '../../kube/kinds/pod.ts';
import { controllerOf, controllerRefTo, type KubeObject, type ObjectMeta, type StringMap } from '../../kube/meta.ts';
import type { ControllerContext } from '../controller.ts';

/** Whether labels are chosen by a selector that was compiled before. */
export type Matches = (labels: StringMap | undefined) => boolean;

export interface ClaimedPods {
  /** Neither finished nor being deleted: what counts as replicas. */
  readonly active: readonly Pod[];
  /** Being deleted and not finished yet. */
  readonly terminating: readonly Pod[];
}

/** A pod as the template cuts it, owned by `owner`; `name` for those that know theirs, else one is generated. */
export function podFromTemplate(template: PodTemplateSpec, owner: KubeObject, name?: string): Pod {
  const { labels, annotations, finalizers } = template.metadata ?? {};
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...(name === undefined ? { name: '', generateName: `${owner.metadata.name}-` } : { name }),
      ...(owner.metadata.namespace === undefined ? {} : { namespace: owner.metadata.namespace }),
      ...(labels ? { labels } : {}),
      ...(annotations ? { annotations } : {}),
      ...(finalizers ? { finalizers } : {}),
      ownerReferences: [controllerRefTo(owner)],
    },
    spec: template.spec,
    status: {},
  };
}

/** Creates `pod` for `owner` and tells about it. Throws what the server answers. */
export function createPod(pod: Pod, owner: KubeObject, ctx: ControllerContext): Pod {
  try {
    const created = ctx.api.create(pod, { trusted: true });
    ctx.record(owner, 'Normal', 'SuccessfulCreate', `Created pod: ${created.metadata.name}`);
    return created;
  } catch (error) {
    if (error instanceof ApiError && !isNamespaceTerminating(error)) {
      ctx.record(owner, 'Warning', 'FailedCreate', `Error creating: ${error.message}`);
    }
    throw error;
  }
}

/** Deletes a pod of `owner` and tells about it; one that is being deleted already is left alone. */
export function deletePod(pod: Pod, owner: KubeObject, ctx: ControllerContext): void {
  if (pod.metadata.deletionTimestamp !== undefined) return;
  try {
    ctx.api.delete('Pod', pod.metadata.namespace, pod.metadata.name);
    ctx.record(owner, 'Normal', 'SuccessfulDelete', `Deleted pod: ${pod.metadata.name}`);
  } catch (error) {
    if (!(error instanceof ApiError) || error.reason === 'NotFound') return;
    ctx.record(owner, 'Warning', 'FailedDelete', `Error deleting: ${error.message}`);
    throw error;
  }
}

/** What the server answered to `work` if it refused it. */
export function errorOf(work: () => void): ApiError | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
}

/** In a namespace that is being deleted nothing can be created, and nobody complains about it. */
export function isNamespaceTerminating(error: ApiError): boolean {
  return error.reason === 'Forbidden' && error.message.endsWith('because it is being terminated');
}

/**
 * The objects of `kind` that `owner` controls after adopting those nobody owns and its selector takes, and letting go of
 * those of its own that the selector takes no more. `isCandidate` limits what may be adopted or let go; `finalizer` is put on what is
 * adopted and taken off what is let go.
 */
export function claim<T extends KubeObject>(
  kind: T['kind'],
  owner: KubeObject,
  matches: Matches,
  ctx: ControllerContext,
  isCandidate: (object: T) => boolean = () => true,
  finalizer?: string,
): T[] {
  const isOwnerLeaving = owner.metadata.deletionTimestamp !== undefined;
  const claimed: T[] = [];
  const isChosen = onceForEach(matches);
  for (const object of ctx.api.owned<T>(owner.metadata.uid ?? '', kind)) {
    if (controllerOf(object)?.uid !== owner.metadata.uid) continue;
    if (isChosen(object.metadata.labels)) claimed.push(object);
    else if (!isOwnerLeaving && isCandidate(object)) release(object, owner, ctx, finalizer);
  }
  if (isOwnerLeaving) return claimed;
  for (const object of ctx.api.orphans<T>(kind, owner.metadata.namespace)) {
    if (object.metadata.deletionTimestamp === undefined && matches(object.metadata.labels) && isCandidate(object)) {
      claimed.push(adopt(object, owner, ctx, finalizer));
    }
  }
  return claimed;
}

/** The same question of labels, asked once for those that many objects share. */
export function onceForEach(matches: Matches): Matches {
  const answers = new Map<StringMap | undefined, boolean>();
  return (labels) => {
    let answer = answers.get(labels);
    if (answer === undefined) answers.set(labels, (answer = matches(labels)));
    return answer;
  };
}

/** Claims pods and sorts them by what they still are to their owner; finished ones are neither adopted, let go nor counted. */
export function claimPods(owner: KubeObject, matches: Matches, ctx: ControllerContext): ClaimedPods {
  const active: Pod[] = [];
  const terminating: Pod[] = [];
  for (const pod of claim<Pod>('Pod', owner, matches, ctx, isPodActive)) {
    if (isPodTerminal(pod)) continue;
    if (pod.metadata.deletionTimestamp === undefined) active.push(pod);
    else terminating.push(pod);
  }
  return { active, terminating };
}

function adopt<T extends KubeObject>(object: T, owner: KubeObject, ctx: ControllerContext, finalizer?: string): T {
  const ownerReferences = [...(object.metadata.ownerReferences ?? []), controllerRefTo(owner)];
  const finalizers = object.metadata.finalizers ?? [];
  const tracked = finalizer && !finalizers.includes(finalizer) ? { finalizers: [...finalizers, finalizer] } : {};
  return ctx.api.update<T>({ ...object, metadata: { ...object.metadata, ownerReferences, ...tracked } }, { trusted: true });
}

function release<T extends KubeObject>(object: T, owner: KubeObject, ctx: ControllerContext, finalizer?: string): void {
  const others = (object.metadata.ownerReferences ?? []).filter((reference) => reference.uid !== owner.metadata.uid);
  const { ownerReferences: _dropped, ...rest } = object.metadata;
  const metadata = finalizer ? withoutFinalizer(rest, finalizer) : rest;
  ctx.api.update<T>({ ...object, metadata: others.length > 0 ? { ...metadata, ownerReferences: others } : metadata }, { trusted: true });
}

export function withoutFinalizer(metadata: ObjectMeta, finalizer: string): ObjectMeta {
  const { finalizers = [], ...rest } = metadata;
  const others = finalizers.filter((other) => other !== finalizer);
  return others.length > 0 ? { ...rest, finalizers: others } : rest;
}
