// What is inside a pod while it runs: its containers' processes, files, ports and logs, and the requests they answer. An internal record
// beside the objects: the kubelet writes it into the history (table `PodInside`, keyed like its pod), so that any moment can be looked
// into; the API server never serves it and recordings never hold it. All of it is immutable and shares what did not change.
import type { KubeObject, Snapshot } from './meta.ts';

/** The table of these records. */
export const POD_INSIDE = 'PodInside';

export interface FileEntry {
  readonly type: 'file' | 'folder' | 'link' | 'pipe';
  /** What a file holds, or where a link points. */
  readonly text: string;
  /** The size of a file that is larger than its text tells, as `dd` writes them. */
  readonly bytes?: number;
  readonly mode: number;
  readonly atMs: number;
  /** Its owner and group; root's unless told. */
  readonly uid?: number;
  readonly gid?: number;
}

/** Path to entry; the root is the empty path, all others begin with a slash. */
export type Disk = ReadonlyMap<string, FileEntry>;

export interface LogLine {
  readonly atMs: number;
  readonly stream: 'stdout' | 'stderr';
  /** Without its line end. */
  readonly text: string;
  /** It has no line end: a piece of a long line, or the last of a container that did not end it. */
  readonly isOpen?: true;
}

export function lineText({ text, isOpen }: LogLine): string {
  return isOpen ? text : `${text}\n`;
}

/** What one run of a container has printed. */
export interface LogRun {
  /** 0 is the container's first run. */
  readonly run: number;
  readonly beganMs: number;
  readonly lines: readonly LogLine[];
  /** How many of the oldest lines are forgotten. */
  readonly dropped: number;
}

export interface MountInside {
  readonly path: string;
  /** A key of `PodInside.volumes`. */
  readonly disk: string;
  /** The folder of the disk that is mounted; empty for all of it. */
  readonly folder: string;
  readonly isReadOnly: boolean;
}

export interface FileUse {
  /** A key of `PodInside.volumes`; empty for the container's own layer. */
  readonly disk: string;
  readonly path: string;
  readonly atMs: number;
}

export interface ContainerInside {
  readonly name: string;
  /** 0 is the first run. */
  readonly run: number;
  readonly processes: readonly { readonly pid: number; readonly title: string }[];
  readonly mounts: readonly MountInside[];
  /** What the container changed of its image: lost with it. */
  readonly layer: Disk;
  /** The ports its processes listen on. */
  readonly ports: readonly number[];
  /** The runs that can still be read: this one and the one before, oldest first. */
  readonly log: readonly LogRun[];
  readonly cpuMilli: number;
  readonly memoryBytes: number;
  /** The file that was read or written last. */
  readonly reading?: FileUse;
  readonly writing?: FileUse;
  /** It is being stopped: its preStop hook runs, it waits for those that end before it, or it was told to end. */
  readonly ending?: 'hook' | 'turn' | 'term';
}

/** One request that a container of the pod answered, or let wait. */
export interface Request {
  readonly atMs: number;
  /** The key of the pod that asked, the name of the machine whose kubelet probed, or empty for a person. */
  readonly from: string;
  readonly container: string;
  readonly port: number;
  readonly path: string;
  /** The HTTP status; 0 where the connection was refused. */
  readonly status: number;
}

/** One request that a container of the pod sent to somebody else. */
export interface SentRequest {
  readonly atMs: number;
  readonly container: string;
  /** As it was named: a Service, a host, an address; with its port where that is not 80. */
  readonly to: string;
  readonly path: string;
  /** The HTTP status; 0 where nobody answered. */
  readonly status: number;
}

export interface PodInside extends KubeObject {
  readonly kind: 'PodInside';
  readonly containers: Readonly<Record<string, ContainerInside>>;
  /** By the volume's name in the pod's spec. */
  readonly volumes: Readonly<Record<string, Disk>>;
  /** The last few, oldest first. */
  readonly requests: readonly Request[];
  /** The same of those that it sent; left out where there are none. */
  readonly sent?: readonly SentRequest[];
}

/** What is inside the pod of this name at the snapshot's moment, or undefined where nothing is known. */
export function insideOf(snapshot: Snapshot, namespace: string | undefined, name: string): PodInside | undefined {
  return snapshot.get(POD_INSIDE, `${POD_INSIDE}/${namespace ?? ''}/${name}`) as PodInside | undefined;
}
