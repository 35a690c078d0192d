// How much of itself a glyph shows at a diameter on screen.
export type Level = 'cell' | 'dot' | 'token' | 'cookie';

const FROM: readonly (readonly [Level, number])[] = [
  ['cookie', 40],
  ['token', 22],
  ['dot', 11],
  ['cell', 0],
];
/** How much smaller a glyph may get before it loses a level it has: so that a level does not flicker at its edge. */
const HYSTERESIS = 1.15;

/** The level at a diameter, given the one shown so far. */
export function levelKept(d: number, shown: Level): Level {
  const kept = FROM.find(([level]) => level === shown) as readonly [Level, number];
  const next = levelAt(d);
  return next !== shown && d < kept[1] && d > kept[1] / HYSTERESIS ? shown : next;
}

export function levelAt(d: number): Level {
  return FROM.find(([, from]) => d >= from)?.[0] ?? 'cell';
}

/** The diameter at which a glyph of this level is drawn, when its own is of another: the camera does the rest. */
export const DRAWN_AT: Readonly<Record<Level, number>> = { cookie: 44, token: 24, dot: 13, cell: 7 };
