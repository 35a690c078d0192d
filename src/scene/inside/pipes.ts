// The pipes from the mount windows of containers to their volumes. Straight down where the volume stands below; else along a lane of
// its own, which all containers that mount the volume share: below the row, down the spine at the right, and in above the volume.
import type { Rect } from '../item.ts';
import { round } from '../shapes.ts';
import { WINDOW_HEIGHT } from './cards.ts';
import { type Grid, LANE } from './grid.ts';
import type { MountBox } from './model.ts';
import type { PlacedContainer, PlacedMount, PlacedVolume } from './placed.ts';

export interface Routing {
  readonly rows: readonly { readonly containers: readonly PlacedContainer[]; readonly laneTop: number }[];
  readonly volumeRows: readonly { readonly volumes: readonly PlacedVolume[]; readonly laneTop: number }[];
  readonly lanes: Grid['lanes'];
  readonly spineX: number;
}

const ENTRY_PAD = 20;
const WINDOW_PAD = 14;
/** Windows above others are shorter on the right: their pipes pass there. */
const STAIR = 18;

export function routeMounts(routing: Routing): readonly PlacedMount[] {
  return routing.rows.flatMap(({ containers }, r) =>
    containers.flatMap((container) => windowsOf(container).map((placed) => routed(placed, container, r, routing))),
  );
}

interface PlacedWindow {
  readonly mount: MountBox;
  readonly window: Rect;
  /** Where its pipe leaves the card. */
  readonly x: number;
}

/** One above the other on the floor of the card; each lower one leaves room at its right for the pipes of those above. */
function windowsOf({ box, rect, lines }: PlacedContainer): readonly PlacedWindow[] {
  const floor = rect.y + rect.height;
  const count = lines.windows.length;
  return lines.windows.map((top, i) => {
    const width = rect.width - 2 * WINDOW_PAD - i * STAIR;
    const window = { x: rect.x + WINDOW_PAD, y: floor - top, width, height: WINDOW_HEIGHT };
    const isLowest = i === count - 1;
    return { mount: box.mounts[i] as MountBox, window, x: round(isLowest ? window.x + width / 2 : window.x + width - 9) };
  });
}

function routed({ mount, window, x }: PlacedWindow, { box, rect }: PlacedContainer, r: number, routing: Routing): PlacedMount {
  const { rows, volumeRows, lanes, spineX } = routing;
  const floor = rect.y + rect.height;
  const start = window.y + window.height;
  const v = volumeRows.findIndex(({ volumes }) => volumes.some(({ box: { name } }) => name === mount.volume));
  const volume = volumeRows[v]?.volumes.find(({ box: { name } }) => name === mount.volume);
  const placed = { mount, container: box.name, window };
  if (!volume) return { ...placed, pipe: undefined, isStraight: false, mark: { x, top: floor, bottom: floor } };
  const isLast = r === rows.length - 1;
  const laneAbove = (row: number) => (volumeRows[row]?.laneTop ?? floor) + (lanes.above[row]?.get(mount.volume) ?? 0) * LANE;
  const { y: top } = volume.rect;
  if (isLast && v === 0) {
    const entry = clampInto(x, volume.rect);
    const isBelow = entry === x;
    const isStraight = isBelow && (lanes.above[0]?.size ?? 0) === 0;
    const laneY = laneAbove(0);
    const pipe = isBelow ? `M${x} ${start}V${top}` : `M${x} ${start}V${laneY}H${entry}V${top}`;
    return { ...placed, pipe, isStraight, mark: { x, top: floor, bottom: isBelow ? top : laneY } };
  }
  const laneY = isLast ? laneAbove(0) : (rows[r]?.laneTop ?? floor) + (lanes.below[r]?.get(mount.volume) ?? 0) * LANE;
  const spine = spineX + (lanes.spine.get(mount.volume) ?? 0) * LANE;
  const entry = round(volume.rect.x + volume.rect.width - ENTRY_PAD);
  const pipe = `M${x} ${start}V${laneY}H${spine}V${laneAbove(v)}H${entry}V${top}`;
  return { ...placed, pipe, isStraight: false, mark: { x, top: floor, bottom: laneY } };
}

function clampInto(x: number, { x: from, width }: Rect): number {
  return round(Math.max(from + ENTRY_PAD, Math.min(from + width - ENTRY_PAD, x)));
}
