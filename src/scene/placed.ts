// Pods on their trays and in the lane, and the places kept for those to come: what every layout of the stage has in common.
import { indexFrom } from '../base/indexFrom.ts';
import { Keyed } from '../base/keyed.ts';
import type { Node } from '../kube/kinds/node.ts';
import { fit, POD_NAME, type SceneMessages, textWidth } from './captions.ts';
import { claimOf } from './disk.ts';
import type { Ground } from './glyph.ts';
import type { PodGlyph, TrayGlyph } from './glyphs.ts';
import { type Item, isSameRect, type Rect } from './item.ts';
import type { LaneLayout } from './laneLayout.ts';
import { caption, group, mark } from './mark.ts';
import { round, shapePath } from './shapes.ts';
import { type Grid, keepSlots, NOWHERE, placePods, placesFor, type Slot, seatedOn, type TrayPlan } from './trayLayout.ts';

export interface PlacedPod {
  readonly pod: PodGlyph;
  readonly x: number;
  readonly y: number;
  readonly d: number;
  readonly ground: Ground;
  /** Room for the two lines under it; 0 for none. */
  readonly captionWidth: number;
  readonly inLane: boolean;
  /** Some name does not fit in full: all are shown by their last part, for an equal picture. */
  readonly isNameShort: boolean;
  /** How much room there is on its right for its disk; 0 where none is drawn. */
  readonly diskRoom: number;
}

export interface PlacedTray {
  readonly tray: TrayGlyph;
  readonly rect: Rect;
}

export interface PlacedPods {
  readonly pods: Keyed<PlacedPod>;
  /** When each of them set out last. */
  readonly movedMs: readonly number[];
}

export function placeAll(trays: readonly PlacedTray[], plan: TrayPlan, lane: LaneLayout): PlacedPods {
  const placed = lane.pods.map(({ pod, x, y, d }): PlacedPod => {
    return { pod, x, y, d, ground: 'canvas', captionWidth: 0, inLane: true, isNameShort: false, diskRoom: 0 };
  });
  const movedMs = placed.map(({ pod }) => movedMsOf(pod));
  const isNameShort = plan.grid.hasCaptions && trays.some((tray) => hasLongName(tray, plan));
  for (const tray of trays) {
    const bed = podsOn(tray, plan, isNameShort);
    placed.push(...bed.pods);
    movedMs.push(...bed.movedMs);
  }
  return { pods: new Keyed(placed, ({ pod }) => pod.key), movedMs };
}

function movedMsOf({ record }: PodGlyph): number {
  return record ? Math.max(record.cutMs, record.boundMs ?? 0) : Number.NEGATIVE_INFINITY;
}

/** The pods of a tray, as they stand. */
interface Bed {
  readonly tray: TrayGlyph;
  readonly rect: Rect;
  readonly plan: TrayPlan;
  readonly isNameShort: boolean;
  readonly pods: readonly PlacedPod[];
  readonly movedMs: readonly number[];
  /** Each stands at its own slot, whoever comes or goes. */
  readonly isOnSlots: boolean;
}

/** By node, whose glyph is another one with each change on it. */
const knownBeds = new WeakMap<Node, Bed>();

export function isSamePlace(a: PlacedPod, b: PlacedPod): boolean {
  if (a === b) return true;
  return (
    a.pod === b.pod &&
    a.x === b.x &&
    a.y === b.y &&
    a.d === b.d &&
    a.ground === b.ground &&
    a.captionWidth === b.captionWidth &&
    a.isNameShort === b.isNameShort &&
    a.diskRoom === b.diskRoom
  );
}

/** The pods of one tray; the same as before while tray, place and lattice are. */
function podsOn(placed: PlacedTray, plan: TrayPlan, isNameShort: boolean): Bed {
  const { tray, rect } = placed;
  const known = knownBeds.get(tray.node);
  const isAsBefore = known?.isNameShort === isNameShort && isSameRect(known.rect, rect) && isSamePlan(known.plan, plan);
  if (isAsBefore && known.tray === tray) return known;
  const bed = (isAsBefore && podsOnSlots(tray, known)) || podsInOrder(placed, plan, isNameShort, known?.pods ?? []);
  knownBeds.set(tray.node, bed);
  return bed;
}

