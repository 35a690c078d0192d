// The pod glyph and the cutter: pure drawings around 0,0. Shape, hue, pattern and letter say which template; how the body is filled
// says which stage of life; a badge says what is out of the ordinary. Colours are custom properties of the look's class.

import { badge } from './badge.ts';
import { type Level, levelAt } from './level.ts';
import { caption, group, type Mark, mark, REFERENCE, shapeClip } from './mark.ts';
import { hasPattern } from './patterns.ts';
import { HAND_CUT, type Look } from './podRecord.ts';
import { isTrouble, type PodState, type PodStateName } from './podState.ts';
import { bentPath, round, type Shape, shapePath, topAt } from './shapes.ts';

/** The ground a glyph stands on: the class that gives --bg. */
export type Ground = 'canvas' | 'tray' | 'panel' | 'sunk' | 'lost';

interface Pen {
  readonly look: Look;
  readonly d: number;
  readonly level: Level;
  readonly path: string;
  readonly stroke: number;
  readonly dash: string;
}

const STROKE: Readonly<Record<Level, number>> = { cookie: 2, token: 1.6, dot: 1.3, cell: 1.1 };
const DASH: Readonly<Record<Level, string>> = { cookie: '5 3.6', token: '3.6 2.6', dot: '2.2 1.8', cell: '' };

const HOLLOW: ReadonlySet<PodStateName> = new Set(['pending', 'scheduled', 'init', 'refused']);
const CACHE_MAX = 6000;
const cache = new Map<string, Mark>();

/** A dot is a dozen pixels: more steps than it can show would be drawn for nothing. */
function stepsFor(d: number): number {
  return d >= 22 ? 120 : 8;
}

function stepOf({ level }: PodState, d: number): number | undefined {
  return level === undefined ? undefined : Math.round(level * stepsFor(d)) / stepsFor(d);
}

/** Whether a glyph of this diameter looks the same in both states. */
export function isSameDrawing(a: PodState, b: PodState, d: number): boolean {
  return a.name === b.name && a.count === b.count && a.total === b.total && a.why === b.why && stepOf(a, d) === stepOf(b, d);
}

/** For how long before and after a moment, in virtual milliseconds, the clock leaves this drawing as it is. `perMs`: its level's pace. */
export function steadyMs({ level = 0 }: PodState, perMs: number, d: number): number {
  const steps = level * stepsFor(d);
  const toNext = 0.5 - Math.abs(steps - Math.round(steps));
  return toNext / stepsFor(d) / perMs;
}

/** The glyph of a pod, `d` wide. The same mark for the same arguments, so a painter can skip it. */
export function podGlyph(look: Look, state: PodState, d: number, ground: Ground): Mark {
  const level = stepOf(state, d);
  const id = `${look.letter}|${look.shape}|${state.name}|${level}|${state.count}|${state.total}|${state.why}|${d}|${ground}`;
  let found = cache.get(id);
  if (!found) {
    if (cache.size > CACHE_MAX) cache.clear();
    cache.set(id, (found = draw(look, level === undefined ? state : { ...state, level }, d, ground)));
  }
  return found;
}

function draw(look: Look, state: PodState, d: number, ground: Ground): Mark {
  const level = levelAt(d);
  const attrs = { class: `look-${look.shape} on-${ground}` };
  if (level === 'cell') return group(attrs, cell(look, state, d));
  const pen: Pen = { look, d, level, path: shapePath(look.shape, d), stroke: STROKE[level], dash: DASH[level] };
  const marks = [...inOne(body(pen, state)), ...badge(state, d, level)];
  const [only] = marks;
  // A lone element carries the look itself.
  return only && marks.length === 1 && only.tag === 'path' ? mark('path', { ...attrs, ...only.attrs }) : group(attrs, marks);
}

