// What every cluster has before anybody asks for anything.
// Models pkg/controlplane/controller/systemnamespaces and pkg/registry/scheduling/rest/storage_scheduling.go.
import { type KubeObject, keyOf } from '../kube/meta.ts';
import type { ApiServer } from './apiServer.ts';
import { apiServerObjects } from './apiServerObjects.ts';

const NAMESPACES = ['default', 'kube-system', 'kube-public', 'kube-node-lease'];
const PRIORITY_CLASSES = [
  ['system-node-critical', 2_000_001_000, 'Used for system critical pods that must not be moved from their current node.'],
  [
    'system-cluster-critical',
    2_000_000_000,
    'Used for system critical pods that must run in the cluster, but can be moved to another node if necessary.',
  ],
] as const;

/** The class of volumes that playground clusters come with: claims that name none get a volume at once. */
const STANDARD_STORAGE = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: 'standard', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
  provisioner: 'podarium.dev/fake',
};

/**
 * Creates the namespaces, the priority classes of the system, and the service of the API server; and a default StorageClass if asked for.
 * What is there already stays as it is.
 */
export function bootstrap(api: ApiServer, hasStorage = false): void {
  const create = (object: KubeObject): void => {
    if (!api.getByKey(keyOf(object))) api.create(object, { trusted: true });
  };
  for (const name of NAMESPACES) create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  for (const [name, value, description] of PRIORITY_CLASSES) {
    const priorityClass = { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name }, value, description };
    create({ ...priorityClass, preemptionPolicy: 'PreemptLowerPriority' } as KubeObject);
  }
  const [service, endpoints, endpointsObject] = apiServerObjects;
  create(service);
  create(endpoints);
  if (hasStorage) create(STANDARD_STORAGE);
  create(endpointsObject);
}
