// Records Kubernetes Events and keeps their number in bounds, as the clients of the API do.
// Models staging/src/k8s.io/client-go/tools/record/{event,events_cache}.go, and tools/events/event_broadcaster.go for the scheduler.
//
//   event ─▶ ten similar ones in ten minutes? their message is combined ─▶ seen before? count up ─▶ too many about one object? drop
//
// Limitation: events do not expire after an hour, and the count of a scheduler's series is not refreshed every half hour.
import type { Event, ObjectReference } from '../kube/kinds/event.ts';
import { EPOCH_MS, type KubeObject, toTimestamp } from '../kube/meta.ts';
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
const SERIES_SOURCE = 'default-scheduler';
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

interface Bucket {
  readonly tokens: number;
  readonly atMs: number;
}

export class Recorder {
  private readonly api: ApiServer;
  private similar = new Map<string, Similar>();
  private told = new Map<string, Told>();
  private buckets = new Map<string, Bucket>();
  private count = 0;

  constructor(api: ApiServer) {
    this.api = api;
  }

  /** Tells an event about `object`. `fieldPath` names a part of it, e.g. `spec.containers{web}`. */
  record(
    source: EventSource,
    object: KubeObject | ObjectReference,
    type: Event['type'],
    reason: string,
    message: string,
    fieldPath?: string,
  ): void {
    const about = referenceTo(object, fieldPath);
    const sourceAndObject = [source.component, source.host, about.kind, about.namespace, about.name, about.uid].join('\u0000');
    const kind = `${sourceAndObject}\u0000${type}\u0000${reason}`;
    if (source.component === SERIES_SOURCE)
      return this.tellSeries(source, about, type, reason, message, `${kind}\u0000${about.resourceVersion}`);
    const isCombined = this.isOneTooMany(kind, message);
    const text = isCombined ? `(combined from similar events): ${message}` : message;
    const key = isCombined ? kind : `${kind}\u0000${about.fieldPath}\u0000${message}`;
    const now = toTimestamp(this.api.nowMs);
    const last = this.told.get(key);
    const told: Told = {
      name: last?.name ?? this.nameFor(about),
      count: (last?.count ?? 0) + 1,
      firstTimestamp: last?.firstTimestamp ?? now,
      lastMs: this.api.nowMs,
    };
    remember(this.told, key, told);
    if (this.isSpam(sourceAndObject)) return;
    const old = last && this.api.get<Event>('Event', about.namespace ?? 'default', told.name);
    if (old) {
      this.api.update<Event>({ ...old, count: told.count, lastTimestamp: now, message: text }, { trusted: true });
      return;
    }
    const { count, firstTimestamp } = told;
    this.api.create(
      { ...eventOf(told.name, source, about, type, reason, text), count, firstTimestamp, lastTimestamp: now, eventTime: null },
      { trusted: true },
    );
  }

  save() {
    return { similar: new Map(this.similar), told: new Map(this.told), buckets: new Map(this.buckets), count: this.count };
  }

  load(saved: ReturnType<Recorder['save']>): void {
    this.similar = saved.similar;
    this.told = saved.told;
    this.buckets = saved.buckets;
    this.count = saved.count;
  }

  /** Whether so many different messages of this kind came lately that this one is combined with others. */
  private isOneTooMany(kind: string, message: string): boolean {
    const { nowMs } = this.api;
    const known = this.similar.get(kind);
    const messages = known && nowMs - known.lastMs <= SIMILAR_MS ? known.messages : [];
    const all = messages.includes(message) ? messages : [...messages, message];
    const isTooMany = all.length >= SIMILAR_MAX;
    remember(this.similar, kind, { messages: isTooMany ? all.slice(1) : all, lastMs: nowMs });
    return isTooMany;
  }

  /** Takes a token of the bucket of this source and object; true where there is none left. */
  private isSpam(sourceAndObject: string): boolean {
    const { nowMs } = this.api;
    const bucket = this.buckets.get(sourceAndObject) ?? { tokens: SPAM_BURST, atMs: nowMs };
    const tokens = Math.min(SPAM_BURST, bucket.tokens + (nowMs - bucket.atMs) / SPAM_REFILL_MS);
    const isEmpty = tokens < 1;
    remember(this.buckets, sourceAndObject, { tokens: isEmpty ? tokens : tokens - 1, atMs: nowMs });
    return isEmpty;
  }

  /** The same event about the same state of an object is told once, and a second time as the beginning of a series. */
  private tellSeries(source: EventSource, about: ObjectReference, type: Event['type'], reason: string, message: string, key: string): void {
    const { nowMs } = this.api;
    const known = this.told.get(key);
    const last = known && nowMs - known.lastMs <= SERIES_MS ? known : undefined;
    const count = (last?.count ?? 0) + 1;
    const name = last?.name ?? this.nameFor(about);
    remember(this.told, key, { name, count, firstTimestamp: toTimestamp(nowMs), lastMs: nowMs });
    const action = ACTIONS[reason];
    if (count === 1) {
      const event = eventOf(name, source, about, type, reason, message);
      const times = { count: 1, firstTimestamp: null, lastTimestamp: null, eventTime: toMicroTime(nowMs) };
      this.api.create<Event>({ ...event, ...times, ...(action ? { action } : {}) }, { trusted: true });
      return;
    }
    const old = count === 2 ? this.api.get<Event>('Event', about.namespace ?? 'default', name) : undefined;
    if (old) this.api.update<Event>({ ...old, count, series: { count, lastObservedTime: toMicroTime(nowMs) } }, { trusted: true });
  }

  private nameFor({ name }: ObjectReference): string {
    return `${name}.${(this.api.nowMs + 1).toString(16).padStart(8, '0')}${(++this.count).toString(16).padStart(8, '0')}`;
  }
}

/** Keeps the entries in the order of their last use and drops the one that was not used for longest. */
function remember<T>(entries: Map<string, T>, key: string, value: T): void {
  entries.delete(key);
  entries.set(key, value);
  if (entries.size > REMEMBERED) entries.delete(entries.keys().next().value as string);
}

function eventOf(name: string, source: EventSource, involvedObject: ObjectReference, type: Event['type'], reason: string, message: string) {
  return {
    apiVersion: 'v1',
    kind: 'Event' as const,
    metadata: { name, namespace: involvedObject.namespace ?? 'default' },
    involvedObject,
    type,
    reason,
    message,
    source,
    reportingComponent: source.component,
    reportingInstance: source.host ?? '',
  };
}

/** RFC 3339 with microseconds. */
function toMicroTime(ms: number): string {
  return `${new Date(EPOCH_MS + ms).toISOString().slice(0, 23)}000Z`;
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
