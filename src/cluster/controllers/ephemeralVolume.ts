// Makes the claims of pods that describe them inline (`ephemeral` volumes); such a claim belongs to its pod and goes with it.
// Models pkg/controller/volume/ephemeral/controller.go.
import { ApiError } from '../../kube/errors.ts';
import type { Pod, Volume } from '../../kube/kinds/pod.ts';
import { type ClaimSpec, ephemeralClaimName, type PersistentVolumeClaim } from '../../kube/kinds/volumes.ts';
import { controllerRefTo, type Key, type ObjectMeta } from '../../kube/meta.ts';
import type { Controller, ControllerContext } from '../controller.ts';
import { isEphemeral } from './watches.ts';

interface Ephemeral {
  readonly volumeClaimTemplate?: { readonly metadata?: Partial<ObjectMeta>; readonly spec: ClaimSpec };
}

export const ephemeralVolume: Controller = {
  name: 'ephemeral-volume-controller',
  eventSource: 'ephemeral_volume',
  watches: [
    { kind: 'Pod', keys: ({ key, before, after }) => (!before && (after as Pod).spec.volumes?.some(isEphemeral) ? [key] : []) },
    { kind: 'PersistentVolumeClaim', keys: ({ before, after }) => (after || !before ? [] : ownersOf(before as PersistentVolumeClaim)) },
  ],
  reconcile(key, ctx) {
    const pod = ctx.api.getByKey<Pod>(key);
    if (!pod || pod.metadata.deletionTimestamp !== undefined) return;
    for (const volume of pod.spec.volumes ?? []) if (isEphemeral(volume)) ensureClaim(pod, volume, ctx);
  },
};

function ownersOf({ metadata }: PersistentVolumeClaim): readonly Key[] {
  return (metadata.ownerReferences ?? [])
    .filter(({ kind, controller }) => kind === 'Pod' && controller)
    .map(({ name }) => `Pod/${metadata.namespace ?? ''}/${name}`);
}

function ensureClaim(pod: Pod, volume: Volume, ctx: ControllerContext): void {
  const { namespace, name: podName, uid } = pod.metadata;
  const name = ephemeralClaimName(pod, volume.name);
  try {
    const found = ctx.api.get<PersistentVolumeClaim>('PersistentVolumeClaim', namespace, name);
    if (!found) return create(pod, name, volume, ctx);
    if (found.metadata.ownerReferences?.some((owner) => owner.controller && owner.uid === uid)) return;
    throw new ApiError('Conflict', `PVC ${namespace}/${name} was not created for pod ${namespace}/${podName} (pod is not owner)`);
  } catch (error) {
    if (error instanceof ApiError) ctx.record(pod, 'Warning', 'FailedBinding', `ephemeral volume ${volume.name}: ${error.message}`);
    throw error;
  }
}

function create(pod: Pod, name: string, volume: Volume, ctx: ControllerContext): void {
  const { metadata = {}, spec = {} } = (volume['ephemeral'] as Ephemeral).volumeClaimTemplate ?? {};
  const { labels, annotations } = metadata;
  const { namespace } = pod.metadata;
  ctx.api.create<PersistentVolumeClaim>({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: {
      name,
      ...(namespace === undefined ? {} : { namespace }),
      ...(labels ? { labels } : {}),
      ...(annotations ? { annotations } : {}),
      ownerReferences: [controllerRefTo(pod)],
    },
    spec,
    status: {},
  });
}
