// Where the trays stand and where on a tray each pod stands: as large as the room and the number of pods allow.

import type { PodGlyph, TrayGlyph } from './glyphs.ts';
import type { Rect } from './item.ts';
import type { PodRecord } from './podRecord.ts';

/** How trays are drawn: with cookies and captions, with tokens, small with dots, as rows on a phone, or as marks of the heat-map. */
export type TrayStyle = BedStyle | 'heat';
/** Those on which pods stand. */
type BedStyle = 'full' | 'token' | 'small' | 'row';

export interface TrayPlan {
  readonly style: TrayStyle;
  readonly rects: readonly Rect[];
  readonly grid: Grid;
  readonly height: number;
}

/** The lattice of places on every tray: the same everywhere, so that one size of glyph says one thing. */
export interface Grid {
  readonly d: number;
  readonly pitchX: number;
  readonly pitchY: number;
  readonly columns: number;
  readonly hasCaptions: boolean;
  /** How many rows the fullest tray has: the first row stands equally high on all. */
  readonly rows: number;
  /** How many pods a tray holds at this size. */
  readonly capacity: number;
}

export interface Frame {
  readonly lip: number;
  readonly strip: number;
  readonly padX: number;
  /** Of the lip on the left, in rows. */
  readonly left: number;
}

export const FRAMES: Readonly<Record<TrayStyle, Frame>> = {
  full: { lip: 38, strip: 52, padX: 12, left: 0 },
  token: { lip: 28, strip: 22, padX: 8, left: 0 },
  small: { lip: 24, strip: 14, padX: 7, left: 0 },
  row: { lip: 0, strip: 0, padX: 6, left: 90 },
  heat: { lip: 0, strip: 0, padX: 0, left: 0 },
};

const GAP: Readonly<Record<BedStyle, number>> = { full: 20, token: 12, small: 10, row: 9 };
/** Two cookies with their names beside each other. */
const NARROWEST = 172;
const MIN_WIDTH: Readonly<Record<BedStyle, number>> = { full: 240, token: 190, small: 132, row: 0 };
const MAX_WIDTH: Readonly<Record<BedStyle, number>> = { full: 440, token: 320, small: 220, row: Number.POSITIVE_INFINITY };
const MIN_HEIGHT: Readonly<Record<BedStyle, number>> = { full: 186, token: 100, small: 96, row: 84 };
const MAX_HEIGHT: Readonly<Record<BedStyle, number>> = { full: 348, token: 160, small: 140, row: 84 };
/** From this many nodes on there are no trays but the marks of the heat-map. */
export const HEAT_FROM = 121;
/** From this many nodes on trays are small. */
const SMALL_FROM = 13;

/** The last plan made: pods come and go far more often than it changes. */
let last: { readonly of: readonly unknown[]; readonly plan: TrayPlan } | undefined;

export function planTrays(trays: readonly TrayGlyph[], area: Rect, isPhone: boolean): TrayPlan {
  const count = Math.max(1, trays.length);
  const need = Math.max(1, ...trays.map(({ pods, nominated }) => pods.length + nominated.length));
  const of = [count, need, area.x, area.y, area.width, area.height, isPhone];
  if (!last?.of.every((value, i) => value === of[i])) last = { of, plan: choosePlan(count, need, area, isPhone) };
  return last.plan;
}

function choosePlan(count: number, need: number, area: Rect, isPhone: boolean): TrayPlan {
  const candidates = isPhone
    ? [plan('row', count, need, area)]
    : styles(count).map(([style, narrow]) => plan(style, count, need, area, narrow));
  // The first that fits as a whole with its pods large enough to be told apart; else the one that is lowest.
  return candidates.find((one) => one.height <= area.height + 0.5 && fits(one, need)) ?? (candidates.at(-1) as TrayPlan);
}

/** In order of preference; a number is a smaller least width, for cookies are worth a squeeze. */
function styles(count: number): readonly (readonly [BedStyle, number?])[] {
  return count >= SMALL_FROM ? [['small']] : [['full'], ['full', 190], ['full', NARROWEST], ['token'], ['small']];
}

function fits({ style, grid }: TrayPlan, need: number): boolean {
  return style === 'full' ? grid.d >= 24 || need > 60 : style === 'token' ? grid.d >= 12 : true;
}

