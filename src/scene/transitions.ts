// What moves at a moment: a pure function of the layout, the changes before the playhead, the moment and the speed. Nothing is
// commanded and nothing is remembered, so a pause, a step back and a screenshot need no code of their own.
// A pod's way is always the same and always downwards:
//
//   cut 0 ── the cutter dips ── 240 ── to the lane ── 480 ┄ waits ┄ decided ── to its slot ── +380 ── the outline closes
//
// Durations are screen time at 1×; at 10× they shrink to two fifths, at 100× nothing travels and all is a short cross-fade.
import { isPodReady, type Pod } from '../kube/kinds/pod.ts';
import { type Change, conditionOf, controllerOf, type Key, type KubeObject, keyFor } from '../kube/meta.ts';
import type { CutterMotion, GlyphMotion, Motion } from './frame.ts';
import { podGlyph } from './glyph.ts';
import type { Item } from './item.ts';
import type { Layout, PlacedPod } from './layout.ts';
import { type Looks, templateOf } from './looks.ts';
import { type Mark, mark } from './mark.ts';
import { clamp, type PodState, podState } from './podState.ts';
import { round, shapePath } from './shapes.ts';
import { placeAt, slotsOf } from './trayLayout.ts';

export interface MotionInput {
  readonly layout: Layout;
  readonly looks: Looks;
  readonly changes: readonly Change[];
  /** The last change that is seen. */
  readonly seq: number;
  readonly atMs: number;
  readonly speed: number;
  readonly isReduced: boolean;
}

const DIP = 120;
const TO_LANE = 240;
const TRAVEL = 380;
const READY = 140;
const SHRINK = 160;
const GONE = 200;
const SLOT_CLOSES = 600;
const CRASH = 140;
const EVICT = 240;
const NODE_LOST = 380;
const BEND = 360;
const STILLNESS = 600;
const FADE = 120;
const FLASH = 80;
const ARROW = 1500;
/** The longest that anything a change began can take. */
const HORIZON = 1600;
/** So many changes are looked at; in a flood nobody follows single pods. */
const CHANGES_MAX = 2500;
const TRAILS_MAX = 24;

export type Ease = (t: number) => number;
export const easeOut: Ease = bezierEase(0.2, 0.7, 0.2, 1);
export const easeMove: Ease = bezierEase(0.45, 0.05, 0.25, 1);
export const easeSnap: Ease = bezierEase(0.3, 1.5, 0.5, 1);

interface Tempo {
  /** Virtual milliseconds of one screen millisecond of motion. */
  readonly factor: number;
  readonly hasTravel: boolean;
  readonly hasTrails: boolean;
}

function tempoOf(speed: number, isReduced: boolean): Tempo {
  return { factor: speed >= 10 ? speed * 0.4 : speed, hasTravel: !isReduced && speed < 100, hasTrails: speed < 10 };
}

export function motionAt(input: MotionInput): Motion {
  const moment = new Moment(input);
  moment.readChanges();
  moment.placePods();
  return moment.motion();
}

/** How long after the last change motion may still run, in virtual milliseconds. */
export function motionHorizonMs(speed: number): number {
  return HORIZON * tempoOf(speed, false).factor;
}

class Moment {
  private readonly input: MotionInput;
  private readonly tempo: Tempo;
  private readonly pods = new Map<Key, GlyphMotion>();
  private readonly cutters = new Map<Key, CutterMotion>();
  private readonly trays = new Map<Key, number>();
  private readonly extras: Item[] = [];
  /** The last edit of a template: until it has been still for a while after it, nothing is cut. */
  private lastEditMs = Number.NEGATIVE_INFINITY;
  private trailCount = 0;

  constructor(input: MotionInput) {
    this.input = input;
    this.tempo = tempoOf(input.speed, input.isReduced);
  }

  motion(): Motion {
    return { pods: this.pods, cutters: this.cutters, trays: this.trays, extras: this.extras };
  }

  /** The share of a motion that began at `fromMs` and takes `duration` on screen; undefined when it is over or not begun. */
  private share(fromMs: number, duration: number): number | undefined {
    const t = (this.input.atMs - fromMs) / (duration * this.tempo.factor);
    return t >= 0 && t < 1 ? t : undefined;
  }