/** Where each stands at its own slot only those that came are placed; undefined where it is not so. */
function podsOnSlots(tray: TrayGlyph, known: Bed): Bed | undefined {
  if (!known.isOnSlots || known.tray.state !== tray.state || tray.nominated.length > 0) return undefined;
  const { rect, isNameShort } = known;
  const { style, grid } = known.plan;
  const place = placesFor(0, rect, style, grid);
  const pods: PlacedPod[] = [];
  const movedMs: number[] = [];
  let at = 0;
  for (const pod of tray.pods) {
    const found = indexFrom(known.tray.pods, pod, at);
    if (found >= 0) {
      pods.push(known.pods[found] as PlacedPod);
      movedMs.push(known.movedMs[found] as number);
      at = found + 1;
      continue;
    }
    const { slot } = pod.record ?? NOWHERE;
    if (slot >= grid.capacity) return undefined;
    const { x, y } = place(slot);
    pods.push({ pod, x, y, d: grid.d, ground: groundOn(tray), captionWidth: 0, inLane: false, isNameShort, diskRoom: 0 });
    movedMs.push(movedMsOf(pod));
  }
  return { ...known, tray, pods, movedMs };
}

function podsInOrder({ tray, rect }: PlacedTray, plan: TrayPlan, isNameShort: boolean, before: readonly PlacedPod[]): Bed {
  const { d, hasCaptions } = plan.grid;
  const slots = placePods(tray, rect, plan.style, plan.grid);
  const hasDisks = plan.style === 'full' && hasCaptions;
  const pods = slots
    .filter(({ pod }) => pod.pod.spec.nodeName)
    .map((slot, i): PlacedPod => {
      const { pod, x, y, width } = slot;
      const diskRoom = hasDisks && claimOf(pod.pod) ? roomBeside(slot, slots, rect, d) : 0;
      const captionWidth = hasCaptions ? width : 0;
      const placed: PlacedPod = { pod, x, y, d, ground: groundOn(tray), captionWidth, inLane: false, isNameShort, diskRoom };
      const old = before[i];
      return old && isSamePlace(old, placed) ? old : placed;
    });
  const isOnSlots = tray.nominated.length === 0 && keepSlots(seatedOn(tray), plan.grid);
  return { tray, rect, plan, isNameShort, pods, movedMs: pods.map(({ pod }) => movedMsOf(pod)), isOnSlots };
}

function groundOn({ state }: TrayGlyph): Ground {
  return state === 'notReady' ? 'lost' : 'tray';
}

/** How far it is from a pod's right edge to the next pod's left one, or to the rim. */
function roomBeside({ x, y }: Slot, slots: readonly Slot[], rect: Rect, d: number): number {
  const next = slots.reduce(
    (least, other) => (other.y === y && other.x > x ? Math.min(least, other.x - d / 2) : least),
    rect.x + rect.width - 8,
  );
  return round(next - x - d / 2);
}

/** The places kept on trays for pods that the scheduler makes room for. */
export function keptPlaces(trays: readonly PlacedTray[], { style, grid }: TrayPlan, messages: SceneMessages): Item[] {
  return trays.flatMap(({ tray, rect }) => {
    if (tray.nominated.length === 0) return [];
    return placePods(tray, rect, style, grid)
      .filter(({ pod }) => !pod.pod.spec.nodeName)
      .map((slot): Item => ({ id: `kept:${slot.pod.key}`, key: slot.pod.key, layer: 'inner', ...keptPlace(slot, grid, messages) }));
  });
}

function keptPlace({ pod, x, y, width }: Slot, { d, hasCaptions }: Grid, { keptFor }: SceneMessages): Pick<Item, 'x' | 'y' | 'marks'> {
  const outline = mark('path', {
    d: shapePath(pod.look.shape, d),
    fill: 'none',
    stroke: 'var(--crust)',
    'stroke-width': 1.3,
    'stroke-dasharray': '2 4',
  });
  const marks = [group({ class: `look-${pod.look.shape}` }, [outline])];
  const face = { size: 12 };
  // What tells it from its siblings is the end of its name.
  const full = keptFor(pod.name);
  const text = textWidth(full, face) <= width + 8 ? full : fit(keptFor(pod.name.slice(pod.name.lastIndexOf('-') + 1)), width + 8, face);
  if (hasCaptions) marks.push(caption(text, 0, d / 2 + 20, { ...face, anchor: 'middle', fill: 'var(--ink2)' }));
  return { x, y, marks };
}

function hasLongName({ tray, rect }: PlacedTray, plan: TrayPlan): boolean {
  return placePods(tray, rect, plan.style, plan.grid).some(({ pod, width }) => textWidth(pod.name, POD_NAME) > width);
}

function isSamePlan(a: TrayPlan, b: TrayPlan): boolean {
  // Where there are no words, all rows begin at the top.
  const hasRoomAround = a.grid.hasCaptions || a.style === 'row';
  return (
    a.style === b.style &&
    a.grid.d === b.grid.d &&
    a.grid.columns === b.grid.columns &&
    (!hasRoomAround || a.grid.rows === b.grid.rows) &&
    a.grid.capacity === b.grid.capacity
  );
}
