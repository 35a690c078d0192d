import { describe, expect, it } from 'vitest';
import { unixMsOf, unixMsOfDay } from './moment.ts';

describe('unixMsOf', () => {
  it('reads what RFC 3339 is', () => {
    expect(unixMsOf('2026-01-01T00:00:00Z')).toBe(Date.UTC(2026, 0, 1));
    expect(unixMsOf('2024-02-29T23:59:59.123999Z')).toBe(Date.UTC(2024, 1, 29, 23, 59, 59, 123));
    expect(unixMsOf('2026-01-01T09:00:00.5+09:00')).toBe(Date.UTC(2026, 0, 1, 0, 0, 0, 500));
    expect(unixMsOf('2025-12-31T19:30:00-04:30')).toBe(Date.UTC(2026, 0, 1));
    expect(unixMsOf('0001-01-01T00:00:00Z')).toBe(-62_135_596_800_000);
    for (let day = -700_000; day < 800_000; day += 997) {
      const text = new Date(day * 86_400_000 + 12_345_678).toISOString();
      expect(unixMsOf(text)).toBe(day * 86_400_000 + 12_345_678);
    }
  });

  it.each([
    // Each of these is a time for one engine and none for another.
    '2024-02-30T00:00:00Z',
    '2023-02-29T00:00:00Z',
    '2024-04-31T00:00:00Z',
    '2024-01-01T23:59:60Z',
    '2024-01-01t00:00:00z',
    '10000-01-01T00:00:00Z',
    // And these are none to Kubernetes.
    '2024-01-01T24:00:00Z',
    '2024-01-01 00:00:00Z',
    '2024-01-01T00:00:00',
    '2024-01-01T00:00:00+0530',
    '2024-01-01T00:00:00+24:00',
    '2024-01-01T00:00Z',
    '2024-01-01',
    '2024-01-01T00:00:00.Z',
    '2024-13-01T00:00:00Z',
    'Jan 1 2024',
    'abc 5',
    '1',
    '',
  ])('has no time for %s', (text) => {
    expect(unixMsOf(text)).toBeNaN();
  });
});

describe('unixMsOfDay', () => {
  it('knows the days that there are', () => {
    expect(unixMsOfDay('2024-02-29')).toBe(Date.UTC(2024, 1, 29));
    expect(['2023-02-29', '2100-02-29', '2024-1-1', '2024-00-10', '2024-01-00', 'x'].map(unixMsOfDay)).toEqual(Array(6).fill(Number.NaN));
  });
});
