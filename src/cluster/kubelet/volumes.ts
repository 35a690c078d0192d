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
import { imageFiles, imageOf } from './shell/images/index.ts';
import type { Mount } from './shell/process.ts';

interface Items {
  readonly name?: string;
  readonly secretName?: string;
  readonly items?: readonly { readonly key: string; readonly path: string; readonly mode?: number }[];
  readonly defaultMode?: number;
}

interface DownwardItem {
  readonly path: string;
  readonly mode?: number;
  readonly fieldRef?: { readonly fieldPath: string };
  readonly resourceFieldRef?: ResourceField & { readonly containerName?: string };
}

interface Source {
  readonly configMap?: Items;
  readonly secret?: Items;
  readonly downwardAPI?: { readonly items?: readonly DownwardItem[]; readonly defaultMode?: number };
  readonly serviceAccountToken?: { readonly path: string };
}

export interface VolumeSource extends Source {
  readonly emptyDir?: { readonly medium?: string; readonly sizeLimit?: string };
  readonly hostPath?: { readonly path: string; readonly type?: string };
  readonly persistentVolumeClaim?: { readonly claimName: string };
  readonly image?: { readonly reference?: string };
  readonly projected?: { readonly sources?: readonly Source[]; readonly defaultMode?: number };
}

export type VolumeFacts = PodFacts & { readonly lookup: Lookup; readonly nowMs: number };

/** Anybody may write where a volume is empty. */
const OPEN_MODE = 0o777;
const SET_GROUP = 0o2000;
/** What is kept in memory is mounted so that only who made a file may remove it. */
const STICKY = 0o1000;

/** A disk with nothing on it. */
export function newDisk(atMs: number, isInMemory = false): Disk {
  return new Map([['', folderEntry(atMs, isInMemory ? OPEN_MODE | STICKY : OPEN_MODE)]]);
}

/** Makes the folders of a path where nothing is; they are of the group of a folder that says so. */
export function makeFolders(disk: Disk, path: string, atMs: number): void {
  const parts = path.split('/');
  for (let i = 2; i <= parts.length; i++) {
    const folder = parts.slice(0, i).join('/');
    const { gid, mode = 0 } = disk.get(parts.slice(0, i - 1).join('/')) ?? {};
    const isOfGroup = (mode & SET_GROUP) !== 0 && gid !== undefined;
    if (!disk.has(folder))
      disk.set(folder, isOfGroup ? { ...folderEntry(atMs, OPEN_MODE | SET_GROUP), gid } : folderEntry(atMs, OPEN_MODE));
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
  const { image } = volume as VolumeSource;
  if (image) return imageOf(image.reference ?? '') ? new Map(imageFiles(image.reference ?? '')) : newDisk(facts.nowMs);
  return giveToGroup(newDisk(facts.nowMs, memoryVolumeBytes(volume) !== undefined), facts.pod);
}

/** The group of a pod's volumes (`fsGroup`) has all that is in them, and folders are marked, so that what is made in them is its own. */
export function giveToGroup(disk: Disk, pod: Pod): Disk {
  const { fsGroup } = (pod.spec.securityContext ?? {}) as { readonly fsGroup?: number };
  if (fsGroup === undefined) return disk;
  const bits = { folder: 0o2110, file: 0o440, link: 0, pipe: 0 };
  for (const [path, entry] of disk) disk.set(path, { ...entry, gid: fsGroup, mode: entry.mode | bits[entry.type] });
  return disk;
}

/** The files that a volume of objects shows now: real ones in a dated folder, and links to them. */
export function diskOfObjects(volume: Volume, facts: VolumeFacts): Disk {
  const files = filesOf(volume as VolumeSource, facts);
  const disk = newDisk(facts.nowMs, (volume as VolumeSource).configMap === undefined);
  const date = new Date(EPOCH_MS + facts.nowMs).toISOString().slice(0, 19).replaceAll(/[-:T]/g, '_');
  const stamp = `/..${date}.${hash32(`${facts.pod.metadata.uid}/${volume.name}/${date}`)}`;
  disk.set(stamp, folderEntry(facts.nowMs));
  for (const [path, { text, mode }] of Object.entries(files).toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const parts = path.split('/');
    for (let i = 1; i < parts.length; i++) disk.set(`${stamp}/${parts.slice(0, i).join('/')}`, folderEntry(facts.nowMs));
    disk.set(`${stamp}/${path}`, fileEntry(text, facts.nowMs, mode));
    disk.set(`/${parts[0] as string}`, linkEntry(`..data/${parts[0] as string}`, facts.nowMs));
  }
  disk.set('/..data', linkEntry(stamp.slice(1), facts.nowMs));
  return giveToGroup(disk, facts.pod);
}

interface ObjectFile {
  readonly text: string;
  readonly mode: number | undefined;
}

type ObjectFiles = Record<string, ObjectFile>;

function filesOf(source: VolumeSource, facts: VolumeFacts): ObjectFiles {
  const files: ObjectFiles = {};
  for (const each of [source, ...(source.projected?.sources ?? [])]) Object.assign(files, filesOfSource(each, source.projected, facts));
  return files;
}

function filesOfSource(source: Source, projected: VolumeSource['projected'], facts: VolumeFacts): ObjectFiles {
  const { configMap, secret, downwardAPI, serviceAccountToken } = source;
  const files: ObjectFiles = {};
  const add = (path: string, text: string, mode = projected?.defaultMode) => (files[path] = { text, mode });
  if (configMap) addItems('ConfigMap', configMap, facts, add);
  if (secret) addItems('Secret', secret, facts, add);
  if (serviceAccountToken) add(serviceAccountToken.path, 'token');
  for (const { path, fieldRef, resourceFieldRef, mode } of downwardAPI?.items ?? []) {
    const container = facts.pod.spec.containers.find(({ name }) => name === resourceFieldRef?.containerName);
    if (fieldRef) add(path, fieldOf(fieldRef.fieldPath, facts), mode ?? downwardAPI?.defaultMode);
    else if (resourceFieldRef && container) add(path, resourceOf(resourceFieldRef, container, facts), mode ?? downwardAPI?.defaultMode);
  }
  return files;
}

function addItems(
  kind: 'ConfigMap' | 'Secret',
  { name, secretName, items, defaultMode }: Items,
  { lookup }: VolumeFacts,
  add: (path: string, text: string, mode?: number) => void,
): void {
  const texts = textsOf(lookup(kind, name ?? secretName ?? ''));
  const wanted = items ?? Object.keys(texts).map((key) => ({ key, path: key, mode: undefined }));
  for (const { key, path, mode } of wanted) {
    const text = texts[key];
    if (text !== undefined) add(path, text, mode ?? defaultMode);
  }
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
        isReadOnly: (readOnly ?? isMadeOfObjects(volume)) || (volume as VolumeSource).image !== undefined,
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
