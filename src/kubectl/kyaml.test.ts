import { describe, expect, it } from 'vitest';
import { toKyaml } from './kyaml.ts';

describe('toKyaml', () => {
  it('quotes texts, leaves keys bare that mean only themselves, and writes a list of maps on the line of its brackets', () => {
    const object = { on: 'yes', args: ['a', 'b: c'], items: [{ n: 1 }, { 'a.b/c': null }], none: [], empty: {}, '1': true };
    expect(toKyaml(object)).toBe(`---
{
  "1": true,
  args: [
    "a",
    "b: c",
  ],
  empty: {},
  items: [{
    "n": 1,
  }, {
    a.b/c: null,
  }],
  none: [],
  "on": "yes",
}
`);
  });
});
