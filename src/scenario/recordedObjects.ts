// The objects of a world as a recording keeps them: all of what a person made and what came of it, without what every cluster has.
import type { KubeObject, Snapshot } from '../kube/meta.ts';
import { inGoOrder } from './goOrder.ts';
import { inOrderOfCreation } from './placeholders.ts';

/** Real recordings list these kinds before all others, whichever came first. */
const FIRST_KINDS = ['Node', 'Event', 'Namespace', 'Deployment', 'ReplicaSet', 'Pod'];

type KindOfObjects = Readonly<Record<string, readonly KubeObject[]>>;

/** By kind, each in the order of creation. */
export function recordedObjects(snapshot: Snapshot): KindOfObjects {
  const objects: Record<string, readonly KubeObject[]> = {};
  for (const kind of new Set([...FIRST_KINDS, ...snapshot.tables])) {
    if (kind === 'Lease') continue;
    const kept = snapshot.list(kind).filter((object) => !isOfEveryCluster(object));
    if (kept.length > 0) objects[kind] = inOrderOfCreation(kept).map(inGoOrder);
  }
  return objects;
}

function isOfEveryCluster({ kind, metadata: { name, namespace = '', labels } }: KubeObject): boolean {
  if (namespace.startsWith('kube-')) return true;
  switch (kind) {
    case 'Namespace':
      return name === 'default' || name.startsWith('kube-');
    case 'Service':
      return namespace === 'default' && name === 'kubernetes';
    case 'EndpointSlice':
      return namespace === 'default' && (name === 'kubernetes' || labels?.['kubernetes.io/service-name'] === 'kubernetes');
    case 'ConfigMap':
      return name === 'kube-root-ca.crt';
    case 'ServiceAccount':
      return name === 'default';
    case 'PriorityClass':
      return name.startsWith('system-');
    default:
      return false;
  }
}
