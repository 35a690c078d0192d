// Records Kubernetes Events and keeps their number in bounds, as the clients of the API do.
// Models staging/src/k8s.io/client-go/tools/record/{event,events_cache}.go, and tools/events/event_broadcaster.go for the scheduler.
//
//   event ─▶ ten similar ones in ten minutes? their message is combined ─▶ seen before? count up ─▶ too many about one object? drop
//
// Limitation: events do not expire after an hour, and the count of a scheduler's series is not refreshed every half hour.
import type { Event, ObjectReference } from '../kube/kinds/event.ts';
import { DEFAULT_SCHEDULER } from '../kube/kinds/podDefaults.ts';
import { type KubeObject, toTimestamp } from '../kube/meta.ts';
import type { ApiServer } from './apiServer.ts';

export interface EventSource {
  readonly component: string;
  readonly host?: string;
}

/** From the tenth different message of one kind on, within this time of the last, messages are combined. */
const SIMILAR_MAX = 10;
const SIMILAR_MS = 600_000;
/** One source may tell so many events about one object at once, and one more every five minutes. */
const SPAM_BURST = 25;
const SPAM_REFILL_MS = 300_000;
/** A scheduler's series of the same event ends when it is not repeated for so long. */
const SERIES_MS = 360_000;
/** Each memory forgets its oldest entry beyond this number. */
const REMEMBERED = 4096;
/** The scheduler tells events through events.k8s.io, which knows series and actions instead of counts. */
const ACTIONS: Readonly<Record<string, string>> = { Scheduled: 'Binding', FailedScheduling: 'Scheduling', Preempted: 'Preempting' };

interface Similar {
  readonly messages: readonly string[];
  readonly lastMs: number;
}

interface Told {
  readonly name: string;
  readonly count: number;
  readonly firstTimestamp: string;
  readonly lastMs: number;
}

/** What one source remembers of one object: its bucket of tokens, what it told, and what was similar. */
interface Memory {
  /** The recorder's when this was made: from an older one a checkpoint may hold it, too, and it must not change any more. */
  readonly age: object;
  tokens: number;
  filledMs: number;
  readonly told: Map<string, Told>;
  readonly similar: Map<string, Similar>;
}

export class Recorder {
  private readonly api: ApiServer;
  /** Another object after each checkpoint: what is saved is copied when it is next changed, and most of it never is. */
  private age: object = {};
  private memories = new Map<string, Memory>();
  private count = 0;

  constructor(api: ApiServer) {
    this.api = api;
  }

  /** Tells an event about `object`. `fieldPath` names a part of it, as `containerPath` does. */
  record(
    source: EventSource,
    object: KubeObject | ObjectReference,
    type: Event['type'],
    reason: string,
    message: string,
    fieldPath?: string,
  ): void {
    const about = referenceTo(object, fieldPath);
    const memory = this.memoryOf(source, about);
    const kind = `${type} ${reason}`;
    if (source.component === DEFAULT_SCHEDULER) return this.tellSeries(memory, source, about, type, reason, message);
    const isCombined = this.isOneTooMany(memory, kind, message);
    const text = isCombined ? `(combined from similar events): ${message}` : message;
    const key = isCombined ? kind : `${kind} ${about.fieldPath ?? ''} ${message}`;
    const now = toTimestamp(this.api.nowMs);
    const last = memory.told.get(key);
    const told: Told = {
      name: last?.name ?? this.nameFor(about),
      count: (last?.count ?? 0) + 1,
      firstTimestamp: last?.firstTimestamp ?? now,
      lastMs: this.api.nowMs,
    };
    memory.told.set(key, told);
    if (this.isSpam(memory)) return;
    const old = last && this.api.get<Event>('Event', about.namespace ?? 'default', told.name);
    if (old) {
      this.api.update<Event>({ ...old, count: told.count, lastTimestamp: now, message: text }, { trusted: true });
      return;
    }
    const times = { count: told.count, firstTimestamp: told.firstTimestamp, lastTimestamp: now, eventTime: null };
    this.api.create<Event>(eventOf(told.name, source, about, type, reason, text, times), { trusted: true });
  }

  save() {
    this.age = {};
    return { memories: new Map(this.memories), count: this.count };
  }

  load(saved: ReturnType<Recorder['save']>): void {
    this.age = {};
    this.memories = new Map(saved.memories);
    this.count = saved.count;
  }