/** A fill and an edge with nothing between them are one element: hundreds of dots cost half. */
function inOne(marks: Mark[]): Mark[] {
  const [area, line, ...rest] = marks;
  if (area?.tag !== 'path' || line?.tag !== 'path' || area.attrs['d'] !== line.attrs['d'] || line.attrs['fill'] !== 'none') return marks;
  return [mark('path', { ...line.attrs, ...area.attrs }), ...rest];
}

function body(pen: Pen, state: PodState): Mark[] {
  switch (state.name) {
    case 'pending':
      return [fill(pen, 'var(--bg)'), edge(pen, 'var(--crust)', true), ...letter(pen, 'var(--letter)')];
    case 'scheduled':
    case 'init':
    case 'refused':
      return [fill(pen, 'var(--bg)'), edge(pen, 'var(--crust)'), ...letter(pen, 'var(--letter)')];
    case 'pulling':
      return rising(pen, state.level ?? 0);
    case 'ready':
      return [fill(pen, 'var(--fill)'), ...pattern(pen, 'full', 'var(--fill)'), edge(pen, 'var(--crust)'), ...letter(pen, 'var(--on)')];
    case 'notReady':
    case 'succeeded':
      return tinted(pen);
    case 'crashed':
      return broken(pen);
    case 'terminating':
      return [group({ transform: 'scale(0.74)' }, tinted(pen))];
    case 'evicted':
    case 'failed':
      return [fill(pen, 'var(--gone)'), edge(pen, 'var(--edge)'), ...letter(pen, 'var(--ink3)')];
    case 'lost':
      return [
        fill(pen, 'var(--bg)'),
        fill(pen, `${REFERENCE}hatch`),
        ...knockOut(pen, 'var(--bg)', true),
        edge(pen, 'var(--edge)', true),
        ...letter(pen, 'var(--ink3)'),
      ];
  }
}

function tinted(pen: Pen, dx = 0): Mark[] {
  return [fill(pen, 'var(--tint)'), ...pattern(pen, 'tint', 'var(--tint)'), edge(pen, 'var(--crust)'), ...letter(pen, 'var(--letter)', dx)];
}

/** The dough rises from below to the share pulled. */
function rising(pen: Pen, share: number): Mark[] {
  const { d, look, stroke, level } = pen;
  const top = round(0.46 * d * (1 - 2 * share));
  const box = { x: -d, y: top, width: 2 * d, height: round(d * 0.5 - top + 1) };
  const dough = [mark('rect', { ...box, fill: 'var(--tint)' })];
  if (level !== 'dot' && hasPattern(look.shape)) dough.push(mark('rect', { ...box, fill: `${REFERENCE}tint-${look.shape}` }));
  dough.push(mark('path', { d: `M${-d} ${top}H${d}`, stroke: 'var(--crust)', 'stroke-width': stroke }));
  return [
    fill(pen, 'var(--bg)'),
    group({ 'clip-path': shapeClip(look.shape, d) }, dough),
    ...knockOut(pen, share > 0.5 ? 'var(--tint)' : 'var(--bg)'),
    edge(pen, 'var(--crust)'),
    ...letter(pen, 'var(--letter)'),
  ];
}

const ZIGZAG = [
  [0.22, -0.62],
  [0.27, -0.3],
  [0.15, -0.13],
  [0.27, 0.06],
  [0.14, 0.26],
  [0.22, 0.62],
] as const;

/** The seam along which a crashed pod breaks; also the edge of the two clips that svg.ts makes. */
export function zigzag(d: number): string {
  return ZIGZAG.map(([x, y]) => `${round(x * d)} ${round(y * d)}`).join('L');
}

function broken(pen: Pen): Mark[] {
  const { d, level } = pen;
  const apart = level === 'dot' ? 1.4 : 0.035 * d;
  const half = (side: 'left' | 'right', sign: number) =>
    group({ transform: `translate(${round(sign * apart)} ${round((-sign * apart) / 2)}) rotate(${3 * sign})` }, [
      group({ 'clip-path': `${REFERENCE}${side}-${d}` }, tinted(pen, -0.055 * d)),
    ]);
  const seam = mark('path', {
    d: `M${zigzag(d)}`,
    'clip-path': shapeClip('A', round(d * 1.03)),
    fill: 'none',
    stroke: 'var(--alarm)',
    'stroke-width': level === 'dot' ? 1.3 : 1.8,
    'stroke-linejoin': 'round',
  });
  return [half('left', -1), half('right', 1), seam];
}

