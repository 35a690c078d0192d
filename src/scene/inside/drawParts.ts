// The small drawings inside a pod: sheets of paper for files, signs of the kinds of volumes, results of probes, bars of use, pipes.
import { textWidth } from '../captions.ts';
import { group, type Mark, mark } from '../mark.ts';
import { round } from '../shapes.ts';
import type { ProbeResult, VolumeType } from './model.ts';

const DISK = 'M2.5 4.2C2.5 1.4 13.5 1.4 13.5 4.2V11.8C13.5 14.6 2.5 14.6 2.5 11.8ZM2.5 4.2C2.5 7 13.5 7 13.5 4.2';

/** In a box of 16: what a volume comes from. */
const SIGNS: Readonly<Record<VolumeType, string>> = {
  emptyDir: DISK,
  claim: `${DISK}M2.5 8C2.5 10.8 13.5 10.8 13.5 8`,
  hostPath: 'M2 2.5H14V8H2ZM2 8H14V13.5H2ZM4.5 5.3H6.5M4.5 10.8H6.5',
  configMap: 'M2.5 4H13.5M2.5 8H13.5M2.5 12H13.5M6 2.4V5.6M10.5 6.4V9.6M5 10.4V13.6',
  secret: 'M5.5 11A3 3 0 1 1 5.5 5A3 3 0 0 1 5.5 11ZM8.5 8H14V10.6M11.5 8V10',
  projected: 'M8 1.8L14 5L8 8.2L2 5ZM2 8L8 11.2L14 8M2 11L8 14.2L14 11',
  downward: 'M3.5 2H12.5V14H3.5ZM8 4.8V10.6M5.8 8.6L8 10.8L10.2 8.6',
  image: 'M2 3H14V13H2ZM2 11.2L6 7.2L9 10.2L11 8.4L14 11.2',
  other: DISK,
};

export function volumeSign(type: VolumeType, x: number, y: number): Mark {
  return group({ transform: `translate(${x} ${y}) scale(1.625)` }, [
    mark('path', {
      d: SIGNS[type],
      fill: 'none',
      stroke: 'var(--ink)',
      'stroke-width': 1.1,
      'stroke-linecap': 'round',
      'stroke-linejoin': 'round',
    }),
  ]);
}

/** A sheet, 28 by 44, or 18 by 28; filled with ink while its writing is fresh. */
export function sheet(x: number, y: number, isLarge: boolean, isFresh: boolean): Mark {
  const [paper, ink] = isFresh ? ['var(--ink)', 'var(--panel)'] : ['var(--panel)', 'var(--ink)'];
  const lines = isFresh ? 'var(--panel)' : 'var(--edge)';
  const scale = isLarge ? '' : ' scale(0.64)';
  return group({ transform: `translate(${round(x)} ${round(y)})${scale}` }, [
    mark('path', { d: 'M0 0H20L28 8V44H0Z', fill: paper, stroke: 'var(--ink)', 'stroke-width': 1.3, 'stroke-linejoin': 'round' }),
    mark('path', { d: 'M20 0V8H28', fill: 'none', stroke: ink, 'stroke-width': 1.2 }),
    mark('path', { d: 'M6 17H22M6 23H22M6 29H16', stroke: lines, 'stroke-width': 1.3 }),
  ]);
}

/** Tick, cross, or a ring that waits; in a box of 10 around its middle. */
export function probeSign(result: ProbeResult, x: number, y: number): Mark {
  const transform = `translate(${round(x)} ${round(y)})`;
  if (result === 'waits' || result === 'unknown')
    return mark('circle', { transform, r: 3.6, fill: 'none', stroke: 'var(--ink3)', 'stroke-width': 1.4 });
  const isPassing = result === 'passes';
  return mark('path', {
    transform,
    d: isPassing ? 'M-4 0.4L-1.2 3.2L4 -3.2' : 'M-3.4 -3.4L3.4 3.4M3.4 -3.4L-3.4 3.4',
    fill: 'none',
    stroke: isPassing ? 'var(--ink)' : 'var(--alarm)',
    'stroke-width': 1.8,
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
  });
}

