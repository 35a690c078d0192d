import { expect, it } from 'vitest';
import { spansOf, withoutMarks } from './spans.ts';

const LINE = 'the key `` ` `` or `a b`, **now**';

it('tells code and stress from the rest, and code that is a backtick', () => {
  expect(spansOf(LINE)).toEqual([
    { mark: undefined, text: 'the key ' },
    { mark: 'code', text: '`' },
    { mark: undefined, text: ' or ' },
    { mark: 'code', text: 'a b' },
    { mark: undefined, text: ', ' },
    { mark: 'stress', text: 'now' },
  ]);
  expect(withoutMarks(LINE)).toBe('the key ` or a b, now');
});
