// The disks of a pod's volumes: those that live with the pod, those of its machine or of the cluster, and those that are made of the
// API server's objects and follow them later. Models pkg/volume/{emptydir,hostpath,configmap,secret,projected,downwardapi}.
import { hash32 } from '../../base/random.ts';
import type { Container, Pod, Volume } from '../../kube/kinds/pod.ts';
import { EPOCH_MS } from '../../kube/meta.ts';
import { valueOf } from '../../kube/quantity.ts';
import type { Lookup } from './config.ts';
import { fieldOf, type PodFacts, type ResourceField, resourceOf } from './downwardFields.ts';
import { textsOf } from './environment.ts';
import { type Disk, fileEntry, folderEntry, linkEntry } from './shell/disk.ts';
import type { Mount } from './shell/process.ts';

interface Items {
  readonly name?: string;
  readonly secretName?: string;
  readonly items?: readonly { readonly key: string; readonly path: string; readonly mode?: number }[];
  readonly defaultMode?: number;
}

interface DownwardItem {
  readonly path: string;
  readonly fieldRef?: { readonly fieldPath: string };
  readonly resourceFieldRef?: ResourceField & { readonly containerName?: string };
}

interface Source {
  readonly configMap?: Items;
  readonly secret?: Items;
  readonly downwardAPI?: { readonly items?: readonly DownwardItem[] };
  readonly serviceAccountToken?: { readonly path: string };
}

export interface VolumeSource extends Source {
  readonly emptyDir?: { readonly medium?: string; readonly sizeLimit?: string };
  readonly hostPath?: { readonly path: string };
  readonly persistentVolumeClaim?: { readonly claimName: string };
  readonly projected?: { readonly sources?: readonly Source[] };
}

export type VolumeFacts = PodFacts & { readonly lookup: Lookup; readonly nowMs: number };

/** Anybody may write where a volume is empty. */
const OPEN_MODE = 0o777;

/** A disk with nothing on it. */
export function newDisk(atMs: number): Disk {
  return new Map([['', folderEntry(atMs, OPEN_MODE)]]);
}

/** Makes the folders of a path where nothing is. */
export function makeFolders(disk: Disk, path: string, atMs: number): void {
  const parts = path.split('/');
  for (let i = 2; i <= parts.length; i++) {
    const folder = parts.slice(0, i).join('/');
    if (!disk.has(folder)) disk.set(folder, folderEntry(atMs, OPEN_MODE));
  }
}

/** Where a volume's files are kept: under its name with the pod, or under a key of the machine or the cluster. */
export function diskKeyOf(pod: Pod, { name, ...source }: Volume): string {
  const { hostPath, persistentVolumeClaim } = source as VolumeSource;
  if (hostPath) return `node/${pod.spec.nodeName ?? ''}`;
  if (persistentVolumeClaim) return `claim/${pod.metadata.namespace ?? ''}/${persistentVolumeClaim.claimName}`;
  return name;
}

/** Whether its files are made of objects of the API server, and follow them. */
export function isMadeOfObjects(volume: Volume): boolean {
  const { configMap, secret, downwardAPI, projected } = volume as VolumeSource;
  return (configMap ?? secret ?? downwardAPI ?? projected) !== undefined;
}

/** The disk of a volume that lives with the pod, as it begins. */
export function newVolumeDisk(volume: Volume, facts: VolumeFacts): Disk {
  if (isMadeOfObjects(volume)) return diskOfObjects(volume, facts);
  const { fsGroup } = (facts.pod.spec.securityContext ?? {}) as { readonly fsGroup?: number };
  // A group of the pod's own marks the folder, so that what is made in it belongs to the group.
  if (fsGroup === undefined) return newDisk(facts.nowMs);
  return new Map([['', { ...folderEntry(facts.nowMs, 0o2777), gid: fsGroup }]]);
}

