// The registry of kinds: adding a kind is a file and a line here.
import type { Kind } from '../kind.ts';

const plain = (kind: string, apiVersion: string, plural: string, shortNames: string[], namespaced = true): Kind => ({
  kind,
  apiVersion,
  plural,
  singular: kind.toLowerCase(),
  shortNames,
  namespaced,
  hasStatus: kind !== 'Event',
  hasGeneration: kind !== 'Event' && kind !== 'Namespace' && kind !== 'Node',
  columns: [],
});

export const kinds: readonly Kind[] = [
  plain('Pod', 'v1', 'pods', ['po']),
  plain('Node', 'v1', 'nodes', ['no'], false),
  plain('Namespace', 'v1', 'namespaces', ['ns'], false),
  plain('Event', 'v1', 'events', ['ev']),
  plain('ReplicationController', 'v1', 'replicationcontrollers', ['rc']),
  plain('ReplicaSet', 'apps/v1', 'replicasets', ['rs']),
  plain('Deployment', 'apps/v1', 'deployments', ['deploy']),
];

const byKind = new Map(kinds.map((kind) => [kind.kind, kind]));

/** The kind of this exact name, e.g. `ReplicaSet`. */
export function findKind(kind: string): Kind | undefined {
  return byKind.get(kind);
}
