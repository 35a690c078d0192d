// Pods that write more than their limits let them: an emptyDir with a size limit, containers with limits of ephemeral storage.
// Models pkg/kubelet/eviction/eviction_manager.go localStorageEviction. Writing itself is not stopped.
import { addQuantities, valueOf } from '../../kube/quantity.ts';
import { evictPod } from './evictPod.ts';
import type { LiveWorker } from './liveWorker.ts';
import { bytesOn, diskBytesOf, layerBytesOf } from './resourceUse.ts';
import { sizeLimitOf } from './storageLook.ts';
import type { VolumeSource } from './volumes.ts';

/** A pod that writes too much is given no more than this. */
const GRACE_MS = 1000;

/** Ends a pod that has written more than it may. */
export function evictOverLimit(worker: LiveWorker): void {
  const message = excessOf(worker);
  if (message !== undefined) evictPod(worker, message, { graceMs: GRACE_MS, isPressed: false });
}

/** Which limit is passed, in the kubelet's words. */
function excessOf(worker: LiveWorker): string | undefined {
  const {
    life: { sandbox },
    pod: { spec },
  } = worker;
  if (!sandbox) return undefined;
  for (const volume of spec.volumes ?? []) {
    const limit = sizeLimitOf(volume as VolumeSource);
    if (limit !== undefined && bytesOn(sandbox.volumes[volume.name]) > valueOf(limit)) {
      return `Usage of EmptyDir volume "${volume.name}" exceeds the limit "${limit}". `;
    }
  }
  const limits = spec.containers.map(({ resources }) => resources?.limits?.['ephemeral-storage']);
  const together = limits.reduce((sum, limit) => (sum === undefined || limit === undefined ? (sum ?? limit) : addQuantities(sum, limit)));
  if (together !== undefined && diskBytesOf(worker) > valueOf(together)) {
    return `Pod ephemeral local storage usage exceeds the total limit of containers ${together}. `;
  }
  const over = spec.containers.findIndex(({ name }, i) => limits[i] !== undefined && layerBytesOf(worker, name) > valueOf(limits[i]));
  if (over < 0) return undefined;
  return `Container ${spec.containers[over]?.name} exceeded its local ephemeral storage limit "${limits[over]}". `;
}
