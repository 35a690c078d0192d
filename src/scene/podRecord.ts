// A pod as the log knows it: when it was cut, bound and started, and the look of the template that cut it.
import type { Key } from '../kube/meta.ts';
import type { Shape } from './shapes.ts';

export interface Look {
  /** `A`, `B` … `Z`, `AA`; empty for a pod that no template cut. */
  readonly letter: string;
  readonly shape: Shape;
}

export const HAND_CUT: Look = { letter: '', shape: 'hand' };

/** What the log tells of a pod, in virtual milliseconds, where Kubernetes writes only whole seconds. */
export interface PodRecord {
  /** One string for all its versions: what is asked by it is found without comparing letters. */
  readonly key: Key;
  readonly look: Look;
  readonly cutMs: number;
  /** The change that made it, and the one that gave it a node. */
  readonly cutSeq: number;
  boundSeq: number | undefined;
  boundMs: number | undefined;
  startedMs: number | undefined;
  /** A DaemonSet's: it stays when its node is drained. */
  readonly isDaemon: boolean;
  /** Another pod has its name since. */
  hasHeir: boolean;
  /** Its place on its tray: the lowest that was free when it was bound, kept until it is gone, so that nothing drifts. */
  slot: number;
}
