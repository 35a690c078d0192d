// What a pod takes of its machine's memory and disk, and whether that has grown so much that the machine is worth a look.

import type { LiveWorker } from './liveWorker.ts';
import { type Disk, usedBytes } from './shell/disk.ts';
import type { Box } from './shell/process.ts';
import { usageOf } from './shell/runtime.ts';
import type { VolumeSource } from './volumes.ts';

/** Growth that is worth a look at the machine's memory or disk, or a record of what is inside. */
const GROWTH_BYTES = { memory: 16 * 2 ** 20, disk: 2 ** 30, record: 2 ** 20 };

/** A machine's containers are measured as they begin, when they have taken next to nothing, and again some seconds later. */
const FIRST_FIGURES_MS = 2000;
const FIRST_BYTES = 1;

/** What its containers take together. */
export function memoryBytesOf({ life: { sandbox }, world }: LiveWorker): number {
  return sandbox ? Object.keys(sandbox.boxes).reduce((sum, name) => sum + usageOf(sandbox, name, world).memoryBytes, 0) : 0;
}

/** What they are known to take: a container that grew within its first seconds has not been found out. */
export function knownMemoryBytesOf({ life: { sandbox }, world }: LiveWorker, nowMs: number): number {
  if (!sandbox) return 0;
  const known = ({ name, startedMs }: Box) =>
    nowMs < startedMs + FIRST_FIGURES_MS ? FIRST_BYTES : usageOf(sandbox, name, world).memoryBytes;
  return Object.values(sandbox.boxes).reduce((sum, box) => sum + known(box), 0);
}

/** What was written into its containers and its volumes on disk. */
export function diskBytesOf(worker: LiveWorker): number {
  const names = Object.keys(worker.life.sandbox?.boxes ?? {});
  return names.reduce((sum, name) => sum + layerBytesOf(worker, name), 0) + volumeBytesOf(worker);
}

export function layerBytesOf({ life: { sandbox } }: LiveWorker, container: string): number {
  return bytesOn(sandbox?.boxes[container]?.layer);
}

/** Of the volumes that live with the pod. */
export function volumeBytesOf({ life: { sandbox }, pod }: LiveWorker): number {
  const onDisk = (pod.spec.volumes ?? []).filter((volume) => (volume as VolumeSource).emptyDir && !sandbox?.memoryVolumes[volume.name]);
  return onDisk.reduce((sum, { name }) => sum + bytesOn(sandbox?.volumes[name]), 0);
}

export function bytesOn(disk: Disk | undefined): number {
  return disk ? usedBytes(disk) : 0;
}

/** Whether the pod takes noticeably more than when this was last asked. */
export function hasGrown(worker: LiveWorker, why: keyof typeof GROWTH_BYTES): boolean {
  const { grown } = worker.life;
  const bytes = why === 'disk' ? diskBytesOf(worker) : memoryBytesOf(worker);
  const isMore = bytes > grown[why] + GROWTH_BYTES[why];
  if (isMore || bytes < grown[why]) grown[why] = bytes;
  return isMore;
}