  readChanges(): void {
    const { changes, seq, atMs } = this.input;
    const sinceMs = atMs - HORIZON * this.tempo.factor;
    const first = Math.max(0, seq - CHANGES_MAX);
    for (let i = seq - 1; i >= first; i--) {
      const change = changes[i];
      if (!change || change.atMs < sinceMs) break;
      if (change.table === 'Pod') this.readPod(change);
      else if (change.table === 'Node') this.readNode(change);
      else if (change.before && change.after && templateOf(change.before) !== templateOf(change.after)) this.readEdit(change);
    }
  }

  private readPod({ key, before, after, atMs }: Change): void {
    const [was, is] = [before as Pod | undefined, after as Pod | undefined];
    if (was && !is) return this.gone(was, atMs);
    if (!was || !is || this.pods.has(key)) return;
    const change = changeOfPod(was, is);
    if (!change) return;
    const t = this.share(atMs, change.duration);
    if (t === undefined) return;
    if (!this.tempo.hasTravel) this.pods.set(key, { opacity: round(0.4 + 0.6 * t) });
    else this.pods.set(key, change.move(t));
  }

  private readNode({ key, before, after, atMs }: Change): void {
    if (!before || !after || this.trays.has(key) || isUnknown(before) || !isUnknown(after)) return;
    const t = this.share(atMs, NODE_LOST);
    if (t !== undefined && this.tempo.hasTravel) this.trays.set(key, easeOut(t));
  }

  private readEdit({ key, seq, atMs }: Change): void {
    const held = this.input.looks.templatesOf(key, seq);
    const before = held.at(-2);
    if (!before || held.at(-1)?.seq !== seq) return;
    this.lastEditMs = Math.max(this.lastEditMs, atMs);
    const t = this.share(atMs, BEND);
    if (t === undefined || this.cutters.has(key) || !this.tempo.hasTravel) return;
    this.cutters.set(key, { dy: 0, scale: 1, bend: { from: this.input.looks.ofHash(before.hash), t: easeSnap(t) } });
  }

  // The way of a pod

  placePods(): void {
    const { layout, atMs } = this.input;
    const sinceMs = atMs - HORIZON * this.tempo.factor;
    for (const placed of layout.pods.values()) {
      const { record } = placed.pod;
      if (record && (record.cutMs >= sinceMs || (record.boundMs ?? -1) >= sinceMs)) this.onItsWay(placed);
    }
  }

  private onItsWay(placed: PlacedPod): void {
    const { pod } = placed;
    const { factor, hasTravel } = this.tempo;
    const cutMs = pod.record?.cutMs ?? 0;
    const startMs = cutMs >= this.lastEditMs ? Math.max(cutMs, this.lastEditMs + STILLNESS * factor) : cutMs;
    if (!hasTravel) return this.fadeIn(placed, startMs);
    const { atMs } = this.input;
    if (atMs < startMs) return void this.pods.set(pod.key, { opacity: 0, isMute: true });
    this.dip(placed, startMs);
    const leavesMs = startMs + (DIP + DIP) * factor;
    const inLaneMs = leavesMs + TO_LANE * factor;
    if (atMs < inLaneMs) return void this.pods.set(pod.key, this.toLane(placed, clamp((atMs - leavesMs) / (TO_LANE * factor))));
    if (placed.inLane) return;
    const decidedMs = Math.max(pod.record?.boundMs ?? 0, inLaneMs);
    const t = (atMs - decidedMs) / (TRAVEL * factor);
    if (t >= 1) return;
    this.pods.set(pod.key, this.toTray(placed, clamp(t)));
  }

  private fadeIn(placed: PlacedPod, startMs: number): void {
    const { isReduced, layout } = this.input;
    const fromMs = placed.inLane ? startMs : Math.max(startMs, placed.pod.record?.boundMs ?? 0);
    const t = this.share(fromMs, isReduced ? FADE : FLASH);
    if (t !== undefined) this.pods.set(placed.pod.key, { opacity: round(t) });
    const arrow = this.share(fromMs, ARROW);
    if (isReduced && arrow !== undefined && !placed.inLane && this.trailCount++ < TRAILS_MAX)
      this.extras.push(trail(placed, wayDown(layout, placed), 1, 0.9));
  }