  /** Keeps the memories in the order of their last use and drops the one that was not used for longest. */
  private memoryOf({ component, host }: EventSource, { kind, namespace, name, uid }: ObjectReference): Memory {
    // A uid names an object for ever; a Node's events carry its name instead, as kubelets write them.
    const key = `${component} ${host ?? ''} ${kind} ${namespace ?? ''} ${name} ${uid ?? ''}`;
    let memory = this.memories.get(key);
    if (memory) this.memories.delete(key);
    else memory = { age: this.age, tokens: SPAM_BURST, filledMs: this.api.nowMs, told: new Map(), similar: new Map() };
    if (memory.age !== this.age) memory = { ...memory, age: this.age, told: new Map(memory.told), similar: new Map(memory.similar) };
    this.memories.set(key, memory);
    if (this.memories.size > REMEMBERED) this.memories.delete(this.memories.keys().next().value as string);
    return memory;
  }

  /** Whether so many different messages of this kind came lately that this one is combined with others. */
  private isOneTooMany({ similar }: Memory, kind: string, message: string): boolean {
    const { nowMs } = this.api;
    const known = similar.get(kind);
    const messages = known && nowMs - known.lastMs <= SIMILAR_MS ? known.messages : [];
    const all = messages.includes(message) ? messages : [...messages, message];
    const isTooMany = all.length >= SIMILAR_MAX;
    similar.set(kind, { messages: isTooMany ? all.slice(1) : all, lastMs: nowMs });
    return isTooMany;
  }

  /** Takes a token of the bucket of this source and object; true where there is none left. */
  private isSpam(memory: Memory): boolean {
    const { nowMs } = this.api;
    const tokens = Math.min(SPAM_BURST, memory.tokens + (nowMs - memory.filledMs) / SPAM_REFILL_MS);
    const isEmpty = tokens < 1;
    memory.tokens = isEmpty ? tokens : tokens - 1;
    memory.filledMs = nowMs;
    return isEmpty;
  }

  /** The same event about the same state of an object is told once, and a second time as the beginning of a series. */
  private tellSeries(
    { told }: Memory,
    source: EventSource,
    about: ObjectReference,
    type: Event['type'],
    reason: string,
    message: string,
  ): void {
    const { nowMs } = this.api;
    const key = `${type} ${reason} ${about.resourceVersion ?? ''}`;
    const known = told.get(key);
    const last = known && nowMs - known.lastMs <= SERIES_MS ? known : undefined;
    const count = (last?.count ?? 0) + 1;
    const name = last?.name ?? this.nameFor(about);
    told.set(key, { name, count, firstTimestamp: toTimestamp(nowMs), lastMs: nowMs });
    if (count === 1) {
      const action = ACTIONS[reason];
      const times = { count: 1, firstTimestamp: null, lastTimestamp: null, eventTime: toMicroTime(nowMs), ...(action ? { action } : {}) };
      this.api.create<Event>(eventOf(name, source, about, type, reason, message, times), { trusted: true });
      return;
    }
    const old = count === 2 ? this.api.get<Event>('Event', about.namespace ?? 'default', name) : undefined;
    if (old) this.api.update<Event>({ ...old, count, series: { count, lastObservedTime: toMicroTime(nowMs) } }, { trusted: true });
  }

  /** Joined, as keys are: it is kept. */
  private nameFor({ name }: ObjectReference): string {
    return [name, '.', (this.api.nowMs + 1).toString(16).padStart(8, '0'), (++this.count).toString(16).padStart(8, '0')].join('');
  }
}

/** How an event names a container of its pod: `spec.containers{web}`. Joined, as keys are: it is kept. */
export function containerPath(list: 'containers' | 'initContainers' | 'ephemeralContainers', name: string): string {
  return ['spec.', list, '{', name, '}'].join('');
}

type Times = Pick<Event, 'count' | 'firstTimestamp' | 'lastTimestamp' | 'eventTime'>;

function eventOf(
  name: string,
  source: EventSource,
  involvedObject: ObjectReference,
  type: Event['type'],
  reason: string,
  message: string,
  times: Times,
): Event {
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name, namespace: involvedObject.namespace ?? 'default' },
    involvedObject,
    type,
    reason,
    message,
    source,
    reportingComponent: source.component,
    reportingInstance: source.host ?? '',
    ...times,
  };
}

/** RFC 3339 with microseconds. */
function toMicroTime(ms: number): string {
  return `${toTimestamp(ms).slice(0, -1)}.${String(ms % 1000).padStart(3, '0')}000Z`;
}

function referenceTo(object: KubeObject | ObjectReference, fieldPath: string | undefined): ObjectReference {
  if (!('metadata' in object)) return fieldPath ? { ...object, fieldPath } : object;
  const { kind, apiVersion, metadata } = object;
  return {
    kind,
    apiVersion,
    ...(metadata.namespace ? { namespace: metadata.namespace } : {}),
    name: metadata.name,
    ...(metadata.uid ? { uid: metadata.uid } : {}),
    ...(metadata.resourceVersion ? { resourceVersion: metadata.resourceVersion } : {}),
    ...(fieldPath ? { fieldPath } : {}),
  };
}
