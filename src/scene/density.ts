// The lane in a flood, where nobody can follow single pods: the last second of arrivals as columns that move towards the exit, higher
// where more came at once, in the fill of their template.
import type { Item } from './item.ts';
import type { LaneLayout } from './laneLayout.ts';
import type { Look } from './looks.ts';
import { group, type Mark, mark } from './mark.ts';
import { round } from './shapes.ts';

export interface Arrival {
  /** How long ago it came, from 0 for just now to 1 for a second of the screen. */
  readonly age: number;
  readonly look: Look;
}

/** So many a second are shown one by one. */
export const ARRIVALS_MAX = 30;
const COLUMNS = 48;
const HEIGHT = 24;
/** A column of this many is as high as columns get. */
const FULL = 12;
const WORDS_WIDTH = 230;

export function densityStrip({ rect, exit }: LaneLayout, arrivals: readonly Arrival[]): Item {
  const left = rect.x + Math.min(WORDS_WIDTH, rect.width * 0.4);
  const pitch = (exit.x - 26 - left) / COLUMNS;
  const columns = new Map<number, Arrival[]>();
  for (const arrival of arrivals) {
    const column = Math.min(COLUMNS - 1, Math.floor(arrival.age * COLUMNS));
    const known = columns.get(column);
    if (known) known.push(arrival);
    else columns.set(column, [arrival]);
  }
  const marks = [...columns].map(([column, list]) => bar(list, left + column * pitch, exit.y + HEIGHT / 2, pitch - 1));
  return { id: 'density', layer: 'lane', x: 0, y: 0, marks };
}

function bar(arrivals: readonly Arrival[], x: number, bottom: number, width: number): Mark {
  const height = HEIGHT * Math.min(1, 0.15 + arrivals.length / FULL);
  const [first] = arrivals as readonly [Arrival, ...Arrival[]];
  const shape = mark('rect', {
    x: round(x),
    y: round(bottom - height),
    width: round(Math.max(1.5, width)),
    height: round(height),
    rx: 1.5,
    fill: 'var(--fill)',
    stroke: 'var(--crust)',
    'stroke-width': 0.6,
  });
  return group({ class: `look-${first.look.shape} on-canvas` }, [shape]);
}
