// The stage laid out: owners, lane, trays, always in this order from top to bottom, and the threads between pips and pods.
// Pure positions from a scene and a size; what time changes on a glyph and what moves is added by frame.ts.
import { indexFrom } from '../base/indexFrom.ts';
import { Keyed } from '../base/keyed.ts';
import type { Node } from '../kube/kinds/node.ts';
import type { Key } from '../kube/meta.ts';
import { fit, POD_NAME, type SceneMessages, textWidth } from './captions.ts';
import { claimOf } from './disk.ts';
import type { Ground } from './glyph.ts';
import { HAND_OWNER, type LaneGlyph, type OwnerGlyph, type PodGlyph, type Scene, type TrayGlyph } from './glyphs.ts';
import type { Heat } from './heat.ts';
import { type Item, isSameRect, type Rect } from './item.ts';
import { type LaneLayout, laneHeight, layoutLane } from './laneLayout.ts';
import { caption, group, mark } from './mark.ts';
import type { OwnerArea, Pip, PlacedCutter } from './ownerDraft.ts';
import { layoutOwners } from './ownerLayout.ts';
import { round, shapePath } from './shapes.ts';
import {
  FRAMES,
  type Grid,
  keepSlots,
  NO_GRID,
  NOWHERE,
  placePods,
  placesFor,
  planTrays,
  type Slot,
  seatedOn,
  type TrayPlan,
} from './trayLayout.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

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

/** The line from a pip to its pod in three pieces: over the card, behind everything, and inside the tray. */
export interface Thread {
  readonly pod: PodGlyph;
  readonly card: string;
  readonly open: string;
  readonly inner: string;
}

export interface Layout {
  readonly scene: Scene;
  readonly size: Size;
  /** Of all there is, margins included. */
  readonly content: Size;
  readonly pods: Keyed<PlacedPod>;
  /** When each of them set out last. */
  readonly movedMs: readonly number[];
  readonly pips: ReadonlyMap<Key, Pip>;
  readonly cutters: readonly PlacedCutter[];
  readonly cards: readonly { readonly owner: OwnerGlyph; readonly rect: Rect }[];
  readonly doors: OwnerArea['doors'];
  readonly scalers: OwnerArea['scalers'];
  readonly trays: readonly PlacedTray[];
  readonly plan: TrayPlan;
  readonly lane: LaneLayout;
  /** Laid out when they are first asked for: in a crowd that is seldom. */
  readonly threads: ReadonlyMap<Key, Thread>;
  /** Cards, rails, steppers, lane: what stands still as long as the scene does. */
  readonly items: readonly Item[];
  readonly isPhone: boolean;
  /** Where there are too many nodes for trays. */
  readonly heat: Heat | undefined;
}

const PHONE_BELOW = 560;
const LEGEND_HEIGHT = 58;
/** Threads are always drawn up to this many pods; beyond, only for what is pointed at. */
export const THREADS_MAX = 12;

export function layoutStage(scene: Scene, size: Size, messages: SceneMessages, heat?: Heat): Layout {
  const isPhone = size.width < PHONE_BELOW;
  const isLow = !isPhone && size.height < 600;
  const margin = isPhone ? 14 : size.width >= 960 ? 40 : size.width >= 640 ? 28 : 14;
  const width = Math.max(200, size.width - 2 * margin);
  const top = isPhone ? 16 : isLow ? 16 : 24;
  const area = { x: margin, y: top, width, height: size.height };
  const owners = layoutOwners({
    owners: scene.owners,
    area,
    isPhone,
    isLow,
    isCramped: size.height < 540 || heat !== undefined,
    hasNotes: size.height >= 660,
    messages,
  });
  const laneSize = laneHeight(scene.lane, isPhone, isLow);
  const gaps = gapsFor(size, isPhone, isLow, owners);
  const laneTop = owners.bottom + gaps.aboveLane;
  const lane = laneFor(scene.lane, { x: margin, y: laneTop, width, height: laneSize }, isPhone, messages);
  const trayTop = laneTop + laneSize + gaps.belowLane;
  // Under the heat-map its legend stands.
  const bottom = heat ? LEGEND_HEIGHT : isPhone ? 12 : isLow ? 10 : 28;
  const trayArea = { x: margin, y: trayTop, width, height: Math.max(0, size.height - trayTop - bottom) };
  const heatPlan = heat?.plan(scene.trays, trayArea);
  const plan: TrayPlan = heatPlan
    ? { style: 'heat', rects: heatPlan.rects, grid: NO_GRID, height: heatPlan.height }
    : planTrays(scene.trays, trayArea, isPhone);
  const trays = scene.trays.map((tray, i) => ({ tray, rect: plan.rects[i] as Rect }));
  const { pods, movedMs } = placeAll(heat ? [] : trays, plan, lane);
  const pips = new Map(owners.pips.map((pip) => [pip.pod.key, pip]));
  let threads = isPhone || heat ? NO_THREADS : undefined;
  return {
    scene,
    size,
    content: { width: size.width, height: trayTop + plan.height + bottom },
    pods,
    movedMs,
    pips,
    cutters: owners.cutters,
    cards: owners.cards,
    doors: owners.doors,
    scalers: owners.scalers,
    trays,
    plan,
    lane,
    get threads() {
      return (threads ??= layoutThreads(owners, trays, plan, pods));
    },
    items: [
      ...owners.items,
      ...lane.items,
      ...(heat ? [] : keptPlaces(trays, plan, messages)),
      ...(heat && heatPlan ? [heat.words(scene, heatPlan, trayArea, messages)] : []),
      ...(scene.trays.length ? [] : [emptyTray(plan.rects[0] as Rect, messages)]),
    ],
    isPhone,
    heat,
  };
}

