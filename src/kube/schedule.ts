// When a CronJob is due: its schedule read and refused as Kubernetes does, the next time by the library croner.
// Models github.com/robfig/cron/v3 parser.go ParseStandard: five fields, names of months and days, @daily and its like, @every, a zone
// in front. Where the clocks are put forward, times that they skip are left out; where they are put back, times come twice.

import { Cron, CronDate } from 'croner';
import { rememberedBy } from '../base/remembered.ts';
import type { CronJob } from './kinds/job.ts';
import { EPOCH_MS, fromTimestamp, type KubeObject, toTimestamp } from './meta.ts';

export interface Schedule {
  /** The first time after `afterMs` of virtual time; undefined where there is none. */
  next(afterMs: number): number | undefined;
}

interface Bounds {
  readonly min: number;
  readonly max: number;
  readonly names: readonly string[];
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const FIELDS: readonly Bounds[] = [
  { min: 0, max: 59, names: [] },
  { min: 0, max: 23, names: [] },
  { min: 1, max: 31, names: [] },
  { min: 1, max: 12, names: MONTHS },
  { min: 0, max: 6, names: DAYS },
];
const MACROS: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};
const EVERY = '@every ';
const DURATION_UNITS: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1, us: 1e-3, µs: 1e-3, ns: 1e-6 };
const MINUTE_MS = 60_000;

/** What the parser says; it becomes the text of a FieldError or of an event. */
class ScheduleMistake extends Error {}

/** Why the schedule cannot be read; undefined if it can. */
export function scheduleMistake(text: string): string | undefined {
  try {
    read(text);
    return undefined;
  } catch (error) {
    if (error instanceof ScheduleMistake) return error.message;
    throw error;
  }
}

/** The schedule of a text that has no mistake, in the zone that it names, else in `timeZone`, else in UTC. */
export const scheduleOf = rememberedBy(
  256,
  (text: string, timeZone?: string) => `${timeZone ?? 'UTC'} ${text}`,
  (text, timeZone = 'UTC'): Schedule => {
    const { pattern, everyMs, zone = timeZone } = read(text);
    return everyMs === undefined ? patternSchedule(pattern, zone) : everySchedule(everyMs);
  },
);

function patternSchedule(pattern: string, timezone: string): Schedule {
  const cron = new Cron(pattern, { timezone, paused: true });
  const nextRun = (afterMs: number): number | undefined => {
    const date = cron.nextRun(dateOf(afterMs));
    return date ? msOf(date) : undefined;
  };
  if (timezone === 'UTC') return { next: nextRun };
  const fits = (ms: number) => cron.match(dateOf(ms));
  return {
    next(afterMs) {
      let ms = nextRun(afterMs);
      while (ms !== undefined && !fits(ms)) ms = nextRun(ms);
      return ms === undefined ? undefined : (repeatedTime(afterMs, ms, timezone, fits) ?? ms);
    },
  };
}

/** How far back from a moment the clocks may have been put back for an hour that is still being repeated. */
const REPEAT_MS_MAX = 2 * 60 * MINUTE_MS;
/** Clocks are changed less often than this. */
const CHANGES_APART_MS = 20 * 24 * 60 * MINUTE_MS;

/** The first time between two moments that fits once more because the clocks were put back: the library passes over it. */
function repeatedTime(afterMs: number, untilMs: number, zone: string, fits: (ms: number) => boolean): number | undefined {
  const offset = (ms: number) => offsetMinutes(ms, zone) ?? 0;
  for (let fromMs = minuteOf(afterMs) - REPEAT_MS_MAX; fromMs < untilMs; fromMs += CHANGES_APART_MS) {
    const toMs = Math.min(fromMs + CHANGES_APART_MS, untilMs);
    const repeatedMs = (offset(fromMs) - offset(toMs)) * MINUTE_MS;
    if (repeatedMs <= 0) continue;
    let [before, atMs] = [fromMs, toMs];
    while (atMs - before > MINUTE_MS) {
      const middle = minuteOf((before + atMs) / 2);
      if (offset(middle) === offset(fromMs)) before = middle;
      else atMs = middle;
    }
    for (let ms = atMs; ms < atMs + repeatedMs && ms < untilMs; ms += MINUTE_MS) if (ms > afterMs && fits(ms)) return ms;
  }
  return undefined;
}

