// The pods that wait to be scheduled. Models pkg/scheduler/backend/queue/{scheduling_queue,active_queue,backoff_queue}.go.
//
//   add ──▶ gated ──▶ active ──pop──▶ tried ──▶ bound
//                       ▲  ▲             │ turned away
//         back-off over │  └─────────┐   ▼
//                     backoff ◀── unschedulable ──5 min──▶ active
//                          an event may help
//
// Leaves out events during a try: a try is one step here, so nothing can happen meanwhile.
import { Heap } from '../../base/heap.ts';
import type { Key } from '../../kube/meta.ts';

const BACKOFF_FIRST_MS = 1000;
const BACKOFF_LAST_MS = 10_000;
/** Back-offs end together at whole seconds, so that the most important pod of a second goes first. */
const WINDOW_MS = 1000;
const UNSCHEDULABLE_MAX_MS = 300_000;
const LEFTOVER_EVERY_MS = 30_000;

export interface QueuedPod {
  readonly key: Key;
  priority: number;
  /** When it last came to the queue for a try or was turned away: older goes first. */
  timestampMs: number;
  /** The order of arrival, for pods of one moment. */
  readonly serial: number;
  state: 'active' | 'backoff' | 'unschedulable' | 'gated' | 'tried';
  /** Tries that found no node, and tries that failed otherwise, since the last of the other sort. */
  unschedulableCount: number;
  errorCount: number;
  /** The plugins that turned it away in the last try. */
  plugins: readonly string[];
  backoffUntilMs: number;
  /** The change that brought it where it is. */
  cause: number | undefined;
  /** Grows with every move, so that heap entries of former moves are known to be void. */
  moves: number;
}

interface Place {
  readonly key: Key;
  readonly moves: number;
  readonly priority: number;
  readonly timestampMs: number;
  readonly serial: number;
  readonly dueMs: number;
}

const isFirst = (a: Place, b: Place) =>
  a.priority !== b.priority
    ? a.priority > b.priority
    : a.timestampMs !== b.timestampMs
      ? a.timestampMs < b.timestampMs
      : a.serial < b.serial;
const isDueFirst = (a: Place, b: Place) => (a.dueMs !== b.dueMs ? a.dueMs < b.dueMs : isFirst(a, b));

export class SchedulingQueue {
  private pods = new Map<Key, QueuedPod>();
  /** Grows with every change of the queue. */
  version = 0;
  private serial = 0;
  private active = new Heap<Place>(isFirst);
  private backoff = new Heap<Place>(isDueFirst);
  /** Pods whose try failed with an error; unlike the others they sit out their back-off even when nobody else waits. */
  private errors = new Heap<Place>(isDueFirst);
  private readonly byPlugin = new Map<string, Set<Key>>();

  get(key: Key): QueuedPod | undefined {
    return this.pods.get(key);
  }

  add(key: Key, priority: number, isGated: boolean, nowMs: number, cause: number | undefined): void {
    const pod: QueuedPod = {
      key,
      priority,
      timestampMs: nowMs,
      serial: this.serial++,
      state: 'gated',
      unschedulableCount: 0,
      errorCount: 0,
      plugins: [],
      backoffUntilMs: 0,
      cause,
      moves: 0,
    };
    this.version++;
    this.pods.set(key, pod);
    if (!isGated) this.activate(pod, cause);
  }

  delete(key: Key): void {
    const pod = this.pods.get(key);
    if (pod) this.leave(pod);
    this.pods.delete(key);
  }

  activate(pod: QueuedPod, cause: number | undefined): void {
    this.enter(pod, 'active', cause);
    this.active.push(placeOf(pod));
  }

  /** Takes the next pod to try: the most important active one, or, when none is, the first that backs off. */
  pop(): QueuedPod | undefined {
    const pod = this.next(this.active, 'active') ?? this.next(this.backoff, 'backoff');
    if (!pod) return undefined;
    (pod.state === 'active' ? this.active : this.backoff).pop();
    this.enter(pod, 'tried', pod.cause);
    return pod;
  }

  get isEmpty(): boolean {
    return !this.next(this.active, 'active') && !this.next(this.backoff, 'backoff');
  }

  /** No node was found: waits for an event that may help one of the plugins that turned it away. */
  turnAway(pod: QueuedPod, plugins: readonly string[], nowMs: number): void {
    pod.unschedulableCount++;
    pod.errorCount = 0;
    this.waitFrom(pod, nowMs, pod.unschedulableCount);
    this.enter(pod, 'unschedulable', pod.cause);
    pod.plugins = plugins;
    for (const plugin of plugins) {
      const keys = this.byPlugin.get(plugin);
      if (keys) keys.add(pod.key);
      else this.byPlugin.set(plugin, new Set([pod.key]));
    }
  }

  /** The try failed for a reason that is no plugin's: waits for the back-off only. */
  fail(pod: QueuedPod, nowMs: number): void {
    pod.errorCount++;
    this.waitFrom(pod, nowMs, pod.errorCount);
    this.enter(pod, 'backoff', pod.cause);
    this.errors.push(placeOf(pod));
  }

  /** Pods that a plugin turned away, for asking it whether an event helps. */
  turnedAwayBy(plugin: string): readonly QueuedPod[] {
    const keys = this.byPlugin.get(plugin);
    return keys?.size ? [...keys].map((key) => this.pods.get(key) as QueuedPod) : [];
  }