  private dip(placed: PlacedPod, startMs: number): void {
    const owner = placed.pod.owner.key;
    const t = this.share(startMs, DIP + DIP);
    if (t === undefined || this.cutters.has(owner)) return;
    const depth = t < 0.5 ? easeOut(t * 2) : 1 - easeOut(t * 2 - 1);
    this.cutters.set(owner, { dy: round(4 * depth), scale: round(1 - 0.06 * depth) });
  }

  private toLane(placed: PlacedPod, t: number): GlyphMotion {
    const { layout } = this.input;
    const from = cutterOf(layout, placed);
    const to = placed.inLane ? placed : layout.lane.exit;
    const d = placed.inLane ? placed.d : 38;
    const e = easeMove(t);
    const x = from.x + (to.x - from.x) * e;
    const y = from.y + (to.y - from.y) * easeOut(t);
    return { x, y, scale: round(d / placed.d), state: PENDING, isMute: true, opacity: t === 0 ? 0.85 : 1 };
  }

  private toTray(placed: PlacedPod, t: number): GlyphMotion {
    const way = wayDown(this.input.layout, placed);
    const e = easeMove(t);
    const [x, y] = way.at(e);
    const from = Math.min(38, Math.max(24, placed.d)) / placed.d;
    if (this.tempo.hasTrails && this.trailCount++ < TRAILS_MAX) this.extras.push(trail(placed, way, e, 1 - t * 0.5));
    return { x: round(x), y: round(y), scale: round(from + (1 - from) * e), state: PENDING, isMute: true };
  }

  /** A pod that left: it fades where it stood, and its place stays marked for a moment. */
  private gone(pod: Pod, atMs: number): void {
    const { layout, looks } = this.input;
    const record = looks.recordOf(pod);
    const tray = layout.trays.find(({ tray: { name } }) => name === pod.spec.nodeName);
    const slots = this.share(atMs, SLOT_CLOSES);
    if (!record || !tray || slots === undefined) return;
    const { style, grid } = layout.plan;
    const { x, y } = placeAt(record.slot, Math.max(slotsOf(tray.tray), record.slot + 1), tray.rect, style, grid);
    const t = this.share(atMs, this.tempo.hasTravel ? GONE : FADE);
    const uid = pod.metadata.uid ?? '';
    const ground = tray.tray.state === 'notReady' ? 'lost' : 'tray';
    if (t !== undefined) {
      const state = podState(pod, tray.tray.node, atMs, record);
      const marks = [podGlyph(record.look, state, grid.d, ground)];
      const scale = this.tempo.hasTravel ? round(1 - 0.4 * easeOut(t)) : 1;
      this.extras.push({ id: `gone:${uid}`, layer: 'glyphs', x, y, scale, opacity: round(1 - t), marks });
    } else if (!layout.scene.pods.size || grid.d >= 24) {
      const d = grid.d;
      const dashed: Mark = mark('path', {
        d: shapePath(record.look.shape, d),
        fill: 'none',
        stroke: 'var(--line)',
        'stroke-width': 1.3,
        'stroke-dasharray': '3 4',
      });
      this.extras.push({ id: `free:${uid}`, layer: 'inner', x, y, opacity: round(1 - slots), marks: [dashed] });
    }
  }
}

const PENDING: PodState = { name: 'pending' };

interface PodChange {
  readonly duration: number;
  move(t: number): GlyphMotion;
}

/** The motion of a pod that stays where it is. */
function changeOfPod(was: Pod, is: Pod): PodChange | undefined {
  if (is.status.reason === 'Evicted' && was.status.reason !== 'Evicted')
    return { duration: EVICT, move: (t) => ({ dy: round(-6 * (1 - easeOut(t))) }) };
  if (is.metadata.deletionTimestamp && !was.metadata.deletionTimestamp)
    return { duration: SHRINK, move: (t) => ({ scale: round(1.2 - 0.2 * easeOut(t)) }) };
  if (restarts(is) > restarts(was) || (hasCrashed(is) && !hasCrashed(was)))
    return { duration: CRASH, move: (t) => ({ dx: round(3 * Math.sin(t * 3 * Math.PI) * (1 - t)) }) };
  if (isPodReady(is) && !isPodReady(was)) return { duration: READY, move: (t) => ({ scale: round(1 + 0.04 * Math.sin(t * Math.PI)) }) };
  return undefined;
}