const minuteOf = (ms: number) => Math.floor(ms / MINUTE_MS) * MINUTE_MS;

function everySchedule(everyMs: number): Schedule {
  return { next: (afterMs) => Math.floor(afterMs / 1000) * 1000 + everyMs };
}

const dateOf = (ms: number): Date => new Date(EPOCH_MS + ms);
const msOf = (date: Date): number => fromTimestamp(date.toISOString());

// Time zones -------------------------------------------------------------------------------------------------------------

/** All names of three capitals that the data base has. Some browsers know more, `PST` and `JST` among them, which Go knows as little. */
const SHORT_ZONES = new Set(['CET', 'EET', 'EST', 'GMT', 'HST', 'MET', 'MST', 'PRC', 'ROC', 'ROK', 'UCT', 'UTC', 'WET']);
/** What some browsers have beside the data base. */
const NO_ZONE = /^(SystemV\/.*|Factory|Canada\/East-Saskatchewan|US\/Pacific-New)$/;

/**
 * Whether the zone is in the data base. Names there begin with a capital letter, as files do that Go looks up.
 * Limitation: the rules of zones are those that the browser has, which may be older than a country's last change of them.
 */
export function isTimeZone(name: string): boolean {
  const isKnown = /^[A-Z]{3}$/.test(name) ? SHORT_ZONES.has(name) : /^[A-Z]/.test(name) && !NO_ZONE.test(name);
  return isKnown && offsetMinutes(0, name) !== undefined;
}

