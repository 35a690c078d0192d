// The mark at a glyph's lower right that says what is out of the ordinary: pulling, not ready, restarts, done, failed, evicted, lost;
// outranked by a pod that matters more; the ring of the grace period and the blocks of the init containers. On a dot, which has no room for a badge, a stroke in the body.
import type { Level } from './level.ts';
import { caption, group, type Mark, mark } from './mark.ts';
import type { PodState } from './podState.ts';
import { round } from './shapes.ts';

const ICONS = {
  pull: 'M3 2.5H13M8 5V12.5M4.8 9.5L8 12.7L11.2 9.5',
  check: 'M3 8.5L6.5 12L13 4.5',
  close: 'M4 4L12 12M12 4L4 12',
  eject: 'M8 3L13.5 9.5H2.5ZM2.5 13H13.5',
  outrank: 'M3.5 8L8 3.5L12.5 8M3.5 12.5L8 8L12.5 12.5',
} as const;

export function badge(state: PodState, d: number, level: Level): Mark[] {
  if (state.name === 'terminating') return [graceRing(d, state.level ?? 0, level === 'cookie' ? 3 : 2), ...takenAway(state, d, level)];
  if (level === 'dot') return onDot(state, d);
  const r = round(Math.max(level === 'cookie' ? 8.5 : 5, 0.175 * d));
  switch (state.name) {
    case 'init':
      return [blocks(state, d, r)];
    case 'crashed':
      return [at(d, pill(state, r))];
    case 'pulling':
      return [at(d, [...disc(r, 'var(--ink)'), icon('pull', r, 'var(--panel)')])];
    case 'succeeded':
      return [at(d, [...disc(r, 'var(--ink)'), icon('check', r, 'var(--panel)')])];
    case 'failed':
    case 'refused':
      return [at(d, [...disc(r, 'var(--alarm)'), icon('close', r, 'var(--on-alarm)')])];
    case 'evicted':
      return [at(d, [...disc(r, 'var(--alarm)'), icon('eject', r, 'var(--on-alarm)')])];
    case 'lost':
      return [
        at(d, [
          ...disc(r, 'var(--ink2)'),
          caption('?', 0, r * 0.54, { size: round(r * 1.35), weight: 600, anchor: 'middle', fill: 'var(--panel)' }),
        ]),
      ];
    case 'notReady':
      return [
        at(d, [
          mark('circle', { r: round(r * 0.72 + 2), fill: 'var(--bg)' }),
          mark('circle', { r: round(r * 0.72), fill: 'var(--bg)', stroke: 'var(--ink)', 'stroke-width': level === 'cookie' ? 2 : 1.5 }),
        ]),
      ];
    default:
      return [];
  }
}

/** A pod that is deleted for something else's sake: the sign of it beside the ring of its grace period. In ink: nothing is wrong with it. */
function takenAway({ why }: PodState, d: number, level: Level): Mark[] {
  if (!why) return [];
  if (level === 'dot') return [mark('path', { d: `M${round(-0.2 * d)} 0H${round(0.2 * d)}`, stroke: 'var(--ink)', 'stroke-width': 2 })];
  const r = round(Math.max(level === 'cookie' ? 8.5 : 5, 0.175 * d));
  return [at(d, [...disc(r, 'var(--ink)'), icon(why === 'evicted' ? 'eject' : 'outrank', r, 'var(--panel)')])];
}

function at(d: number, marks: readonly Mark[]): Mark {
  return group({ transform: `translate(${round(0.34 * d)} ${round(0.34 * d)})` }, marks);
}

function disc(r: number, fill: string): Mark[] {
  return [mark('circle', { r: r + 2, fill: 'var(--bg)' }), mark('circle', { r, fill })];
}

function icon(name: keyof typeof ICONS, r: number, colour: string): Mark {
  const scale = round(r * 0.0775);
  return mark('path', {
    d: ICONS[name],
    transform: `translate(${round(-8 * scale)} ${round(-8 * scale)}) scale(${scale})`,
    fill: name === 'eject' ? colour : 'none',
    stroke: colour,
    'stroke-width': 2.6,
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
  });
}

