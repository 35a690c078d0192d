// Which changes begin a motion, read once from the log: in a rollout hundreds of changes are in sight for many frames, and most of
// them move nothing.
import { isPodReady, type Pod } from '../kube/kinds/pod.ts';
import { type Change, conditionOf, type KubeObject } from '../kube/meta.ts';
import { easeOut } from './easing.ts';
import { type Asked, askedBetween } from './requests.ts';
import { round } from './shapes.ts';
import { whyTakenAway } from './takenAway.ts';

export const CRASH = 140;
export const EVICT = 240;
export const READY = 140;
export const SHRINK = 160;

/** How a glyph that stays at its place moves, at the share `t` of a motion. */
export interface Stir {
  readonly duration: number;
  move(t: number): { readonly dx?: number; readonly dy?: number; readonly scale?: number };
}

export interface Move {
  readonly change: Change;
  readonly kind: 'left' | 'bound' | 'pod' | 'node' | 'edit' | 'asked';
  readonly stir?: Stir | undefined;
  readonly asked?: readonly Asked[];
}

export class Moves {
  private readonly list: Move[] = [];

  clear(): void {
    this.list.length = 0;
  }

  /** From the latest up to change `seq` back. */
  *before(seq: number): Generator<Move> {
    for (let i = this.countUpTo(seq) - 1; i >= 0; i--) yield this.list[i] as Move;
  }

  readPod(change: Change): void {
    const [was, is] = [change.before as Pod | undefined, change.after as Pod | undefined];
    if (was && !is) this.list.push({ change, kind: 'left' });
    if (!is) return;
    const stir = was && stirOf(was, is);
    if (is.spec.nodeName && !was?.spec.nodeName) this.list.push({ change, kind: 'bound', stir });
    else if (stir) this.list.push({ change, kind: 'pod', stir });
  }

  readNode(change: Change): void {
    const { before, after } = change;
    if (before && after && !isUnknown(before) && isUnknown(after)) this.list.push({ change, kind: 'node' });
  }

  readInside(change: Change): void {
    const asked = askedBetween(change);
    if (asked.length > 0) this.list.push({ change, kind: 'asked', asked });
  }

  edited(change: Change): void {
    this.list.push({ change, kind: 'edit' });
  }

  private countUpTo(seq: number): number {
    let [low, high] = [0, this.list.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.list[middle] as Move).change.seq <= seq) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function stirOf(was: Pod, is: Pod): Stir | undefined {
  if (is.status.reason === 'Evicted' && was.status.reason !== 'Evicted')
    return { duration: EVICT, move: (t) => ({ dy: round(-6 * (1 - easeOut(t))) }) };
  if (is.metadata.deletionTimestamp && !was.metadata.deletionTimestamp) {
    const why = whyTakenAway(is);
    // Evicted pods drop, outranked ones are pushed aside, deleted ones only shrink.
    if (why === 'evicted')
      return { duration: EVICT, move: (t) => ({ dy: round(6 * Math.sin(t * Math.PI)), scale: round(1.2 - 0.2 * easeOut(t)) }) };
    if (why === 'preempted')
      return { duration: EVICT, move: (t) => ({ dx: round(9 * Math.sin(t * Math.PI)), scale: round(1.2 - 0.2 * easeOut(t)) }) };
    return { duration: SHRINK, move: (t) => ({ scale: round(1.2 - 0.2 * easeOut(t)) }) };
  }
  if (restarts(is) > restarts(was) || (hasCrashed(is) && !hasCrashed(was)))
    return { duration: CRASH, move: (t) => ({ dx: round(3 * Math.sin(t * 3 * Math.PI) * (1 - t)) }) };
  if (isPodReady(is) && !isPodReady(was)) return { duration: READY, move: (t) => ({ scale: round(1 + 0.04 * Math.sin(t * Math.PI)) }) };
  return undefined;
}

function restarts({ status }: Pod): number {
  return (status.containerStatuses ?? []).reduce((sum, { restartCount }) => sum + restartCount, 0);
}

function hasCrashed({ status }: Pod): boolean {
  return (status.containerStatuses ?? []).some(
    ({ state }) => (state.terminated?.exitCode ?? 0) !== 0 || state.waiting?.reason === 'CrashLoopBackOff',
  );
}

function isUnknown(node: KubeObject): boolean {
  return conditionOf((node as { status?: { conditions?: [] } }).status?.conditions, 'Ready')?.status === 'Unknown';
}