function plan(style: BedStyle, count: number, need: number, area: Rect, least = MIN_WIDTH[style]): TrayPlan {
  const gap = least === NARROWEST ? 10 : GAP[style];
  const most = style === 'row' ? 1 : Math.max(1, Math.floor((area.width + gap) / (least + gap)));
  const columns = balanced(count, most);
  const rows = Math.ceil(count / columns);
  const width = Math.min(MAX_WIDTH[style], (area.width - (columns - 1) * gap) / columns);
  const height = Math.max(MIN_HEIGHT[style], Math.min(MAX_HEIGHT[style], (area.height - (rows - 1) * gap) / rows));
  const left = area.x + (area.width - columns * width - (columns - 1) * gap) / 2;
  const rects = Array.from({ length: count }, (_, i) => ({
    x: left + (i % columns) * (width + gap),
    y: area.y + Math.floor(i / columns) * (height + gap),
    width,
    height,
  }));
  return { style, rects, grid: gridFor(style, need, width, height), height: rows * height + (rows - 1) * gap };
}

/** As few rows as possible, then as even as possible: five trays in rows of three stand 3 + 2, four in rows of three 2 + 2. */
function balanced(count: number, most: number): number {
  const rows = Math.ceil(count / most);
  return Math.ceil(count / rows);
}

/** On the marks of the heat-map no pods stand. */
export const NO_GRID: Grid = { d: 12, pitchX: 1, pitchY: 1, columns: 1, hasCaptions: false, rows: 1, capacity: 0 };

const SIZES: Readonly<Record<BedStyle, readonly (readonly [d: number, pitchX: number, pitchY: number, hasCaptions: boolean])[]>> = {
  full: [
    [68, 96, 122, true],
    [60, 86, 114, true],
    [52, 82, 104, true],
    [44, 78, 96, true],
    [32, 40, 40, false],
    [24, 31, 30, false],
    [18, 23, 22, false],
    [13, 16, 16, false],
    [7, 9, 9, false],
  ],
  token: [
    [38, 50, 46, false],
    [32, 41, 40, false],
    [28, 36, 34, false],
    [24, 30.6, 29, false],
    [18, 23, 20, false],
    [13, 16, 16, false],
    [7, 9, 9, false],
  ],
  small: [
    [12, 15, 15, false],
    [7, 9, 9, false],
    [5, 6.5, 6.5, false],
  ],
  row: [
    [40, 82, 64, true],
    [26, 32, 32, false],
    [13, 16, 16, false],
    [7, 9, 9, false],
  ],
};

/** With a name for each, however small, where a picture has few pods and is read like a page. */
const NAMED: typeof SIZES = {
  ...SIZES,
  token: [[38, 42, 60, true], [32, 42, 54, true], ...SIZES.token],
  row: [[40, 82, 64, true], [36, 58, 60, true], [32, 46, 54, true], ...SIZES.row],
};

export function gridFor(style: BedStyle, need: number, width: number, height: number, isNamed = false): Grid {
  const { lip, strip, padX, left } = FRAMES[style];
  const [innerWidth, innerHeight] = [width - left - 2 * padX, height - lip - strip];
  const sizes = (isNamed ? NAMED : SIZES)[style];
  const at = sizes.find(([, pitchX, pitchY]) => Math.floor(innerWidth / pitchX) * Math.floor(innerHeight / pitchY) >= need) ?? sizes.at(-1);
  const [d, pitchX, pitchY, hasCaptions] = at as (typeof sizes)[number];
  const columns = Math.max(1, Math.floor(innerWidth / pitchX));
  return {
    d,
    pitchX,
    pitchY,
    columns,
    hasCaptions,
    rows: Math.ceil(need / columns),
    capacity: columns * Math.max(1, Math.floor(innerHeight / pitchY)),
  };
}

/** What decides where a pod stands on its tray. */
export type Seated = Pick<PodRecord, 'slot' | 'boundMs'>;

export interface Seating<T extends Seated> {
  readonly seatOf: (pod: T) => number;
  readonly count: number;
}

/**
 * The place of each pod of one tray. A single row stands in the order of arrival and closes its gaps. On the lattice each keeps its slot,
 * and gaps stay until somebody fills them, so that nothing drifts; only where the lattice is too small for that are they closed.
 */
