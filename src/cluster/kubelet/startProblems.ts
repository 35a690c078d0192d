// Why the runtime cannot make a container or start its process, in containerd's and runc's words: profiles that its machine does not
// have, and volumes that do not fit where they are mounted.
import type { Container } from '../../kube/kinds/pod.ts';
import type { LiveWorker } from './liveWorker.ts';
import { securityOf } from './securityContext.ts';
import { type Disk, parentOf } from './shell/disk.ts';
import { argvOf, imageFiles, isUnknown } from './shell/images/index.ts';
import type { Mount } from './shell/process.ts';

const SECCOMP_FOLDER = '/var/lib/kubelet/seccomp';
const APPARMOR_FOLDER = '/etc/apparmor.d/';

/** Why there can be no container. */
export function creationProblem(worker: LiveWorker, container: Container): string | undefined {
  const image = container.image ?? '';
  if (!isUnknown(image) && argvOf(image, container.command, container.args).length === 0)
    return 'failed to generate container spec: failed to generate spec: no command specified';
  return appArmorProblem(worker, container) ?? seccompProblem(worker, container);
}

function machineDisk({ world, node }: LiveWorker): Disk | undefined {
  return world.disk(`node/${node.name}`);
}

/** The text of the profile that a container names on its machine; null: it is not there. */
function seccompText(worker: LiveWorker, container: Container): { readonly path: string; readonly text: string | null } | undefined {
  const { seccompProfile } = securityOf(worker.pod, container);
  if (seccompProfile?.type !== 'Localhost') return undefined;
  const path = `${SECCOMP_FOLDER}/${seccompProfile.localhostProfile ?? ''}`;
  return { path, text: machineDisk(worker)?.get(path)?.text ?? null };
}

function seccompProblem(worker: LiveWorker, container: Container): string | undefined {
  const profile = seccompText(worker, container);
  if (!profile || profile.text !== null) return undefined;
  const { path } = profile;
  return `failed to create containerd container: cannot load seccomp profile "${path}": open ${path}: no such file or directory`;
}

/** Limitation: a profile is taken to be loaded as soon as a file of its machine's folder has it. */
function appArmorProblem(worker: LiveWorker, container: Container): string | undefined {
  const { appArmorProfile } = securityOf(worker.pod, container);
  if (appArmorProfile?.type !== 'Localhost') return undefined;
  const name = appArmorProfile.localhostProfile ?? '';
  for (const [path, { text }] of machineDisk(worker) ?? [])
    if (path.startsWith(APPARMOR_FOLDER) && text.split(/\s+/).some((word, i, all) => word === name && all[i - 1] === 'profile'))
      return undefined;
  return `failed to get container spec opts: failed to generate apparmor spec opts: apparmor profile not found ${name}`;
}

/** Why its process cannot begin, after the container was made. */
export function processProblem(worker: LiveWorker, container: Container, mounts: readonly Mount[]): string | undefined {
  const text = seccompText(worker, container)?.text;
  // Limitation: of what a profile allows, only that it allows nothing at all makes a difference here.
  if (text && /"SCMP_ACT_(ERRNO|KILL\w*)"/.test(text) && !text.includes('"syscalls"'))
    return 'error closing exec fds: get handle to /proc/thread-self/fd: operation not permitted';
  const odd = mounts.findIndex((mount) => isOdd(worker, container, mount));
  if (odd < 0) return undefined;
  const { name, subPath } = container.volumeMounts?.[odd] ?? { name: '', subPath: undefined };
  const { path, folder } = mounts[odd] as Mount;
  const ofPod = `/var/lib/kubelet/pods/${worker.work.uid}`;
  const volume = worker.pod.spec.volumes?.find((each) => each.name === name) ?? {};
  const [, plugin] = PLUGINS.find(([source]) => source in volume) ?? [];
  const whole = plugin === undefined ? folder : `${ofPod}/volumes/kubernetes.io~${plugin}/${name}`;
  const source = subPath === undefined ? whole : `${ofPod}/volume-subpaths/${name}/${container.name}/${odd}`;
  return `error mounting "${source}" to rootfs at "${path}": mount src=${source}, dst=${path}, flags=MS_BIND|MS_REC: not a directory: Are you trying to mount a directory onto a file (or vice-versa)?`;
}

/** Under which name the kubelet keeps volumes of a source. */
const PLUGINS: readonly (readonly [source: string, plugin: string])[] = [
  ['configMap', 'configmap'],
  ['secret', 'secret'],
  ['emptyDir', 'empty-dir'],
  ['downwardAPI', 'downward-api'],
  ['projected', 'projected'],
  ['persistentVolumeClaim', 'csi'],
];

/** A folder that is mounted on a file of the image, or a file on a folder. */
function isOdd(worker: LiveWorker, { image = '' }: Container, { disk: key, folder, path }: Mount): boolean {
  const under = imageFiles(image).get(path)?.type;
  const entry = diskOf(worker, key)?.get(folder);
  if (under === undefined || under === 'link') return false;
  return (under === 'folder') !== ((entry?.type ?? 'folder') === 'folder');
}

function diskOf({ life, world }: LiveWorker, key: string): Disk | undefined {
  return life.sandbox?.volumes[key] ?? world.disk(key);
}

/** A `subPath` that leads through a file cannot be made. */
export function subPathProblem(worker: LiveWorker, container: Container, mounts: readonly Mount[]): string | undefined {
  for (const [i, { disk: key, folder }] of mounts.entries()) {
    const { name, subPath } = container.volumeMounts?.[i] ?? { name: '', subPath: undefined };
    const disk = subPath === undefined ? undefined : diskOf(worker, key);
    for (let above = parentOf(folder); disk && above !== ''; above = parentOf(above))
      if (disk.get(above)?.type === 'file') return `failed to prepare subPath for volumeMount "${name}" of container "${container.name}"`;
  }
  return undefined;
}
