// What a lesson's question puts on the stage: the learner's guess beside the pods, and the cutter that comes next, as a ghost with a
// dashed arrow to it.
import type { Key } from '../kube/meta.ts';
import type { SceneMessages } from './captions.ts';
import { ghost } from './glyph.ts';
import type { Item } from './item.ts';
import type { Layout } from './layout.ts';
import { caption, group, type Mark, mark } from './mark.ts';
import { type Pin, pinItems } from './pins.ts';
import type { Look } from './podRecord.ts';

export interface Coming {
  readonly owner: Key;
  readonly look: Look;
  /** When it comes. */
  readonly atMs: number;
}

interface Asked {
  readonly pins: ReadonlyMap<Key, Pin> | undefined;
  readonly coming: Coming | undefined;
}

export function askedItems(layout: Layout, { pins, coming }: Asked, messages: SceneMessages): Item[] {
  return [...(pins ? pinItems(layout, pins, messages) : []), ...(coming ? comingItems(layout, coming, messages) : [])];
}

const WORDS = { size: 12, fill: 'var(--ink2)' };

/** A cutter smaller than this stands on a card that has no room beside it: what comes is a ghost at its corner, with the words in the card's. */
const LARGE = 100;

function comingItems(layout: Layout, { owner, look }: Coming, messages: SceneMessages): Item[] {
  const placed = layout.cutters.find((each) => each.owner.key === owner && !each.ghost);
  if (!placed) return [];
  const at = { id: `coming:${owner}`, layer: 'overlay', x: placed.x, y: placed.y } as const;
  const words = messages.comesNext(look.letter);
  const card = layout.cards.find((each) => each.owner.key === owner)?.rect;
  if (placed.d < LARGE) {
    const marks = [cornerGhost(look, placed.d)];
    if (card) marks.push(caption(words, card.x + card.width - 14 - placed.x, card.y + 26 - placed.y, { ...WORDS, anchor: 'end' }));
    return [{ ...at, marks }];
  }
  const from = placed.d / 2 + 10;
  const x = from + 52;
  const line = { fill: 'none', stroke: 'var(--ink)', 'stroke-width': 1.8, 'stroke-linecap': 'round', 'stroke-linejoin': 'round' };
  const marks = [
    mark('path', { d: `M${from} 0h18`, ...line, 'stroke-dasharray': '4 4' }),
    mark('path', { d: `M${from + 15} -5l6 5l-6 5`, ...line }),
    group({ transform: `translate(${x} 0)` }, [ghost(look, 46)]),
    caption(words, x, 46, { ...WORDS, anchor: 'middle' }),
  ];
  return [{ ...at, marks }];
}

function cornerGhost(look: Look, d: number): Mark {
  const size = Math.max(22, 0.4 * d);
  const corner = 0.34 * d;
  return group({ transform: `translate(${corner} ${corner})` }, [
    mark('circle', { r: 0.62 * size, fill: 'var(--panel)', stroke: 'var(--line)' }),
    ghost(look, size),
  ]);
}
