// Events as the group events.k8s.io tells them: the same objects with other names of fields, and stricter rules for new ones.
// Models pkg/apis/events/v1/conversion.go.
import type { OtherVersion } from '../kind.ts';
import type { KubeObject } from '../meta.ts';
import { validateTold, validateToldUpdate } from '../validation/event.ts';
import type { Event } from './event.ts';

/** The names of fields in core/v1 and in events.k8s.io/v1. */
const NAMES: readonly (readonly [core: string, told: string])[] = [
  ['count', 'deprecatedCount'],
  ['firstTimestamp', 'deprecatedFirstTimestamp'],
  ['lastTimestamp', 'deprecatedLastTimestamp'],
  ['source', 'deprecatedSource'],
  ['involvedObject', 'regarding'],
  ['message', 'note'],
  ['reportingComponent', 'reportingController'],
];
const TOLD = new Map(NAMES);
const CORE = new Map(NAMES.map(([core, told]) => [told, core]));

const renamed = (event: Event, names: ReadonlyMap<string, string>): Event => {
  const fields = Object.entries(event).map(([name, value]: [string, unknown]) => [names.get(name) ?? name, value] as const);
  return Object.fromEntries(fields) as unknown as Event;
};

/** Left out rather than told empty, in this version. */
const withoutEmpty = ({ reportingController, reportingInstance, ...event }: KubeObject & Record<string, unknown>): KubeObject => ({
  ...event,
  ...(reportingController ? { reportingController } : {}),
  ...(reportingInstance ? { reportingInstance } : {}),
});

export const eventVersion: OtherVersion<Event> = {
  apiVersion: 'events.k8s.io/v1',
  read: (kept) => withoutEmpty({ ...renamed(kept, TOLD) }) as Event,
  keep: (given) => renamed(given, CORE),
  validate: validateTold,
  validateUpdate: validateToldUpdate,
};
