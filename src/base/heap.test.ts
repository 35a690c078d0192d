import { describe, expect, it } from 'vitest';
import fc from './fastCheck.ts';
import { Heap } from './heap.ts';

describe('Heap', () => {
  it('pops in order whatever was pushed, also when rebuilt half-way', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.array(fc.integer()), (first, second) => {
        const heap = new Heap<number>((a, b) => a < b, first);
        for (const item of second) heap.push(item);
        const rebuilt = new Heap<number>((a, b) => a < b, heap.toArray());
        const popped: number[] = [];
        while (rebuilt.size > 0) popped.push(rebuilt.pop() as number);
        expect(popped).toEqual([...first, ...second].sort((a, b) => a - b));
      }),
      { seed: 1 },
    );
  });
});
