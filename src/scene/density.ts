// The lane in a flood, where nobody can follow single pods: the last second of arrivals as columns that move towards the exit, higher
// where more came at once, in the fill of their template.
import { rememberedBy } from '../base/remembered.ts';
import type { Item } from './item.ts';
import type { LaneLayout } from './laneLayout.ts';
import { group, type Mark, mark } from './mark.ts';
import type { Look } from './podRecord.ts';
import { clamp } from './podState.ts';
import { round } from './shapes.ts';

export interface Arrival {
  readonly atMs: number;
  readonly look: Look;
}

/** So many a second are shown one by one. */
export const ARRIVALS_MAX = 30;
const COLUMNS = 48;
const HEIGHT = 24;
/** A column of this many is as high as columns get. */
const FULL = 12;
const WORDS_WIDTH = 230;

/** One item a column, which keeps its marks while it moves. `secondMs` is how much virtual time a second of the screen is. */
export function densityStrip({ rect, exit }: LaneLayout, arrivals: readonly Arrival[], atMs: number, secondMs: number): Item[] {
  const left = rect.x + Math.min(WORDS_WIDTH, rect.width * 0.4);
  const width = exit.x - 26 - left;
  const columnMs = secondMs / COLUMNS;
  const columns = new Map<number, Arrival[]>();
  for (const arrival of arrivals) {
    const column = Math.floor(arrival.atMs / columnMs);
    const known = columns.get(column);
    if (known) known.push(arrival);
    else columns.set(column, [arrival]);
  }
  return [...columns].map(([column, list]): Item => {
    const age = clamp((atMs - column * columnMs) / secondMs);
    const marks = bar((list[0] as Arrival).look, Math.min(FULL, list.length), width / COLUMNS - 1);
    return { id: `density:${column}`, layer: 'lane', x: round(left + age * width), y: exit.y + HEIGHT / 2, marks };
  });
}

/** A bar that stands on the line. */
const bar = rememberedBy(500, ({ shape }: Look, count: number, room: number) => `${shape} ${count} ${room}`, drawBar);

function drawBar({ shape }: Look, count: number, room: number): readonly Mark[] {
  const width = round(Math.max(1.5, room));
  const height = round(HEIGHT * Math.min(1, 0.15 + count / FULL));
  const box = { x: 0, y: -height, width, height, rx: 1.5, fill: 'var(--fill)', stroke: 'var(--crust)', 'stroke-width': 0.6 };
  return [group({ class: `look-${shape} on-canvas` }, [mark('rect', box)])];
}
