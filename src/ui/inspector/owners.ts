// Who cut a pod and who holds the cutter today, read from a snapshot.
import type { Deployment } from '../../kube/kinds/deployment.ts';
import type { Node } from '../../kube/kinds/node.ts';
import type { Pod, PodTemplateSpec } from '../../kube/kinds/pod.ts';
import type { ReplicaSet } from '../../kube/kinds/replicaSet.ts';
import type { ControllerRevision } from '../../kube/kinds/statefulSet.ts';
import { controllerOf, type KubeObject, keyReferred, type Snapshot, tableOf } from '../../kube/meta.ts';

/** An object that cuts pods from a template. */
export type Owner = KubeObject & { readonly spec: { readonly replicas?: number; readonly template: PodTemplateSpec } };

export function isOwner(object: KubeObject): object is Owner {
  return Boolean((object.spec as { template?: { spec?: { containers?: unknown } } } | undefined)?.template?.spec?.containers);
}

/** The object that controls this one, if it still exists. */
export function controllerIn(snapshot: Snapshot, object: KubeObject): KubeObject | undefined {
  const reference = controllerOf(object);
  const found = reference && snapshot.get(tableOf(reference), keyReferred(reference, object.metadata.namespace));
  return found?.metadata.uid === reference?.uid ? found : undefined;
}

/** Whose template counts today for a pod: its Deployment's where its ReplicaSet belongs to one, else its controller's. */
export function cutterHolderOf(snapshot: Snapshot, pod: Pod): Owner | undefined {
  const controller = controllerIn(snapshot, pod);
  const above = controller && controllerIn(snapshot, controller);
  return [above, controller].find((object): object is Owner => object !== undefined && isOwner(object));
}

export function setsOf(snapshot: Snapshot, deployment: Deployment): ReplicaSet[] {
  return (snapshot.list('ReplicaSet') as readonly ReplicaSet[]).filter((set) => controllerOf(set)?.uid === deployment.metadata.uid);
}

/** The pods an owner counts: its own, and those of its ReplicaSets or Jobs. */
export function podsOf(snapshot: Snapshot, owner: KubeObject): Pod[] {
  const uids = new Set([owner.metadata.uid]);
  const between = { Deployment: 'ReplicaSet', CronJob: 'Job' }[owner.kind];
  if (between) for (const part of snapshot.list(between)) if (controllerOf(part)?.uid === owner.metadata.uid) uids.add(part.metadata.uid);
  return (snapshot.list('Pod') as readonly Pod[]).filter((pod) => uids.has(controllerOf(pod)?.uid));
}

/** Saves an edited object as `kubectl replace` does; what the server keeps is left out, so that a new status is no conflict. */
export function replaceLine(object: KubeObject): readonly [line: string, stdin: string] {
  const { resourceVersion: _version, ...metadata } = object.metadata;
  const { status: _status, ...rest } = object;
  return ['kubectl replace -f -', JSON.stringify({ ...rest, metadata }, undefined, 2)];
}

/** One template that an owner had, from which it can be had again. */
export interface Revision {
  readonly uid: string | undefined;
  readonly number: number;
  readonly template: PodTemplateSpec;
  /** How many pods of it there are. */
  readonly pods: number;
}

const REVISION = 'deployment.kubernetes.io/revision';
const HASH_LABEL = 'controller-revision-hash';

/** The latest first. A Deployment keeps them as ReplicaSets, a StatefulSet and a DaemonSet as ControllerRevisions. */
export function revisionsOf(snapshot: Snapshot, owner: KubeObject): Revision[] {
  const revisions = owner.kind === 'Deployment' ? setRevisions(snapshot, owner as Deployment) : keptRevisions(snapshot, owner);
  return revisions.sort((a, b) => b.number - a.number);
}

function setRevisions(snapshot: Snapshot, deployment: Deployment): Revision[] {
  return setsOf(snapshot, deployment).map(({ metadata, spec, status }) => {
    return {
      uid: metadata.uid,
      number: Number(metadata.annotations?.[REVISION] ?? 0),
      template: spec.template,
      pods: status.replicas ?? 0,
    };
  });
}

function keptRevisions(snapshot: Snapshot, owner: KubeObject): Revision[] {
  const pods = podsOf(snapshot, owner);
  const kept = (snapshot.list('ControllerRevision') as readonly ControllerRevision[]).filter(
    (revision) => controllerOf(revision)?.uid === owner.metadata.uid,
  );
  return kept.map(({ metadata, revision, data }) => {
    const hashes = [metadata.name, metadata.labels?.[HASH_LABEL]];
    const count = pods.filter((pod) => hashes.includes(pod.metadata.labels?.[HASH_LABEL])).length;
    return { uid: metadata.uid, number: revision, template: data.spec.template, pods: count };
  });
}

export function podsOn(pods: readonly Pod[], node: Node): Pod[] {
  return pods.filter((pod) => pod.spec.nodeName === node.metadata.name);
}