function fill({ path }: Pen, paint: string): Mark {
  return mark('path', { d: path, fill: paint });
}

function edge({ path, stroke, dash }: Pen, paint: string, isDashed = false): Mark {
  const attrs = { d: path, fill: 'none', stroke: paint, 'stroke-width': stroke, 'stroke-linejoin': 'round' };
  return mark('path', isDashed && dash ? { ...attrs, 'stroke-dasharray': dash } : attrs);
}

function pattern(pen: Pen, ground: 'full' | 'tint', paint: string): Mark[] {
  if (pen.level === 'dot' || !hasPattern(pen.look.shape)) return [];
  return [fill(pen, `${REFERENCE}${ground}-${pen.look.shape}`), ...knockOut(pen, paint)];
}

/** The pattern is taken away behind the letter. */
function knockOut({ d, level, look }: Pen, paint: string, always = false): Mark[] {
  if (level === 'dot' || !look.letter || (!always && !hasPattern(look.shape))) return [];
  return [mark('circle', { r: round(0.235 * d), fill: paint })];
}

function letter({ d, level, look }: Pen, paint: string, dx = 0): Mark[] {
  if (level === 'dot' || !look.letter) return [];
  const size = round((look.letter.length > 1 ? 0.3 : 0.4) * d);
  return [caption(look.letter, dx, size * 0.355 + letterDrop(look.shape, d), { size, weight: 600, anchor: 'middle', fill: paint })];
}

/** The triangle's middle lies lower than its box's. */
function letterDrop(shape: Shape, d: number): number {
  return shape === 'E' ? 0.045 * d : 0;
}

/** Five to ten pixels: a square, older templates round at the corners from 8 on. */
function cell({ shape }: Look, state: PodState, d: number): Mark[] {
  const { name } = state;
  const h = d / 2;
  const square = { x: -h, y: -h, width: d, height: d };
  const hollow = mark('rect', {
    x: -h + 0.6,
    y: -h + 0.6,
    width: d - 1.2,
    height: d - 1.2,
    fill: 'none',
    stroke: 'var(--crust)',
    'stroke-width': 1.1,
  });
  if (name === 'lost') {
    return [
      mark('rect', { ...square, fill: 'none', stroke: 'var(--edge)' }),
      mark('path', { d: `M${-h} ${h}L${h} ${-h}`, stroke: 'var(--edge)' }),
    ];
  }
  if (isTrouble(state)) {
    return [
      mark('rect', { ...square, rx: 1, fill: 'var(--alarm)' }),
      mark('path', { d: `M0 ${-h}V${h}`, stroke: 'var(--bg)', 'stroke-width': 1.2 }),
    ];
  }
  if (name === 'succeeded')
    return [mark('rect', { x: -h, y: round(h - 0.38 * d), width: d, height: round(0.38 * d), fill: 'var(--fill)' })];
  if (name === 'terminating') return [mark('rect', { x: -0.3 * d, y: -0.3 * d, width: 0.6 * d, height: 0.6 * d, fill: 'var(--fill)' })];
  if (HOLLOW.has(name) && name !== 'init') return [hollow];
  if (name !== 'ready') return [hollow, mark('path', { d: `M${-h} ${h}H${h}V${-h}Z`, fill: 'var(--fill)' })];
  return [mark('rect', { ...square, rx: shape === 'A' && d >= 8 ? h : 1, fill: 'var(--fill)' })];
}

