// What the inside of one pod is made of, as values: containers, plugs, volumes with their files, doors and requests.
// Parts are named by ids such as `container/web`, `volume/site`, `file/site/index.html`, `plug/web/80`: what a click or a key means.
import type { ContainerInside, FileUse, PodInside, Request, SentRequest } from '../../kube/inside.ts';
import type { Probe, ResourceRequirements } from '../../kube/kinds/pod.ts';
import type { PodGlyph } from '../glyphs.ts';

export type PartId = string;
export type Role = 'init' | 'main' | 'sidecar' | 'ephemeral';

export type Stage = 'waiting' | 'refused' | 'starting' | 'notReady' | 'running' | 'stopping' | 'backOff' | 'done' | 'failed' | 'lost';

/** Its preStop hook runs, it waits for those that end before it, SIGTERM was sent, it has ended and others of the pod have not. */
export type Ending = 'hook' | 'turn' | 'term' | 'over';

/** How a container is; moments are virtual milliseconds, so that words and rings follow the clock without a new model. */
export interface ContainerState {
  readonly stage: Stage;
  /** When it began to run, or ended. */
  readonly sinceMs?: number;
  /** When what it waits for is over at the latest: the back-off, the grace period; and how long that was in all. */
  readonly untilMs?: number;
  readonly waitMs?: number;
  /** How far its end has come, where that is known. */
  readonly ending?: Ending;
  readonly exitCode?: number;
  /** Kubernetes' own word: `OOMKilled`, `ErrImagePull`. */
  readonly reason?: string;
  /** Why it cannot be had or made, in the kubelet's words, or what an ended run left to tell. */
  readonly message?: string;
  /** How long an ended run had lasted. */
  readonly lastedMs?: number;
}

export type ProbeName = 'startup' | 'liveness' | 'readiness';
export type ProbeResult = 'passes' | 'fails' | 'waits' | 'unknown';

export interface ProbeBox {
  readonly name: ProbeName;
  /** `GET :80/ready`, `tcp :5432`, `exec cat /tmp/healthy`. */
  readonly what: string;
  readonly periodSeconds: number;
  readonly result: ProbeResult;
  /** The kubelet's last complaint. */
  readonly complaint?: string;
  readonly probe: Probe;
}

export interface PlugBox {
  readonly id: PartId;
  readonly port: number;
  /** Nothing listens there although the manifest says so. */
  readonly isIdle: boolean;
  /** Another container of the pod had the port first. */
  readonly isClashing: boolean;
}

export interface MountBox {
  readonly id: PartId;
  readonly path: string;
  readonly volume: string;
  readonly isReadOnly: boolean;
  readonly subPath?: string;
}

export interface ContainerBox {
  readonly id: PartId;
  readonly name: string;
  readonly role: Role;
  readonly image: string;
  readonly state: ContainerState;
  readonly restarts: number;
  /** How the run before this one ended. */
  readonly last?: { readonly exitCode: number; readonly reason?: string };
  readonly probes: readonly ProbeBox[];
  readonly plugs: readonly PlugBox[];
  readonly mounts: readonly MountBox[];
  /** What it runs with; the manifest may already ask for something else. */
  readonly resources: ResourceRequirements;
  /** Undefined where its processes are not known. */
  readonly inside: ContainerInside | undefined;
}

export type VolumeType = 'emptyDir' | 'hostPath' | 'claim' | 'configMap' | 'secret' | 'projected' | 'downward' | 'image' | 'other';

export interface FileBox {
  readonly id: PartId;
  /** Below the root of its volume. */
  readonly path: string;
  readonly bytes: number;
  /** When it was written; undefined where that is not known. */
  readonly atMs?: number;
}

export interface VolumeBox {
  readonly id: PartId;
  readonly name: string;
  readonly type: VolumeType;
  /** What it comes from: the claim, the ConfigMap, the path on the node. */
  readonly source: string;
  /** It stands beside the pod and outlives it. */
  readonly isOutside: boolean;
  /** Under which key its files are recorded, and from which folder of that disk on. */
  readonly disk: string;
  readonly folder: string;
  readonly files: readonly FileBox[];
  /** Why the kubelet cannot mount it, in its words. */
  readonly complaint?: string;
}

/** A Service that leads to a port of the pod. */
export interface DoorBox {
  readonly service: string;
  readonly port: number;
  readonly targetPort: number;
}

/** A change of what its containers may use that is not done yet. */
export interface Resize {
  /** Why it waits, `Deferred` or `Infeasible`; undefined while it is being done. */
  readonly reason?: string;
  readonly message?: string;
}

export interface InsideModel {
  readonly pod: PodGlyph;
  readonly inside: PodInside | undefined;
  readonly ip: string | undefined;
  readonly isHostNetwork: boolean;
  readonly isReady: boolean;
  readonly resize: Resize | undefined;
  readonly inits: readonly ContainerBox[];
  /** Main containers, sidecars, ephemeral ones: what runs side by side. */
  readonly containers: readonly ContainerBox[];
  readonly volumes: readonly VolumeBox[];
  readonly doors: readonly DoorBox[];
  readonly requests: readonly Request[];
  readonly sent: readonly SentRequest[];
}

/** The last use of a file on a volume, if the container had one. */
export function usesOf({ inside }: ContainerBox): readonly { readonly kind: 'reads' | 'writes'; readonly use: FileUse }[] {
  const uses: { kind: 'reads' | 'writes'; use: FileUse }[] = [];
  if (inside?.reading) uses.push({ kind: 'reads', use: inside.reading });
  if (inside?.writing) uses.push({ kind: 'writes', use: inside.writing });
  return uses;
}
