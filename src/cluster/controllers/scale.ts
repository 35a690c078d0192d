// What controllers ask of the scale of an owner of pods. Models client-go/scale.
import type { ScalePaths } from '../../kube/kind.ts';
import { type KubeObject, tableOf } from '../../kube/meta.ts';
import { mergePatch } from '../../kube/patch.ts';
import { numberAt, scalePatch } from '../../kube/scale.ts';
import type { ApiServer } from '../apiServer.ts';

/** An object that has a number of replicas. */
export interface Scalable {
  readonly object: KubeObject;
  readonly paths: ScalePaths;
  readonly replicas: number;
}

/** The object that a reference names, if it exists, is of that version and can be scaled. */
export function scalable(
  api: ApiServer,
  reference: { readonly apiVersion?: string; readonly kind: string; readonly name: string },
  namespace: string | undefined,
): Scalable | undefined {
  const { kind: kindName, apiVersion, name } = reference;
  const kind = apiVersion === undefined ? api.kinds.find(kindName) : api.kinds.findIn(apiVersion, kindName);
  if (!kind?.scale) return undefined;
  const object = api.get<KubeObject>(tableOf(kind), namespace, name);
  return object && { object, paths: kind.scale, replicas: numberAt(object, kind.scale.specReplicasPath) ?? 1 };
}

export function rescale(api: ApiServer, { object, paths }: Scalable, replicas: number): void {
  api.update(mergePatch(object, scalePatch(paths, replicas)) as KubeObject, { trusted: true });
}
