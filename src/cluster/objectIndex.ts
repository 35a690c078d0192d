// The indexes of the live objects: by namespace, by owner, without an owner, by node, by claim mounted. They hold keys in the order in which objects
// came into them, and follow from the objects alone, so a checkpoint need not keep them.
import type { Pod } from '../kube/kinds/pod.ts';
import { claimNamesOf } from '../kube/kinds/volumes.ts';
import { controllerOf, type Key, type KubeObject, tableOf } from '../kube/meta.ts';

const NONE: ReadonlySet<Key> = new Set();

export class ObjectIndex {
  private readonly byNamespace = new Map<string, Set<Key>>();
  /** The objects themselves: a controller reads all that it owns each time it looks. */
  private readonly byOwner = new Map<string, Map<Key, KubeObject>>();
  private readonly byNode = new Map<string, Set<Key>>();
  private readonly byClaim = new Map<string, Set<Key>>();
  private readonly withoutController = new Map<string, Set<Key>>();

  inNamespace(kind: string, namespace: string): ReadonlySet<Key> {
    return this.byNamespace.get(`${kind}/${namespace}`) ?? NONE;
  }

  ownedBy(uid: string): Iterable<KubeObject> {
    return this.byOwner.get(uid)?.values() ?? [];
  }

  orphans(kind: string, namespace: string | undefined): ReadonlySet<Key> {
    return this.withoutController.get(`${kind}/${namespace ?? ''}`) ?? NONE;
  }

  onNode(nodeName: string): ReadonlySet<Key> {
    return this.byNode.get(nodeName) ?? NONE;
  }

  /** Pods that mount the claim. */
  ofClaim(namespace: string, name: string): ReadonlySet<Key> {
    return this.byClaim.get(`${namespace}/${name}`) ?? NONE;
  }

  /** The names that pods are bound to, whether such nodes exist or not; sorted. */
  nodeNamesWithPods(): string[] {
    const names: string[] = [];
    for (const [name, keys] of this.byNode) if (keys.size > 0) names.push(name);
    return names.sort();
  }

  clear(): void {
    for (const index of [this.byNamespace, this.byOwner, this.byNode, this.byClaim, this.withoutController]) index.clear();
  }

  /** Follows one change of the object with this key. */
  update(key: Key, before: KubeObject | undefined, after: KubeObject | undefined): void {
    const isBornOrGone = !before || !after;
    const areOwnersNew = before?.metadata.ownerReferences !== after?.metadata.ownerReferences;
    if (isBornOrGone) move(this.byNamespace, key, before && namespaceIndexOf(before), after && namespaceIndexOf(after));
    if (areOwnersNew) for (const { uid } of before?.metadata.ownerReferences ?? []) this.byOwner.get(uid)?.delete(key);
    for (const { uid } of after?.metadata.ownerReferences ?? []) this.own(uid, key, after as KubeObject);
    if (isBornOrGone || areOwnersNew) {
      move(this.withoutController, key, before && orphanIndexOf(before), after && orphanIndexOf(after));
    }
    if (tableOf((before ?? after) as KubeObject) === 'Pod') {
      move(this.byNode, key, (before as Pod | undefined)?.spec.nodeName, (after as Pod | undefined)?.spec.nodeName);
      if (isBornOrGone) this.updateClaims(key, before as Pod | undefined, after as Pod | undefined);
    }
  }

  /** An object that was there keeps its place. */
  private own(uid: string, key: Key, object: KubeObject): void {
    const owned = this.byOwner.get(uid);
    if (owned) owned.set(key, object);
    else this.byOwner.set(uid, new Map([[key, object]]));
  }

  /** A pod's volumes never change, so it comes in when it is born and goes out when it is gone. */
  private updateClaims(key: Key, before: Pod | undefined, after: Pod | undefined): void {
    const pod = (before ?? after) as Pod;
    for (const name of claimNamesOf(pod)) {
      const at = `${pod.metadata.namespace ?? ''}/${name}`;
      move(this.byClaim, key, before && at, after && at);
    }
  }
}

function move(index: Map<string, Set<Key>>, key: Key, from: string | undefined, to: string | undefined): void {
  if (from === to) return;
  if (from !== undefined) index.get(from)?.delete(key);
  if (to === undefined) return;
  const keys = index.get(to);
  if (keys) keys.add(key);
  else index.set(to, new Set([key]));
}

function namespaceIndexOf(object: KubeObject): string | undefined {
  const { namespace } = object.metadata;
  return namespace && `${tableOf(object)}/${namespace}`;
}

/** Where an object that no controller owns is indexed. Events, which nobody adopts, are left out. */
function orphanIndexOf(object: KubeObject): string | undefined {
  return object.kind === 'Event' || controllerOf(object) ? undefined : `${tableOf(object)}/${object.metadata.namespace ?? ''}`;
}
