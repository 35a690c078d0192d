// The volumes of a pod as they are drawn: what each comes from, whether it outlives the pod, and the files on it. Where the kubelet has
// not told what is on a disk, the files of ConfigMaps and Secrets are known from those objects.
import type { Disk, FileEntry, PodInside } from '../../kube/inside.ts';
import type { ConfigMap } from '../../kube/kinds/configMap.ts';
import type { Event } from '../../kube/kinds/event.ts';
import type { Pod, Volume } from '../../kube/kinds/pod.ts';
import type { Secret } from '../../kube/kinds/secret.ts';
import { ephemeralClaimName } from '../../kube/kinds/volumes.ts';
import { keyFor, type Snapshot } from '../../kube/meta.ts';
import { isTokenVolume } from './containers.ts';
import type { FileBox, VolumeBox, VolumeType } from './model.ts';

export function volumesOf(pod: Pod, inside: PodInside | undefined, snapshot: Snapshot, complaints: readonly Event[]): readonly VolumeBox[] {
  const disks = diskKeys(pod, inside);
  return (pod.spec.volumes ?? [])
    .filter(({ name }) => !isTokenVolume(name))
    .map((volume) => {
      const { name } = volume;
      const { type, source } = originOf(volume, pod);
      const at = { disk: disks.get(name) ?? name, folder: type === 'hostPath' ? source.replace(/\/+$/, '') : '' };
      const disk = inside?.volumes[at.disk];
      return {
        id: `volume/${name}`,
        name,
        type,
        source,
        isOutside: type === 'claim' || type === 'hostPath',
        ...at,
        files: disk ? filesOn(name, disk, at.folder) : filesOfObject(name, type, source, pod, snapshot),
        ...complaintAbout(name, pod, complaints),
      };
    });
}

/** Until all volumes are mounted the pod has no address. */
function complaintAbout(volume: string, { status }: Pod, complaints: readonly Event[]): Pick<VolumeBox, 'complaint'> {
  if (status.podIP !== undefined) return {};
  const start = `MountVolume.SetUp failed for volume "${volume}" : `;
  const event = complaints.findLast(({ message }) => message.startsWith(start));
  return event ? { complaint: event.message.slice(start.length) } : {};
}

/** Disks of machines and claims are recorded under keys of their own: what a container mounts at the volume's path tells which. */
function diskKeys({ spec }: Pod, inside: PodInside | undefined): ReadonlyMap<string, string> {
  const keys = new Map<string, string>();
  for (const { name, volumeMounts = [] } of [...(spec.initContainers ?? []), ...spec.containers]) {
    const mounted = inside?.containers[name]?.mounts ?? [];
    for (const { name: volume, mountPath } of volumeMounts) {
      const disk = mounted.find(({ path }) => path === mountPath.replace(/\/+$/, ''))?.disk;
      if (disk !== undefined) keys.set(volume, disk);
    }
  }
  return keys;
}

function originOf(volume: Volume, pod: Pod): { readonly type: VolumeType; readonly source: string } {
  const text = (kind: string, field: string) => String((volume[kind] as Readonly<Record<string, unknown>>)[field] ?? '');
  if (volume['emptyDir']) return { type: 'emptyDir', source: text('emptyDir', 'medium') };
  if (volume['hostPath']) return { type: 'hostPath', source: text('hostPath', 'path') };
  if (volume['persistentVolumeClaim']) return { type: 'claim', source: text('persistentVolumeClaim', 'claimName') };
  if (volume['ephemeral']) return { type: 'claim', source: ephemeralClaimName(pod, volume.name) };
  if (volume['configMap']) return { type: 'configMap', source: text('configMap', 'name') };
  if (volume['secret']) return { type: 'secret', source: text('secret', 'secretName') };
  if (volume['projected']) return { type: 'projected', source: '' };
  if (volume['downwardAPI']) return { type: 'downward', source: '' };
  if (volume['image']) return { type: 'image', source: text('image', 'reference') };
  return { type: 'other', source: Object.keys(volume).find((key) => key !== 'name') ?? '' };
}

/** The files in the order of their paths; folders are seen in the paths. */
function filesOn(volume: string, disk: Disk, folder: string): readonly FileBox[] {
  const files: FileBox[] = [];
  for (const path of disk.keys()) {
    // What begins with two dots is how the kubelet swaps the files of objects at once; people see the links to them.
    if (!path.startsWith(`${folder}/`) || path.startsWith(`${folder}/..`)) continue;
    const entry = fileBehind(disk, path);
    if (!entry) continue;
    const { bytes, text, atMs } = entry;
    const name = path.slice(folder.length);
    files.push({ id: `file/${volume}${name}`, path: name.slice(1), bytes: bytes ?? text.length, atMs });
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

const LINKS_MAX = 8;

/** The file under a path, through links; undefined for a folder and for a link that leads nowhere. */
export function fileBehind(disk: Disk, path: string): FileEntry | undefined {
  let at = path;
  for (let i = 0; i < LINKS_MAX; i++) {
    const entry = disk.get(at);
    if (entry?.type === 'file') return entry;
    if (entry?.type === 'folder') return undefined;
    const next = entry ? linked(at, entry.text) : throughFolder(disk, at);
    if (next === undefined) return undefined;
    at = next;
  }
  return undefined;
}

const linked = (path: string, to: string): string => (to.startsWith('/') ? to : `${path.slice(0, path.lastIndexOf('/'))}/${to}`);

/** `/..data/key` where `/..data` is a link to a folder. */
function throughFolder(disk: Disk, path: string): string | undefined {
  const end = path.lastIndexOf('/');
  const folder = disk.get(path.slice(0, end));
  return folder?.type === 'link' ? linked(path.slice(0, end), folder.text) + path.slice(end) : undefined;
}

function filesOfObject(volume: string, type: VolumeType, source: string, pod: Pod, snapshot: Snapshot): readonly FileBox[] {
  if (type !== 'configMap' && type !== 'secret') return [];
  const kind = type === 'configMap' ? 'ConfigMap' : 'Secret';
  const object = snapshot.get(kind, keyFor(kind, pod.metadata.namespace, source)) as ConfigMap | Secret | undefined;
  // What is base64 is a quarter shorter on the disk.
  const share = type === 'secret' ? 0.75 : 1;
  return Object.entries(object?.data ?? {})
    .map(([path, value]) => ({ id: `file/${volume}/${path}`, path, bytes: Math.floor(value.length * share) }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}
