import { describe, expect, it } from 'vitest';
import { atan2, cos, exp, floorLog2, ln, power, sin } from './mathematics.ts';

/** Within so many of the last binary digits. */
function expectNear(value: number, expected: number, digits = 4): void {
  if (Object.is(value, expected)) return;
  expect(Math.abs(value - expected)).toBeLessThanOrEqual(Math.abs(expected) * digits * Number.EPSILON);
}

const numbers = Array.from({ length: 2000 }, (_, i) => ((i * 7919) % 2000) / 37 - 20.3 + i / 1e5);

describe('exp, ln, sin, cos and atan2', () => {
  it("are this engine's own but for the last digits", () => {
    for (const x of numbers) {
      expectNear(exp(x), Math.exp(x));
      expectNear(ln(Math.abs(x)), Math.log(Math.abs(x)));
      expectNear(ln(2 ** Math.round(x * 20) * 1.3), Math.log(2 ** Math.round(x * 20) * 1.3));
      expect(Math.abs(sin(x) - Math.sin(x))).toBeLessThan(4 * Number.EPSILON);
      expect(Math.abs(cos(x) - Math.cos(x))).toBeLessThan(4 * Number.EPSILON);
      expectNear(atan2(x, 3 - x), Math.atan2(x, 3 - x));
    }
  });

  it('are exact where the answer is', () => {
    expect([exp(0), ln(1), ln(Math.E), sin(0), cos(0), atan2(0, 1), atan2(1, 0)]).toEqual([1, 0, 1, 0, 1, 0, Math.PI / 2]);
    expect([atan2(0, -1), atan2(-1, -1), atan2(1, 1), atan2(0, 0)]).toEqual([Math.PI, -0.75 * Math.PI, Math.PI / 4, 0]);
    for (let i = -1022; i < 1024; i++) expectNear(ln(2 ** i), i * Math.LN2, 1);
  });

  it('go on at the ends', () => {
    expect([exp(1000), exp(-1000), exp(Number.NaN), ln(0), ln(-1)]).toEqual([
      Number.POSITIVE_INFINITY,
      0,
      Number.NaN,
      Number.NEGATIVE_INFINITY,
      Number.NaN,
    ]);
    expectNear(exp(709.7), Math.exp(709.7));
    expect([sin(Number.POSITIVE_INFINITY), cos(Number.NaN), atan2(Number.NaN, 1)]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  });

  it('have these very digits', () => {
    // Those of Math and of `**` are others in each of three engines.
    const all = numbers.flatMap((x) => [exp(x), ln(Math.abs(x)), sin(x), cos(x), atan2(x, 1.7), power(Math.abs(x), x / 3)]);
    const words = new Uint32Array(new Float64Array(all).buffer);
    expect(words.reduce((sum, word) => (Math.imul(sum, 31) + word) | 0, 0)).toMatchInlineSnapshot(`1815246113`);
  });
});

describe('power', () => {
  it('is exact for whole numbers, as far as they can be told', () => {
    for (let base = -30n; base <= 30n; base++) {
      for (let exponent = 0n; exponent < 60n; exponent++) expect(power(Number(base), Number(exponent))).toBe(Number(base ** exponent));
    }
    for (let i = 1; i < 300; i++) expect([power(10, i), power(10, -i)]).toEqual([Number(`1e${i}`), Number(`1e-${i}`)]);
  });

  it('takes roots and fractions', () => {
    expect([power(2, 0.5), power(9, 0.5), power(-8, 1 / 3), power(0, -1), power(0, 0.5), power(1.5, -2)]).toEqual([
      Math.SQRT2,
      3,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      0,
      1 / 2.25,
    ]);
    expect([power(2, 1e9), power(2, Number.NEGATIVE_INFINITY), power(0.5, Number.POSITIVE_INFINITY)]).toEqual([
      Number.POSITIVE_INFINITY,
      0,
      0,
    ]);
    expectNear(power(1.05, 30), 4.321942375150668, 1);
    expectNear(power(2, 0.3), 1.2311444133449163);
  });
});

describe('floorLog2', () => {
  it('counts the binary digits', () => {
    for (let i = 0; i < 53; i++) expect([floorLog2(2 ** i), floorLog2(2 ** (i + 1) - 1)]).toEqual([i, i]);
    expect(floorLog2(3e18)).toBe(61);
  });
});
