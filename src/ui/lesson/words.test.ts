import { describe, expect, it } from 'vitest';
import { partsOf } from './words.tsx';

describe('partsOf', () => {
  it('tells code and stress from the rest, and code that is a backtick', () => {
    expect(partsOf('the key `` ` `` or `a b`, **now**')).toEqual(['the key ', '`` ` ``', ' or ', '`a b`', ', ', '**now**', '']);
  });
});
