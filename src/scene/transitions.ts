// What moves at a moment: a pure function of the layout, the changes before the playhead, the moment and the speed. Nothing is
// commanded and nothing is remembered, so a pause, a step back and a screenshot need no code of their own.
// A pod's way is always the same and always downwards:
//
//   cut 0 ── the cutter dips ── 240 ── to the lane ── 480 ┄ waits ┄ decided ── to its slot ── +380 ── the outline closes
//
// Durations are screen time at 1×; at 10× they shrink to two fifths, at 100× nothing travels and all is a short cross-fade.
import type { Pod } from '../kube/kinds/pod.ts';
import type { Change, Key } from '../kube/meta.ts';
import { ARRIVALS_MAX, type Arrival, densityStrip } from './density.ts';
import { freePlace, goneMarks } from './departed.ts';
import { easeMove, easeOut, easeSnap } from './easing.ts';
import type { CutterMotion, GlyphMotion, Motion } from './frameInput.ts';
import type { TrayGlyph } from './glyphs.ts';
import type { Item } from './item.ts';
import { PASSING_D, PASSING_MAX, PASSING_PITCH } from './laneLayout.ts';
import type { Layout } from './layout.ts';
import type { Looks } from './looks.ts';
import { HORIZON, type Move } from './moves.ts';
import type { PlacedPod, PlacedTray } from './placed.ts';
import type { PodRecord } from './podRecord.ts';
import { clamp, type PodState } from './podState.ts';
import { type Asked, requestItem } from './requests.ts';
import { round } from './shapes.ts';
import { type Grid, keepSlots, placesFor, type Seated, type Seating, SLOTS, seatedOn, seatPods } from './trayLayout.ts';
import { cutterOf, pointOn, trail, wayDown } from './way.ts';

export interface MotionInput {
  readonly layout: Layout;
  readonly looks: Looks;
  /** The last change that is seen. */
  readonly seq: number;
  readonly atMs: number;
  readonly speed: number;
  readonly isReduced: boolean;
  /** What this change and those before it began is over: a step plays only what it stepped over. */
  readonly doneSeq?: number;
}

