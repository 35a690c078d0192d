// The scale subresource: one way to set the number of replicas of whatever has one.
// Models pkg/registry/apps/deployment/storage ScaleREST and apiextensions-apiserver/pkg/registry/customresource/etcd.go.
import { ApiError } from '../kube/errors.ts';
import type { KubeObject } from '../kube/meta.ts';
import { patchedObject } from '../kube/patch.ts';
import { numberAt, scalePatch } from '../kube/scale.ts';
import type { ApiServer } from './apiServer.ts';
import type { ApiRequest } from './intents.ts';
import type { WriteOptions } from './writeOptions.ts';

type PatchRequest = Extract<ApiRequest, { verb: 'patch' }>;

interface Scale extends KubeObject {
  readonly spec: { readonly replicas?: number };
}

/** Patches the scale of an object. Returns the object itself, with its new number. */
export function patchScale(
  api: ApiServer,
  { kind: kindName, namespace, name, patch, type }: PatchRequest,
  options: WriteOptions,
): KubeObject {
  const object = api.mustGet<KubeObject>(kindName, namespace, name);
  const paths = api.kinds.find(kindName)?.scale;
  if (!paths) throw new ApiError('NotFound', 'the server could not find the requested resource');
  const replicas = numberAt(object, paths.specReplicasPath);
  if (replicas === undefined) {
    const path = JSON.stringify(paths.specReplicasPath);
    throw new ApiError('InternalError', `Internal error occurred: the spec replicas field ${path} does not exist`);
  }
  const scale: Scale = { apiVersion: 'autoscaling/v1', kind: 'Scale', metadata: object.metadata, spec: { replicas } };
  const wanted = patchedObject(scale, patch, type).spec.replicas ?? 0;
  return api.patch(kindName, namespace, name, scalePatch(paths, wanted), 'merge', { ...options, subresource: 'scale' });
}
