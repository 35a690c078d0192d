// One frame: the layout at a moment, with what is pointed at and what moves. Items that did not change are the same objects as in
// the frame before, so that the painter passes them by.
import type { Key } from '../kube/meta.ts';
import type { SceneMessages } from './captions.ts';
import type { FrameInput } from './frameInput.ts';
import { cutter, ghost, outline, podGlyph } from './glyph.ts';
import type { TrayGlyph } from './glyphs.ts';
import type { Heat } from './heat.ts';
import { type Item, isSameRect, type Rect } from './item.ts';
import type { Layout } from './layout.ts';
import { caption, type Mark, mark } from './mark.ts';
import { addOutlines } from './outlines.ts';
import type { Pip, PlacedCutter } from './ownerDraft.ts';
import type { PlacedTray } from './placed.ts';
import { PodLayer } from './podLayer.ts';
import { isRunningDown, type PodState } from './podState.ts';
import { addThreads } from './threads.ts';
import type { TrayStyle } from './trayLayout.ts';
import { trayMarks } from './trayMarks.ts';

interface PipAtRest {
  readonly pip: Pip;
  readonly item: Item;
}

interface TrayAtRest {
  readonly tray: TrayGlyph;
  readonly rect: Rect;
  readonly style: TrayStyle;
  readonly second: number;
  readonly item: Item;
}

/** From this width on screen a mark of the heat-map shows its pods. */
const CLOSE_FROM = 44;

export class FrameMaker {
  private readonly pods = new PodLayer();
  // What was drawn at rest, by object: a new layout that puts the same thing in the same place gets the same item.
  private readonly pipsAtRest = new Map<Key, PipAtRest>();
  private readonly traysAtRest = new Map<Key, TrayAtRest>();
  private readonly nodesAtRest = new Map<Key, TrayAtRest & { readonly heat: string; readonly scale: number }>();
  private readonly ghostsAtRest = new WeakMap<PlacedCutter, Item>();
  private readonly cuttersAtRest = new WeakMap<PlacedCutter, Item>();
  private messages: SceneMessages | undefined;

  make(input: FrameInput): readonly Item[] {
    const { layout, motion, messages } = input;
    if (messages !== this.messages) this.forget();
    this.messages = messages;
    const isPassing = motion.inLane > 0 && layout.scene.lane.waiting.length === 0;
    const items: Item[] = isPassing
      ? layout.items.map((item) => (item.id === 'lane-words' ? layout.lane.passing(motion.inLane) : item))
      : [...layout.items];
    for (const tray of layout.trays) items.push(layout.heat ? this.node(tray, layout.heat, input) : this.tray(tray, input));
    for (const placed of layout.cutters) {
      items.push(this.cutter(placed, input));
      if (placed.ghost) items.push(this.ghost(placed, input));
    }
    addThreads(items, input);
    this.pods.add(items, input, podsBehind(layout, input.selection, input.hovered));
    for (const pip of layout.pips.values()) {
      const state = this.pods.stateOf(pip.pod.key);
      if (state) items.push(this.pip(pip, state, input));
    }
    items.push(...motion.extras);
    addOutlines(items, input);
    return items;
  }

  private forget(): void {
    this.pods.forget();
    for (const known of [this.pipsAtRest, this.traysAtRest, this.nodesAtRest]) known.clear();
  }

  private pip(pip: Pip, state: PodState, { hovered, motion }: FrameInput): Item {
    const { key, look } = pip.pod;
    const moved = motion.pods.get(key);
    const isLit = hovered === key;
    const isPlain = !moved && !isLit && !isRunningDown(state);
    const known = isPlain ? this.pipsAtRest.get(key) : undefined;
    if (known && known.pip.pod === pip.pod && known.pip.x === pip.x && known.pip.y === pip.y && known.pip.d === pip.d) return known.item;
    const marks = [podGlyph(look, moved?.state ?? state, pip.d, 'sunk')];
    if (isLit) marks.push(outline(look, pip.d - 6, false));
    // A pod that is not cut yet has no pip either.
    const opacity = moved?.opacity === 0 ? 0 : undefined;
    const item: Item = { id: `pip:${key}`, key, layer: 'glyphs', x: pip.x, y: pip.y, opacity, marks };
    if (isPlain) this.pipsAtRest.set(key, { pip, item });
    return item;
  }

