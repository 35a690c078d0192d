// The objects of a world as a recording keeps them: all of what a person made and what came of it, without what every cluster has.
import { POD_INSIDE } from '../kube/inside.ts';
import type { KubeObject, Snapshot } from '../kube/meta.ts';
import { inGoOrder } from './goOrder.ts';
import { inOrderOfCreation } from './placeholders.ts';

type KindOfObjects = Readonly<Record<string, readonly KubeObject[]>>;

const UNTOLD: readonly string[] = ['Lease', 'Endpoints', POD_INSIDE];

/** By kind, each in the order of creation; the kind whose oldest object is oldest comes first. */
export function recordedObjects(snapshot: Snapshot): KindOfObjects {
  const objects: Record<string, KubeObject[]> = {};
  const kept = snapshot.tables.filter((kind) => !UNTOLD.includes(kind)).flatMap((kind) => snapshot.list(kind));
  for (const object of inOrderOfCreation(kept.filter((object) => !isOfEveryCluster(object)))) {
    const { kind } = object;
    objects[kind] ??= [];
    objects[kind].push(inGoOrder(object));
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
