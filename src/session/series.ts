// How many pods of each template there were at every moment: what the chart of the timeline stacks. Read from the log once, in order.
import type { Pod } from '../kube/kinds/pod.ts';
import { isPodActive, isPodReady } from '../kube/kinds/pod.ts';
import type { Change, KubeObject } from '../kube/meta.ts';
import type { Looks } from '../scene/looks.ts';
import type { Look } from '../scene/podRecord.ts';

export interface SeriesPoint {
  readonly atMs: number;
  /** Pods per look, in the order of `bands`; shorter where a look had not been seen yet. */
  readonly counts: readonly number[];
  readonly ready: number;
}

/** It grows as long as its moment lasts. */
interface OpenPoint {
  readonly atMs: number;
  readonly counts: number[];
  ready: number;
}

export class PodSeries {
  /** The looks in the order in which they were first seen; the bottom band comes first. */
  readonly bands: Look[] = [];
  private readonly open: OpenPoint[] = [{ atMs: 0, counts: [], ready: 0 }];
  private readonly bandOf = new Map<string, number>();
  private readCount = 0;

  get points(): readonly SeriesPoint[] {
    return this.open;
  }

  /** Reads what was appended since the last call. */
  read(changes: readonly Change[], looks: Looks): void {
    for (; this.readCount < changes.length; this.readCount++) {
      const change = changes[this.readCount] as Change;
      if (change.table === 'Pod') this.readPod(change, looks);
    }
  }

  /** The counts at a moment. */
  at(atMs: number): SeriesPoint {
    const { points } = this;
    let low = 0;
    let high = points.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((points[middle] as SeriesPoint).atMs <= atMs) low = middle;
      else high = middle - 1;
    }
    return points[low] as SeriesPoint;
  }

  private readPod({ before, after, atMs }: Change, looks: Looks): void {
    const counted = Number(isCounted(after)) - Number(isCounted(before));
    const ready = Number(isServing(after)) - Number(isServing(before));
    if (counted === 0 && ready === 0) return;
    const band = this.bandFor(looks.ofPod((after ?? before) as KubeObject));
    const point = this.pointAt(atMs);
    for (let i = point.counts.length; i <= band; i++) point.counts.push(0);
    (point.counts[band] as number) += counted;
    point.ready += ready;
  }

  /** The last point, where it is of this moment; else one that goes on from it. */
  private pointAt(atMs: number): OpenPoint {
    const last = this.open.at(-1) as OpenPoint;
    if (last.atMs === atMs) return last;
    const point = { ...last, atMs, counts: [...last.counts] };
    this.open.push(point);
    return point;
  }

  private bandFor(look: Look): number {
    let band = this.bandOf.get(look.letter);
    if (band === undefined) {
      band = this.bands.length;
      this.bandOf.set(look.letter, band);
      this.bands.push(look);
    }
    return band;
  }
}

/** At most two points a column of the screen: the last of the column before and the highest within. Steps stay steps. */
export function thinOut(points: readonly SeriesPoint[], columnMs: number): readonly SeriesPoint[] {
  if (points.length < 1000) return points;
  const kept: SeriesPoint[] = [];
  let column = -1;
  for (const point of points) {
    const at = Math.floor(point.atMs / columnMs);
    if (at === column) kept.pop();
    column = at;
    kept.push(point);
  }
  return kept;
}

/** A pod that ends is no longer one of those its owner counts. */
function isCounted(object: KubeObject | undefined): boolean {
  return object !== undefined && isPodActive(object as Pod);
}

function isServing(object: KubeObject | undefined): boolean {
  return object !== undefined && isPodReady(object as Pod) && !object.metadata.deletionTimestamp;
}
