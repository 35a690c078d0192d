// The events at the end of a description. Models kubectl/pkg/describe/describe.go searchEvents, DescribeEvents.
import { humanAge } from '../../kube/duration.ts';
import type { Event } from '../../kube/kinds/event.ts';
import { fromTimestamp, type KubeObject } from '../../kube/meta.ts';
import { byText, type Page, type Surroundings } from './page.ts';

/** Newer clients count repetitions in a series instead of in `count`. */
type AnyEvent = Event & { readonly series?: { readonly count: number; readonly lastObservedTime: string } | null };

/** Events about `object` in the order of their last time. Nodes are also named by their name in place of the uid. */
export function eventsOf(object: KubeObject, around: Surroundings): readonly AnyEvent[] {
  const { name, namespace, uid } = object.metadata;
  const events = around.snapshot.list('Event') as readonly AnyEvent[];
  return events
    .filter(({ involvedObject: about }) => {
      if (about.name !== name || (about.namespace ?? '') !== (namespace ?? '')) return false;
      if (object.kind !== 'Pod' && about.kind !== object.kind) return false;
      return about.uid === uid || (object.kind === 'Node' && about.uid === name);
    })
    .sort(byText(({ metadata }) => metadata.name))
    .sort((a, b) => timeOf(a) - timeOf(b));
}

const timeOf = ({ lastTimestamp }: AnyEvent): number => (lastTimestamp ? fromTimestamp(lastTimestamp) : Number.NEGATIVE_INFINITY);

export function describeEvents(object: KubeObject, page: Page, around: Surroundings): void {
  if (!around.isWithEvents) return;
  const events = eventsOf(object, around);
  if (events.length === 0) {
    page.field(0, 'Events', '<none>');
    return;
  }
  page.flush();
  page.line(0, 'Events:\n  Type\tReason\tAge\tFrom\tMessage');
  page.line(1, '----\t------\t----\t----\t-------');
  for (const event of events) {
    const { type, reason, message, source, involvedObject, reportingComponent } = event;
    const where = involvedObject.fieldPath ? `${involvedObject.fieldPath}: ` : '';
    page.line(
      1,
      `${type}\t${reason}\t${intervalOf(event, around.nowMs)}\t${source?.component || reportingComponent || ''}\t${where}${message.trim()}`,
    );
  }
}

function intervalOf({ eventTime, firstTimestamp, lastTimestamp, series, count }: AnyEvent, nowMs: number): string {
  const first = humanAge(eventTime ?? firstTimestamp, nowMs);
  if (series) return `${humanAge(series.lastObservedTime, nowMs)} (x${series.count} over ${first})`;
  return count > 1 ? `${humanAge(lastTimestamp, nowMs)} (x${count} over ${first})` : first;
}
