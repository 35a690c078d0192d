// What moves inside a pod at a moment: a container that crashed shakes once, one that starts fades in. A pure function of the changes
// before the playhead, as on the stage.
import type { ContainerStatus, Pod } from '../../kube/kinds/pod.ts';
import type { Change, Key } from '../../kube/meta.ts';
import { easeOut } from '../easing.ts';
import { round } from '../shapes.ts';

/** How a container's card differs from where and how it rests. */
export interface CardMotion {
  readonly dx: number;
  readonly opacity: number | undefined;
}

export interface MotionInput {
  readonly changes: readonly Change[];
  /** The last change shown. */
  readonly seq: number;
  readonly pod: Key;
  readonly atMs: number;
  readonly speed: number;
  readonly isReduced: boolean;
}

const SHAKE_MS = 140;
const SHAKE_PX = 3;
const FADE_MS = 200;

/** Virtual milliseconds that last as long as one of the screen does at 1x; from a hundred times on nothing could be followed. */
export function scaleFor(speed: number): number {
  return speed > 1 ? speed * 0.4 : 1;
}

export function insideMotion({ changes, seq, pod, atMs, speed, isReduced }: MotionInput): ReadonlyMap<string, CardMotion> {
  const motion = new Map<string, CardMotion>();
  if (isReduced || speed > 20) return motion;
  const scale = scaleFor(speed);
  for (let i = seq - 1; i >= 0; i--) {
    const change = changes[i] as Change;
    const t = (atMs - change.atMs) / scale;
    if (t > FADE_MS) break;
    if (change.table !== 'Pod' || change.key !== pod || !change.before || !change.after) continue;
    for (const [name, what] of turns(change.before as Pod, change.after as Pod)) {
      const moved = what === 'crashed' ? shake(t / SHAKE_MS) : { dx: 0, opacity: round(0.3 + 0.7 * easeOut(t / FADE_MS)) };
      if (moved && !motion.has(name)) motion.set(name, moved);
    }
  }
  return motion;
}

function shake(t: number): CardMotion | undefined {
  return t < 1 ? { dx: round(SHAKE_PX * Math.sin(t * 3 * Math.PI) * (1 - t)), opacity: undefined } : undefined;
}

type Turn = readonly [container: string, what: 'crashed' | 'started'];

function turns(before: Pod, after: Pod): Turn[] {
  const was = new Map(statusesOf(before).map((status) => [status.name, status]));
  return statusesOf(after).flatMap((status): Turn[] => {
    const old = was.get(status.name);
    if (isFailed(status) && !isFailed(old)) return [[status.name, 'crashed']];
    return status.state.running && !old?.state.running ? [[status.name, 'started']] : [];
  });
}

function isFailed(status: ContainerStatus | undefined): boolean {
  return (status?.state.terminated?.exitCode ?? 0) !== 0;
}

/** Of containers of all sorts. */
export function statusesOf({ status }: Pod): readonly ContainerStatus[] {
  return [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? []), ...(status.ephemeralContainerStatuses ?? [])];
}
