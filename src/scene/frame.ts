// One frame: the layout at a moment, with what is pointed at and what moves. Items that did not change are the same objects as in
// the frame before, so that the painter passes them by.
import type { Key } from '../kube/meta.ts';
import { clock, fit, fitPodName, POD_NAME, type SceneMessages, textWidth } from './captions.ts';
import { claimOf, diskBeside } from './disk.ts';
import { type Bend, cutter, ghost, isSameDrawing, outline, podGlyph } from './glyph.ts';
import { HAND_OWNER, type PodGlyph, podsUnder, type TrayGlyph } from './glyphs.ts';
import type { Heat } from './heat.ts';
import { type Item, isSameRect, type Rect } from './item.ts';
import { isSamePlace, type Layout, type PlacedPod, type PlacedTray, THREADS_MAX, type Thread } from './layout.ts';
import { DRAWN_AT, type Level, levelAt, levelKept } from './level.ts';
import { caption, group, type Mark, mark } from './mark.ts';
import type { Pip, PlacedCutter } from './ownerDraft.ts';
import { isOfTheClock, isRunningDown, laterState, type PodState, podState } from './podState.ts';
import { round } from './shapes.ts';
import type { TrayStyle } from './trayLayout.ts';
import { trayMarks } from './trayMarks.ts';

/** Where a glyph is on its way, instead of at its place. */
export interface GlyphMotion {
  readonly x?: number;
  readonly y?: number;
  readonly dx?: number;
  readonly dy?: number;
  readonly scale?: number;
  readonly opacity?: number;
  /** What it still looks like. */
  readonly state?: PodState;
  /** Its words wait until it has arrived. */
  readonly isMute?: boolean;
}

export interface CutterMotion {
  readonly dy: number;
  readonly scale: number;
  readonly bend?: Bend;
  /** Sideways from its place. */
  readonly dx?: number;
  /** How much of the ghost is there. */
  readonly ghostOpacity?: number;
}

/** What moves at this moment: a pure function of the changes before the playhead (transitions.ts). */
export interface Motion {
  readonly pods: ReadonlyMap<Key, GlyphMotion>;
  readonly cutters: ReadonlyMap<Key, CutterMotion>;
  /** Trays whose hatch is being drawn, by node: share done. */
  readonly trays: ReadonlyMap<Key, number>;
  /** Pods that are still seen in the lane. */
  readonly inLane: number;
  /** Trails, departed pods and the like, drawn as they come. */
  readonly extras: readonly Item[];
}

export const STILL: Motion = { pods: new Map(), cutters: new Map(), trays: new Map(), inLane: 0, extras: [] };

export interface FrameInput {
  readonly layout: Layout;
  readonly messages: SceneMessages;
  readonly atMs: number;
  readonly selection: ReadonlySet<Key>;
  readonly hovered: Key | undefined;
  readonly focused: Key | undefined;
  readonly motion: Motion;
  /** The camera's: how large glyphs are on screen says how much they show. */
  readonly zoom?: number;
}

export interface StageFrame {
  readonly items: readonly Item[];
  /** Whether the picture changes as the clock runs on, though nothing is written. */
  readonly isRunningDown: boolean;
}

interface PodAtRest {
  readonly placed: PlacedPod;
  readonly state: PodState;
  readonly item: Item;
}

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
/** So many departed objects may be remembered before all is forgotten. */
const REMEMBERED_MAX = 5000;

export class FrameMaker {
  // What was drawn at rest, by object: a new layout that puts the same thing in the same place gets the same item.
  private readonly podsAtRest = new Map<Key, PodAtRest>();
  private readonly pipsAtRest = new Map<Key, PipAtRest>();
  private readonly traysAtRest = new Map<Key, TrayAtRest>();
  private readonly nodesAtRest = new Map<Key, TrayAtRest & { readonly heat: string; readonly scale: number }>();
  private readonly ghostsAtRest = new WeakMap<PlacedCutter, Item>();
  private readonly cuttersAtRest = new WeakMap<PlacedCutter, Item>();
  private messages: SceneMessages | undefined;
  private level: Level = 'cookie';
  private drawnD = 0;
  /** The pods that a Service that is pointed at leads to. */
  private behind: ReadonlySet<Key> = NONE_BEHIND;