export function seatPods<T extends Seated>(pods: readonly T[], grid: Grid): Seating<T> {
  const isRow = grid.hasCaptions && pods.length <= grid.columns;
  const last = pods.reduce((most, { slot }) => Math.max(most, slot + 1), 0);
  if (!isRow && last <= grid.capacity) return { seatOf: ownSlot, count: last };
  const ordered = [...pods].sort((a, b) => (isRow ? (a.boundMs ?? 0) - (b.boundMs ?? 0) || a.slot - b.slot : a.slot - b.slot));
  const seats = new Map<Seated, number>(ordered.map((pod, i) => [pod, i]));
  return { seatOf: (pod) => seats.get(pod) ?? pod.slot, count: pods.length };
}

const ownSlot = ({ slot }: Seated): number => slot;

/** On a lattice without words each stands at its own slot, however many there are. */
export const SLOTS: Seating<Seated> = { seatOf: ownSlot, count: 0 };

export function keepSlots(pods: readonly Seated[], { hasCaptions, capacity }: Grid): boolean {
  return !hasCaptions && pods.every(({ slot }) => slot < capacity);
}

export interface Slot {
  readonly pod: PodGlyph;
  readonly x: number;
  readonly y: number;
  /** Room for a caption. */
  readonly width: number;
}

export const NOWHERE: Seated = { slot: 0, boundMs: 0 };

/** The places of the pods of one tray, and after them those kept for pods that victims make room for. A single row is centred. */
export function placePods(tray: TrayGlyph, rect: Rect, style: TrayStyle, grid: Grid): Slot[] {
  const seated = seatedOn(tray);
  const { seatOf, count } = seatPods(seated, grid);
  const place = placesFor(count, rect, style, grid);
  const slotOf = (pod: PodGlyph, seat: Seated): Slot => {
    const { x, y, width } = place(seatOf(seat));
    return { pod, x, y, width };
  };
  const nominated = tray.nominated.map((pod, i) => slotOf(pod, seated[tray.pods.length + i] ?? NOWHERE));
  return [...tray.pods.map((pod, i) => slotOf(pod, seated[i] ?? NOWHERE)), ...nominated];
}

/** What seats each pod of the tray and then each that is expected: these come last, behind all slots that are taken. */
export function seatedOn({ pods, nominated }: TrayGlyph): readonly Seated[] {
  const seated: Seated[] = pods.map(({ record }) => record ?? NOWHERE);
  if (nominated.length === 0) return seated;
  const last = seated.reduce((most, { slot }) => Math.max(most, slot + 1), 0);
  return [...seated, ...nominated.map((_, i) => ({ slot: last + i, boundMs: Number.MAX_SAFE_INTEGER }))];
}

type SeatPlace = (seat: number) => Omit<Slot, 'pod'>;

/** The place of each number on a tray that has `count` of them. */
export function placesFor(count: number, rect: Rect, style: TrayStyle, grid: Grid): SeatPlace {
  const { lip, strip, padX, left } = FRAMES[style];
  const inner = { x: rect.x + left + padX, width: rect.width - left - 2 * padX };
  const isSpread = grid.hasCaptions && count <= grid.columns;
  const pitch = isSpread
    ? Math.min(inner.width / Math.max(1, count), style === 'row' ? 118 : 132)
    : grid.hasCaptions
      ? inner.width / grid.columns
      : Math.min(inner.width / grid.columns, grid.pitchX * 1.25);
  const first =
    style === 'row' && isSpread
      ? inner.x + pitch / 2
      : isSpread
        ? inner.x + (inner.width - (count - 1) * pitch) / 2
        : inner.x + pitch / 2 + (grid.hasCaptions ? 0 : 1);
  const used = grid.rows * grid.pitchY;
  const spare = Math.max(0, rect.height - lip - strip - used);
  const above =
    style === 'row'
      ? grid.hasCaptions
        ? Math.min(12, 0.6 * spare)
        : spare / 2 + 3
      : grid.hasCaptions
        ? Math.min(26, spare / 2) + 12
        : grid.d >= 28
          ? 10
          : 6;
  const top = rect.y + lip + above;
  const middle = top + grid.d / 2;
  const { columns, pitchY } = grid;
  return (seat) => ({
    x: first + (seat % columns) * pitch,
    y: middle + Math.floor(seat / columns) * pitchY,
    width: pitch - (style === 'token' ? 6 : 10),
  });
}
