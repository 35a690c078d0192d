// When a kubelet looks at what its pods have written: some time after they wrote, and only further where a limit may be passed.
// Models pkg/kubelet/eviction/eviction_manager.go localStorageEviction.
import { pressure } from './late.ts';
import type { LiveWorker } from './liveWorker.ts';
import type { VolumeSource } from './volumes.ts';

/** The kubelet looks every ten seconds, at numbers that are up to a minute old. */
const LOOK_MS = { min: 12_000, span: 11_000 };

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
  if (hasLimits(worker)) pressure.get().evictOverLimit(worker);
}

function hasLimits({ pod }: LiveWorker): boolean {
  return (
    pod.spec.containers.some(({ resources }) => resources?.limits?.['ephemeral-storage'] !== undefined) ||
    (pod.spec.volumes ?? []).some((volume) => sizeLimitOf(volume as VolumeSource) !== undefined)
  );
}

export function sizeLimitOf({ emptyDir }: VolumeSource): string | undefined {
  return emptyDir?.medium === 'Memory' ? undefined : emptyDir?.sizeLimit;
}
