import { describe, expect, it } from 'vitest';
import { stepArea, stepLine } from './steps.ts';

describe('stepLine', () => {
  it('holds each value until the next moment', () => {
    expect(
      stepLine([
        { x: 0, y: 5 },
        { x: 10, y: 3 },
        { x: 20, y: 3 },
      ]),
    ).toBe('M0 5H10V3H20V3');
  });
});

describe('stepArea', () => {
  it('goes forth over the upper line and back under the lower one, each value over its own stretch', () => {
    const upper = [
      { x: 0, y: 5 },
      { x: 10, y: 3 },
      { x: 20, y: 3 },
    ];
    const lower = [
      { x: 0, y: 9 },
      { x: 10, y: 7 },
      { x: 20, y: 7 },
    ];
    expect(stepArea(upper, lower)).toBe('M0 5H10V3H20V3V7H20V7H10V9H0Z');
  });
});
