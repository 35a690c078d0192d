// Timestamps and durations. Models cel-go's common/types/{timestamp,duration}.go.
// Limitation: to the millisecond, and of time zones only UTC and offsets such as `+09:00`.
import { unixMsOf } from '../../../base/moment.ts';
import { type Library, overloads } from '../overload.ts';
import { CelError, NotSimulated, Opaque } from '../value.ts';

const UNITS: Readonly<Record<string, number>> = { ns: 1e-6, us: 1e-3, µs: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
const DURATION = /^[-+]?(?:\d+(?:\.\d*)?(?:ns|us|µs|ms|s|m|h))+$/;

export function durationOf(text: string): Opaque {
  if (!DURATION.test(text)) throw new CelError(`time: invalid duration ${JSON.stringify(text)}`);
  let ms = 0;
  for (const [, amount = '', unit = ''] of text.matchAll(/(\d+(?:\.\d*)?)(ns|us|µs|ms|s|m|h)/g)) ms += Number(amount) * (UNITS[unit] ?? 0);
  return new Opaque('duration', text.startsWith('-') ? -ms : ms);
}

export const durationText = ({ value }: Opaque): string => `${(value as number) / 1000}s`;

export function timestampOf(text: string): Opaque {
  const ms = unixMsOf(text);
  if (Number.isNaN(ms)) throw new CelError(`parsing time ${JSON.stringify(text)} as "2006-01-02T15:04:05Z07:00": cannot parse`);
  return new Opaque('timestamp', ms);
}

export const timestampText = ({ value }: Opaque): string => new Date(value as number).toISOString().replace(/\.?0*Z$/, 'Z');

/** A part of a timestamp, in UTC or in the zone given. */
function part(read: (date: Date) => number) {
  const at = ({ value }: Opaque, zone = 'UTC'): number => read(new Date((value as number) + offsetOf(zone)));
  return [
    ['timestamp.() int', at],
    ['timestamp.(string) int', at],
  ] as const;
}

function offsetOf(zone: string): number {
  const [, sign, hours, minutes] = /^([-+]?)(\d\d):(\d\d)$/.exec(zone) ?? [];
  if (hours !== undefined) return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  if (zone === 'UTC' || zone === '') return 0;
  throw new NotSimulated(`time zone ${zone}`);
}

const lengthIn = (unitMs: number) => ['duration.() int', ({ value }: Opaque) => Math.trunc((value as number) / unitMs)] as const;

const DAY_MS = 86_400_000;
const dayOfYear = (date: Date): number => Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / DAY_MS);

export const times: Library = {
  getFullYear: overloads(...part((date) => date.getUTCFullYear())),
  getMonth: overloads(...part((date) => date.getUTCMonth())),
  getDate: overloads(...part((date) => date.getUTCDate())),
  getDayOfMonth: overloads(...part((date) => date.getUTCDate() - 1)),
  getDayOfWeek: overloads(...part((date) => date.getUTCDay())),
  getDayOfYear: overloads(...part(dayOfYear)),
  getHours: overloads(...part((date) => date.getUTCHours()), lengthIn(3_600_000)),
  getMinutes: overloads(...part((date) => date.getUTCMinutes()), lengthIn(60_000)),
  getSeconds: overloads(...part((date) => date.getUTCSeconds()), lengthIn(1000)),
  getMilliseconds: overloads(...part((date) => date.getUTCMilliseconds()), [
    'duration.() int',
    ({ value }: Opaque) => Math.trunc(value as number) % 1000,
  ]),
};
