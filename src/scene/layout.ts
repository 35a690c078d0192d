// The stage laid out: owners, lane, trays, always in this order from top to bottom, and the threads between pips and pods.
// Pure positions from a scene and a size; what time changes on a glyph and what moves is added by frame.ts.
import type { Keyed } from '../base/keyed.ts';
import type { Key } from '../kube/meta.ts';
import type { SceneMessages } from './captions.ts';
import { HAND_OWNER, type LaneGlyph, type OwnerGlyph, type PodGlyph, type Scene } from './glyphs.ts';
import type { Heat } from './heat.ts';
import { type Item, isSameRect, type Rect } from './item.ts';
import { drawHeld } from './laneHeld.ts';
import { type LaneLayout, laneHeight, layoutLane } from './laneLayout.ts';
import { caption, mark } from './mark.ts';
import type { OwnerArea, Pip, PlacedCutter } from './ownerDraft.ts';
import { layoutOwners } from './ownerLayout.ts';
import { keptPlaces, type PlacedPod, type PlacedPods, type PlacedTray, placeAll } from './placed.ts';
import { round } from './shapes.ts';
import { FRAMES, NO_GRID, planTrays, type TrayPlan } from './trayLayout.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The line from a pip to its pod in three pieces: over the card, behind everything, and inside the tray. */
export interface Thread {
  readonly pod: PodGlyph;
  readonly card: string;
  readonly open: string;
  readonly inner: string;
}

export interface Layout extends PlacedPods {
  readonly scene: Scene;
  readonly size: Size;
  /** Of all there is, margins included. */
  readonly content: Size;
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
  const lane = layoutLane(glyph, rect, isPhone, messages, drawHeld);
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
