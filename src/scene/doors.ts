// A Service on the picture: a small plate on the upper edge of the card of the pods it leads to, with its name and how many of them
// are ready behind it. It owns nothing, so no thread leaves it.
import { fit, type SceneMessages, textWidth } from './captions.ts';
import type { Door, OwnerGlyph } from './glyphs.ts';
import type { Item, Rect } from './item.ts';
import { caption, mark, runs } from './mark.ts';

const HEIGHT = 20;
const NAME = { size: 11.5, isMono: true };
const COUNT = { size: 11.5 };
const ICON = 20;

export interface PlacedDoor {
  readonly door: Door;
  readonly owner: OwnerGlyph;
  readonly rect: Rect;
}

/** From the right; those that find no room are a number. */
export function doors(
  owner: OwnerGlyph,
  rect: Rect,
  messages: SceneMessages,
): { readonly items: readonly Item[]; readonly placed: readonly PlacedDoor[] } {
  const items: Item[] = [];
  const placed: PlacedDoor[] = [];
  let right = rect.x + rect.width - 14;
  const room = rect.width - 28;
  owner.doors.some((door, i) => {
    const width = widthOf(door, room, messages);
    if (right - width < rect.x + 14) {
      items.push(more(owner, rect, right, owner.doors.length - i));
      return true;
    }
    right -= width;
    items.push(plate(door, owner, right, rect.y, width, room, messages));
    placed.push({ door, owner, rect: { x: right, y: rect.y - HEIGHT / 2, width, height: HEIGHT } });
    right -= 6;
    return false;
  });
  return { items, placed };
}

function nameIn(door: Door, room: number): string {
  return fit(door.name, Math.min(130, room * 0.5), NAME);
}

function widthOf(door: Door, room: number, { behindDoor }: SceneMessages): number {
  return Math.round(ICON + textWidth(nameIn(door, room), NAME) + 7 + textWidth(behindDoor(door.behind.length), COUNT) + 9);
}

function plate(door: Door, owner: OwnerGlyph, x: number, y: number, width: number, room: number, messages: SceneMessages): Item {
  return {
    id: `door:${door.key}:${owner.key}`,
    key: door.key,
    // Before the outline of a selected card.
    layer: 'plates',
    x,
    y: y - HEIGHT / 2,
    marks: [
      mark('rect', { width, height: HEIGHT, rx: 6, fill: 'var(--panel)', stroke: 'var(--edge)', 'stroke-width': 1.2 }),
      mark('path', {
        d: 'M6.5 15.5V5.5a1 1 0 0 1 1 -1h6a1 1 0 0 1 1 1v10M4.5 15.5h12M12 10v1.2',
        fill: 'none',
        stroke: 'var(--ink2)',
        'stroke-width': 1.3,
        'stroke-linecap': 'round',
      }),
      runs(ICON, 14, [
        { text: nameIn(door, room), ...NAME },
        { text: messages.behindDoor(door.behind.length), ...COUNT, fill: door.behind.length === 0 ? 'var(--alarm)' : 'var(--ink2)', dx: 7 },
      ]),
    ],
  };
}

function more(owner: OwnerGlyph, rect: Rect, right: number, count: number): Item {
  const marks = [caption(`+${count}`, 0, 4, { ...NAME, anchor: 'end', fill: 'var(--ink2)' })];
  return { id: `doors:${owner.key}`, layer: 'plates', x: Math.max(rect.x + 34, right), y: rect.y - 6, marks };
}
