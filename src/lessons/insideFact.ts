// Facts about what is inside a pod: what its containers printed, and what their files hold, at the moment asked about.
import { type ContainerInside, type FileEntry, insideOf, type PodInside } from '../kube/inside.ts';
import type { Pod } from '../kube/kinds/pod.ts';
import type { Snapshot } from '../kube/meta.ts';

/** A line of the log of one container, or of any, has this text in it. */
export interface LogFact {
  readonly has: string;
  readonly container?: string;
  /** Asks the run before this one, as `kubectl logs --previous` does. */
  readonly previous: boolean;
}

/** One container, or any, sees a file at this path; with `has`, one that has this text in it. */
export interface FileFact {
  readonly path: string;
  readonly container?: string;
  readonly has?: string;
}

export function isPrinted({ has, container, previous }: LogFact, pod: Pod, snapshot: Snapshot): boolean {
  return containersOf(insideOfPod(pod, snapshot), container).some(({ run, log }) =>
    log.some((each) => each.run === (previous ? run - 1 : run) && each.lines.some(({ text }) => text.includes(has))),
  );
}

export function isFileSo({ path, container, has = '' }: FileFact, pod: Pod, snapshot: Snapshot): boolean {
  const inside = insideOfPod(pod, snapshot);
  return containersOf(inside, container).some((each) => fileOf(inside, each, path)?.text.includes(has) === true);
}

function insideOfPod({ metadata }: Pod, snapshot: Snapshot): PodInside | undefined {
  return insideOf(snapshot, metadata.namespace, metadata.name);
}

function containersOf(inside: PodInside | undefined, name: string | undefined): readonly ContainerInside[] {
  return Object.values(inside?.containers ?? {}).filter((each) => name === undefined || each.name === name);
}

/** The file that the container sees: of the volume mounted nearest, else what it wrote itself. */
function fileOf(inside: PodInside | undefined, { mounts, layer }: ContainerInside, path: string): FileEntry | undefined {
  const [mount] = mounts.filter((each) => path.startsWith(`${each.path}/`)).sort((a, b) => b.path.length - a.path.length);
  if (!mount) return layer.get(path);
  return inside?.volumes[mount.disk]?.get(`${mount.folder}${path.slice(mount.path.length)}`);
}
