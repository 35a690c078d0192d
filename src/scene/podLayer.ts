// The items of all pods. In a rollout there are hundreds, of which a few change in a frame: for each of the others the item of the
// frame before is passed on, and of what is known about it one record is looked into. That is what makes crowded stages fast.
import { indexFrom } from '../base/indexFrom.ts';
import type { Key } from '../kube/meta.ts';
import type { FrameInput, GlyphMotion } from './frameInput.ts';
import { isSameDrawing, steadyMs } from './glyph.ts';
import type { PodGlyph } from './glyphs.ts';
import type { Item } from './item.ts';
import { DRAWN_AT, type Level, levelAt, levelKept } from './level.ts';
import { isSamePlace, type PlacedPod } from './placed.ts';
import { podItem, type Ring } from './podItem.ts';
import { isOfTheClock, laterState, levelPerMs, type PodState, podState } from './podState.ts';

interface DrawnPod {
  readonly placed: PlacedPod;
  readonly state: PodState;
  /** What it looks like, which on its way is not its state yet. */
  readonly shown: PodState;
  readonly motion: GlyphMotion | undefined;
  readonly ring: Ring;
  readonly item: Item;
  /** Between these moments it looks like this, unless something else is written. */
  readonly fromMs: number;
  readonly untilMs: number;
  /** The last frame in which it moved or was pointed at. */
  touchedIn: number;
}

/** So many departed pods may be remembered before all is forgotten. */
const REMEMBERED_MAX = 5000;

export class PodLayer {
  private readonly known = new Map<Key, DrawnPod>();
  /** The last frame's, side by side. */
  private places: readonly PlacedPod[] = [];
  private drawn: readonly DrawnPod[] = [];
  private frame = 0;
  private level: Level = 'cookie';
  private drawnD = 0;

  forget(): void {
    this.known.clear();
    this.places = this.drawn = [];
  }

  /** The state in which a pod was drawn last. */
  stateOf(key: Key): PodState | undefined {
    return this.known.get(key)?.state;
  }

  /** Adds an item for each pod; `behind` are the pods that a Service that is pointed at leads to. */
  add(items: Item[], input: FrameInput, behind: ReadonlySet<Key>): void {
    const { layout, motion, selection, hovered, atMs } = input;
    if (this.known.size > REMEMBERED_MAX) this.forget();
    this.chooseLevel(layout.plan.grid.d, input.zoom ?? 1);
    this.frame++;
    for (const keys of [motion.pods.keys(), selection, behind]) for (const key of keys) this.touch(key);
    if (hovered !== undefined) this.touch(hovered);
    const drawn: DrawnPod[] = [];
    let at = 0;
    for (const placed of layout.pods.list) {
      const found = indexFrom(this.places, placed, at);
      let one = found >= 0 ? this.drawn[found] : undefined;
      if (one) at = found + 1;
      const isStill = one && one.touchedIn < this.frame - 1 && one.fromMs <= atMs && one.untilMs >= atMs;
      if (!one || !isStill) one = this.draw(placed, input, behind);
      drawn.push(one);
      items.push(one.item);
    }
    this.places = layout.pods.list;
    this.drawn = drawn;
  }

  private touch(key: Key): void {
    const one = this.known.get(key);
    if (one) one.touchedIn = this.frame;
  }

  /** Glyphs on trays are drawn at the level of their size on screen. */
  private chooseLevel(d: number, zoom: number): void {
    this.level = zoom === 1 ? levelAt(d) : levelKept(d * zoom, this.level);
    const drawnD = this.level === levelAt(d) ? d : DRAWN_AT[this.level];
    if (drawnD !== this.drawnD) this.forget();
    this.drawnD = drawnD;
  }

  /** A pod that may have changed; its item of the frame before while it would be drawn the same. */
  private draw(placed: PlacedPod, input: FrameInput, behind: ReadonlySet<Key>): DrawnPod {
    const { pod } = placed;
    const { key } = pod;
    const known = this.known.get(key);
    const state = stateNow(pod, known, input.atMs);
    const motion = input.motion.pods.get(key);
    const ring: Ring = input.selection.has(key) ? 'thick' : input.hovered === key || behind.has(key) ? 'thin' : 'none';
    const d = placed.inLane ? placed.d : this.drawnD;
    const isWordless = placed.captionWidth === 0;
    const shown = motion?.state ?? state;
    const isAlike = known?.ring === ring && (known.shown === shown || (isWordless && isSameDrawing(known.shown, shown, d)));
    const isSame = isAlike && isSameMotion(known.motion, motion) && isSamePlace(known.placed, placed);
    const marks = isAlike && isWordless && isSameGlyph(known.placed, placed) ? known.item.marks : undefined;
    const item = isSame ? known.item : podItem(placed, shown, motion, input, d, ring, marks);
    // Words count down with every second.
    const steady = !isOfTheClock(state)
      ? Number.POSITIVE_INFINITY
      : isWordless
        ? steadyMs(state, levelPerMs(state, pod.pod, pod.record), d)
        : 0;
    const touchedIn = motion || ring !== 'none' ? this.frame : 0;
    const drawn = { placed, state, shown, motion, ring, item, fromMs: input.atMs - steady, untilMs: input.atMs + steady, touchedIn };
    this.known.set(key, drawn);
    return drawn;
  }
}

function isSameMotion(a: GlyphMotion | undefined, b: GlyphMotion | undefined): boolean {
  if (a === b || !a || !b) return a === b;
  return (
    a.x === b.x && a.y === b.y && a.dx === b.dx && a.dy === b.dy && a.scale === b.scale && a.opacity === b.opacity && a.isMute === b.isMute
  );
}

/** Nothing but a glyph at both places, and the same one. */
function isSameGlyph(a: PlacedPod, b: PlacedPod): boolean {
  return a.pod.look === b.pod.look && a.d === b.d && a.ground === b.ground && a.captionWidth === 0 && a.diskRoom === 0 && b.diskRoom === 0;
}

/** Asked once for a pod whose state the clock does not change. */
function stateNow({ pod, node, record }: PodGlyph, known: DrawnPod | undefined, atMs: number): PodState {
  if (known?.placed.pod.pod !== pod || known.placed.pod.node !== node) return podState(pod, node, atMs, record);
  return isOfTheClock(known.state) ? laterState(known.state, pod, node, atMs, record) : known.state;
}