/** Selected and hovered: the pod's own shape, six pixels out. */
export function outline(look: Look, d: number, isSelected: boolean): Mark {
  const path = shapePath(look.shape, d + (d < 22 ? 8 : isSelected ? 13 : 12));
  return mark('path', {
    d: path,
    fill: 'none',
    stroke: 'var(--ink)',
    'stroke-width': isSelected ? 2.5 : 1.2,
    'stroke-linejoin': 'round',
    class: 'outline',
  });
}

export interface Bend {
  readonly from: Look;
  /** 0 to 1, and a little past it. */
  readonly t: number;
}

const cutters = new Map<string, Mark>();

/** A cutter: the cookie's path, hollow. While it is bent to a new template, `bend` says from what and how far. */
export function cutter(look: Look, d: number, ground: Ground = 'panel', bend?: Bend): Mark {
  if (bend) return drawCutter(look, d, ground, bend);
  const id = `${look.letter}|${look.shape}|${d}|${ground}`;
  let found = cutters.get(id);
  if (!found) {
    if (cutters.size > CACHE_MAX) cutters.clear();
    cutters.set(id, (found = drawCutter(look, d, ground)));
  }
  return found;
}

function drawCutter(look: Look, d: number, ground: Ground, bend?: Bend): Mark {
  const path = bend ? bentPath(bend.from.shape, look.shape, bend.t, d) : shapePath(look.shape, d);
  const shown = bend && bend.t < 0.5 ? bend.from : look;
  const band = Math.max(3, 0.075 * d);
  const ring = (stroke: string, width: number) =>
    mark('path', { d: path, fill: 'none', stroke, 'stroke-width': round(width), 'stroke-linejoin': 'round' });
  // At the moment of the edit itself, where a marker leads to, the letter is still there.
  const isStill = !bend || Math.abs(bend.t - 0.5) >= 0.35;
  const inside =
    isStill && hasPattern(shown.shape)
      ? [
          mark('path', { d: path, fill: `${REFERENCE}tint-${shown.shape}`, opacity: 0.7 }),
          mark('circle', { r: round(0.25 * d), fill: 'var(--bg)' }),
        ]
      : [];
  return group({ class: `look-${shown.shape} on-${ground}` }, [
    mark('path', {
      d: path,
      fill: 'none',
      stroke: '#17191a',
      opacity: 0.13,
      'stroke-width': round(band + 2),
      'stroke-linejoin': 'round',
      transform: `translate(0 ${round(0.035 * d)})`,
    }),
    mark('path', { d: path, fill: 'var(--bg)' }),
    ...inside,
    ring('var(--crust)', band + 2.4),
    ring('var(--fill)', band),
    mark('path', { d: path, fill: 'none', stroke: '#fff', opacity: 0.38, 'stroke-width': 1, 'stroke-linejoin': 'round' }),
    ...(d >= 56 && isStill ? [seam(shown.shape, d, band)] : []),
    ...(isStill
      ? [
          caption(shown.letter, 0, 0.1207 * d + letterDrop(shown.shape, d), {
            size: round((shown.letter.length > 1 ? 0.26 : 0.34) * d),
            weight: 600,
            anchor: 'middle',
            fill: 'var(--letter)',
          }),
        ]
      : []),
  ]);
}

function seam(shape: Shape, d: number, band: number): Mark {
  const y = topAt(shape, 0.13) * d - band / 2;
  return mark('path', { d: `M${round(0.13 * d)} ${round(y)}v${round(band)}`, stroke: 'var(--crust)', 'stroke-width': 1.5 });
}

/** The cutter an owner had before: a dashed outline with its letter. */
export function ghost(look: Look, d: number): Mark {
  const size = round(0.34 * d);
  return group({}, [
    mark('path', { d: shapePath(look.shape, d), fill: 'none', stroke: 'var(--edge)', 'stroke-width': 1.4, 'stroke-dasharray': '4 3.5' }),
    ...(look === HAND_CUT
      ? []
      : [caption(look.letter, 0, size * 0.355 + letterDrop(look.shape, d), { size, weight: 500, anchor: 'middle', fill: 'var(--ink3)' })]),
  ]);
}
