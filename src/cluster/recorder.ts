// Records Kubernetes Events: the same event again is one object whose count grows.
// Models staging/src/k8s.io/client-go/tools/record/{event.go,events_cache.go}.
import { hash32 } from '../base/random.ts';
import type { Event, ObjectReference } from '../kube/kinds/event.ts';
import { type KubeObject, toTimestamp } from '../kube/meta.ts';
import type { ApiServer } from './apiServer.ts';

export interface EventSource {
  readonly component: string;
  readonly host?: string;
}

export class Recorder {
  private readonly api: ApiServer;
  /** Event names by what makes two events the same. */
  private names = new Map<string, string>();
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
    const involvedObject = referenceTo(object, fieldPath);
    const namespace = involvedObject.namespace ?? 'default';
    const now = toTimestamp(this.api.nowMs);
    const sameness = [
      source.component,
      source.host,
      involvedObject.kind,
      namespace,
      involvedObject.name,
      involvedObject.uid,
      fieldPath,
      type,
      reason,
      message,
    ].join('\u0000');
    const known = this.names.get(sameness);
    const old = known === undefined ? undefined : this.api.get<Event>('Event', namespace, known);
    if (old) {
      this.api.update<Event>({ ...old, count: old.count + 1, lastTimestamp: now }, { trusted: true });
      return;
    }
    const name = `${involvedObject.name}.${(++this.count).toString(16).padStart(8, '0')}${hash32(sameness).toString(16).padStart(8, '0')}`;
    this.names.set(sameness, name);
    const event: Event = {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name, namespace },
      involvedObject,
      type,
      reason,
      message,
      source,
      count: 1,
      firstTimestamp: now,
      lastTimestamp: now,
      eventTime: null,
      reportingComponent: source.component,
      reportingInstance: source.host ?? '',
    };
    this.api.create(event, { trusted: true });
  }

  save() {
    return { names: new Map(this.names), count: this.count };
  }

  load(saved: ReturnType<Recorder['save']>): void {
    this.names = new Map(saved.names);
    this.count = saved.count;
  }
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
