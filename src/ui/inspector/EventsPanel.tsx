// The Kubernetes Events about an object, newest first, and its conditions.
import { lazy, Suspense, useState } from 'react';
import type { Event } from '../../kube/kinds/event.ts';
import { type Condition, fromTimestamp, type Key, type KubeObject, keyOf, type Snapshot } from '../../kube/meta.ts';
import { formatMoment } from '../../session/selectors.ts';
import { useMessages, useSession, useSessionHandle } from '../hooks.tsx';
import { useWhyMessages } from '../laterWords.ts';
import { brokenAtHumps } from './breakable.tsx';

const Causes = lazy(async () => ({ default: (await import('./StoryPanel.tsx')).Causes }));

function eventsAbout(snapshot: Snapshot, { kind, metadata }: KubeObject): Event[] {
  return (snapshot.list('Event') as readonly Event[])
    .filter(({ involvedObject }) => involvedObject.kind === kind && involvedObject.name === metadata.name)
    .filter(
      ({ involvedObject, metadata: own }) =>
        kind === 'Node' || (own.namespace === metadata.namespace && involvedObject.uid === metadata.uid),
    )
    .toSorted((a, b) => momentOf(b) - momentOf(a));
}

const momentOf = ({ lastTimestamp, eventTime, metadata }: Event) => fromTimestamp(lastTimestamp ?? eventTime ?? metadata.creationTimestamp);

export function EventsPanel({ object }: { readonly object: KubeObject }) {
  const words = useMessages().inspector.events;
  const { why } = useWhyMessages().turns;
  const snapshot = useSession((state) => state.snapshot);
  const [open, setOpen] = useState<string>();
  const events = eventsAbout(snapshot, object);
  if (events.length === 0) return <p className="quiet">{words.none}</p>;
  const [time, reason, , message] = words.columns;
  return (
    <table className="inspector-table">
      <thead>
        <tr>
          <th>{time}</th>
          <th>{reason}</th>
          <th>{message}</th>
        </tr>
      </thead>
      <tbody>
        {events.map((event) => (
          <tr key={event.metadata.name}>
            <td className="mono quiet">{formatMoment(momentOf(event))}</td>
            <td className={event.type === 'Warning' ? 'whole alarm' : 'whole'}>{event.reason}</td>
            <td>
              {event.message} {event.count > 1 ? <span className="quiet">{words.times(event.count)}</span> : null}
              <span className="event-source quiet">
                {event.source?.component || event.reportingComponent}{' '}
                <button
                  type="button"
                  className="link"
                  aria-expanded={open === event.metadata.name}
                  onClick={() => setOpen(open === event.metadata.name ? undefined : event.metadata.name)}
                >
                  {why}
                </button>
              </span>
              {open === event.metadata.name ? <EventCauses eventKey={keyOf(event)} /> : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What led to the event: it was written because of something, too. */
function EventCauses({ eventKey }: { readonly eventKey: Key }) {
  const { cluster } = useSessionHandle();
  const seq = useSession((state) => state.snapshot.seq);
  const change = cluster.changes.findLast((one) => one.key === eventKey && one.seq <= seq);
  return change ? (
    <Suspense>
      <Causes change={change} />
    </Suspense>
  ) : null;
}

interface ConditionsProps {
  readonly object: KubeObject;
  /** Beside other things nothing is said where there is nothing. */
  readonly isQuietWhenNone?: boolean;
}

export function ConditionsPanel({ object, isQuietWhenNone }: ConditionsProps) {
  const words = useMessages().inspector.conditions;
  const conditions = (object.status as { conditions?: readonly Condition[] } | undefined)?.conditions ?? [];
  if (conditions.length === 0) return isQuietWhenNone ? null : <p className="quiet">{words.none}</p>;
  const [type, status, since, reason] = words.columns;
  return (
    <table className="inspector-table">
      <thead>
        <tr>
          <th>{type}</th>
          <th>{status}</th>
          <th>{since}</th>
          <th>{reason}</th>
        </tr>
      </thead>
      <tbody>
        {conditions.map((condition) => (
          <tr key={condition.type}>
            <td className="humps">{brokenAtHumps(condition.type)}</td>
            <td className="mono">{condition.status}</td>
            <td className="mono quiet">{formatMoment(fromTimestamp(condition.lastTransitionTime) || 0)}</td>
            <td>
              {condition.reason}
              {condition.message ? <span className="event-source quiet">{condition.message}</span> : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
