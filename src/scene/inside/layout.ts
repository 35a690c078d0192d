// Where everything inside a pod stands: pure positions for any number of containers and volumes at any width.
//
//   stamp, name, state            door plate on the band
//   ── pipe `localhost` ──── plugs ───────────────────┐
//   init │ container │ container │     one or more rows │ spine of the pipes that cannot go straight down
//   note │ volume ─────── files ─────────────────────┘
//   ══════ band ══════     volumes that outlive the pod stand below it, on the node
import { textWidth } from '../captions.ts';
import type { Rect } from '../item.ts';
import type { Size } from '../layout.ts';
import { round } from '../shapes.ts';
import { type CardLines, cardLines, type Detail } from './cards.ts';
import { type Grid, gapIn, gridOf, LANE, type Measures, measuresFor, VOLUME_GAP } from './grid.ts';
import type { ContainerBox, InsideModel } from './model.ts';
import { type Routing, routeMounts } from './pipes.ts';
import type { InsideLayout, PlacedContainer, PlacedInit } from './placed.ts';
import { placePlugs, withSockets } from './plugs.ts';
import { placeVolume, volumeHeight } from './volumeLayout.ts';

const INIT_ROW = 54;
const INIT_ROW_GAP = 8;
const INIT_HEIGHT_MIN = 100;
const INIT_HEIGHT_MAX = 240;
/** Between two init containers of a column, and how many of them the cards beside them make room for. */
const INIT_GAP_Y = 10;
const INITS_SHOWN: Readonly<Record<Detail, number>> = { 0: 1, 1: 2, 2: 4 };
const FLOOR_PAD = 14;
const LABEL_MIN = 80;
/** From the stamp's left edge to the words beside it, and what those need at least. */
const HEAD_LEFT = 52;
const HEAD_WORDS_MIN = 150;
const PLUG_HALF = 11;

/** With as much detail as the height has room for. */
export function layoutInside(model: InsideModel, size: Size): InsideLayout {
  const full = layoutAt(model, size, 2);
  if (full.content.height <= size.height) return full;
  const middle = layoutAt(model, size, 1);
  if (middle.content.height <= size.height) return middle;
  const least = layoutAt(model, size, 0);
  // Where one has to scroll anyway there is room for more.
  return least.content.height <= size.height * 1.15 ? least : middle;
}

function layoutAt(model: InsideModel, size: Size, detail: Detail): InsideLayout {
  const measures = measuresFor(model, size);
  const { isPhone, bandX, bandTop, bandWidth, x0, x1, pipeDrop, pipeToCard, initWidth } = measures;
  const hasColumn = initWidth > 0;
  const grid = gridOf(model, measures);
  const initRows = hasColumn ? [] : placeInitRows(model.inits, { x: x0, y: bandTop + pipeDrop - 26, width: x1 - x0, height: INIT_ROW });
  const pipeTop = bandTop + pipeDrop + initRows.length * (INIT_ROW + INIT_ROW_GAP);
  const { rows, bottom: cardsBottom } = stackContainers(grid, pipeTop, detail, measures, initColumnHeight(model.inits.length, detail));
  const { volumeRows, bandBottom, bottom } = stackVolumes(grid, cardsBottom, detail, measures);
  const cardTop = pipeTop + pipeToCard;
  const column = { x: x0, y: cardTop, width: initWidth, height: cardsBottom - cardTop };
  const inits = hasColumn ? placeInitColumn(model.inits, column) : initRows;
  const containers = rows.flatMap((row) => row.containers);
  const volumes = volumeRows.flatMap((row) => row.volumes);
  const door = placeDoor(containers, measures, model.pod.name);
  const doorX = door.x + door.width / 2;
  const isCrossed = grid.rows.length > 1;
  const innerVolume = volumes.find(({ box }) => !box.isOutside);
  return {
    model,
    size,
    content: { width: size.width, height: bottom + (isPhone ? 16 : 28) },
    isPhone,
    detail,
    tray: isPhone ? undefined : trayAround(size, bandX, bottom),
    band: { x: bandX, y: bandTop, width: size.width - 2 * bandX, height: bandBottom - bandTop },
    bandWidth,
    head: {
      x: x0,
      y: bandTop + (isPhone ? 56 : 52),
      width: doorX - 12 - x0,
      nameWidth: (isPhone ? doorX - 12 : door.x - 8) - x0,
    },
    door,
    wire: { x: doorX, top: isPhone ? 12 : 22, bottom: wireEnd(containers, doorX, pipeTop) },
    network: networkPath(rows, grid, isCrossed),
    networkLabel: labelPlace(grid, rows[0]?.containers ?? [], pipeTop, doorX),
    inits,
    initsLeft: model.inits.length - inits.length,
    initArrow: hasColumn && containers[0] ? { x: x0 + initWidth + 3, y: cardTop + 80 } : undefined,
    note: hasColumn && innerVolume ? { x: x0, y: innerVolume.rect.y + 24 } : undefined,
    containers,
    mounts: routeMounts({ rows, volumeRows, lanes: grid.lanes, spineX: grid.to + 12 }),
    volumes,
  };
}