const DIP = 120;
const TO_LANE = 240;
const TRAVEL = 380;
const GONE = 200;
const SLOT_CLOSES = 600;
const NODE_LOST = 380;
const BEND = 360;
const STILLNESS = 600;
/** The cutter steps aside for the ghost; pods close ranks on a tray. */
const ASIDE = 240;
/** What has left fades in so many steps: more cannot be told apart. */
const FADE_STEPS = 8;
const FADE = 120;
const SECOND = 1000;
const FLASH = 80;
const ARROW = 1500;
/** So many changes are looked at; in a flood nobody follows single pods. */
const CHANGES_MAX = 2500;
const TRAILS_MAX = 12;
const REQUESTS_MAX = 24;
/** From this speed on nothing could be followed. */
const STILL_SPEED = 100;

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
  moment.closeRanks();
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
  private requestCount = 0;
  private inLane = 0;
  private readonly cutTogether = new Map<number, number>();
  private readonly departed: { readonly pod: Pod; readonly record: PodRecord; readonly atMs: number }[] = [];
  private readonly before = new Map<TrayGlyph, PlaceOf>();
  private readonly trayChanges = new Map<string, TrayChange>();

  constructor(input: MotionInput) {
    this.input = input;
    this.tempo = tempoOf(input.speed, input.isReduced);
  }

  motion(): Motion {
    return { pods: this.pods, cutters: this.cutters, trays: this.trays, inLane: this.inLane, extras: this.extras };
  }

  /** The share of a motion that began at `fromMs` and takes `duration` on screen; undefined when it is over or not begun. */
  private share(fromMs: number, duration: number): number | undefined {
    const t = (this.input.atMs - fromMs) / (duration * this.tempo.factor);
    return t >= 0 && t < 1 ? t : undefined;
  }

  readChanges(): void {
    const { looks, seq, atMs, doneSeq = 0 } = this.input;
    const first = Math.max(seq - CHANGES_MAX, doneSeq);
    for (const move of looks.moves.at(atMs, this.tempo.factor, seq, first)) this.readMove(move);
  }

  private readMove({ change, kind, record, stir, asked }: Move): void {
    if (kind === 'asked') return this.ask(asked ?? []);
    if (kind === 'edit') return this.readEdit(change);
    if (kind === 'node') return this.loseNode(change);
    if (kind === 'left') return this.leave(change.before as Pod, record, change.atMs);
    if (kind === 'bound') this.changeTray((change.after as Pod).spec.nodeName ?? '', change.atMs, record, undefined);
    if (!stir || (stir.smallest ?? 0) > this.input.layout.plan.grid.d) return;
    const t = this.share(change.atMs, stir.duration);
    if (t !== undefined && !this.pods.has(change.key))
      this.pods.set(change.key, this.tempo.hasTravel ? stir.move(t) : { opacity: round(0.4 + 0.6 * t) });
  }

  private ask(all: readonly Asked[]): void {
    const { layout, speed } = this.input;
    if (speed >= STILL_SPEED) return;
    for (const asked of all) {
      const target = layout.pods.get(asked.to);
      const t = this.share(asked.request.atMs, this.tempo.hasTravel ? TRAVEL : ARROW);
      if (!target || t === undefined || this.requestCount++ >= REQUESTS_MAX) continue;
      this.extras.push(requestItem(asked, target, layout.pods.get(asked.request.from), t, !this.tempo.hasTravel));
    }
  }

  private leave(pod: Pod, record: PodRecord | undefined, atMs: number): void {
    if (!record || !pod.spec.nodeName) return;
    this.changeTray(pod.spec.nodeName, atMs, undefined, record);
    this.departed.push({ pod, record, atMs });
  }

  private loseNode({ key, atMs }: Change): void {
    if (this.trays.has(key)) return;
    const t = this.share(atMs, NODE_LOST);
    if (t !== undefined && this.tempo.hasTravel) this.trays.set(key, easeOut(t));
  }

  private readEdit({ key, seq, atMs }: Change): void {
    const held = this.input.looks.templatesOf(key, seq);
    const before = held.at(-2);
    if (!before || held.at(-1)?.seq !== seq) return;
    this.lastEditMs = Math.max(this.lastEditMs, atMs);
    if (this.cutters.has(key) || !this.tempo.hasTravel) return;
    const t = this.share(atMs, BEND);
    const bend = t === undefined ? undefined : { from: this.input.looks.ofHash(before.hash), t: easeSnap(t) };
    // The old cutter hangs as a ghost once all has been still.
    const sinceMs = (this.input.atMs - atMs) / this.tempo.factor - BEND - STILLNESS;
    if (sinceMs >= ASIDE) return;
    const place = this.input.layout.cutters.find(({ owner }) => owner.key === key);
    const aside = easeMove(clamp(sinceMs / ASIDE));
    const isFirst = held.length === 2;
    const dx = isFirst && place?.homeX !== undefined ? round((place.homeX - place.x) * (1 - aside)) : 0;
    this.cutters.set(key, { dy: 0, scale: 1, bend, dx, ghostOpacity: round(aside) });
  }

  // The way of a pod

  placePods(): void {
    const { layout, atMs, speed } = this.input;
    for (const { pod, record, atMs: leftMs } of this.departed) this.gone(pod, record, leftMs);
    const sinceMs = atMs - HORIZON * this.tempo.factor;
    const secondMs = SECOND * this.tempo.factor;
    const arrivals: Arrival[] = [];
    const moved: PlacedPod[] = [];
    const oldestMs = Math.min(sinceMs, atMs - secondMs);
    const { list } = layout.pods;
    for (let i = 0; i < list.length; i++) {
      if ((layout.movedMs[i] as number) < oldestMs) continue;
      const placed = list[i] as PlacedPod;
      const { record, look } = placed.pod;
      if (!record) continue;
      if (record.cutMs >= sinceMs || (record.boundMs ?? -1) >= sinceMs) moved.push(placed);
      if (record.cutMs <= atMs && record.cutMs > atMs - secondMs) arrivals.push({ atMs: record.cutMs, look });
    }
    const isFlood = arrivals.length > (ARRIVALS_MAX * this.tempo.factor) / speed;
    // Where some wait for a reason, the lane is theirs.
    const hasStrip = isFlood && !layout.scene.lane.waiting.some(({ refusal }) => refusal);
    for (const placed of moved) this.onItsWay(placed, hasStrip);
    if (hasStrip) this.extras.push(...densityStrip(layout.lane, arrivals, atMs, secondMs));
  }

  /** When what followed an edit may begin to move. */
  private afterStillness(ms: number): number {
    return ms >= this.lastEditMs ? Math.max(ms, this.lastEditMs + STILLNESS * this.tempo.factor) : ms;
  }

  private onItsWay(placed: PlacedPod, hasStrip: boolean): void {
    const { pod } = placed;
    const { doneSeq = 0 } = this.input;
    const isCutOver = (pod.record?.cutSeq ?? 0) <= doneSeq;
    if (isCutOver && (placed.inLane || (pod.record?.boundSeq ?? 0) <= doneSeq)) return;
    const { factor, hasTravel } = this.tempo;
    const cutMs = pod.record?.cutMs ?? 0;
    const startMs = this.afterStillness(cutMs);
    if (!hasTravel) return this.fadeIn(placed, startMs);
    const { atMs } = this.input;
    if (atMs < startMs) return void this.pods.set(pod.key, NOT_YET);
    if (!isCutOver) this.dip(placed, startMs);
    const index = this.cutTogether.get(startMs) ?? 0;
    this.cutTogether.set(startMs, index + 1);
    const fan = -PASSING_PITCH * Math.min(index, PASSING_MAX - 1);
    const leavesMs = startMs + (DIP + DIP) * factor;
    const inLaneMs = isCutOver ? startMs : leavesMs + TO_LANE * factor;
    if (!placed.inLane && atMs >= leavesMs && atMs < Math.max(inLaneMs, pod.record?.boundMs ?? 0)) this.inLane++;
    // The strip stands for all that come: they are seen when they leave it.
    if (atMs < inLaneMs && hasStrip && !placed.inLane) return void this.pods.set(pod.key, NOT_YET);
    if (atMs < inLaneMs) return void this.pods.set(pod.key, this.toLane(placed, clamp((atMs - leavesMs) / (TO_LANE * factor)), fan));
    if (placed.inLane) return;
    const decidedMs = Math.max(pod.record?.boundMs ?? 0, inLaneMs);
    const t = (atMs - decidedMs) / (TRAVEL * factor);
    if (t >= 1) return;
    this.pods.set(pod.key, this.toTray(placed, clamp(t), fan));
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
    const owner = placed.pod.ownerKey;
    const t = this.share(startMs, DIP + DIP);
    if (t === undefined || this.cutters.has(owner)) return;
    const depth = t < 0.5 ? easeOut(t * 2) : 1 - easeOut(t * 2 - 1);
    this.cutters.set(owner, { dy: round(4 * depth), scale: round(1 - 0.06 * depth) });
  }

  private toLane(placed: PlacedPod, t: number, fan: number): GlyphMotion {
    const { layout } = this.input;
    const from = cutterOf(layout, placed);
    const { exit } = layout.lane;
    const to = placed.inLane ? placed : { x: exit.x + fan, y: exit.y };
    const d = placed.inLane ? placed.d : PASSING_D;
    const e = easeMove(t);
    const x = from.x + (to.x - from.x) * e;
    const y = from.y + (to.y - from.y) * easeOut(t);
    return { x, y, scale: round(d / placed.d), state: PENDING, isMute: true, opacity: t === 0 ? 0.85 : 1 };
  }

  private toTray(placed: PlacedPod, t: number, fan: number): GlyphMotion {
    const way = wayDown(this.input.layout, placed, fan);
    const e = easeMove(t);
    const [x, y] = pointOn(way, e);
    const from = Math.min(PASSING_D, Math.max(24, placed.d)) / placed.d;
    if (this.tempo.hasTrails && this.trailCount++ < TRAILS_MAX) this.extras.push(trail(placed, way, e, 1 - t * 0.5));
    return { x: round(x), y: round(y), scale: round(from + (1 - from) * e), state: PENDING, isMute: true };
  }

  // Ranks: in a single row the pods stand centred, so those that stay step aside when one comes, and close up when one has left.

  private changeTray(node: string, atMs: number, came: PodRecord | undefined, left: PodRecord | undefined): void {
    let change = this.trayChanges.get(node);
    // The changes are read from the latest back: the first one met tells when the move begins.
    if (!change)
      this.trayChanges.set(node, (change = { fromMs: atMs + (left ? SLOT_CLOSES * this.tempo.factor : 0), came: new Set(), left: [] }));
    if (came) change.came.add(came);
    if (left) change.left.push(left);
  }

  /** Where the pods of a tray stood before the changes of this moment. */
  private placeBefore({ tray, rect }: PlacedTray): PlaceOf {
    let placeOf = this.before.get(tray);
    if (!placeOf) {
      const { style, grid } = this.input.layout.plan;
      const { seatOf, count } = this.seatsBefore(tray, grid);
      const place = placesFor(count, rect, style, grid);
      this.before.set(tray, (placeOf = (seated) => place(seatOf(seated))));
    }
    return placeOf;
  }

  private seatsBefore(tray: TrayGlyph, grid: Grid): Seating<Seated> {
    const { came, left } = this.trayChanges.get(tray.name) ?? NO_CHANGE;
    const seated = seatedOn(tray);
    if (keepSlots(seated, grid) && keepSlots(left, grid)) return SLOTS;
    return seatPods([...seated.filter((seat) => !came.has(seat)), ...left.filter((record) => !came.has(record))], grid);
  }

  closeRanks(): void {
    const { layout, atMs } = this.input;
    const { grid } = layout.plan;
    if (!grid.hasCaptions || !this.tempo.hasTravel) return;
    for (const placed of layout.trays) {
      const { tray } = placed;
      const change = this.trayChanges.get(tray.name);
      if (!change) continue;
      const left = 1 - easeMove(clamp((atMs - this.afterStillness(change.fromMs)) / (ASIDE * this.tempo.factor)));
      if (left === 0) continue;
      const placeBefore = this.placeBefore(placed);
      for (const { key, record } of tray.pods) {
        const now = layout.pods.get(key);
        if (!record || change.came.has(record) || !now) continue;
        const was = placeBefore(record);
        const moving = this.pods.get(key) ?? {};
        if (moving.x === undefined && (was.x !== now.x || was.y !== now.y)) {
          this.pods.set(key, {
            ...moving,
            dx: round((moving.dx ?? 0) + (was.x - now.x) * left),
            dy: round((moving.dy ?? 0) + (was.y - now.y) * left),
          });
        }
      }
    }
  }

  /** A pod that left: it fades where it stood, and its place stays marked for a moment. */
  private gone(pod: Pod, record: PodRecord, atMs: number): void {
    const { layout } = this.input;
    const { grid } = layout.plan;
    const t = this.share(atMs, this.tempo.hasTravel ? GONE : FADE);
    const slots = !layout.scene.pods.size || grid.d >= 24 ? this.share(atMs, SLOT_CLOSES) : undefined;
    if (t === undefined && slots === undefined) return;
    const placed = layout.trays.find(({ tray: { name } }) => name === pod.spec.nodeName);
    if (!placed) return;
    const { x, y } = this.placeBefore(placed)(record);
    const { uid = '' } = pod.metadata;
    if (t !== undefined) {
      const marks = goneMarks(pod, record, placed.tray, grid.d, atMs);
      const scale = this.tempo.hasTravel ? round(1 - 0.4 * easeOut(t)) : 1;
      // The same item as before, but where another pod has its name by now.
      const id = record.hasHeir ? `gone:${uid}` : record.key;
      this.extras.push({ id, layer: 'glyphs', x, y, scale, opacity: fading(t), marks });
    } else if (slots !== undefined) {
      this.extras.push({ id: `free:${uid}`, layer: 'inner', x, y, opacity: fading(slots), marks: freePlace(record.look.shape, grid.d) });
    }
  }
}

function fading(t: number): number {
  return Math.ceil((1 - t) * FADE_STEPS) / FADE_STEPS;
}

type PlaceOf = (seated: Seated) => { readonly x: number; readonly y: number };

interface TrayChange {
  readonly fromMs: number;
  readonly came: Set<Seated>;
  readonly left: Seated[];
}

const NO_CHANGE: TrayChange = { fromMs: 0, came: new Set(), left: [] };

/** Nothing is cut yet. */
const NOT_YET: GlyphMotion = { opacity: 0, isMute: true };
const PENDING: PodState = { name: 'pending' };
