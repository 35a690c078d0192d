// The kind Event: its names, columns and selectable fields. Models pkg/registry/core/event/strategy.go.
import { humanAge } from '../duration.ts';
import type { Kind } from '../kind.ts';
import { validateEvent } from '../validation/event.ts';
import type { Event } from './event.ts';
import { eventVersion } from './eventVersion.ts';
import { filled } from './fill.ts';

/** Fields that every Event has, though nothing stands in them. */
const ALWAYS_TOLD = {
  eventTime: null,
  firstTimestamp: null,
  lastTimestamp: null,
  source: {} as Event['source'],
  reportingComponent: '',
  reportingInstance: '',
};

export const eventKind: Kind<Event> = {
  kind: 'Event',
  apiVersion: 'v1',
  plural: 'events',
  singular: 'event',
  shortNames: ['ev'],
  namespaced: true,
  otherVersions: [eventVersion],
  hasStatus: false,
  hasGeneration: false,
  isSimulated: true,
  defaults: (event) => filled(event, ALWAYS_TOLD),
  validate: validateEvent,
  columns: [
    { name: 'Last Seen', value: lastSeenText },
    { name: 'Type', value: ({ type }) => type },
    { name: 'Reason', value: ({ reason }) => reason },
    { name: 'Object', value: ({ involvedObject: { kind, name } }) => [kind?.toLowerCase() ?? '', name].filter(Boolean).join('/') },
    { name: 'Subobject', wide: true, value: ({ involvedObject }) => involvedObject.fieldPath ?? '' },
    { name: 'Source', wide: true, value: sourceText },
    { name: 'Message', value: ({ message }) => (message ?? '').trim() },
    { name: 'First Seen', wide: true, value: firstSeenText },
    { name: 'Count', wide: true, value: ({ count }) => String(count || 1) },
    { name: 'Name', wide: true, value: ({ metadata }) => metadata.name },
  ],
  fieldOf(event, field) {
    const { involvedObject } = event;
    switch (field) {
      case 'involvedObject.kind':
        return involvedObject.kind ?? '';
      case 'involvedObject.namespace':
        return involvedObject.namespace ?? '';
      case 'involvedObject.name':
        return involvedObject.name ?? '';
      case 'involvedObject.uid':
        return involvedObject.uid ?? '';
      case 'involvedObject.apiVersion':
        return involvedObject.apiVersion ?? '';
      case 'involvedObject.resourceVersion':
        return involvedObject.resourceVersion ?? '';
      case 'involvedObject.fieldPath':
        return involvedObject.fieldPath ?? '';
      case 'reason':
        return event.reason ?? '';
      case 'reportingComponent':
        return event.reportingComponent ?? '';
      case 'source':
        return event.source?.component || event.reportingComponent || '';
      case 'type':
        return event.type ?? '';
      default:
        return undefined;
    }
  },
};

function firstSeenText(event: Event, nowMs: number): string {
  return humanAge(event.firstTimestamp ?? event.eventTime, nowMs);
}

function lastSeenText(event: Event, nowMs: number): string {
  return event.lastTimestamp ? humanAge(event.lastTimestamp, nowMs) : firstSeenText(event, nowMs);
}

function sourceText({ source, reportingComponent, reportingInstance }: Event): string {
  return [source?.component || reportingComponent, source?.host || reportingInstance].filter(Boolean).join(', ');
}
