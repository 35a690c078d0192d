// The rules for Events: few for those of core/v1, more for those told through events.k8s.io.
// Models pkg/apis/core/validation/events.go.
import { isEqual } from '../../base/equal.ts';
import type { FieldError } from '../errors.ts';
import { allInvalid, IMMUTABLE, invalid, required } from '../fieldErrors.ts';
import type { Event } from '../kinds/event.ts';
import { isQualifiedName } from '../names.ts';
import { subdomainName, validateMeta, validateMetaUpdate } from './meta.ts';

const LENGTH_MAX = 128;
const NOTE_MAX = 1024;

export function validateEvent(event: Event): FieldError[] {
  return event.eventTime ? newErrors(event) : placeErrors(event);
}

/** An old event lies in the namespace of what it is about. */
function placeErrors({ metadata, involvedObject }: Event): FieldError[] {
  const { namespace = '' } = metadata;
  const about = involvedObject?.namespace ?? '';
  return about === namespace || (about === '' && namespace === 'default') ? [] : [wrongPlace(about)];
}

const wrongPlace = (about: string): FieldError => invalid('involvedObject.namespace', about, 'does not match event.namespace');

function newErrors({ metadata, involvedObject, reportingComponent = '', ...event }: Event): FieldError[] {
  const errors: FieldError[] = [];
  const { reportingInstance = '', action = '', reason = '', message = '' } = event;
  if (!involvedObject?.namespace && !['default', 'kube-system'].includes(metadata.namespace ?? '')) errors.push(wrongPlace(''));
  if (reportingComponent === '') errors.push(required('reportingController'));
  errors.push(...allInvalid('reportingController', reportingComponent, isQualifiedName(reportingComponent)));
  for (const [field, value] of Object.entries({ reportingInstance, action, reason })) {
    if (value === '') errors.push(required(field));
    if (value.length > LENGTH_MAX) errors.push(invalid(field, '', `can have at most ${LENGTH_MAX} characters`));
  }
  if (message.length > NOTE_MAX) errors.push(invalid('message', '', `can have at most ${NOTE_MAX} characters`));
  return errors;
}

const UNSET = ['firstTimestamp', 'lastTimestamp', 'count', 'source'] as const;

/** Of a new event of events.k8s.io. */
export function validateTold(event: Event): FieldError[] {
  const { metadata, eventTime, type } = event;
  const errors = [...validateEvent(event), ...validateMeta(metadata, { namespaced: true, name: subdomainName }), ...seriesErrors(event)];
  if (!eventTime) errors.push(required('eventTime'));
  if (type !== 'Normal' && type !== 'Warning') errors.push(invalid('type', '', `has invalid value: ${String(type ?? '')}`));
  for (const field of UNSET) {
    const value = event[field];
    const isSet = typeof value === 'object' ? Object.keys(value ?? {}).length > 0 : Boolean(value);
    if (isSet) errors.push(invalid(field, '', 'needs to be unset'));
  }
  return errors;
}

function seriesErrors({ series }: Event): FieldError[] {
  if (!series) return [];
  return [
    ...(series.count < 2 ? [invalid('series.count', '', 'should be at least 2')] : []),
    ...(series.lastObservedTime ? [] : [required('series.lastObservedTime')]),
  ];
}

const FIXED: readonly (keyof Event)[] = [
  'involvedObject',
  'reason',
  'message',
  'source',
  'firstTimestamp',
  'lastTimestamp',
  'count',
  'type',
  'eventTime',
  'action',
  'related',
  'reportingComponent',
  'reportingInstance',
];

/** Of a change through events.k8s.io: only the series of an event goes on. */
export function validateToldUpdate(event: Event, old: Event): FieldError[] {
  const fixed = FIXED.filter((field) => !isEqual(event[field], old[field]));
  return [
    ...validateEvent(event),
    ...validateMetaUpdate(event, old),
    ...(isEqual(event.series, old.series) ? [] : seriesErrors(event)),
    ...fixed.map((field) => invalid(field === 'reportingComponent' ? 'reportingController' : field, event[field], IMMUTABLE)),
  ];
}
