// The one path of a pod: cutter, lane, exit, tray; and the dotted trail behind it.
import type { Item } from './item.ts';
import type { Layout, PlacedPod } from './layout.ts';
import { type Mark, mark } from './mark.ts';
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

export type Way = (t: number) => readonly [number, number];

/** From the lane's exit to the slot: out to the right, then down. */
export function wayDown({ lane: { exit, rect } }: Layout, { x, y }: PlacedPod, fan = 0): Way {
  const fromX = exit.x + fan;
  const bend = rect.y + rect.height;
  const [ax, ay, bx, by] = [Math.min(fromX + 34, rect.x + rect.width), bend, x, bend + (y - bend) * 0.25];
  const at = (t: number): readonly [number, number] => {
    const u = 1 - t;
    const weigh = (p0: number, p1: number, p2: number, p3: number) =>
      u * u * u * p0 + 3 * u * u * t * p1 + 3 * u * t * t * p2 + t * t * t * p3;
    return [weigh(fromX, ax, bx, x), weigh(exit.y, ay, by, y)];
  };
  return at;
}

/** The dotted line behind a pod on its way, as far as it has come. */
export function trail({ pod, x, y, d }: PlacedPod, way: Way, t: number, opacity: number): Item {
  const points = Array.from({ length: 13 }, (_, i) =>
    way((i / 12) * t)
      .map(round)
      .join(' '),
  );
  const slot: Mark = mark('path', {
    d: shapePath(pod.look.shape, d),
    transform: `translate(${round(x)} ${round(y)})`,
    fill: 'none',
    stroke: 'var(--crust)',
    'stroke-width': 1.3,
    'stroke-dasharray': '2 4',
  });
  const line: Mark = mark('path', {
    d: `M${points.join('L')}`,
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
    marks: [{ tag: 'g', attrs: { class: `look-${pod.look.shape}` }, children: [line, slot] }],
  };
}
