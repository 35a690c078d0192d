import { describe, expect, it } from 'vitest';
import { splitLine } from './split.ts';

describe('splitLine', () => {
  it.each([
    ['words at blanks', 'get  pods\t-w', ['get', 'pods', '-w']],
    ['single quotes as they are', `patch pod/web -p '{"a":"\\n $x"}'`, ['patch', 'pod/web', '-p', '{"a":"\\n $x"}']],
    ['double quotes with escapes', 'annotate pod web "a=b \\"c\\" \\$d"', ['annotate', 'pod', 'web', 'a=b "c" $d']],
    ['quotes inside a word', "-o jsonpath='{.a}'{.b}", ['-o', 'jsonpath={.a}{.b}']],
    ['empty words', "label pod web a=''", ['label', 'pod', 'web', 'a=']],
    ['escaped blanks', 'a\\ b c', ['a b', 'c']],
    ['the backslash of a JSONPath', 'a\\.b\\.c/d', ['a\\.b\\.c/d']],
    ['lines that go on', 'get \\\n pods', ['get', 'pods']],
    ['no comments', 'get pods # all of them', ['get', 'pods']],
  ])('splits %s', (_name, line, words) => {
    expect(splitLine(line)).toEqual(words);
  });

  it.each(['get pods | wc', 'get pods > file', 'a && b', 'a; b', 'a $(b)', 'a `b`'])('refuses what needs a shell: %s', (line) => {
    expect(() => splitLine(line)).toThrow('there is no shell here');
  });

  it('refuses a quote that is not closed', () => {
    expect(() => splitLine("get 'pods")).toThrow("a quote (') is not closed");
  });
});
