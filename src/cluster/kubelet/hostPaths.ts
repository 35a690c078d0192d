// What a pod's hostPath volumes ask of its machine: that something of a type is there, or is made. Models pkg/volume/hostpath/host_path.go.
import type { PodSpec } from '../../kube/kinds/pod.ts';
import { absolutePath, type Disk, fileEntry, parentOf } from './shell/disk.ts';
import type { VolumeSource } from './volumes.ts';

const TYPES: Readonly<Record<string, string>> = {
  Directory: 'a directory',
  File: 'a file',
  Socket: 'a socket file',
  CharDevice: 'a character device',
  BlockDevice: 'a block device',
};
/** What every machine has; whatever a pod looks for below is taken to be there. */
const USUAL = /^\/(bin|boot|dev|etc|home|lib|lib64|opt|proc|root|run|sbin|srv|sys|tmp|usr|var)(\/|$)/;

/** Makes the files that are asked for; tells the first thing that is not there. */
export function hostPathProblem(spec: PodSpec, disk: Disk | undefined, nowMs: number): string | undefined {
  for (const volume of spec.volumes ?? []) {
    const { hostPath } = volume as VolumeSource;
    if (!hostPath || !disk) continue;
    const path = absolutePath(hostPath.path, '');
    const problem = hostPath.type === 'FileOrCreate' ? makeFile(disk, path, nowMs) : problemWith(disk, path, hostPath.type);
    if (problem !== undefined) return `MountVolume.SetUp failed for volume "${volume.name}" : ${problem}`;
  }
  return undefined;
}

function problemWith(disk: Disk, path: string, type = ''): string | undefined {
  const wanted = TYPES[type];
  const entry = disk.get(path);
  if (wanted === undefined || path === '' || (!entry && USUAL.test(path))) return undefined;
  const isRight = type === 'Directory' ? entry?.type === 'folder' : entry?.type === 'file';
  return isRight ? undefined : `hostPath type check failed: ${path} is not ${wanted}`;
}

function makeFile(disk: Disk, path: string, nowMs: number): string | undefined {
  const folder = parentOf(path);
  if (!disk.has(folder) && !USUAL.test(folder)) return `open ${path}: no such file or directory`;
  if (!disk.has(path)) disk.set(path, fileEntry('', nowMs));
  return undefined;
}
