// The times in an object of another cluster: a world begins at its own epoch, so all of them are moved by one and the same length, and the
// latest becomes the beginning. Ages stay what they were.
import { fromTimestamp, type KubeObject, toTimestamp } from '../../kube/meta.ts';

/** When the object last changed, in virtual milliseconds; nothing where it tells no time. */
export function latestMs({ metadata, status, ...rest }: KubeObject): number {
  let latest = Number.NEGATIVE_INFINITY;
  const look = (value: unknown): void => {
    if (typeof value === 'string' && TIME.test(value)) latest = Math.max(latest, fromTimestamp(value));
    else if (typeof value === 'object' && value !== null) for (const item of Object.values(value)) look(item);
  };
  look(metadata.creationTimestamp);
  look(status);
  if (isEvent(rest)) look(rest);
  return latest;
}

/** The object with all its times moved by `shiftMs`. */
export function moved<T extends KubeObject>(object: T, shiftMs: number): T {
  const move = (text: string): string => toTimestamp(fromTimestamp(text) + shiftMs);
  const { creationTimestamp, deletionTimestamp } = object.metadata;
  const metadata = {
    ...object.metadata,
    ...(creationTimestamp === undefined ? {} : { creationTimestamp: move(creationTimestamp) }),
    ...(deletionTimestamp === undefined ? {} : { deletionTimestamp: move(deletionTimestamp) }),
  };
  if (isEvent(object)) return { ...(withTimes(object, move) as T), metadata };
  const status = object.status === undefined ? {} : { status: withTimes(object.status, move) };
  const spec = object.kind === 'Node' ? { spec: withTimes(object.spec, move) } : {};
  return { ...object, metadata, ...spec, ...status };
}

const isEvent = ({ kind }: { readonly kind: string }) => kind === 'Event';
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

/** `value` with `change` done to each text in it that is a time. */
function withTimes(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return TIME.test(value) ? change(value) : value;
  if (Array.isArray(value)) return value.map((item) => withTimes(item, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([field, item]) => [field, withTimes(item, change)]));
}
