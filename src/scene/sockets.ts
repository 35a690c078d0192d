// The sockets of a StatefulSet: one for each ordinal, with its name and its disk. A socket stays where it is when its pod goes, and so
// does its disk.
import { fit } from './captions.ts';
import { disk } from './disk.ts';
import type { OwnerGlyph } from './glyphs.ts';
import type { Rect } from './item.ts';
import { caption, group, type Mark, mark } from './mark.ts';
import type { Draft } from './ownerDraft.ts';
import { round, shapePath } from './shapes.ts';

const WIDTH = 46;
const HEIGHT = 42;
const GAP = 5;
const PIP = 22;

/** Whether all sockets stand in one row with their names; else the rail shows them as pips. */
export function hasRoomForSockets(owner: OwnerGlyph, box: Rect): boolean {
  const count = owner.places.length;
  return owner.kind === 'StatefulSet' && count > 0 && box.height >= 32 && count * (WIDTH + GAP) - GAP <= box.width;
}

export function addSockets(draft: Draft, owner: OwnerGlyph, box: Rect, card: Rect, hasRoomBelow: boolean): { readonly right: number } {
  const y = box.y + box.height - HEIGHT + (hasRoomBelow ? 7 : 5);
  const marks: Mark[] = [];
  owner.places.forEach(({ name, pod, claim }, i) => {
    const x = i * (WIDTH + GAP);
    const centre = claim ? 15 : WIDTH / 2;
    marks.push(mark('rect', { x, width: WIDTH, height: HEIGHT, rx: 8, fill: 'var(--sunk)' }));
    if (claim) marks.push(group({ transform: `translate(${x + 35} 15)` }, disk(pod !== undefined)));
    marks.push(caption(label(name), x + WIDTH / 2, HEIGHT - 5, { size: 10.5, isMono: true, anchor: 'middle', fill: 'var(--ink2)' }));
    if (!pod) marks.push(emptyPip(owner, x + centre, 15, PIP));
    else {
      const place = { x: box.x + x + centre, y: y + 15, d: PIP };
      draft.pips.push({ pod, ...place, railBottom: y + HEIGHT, cardBottom: card.y + card.height, hasRoomBelow, threadTop: y + HEIGHT });
    }
  });
  draft.items.push({ id: `rail:${owner.key}`, layer: 'cards', x: box.x, y, marks });
  return { right: box.x + owner.places.length * (WIDTH + GAP) - GAP };
}

/** `db-0`, or the ordinal alone where the name is too long. */
function label(name: string): string {
  const face = { size: 10.5, isMono: true };
  return fit(name, WIDTH - 4, face) === name ? name : name.slice(name.lastIndexOf('-'));
}

/** Where a pod is meant to be and none is. */
export function emptyPip({ look }: OwnerGlyph, x: number, y: number, d: number): Mark {
  return mark('path', {
    d: shapePath(look.shape, d),
    transform: `translate(${round(x)} ${round(y)})`,
    fill: 'none',
    stroke: 'var(--edge)',
    'stroke-width': 1.2,
    'stroke-dasharray': d > 12 ? '3 2.6' : '2 1.6',
  });
}