/** Restarts; the line inside the edge counts the back-off. */
function pill({ count = 0, level = 0 }: PodState, r: number): Mark[] {
  const text = `×${count}`;
  const width = round(r * (1.18 + 0.6 * text.length));
  const box = (grow: number) => ({
    x: round(-width / 2 - grow),
    y: round(-r - grow),
    width: round(width + 2 * grow),
    height: round(2 * (r + grow)),
    rx: round(r + grow),
  });
  const marks = [
    mark('rect', { ...box(2), fill: 'var(--bg)' }),
    mark('rect', { ...box(0), fill: 'var(--alarm)' }),
    caption(text, 0, r * 0.46, { size: round(r * 1.2), weight: 600, anchor: 'middle', fill: 'var(--on-alarm)' }),
  ];
  if (r >= 8 && level > 0 && level < 1) {
    marks.splice(
      2,
      0,
      mark('rect', {
        ...box(-1.4),
        fill: 'none',
        stroke: 'var(--on-alarm)',
        'stroke-width': 1.3,
        pathLength: 100,
        'stroke-dasharray': `${round(level * 100)} 100`,
      }),
    );
  }
  return marks;
}

/** n of m filled. */
function blocks({ count = 0, total = 1 }: PodState, d: number, r: number): Mark {
  const size = Math.min(r * 1.15, (1.1 * d) / total - 2);
  const width = total * size + (total - 1) * 2;
  const squares = Array.from({ length: total }, (_, i) =>
    mark('rect', {
      x: round(-width / 2 + i * (size + 2)),
      y: round(-size / 2),
      width: round(size),
      height: round(size),
      rx: 1.5,
      fill: i < count ? 'var(--ink)' : 'var(--bg)',
      stroke: 'var(--ink)',
      'stroke-width': 1.3,
    }),
  );
  const ground = mark('rect', {
    x: round(-width / 2 - 3),
    y: round(-size / 2 - 3),
    width: round(width + 6),
    height: round(size + 6),
    rx: 3,
    fill: 'var(--bg)',
  });
  return group({ transform: `translate(0 ${round(0.44 * d)})` }, [ground, ...squares]);
}

/** Runs clockwise from full to nothing. */
function graceRing(d: number, share: number, width: number): Mark {
  const r = round(0.52 * d);
  const marks = [mark('circle', { r, fill: 'none', stroke: 'var(--line)', 'stroke-width': width })];
  if (share >= 0.999) marks.push(mark('circle', { r, fill: 'none', stroke: 'var(--ink)', 'stroke-width': width }));
  else if (share > 0) marks.push(mark('path', { d: arc(r, share), fill: 'none', stroke: 'var(--ink)', 'stroke-width': width }));
  return group({}, marks);
}

function arc(r: number, share: number): string {
  const angle = share * 2 * Math.PI;
  return `M0 ${-r}A${r} ${r} 0 ${share > 0.5 ? 1 : 0} 1 ${round(r * Math.sin(angle))} ${round(-r * Math.cos(angle))}`;
}

function onDot({ name }: PodState, d: number): Mark[] {
  const h = round(0.2 * d);
  if (name === 'evicted') return [mark('path', { d: `M${-h} ${-h}L${h} ${h}`, stroke: 'var(--alarm)', 'stroke-width': 2 })];
  if (name === 'failed' || name === 'refused')
    return [mark('path', { d: `M${-h} ${-h}L${h} ${h}M${h} ${-h}L${-h} ${h}`, stroke: 'var(--alarm)', 'stroke-width': 2 })];
  if (name === 'succeeded') {
    const tick = `M${round(-0.24 * d)} ${round(0.02 * d)}L${round(-0.06 * d)} ${round(0.2 * d)}L${round(0.26 * d)} ${round(-0.18 * d)}`;
    return [mark('path', { d: tick, fill: 'none', stroke: 'var(--ink)', 'stroke-width': 1.7 })];
  }
  return [];
}