  make(input: FrameInput): StageFrame {
    const { layout, motion, messages } = input;
    if (messages !== this.messages || this.podsAtRest.size > REMEMBERED_MAX) this.forget();
    this.messages = messages;
    this.chooseLevel(layout.plan.grid.d, input.zoom ?? 1);
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
    this.behind = podsBehind(layout, input.selection, input.hovered);
    let isRunning = layout.trays.some(({ tray }) => tray.state === 'notReady');
    const hasPips = layout.pips.size > 0;
    for (const placed of layout.pods.list) {
      const { key } = placed.pod;
      const known = this.podsAtRest.get(key);
      const state = stateOf(placed.pod, known, input.atMs);
      if (isRunningDown(state)) isRunning = true;
      items.push(this.pod(placed, state, known, input));
      const pip = hasPips ? layout.pips.get(key) : undefined;
      if (pip) items.push(this.pip(pip, state, input));
    }
    items.push(...motion.extras);
    addFocus(items, input);
    return { items, isRunningDown: isRunning };
  }

  /** Glyphs on trays are drawn at the level of their size on screen. */
  private chooseLevel(d: number, zoom: number): void {
    this.level = zoom === 1 ? levelAt(d) : levelKept(d * zoom, this.level);
    const drawnD = this.level === levelAt(d) ? d : DRAWN_AT[this.level];
    if (drawnD !== this.drawnD) this.podsAtRest.clear();
    this.drawnD = drawnD;
  }

  private forget(): void {
    for (const known of [this.podsAtRest, this.pipsAtRest, this.traysAtRest, this.nodesAtRest]) known.clear();
  }

