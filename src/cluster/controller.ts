// What a controller is, and the runner that wakes it: watch -> de-duplicated queue -> reconcile -> back-off on error.
// Models sigs.k8s.io/controller-runtime pkg/reconcile and client-go/util/workqueue, without caches: a controller reads the
// server itself, only its wake-up is delayed.

import type { RandomStream } from '../base/random.ts';
import { ApiError } from '../kube/errors.ts';
import type { Event, ObjectReference } from '../kube/kinds/event.ts';
import type { Change, Key, KubeObject } from '../kube/meta.ts';
import type { Simulation } from '../sim/simulation.ts';
import type { ApiServer } from './apiServer.ts';
import type { Leases } from './leases.ts';
import type { Metrics } from './metrics.ts';
import type { Recorder } from './recorder.ts';

/** From a change being written to the reconcile that it causes, unless the controller says otherwise. */
const REACTION_MS = 10;
/** One write to the server and back. A controller is busy with a key that long for each write, but never longer than BUSY_MS_MAX. */
const WRITE_MS = 20;
const BUSY_MS_MAX = 80;
/** At this many keys, and at each doubling, those whose work is long done are forgotten. */
const BUSY_KEYS_MIN = 1024;
const BACKOFF_FIRST_MS = 5;
const BACKOFF_LAST_MS = 1_000_000;

/** All that a controller may touch. */
export interface ControllerContext {
  readonly nowMs: number;
  readonly api: ApiServer;
  readonly leases: Leases;
  readonly metrics: Metrics;
  /** Tells a Kubernetes Event signed by this controller. */
  record(object: KubeObject | ObjectReference, type: Event['type'], reason: string, message: string): void;
  random(stream: string): RandomStream;
  /** What `Controller.memory` made; it may be changed in place. */
  readonly memory: unknown;
  /** Wakes this controller for `key` again, after `delayMs` at the latest. */
  enqueueAfter(key: Key, delayMs: number): void;
}

/** Which changes of a kind wake the controller, and for which of its keys. */
export interface Watch {
  /** `*` for all kinds. */
  readonly kind: string;
  /** How long after such a change the controller is woken, where that is not its usual reaction. */
  readonly delayMs?: number;
  /** The keys to reconcile because of this change; the default is the changed object's own key. */
  keys?(change: Change, ctx: ControllerContext): readonly Key[];
}

export interface Controller {
  /** As Kubernetes names it, e.g. `replicaset-controller`: the actor of its changes and the source of its events. */
  readonly name: string;
  /** The source of its events where that is not its name. */
  readonly eventSource?: string;
  /** How long it takes from a change to the reconcile that it causes: controllers that read more react later. */
  readonly reactionMs?: number;
  /** How long it waits after its first failure with a key, and at most, where that is not the usual. */
  readonly retryMs?: { readonly first: number; readonly last: number };
  /** Makes what it must remember beside the objects, as plain data that is saved with its queue. Most need nothing. */
  memory?(): unknown;
  readonly watches: readonly Watch[];
  /** Called once when the world begins (not when it is loaded): to enqueue something periodic. */
  start?(ctx: ControllerContext): void;
  /** Called when a node starts or stops sending heartbeats. */
  onLease?(nodeName: string, ctx: ControllerContext): void;
  /** How long one reconcile of `key` reads, for those that read much. */
  readingMs?(key: Key, ctx: ControllerContext): number;
  /** Brings the world one step nearer to what the object of `key` wants. Level-triggered: it may be called at any time, again and again. */
  reconcile(key: Key, ctx: ControllerContext): void | { readonly requeueAfterMs: number };
}

interface WakeUp {
  readonly controller: string;
  readonly key: Key;
  readonly cause: number | undefined;
}

/** The key that is being reconciled right now, and when and why it wants to be looked at again. */
interface Working {
  readonly name: string;
  readonly key: Key;
  again: { readonly dueMs: number; readonly cause: number | undefined } | undefined;
}

interface Queue {
  /** When each waiting key is due. A timer that finds another moment here is out of date. */
  dueMs: Map<Key, number>;
  failures: Map<Key, number>;
  /** Until when a key is being worked at: it is not taken up again before. */
  busyUntilMs: Map<Key, number>;
  memory: unknown;
}

export class ControllerRunner {
  private readonly sim: Simulation;
  private readonly api: ApiServer;
  private readonly controllers: ReadonlyMap<string, { readonly controller: Controller; readonly ctx: ControllerContext }>;
  private readonly queues = new Map<string, Queue>();
  private working: Working | undefined;

