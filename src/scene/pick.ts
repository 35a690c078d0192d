// Finding objects by place: the nearest in a direction, and those inside a rectangle. All in the stage's own units.
import type { Key } from '../kube/meta.ts';
import type { Rect } from './item.ts';
import type { Layout } from './layout.ts';
import type { PlacedTray } from './placed.ts';

export type Direction = 'left' | 'right' | 'up' | 'down';
export type Region = 'owners' | 'queue' | 'trays';

/** Something that can have the focus. */
export interface Target<R extends string = Region> {
  readonly key: Key;
  readonly region: R;
  /** Its middle. */
  readonly x: number;
  readonly y: number;
}

/** All objects on the stage in reading order: owners, waiting pods, then each tray with its pods. */
export function targetsOf(layout: Layout): Target[] {
  const targets: Target[] = layout.cards.flatMap(({ owner, rect }) =>
    owner.object ? [{ key: owner.key, region: 'owners' as const, ...middle(rect) }] : [],
  );
  // A Service that leads to several owners is one object, and one stop.
  const doors = new Map(layout.doors.map(({ door, rect }) => [door.key, rect]).reverse() as [Key, Rect][]);
  for (const [key, rect] of doors) targets.push({ key, region: 'owners', ...middle(rect) });
  for (const { scaler, rect } of layout.scalers) targets.push({ key: scaler.key, region: 'owners', ...middle(rect) });
  for (const { pod, x, y } of layout.lane.pods) targets.push({ key: pod.key, region: 'queue', x, y });
  for (const { tray, rect } of layout.trays) {
    targets.push({ key: tray.key, region: 'trays', x: rect.x + rect.width / 2, y: rect.y + Math.min(16, rect.height / 2) });
    for (const { key } of tray.pods) {
      const placed = layout.pods.get(key);
      if (placed) targets.push({ key, region: 'trays', x: placed.x, y: placed.y });
    }
  }
  return targets;
}

function middle({ x, y, width, height }: Rect): { readonly x: number; readonly y: number } {
  return { x: x + width / 2, y: y + height / 2 };
}

/** The nearest target that lies that way; what lies straight ahead is nearer than what lies aside. */
export function nearest<T extends Target<string>>(targets: readonly T[], from: T, direction: Direction): T | undefined {
  let best: T | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const target of targets) {
    const [dx, dy] = [target.x - from.x, target.y - from.y];
    const along = direction === 'left' ? -dx : direction === 'right' ? dx : direction === 'up' ? -dy : dy;
    const aside = Math.abs(direction === 'left' || direction === 'right' ? dy : dx);
    if (along <= 1 || aside > along * 2.5) continue;
    const distance = along + aside * 1.8;
    if (distance < least) [best, least] = [target, distance];
  }
  return best;
}

export function podsIn(layout: Layout, { x, y, width, height }: Rect): Key[] {
  const keys: Key[] = [];
  for (const placed of layout.pods.list) {
    if (placed.x >= x && placed.x <= x + width && placed.y >= y && placed.y <= y + height) keys.push(placed.pod.key);
  }
  return keys;
}

/** The trays nearest to a point, in their own order. */
export function traysNear({ trays }: Layout, [x, y]: readonly [number, number], count: number): PlacedTray[] {
  const away = ({ rect }: PlacedTray) =>
    Math.max(Math.abs(rect.x + rect.width / 2 - x) / rect.width, Math.abs(rect.y + rect.height / 2 - y) / rect.height);
  const near = new Set([...trays].sort((a, b) => away(a) - away(b)).slice(0, count));
  return trays.filter((tray) => near.has(tray));
}
