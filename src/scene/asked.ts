// What a lesson's question puts on the stage: the learner's guess beside the pods, and the cutter that comes next, as a ghost with a
// dashed arrow to it.
import type { Key } from '../kube/meta.ts';
import type { SceneMessages } from './captions.ts';
import { ghost } from './glyph.ts';
import type { Item } from './item.ts';
import type { Layout } from './layout.ts';
import { caption, group, mark } from './mark.ts';
import { type Pin, pinItems } from './pins.ts';
import type { Look } from './podRecord.ts';

export interface Coming {
  readonly owner: Key;
  readonly look: Look;
}

interface Asked {
  readonly pins: ReadonlyMap<Key, Pin> | undefined;
  readonly coming: Coming | undefined;
}

export function askedItems(layout: Layout, { pins, coming }: Asked, messages: SceneMessages): Item[] {
  return [...(pins ? pinItems(layout, pins, messages) : []), ...(coming ? comingItems(layout, coming, messages) : [])];
}

/** A cutter smaller than this stands on a card that has no room beside it. */
const LARGE = 100;

function comingItems(layout: Layout, { owner, look }: Coming, messages: SceneMessages): Item[] {
  const placed = layout.cutters.find((each) => each.owner.key === owner && each.d >= LARGE && !each.ghost);
  if (!placed) return [];
  const from = placed.d / 2 + 10;
  const x = from + 52;
  const line = { fill: 'none', stroke: 'var(--ink)', 'stroke-width': 1.8, 'stroke-linecap': 'round', 'stroke-linejoin': 'round' };
  const marks = [
    mark('path', { d: `M${from} 0h18`, ...line, 'stroke-dasharray': '4 4' }),
    mark('path', { d: `M${from + 15} -5l6 5l-6 5`, ...line }),
    group({ transform: `translate(${x} 0)` }, [ghost(look, 46)]),
    caption(messages.comesNext, x, 46, { size: 12, anchor: 'middle', fill: 'var(--ink2)' }),
  ];
  return [{ id: `coming:${owner}`, layer: 'overlay', x: placed.x, y: placed.y, marks }];
}