  /** An event may help: to be tried again, at once or when its back-off is over. */
  requeue(pod: QueuedPod, nowMs: number, cause: number | undefined): void {
    if (windowAfter(pod.backoffUntilMs) <= nowMs) return this.activate(pod, cause);
    this.enter(pod, 'backoff', cause);
    this.backoff.push(placeOf(pod));
  }

  /** When the next back-off ends; undefined when none is running. */
  get nextBackoffEndMs(): number | undefined {
    const ends = [this.next(this.backoff, 'backoff'), this.next(this.errors, 'backoff')].flatMap((pod) =>
      pod ? [windowAfter(pod.backoffUntilMs)] : [],
    );
    return ends.length > 0 ? Math.min(...ends) : undefined;
  }

  /** Activates the pods whose back-off is over. */
  endBackoffs(nowMs: number): void {
    for (const heap of [this.backoff, this.errors]) {
      for (let pod = this.next(heap, 'backoff'); pod && windowAfter(pod.backoffUntilMs) <= nowMs; pod = this.next(heap, 'backoff')) {
        heap.pop();
        this.activate(pod, pod.cause);
      }
    }
  }

  get hasUnschedulable(): boolean {
    for (const keys of this.byPlugin.values()) if (keys.size > 0) return true;
    return false;
  }

  /** When a pod will have been unschedulable for so long that it is tried again without a reason. */
  get nextLeftoverMs(): number | undefined {
    let firstMs = Number.POSITIVE_INFINITY;
    for (const { state, timestampMs } of this.pods.values()) if (state === 'unschedulable' && timestampMs < firstMs) firstMs = timestampMs;
    return firstMs === Number.POSITIVE_INFINITY
      ? undefined
      : Math.ceil((firstMs + UNSCHEDULABLE_MAX_MS + 1) / LEFTOVER_EVERY_MS) * LEFTOVER_EVERY_MS;
  }

  retryLeftovers(nowMs: number): void {
    for (const pod of this.pods.values()) {
      if (pod.state === 'unschedulable' && nowMs - pod.timestampMs > UNSCHEDULABLE_MAX_MS) this.requeue(pod, nowMs, pod.cause);
    }
  }

  /** All waiting pods, in the order in which they will be tried as far as that is known. */
  list(): readonly QueuedPod[] {
    const order = { tried: 0, active: 1, backoff: 2, unschedulable: 3, gated: 4 } as const;
    return [...this.pods.values()].sort((a, b) => {
      if (a.state !== b.state) return order[a.state] - order[b.state];
      return (a.state === 'backoff' ? isDueFirst : isFirst)(placeOf(a), placeOf(b)) ? -1 : 1;
    });
  }

  save() {
    return { serial: this.serial, pods: [...this.pods.values()].map((pod) => ({ ...pod })) };
  }

  load(saved: ReturnType<SchedulingQueue['save']>): void {
    this.serial = saved.serial;
    this.pods = new Map(saved.pods.map((pod) => [pod.key, { ...pod }]));
    this.active = new Heap<Place>(isFirst, this.placesOf('active'));
    this.backoff = new Heap<Place>(
      isDueFirst,
      this.placesOf('backoff').filter(({ key }) => this.pods.get(key)?.errorCount === 0),
    );
    this.errors = new Heap<Place>(
      isDueFirst,
      this.placesOf('backoff').filter(({ key }) => this.pods.get(key)?.errorCount !== 0),
    );
    this.byPlugin.clear();
    for (const { key, state, plugins } of this.pods.values()) {
      if (state === 'unschedulable')
        for (const plugin of plugins) this.byPlugin.set(plugin, (this.byPlugin.get(plugin) ?? new Set()).add(key));
    }
  }

  private placesOf(state: QueuedPod['state']): Place[] {
    return [...this.pods.values()].filter((pod) => pod.state === state).map(placeOf);
  }

  /** The first entry that is still true, after dropping those that are not. */
  private next(heap: Heap<Place>, state: 'active' | 'backoff'): QueuedPod | undefined {
    for (let place = heap.peek(); place; place = heap.peek()) {
      const pod = this.pods.get(place.key);
      if (pod && pod.state === state && pod.moves === place.moves && pod.serial === place.serial) return pod;
      heap.pop();
    }
    return undefined;
  }

  private enter(pod: QueuedPod, state: QueuedPod['state'], cause: number | undefined): void {
    this.leave(pod);
    this.version++;
    pod.state = state;
    pod.cause = cause;
    pod.moves++;
  }

  private leave({ key, state, plugins }: QueuedPod): void {
    if (state === 'unschedulable') for (const plugin of plugins) this.byPlugin.get(plugin)?.delete(key);
  }

  private waitFrom(pod: QueuedPod, nowMs: number, count: number): void {
    pod.timestampMs = nowMs;
    pod.backoffUntilMs = nowMs + Math.min(BACKOFF_LAST_MS, BACKOFF_FIRST_MS * 2 ** (count - 1));
  }
}

/** A back-off that ends within a second ends with that second. */
export const windowAfter = (ms: number) => Math.floor(ms / WINDOW_MS) * WINDOW_MS + WINDOW_MS;

function placeOf({ key, moves, priority, timestampMs, serial, backoffUntilMs }: QueuedPod): Place {
  return { key, moves, priority, timestampMs, serial, dueMs: windowAfter(backoffUntilMs) };
}
