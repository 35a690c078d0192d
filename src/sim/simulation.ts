// Virtual time: a clock, timers as plain data and named random streams. Knows nothing of Kubernetes.
//
//   schedule(delayMs, to, body) ──▶ heap ordered by (atMs, tie, seq) ──▶ step() ──▶ handlers[to](body)
//
// Everything here can be saved and loaded, so a run can be continued from any saved point with the same outcome.
import { assert } from '../base/assert.ts';
import { Heap } from '../base/heap.ts';
import { RandomStream, type StreamState } from '../base/random.ts';

export interface Timer<Body = unknown> {
  readonly atMs: number;
  readonly seq: number;
  /** Zero, or a random number when ties are shuffled to prove that nothing depends on their order. */
  readonly tie: number;
  /** The name of the handler, registered by `handle`. */
  readonly to: string;
  /** Plain data: it must survive structuredClone. */
  readonly body: Body;
}

export interface SavedSimulation {
  readonly nowMs: number;
  readonly seq: number;
  readonly stepCount: number;
  readonly timers: readonly Timer[];
  readonly streams: Readonly<Record<string, StreamState>>;
}

export interface SimulationOptions {
  readonly seed: number;
  readonly shuffleTies?: boolean;
}

const isTimerBefore = (a: Timer, b: Timer) => (a.atMs !== b.atMs ? a.atMs < b.atMs : a.tie !== b.tie ? a.tie < b.tie : a.seq < b.seq);

export class Simulation {
  /** Virtual milliseconds since the world began; an integer. */
  nowMs = 0;
  /** How many timers have fired since the world began. */
  stepCount = 0;
  readonly seed: number;
  private readonly shuffleTies: boolean;
  private seq = 0;
  private timers = new Heap<Timer>(isTimerBefore);
  private streams = new Map<string, RandomStream>();
  private readonly handlers = new Map<string, (body: never) => void>();

  constructor(options: SimulationOptions) {
    this.seed = options.seed;
    this.shuffleTies = options.shuffleTies ?? false;
  }

  /** Registers who receives the timers addressed to `to`. One handler a name. */
  handle<Body>(to: string, handler: (body: Body) => void): void {
    assert(!this.handlers.has(to), `nobody handles ${to} yet`);
    this.handlers.set(to, handler as (body: never) => void);
  }

  /** Wakes the handler of `to` after `delayMs` of virtual time (rounded to a whole millisecond, never negative). */
  schedule(delayMs: number, to: string, body: unknown): void {
    const atMs = this.nowMs + Math.max(0, Math.round(delayMs));
    const tie = this.shuffleTies ? this.random('ties').next32() : 0;
    this.timers.push({ atMs, seq: this.seq++, tie, to, body });
  }

  /** The stream of this name; the same name gives the same stream. */
  random(name: string): RandomStream {
    let stream = this.streams.get(name);
    if (!stream) {
      stream = RandomStream.seeded(this.seed, name);
      this.streams.set(name, stream);
    }
    return stream;
  }

  /** When the next timer is due, or undefined when nothing is. */
  get nextDueMs(): number | undefined {
    return this.timers.peek()?.atMs;
  }

  /** Fires the next timer. Returns false when there is none. */
  step(): boolean {
    const timer = this.timers.pop();
    if (!timer) return false;
    assert(timer.atMs >= this.nowMs, 'time does not run backwards');
    this.nowMs = timer.atMs;
    this.stepCount++;
    const handler = this.handlers.get(timer.to);
    assert(handler, `somebody handles ${timer.to}`);
    handler(timer.body as never);
    return true;
  }

  /** Fires everything due up to and including `atMs`, then stands at `atMs`. Gives up early, returning false, when `isOverBudget` says so. */
  runUntil(atMs: number, isOverBudget?: () => boolean): boolean {
    for (let due = this.nextDueMs; due !== undefined && due <= atMs; due = this.nextDueMs) {
      this.step();
      if (isOverBudget?.()) return false;
    }
    if (atMs > this.nowMs) this.nowMs = atMs;
    return true;
  }

  save(): SavedSimulation {
    const streams: Record<string, StreamState> = {};
    for (const [name, stream] of this.streams) streams[name] = stream.save();
    return { nowMs: this.nowMs, seq: this.seq, stepCount: this.stepCount, timers: this.timers.toArray(), streams };
  }

  load(saved: SavedSimulation): void {
    this.nowMs = saved.nowMs;
    this.seq = saved.seq;
    this.stepCount = saved.stepCount;
    this.timers = new Heap<Timer>(isTimerBefore, saved.timers);
    this.streams = new Map(Object.entries(saved.streams).map(([name, state]) => [name, new RandomStream(state)]));
  }
}
