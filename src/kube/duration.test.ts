import { describe, expect, it } from 'vitest';
import { humanDuration, shortHumanDuration } from './duration.ts';

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86400;

describe('humanDuration', () => {
  const cases: readonly (readonly [seconds: number, long: string, short: string])[] = [
    [-5, '<invalid>', '<invalid>'],
    [0, '0s', '0s'],
    [119, '119s', '1m'],
    [2 * MINUTE, '2m', '2m'],
    [2 * MINUTE + 5, '2m5s', '2m'],
    [10 * MINUTE + 5, '10m', '10m'],
    [179 * MINUTE, '179m', '2h'],
    [3 * HOUR, '3h', '3h'],
    [3 * HOUR + 20 * MINUTE, '3h20m', '3h'],
    [47 * HOUR, '47h', '1d'],
    [2 * DAY + HOUR, '2d1h', '2d'],
    [9 * DAY, '9d', '9d'],
    [730 * DAY, '2y', '2y'],
    [740 * DAY, '2y10d', '2y'],
    [3000 * DAY, '8y', '8y'],
  ];
  it.each(cases)('writes %d seconds as %j, short %j', (seconds, long, short) => {
    expect(humanDuration(seconds * 1000)).toBe(long);
    expect(shortHumanDuration(seconds * 1000)).toBe(short);
  });
});
