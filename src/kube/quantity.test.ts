import { describe, expect, it } from 'vitest';
import fc from '../base/fastCheck.ts';
import {
  addQuantities,
  canonicalQuantity,
  compareQuantities,
  isQuantity,
  milliValueOf,
  parseQuantity,
  subtractQuantities,
  valueOf,
} from './quantity.ts';

describe('canonicalQuantity', () => {
  const cases: readonly (readonly [given: string | number, text: string])[] = [
    ['0.5', '500m'],
    ['1000m', '1'],
    [2, '2'],
    ['1024Mi', '1Gi'],
    ['1.5Gi', '1536Mi'],
    ['0.5Gi', '512Mi'],
    ['1000Ki', '1000Ki'],
    ['1000000', '1M'],
    ['1e3', '1e3'],
    ['100e1', '1e3'],
    ['1023', '1023'],
    ['0.1Ki', '102400m'],
    ['0', '0'],
    ['-1', '-1'],
    ['.5', '500m'],
    ['1.0000000001', '1000000001n'],
    ['7E', '7E'],
    ['12E', '9223372036854775807'],
  ];
  it.each(cases)('writes %j as %j', (given, text) => {
    expect(canonicalQuantity(given)).toBe(text);
  });

  it('keeps the value, and is its own canonical text', () => {
    const suffixes = fc.constantFrom('', 'm', 'k', 'M', 'G', 'Ki', 'Mi', 'Gi', 'u', 'n', 'e3', 'E2');
    fc.assert(
      fc.property(fc.integer({ min: -100_000, max: 100_000 }), fc.integer({ min: 0, max: 999 }), suffixes, (whole, part, suffix) => {
        const text = canonicalQuantity(`${whole}.${part}${suffix}`);
        expect(parseQuantity(text).nano).toBe(parseQuantity(`${whole}.${part}${suffix}`).nano);
        expect(canonicalQuantity(text)).toBe(text);
      }),
      { seed: 1 },
    );
  });
});

describe('quantities', () => {
  it.each(['', 'x', '1x', 'lots', '1 Gi', '1.2.3', '--1', 'Gi'])('are not %j', (text) => {
    expect(isQuantity(text)).toBe(false);
    expect(() => parseQuantity(text)).toThrow(
      "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
    );
  });

  it('round up to thousandths and to whole numbers', () => {
    expect(milliValueOf('100u')).toBe(1);
    expect(milliValueOf('1.5')).toBe(1500);
    expect(valueOf('1.1')).toBe(2);
    expect(valueOf('2Gi')).toBe(2147483648);
    expect(valueOf(undefined)).toBe(0);
  });

  it('add, subtract and compare exactly', () => {
    expect(addQuantities('100m', '900m')).toBe('1');
    expect(addQuantities('0', '64Mi')).toBe('64Mi');
    expect(addQuantities('1Gi', '512Mi')).toBe('1536Mi');
    expect(subtractQuantities('1', '250m')).toBe('750m');
    expect(compareQuantities('1000Mi', '1Gi')).toBe(-1);
    expect(compareQuantities('1k', '1000')).toBe(0);
  });
});
