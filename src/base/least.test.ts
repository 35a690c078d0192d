import { expect, it } from 'vitest';
import fc from './fastCheck.ts';
import { least } from './least.ts';

it('gives the least of a list as sorting it would, equals in the order of the list', () => {
  const item = fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer());
  fc.assert(
    fc.property(fc.array(item), fc.nat({ max: 12 }), (list, count) => {
      const compare = ([a]: [number, number], [b]: [number, number]) => a - b;
      expect(least(list, count, compare)).toEqual(list.toSorted(compare).slice(0, count));
    }),
  );
});
