// How many replicas an owner of pods is set to: what a server answers at the scale subresource.
// Models pkg/registry/{apps,core}/*/storage and client-go/scale.
import { findKind } from '../../kube/kinds/index.ts';
import type { KubeObject } from '../../kube/meta.ts';
import type { ApiServer } from '../apiServer.ts';

const SCALABLE = new Set(['Deployment', 'ReplicaSet', 'ReplicationController', 'StatefulSet']);

export interface Scalable extends KubeObject {
  readonly spec: { readonly replicas?: number };
  readonly status?: { readonly replicas?: number };
}

/** Whether objects of this kind have a number of replicas. */
export function isScalable(kind: string): boolean {
  return SCALABLE.has(kind);
}

/** The object that a reference names, if it exists, is of that version and can be scaled. */
export function scalable(
  api: ApiServer,
  reference: { readonly apiVersion?: string; readonly kind: string; readonly name: string },
  namespace: string | undefined,
): Scalable | undefined {
  const { kind, apiVersion, name } = reference;
  if (!isScalable(kind) || (apiVersion !== undefined && findKind(kind)?.apiVersion !== apiVersion)) return undefined;
  return api.get<Scalable>(kind, namespace, name);
}
