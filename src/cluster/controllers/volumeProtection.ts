// Lets claims and volumes that are being deleted go once nobody uses them: a claim when no pod that was placed mounts it, a volume
// when it is bound no more. Models pkg/controller/volume/{pvcprotection,pvprotection}.
import type { Pod } from '../../kube/kinds/pod.ts';
import { claimNamesOf, type PersistentVolume, type PersistentVolumeClaim } from '../../kube/kinds/volumes.ts';
import { type Change, type Key, type KubeObject, keyFor } from '../../kube/meta.ts';
import { CLAIM_FINALIZER, VOLUME_FINALIZER } from '../admission/storageProtection.ts';
import type { Controller, ControllerContext } from '../controller.ts';

export const claimProtection: Controller = {
  name: 'persistentvolumeclaim-protection-controller',
  watches: [
    { kind: 'PersistentVolumeClaim', keys: leaving },
    { kind: 'Pod', keys: claimsOfGonePod },
  ],
  reconcile(key, ctx) {
    const claim = ctx.api.getByKey<PersistentVolumeClaim>(key);
    if (!claim || claim.metadata.deletionTimestamp === undefined) return;
    const { namespace = '', name } = claim.metadata;
    // A pod without a node will not get one while its claim is being deleted; a finished one still holds its volumes.
    if (ctx.api.podsUsingClaim(namespace, name).some((pod) => pod.spec.nodeName)) return;
    removeFinalizer(claim, CLAIM_FINALIZER, ctx);
  },
};

export const volumeProtection: Controller = {
  name: 'persistentvolume-protection-controller',
  watches: [{ kind: 'PersistentVolume', keys: leaving }],
  reconcile(key, ctx) {
    const volume = ctx.api.getByKey<PersistentVolume>(key);
    if (!volume || volume.metadata.deletionTimestamp === undefined || volume.status.phase === 'Bound') return;
    removeFinalizer(volume, VOLUME_FINALIZER, ctx);
  },
};

function leaving({ key, after }: Change): readonly Key[] {
  return after?.metadata.deletionTimestamp === undefined ? [] : [key];
}

function claimsOfGonePod({ before, after }: Change, ctx: ControllerContext): readonly Key[] {
  if (after || !before) return [];
  return claimNamesOf(before as Pod)
    .map((name) => keyFor('PersistentVolumeClaim', before.metadata.namespace, name))
    .filter((key) => ctx.api.getByKey<KubeObject>(key)?.metadata.deletionTimestamp !== undefined);
}

function removeFinalizer(object: KubeObject, finalizer: string, ctx: ControllerContext): void {
  const { finalizers = [], ...metadata } = object.metadata;
  if (!finalizers.includes(finalizer)) return;
  const left = finalizers.filter((each) => each !== finalizer);
  ctx.api.update({ ...object, metadata: left.length > 0 ? { ...metadata, finalizers: left } : metadata }, { trusted: true });
}
