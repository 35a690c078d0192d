import { describe, expect, it } from 'vitest';
import { fromTimestamp, toTimestamp } from './meta.ts';
import { isTimeZone, scheduleMistake, scheduleOf, toZonedTimestamp } from './schedule.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** The first times after a moment, else after the beginning, which is the first of January 2026, a Thursday. */
function times(text: string, count: number, timeZone?: string, afterMs = 0): string[] {
  const found: string[] = [];
  for (let ms: number | undefined = afterMs; found.length < count; ) {
    ms = scheduleOf(text, timeZone).next(ms);
    if (ms === undefined) break;
    found.push(toTimestamp(ms).slice(5, 16));
  }
  return found;
}

describe('scheduleOf', () => {
  it('counts minutes, steps, lists and names', () => {
    expect(times('* * * * *', 2)).toEqual(['01-01T00:01', '01-01T00:02']);
    expect(times('*/20 8-9 * * *', 4)).toEqual(['01-01T08:00', '01-01T08:20', '01-01T08:40', '01-01T09:00']);
    expect(times('30 12 * feb mon,wed', 2)).toEqual(['02-02T12:30', '02-04T12:30']);
    expect(times('@weekly', 2)).toEqual(['01-04T00:00', '01-11T00:00']);
  });

  it('takes a day that fits by month or by week, where both are given', () => {
    expect(times('0 0 13 * fri', 3)).toEqual(['01-02T00:00', '01-09T00:00', '01-13T00:00']);
    expect(times('0 0 */9 * fri', 1), 'with a step days are given').toEqual(['01-02T00:00']);
  });

  it('keeps to a zone', () => {
    expect(times('0 9 * * *', 1, 'Europe/Berlin')).toEqual(['01-01T08:00']);
    expect(toZonedTimestamp(0, 'Europe/Berlin')).toBe('2026-01-01T01:00:00+01:00');
    expect(toZonedTimestamp(200 * DAY, 'Asia/Kolkata')).toBe('2026-07-20T05:30:00+05:30');
    expect(toZonedTimestamp(0, undefined)).toBe('2026-01-01T00:00:00Z');
  });

  it.each([
    ['leaves out a time that the clocks skip', '30 2 * * *', '2026-03-07T12:00:00Z', ['03-09T06:30', '03-10T06:30']],
    ['goes on every hour where they skip one', '30 * * * *', '2026-03-08T06:00:00Z', ['03-08T06:30', '03-08T07:30']],
    ['comes twice at a time that they repeat', '30 1 * * *', '2026-10-31T12:00:00Z', ['11-01T05:30', '11-01T06:30', '11-02T06:30']],
    ['comes once after the repeated hour', '0 2 * * *', '2026-10-31T12:00:00Z', ['11-01T07:00', '11-02T07:00']],
    ['counts on through the repeated hour', '*/30 * * * *', '2026-11-01T05:10:00Z', ['11-01T05:30', '11-01T06:00', '11-01T06:30']],
  ])('%s', (_name, schedule, from, expected) => {
    expect(times(schedule, expected.length, 'America/New_York', fromTimestamp(from))).toEqual(expected);
  });

  it('repeats after a duration, and never finds what is never', () => {
    expect(scheduleOf('@every 1h30m').next(1500)).toBe(90 * MINUTE + 1000);
    expect(scheduleOf('0 0 31 2 *').next(0)).toBeUndefined();
  });
});

describe('scheduleMistake', () => {
  it.each([
    ['61 * * * *', 'end of range (61) above maximum (59): 61'],
    ['* * 0 * *', 'beginning of range (0) below minimum (1): 0'],
    ['5-1 * * * *', 'beginning of range (5) beyond end of range (1): 5-1'],
    ['*/0 * * * *', 'step of range should be a positive number: */0'],
    ['1-2-3 * * * *', 'too many hyphens: 1-2-3'],
    ['x * * * *', 'failed to parse int from x: strconv.Atoi: parsing "x": invalid syntax'],
    ['* * * * 7', 'end of range (7) above maximum (6): 7'],
    ['@often', 'unrecognized descriptor: @often'],
    ['* * * *', 'expected exactly 5 fields, found 4: [* * * *]'],
  ])('%s', (text, mistake) => {
    expect(scheduleMistake(text)).toBe(mistake);
  });
});

describe('isTimeZone', () => {
  it('knows what the data base has', () => {
    expect(
      ['UTC', 'Etc/UTC', 'Asia/Seoul', 'America/New_York', 'EST', 'EST5EDT', 'Etc/GMT+1', 'US/Pacific'].filter(isTimeZone),
    ).toHaveLength(8);
  });

  it('does not know what only some browsers do', () => {
    // The first six are zones to Chromium and WebKit, and none to Firefox and Go.
    const names = ['PST', 'JST', 'IST', 'SystemV/AST4', 'Factory', 'US/Pacific-New', 'EDT', '+01:00', 'utc', 'Mars/Olympus', ''];
    expect(names.filter(isTimeZone)).toEqual([]);
  });
});
