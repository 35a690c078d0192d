// A straight line from one range of numbers to another, and back.

type Range = readonly [number, number];

export interface Linear {
  (value: number): number;
  invert(value: number): number;
}

export function linear([fromA, fromB]: Range, [toA, toB]: Range): Linear {
  const slope = (toB - toA) / (fromB - fromA || 1);
  return Object.assign((value: number) => toA + (value - fromA) * slope, {
    invert: (value: number) => fromA + (value - toA) / (slope || 1),
  });
}
