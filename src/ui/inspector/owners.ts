// Who cut a pod and who holds the cutter today, read from a snapshot.
import type { Deployment } from '../../kube/kinds/deployment.ts';
import type { Pod, PodTemplateSpec } from '../../kube/kinds/pod.ts';
import type { ReplicaSet } from '../../kube/kinds/replicaSet.ts';
import { controllerOf, type KubeObject, keyFor, type Snapshot } from '../../kube/meta.ts';

/** An object that cuts pods from a template. */
export type Owner = KubeObject & { readonly spec: { readonly replicas?: number; readonly template: PodTemplateSpec } };

export function isOwner(object: KubeObject): object is Owner {
  return Boolean((object.spec as { template?: { spec?: { containers?: unknown } } } | undefined)?.template?.spec?.containers);
}

/** The object that controls this one, if it still exists. */
export function controllerIn(snapshot: Snapshot, object: KubeObject): KubeObject | undefined {
  const reference = controllerOf(object);
  const found = reference && snapshot.get(reference.kind, keyFor(reference.kind, object.metadata.namespace, reference.name));
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

/** The pods an owner counts: its own, and those of its ReplicaSets. */
export function podsOf(snapshot: Snapshot, owner: KubeObject): Pod[] {
  const uids = new Set([owner.metadata.uid]);
  if (owner.kind === 'Deployment') for (const set of setsOf(snapshot, owner as Deployment)) uids.add(set.metadata.uid);
  return (snapshot.list('Pod') as readonly Pod[]).filter((pod) => uids.has(controllerOf(pod)?.uid));
}

/** `rs/web`: how kubectl users name an object in a line. */
export function shortName({ kind, metadata }: KubeObject): string {
  const short: Readonly<Record<string, string>> = {
    Deployment: 'deploy',
    ReplicaSet: 'rs',
    ReplicationController: 'rc',
    StatefulSet: 'sts',
    DaemonSet: 'ds',
  };
  return `${short[kind] ?? kind.toLowerCase()}/${metadata.name}`;
}

/** ` -n ns` where an object is not in the default namespace. */
export function namespaceFlag({ metadata }: KubeObject): string {
  return metadata.namespace && metadata.namespace !== 'default' ? ` -n ${metadata.namespace}` : '';
}

/** Saves an edited object as `kubectl replace` does; what the server keeps is left out, so that a new status is no conflict. */
export function replaceLine(object: KubeObject): readonly [line: string, stdin: string] {
  const { resourceVersion: _version, ...metadata } = object.metadata;
  const { status: _status, ...rest } = object;
  return ['kubectl replace -f -', JSON.stringify({ ...rest, metadata }, undefined, 2)];
}