// Downwards

function stackContainers(grid: Grid, pipeTop: number, detail: Detail, { isPhone, pipeToCard, initWidth }: Measures, columnHeight: number) {
  const { from, to, rows, lanes } = grid;
  const heightMin = initWidth > 0 && rows.length === 1 ? columnHeight : 0;
  let pipeY = pipeTop;
  let bottom = pipeTop;
  const placed = rows.map((row, r) => {
    const top = pipeY + pipeToCard;
    const lines = row.map((box) => cardLines(box, detail, isPhone));
    const height = Math.max(heightMin, ...lines.map((each) => each.height));
    const gap = gapIn(row.length);
    const width = round((to - from - (row.length - 1) * gap) / row.length);
    const y = pipeY;
    const containers = row.map((box, c): PlacedContainer => {
      const rect = { x: round(from + c * (width + gap)), y: top, width, height };
      return { box, rect, lines: lines[c] as CardLines, plugs: placePlugs(box, rect, y), pipeY: y };
    });
    bottom = top + height;
    const count = lanes.below[r]?.size ?? 0;
    pipeY = bottom + (count > 0 ? 12 + count * LANE : 8) + PLUG_HALF + 8;
    return { containers, laneTop: bottom + 14 };
  });
  return { rows: withSockets(placed), bottom };
}

function stackVolumes({ from, to, volumeRows, lanes }: Grid, cardsBottom: number, detail: Detail, { isPhone, bandWidth }: Measures) {
  const floor = FLOOR_PAD + bandWidth;
  let y = cardsBottom;
  let bandBottom = cardsBottom + floor;
  const placed = volumeRows.map(({ boxes, isOutside }, v): Routing['volumeRows'][number] => {
    // The pipes of what stands outside go through the band first.
    if (isOutside && !volumeRows[v - 1]?.isOutside) y = bandBottom;
    const laneTop = y + 16;
    y += Math.max(v === 0 ? (isPhone ? 42 : 50) : 24, 26 + (lanes.above[v]?.size ?? 0) * LANE);
    const width = round((to - from - (boxes.length - 1) * VOLUME_GAP) / boxes.length);
    const height = Math.max(...boxes.map((box) => volumeHeight(box, width, detail)));
    const top = y;
    y += height;
    if (!isOutside) bandBottom = y + floor;
    return {
      laneTop,
      volumes: boxes.map((box, c) => placeVolume(box, { x: round(from + c * (width + VOLUME_GAP)), y: top, width, height }, detail)),
    };
  });
  return { volumeRows: placed, bandBottom, bottom: Math.max(bandBottom, y) };
}

function placeInitRows(inits: readonly ContainerBox[], first: Rect): PlacedInit[] {
  return inits.map((box, i) => ({ box, isRow: true, rect: { ...first, y: first.y + i * (INIT_ROW + INIT_ROW_GAP) } }));
}

/** What a column of init containers would like to have; where there is less room it must do with less. */
function initColumnHeight(count: number, detail: Detail): number {
  const shown = Math.min(count, INITS_SHOWN[detail]);
  return shown * (INIT_HEIGHT_MIN + INIT_GAP_Y) - INIT_GAP_Y;
}