/** Pipes as one drawing: where two meet there is no wall between them. */
export function pipes(paths: readonly { readonly d: string; readonly width: number; readonly isBusy?: boolean }[]): Mark[] {
  const line = (d: string, stroke: string, width: number) =>
    mark('path', { d, fill: 'none', stroke, 'stroke-width': width, 'stroke-linejoin': 'round' });
  return [
    ...paths.map(({ d, width }) => line(d, 'var(--ink)', width)),
    ...paths.map(({ d, width, isBusy }) => line(d, isBusy ? 'var(--ink)' : 'var(--panel)', width - 3)),
  ];
}

/** An arrow of this length that points up or down, its middle at 0,0. */
export function arrow(x: number, y: number, length: number, isUp: boolean, colour = 'var(--ink)'): Mark {
  const half = round(length / 2);
  const tip = isUp ? -half : half;
  const back = isUp ? 5 : -5;
  return mark('path', {
    transform: `translate(${round(x)} ${round(y)})`,
    d: `M0 ${-half}V${half}M-4 ${tip + back}L0 ${tip}L4 ${tip + back}`,
    fill: 'none',
    stroke: colour,
    'stroke-width': 1.6,
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
  });
}

export interface Bar {
  readonly label: string;
  readonly value: string;
  /** Of the bar's length: what is used and where the request lies. */
  readonly used: number;
  readonly requested: number | undefined;
  readonly isTight: boolean;
}

/** A label, a bar of 7 with a tick at the request, and the value where there is room. */
export function levelBar({ label, value, used, requested, isTight }: Bar, x: number, y: number, width: number): Mark[] {
  const face = { size: 12, isMono: true };
  const labelWidth = textWidth(label, face) + 8;
  const valueWidth = textWidth(value, face) + 8;
  const hasValue = width - labelWidth - valueWidth >= 24;
  const length = round(width - labelWidth - (hasValue ? valueWidth : 0));
  const left = round(x + labelWidth);
  const text = (words: string, at: number, fill: string, anchor?: string): Mark => ({
    tag: 'text',
    attrs: { x: round(at), y: y + 4, 'font-size': 12, class: 'mono', fill, ...(anchor ? { 'text-anchor': anchor } : {}) },
    text: words,
  });
  const marks = [
    text(label, x, 'var(--ink3)'),
    mark('rect', {
      x: left,
      y: y - 3.5,
      width: length,
      height: 7,
      rx: 3.5,
      fill: 'var(--panel)',
      stroke: 'var(--line)',
      'stroke-width': 1,
    }),
  ];
  const filled = round(Math.min(1, used) * length);
  if (filled > 0)
    marks.push(
      mark('rect', { x: left, y: y - 3.5, width: Math.max(3, filled), height: 7, rx: 3.5, fill: isTight ? 'var(--alarm)' : 'var(--ink2)' }),
    );
  if (requested !== undefined) {
    const at = round(left + Math.min(1, requested) * length);
    marks.push(mark('path', { d: `M${at} ${y - 6}V${y + 6}`, stroke: 'var(--ink)', 'stroke-width': 1.6 }));
  }
  if (hasValue) marks.push(text(value, x + width, isTight ? 'var(--alarm)' : 'var(--ink2)', 'end'));
  return marks;
}

/** The text in at most so many lines, broken between words; the last one ends with an ellipsis where more would follow. */
export function wrap(text: string, width: number, size: number, most: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    const joined = last === undefined ? word : `${last} ${word}`;
    if (last !== undefined && textWidth(joined, { size }) <= width) lines[lines.length - 1] = joined;
    else if (last === undefined || lines.length < most) lines.push(word);
    else {
      lines[lines.length - 1] = `${last}…`;
      break;
    }
  }
  return lines;
}
