// Pods that write more than their limits let them: an emptyDir with a size limit, containers with limits of ephemeral storage.
// Models pkg/kubelet/eviction/eviction_manager.go localStorageEviction. Writing itself is not stopped.
import { valueOf } from '../../kube/quantity.ts';
import { evictPod } from './evictPod.ts';
import type { LiveWorker } from './liveWorker.ts';
import { type Disk, usedBytes } from './shell/disk.ts';
import type { VolumeSource } from './volumes.ts';

/** The kubelet looks every ten seconds, at numbers that are up to a minute old. */
const LOOK_MS = { min: 12_000, span: 11_000 };
/** A pod that writes too much is given no more than this. */
const GRACE_MS = 1000;

/** Something was written: the pod's numbers are looked at some time later. */
export function checkStorageLater(worker: LiveWorker): void {
  const { life } = worker;
  if (life.isStorageCheckDue || !hasLimits(worker)) return;
  life.isStorageCheckDue = true;
  worker.after(LOOK_MS.min + worker.random('storage') * LOOK_MS.span, 'storage');
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
function excessOf({ life: { sandbox }, pod }: LiveWorker): string | undefined {
  if (!sandbox) return undefined;
  const used = (disk: Disk | undefined) => (disk ? usedBytes(disk) : 0);
  for (const volume of pod.spec.volumes ?? []) {
    const limit = sizeLimitOf(volume as VolumeSource);
    if (limit !== undefined && used(sandbox.volumes[volume.name]) > valueOf(limit)) {
      return `Usage of EmptyDir volume "${volume.name}" exceeds the limit "${limit}". `;
    }
  }
  const limits = pod.spec.containers.map(({ resources }) => resources?.limits?.['ephemeral-storage']);
  const layers = pod.spec.containers.map(({ name }) => used(sandbox.boxes[name]?.layer));
  const emptyDirs = (pod.spec.volumes ?? []).filter((volume) => (volume as VolumeSource).emptyDir?.medium !== 'Memory');
  const volumes = emptyDirs.reduce((sum, { name }) => sum + ((sandbox.memoryVolumes[name] ? 0 : used(sandbox.volumes[name])) || 0), 0);
  const total = layers.reduce((sum, bytes) => sum + bytes, 0) + volumes;
  if (limits.every((limit) => limit !== undefined)) {
    const most = limits.reduce<number>((sum, limit) => sum + valueOf(limit), 0);
    const text = limits.length === 1 ? String(limits[0]) : String(most);
    if (total > most) return `Pod ephemeral local storage usage exceeds the total limit of containers ${text}. `;
  }
  const over = pod.spec.containers.findIndex((_, i) => limits[i] !== undefined && (layers[i] as number) > valueOf(limits[i]));
  if (over < 0) return undefined;
  return `Container ${pod.spec.containers[over]?.name} exceeded its local ephemeral storage limit "${limits[over]}". `;
}
