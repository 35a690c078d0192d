// Objects that a server serves and that are not stored here: they follow from what is. The leases by which kubelets tell that they
// are alive, and how the parts of the control plane do. Models pkg/kubelet/nodelease and pkg/registry/core/componentstatus.
import { EPOCH_MS, type KubeObject, toTimestamp } from '../kube/meta.ts';
import type { Client } from './command.ts';

const LEASE_SECONDS = 40;
const LEASE_NAMESPACE = 'kube-node-lease';

const readers: Readonly<Record<string, (client: Client) => readonly KubeObject[]>> = {
  Lease: nodeLeases,
  ComponentStatus: () => ['controller-manager', 'etcd-0', 'scheduler'].map(healthy),
};

/** The objects of a kind that no write has made. */
export function derivedObjects(kind: string, client: Client): readonly KubeObject[] {
  return readers[kind]?.(client) ?? [];
}

/** One of a node whose kubelet has ever been heard of. */
function nodeLeases(client: Client): KubeObject[] {
  return client
    .snapshot()
    .list('Node')
    .flatMap((node): KubeObject[] => {
      const { name, uid = '', creationTimestamp = toTimestamp(0), resourceVersion = '' } = node.metadata;
      const renewMs = client.leaseRenewMs?.(name);
      if (renewMs === undefined) return [];
      const owner = { apiVersion: 'v1', kind: 'Node', name, uid };
      const metadata = { creationTimestamp, name, namespace: LEASE_NAMESPACE, ownerReferences: [owner], resourceVersion };
      const renewTime = new Date(EPOCH_MS + renewMs).toISOString().replace('Z', '000Z');
      const spec = { holderIdentity: name, leaseDurationSeconds: LEASE_SECONDS, renewTime };
      return [{ apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata, spec }];
    });
}

function healthy(name: string): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'ComponentStatus',
    metadata: { name },
    conditions: [{ message: 'ok', status: 'True', type: 'Healthy' }],
  } as KubeObject;
}
