// Pods that write more than their limits let them: an emptyDir with a size limit, containers with limits of ephemeral storage.
// Models pkg/kubelet/eviction/eviction_manager.go localStorageEviction. Writing itself is not stopped.
import { addQuantities, valueOf } from '../../kube/quantity.ts';
import { evictPod } from './evictPod.ts';
import type { LiveWorker } from './liveWorker.ts';
import { bytesOn, diskBytesOf, layerBytesOf } from './resourceUse.ts';
import type { VolumeSource } from './volumes.ts';

/** The kubelet looks every ten seconds, at numbers that are up to a minute old. */
const LOOK_MS = { min: 12_000, span: 11_000 };
/** A pod that writes too much is given no more than this. */
const GRACE_MS = 1000;

/** Something was written: the pod's numbers are looked at some time later. */
export function checkStorageLater(worker: LiveWorker): void {
  const { life } = worker;
  if (life.isStorageCheckDue) return;
  life.isStorageCheckDue = true;
  const late = hasLimits(worker) ? worker.random('storage') * LOOK_MS.span : 0;
  worker.after(LOOK_MS.min + late, 'storage');
}

export function checkStorage(worker: LiveWorker): void {
  worker.life.isStorageCheckDue = false;
  const message = excessOf(worker);
  if (message !== undefined) evictPod(worker, message, { graceMs: GRACE_MS, isPressed: false });
}

function hasLimits({ pod }: LiveWorker): boolean {
  return (
    pod.spec.containers.some(({ resources }) => resources?.limits?.['ephemeral-storage'] !== undefined) ||
    (pod.spec.volumes ?? []).some((volume) => sizeLimitOf(volume as VolumeSource) !== undefined)
  );
}

function sizeLimitOf({ emptyDir }: VolumeSource): string | undefined {
  return emptyDir?.medium === 'Memory' ? undefined : emptyDir?.sizeLimit;
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