/** One under the other, in the order in which they run; where not all have room, up to the one that runs or has failed. */
function placeInitColumn(inits: readonly ContainerBox[], column: Rect): PlacedInit[] {
  const count = Math.max(1, Math.min(inits.length, Math.floor((column.height + INIT_GAP_Y) / (INIT_HEIGHT_MIN + INIT_GAP_Y))));
  const height = Math.min((column.height - (count - 1) * INIT_GAP_Y) / count, INIT_HEIGHT_MAX);
  const current = inits.findIndex(({ state }) => state.stage !== 'done');
  const first = Math.min(inits.length - count, Math.max(0, (current < 0 ? inits.length : current + 1) - count));
  return inits
    .slice(first, first + count)
    .map((box, i) => ({ box, isRow: false, rect: { ...column, y: round(column.y + i * (height + INIT_GAP_Y)), height: round(height) } }));
}

// Around

function trayAround({ width, height }: Size, bandX: number, bottom: number): Rect {
  const x = Math.min(24, bandX - 10);
  const y = 46;
  return { x, y, width: width - 2 * x, height: Math.max(bottom + 28, height + 20) - y };
}

/** On the band, over the first plug where stamp and words leave room for it. */
function placeDoor(containers: readonly PlacedContainer[], { isPhone, x0, x1, bandTop }: Measures, name: string): Rect {
  const width = isPhone ? 132 : 152;
  const place = (x: number) => ({ x: round(x), y: bandTop - 15, width, height: 44 });
  if (isPhone) return place(x1 - width - 4);
  const nameEnd = x0 + HEAD_LEFT + textWidth(name, { size: 16, isMono: true });
  // The wire passes the words beside the stamp, the plate the end of the name as well.
  const least = Math.max(x0 + HEAD_LEFT + HEAD_WORDS_MIN + 14, nameEnd + 10 + width / 2);
  const first = containers.find(({ plugs }) => plugs.length > 0) ?? containers[0];
  const over = first?.plugs[0]?.x ?? (first ? first.rect.x + first.rect.width / 2 : x1);
  return place(Math.min(x1 - width, Math.max(least, over) - width / 2));
}

/** Along the top of each row; several rows are joined at the left. */
function networkPath(rows: Routing['rows'], { from, to }: Grid, isJoined: boolean): string {
  const levels = rows.flatMap(({ containers }) => containers[0]?.pipeY ?? []);
  const left = isJoined ? from - 12 : from;
  const along = levels.map((y) => `M${left} ${y}H${to}`).join('');
  return isJoined ? `${along}M${left} ${levels[0]}V${levels.at(-1)}` : along;
}

/** On the plug that stands under the door, else on the pipe. */
function wireEnd(containers: readonly PlacedContainer[], x: number, pipeTop: number): number {
  const isOnPlug = containers.some(({ plugs }) => plugs.some((plug) => plug.y === pipeTop && Math.abs(plug.x - x) < plug.width / 2));
  return pipeTop - (isOnPlug ? 12 : 6);
}

/** Above the pipe in the widest stretch between plugs and wire. */
function labelPlace(
  { from, to }: Grid,
  containers: readonly PlacedContainer[],
  pipeY: number,
  doorX: number,
): InsideLayout['networkLabel'] {
  const taken = [
    { from: doorX - 8, to: doorX + 8 },
    ...containers.flatMap(({ plugs }) => plugs.map(({ x, width }) => ({ from: x - width / 2 - 4, to: x + width / 2 + 4 }))),
    { from: to, to },
  ].sort((a, b) => a.from - b.from);
  let best = { x: from, width: 0 };
  let start = from;
  for (const each of taken) {
    const width = each.from - start;
    // On the left stand the words of the pod: the right is better as long as the label fits there.
    if (width > best.width || (start > doorX && best.x < doorX && width >= LABEL_MIN)) best = { x: start + width / 2, width };
    start = Math.max(start, each.to);
  }
  return { x: round(best.x), y: pipeY - 16, width: best.width };
}
