import { describe, expect, it } from 'vitest';
import fc from '../base/fastCheck.ts';
import { goPattern, goPatternError } from './goPattern.ts';

describe('a pattern of Go', () => {
  it.each([
    ['^[a-z0-9]([-a-z0-9]*[a-z0-9])?$', ['web-1', 'a'], ['-a', 'A', '']],
    ['^(\\d+|\\*)(/\\d+)?(\\s+(\\d+|\\*)(/\\d+)?){4}$', ['* * * * */5'], ['* * * *']],
    ['(?i)^HELLO$', ['hello'], ['hell']],
    ['^a.c$', ['abc', 'a😀c'], ['a\nc']],
    ['(?s)^a.c$', ['a\nc'], []],
    ['(?m)^b$', ['a\nb\nc'], ['ab']],
    ['\\Aa\\z', ['a'], ['a\n']],
    ['^\\p{L}+$', ['한국', 'abc'], ['1']],
    ['^[\\p{Greek}\\d]+$', ['αβ1'], ['a']],
    ['^[[:alpha:]_\\-\\]]+$', ['a_-]'], ['1']],
    ['^[^\\W_]{2,3}$', ['ab', 'a1b'], ['a', 'a_', 'abcd']],
    ['^\\x41\\x{1F600}\\101$', ['A😀A'], ['AA']],
    ['^\\Qa.b\\E$', ['a.b'], ['axb']],
    ['\\bcat\\b', ['a cat'], ['concat']],
    ['^(?P<y>\\d{4})-(?<m>\\d\\d)$', ['2026-01'], ['26-01']],
    ['^(?:a|ab)(?:c|bcd)$', ['ac', 'abc', 'abcd'], ['abcde']],
    ['{', ['{'], ['']],
  ])('%s', (pattern, good, bad) => {
    const read = goPattern(pattern);
    expect(good.filter((text) => !read?.test(text))).toEqual([]);
    expect(bad.filter((text) => read?.test(text))).toEqual([]);
  });

  it.each([
    ['(a', 'missing closing ): `(a`'],
    ['a)', 'unexpected ): `a)`'],
    ['[a', 'missing closing ]: `[a`'],
    ['*a', 'missing argument to repetition operator: `*`'],
    ['a**', 'invalid nested repetition operator: `**`'],
    ['a{1001}', 'invalid repeat count: `{1001}`'],
    ['[z-a]', 'invalid character class range: `z-a`'],
    ['\\y', 'invalid escape sequence: `\\y`'],
    ['a\\', 'trailing backslash at end of expression: ``'],
    ['(?=a)', 'invalid or unsupported Perl syntax: `(?=`'],
    ['\\p{Nothing}', 'invalid character class range: `\\p{Nothing}`'],
  ])('%s is refused in words', (pattern, words) => {
    expect(goPatternError(pattern)).toBe(`error parsing regexp: ${words}`);
    expect(goPattern(pattern)).toBeUndefined();
  });

  it('finds the first and all', () => {
    expect(goPattern('a+?')?.first('baaa')).toBe('a');
    expect(goPattern('a+')?.all('aa b aaa')).toEqual(['aa', 'aaa']);
    expect(goPattern('x*')?.all('axb')).toEqual(['', 'x', '']);
  });

  it('is no slower for being hostile', () => {
    const text = `${'a'.repeat(5000)}!`;
    expect(goPattern('^(a+)+$')?.test(text)).toBe(false);
    expect(goPattern('^(a|a)*$')?.test(text)).toBe(false);
    expect(goPattern('^(a?){50}a{50}$')?.test('a'.repeat(50))).toBe(true);
  });

  const atom = fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '\\d', '\\w', '(a|b)', '(?:ab)', 'a?', '^', '$', '\\b');
  const piece = fc.tuple(atom, fc.constantFrom('', '*', '+', '?', '{2}', '{1,2}', '*?'));
  const written = ([inner, times]: readonly [string, string]) => (/^([\^$]|\\b|a\?)$/.test(inner) ? inner : inner + times);
  const patterns = fc
    .array(fc.array(piece, { maxLength: 4 }), { minLength: 1, maxLength: 3 })
    .map((sequences) => sequences.map((pieces) => pieces.map(written).join('')).join('|'));
  const texts = fc.array(fc.constantFrom('a', 'b', '1', ' ', 'é'), { maxLength: 6 }).map((letters) => letters.join(''));

  it('matches what the browser matches, where both read the same', () => {
    fc.assert(
      fc.property(patterns, texts, (pattern, text) => {
        const expected = new RegExp(pattern, 'u').exec(text)?.[0];
        expect(goPattern(pattern)?.first(text)).toBe(expected);
      }),
    );
  });
});
