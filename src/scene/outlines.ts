// The outlines of trays, cards, scalers and doors that are selected or pointed at, and the square of the keyboard's focus.
import type { Key } from '../kube/meta.ts';
import type { FrameInput } from './frameInput.ts';
import type { Item, Rect } from './item.ts';
import type { Layout } from './layout.ts';
import { type Mark, mark } from './mark.ts';
import { round } from './shapes.ts';

/** What can be selected and is not a pod. */
interface Box {
  readonly key: Key;
  readonly rect: Rect;
  /** Of its corners, and how far around it its outline is drawn, where not as on trays and cards. */
  readonly rx?: number;
  readonly grow?: number;
}

export function addOutlines(items: Item[], { layout, selection, hovered, focused }: FrameInput): void {
  const boxes: readonly Box[] = [
    ...layout.trays.map(({ tray, rect }) => (layout.heat ? { key: tray.key, rect, rx: 1.5, grow: 1.5 } : { key: tray.key, rect })),
    ...layout.cards.map(({ owner, rect }) => ({ key: owner.key, rect })),
    ...layout.scalers.map(({ scaler, rect }) => ({ key: scaler.key, rect })),
    ...layout.doors.map(({ door, rect }) => ({ key: door.key, rect, rx: 6, grow: 3 })),
  ];
  for (const { key, rect, rx = 14, grow: step } of boxes) {
    const isSelected = selection.has(key);
    if (!isSelected && hovered !== key) continue;
    const grow = step ?? (isSelected ? 6 : 4);
    const box = { x: -grow, y: -grow, width: round(rect.width + 2 * grow), height: round(rect.height + 2 * grow), rx: rx + grow };
    items.push({
      // A Service may stand on several cards.
      id: `outline:${key}:${rect.x}`,
      layer: 'overlay',
      x: rect.x,
      y: rect.y,
      marks: [
        mark('rect', {
          ...box,
          fill: 'none',
          stroke: 'var(--ink)',
          'stroke-width': isSelected ? 2.5 : 1.2,
          class: 'outline',
          'vector-effect': 'non-scaling-stroke',
        }),
      ],
    });
  }
  if (focused) items.push(...focusSquare(focused, layout, boxes));
}

function focusSquare(key: Key, layout: Layout, boxes: readonly Box[]): Item[] {
  const pod = layout.pods.get(key);
  const box = boxes.find((one) => one.key === key)?.rect;
  if (!pod && !box) return [];
  const half = pod ? pod.d / 2 + 8 : 0;
  const { x, y, width, height } = pod
    ? { x: pod.x - half, y: pod.y - half, width: 2 * half, height: 2 * half }
    : { x: (box?.x ?? 0) - 5, y: (box?.y ?? 0) - 5, width: (box?.width ?? 0) + 10, height: (box?.height ?? 0) + 10 };
  const sizes = { width: round(width), height: round(height) };
  const isOpen = pod !== undefined && pod.captionWidth > 0;
  const marks = [focusLine(sizes, 0, isOpen, 'var(--ink)'), focusLine(sizes, 2.5, isOpen, 'var(--panel)')];
  return [{ id: 'focus', layer: 'overlay', x, y, marks }];
}

/** Open below where words stand under a pod: they begin so close to it that the line would strike them out. */
function focusLine({ width, height }: { width: number; height: number }, inset: number, isOpen: boolean, stroke: string): Mark {
  const line = { fill: 'none', stroke, 'stroke-width': inset > 0 ? 2 : 3, class: 'outline' };
  const [right, bottom, r] = [width - inset, height - inset, 12 - inset];
  if (!isOpen) return mark('rect', { x: inset, y: inset, width: right - inset, height: bottom - inset, rx: r, ...line });
  const end = height - 8;
  return mark('path', {
    d: `M${inset} ${end}V${inset + r}a${r} ${r} 0 0 1 ${r} ${-r}H${right - r}a${r} ${r} 0 0 1 ${r} ${r}V${end}`,
    'stroke-linecap': 'round',
    ...line,
  });
}
