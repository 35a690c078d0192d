// What containers take of processor and memory, and what happens to them when memory runs out.
import { usedBytes } from './disk.ts';
import type { Kernel } from './kernel.ts';
import type { Box, Process } from './process.ts';
import { processesOf } from './sandbox.ts';

/** What a process takes that does not say more: a shell, a small tool. */
const MEMORY_BYTES_DEFAULT = 400 * 1024;
/** What a container takes beside its processes. */
const MEMORY_BYTES_BOX = 200 * 1024;
const CPU_BUSY_MILLI = 1000;

export function cpuMilliOf(kernel: Kernel, box: Box): number {
  let sum = box.busyUntilMs > kernel.nowMs ? CPU_BUSY_MILLI : 0;
  for (const process of processesOf(kernel.sandbox, box.name)) if (!process.isStopped) sum += process.cpuMilli;
  return Math.min(sum, box.cpuLimitMilli ?? Number.POSITIVE_INFINITY);
}

export function memoryBytesOf(kernel: Kernel, box: Box): number {
  let sum = MEMORY_BYTES_BOX + memoryVolumeBytes(kernel, box);
  for (const process of processesOf(kernel.sandbox, box.name)) sum += process.memoryBytes || MEMORY_BYTES_DEFAULT;
  return sum;
}

/** A volume in memory counts for the first container that has it. */
function memoryVolumeBytes({ sandbox }: Kernel, box: Box): number {
  let sum = 0;
  for (const volume of Object.keys(sandbox.memoryVolumes)) {
    const disk = sandbox.volumes[volume];
    const owner = Object.values(sandbox.boxes).find((each) => each.mounts.some((mount) => mount.disk === volume));
    if (disk && owner?.name === box.name) sum += usedBytes(disk);
  }
  return sum;
}

/** Adds up the processor time until now, before anything changes. */
export function accountTime(kernel: Kernel): void {
  for (const box of Object.values(kernel.sandbox.boxes)) {
    // What was busy until now was so since the last time.
    const busy =
      box.busyUntilMs > box.cpuAtMs
        ? CPU_BUSY_MILLI * Math.min(1, (box.busyUntilMs - box.cpuAtMs) / Math.max(1, kernel.nowMs - box.cpuAtMs))
        : 0;
    let sum = box.exitCode === undefined ? busy : 0;
    for (const process of processesOf(kernel.sandbox, box.name)) if (!process.isStopped) sum += process.cpuMilli;
    box.cpuMs += (Math.min(sum, box.cpuLimitMilli ?? sum) * (kernel.nowMs - box.cpuAtMs)) / 1000;
    box.cpuAtMs = kernel.nowMs;
  }
}

/** Kills the largest process of a container that is over its limit; true: one was killed. As with cgroup v1, only that one, but whatever
 *  the container then ends with, it is said to have been killed for it. */
export function enforceMemory(kernel: Kernel): boolean {
  let isKilled = false;
  for (const box of Object.values(kernel.sandbox.boxes)) {
    if (box.memoryLimitBytes === undefined || memoryBytesOf(kernel, box) <= box.memoryLimitBytes) continue;
    const victim = largest(processesOf(kernel.sandbox, box.name));
    if (!victim) continue;
    box.isOomKilled = true;
    if (victim.id !== box.main) kernel.happenings.push({ type: 'oom', box: box.name });
    kernel.end(victim, 137, 'KILL');
    isKilled = true;
  }
  return isKilled;
}

function largest(processes: readonly Process[]): Process | undefined {
  let found: Process | undefined;
  for (const process of processes) if (!found || process.memoryBytes > found.memoryBytes) found = process;
  return found;
}