  constructor(
    parts: { sim: Simulation; api: ApiServer; recorder: Recorder; leases: Leases; metrics: Metrics },
    controllers: readonly Controller[],
  ) {
    const { sim, api, recorder, leases, metrics } = parts;
    this.sim = sim;
    this.api = api;
    const queueOf = (name: string) => this.queues.get(name) as Queue;
    const entries = controllers.map((controller) => {
      const ctx: ControllerContext = {
        get nowMs() {
          return sim.nowMs;
        },
        api,
        leases,
        metrics,
        record: (object, type, reason, message) =>
          recorder.record({ component: controller.eventSource ?? controller.name }, object, type, reason, message),
        random: (stream) => sim.random(`${controller.name}/${stream}`),
        enqueueAfter: (key, delayMs) => this.enqueue(controller.name, key, undefined, delayMs),
        get memory() {
          return queueOf(controller.name).memory;
        },
      };
      return [controller.name, { controller, ctx }] as const;
    });
    this.controllers = new Map(entries);
    for (const [name, { controller }] of this.controllers) {
      this.queues.set(name, { dueMs: new Map(), failures: new Map(), busyUntilMs: new Map(), memory: controller.memory?.() });
    }
    sim.handle<WakeUp>('controller', (wakeUp) => this.wake(wakeUp));
    const watchers = new Map<string, { watch: Watch; name: string; ctx: ControllerContext; reactionMs: number }[]>();
    for (const [name, { controller, ctx }] of this.controllers) {
      for (const watch of controller.watches) {
        const watcher = { watch, name, ctx, reactionMs: watch.delayMs ?? controller.reactionMs ?? REACTION_MS };
        const list = watchers.get(watch.kind);
        if (list) list.push(watcher);
        else watchers.set(watch.kind, [watcher]);
      }
    }
    const everyKind = watchers.get('*');
    api.onChange((change) => {
      for (const list of [watchers.get(change.table), everyKind]) {
        if (!list) continue;
        for (const { watch, name, ctx, reactionMs } of list) {
          if (!watch.keys) this.enqueue(name, change.key, change.seq, reactionMs);
          else for (const key of watch.keys(change, ctx)) this.enqueue(name, key, change.seq, reactionMs);
        }
      }
    });
    leases.onChange((nodeName) => {
      for (const { controller, ctx } of this.controllers.values()) controller.onLease?.(nodeName, ctx);
    });
  }

  start(): void {
    for (const { controller, ctx } of this.controllers.values()) controller.start?.(ctx);
  }

  save() {
    return [...this.queues].map(([name, { dueMs, failures, busyUntilMs, memory }]) => ({
      name,
      dueMs: new Map(dueMs),
      failures: new Map(failures),
      busyUntilMs: new Map(busyUntilMs),
      memory: structuredClone(memory),
    }));
  }

  load(saved: ReturnType<ControllerRunner['save']>): void {
    for (const { name, ...queue } of saved) this.queues.set(name, queue);
  }

  private enqueue(name: string, key: Key, cause: number | undefined, delayMs: number): void {
    const queue = this.queues.get(name) as Queue;
    const dueMs = Math.max(this.sim.nowMs + Math.max(0, Math.round(delayMs)), queue.busyUntilMs.get(key) ?? 0);
    const { working } = this;
    if (working?.name === name && working.key === key) {
      // Woken by its own doing: when it may go on is known only when it is done.
      if (!working.again || dueMs < working.again.dueMs) working.again = { dueMs, cause };
      return;
    }
    const waiting = queue.dueMs.get(key);
    if (waiting !== undefined && waiting <= dueMs) return;
    queue.dueMs.set(key, dueMs);
    this.sim.schedule(dueMs - this.sim.nowMs, 'controller', { controller: name, key, cause } satisfies WakeUp);
  }

  private wake({ controller: name, key, cause }: WakeUp): void {
    const queue = this.queues.get(name) as Queue;
    if (queue.dueMs.get(key) !== this.sim.nowMs) return;
    queue.dueMs.delete(key);
    queue.busyUntilMs.delete(key);
    const entry = this.controllers.get(name);
    if (!entry) return;
    const { controller, ctx } = entry;
    const working: Working = { name, key, again: undefined };
    const seqBefore = this.api.history.seq;
    this.working = working;
    const delayMs = this.api.act(name, cause, () => this.reconcile(controller, key, ctx, queue));
    if (delayMs !== undefined) this.enqueue(name, key, queue.failures.has(key) ? cause : undefined, delayMs);
    this.working = undefined;
    const busyMs = this.writingMs(seqBefore) + (controller.readingMs?.(key, ctx) ?? 0);
    if (busyMs > 0) this.setBusy(queue, key, this.sim.nowMs + busyMs);
    if (working.again) this.enqueue(name, key, working.again.cause, working.again.dueMs - this.sim.nowMs);
  }

  /** How long the writes since `seq` took. Events are told in the background. */
  private writingMs(seq: number): number {
    const { changes } = this.api.history;
    let ms = 0;
    for (let i = seq; i < changes.length && ms < BUSY_MS_MAX; i++) if (changes[i]?.table !== 'Event') ms += WRITE_MS;
    return ms;
  }

  private setBusy({ busyUntilMs }: Queue, key: Key, untilMs: number): void {
    const { size } = busyUntilMs;
    const isPruneDue = size >= BUSY_KEYS_MIN && (size & (size - 1)) === 0;
    if (isPruneDue) for (const [other, ms] of busyUntilMs) if (ms <= this.sim.nowMs) busyUntilMs.delete(other);
    busyUntilMs.set(key, untilMs);
  }

  /** Returns after how many milliseconds to come back, if at all. */
  private reconcile(controller: Controller, key: Key, ctx: ControllerContext, queue: Queue): number | undefined {
    try {
      const result = controller.reconcile(key, ctx);
      queue.failures.delete(key);
      return result?.requeueAfterMs;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const failures = queue.failures.get(key) ?? 0;
      queue.failures.set(key, failures + 1);
      const { first, last } = controller.retryMs ?? { first: BACKOFF_FIRST_MS, last: BACKOFF_LAST_MS };
      return Math.min(last, first * 2 ** failures);
    }
  }
}
