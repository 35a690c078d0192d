// The volumes of a pod as they are drawn: what each comes from, whether it outlives the pod, and the files on it. Where the kubelet has
// not told what is on a disk, the files of ConfigMaps and Secrets are known from those objects.
import type { Disk, PodInside } from '../../kube/inside.ts';
import type { ConfigMap, Secret } from '../../kube/kinds/configMap.ts';
import type { Pod, Volume } from '../../kube/kinds/pod.ts';
import { ephemeralClaimName } from '../../kube/kinds/volumes.ts';
import { keyFor, type Snapshot } from '../../kube/meta.ts';
import { isTokenVolume } from './containers.ts';
import type { FileBox, VolumeBox, VolumeType } from './model.ts';

export function volumesOf(pod: Pod, inside: PodInside | undefined, snapshot: Snapshot): readonly VolumeBox[] {
  return (pod.spec.volumes ?? [])
    .filter(({ name }) => !isTokenVolume(name))
    .map((volume) => {
      const { name } = volume;
      const { type, source } = originOf(volume, pod);
      const disk = inside?.volumes[name];
      return {
        id: `volume/${name}`,
        name,
        type,
        source,
        isOutside: type === 'claim' || type === 'hostPath',
        files: disk ? filesOn(name, disk) : filesOfObject(name, type, source, pod, snapshot),
      };
    });
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
function filesOn(volume: string, disk: Disk): readonly FileBox[] {
  const files: FileBox[] = [];
  for (const [path, { type, bytes, text, atMs }] of disk) {
    if (type === 'folder') continue;
    files.push({ id: `file/${volume}${path}`, path: path.slice(1), bytes: bytes ?? text.length, atMs });
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
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
