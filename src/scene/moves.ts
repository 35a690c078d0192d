// Which changes begin a motion, read once from the log: in a rollout hundreds of changes are in sight for many frames, and most of
// them move nothing.
import { isPodReady, type Pod } from '../kube/kinds/pod.ts';
import { type Change, conditionOf, type KubeObject } from '../kube/meta.ts';
import { easeOut } from './easing.ts';
import type { PodRecord } from './podRecord.ts';
import { type Asked, askedBetween } from './requests.ts';
import { round } from './shapes.ts';
import { whyTakenAway } from './takenAway.ts';

export const CRASH = 140;
export const EVICT = 240;
export const READY = 140;
export const SHRINK = 160;
/** Below this width nobody sees a glyph swell by 4%. */
const SWELL_FROM = 20;
/** The longest that anything a change began can take. */
export const HORIZON = 1700;

/** How a glyph that stays at its place moves, at the share `t` of a motion. */
export interface Stir {
  readonly duration: number;
  /** Less than a pixel on a glyph that is smaller than this. */
  readonly smallest?: number;
  move(t: number): { readonly dx?: number; readonly dy?: number; readonly scale?: number };
}

export interface Move {
  readonly change: Change;
  readonly kind: 'left' | 'bound' | 'pod' | 'node' | 'edit' | 'asked';
  /** Of the pod that came or left. */
  readonly record?: PodRecord | undefined;
  readonly stir?: Stir | undefined;
  readonly asked?: readonly Asked[];
}

export class Moves {
  private readonly list: Move[] = [];
  // When each began and how long it is seen, on screen at 1x, side by side: those that are over are passed by unread.
  private readonly times: number[] = [];
  private readonly spans: number[] = [];

  clear(): void {
    for (const column of [this.list, this.times, this.spans]) column.length = 0;
  }

  /** What still moves at a moment at `factor` of the speed of 1x, from the latest of the changes up to `seq` back to change `first`. */
  at(atMs: number, factor: number, seq: number, first: number): Move[] {
    const found: Move[] = [];
    const oldestMs = atMs - HORIZON * factor;
    for (let i = this.countUpTo(seq) - 1; i >= 0; i--) {
      const [beganMs, span] = [this.times[i] as number, this.spans[i] as number];
      if (beganMs < oldestMs) break;
      if (atMs - beganMs >= span * factor) continue;
      const move = this.list[i] as Move;
      if (move.change.seq <= first) break;
      found.push(move);
    }
    return found;
  }

  private add(move: Move, span = HORIZON): void {
    this.list.push(move);
    this.times.push(move.change.atMs);
    this.spans.push(span);
  }

  readPod(change: Change, record: PodRecord | undefined): void {
    const [was, is] = [change.before as Pod | undefined, change.after as Pod | undefined];
    if (was && !is) this.add({ change, kind: 'left', record });
    if (!is) return;
    const stir = was && stirOf(was, is);
    if (is.spec.nodeName && !was?.spec.nodeName) this.add({ change, kind: 'bound', stir, record });
    else if (stir) this.add({ change, kind: 'pod', stir }, stir.duration);
  }

  readNode(change: Change): void {
    const { before, after } = change;
    if (before && after && !isUnknown(before) && isUnknown(after)) this.add({ change, kind: 'node' });
  }

  readInside(change: Change): void {
    const asked = askedBetween(change);
    if (asked.length > 0) this.add({ change, kind: 'asked', asked });
  }

  edited(change: Change): void {
    this.add({ change, kind: 'edit' });
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
  if (isPodReady(is) && !isPodReady(was))
    return { duration: READY, smallest: SWELL_FROM, move: (t) => ({ scale: round(1 + 0.04 * Math.sin(t * Math.PI)) }) };
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