interface KnownLane {
  readonly rect: Rect;
  readonly messages: SceneMessages;
  readonly lane: LaneLayout;
}

const knownLanes = new WeakMap<LaneGlyph, KnownLane>();

/** The lane; the same as before while what waits in it, its place and the language are. */
function laneFor(glyph: LaneGlyph, rect: Rect, isPhone: boolean, messages: SceneMessages): LaneLayout {
  const known = knownLanes.get(glyph);
  if (known && known.messages === messages && isSameRect(known.rect, rect)) return known.lane;
  const lane = layoutLane(glyph, rect, isPhone, messages);
  knownLanes.set(glyph, { rect, messages, lane });
  return lane;
}

/** The room between the regions: generous where there is height, for threads need it to be read. */
function gapsFor(
  size: Size,
  isPhone: boolean,
  isLow: boolean,
  owners: OwnerArea,
): { readonly aboveLane: number; readonly belowLane: number } {
  if (isPhone || isLow) return { aboveLane: 13, belowLane: 14 };
  const note = owners.noteBottom > owners.bottom ? 70 : 0;
  return size.height >= 660
    ? { aboveLane: Math.max(note, 42), belowLane: note ? 66 : 40 }
    : { aboveLane: Math.max(note, 24), belowLane: 24 };
}

export function placeAll(trays: readonly PlacedTray[], plan: TrayPlan, lane: LaneLayout): Pick<Layout, 'pods' | 'movedMs'> {
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

const NO_THREADS: ReadonlyMap<Key, Thread> = new Map();

function layoutThreads(owners: OwnerArea, trays: readonly PlacedTray[], plan: TrayPlan, pods: Keyed<PlacedPod>): ReadonlyMap<Key, Thread> {
  const threads = new Map<Key, Thread>();
  const trayOf = new Map(trays.map(({ tray, rect }) => [tray.name, rect]));
  for (const { pod, x, d, y, railBottom, cardBottom, hasRoomBelow, threadTop } of owners.pips) {
    const place = pods.get(pod.key);
    const rect = trayOf.get(pod.pod.spec.nodeName ?? '');
    if (!place || place.inLane || !rect || pod.ownerKind === HAND_OWNER) continue;
    const lip = rect.y + FRAMES[plan.style].lip;
    const from = owners.bottom;
    const middle = round((from + rect.y) / 2);
    const isFirstRow = place.y - place.d / 2 - lip < 60;
    const [px, tx] = [round(x), round(place.x)];
    const end = `C${px} ${middle} ${tx} ${middle} ${tx} ${rect.y}`;
    threads.set(pod.key, {
      pod,
      card: hasRoomBelow ? `M${px} ${round(threadTop ?? Math.min(railBottom, y + d / 2 + 7))}V${round(cardBottom)}` : '',
      open: `M${px} ${round(cardBottom)}V${round(from)}${end}`,
      inner: isFirstRow ? `M${tx} ${round(lip)}V${round(place.y - place.d / 2 - (place.d >= 40 ? 6 : 3))}` : '',
    });
  }
  return threads;
}

function emptyTray({ x, y, width, height }: Rect, messages: SceneMessages): Item {
  return {
    id: 'empty-tray',
    layer: 'trays',
    x,
    y,
    marks: [
      mark('rect', { width, height, rx: 14, fill: 'none', stroke: 'var(--edge)', 'stroke-width': 1.2, 'stroke-dasharray': '4 4' }),
      caption(messages.noNodes, width / 2, height / 2 + 4, { size: 13, fill: 'var(--ink3)', anchor: 'middle' }),
    ],
  };
}
