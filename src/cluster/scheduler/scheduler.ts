// Placeholder until the scheduler is written.
import type { Key } from '../../kube/meta.ts';
import type { Part, PartContext } from '../part.ts';

/** Why one node was or was not taken for a pod. */
export interface NodeVerdict {
  readonly nodeName: string;
  /** The filter plugin that said no, and its sentence; undefined when the node passed. */
  readonly rejectedBy?: { readonly plugin: string; readonly reason: string };
  /** Weighted points per score plugin, when the node was scored. */
  readonly scores?: Readonly<Record<string, number>>;
  readonly total?: number;
}

/** One decision of the scheduler about one pod. */
export interface Decision {
  readonly atMs: number;
  /** The last change the decision could see. */
  readonly seq: number;
  readonly podKey: Key;
  /** The node taken, or undefined when none fits. */
  readonly nodeName: string | undefined;
  /** Kubernetes' sentence when no node fits. */
  readonly message: string | undefined;
  readonly verdicts: readonly NodeVerdict[];
}

export interface WaitingPod {
  readonly podKey: Key;
  readonly queue: 'active' | 'backoff' | 'unschedulable' | 'gated';
  /** When it will be tried again, if that is known. */
  readonly retryAtMs?: number;
}

export interface Scheduler extends Part {
  /** Every decision about this pod so far, oldest first. */
  decisions(podKey: Key): readonly Decision[];
  /** The pods that wait, in the order in which they will be tried. */
  waiting(): readonly WaitingPod[];
}

export function createScheduler(_ctx: PartContext): Scheduler {
  throw new Error('not written yet');
}