/** The files that a volume of objects shows now: real ones in a dated folder, and links to them. */
export function diskOfObjects(volume: Volume, facts: VolumeFacts): Disk {
  const files = filesOf(volume as VolumeSource, facts);
  const disk = newDisk(facts.nowMs);
  const date = new Date(EPOCH_MS + facts.nowMs).toISOString().slice(0, 19).replaceAll(/[-:T]/g, '_');
  const stamp = `/..${date}.${hash32(`${facts.pod.metadata.uid}/${volume.name}/${date}`)}`;
  disk.set(stamp, folderEntry(facts.nowMs));
  for (const [path, text] of Object.entries(files).toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const parts = path.split('/');
    for (let i = 1; i < parts.length; i++) disk.set(`${stamp}/${parts.slice(0, i).join('/')}`, folderEntry(facts.nowMs));
    disk.set(`${stamp}/${path}`, fileEntry(text, facts.nowMs));
    disk.set(`/${parts[0] as string}`, linkEntry(`..data/${parts[0] as string}`, facts.nowMs));
  }
  disk.set('/..data', linkEntry(stamp.slice(1), facts.nowMs));
  return disk;
}

function filesOf(source: VolumeSource, facts: VolumeFacts): Record<string, string> {
  const files: Record<string, string> = {};
  for (const each of [source, ...(source.projected?.sources ?? [])]) Object.assign(files, filesOfSource(each, facts));
  return files;
}

function filesOfSource({ configMap, secret, downwardAPI, serviceAccountToken }: Source, facts: VolumeFacts): Record<string, string> {
  const files: Record<string, string> = {};
  if (configMap) Object.assign(files, filesOfItems('ConfigMap', configMap, facts));
  if (secret) Object.assign(files, filesOfItems('Secret', secret, facts));
  if (serviceAccountToken) files[serviceAccountToken.path] = 'token';
  for (const { path, fieldRef, resourceFieldRef } of downwardAPI?.items ?? []) {
    const container = facts.pod.spec.containers.find(({ name }) => name === resourceFieldRef?.containerName);
    if (fieldRef) files[path] = fieldOf(fieldRef.fieldPath, facts);
    else if (resourceFieldRef && container) files[path] = resourceOf(resourceFieldRef, container, facts);
  }
  return files;
}

function filesOfItems(kind: 'ConfigMap' | 'Secret', { name, secretName, items }: Items, { lookup }: VolumeFacts): Record<string, string> {
  const texts = textsOf(lookup(kind, name ?? secretName ?? ''));
  if (!items) return texts;
  return Object.fromEntries(items.flatMap(({ key, path }) => (texts[key] === undefined ? [] : [[path, texts[key]]])));
}

/** A key of a volume of objects that is mounted by itself: the file as it stands now, not the link that will be moved. */
function pinned(disk: Disk | undefined, folder: string): string {
  const entry = disk?.get(folder);
  if (entry?.type !== 'link') return folder;
  const data = disk?.get('/..data');
  return data ? `/${entry.text.replace('..data', data.text)}` : folder;
}

/** What a container sees of the pod's volumes; `disks` are those that live with the pod. */
export function mountsOf(pod: Pod, container: Container, disks: Readonly<Record<string, Disk>>, expand: (text: string) => string): Mount[] {
  return (container.volumeMounts ?? []).flatMap(({ name, mountPath, readOnly, subPath, ...rest }) => {
    const volume = pod.spec.volumes?.find((each) => each.name === name);
    if (!volume) return [];
    const { subPathExpr } = rest as { readonly subPathExpr?: string };
    const under = subPath ?? (subPathExpr === undefined ? undefined : expand(subPathExpr));
    const base = (volume as VolumeSource).hostPath?.path.replace(/\/+$/, '') ?? '';
    return [
      {
        path: mountPath.replace(/\/+$/, ''),
        disk: diskKeyOf(pod, volume),
        folder: under ? pinned(disks[name], `${base}/${under.replaceAll(/^\/+|\/+$/g, '')}`) : base,
        isReadOnly: readOnly ?? isMadeOfObjects(volume),
      },
    ];
  });
}

/** What a volume in memory may hold. */
export function memoryVolumeBytes(volume: Volume): number | undefined {
  const { emptyDir } = volume as VolumeSource;
  if (emptyDir?.medium !== 'Memory') return undefined;
  return emptyDir.sizeLimit === undefined ? Number.MAX_SAFE_INTEGER : valueOf(emptyDir.sizeLimit);
}
