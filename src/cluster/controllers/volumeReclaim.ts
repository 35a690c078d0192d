// What becomes of a volume whose claim is gone. Models reclaimVolume of pkg/controller/volume/persistentvolume/pv_controller.go.
// Leaves out: the pod that empties a volume to be recycled, which is taken to have done its work at once.
import { type PersistentVolume, PROVISIONED_BY } from '../../kube/kinds/volumes.ts';
import type { ControllerContext } from '../controller.ts';
import { setVolumePhase, unbind } from './volumeBinding.ts';

/** Kinds of volumes that Kubernetes itself can empty. */
const RECYCLABLE = ['hostPath', 'nfs'];

export function reclaim(volume: PersistentVolume, ctx: ControllerContext): void {
  // A failure stays to be seen.
  const released = volume.status.phase === 'Failed' ? volume : setVolumePhase(volume, 'Released', '', ctx);
  const policy = released.spec.persistentVolumeReclaimPolicy;
  if (policy === 'Delete') remove(released, ctx);
  if (policy === 'Recycle') recycle(released, ctx);
}

/** The claim of a volume is bound elsewhere: a volume made for it goes, any other is free again, or waits for its claim. */
export function letGo(volume: PersistentVolume, ctx: ControllerContext): void {
  const isMadeForIt = volume.metadata.annotations?.[PROVISIONED_BY] !== undefined && volume.spec.persistentVolumeReclaimPolicy === 'Delete';
  if (isMadeForIt) reclaim(volume, ctx);
  else unbind(volume, ctx);
}

/** Volumes that a driver made or serves are deleted by it; no other can be. */
function remove(volume: PersistentVolume, ctx: ControllerContext): void {
  if (volume.metadata.annotations?.[PROVISIONED_BY] !== undefined || volume.spec['csi']) return;
  const { path } = (volume.spec['hostPath'] ?? {}) as { readonly path?: string };
  if (path === undefined) {
    const text = `error getting deleter volume plugin for volume "${volume.metadata.name}": no deletable volume plugin matched`;
    return fail(volume, 'VolumeFailedDelete', text, ctx);
  }
  if (!/^\/tmp\/.+/.test(path))
    return fail(volume, 'VolumeFailedDelete', `host_path deleter only supports /tmp/.+ but received provided ${path}`, ctx);
  if (volume.metadata.deletionTimestamp === undefined) ctx.api.delete('PersistentVolume', undefined, volume.metadata.name);
}

function recycle(volume: PersistentVolume, ctx: ControllerContext): void {
  if (!RECYCLABLE.some((source) => volume.spec[source] !== undefined)) {
    return fail(volume, 'VolumeFailedRecycle', 'No recycler plugin found for the volume!', ctx);
  }
  ctx.record(volume, 'Normal', 'VolumeRecycled', 'Volume recycled');
  unbind(volume, ctx);
}

function fail(volume: PersistentVolume, reason: string, message: string, ctx: ControllerContext): void {
  if (volume.status.phase === 'Failed') return;
  ctx.record(setVolumePhase(volume, 'Failed', message, ctx), 'Warning', reason, message);
}
