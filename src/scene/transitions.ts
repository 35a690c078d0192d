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
import { easeMove, easeOut, easeSnap } from './easing.ts';
import type { CutterMotion, GlyphMotion, Motion } from './frameInput.ts';
import { podGlyph } from './glyph.ts';
import type { TrayGlyph } from './glyphs.ts';
import type { Item } from './item.ts';
import { PASSING_D, PASSING_MAX, PASSING_PITCH } from './laneLayout.ts';
import type { Layout, PlacedPod } from './layout.ts';
import type { Looks, PodRecord } from './looks.ts';
import { type Mark, mark } from './mark.ts';
import type { Move } from './moves.ts';
import { clamp, type PodState, podState } from './podState.ts';
import { type Asked, requestItem } from './requests.ts';
import { round, type Shape, shapePath } from './shapes.ts';
import { placesFor, type Seated, type Seating, seatedOn, seatPods } from './trayLayout.ts';
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
/** A thin dashed line fades in so many steps: more cannot be told apart. */
const FREE_STEPS = 8;
const FADE = 120;
const SECOND = 1000;
const FLASH = 80;
const ARROW = 1500;
/** The longest that anything a change began can take. */
const HORIZON = 1700;
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
  private readonly departed: { readonly pod: Pod; readonly atMs: number }[] = [];
  private readonly seatings = new Map<TrayGlyph, Seating<Seated>>();
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
    const sinceMs = atMs - HORIZON * this.tempo.factor;
    const first = Math.max(seq - CHANGES_MAX, doneSeq);
    for (const move of looks.moves.before(seq)) {
      if (move.change.atMs < sinceMs || move.change.seq <= first) break;
      this.readMove(move);
    }
  }

  private readMove({ change, kind, stir, asked }: Move): void {
    if (kind === 'asked') return this.ask(asked ?? []);
    if (kind === 'edit') return this.readEdit(change);
    if (kind === 'node') return this.loseNode(change);
    if (kind === 'left') return this.leave(change.before as Pod, change.atMs);
    const pod = change.after as Pod;
    if (kind === 'bound') this.changeTray(pod.spec.nodeName ?? '', change.atMs, this.input.looks.recordOf(pod), undefined);
    if (!stir || this.pods.has(change.key)) return;
    const t = this.share(change.atMs, stir.duration);
    if (t !== undefined) this.pods.set(change.key, this.tempo.hasTravel ? stir.move(t) : { opacity: round(0.4 + 0.6 * t) });
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

  private leave(pod: Pod, atMs: number): void {
    const record = this.input.looks.recordOf(pod);
    if (!record || !pod.spec.nodeName) return;
    this.changeTray(pod.spec.nodeName, atMs, undefined, record);
    this.departed.push({ pod, atMs });
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
    for (const { pod, atMs: leftMs } of this.departed) this.gone(pod, leftMs);
    const sinceMs = atMs - HORIZON * this.tempo.factor;
    const secondMs = SECOND * this.tempo.factor;
    const arrivals: Arrival[] = [];
    for (const placed of layout.pods.list) {
      const { record, look } = placed.pod;
      if (!record) continue;
      if (record.cutMs >= sinceMs || (record.boundMs ?? -1) >= sinceMs) this.onItsWay(placed);
      const age = (atMs - record.cutMs) / secondMs;
      if (age >= 0 && age < 1) arrivals.push({ age, look });
    }
    const isFlood = arrivals.length > (ARRIVALS_MAX * this.tempo.factor) / speed;
    if (isFlood && !layout.scene.lane.waiting.some(({ refusal }) => refusal)) this.extras.push(densityStrip(layout.lane, arrivals));
  }

  /** When what followed an edit may begin to move. */
  private afterStillness(ms: number): number {
    return ms >= this.lastEditMs ? Math.max(ms, this.lastEditMs + STILLNESS * this.tempo.factor) : ms;
  }

  private onItsWay(placed: PlacedPod): void {
    const { pod } = placed;
    const { doneSeq = 0 } = this.input;
    const isCutOver = (pod.record?.cutSeq ?? 0) <= doneSeq;
    if (isCutOver && (placed.inLane || (pod.record?.boundSeq ?? 0) <= doneSeq)) return;
    const { factor, hasTravel } = this.tempo;
    const cutMs = pod.record?.cutMs ?? 0;
    const startMs = this.afterStillness(cutMs);
    if (!hasTravel) return this.fadeIn(placed, startMs);
    const { atMs } = this.input;
    if (atMs < startMs) return void this.pods.set(pod.key, { opacity: 0, isMute: true });
    if (!isCutOver) this.dip(placed, startMs);
    const index = this.cutTogether.get(startMs) ?? 0;
    this.cutTogether.set(startMs, index + 1);
    const fan = -PASSING_PITCH * Math.min(index, PASSING_MAX - 1);
    const leavesMs = startMs + (DIP + DIP) * factor;
    const inLaneMs = isCutOver ? startMs : leavesMs + TO_LANE * factor;
    if (!placed.inLane && atMs >= leavesMs && atMs < Math.max(inLaneMs, pod.record?.boundMs ?? 0)) this.inLane++;
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
  private seatingBefore(tray: TrayGlyph): Seating<Seated> {
    const known = this.seatings.get(tray);
    if (known) return known;
    const { came, left } = this.trayChanges.get(tray.name) ?? NO_CHANGE;
    const stayed = [...seatedOn(tray).values()].filter((seat) => !came.has(seat));
    const seating = seatPods([...stayed, ...left.filter((record) => !came.has(record))], this.input.layout.plan.grid);
    this.seatings.set(tray, seating);
    return seating;
  }

  closeRanks(): void {
    const { layout, atMs } = this.input;
    const { style, grid } = layout.plan;
    if (!grid.hasCaptions || !this.tempo.hasTravel) return;
    for (const { tray, rect } of layout.trays) {
      const change = this.trayChanges.get(tray.name);
      if (!change) continue;
      const left = 1 - easeMove(clamp((atMs - this.afterStillness(change.fromMs)) / (ASIDE * this.tempo.factor)));
      if (left === 0) continue;
      const before = this.seatingBefore(tray);
      const placeBefore = placesFor(before.count, rect, style, grid);
      for (const { key, record } of tray.pods) {
        const [seat, now] = [record && before.seats.get(record), layout.pods.get(key)];
        if (seat === undefined || !now) continue;
        const was = placeBefore(seat);
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
  private gone(pod: Pod, atMs: number): void {
    const { layout, looks } = this.input;
    const record = looks.recordOf(pod);
    const tray = layout.trays.find(({ tray: { name } }) => name === pod.spec.nodeName);
    const slots = this.share(atMs, SLOT_CLOSES);
    if (!record || !tray || slots === undefined) return;
    const { style, grid } = layout.plan;
    const before = this.seatingBefore(tray.tray);
    const { x, y } = placesFor(before.count, tray.rect, style, grid)(before.seats.get(record) ?? record.slot);
    const t = this.share(atMs, this.tempo.hasTravel ? GONE : FADE);
    const uid = pod.metadata.uid ?? '';
    const ground = tray.tray.state === 'notReady' ? 'lost' : 'tray';
    if (t !== undefined) {
      const state = podState(pod, tray.tray.node, atMs, record);
      const marks = [podGlyph(record.look, state, grid.d, ground)];
      const scale = this.tempo.hasTravel ? round(1 - 0.4 * easeOut(t)) : 1;
      this.extras.push({ id: `gone:${uid}`, layer: 'glyphs', x, y, scale, opacity: round(1 - t), marks });
    } else if (!layout.scene.pods.size || grid.d >= 24) {
      const opacity = Math.ceil((1 - slots) * FREE_STEPS) / FREE_STEPS;
      this.extras.push({ id: `free:${uid}`, layer: 'inner', x, y, opacity, marks: freePlace(record.look.shape, grid.d) });
    }
  }
}

const freePlaces = new Map<string, readonly Mark[]>();

/** The dashed place of a pod that left. */
function freePlace(shape: Shape, d: number): readonly Mark[] {
  const id = `${shape}${d}`;
  let marks = freePlaces.get(id);
  if (!marks) {
    const line = { fill: 'none', stroke: 'var(--line)', 'stroke-width': 1.3, 'stroke-dasharray': '3 4' };
    freePlaces.set(id, (marks = [mark('path', { d: shapePath(shape, d), ...line })]));
  }
  return marks;
}

interface TrayChange {
  readonly fromMs: number;
  readonly came: Set<Seated>;
  readonly left: Seated[];
}

const NO_CHANGE: TrayChange = { fromMs: 0, came: new Set(), left: [] };

const PENDING: PodState = { name: 'pending' };
