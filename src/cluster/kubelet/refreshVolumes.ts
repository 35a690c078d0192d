// Files made of ConfigMaps, Secrets and of the pod itself follow them with the kubelet's next look at the pod: at the latest half a minute
// to a minute and a half later.
// What is mounted by its sub path stays as it was. Models pkg/volume/util/atomic_writer.go and the kubelet's sync period.

import { isEqual } from '../../base/equal.ts';
import type { Pod } from '../../kube/kinds/pod.ts';
import { writeInside } from './insideRecord.ts';
import type { LiveWorker } from './liveWorker.ts';
import type { Disk } from './shell/disk.ts';
import { diskOfObjects, isMadeOfObjects } from './volumes.ts';

const REFRESH_MS = { min: 20_000, span: 60_000 };

/** An object from which files may be made was changed: the pod's volumes are made anew some time later. */
export function refreshLater(worker: LiveWorker): void {
  const { life } = worker;
  if (life.isRefreshDue || !hasObjectVolumes(worker.pod)) return;
  life.isRefreshDue = true;
  worker.after(REFRESH_MS.min + worker.random('refresh') * REFRESH_MS.span, 'refresh');
}

function hasObjectVolumes({ spec }: Pod): boolean {
  return (spec.volumes ?? []).some((volume) => !volume.name.startsWith('kube-api-access-') && isMadeOfObjects(volume));
}

export function refreshVolumes(worker: LiveWorker): void {
  const { life, pod, nowMs } = worker;
  life.isRefreshDue = false;
  if (!life.sandbox || !hasObjectVolumes(worker.pod) || worker.missingVolume() !== undefined) return;
  const facts = { ...worker.environmentSources(), nowMs };
  for (const volume of pod.spec.volumes ?? []) {
    const old = life.sandbox.volumes[volume.name];
    if (!old || !isMadeOfObjects(volume)) continue;
    const fresh = diskOfObjects(volume, facts);
    if (isEqual(textsOn(fresh), textsOn(old))) continue;
    for (const path of old.keys()) if (path !== '' && !isPinned(worker, volume.name, path)) old.delete(path);
    for (const [path, entry] of fresh) old.set(path, entry);
    life.untold.push({ type: 'write', box: '', disk: volume.name, path: '/..data' });
  }
  if (life.untold.length > 0) writeInside(worker);
}

/** What can be read under the names that do not change. */
function textsOn(disk: Disk): Record<string, string> {
  const stamp = `/${disk.get('/..data')?.text ?? ''}`;
  const files = [...disk].filter(([path, { type }]) => type === 'file' && path.startsWith(stamp));
  return Object.fromEntries(files.map(([path, { text }]) => [path.slice(stamp.length), text]));
}

/** What a container has mounted by itself stays there for it, though its folder is gone; a folder loses what is in it. */
function isPinned({ life }: LiveWorker, volume: string, path: string): boolean {
  const boxes = Object.values(life.sandbox?.boxes ?? {});
  return boxes.some(({ mounts }) => mounts.some(({ disk, folder }) => disk === volume && folder === path));
}
