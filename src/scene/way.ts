// The one path of a pod: cutter, lane, exit, tray; and the dotted trail behind it.
import type { Item } from './item.ts';
import type { Layout } from './layout.ts';
import { group, type Mark, mark } from './mark.ts';
import type { PlacedPod } from './placed.ts';
import { round, shapePath } from './shapes.ts';

/** Where a pod is cut: at its owner's cutter, or above the lane for one made by hand. */
export function cutterOf(layout: Layout, { pod }: PlacedPod): { readonly x: number; readonly y: number } {
  // On a compact card a Deployment's cutter stands for those of its ReplicaSets.
  const placed =
    layout.cutters.find(({ owner }) => owner.key === pod.ownerKey) ?? layout.cutters.find(({ owner }) => owner.key === pod.aboveKey);
  if (placed) return { x: placed.x, y: placed.y + placed.d / 2 };
  const pip = layout.pips.get(pod.key);
  return pip ?? { x: layout.lane.rect.x + layout.lane.rect.width / 2, y: layout.lane.rect.y - 20 };
}

type Point = readonly [number, number];

/** A cubic Bézier curve: its ends and the two points between that pull it. */
export type Way = readonly [Point, Point, Point, Point];

/** From the lane's exit to the slot: out to the right, then down. */
export function wayDown({ lane: { exit, rect } }: Layout, { x, y }: PlacedPod, fan = 0): Way {
  const fromX = exit.x + fan;
  const bend = rect.y + rect.height;
  return [
    [fromX, exit.y],
    [Math.min(fromX + 34, rect.x + rect.width), bend],
    [x, bend + (y - bend) * 0.25],
    [x, y],
  ];
}

export function pointOn(way: Way, t: number): Point {
  const [[ax, ay], [bx, by], [cx, cy], [dx, dy]] = way;
  const u = 1 - t;
  const [a, b, c, d] = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t];
  return [a * ax + b * bx + c * cx + d * dx, a * ay + b * by + c * cy + d * dy];
}

/** The first part of a way as a path, by de Casteljau's halving of its control points at `t`. */
function pathTo([p0, p1, p2, p3]: Way, t: number): string {
  const q0 = between(p0, p1, t);
  const q1 = between(p1, p2, t);
  const r0 = between(q0, q1, t);
  const end = between(r0, between(q1, between(p2, p3, t), t), t);
  return `M${text(p0)}C${text(q0)} ${text(r0)} ${text(end)}`;
}

function between([ax, ay]: Point, [bx, by]: Point, t: number): Point {
  return [ax + (bx - ax) * t, ay + (by - ay) * t];
}

function text([x, y]: Point): string {
  return `${round(x)} ${round(y)}`;
}

/** The dotted line behind a pod on its way, as far as it has come. */
export function trail({ pod, x, y, d }: PlacedPod, way: Way, t: number, opacity: number): Item {
  const slot: Mark = mark('path', {
    d: shapePath(pod.look.shape, d),
    transform: `translate(${round(x)} ${round(y)})`,
    fill: 'none',
    stroke: 'var(--crust)',
    'stroke-width': 1.3,
    'stroke-dasharray': '2 4',
  });
  const line: Mark = mark('path', {
    d: pathTo(way, t),
    fill: 'none',
    stroke: 'var(--crust)',
    'stroke-width': 1.6,
    'stroke-dasharray': '2 4',
    'stroke-linecap': 'round',
  });
  return {
    id: `trail:${pod.key}`,
    layer: 'inner',
    x: 0,
    y: 0,
    opacity: round(opacity),
    marks: [group({ class: `look-${pod.look.shape}` }, [line, slot])],
  };
}