  /** A pod's item; the one of the frame before while it would be drawn the same, though its clock ran. */
  private pod(placed: PlacedPod, state: PodState, known: PodAtRest | undefined, input: FrameInput): Item {
    const { key } = placed.pod;
    const motion = input.motion.pods.get(key);
    const isRinged = input.selection.has(key) || input.hovered === key || this.behind.has(key);
    const isPlain = !motion && !isRinged;
    const d = placed.inLane ? placed.d : this.drawnD;
    if (isPlain && known && isSamePlace(known.placed, placed)) {
      const isWordless = placed.captionWidth === 0;
      if (known.state === state || (isWordless && isSameDrawing(known.state, state, d))) return known.item;
    }
    const item = podItem(placed, motion?.state ?? state, motion, input, d, isRinged);
    if (isPlain) this.podsAtRest.set(key, { placed, state, item });
    return item;
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

/** Asked once for a pod whose state the clock does not change. */
function stateOf(pod: PodGlyph, known: PodAtRest | undefined, atMs: number): PodState {
  if (known && known.placed.pod === pod && !isOfTheClock(known.state)) return known.state;
  return known && known.placed.pod === pod
    ? laterState(known.state, pod.pod, pod.node, atMs, pod.record)
    : podState(pod.pod, pod.node, atMs, pod.record);
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

function podItem(
  placed: PlacedPod,
  state: PodState,
  motion: GlyphMotion | undefined,
  input: FrameInput,
  drawnD: number,
  isRinged: boolean,
): Item {
  const { pod, d: size, ground } = placed;
  const d = drawnD;
  const isScreenSized = size !== drawnD;
  const isSelected = input.selection.has(pod.key);
  // What nobody hears of stands as it was last seen: it does not shrink when it is marked for deletion.
  const scale = state.name === 'lost' && motion?.x === undefined ? undefined : motion?.scale;
  const marks: Mark[] = [];
  if (isRinged) marks.push(outline(pod.look, d, isSelected));
  marks.push(podGlyph(pod.look, state, d, ground));
  if (placed.diskRoom > 0 && !motion?.isMute) marks.push(...diskBeside(claimOf(pod.pod) ?? '', d, placed.diskRoom, state.name === 'lost'));
  if (placed.captionWidth > 0 && !motion?.isMute) marks.push(...captions(placed, state, isSelected, input));
  return {
    id: `pod:${pod.key}`,
    key: pod.key,
    layer: motion?.x !== undefined ? 'flights' : 'glyphs',
    x: round((motion?.x ?? placed.x) + (motion?.dx ?? 0)),
    y: round((motion?.y ?? placed.y) + (motion?.dy ?? 0)),
    scale: isScreenSized ? round(((scale ?? 1) * size * 1000) / drawnD) / 1000 : scale,
    opacity: motion?.opacity,
    isScreenSized: isScreenSized || undefined,
    marks,
  };
}

const TROUBLE = new Set<PodState['name']>(['crashed', 'failed', 'evicted']);

function captions(
  { pod, d, captionWidth, isNameShort }: PlacedPod,
  state: PodState,
  isSelected: boolean,
  { messages, layout }: FrameInput,
): Mark[] {
  const face = POD_NAME;
  const isGone = state.name === 'lost' || state.name === 'failed' || state.name === 'evicted';
  const words = stateWords(pod, state, captionWidth, messages);
  if (layout.plan.style === 'row') return [rowCaption(pod.name, state, captionWidth, d, isNameShort, words)];
  return [
    caption(fitPodName(pod.name, captionWidth, face, isNameShort), 0, d / 2 + 20, {
      ...face,
      anchor: 'middle',
      weight: isSelected ? 600 : 400,
      fill: isGone ? 'var(--ink3)' : 'var(--ink)',
    }),
    caption(fit(words, captionWidth + 4, { size: 12 }), 0, d / 2 + 34, {
      size: 12,
      anchor: 'middle',
      fill: TROUBLE.has(state.name) ? 'var(--alarm)' : 'var(--ink2)',
    }),
  ];
}

/** One line has room on a phone: the name while all is well, else the state. */
function rowCaption(name: string, state: PodState, width: number, d: number, isShort: boolean, words: string): Mark {
  if (state.name === 'ready')
    return caption(fitPodName(name, width, { size: 12, isMono: true }, isShort), 0, d / 2 + 15, {
      size: 12,
      isMono: true,
      anchor: 'middle',
    });
  return caption(fit(words, width, { size: 12 }), 0, d / 2 + 15, {
    size: 12,
    anchor: 'middle',
    fill: TROUBLE.has(state.name) ? 'var(--alarm)' : 'var(--ink2)',
  });
}

/** Where all is calm and there is room: when and from what it was cut. */
function stateWords(pod: PlacedPod['pod'], state: PodState, width: number, messages: SceneMessages): string {
  if (state.name === 'ready' && pod.record && pod.ownerKind !== HAND_OWNER && pod.aboveKey === undefined) {
    const text = messages.cutAt(clock(pod.record.cutMs), pod.look.letter);
    if (textWidth(text, { size: 12 }) <= width) return text;
  }
  const words = messages.state(state);
  // Why a pod goes says more than when.
  return state.why && textWidth(words, { size: 12 }) > width + 4 ? messages.state({ ...state, leftMs: undefined }) : words;
}

// Threads

function addThreads(items: Item[], { layout, selection, hovered, motion }: FrameInput): void {
  const lit = litPods(layout, selection, hovered);
  const isAlways = layout.scene.pods.size <= THREADS_MAX;
  for (const thread of layout.threads.values()) {
    const isLit = lit.has(thread.pod.key);
    if (!isAlways && !isLit) continue;
    const moved = motion.pods.get(thread.pod.key);
    if (moved?.x !== undefined || moved?.opacity === 0) continue;
    items.push(...threadItems(thread, isLit));
  }
}

const NONE_BEHIND: ReadonlySet<Key> = new Set();

/** The pods behind the Services that are pointed at or selected. */
function podsBehind({ doors }: Layout, selection: ReadonlySet<Key>, hovered: Key | undefined): ReadonlySet<Key> {
  const asked = doors.filter(({ door }) => door.key === hovered || selection.has(door.key));
  return asked.length === 0 ? NONE_BEHIND : new Set(asked.flatMap(({ door }) => door.behind));
}

/** Pods whose thread is asked for: the hovered and selected ones, and those of the hovered or selected owner. */
function litPods(layout: Layout, selection: ReadonlySet<Key>, hovered: Key | undefined): ReadonlySet<Key> {
  const asked = hovered === undefined ? selection : new Set([...selection, hovered]);
  if (asked.size === 0) return asked;
  const lit = new Set<Key>();
  for (const key of asked) if (layout.pods.has(key)) lit.add(key);
  if (layout.threads.size > THREADS_MAX)
    for (const { owner } of layout.cards) if (asked.has(owner.key)) for (const { key } of podsUnder(owner)) lit.add(key);
  return lit;
}

const threadCache = new WeakMap<Thread, readonly [plain: readonly Item[], lit: readonly Item[]]>();

function threadItems(thread: Thread, isLit: boolean): readonly Item[] {
  let pair = threadCache.get(thread);
  if (!pair) threadCache.set(thread, (pair = [drawThread(thread, false), drawThread(thread, true)]));
  return pair[isLit ? 1 : 0];
}

function drawThread({ pod, card, open, inner }: Thread, isLit: boolean): Item[] {
  const line: Mark['attrs'] = isLit
    ? { fill: 'none', stroke: 'var(--ink)', 'stroke-width': 2 }
    : { fill: 'none', stroke: 'var(--crust)', 'stroke-opacity': 0.6, 'stroke-width': 1.3 };
  const piece = (id: string, layer: Item['layer'], d: string): Item[] =>
    d
      ? [{ id: `${id}:${pod.key}`, layer, x: 0, y: 0, marks: [group({ class: `look-${pod.look.shape}` }, [mark('path', { d, ...line })])] }]
      : [];
  return [...piece('thread', 'threads', open), ...piece('thread-card', 'inner', card), ...piece('thread-inner', 'inner', inner)];
}

// Selection of trays and cards, keyboard focus

/** What can be selected and is not a pod. */
interface Box {
  readonly key: Key;
  readonly rect: Rect;
  /** Of its corners, and how far around it its outline is drawn, where not as on trays and cards. */
  readonly rx?: number;
  readonly grow?: number;
}

function addFocus(items: Item[], { layout, selection, hovered, focused }: FrameInput): void {
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
  // The words under a pod begin close to it.
  const half = pod ? pod.d / 2 + (pod.captionWidth > 0 ? 8 : 6) : 0;
  const { x, y, width, height } = pod
    ? { x: pod.x - half, y: pod.y - half, width: 2 * half, height: 2 * half }
    : { x: (box?.x ?? 0) - 5, y: (box?.y ?? 0) - 5, width: (box?.width ?? 0) + 10, height: (box?.height ?? 0) + 10 };
  const marks = [
    mark('rect', {
      width: round(width),
      height: round(height),
      rx: 12,
      fill: 'none',
      stroke: 'var(--ink)',
      'stroke-width': 3,
      class: 'outline',
    }),
    mark('rect', {
      x: 2.5,
      y: 2.5,
      width: round(width - 5),
      height: round(height - 5),
      rx: 10,
      fill: 'none',
      stroke: 'var(--panel)',
      'stroke-width': 2,
      class: 'outline',
    }),
  ];
  return [{ id: 'focus', layer: 'overlay', x, y, marks }];
}