function restarts({ status }: Pod): number {
  return (status.containerStatuses ?? []).reduce((sum, { restartCount }) => sum + restartCount, 0);
}

function hasCrashed({ status }: Pod): boolean {
  return (status.containerStatuses ?? []).some(
    ({ state }) => (state.terminated?.exitCode ?? 0) !== 0 || state.waiting?.reason === 'CrashLoopBackOff',
  );
}

function isUnknown(node: KubeObject): boolean {
  return conditionOf((node as { status?: { conditions?: [] } }).status?.conditions, 'Ready')?.status === 'Unknown';
}

/** Where a pod is cut: at its owner's cutter, or above the lane for one made by hand. */
function cutterOf(layout: Layout, { pod }: PlacedPod): { readonly x: number; readonly y: number } {
  const placed =
    layout.cutters.find(({ owner }) => owner.key === pod.owner.key) ??
    layout.cutters.find(({ owner }) => owner.parts.includes(pod.owner)) ??
    aboveIn(layout, pod.owner.object);
  if (placed) return { x: placed.x, y: placed.y + placed.d / 2 };
  const pip = layout.pips.get(pod.key);
  return pip ?? { x: layout.lane.rect.x + layout.lane.rect.width / 2, y: layout.lane.rect.y - 20 };
}

/** On a compact card a Deployment's cutter stands for those of its ReplicaSets. */
function aboveIn(layout: Layout, owner: KubeObject | undefined) {
  const above = owner && controllerOf(owner);
  const key = above && keyFor(above.kind, owner.metadata.namespace, above.name);
  return layout.cutters.find((placed) => placed.owner.key === key);
}

interface Way {
  readonly path: string;
  at(t: number): readonly [number, number];
}

/** From the lane's exit to the slot: out to the right, then down. */
function wayDown({ lane: { exit, rect } }: Layout, { x, y }: PlacedPod): Way {
  const bend = rect.y + rect.height;
  const [ax, ay, bx, by] = [Math.min(exit.x + 34, rect.x + rect.width), bend, x, bend + (y - bend) * 0.25];
  const at = (t: number): readonly [number, number] => {
    const u = 1 - t;
    const weigh = (p0: number, p1: number, p2: number, p3: number) =>
      u * u * u * p0 + 3 * u * u * t * p1 + 3 * u * t * t * p2 + t * t * t * p3;
    return [weigh(exit.x, ax, bx, x), weigh(exit.y, ay, by, y)];
  };
  return { path: `M${round(exit.x)} ${round(exit.y)}C${round(ax)} ${round(ay)} ${round(bx)} ${round(by)} ${round(x)} ${round(y)}`, at };
}

/** The dotted line behind a pod on its way, as far as it has come. */
function trail({ pod, x, y, d }: PlacedPod, way: Way, t: number, opacity: number): Item {
  const points = Array.from({ length: 17 }, (_, i) =>
    way
      .at((i / 16) * t)
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

/** A cubic Bézier from 0,0 to 1,1 as CSS has it; solved by halving, which is exact enough for a pixel. */
function bezierEase(x1: number, y1: number, x2: number, y2: number): Ease {
  const curve = (a: number, b: number, t: number) => 3 * (1 - t) * (1 - t) * t * a + 3 * (1 - t) * t * t * b + t * t * t;
  return (x) => {
    if (x <= 0) return 0;
    if (x >= 1) return 1;
    let [low, high] = [0, 1];
    for (let i = 0; i < 18; i++) {
      const middle = (low + high) / 2;
      if (curve(x1, x2, middle) < x) low = middle;
      else high = middle;
    }
    return curve(y1, y2, (low + high) / 2);
  };
}