/** A moment as RFC 3339 in a zone: `2026-01-01T01:00:00+01:00`. */
export function toZonedTimestamp(ms: number, timeZone: string | undefined): string {
  const minutes = timeZone === undefined ? 0 : (offsetMinutes(ms, timeZone) ?? 0);
  if (minutes === 0) return toTimestamp(ms);
  const size = Math.abs(minutes);
  const two = (value: number) => String(value).padStart(2, '0');
  const offset = `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
  return toTimestamp(ms + minutes * MINUTE_MS).replace('Z', offset);
}

function offsetMinutes(ms: number, timeZone: string): number | undefined {
  try {
    const at = dateOf(ms);
    const local = new CronDate(at, timeZone);
    const asUtc = Date.UTC(local.year, local.month, local.day, local.hour, local.minute, local.second);
    return Math.round((asUtc - at.getTime()) / MINUTE_MS);
  } catch {
    return undefined;
  }
}

// Reading ----------------------------------------------------------------------------------------------------------------

interface Reading {
  readonly pattern: string;
  readonly everyMs?: number;
  readonly zone?: string;
}

function read(text: string): Reading {
  if (!text.startsWith('TZ=') && !text.startsWith('CRON_TZ=')) return readTimes(text);
  const blank = text.indexOf(' ');
  const zone = text.slice(text.indexOf('=') + 1, blank < 0 ? undefined : blank);
  if (!isTimeZone(zone)) throw new ScheduleMistake(`provided bad location ${zone}: unknown time zone ${zone}`);
  return { ...readTimes(blank < 0 ? '' : text.slice(blank).trim()), zone };
}

function readTimes(text: string): Reading {
  if (text.startsWith('@')) return readMacro(text);
  const fields = text.split(/\s+/).filter((field) => field !== '');
  if (fields.length !== FIELDS.length) {
    throw new ScheduleMistake(`expected exactly ${FIELDS.length} fields, found ${fields.length}: [${fields.join(' ')}]`);
  }
  return { pattern: fields.map((field, i) => readField(field, FIELDS[i] as Bounds)).join(' ') };
}

function readMacro(text: string): Reading {
  const pattern = MACROS[text];
  if (pattern !== undefined) return { pattern };
  if (!text.startsWith(EVERY)) throw new ScheduleMistake(`unrecognized descriptor: ${text}`);
  const duration = text.slice(EVERY.length);
  const ms = durationMs(duration);
  if (ms === undefined) throw new ScheduleMistake(`failed to parse duration ${text}: time: invalid duration ${JSON.stringify(duration)}`);
  return { pattern: '', everyMs: Math.max(1000, Math.floor(ms / 1000) * 1000) };
}

/** Go's durations: `1h30m`, `90s`. */
function durationMs(text: string): number | undefined {
  if (!/^([0-9.]+(h|ms|m|s|us|µs|ns))+$/.test(text)) return undefined;
  let ms = 0;
  for (const [, number, unit = ''] of text.matchAll(/([0-9.]+)(ms|us|µs|ns|h|m|s)/g)) ms += Number(number) * (DURATION_UNITS[unit] ?? 0);
  return ms;
}

/** The values of a field as a list that the library reads; `*` stays `*`, which makes days of the month and of the week one condition. */
function readField(field: string, bounds: Bounds): string {
  const values = new Set<number>();
  let isStar = false;
  for (const range of field.split(',').filter((part) => part !== '')) isStar = readRange(range, bounds, values) || isStar;
  return isStar || values.size === 0 ? '*' : [...values].sort((a, b) => a - b).join(',');
}

/** Adds the values of one range. Returns whether it is all of them. */
function readRange(text: string, bounds: Bounds, values: Set<number>): boolean {
  const [range = '', stepText, ...more] = text.split('/');
  const [low = '', high, ...tooMany] = range.split('-');
  const isAny = low === '*' || low === '?';
  if (!isAny && tooMany.length > 0) throw new ScheduleMistake(`too many hyphens: ${text}`);
  const start = isAny ? bounds.min : numberOf(low, bounds.names, bounds.min);
  let end = isAny ? bounds.max : high === undefined ? start : numberOf(high, bounds.names, bounds.min);
  if (more.length > 0) throw new ScheduleMistake(`too many slashes: ${text}`);
  const step = stepText === undefined ? 1 : numberOf(stepText, [], 0);
  // `5/10` means from 5 to the end.
  if (stepText !== undefined && high === undefined) end = bounds.max;
  if (start < bounds.min) throw new ScheduleMistake(`beginning of range (${start}) below minimum (${bounds.min}): ${text}`);
  if (end > bounds.max) throw new ScheduleMistake(`end of range (${end}) above maximum (${bounds.max}): ${text}`);
  if (start > end) throw new ScheduleMistake(`beginning of range (${start}) beyond end of range (${end}): ${text}`);
  if (step === 0) throw new ScheduleMistake(`step of range should be a positive number: ${text}`);
  for (let value = start; value <= end; value += step) values.add(value);
  return isAny && step === 1;
}

function numberOf(text: string, names: readonly string[], first: number): number {
  const name = names.indexOf(text.toLowerCase());
  if (name >= 0) return name + first;
  if (!/^[+-]?\d+$/.test(text)) {
    throw new ScheduleMistake(`failed to parse int from ${text}: strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`);
  }
  const value = Number(text);
  if (value < 0) throw new ScheduleMistake(`negative number (${value}) not allowed: ${text}`);
  return value;
}

/** When a CronJob cuts its next Job; undefined for what is not a CronJob, is suspended, or is never due. */
export function nextRunMs(object: KubeObject, afterMs: number): number | undefined {
  if (object.kind !== 'CronJob') return undefined;
  const { schedule, timeZone, suspend } = (object as CronJob).spec;
  return suspend || scheduleMistake(schedule) !== undefined ? undefined : scheduleOf(schedule, timeZone).next(afterMs);
}