  private tray(placed: PlacedTray, { layout, messages, atMs, motion }: FrameInput): Item {
    const { tray, rect } = placed;
    const wipe = motion.trays.get(tray.key);
    const second = tray.state === 'notReady' ? Math.floor(atMs / 1000) : 0;
    const { style } = layout.plan;
    const known = wipe === undefined ? this.traysAtRest.get(tray.key) : undefined;
    if (known && known.tray === tray && known.second === second && known.style === style && isSameRect(known.rect, rect)) return known.item;
    const marks = trayMarks(tray, rect, style, messages, atMs, wipe);
    const item: Item = { id: `tray:${tray.key}`, key: tray.key, layer: 'trays', x: rect.x, y: rect.y, marks };
    if (wipe === undefined) this.traysAtRest.set(tray.key, { tray, rect, style, second, item });
    return item;
  }

  /** A mark of the heat-map; a bed with its pods where it is looked at closely. */
  private node({ tray, rect }: PlacedTray, heat: Heat, { atMs, zoom = 1 }: FrameInput): Item {
    const isClose = rect.width * zoom >= CLOSE_FROM;
    const scale = isClose ? Math.max(1, Math.round(zoom)) : 0;
    const second = isClose ? Math.floor(atMs / 1000) : 0;
    const style = isClose ? 'small' : 'heat';
    const known = this.nodesAtRest.get(tray.key);
    if (
      known &&
      known.tray === tray &&
      known.heat === heat.id &&
      known.scale === scale &&
      known.style === style &&
      known.second === second &&
      isSameRect(known.rect, rect)
    )
      return known.item;
    const marks = heat.marks(tray, rect, scale, atMs);
    const item: Item = { id: `tray:${tray.key}`, key: tray.key, layer: 'trays', x: rect.x, y: rect.y, marks };
    this.nodesAtRest.set(tray.key, { tray, rect, style, second, item, heat: heat.id, scale });
    return item;
  }

  private ghost(placed: PlacedCutter, { motion }: FrameInput): Item {
    const opacity = motion.cutters.get(placed.owner.key)?.ghostOpacity;
    const known = opacity === undefined ? this.ghostsAtRest.get(placed) : undefined;
    if (known) return known;
    const item: Item = {
      id: `ghost:${placed.owner.key}`,
      layer: 'cards',
      x: placed.ghost?.x ?? 0,
      y: placed.y,
      opacity,
      marks: ghostMarks(placed),
    };
    if (opacity === undefined) this.ghostsAtRest.set(placed, item);
    return item;
  }

  private cutter(placed: PlacedCutter, { motion }: FrameInput): Item {
    const moved = motion.cutters.get(placed.owner.key);
    const known = moved ? undefined : this.cuttersAtRest.get(placed);
    if (known) return known;
    const bend = placed.isMaster ? moved?.bend : undefined;
    const item: Item = {
      id: `cutter:${placed.owner.key}`,
      key: placed.owner.key,
      layer: 'glyphs',
      x: placed.x + (moved?.dx ?? 0),
      y: placed.y + (moved?.dy ?? 0),
      scale: moved?.scale,
      marks: [cutter(placed.look, placed.d, 'panel', bend)],
    };
    if (!moved) this.cuttersAtRest.set(placed, item);
    return item;
  }
}

const ghosts = new WeakMap<PlacedCutter, readonly Mark[]>();

function ghostMarks(placed: PlacedCutter): readonly Mark[] {
  let marks = ghosts.get(placed);
  if (!marks && placed.ghost) {
    const arrow = mark('path', { d: 'M38 0h27m-5.5 -4.5l5.5 4.5l-5.5 4.5', fill: 'none', stroke: 'var(--ink)', 'stroke-width': 1.4 });
    marks = [ghost(placed.ghost.look, 58), arrow, caption(placed.ghost.label, 0, 52, { size: 12, fill: 'var(--ink3)', anchor: 'middle' })];
    ghosts.set(placed, marks);
  }
  return marks ?? [];
}

const NONE_BEHIND: ReadonlySet<Key> = new Set();

/** The pods behind the Services that are pointed at or selected. */
function podsBehind({ doors }: Layout, selection: ReadonlySet<Key>, hovered: Key | undefined): ReadonlySet<Key> {
  const asked = doors.filter(({ door }) => door.key === hovered || selection.has(door.key));
  return asked.length === 0 ? NONE_BEHIND : new Set(asked.flatMap(({ door }) => door.behind));
}
