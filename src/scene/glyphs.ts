// What the picture is made of: pods, owners, trays and the lane as values, and the few questions that everybody asks of them.
import type { Keyed } from '../base/keyed.ts';
import type { Deployment } from '../kube/kinds/deployment.ts';
import type { Node } from '../kube/kinds/node.ts';
import type { Pod } from '../kube/kinds/pod.ts';
import { conditionOf, type Key, type KubeObject } from '../kube/meta.ts';
import type { Amounts } from './amounts.ts';
import type { Look, PodRecord } from './podRecord.ts';
import type { Scaler } from './scalers.ts';

/** What the scheduler knows about a pod beyond what it wrote into it; given by who draws. */
export interface Decision {
  readonly node?: string;
  readonly score?: number;
}

export interface PodGlyph {
  readonly key: Key;
  readonly name: string;
  readonly pod: Pod;
  readonly node: Node | undefined;
  /** Counted as ready by its owner: active, ready, and on a node that is heard. */
  readonly isReady: boolean;
  /** What it takes of its node; nothing once it has ended. */
  readonly takes: Amounts;
  readonly look: Look;
  readonly record: PodRecord | undefined;
  readonly ownerKey: Key;
  readonly ownerKind: string;
  /** The owner's owner: the Deployment above a ReplicaSet. */
  readonly aboveKey: Key | undefined;
}

export interface OwnerGlyph {
  /** Of the object; `hand/<namespace>` for the pods that nobody owns. */
  readonly key: Key;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly object: KubeObject | undefined;
  readonly look: Look;
  /** The look of the template before this one. */
  readonly previous: Look | undefined;
  readonly editedMs: number | undefined;
  readonly wants: number;
  readonly pods: PodGlyph[];
  /** The ReplicaSets of a Deployment, the one it wants first; the Jobs of a CronJob, the latest first. */
  readonly parts: OwnerGlyph[];
  /** Places that stay when their pod goes; none where the rail has just a pip for each pod. */
  readonly places: readonly Place[];
  /** How many of its pods may be evicted now; undefined where no budget says. */
  readonly mayLose: number | undefined;
  readonly doors: readonly Door[];
  /** What scales it by what its pods use. */
  readonly scaler: Scaler | undefined;
  /** When a CronJob starts its next Job. */
  readonly nextMs: number | undefined;
}

export type TrayState = 'ready' | 'cordoned' | 'draining' | 'pressure' | 'notReady';

export interface TrayGlyph {
  readonly key: Key;
  readonly name: string;
  readonly node: Node;
  readonly state: TrayState;
  /** Kubernetes' own word where the state has one: `MemoryPressure`. */
  readonly word: string | undefined;
  readonly sinceMs: number | undefined;
  readonly isCordoned: boolean;
  readonly isLost: boolean;
  readonly pods: PodGlyph[];
  /** Pods that victims make room for here. */
  readonly nominated: readonly PodGlyph[];
  /** How many pods a drain has to move, those that have left included. */
  readonly drains: number;
  readonly capacity: Amounts;
  /** What the machine keeps for itself. */
  readonly system: Amounts;
}

export interface LaneGlyph {
  readonly waiting: readonly WaitingGlyph[];
}

export interface WaitingGlyph {
  readonly pod: PodGlyph;
  /** Undefined while it is being decided. */
  readonly refusal: Refusal | undefined;
  readonly decision: Decision | undefined;
}

/** A FailedScheduling sentence, taken apart: "0/3 nodes are available: 2 Insufficient cpu, 1 …". */
export interface Refusal {
  readonly message: string;
  readonly fit: number;
  readonly nodes: number;
  readonly causes: readonly { readonly count: number; readonly cause: string }[];
}

export interface Scene {
  readonly owners: readonly OwnerGlyph[];
  readonly trays: readonly TrayGlyph[];
  readonly lane: LaneGlyph;
  readonly pods: Keyed<PodGlyph>;
}

export const HAND_OWNER = 'hand';

/** A place of an owner that stays when its pod goes. */
export interface Place {
  /** `db-0`, or the node. */
  readonly name: string;
  readonly pod: PodGlyph | undefined;
  /** The disk that stays here. */
  readonly claim?: string | undefined;
}

/** A Service, and the pods of this owner that it leads to now. */
export interface Door {
  readonly key: Key;
  readonly name: string;
  readonly behind: readonly Key[];
}

/** All pods under an owner, through its ReplicaSets too. */
export function podsUnder(owner: OwnerGlyph): readonly PodGlyph[] {
  return owner.parts.length ? [...owner.pods, ...owner.parts.flatMap((part) => part.pods)] : owner.pods;
}

export function readyCount(owner: OwnerGlyph): number {
  let count = 0;
  for (const { isReady } of podsUnder(owner)) if (isReady) count++;
  return count;
}

export function isSilent(node: Node | undefined): boolean {
  return !node || conditionOf(node.status?.conditions, 'Ready')?.status === 'Unknown';
}

export function deploymentOf(owner: OwnerGlyph): Deployment | undefined {
  return owner.kind === 'Deployment' ? (owner.object as Deployment) : undefined;
}

/** Daemons stay when a node is drained. */
export function stillToDrain(pods: readonly PodGlyph[]): number {
  return pods.filter(({ ownerKind }) => ownerKind !== 'DaemonSet').length;
}
