import { describe, expect, it } from 'vitest';
import { applyDelta, deltaOf } from './delta.ts';
import fc from './fastCheck.ts';

/** Few keys and values, so that two of them are often alike. */
const json = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, fc.constantFrom(null, 0, 1, '', 'a', true), tie('list'), tie('map')),
  list: fc.array(tie('value'), { maxLength: 3 }),
  map: fc.dictionary(fc.constantFrom('a', 'b', '0', 'length'), tie('value'), { maxKeys: 4, noNullPrototype: true }),
})).value;

describe('deltaOf', () => {
  it('gives back the second value when it is applied to the first, by way of JSON', () => {
    fc.assert(
      fc.property(json, json, (before, after) => {
        const delta = JSON.parse(JSON.stringify(deltaOf(before, after)));
        expect(applyDelta(before, delta)).toEqual(after);
      }),
    );
  });

  it('names only what differs', () => {
    const before = { spec: { replicas: 3, image: 'a' }, status: { ready: 1 }, list: [{ x: 1 }, { x: 2 }] };
    const after = { spec: { replicas: 4, image: 'a' }, list: [{ x: 1 }, { x: 3 }] };
    expect(deltaOf(before, after)).toEqual({ spec: { replicas: [4] }, list: { 1: { x: [3] } }, '': ['status'] });
  });

  it('shares what stays', () => {
    const before = { spec: { replicas: 3 }, status: { ready: 1 } };
    const after = applyDelta(before, deltaOf(before, { spec: { replicas: 3 }, status: { ready: 2 } })) as typeof before;
    expect(after.spec).toBe(before.spec);
  });
});
