// The patterns of the looks, the hatches and the tape. Their pitch is in screen pixels: svg.ts undoes the camera's zoom on them.
import { type Mark, mark } from './mark.ts';

export interface Pattern {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly rotate: number;
  /** The class that says which look's colours it takes. */
  readonly look?: string;
  readonly marks: readonly Mark[];
}

interface Motif {
  readonly pitch: number;
  readonly rotate: number;
  draw(colour: string): readonly Mark[];
}

const lines = (path: string, width: number) => (colour: string) => [mark('path', { d: path, stroke: colour, 'stroke-width': width })];

/** By shape; the circle is plain. */
const MOTIFS: Readonly<Record<string, Motif>> = {
  B: { pitch: 6, rotate: -45, draw: lines('M0 3H6', 1.6) },
  C: { pitch: 6.5, rotate: 30, draw: (colour) => [mark('circle', { cx: 3.2, cy: 3.2, r: 1.15, fill: colour })] },
  D: { pitch: 6, rotate: 0, draw: lines('M0 3H6', 1.5) },
  E: { pitch: 6.5, rotate: 45, draw: lines('M0 3.2H6.5M3.2 0V6.5', 1.1) },
  F: { pitch: 5.5, rotate: 0, draw: lines('M2.7 0V5.5', 1.5) },
  G: { pitch: 8, rotate: 0, draw: lines('M4 2V6M2 4H6', 1.3) },
  H: { pitch: 8, rotate: 45, draw: (colour) => [mark('path', { d: 'M0 0H4V4H0ZM4 4H8V8H4Z', fill: colour })] },
};

/** On a full body: `full-B`; on a tint: `tint-B`. */
function lookPatterns(): Pattern[] {
  return Object.entries(MOTIFS).flatMap(([shape, { pitch, rotate, draw }]) =>
    (['full', 'tint'] as const).map((ground) => ({
      id: `${ground}-${shape}`,
      width: pitch,
      height: pitch,
      rotate,
      look: `look-${shape}`,
      marks: draw(`var(--${ground}-motif)`),
    })),
  );
}

export const PATTERNS: readonly Pattern[] = [
  ...lookPatterns(),
  { id: 'hatch', width: 5, height: 5, rotate: -45, marks: lines('M0 2.5H5', 1.1)('var(--hatch)') },
  { id: 'hatch-alarm', width: 7, height: 7, rotate: -45, marks: lines('M0 3.5H7', 1.6)('var(--hatch-alarm)') },
  {
    id: 'tape',
    width: 12,
    height: 12,
    rotate: 45,
    marks: [mark('rect', { width: 12, height: 12, fill: 'var(--tray-lip)' }), mark('rect', { width: 6, height: 12, fill: 'var(--edge)' })],
  },
];

export function hasPattern(shape: string): boolean {
  return shape in MOTIFS;
}
