// How the inside of a pod is divided: into columns of containers, rows of volumes, and the lanes that pipes take between them.
// A pipe goes straight down from the last row of containers into the first row of volumes; any other takes the spine on the right.
import { textWidth } from '../captions.ts';
import type { Size } from '../layout.ts';
import { NAME, PAD } from './cards.ts';
import type { ContainerBox, InsideModel, VolumeBox } from './model.ts';

export const PHONE_BELOW = 560;
/** What a column of init containers takes, and what it may take for their names where the others have enough. */
const INIT_WIDTH = 126;
const INIT_WIDTH_MAX = 200;
export const INIT_GAP = 28;
/** The distance of two pipes that run side by side. */
export const LANE = 11;

/** What differs between a phone and everything wider. */
export interface Measures {
  readonly isPhone: boolean;
  readonly bandX: number;
  readonly bandTop: number;
  readonly bandWidth: number;
  /** The content's left and right edge. */
  readonly x0: number;
  readonly x1: number;
  /** From the top of the band to the pipe. */
  readonly pipeDrop: number;
  /** From the pipe to the card under it. */
  readonly pipeToCard: number;
  /** Of the column that init containers have of their own; 0: they have none. */
  readonly initWidth: number;
}

export interface VolumeRow {
  readonly boxes: readonly VolumeBox[];
  readonly isOutside: boolean;
}

/** Which lane a volume's pipe takes, by its name. */
export type Lanes = ReadonlyMap<string, number>;

export interface Grid {
  /** Of the containers and of the volumes under them. */
  readonly from: number;
  readonly to: number;
  readonly rows: readonly (readonly ContainerBox[])[];
  readonly volumeRows: readonly VolumeRow[];
  readonly lanes: {
    /** Under each row of containers but the last. */
    readonly below: readonly Lanes[];
    /** Above each row of volumes. */
    readonly above: readonly Lanes[];
    readonly spine: Lanes;
  };
}

const COLUMN_FROM = 660;
const CARD_MIN = 196;
const CARD_GOOD = 232;
const VOLUME_MIN = 230;
export const VOLUME_GAP = 16;

export function measuresFor(model: InsideModel, { width }: Size): Measures {
  const isPhone = width < PHONE_BELOW;
  const hasColumn = model.inits.length > 0 && width >= COLUMN_FROM;
  const [bandWidth, padLeft, padRight] = isPhone ? [10, 10, 10] : [14, 20, 10];
  const least = isPhone ? 6 : width < 700 ? 20 : 36;
  const count = Math.max(1, model.containers.length);
  const others = 2 * bandWidth + padLeft + padRight + count * CARD_GOOD + (count - 1) * gapIn(count);
  const initWidth = hasColumn ? initWidthFor(model, width - 2 * least - others - INIT_GAP) : 0;
  const column = hasColumn ? initWidth + INIT_GAP : 0;
  const needed = others + column;
  const wanted = count === 1 ? 620 + column : Math.max(776, needed);
  const bandX = Math.max(least, Math.round((width - wanted) / 2));
  return {
    isPhone,
    bandX,
    bandTop: isPhone ? 76 : 84,
    bandWidth,
    x0: bandX + bandWidth + padLeft,
    x1: width - bandX - bandWidth - padRight,
    pipeDrop: isPhone ? 122 : 94,
    pipeToCard: isPhone ? 26 : 32,
    initWidth,
  };
}

/** As wide as the longest name wants it, where there is room for it. */
function initWidthFor({ inits }: InsideModel, room: number): number {
  const wanted = Math.max(...inits.map(({ name }) => Math.ceil(textWidth(name, NAME)) + 2 * PAD + 12));
  return Math.max(INIT_WIDTH, Math.min(wanted, INIT_WIDTH_MAX, room));
}

/** Between the containers of a row. */
export function gapIn(count: number): number {
  return count <= 2 ? 36 : 24;
}

export function gridOf({ containers, volumes }: InsideModel, { x0, x1, isPhone, initWidth }: Measures): Grid {
  const start = x0 + (initWidth > 0 ? initWidth + INIT_GAP : 0);
  const room = x1 - start;
  const columns = isPhone ? 1 : Math.max(1, Math.min(containers.length, Math.floor((room + 24) / (CARD_MIN + 24))));
  const rowCount = Math.ceil(containers.length / columns);
  const rows = chunks(containers, Math.ceil(containers.length / rowCount));
  const inner = volumes.filter(({ isOutside }) => !isOutside);
  const outer = volumes.filter(({ isOutside }) => isOutside);
  const perRow = Math.max(1, Math.floor((room + VOLUME_GAP) / (VOLUME_MIN + VOLUME_GAP)));
  const volumeRows = [
    ...evenChunks(inner, perRow).map((boxes) => ({ boxes, isOutside: false })),
    ...evenChunks(outer, perRow).map((boxes) => ({ boxes, isOutside: true })),
  ];
  const lanes = lanesFor(rows, volumeRows);
  // The networks of several rows are joined by a pipe on the left.
  const from = start + (rows.length > 1 && isPhone ? 14 : 0);
  const to = x1 - (lanes.spine.size > 0 ? lanes.spine.size * LANE + 8 : 0);
  return { from, to, rows, volumeRows, lanes };
}

function lanesFor(rows: Grid['rows'], volumeRows: Grid['volumeRows']): Grid['lanes'] {
  const rowOf = new Map(volumeRows.flatMap(({ boxes }, v) => boxes.map(({ name }) => [name, v] as const)));
  const mountedIn = rows.map(
    (row) => new Set(row.flatMap(({ mounts }) => mounts.map(({ volume }) => volume)).filter((name) => rowOf.has(name))),
  );
  const upper = mountedIn.slice(0, -1);
  const fromAbove = new Set(upper.flatMap((names) => [...names]));
  // From the last row to volumes of a later row: along the first row of volumes to the spine.
  const passing = [...(mountedIn.at(-1) ?? [])].filter((name) => (rowOf.get(name) ?? 0) > 0);
  return {
    below: upper.map((names) => numbered(names)),
    above: volumeRows.map(({ boxes }, v) => {
      const names = boxes.map(({ name }) => name);
      if (v > 0) return numbered(names);
      return numbered([...names.filter((name) => names.length > 1 || fromAbove.has(name)), ...passing]);
    }),
    spine: numbered(new Set([...fromAbove, ...passing])),
  };
}

function numbered(names: Iterable<string>): Lanes {
  return new Map([...names].map((name, i) => [name, i]));
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  const rows: T[][] = [];
  for (let i = 0; i < items.length; i += size) rows.push(items.slice(i, i + size));
  return rows;
}

/** As few rows as possible, as equal as possible. */
function evenChunks<T>(items: readonly T[], most: number): T[][] {
  if (items.length === 0) return [];
  return chunks(items, Math.ceil(items.length / Math.ceil(items.length / most)));
}
