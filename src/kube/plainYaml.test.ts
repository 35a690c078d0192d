// @module-tag long
import { describe, expect, it } from 'vitest';
import fc from '../base/fastCheck.ts';
import { ManifestError } from './manifestError.ts';
import { readPlainYaml } from './plainYaml.ts';
import { readDocument } from './yaml.ts';
import { toYaml } from './yamlText.ts';

describe('readPlainYaml', () => {
  it('reads what kubectl prints', () => {
    const value = {
      kind: 'Pod',
      args: ['--v=2', 'a: b', '', '-', '12', 'true', '0644', '1e3', "it's", '10.0.0.1', '6f5d8c9b7'],
      script: 'set -e\n\necho "hello: world" # not a comment\n  indented\n',
      long: 'a message that is longer than the eighty letters of one line and so goes on in the next one, and once more in a third',
      numbers: [0, -1, 2.5, 2147483648],
      nothing: null,
      empty: [{}, []],
      nested: [{ name: 'a', list: [{ b: true }, { c: false }] }],
    };
    expect(readPlainYaml(toYaml(value))).toEqual(value);
  });

  it.each([
    'a: &x 1\nb: *x\n',
    'a: yes\n',
    'a: 0644\n',
    'a: [1, 2] # two\n',
    'a: [b, ]\n',
    'a: [b: c]\n',
    'a: {b}\n',
    'a: {b: 1, b: 2}\n',
    'a: [*x]\n',
    'a: ["b" c]\n',
    'a: 1 # one\n',
    'a: >\n  folded\n',
    '__proto__: {}\n',
    'a: b: c\n',
    'a:\n\tb: 1\n',
    'a: 1\n b: 2\n',
    '? a\n: b\n',
    'a: .\n',
  ])('leaves %j to the reader of the whole language', (text) => {
    expect(readPlainYaml(text)).toBeUndefined();
  });

  it('reads nothing differently than the whole language does', () => {
    const word = fc.oneof(
      fc.string(),
      fc.string({ unit: fc.constantFrom(...' :#-\n"\'|>{}[]&*!%@`~,.0123456789eExXyYnN_') }),
      fc.lorem({ maxCount: 30 }),
    );
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof({ maxDepth: 4 }, word, fc.integer(), fc.boolean(), fc.constant(null), tie('list'), tie('map')),
      list: fc.array(tie('value'), { maxLength: 4 }),
      map: fc.dictionary(fc.oneof(fc.stringMatching(/^[a-z]{1,8}$/), word), tie('value'), { maxKeys: 4, noNullPrototype: true }),
    }));
    fc.assert(
      fc.property(value, (given) => {
        expect([undefined, { a: given }]).toContainEqual(readPlainYaml(toYaml({ a: given })));
      }),
      { numRuns: 300 },
    );
  });

  it('reads lists and maps within brackets, on one line or more', () => {
    const text = `a: [sh, -c, 'echo "it''s"; sleep 3', 12]\nb: {cpu: 100m, of: {"x": [ ], z: {}}}\nc:\n- [1,\n  true]\n- {d: "e\\n"}\n`;
    expect(readPlainYaml(text)).toEqual({
      a: ['sh', '-c', 'echo "it\'s"; sleep 3', 12],
      b: { cpu: '100m', of: { x: [], z: {} } },
      c: [[1, true], { d: 'e\n' }],
    });
    expect(readPlainYaml('{"spec": {"replicas": 3,\n "paused":true}}')).toEqual({ spec: { replicas: 3, paused: true } });
  });

  it('reads nothing within brackets differently than the whole language does', () => {
    const piece = fc.constantFrom(
      ...'[]{},:\'"#-&*!|>?%\n \\ab1.e~'.split(''),
      ': ',
      ', ',
      '"a": ',
      'a: ',
      'yes',
      "'b'",
      '"c"',
      '{a: ',
      '[b, ',
    );
    const text = fc.tuple(fc.constantFrom('[%]', '{%}', '{a: %}', '[a, %]'), fc.array(piece, { maxLength: 8 }));
    fc.assert(
      fc.property(text, fc.constantFrom('a: ', '- ', ''), ([frame, pieces], before) => {
        const whole = `${before}${frame.replace('%', () => pieces.join(''))}\n`;
        const read = readDocument(whole, 0, 'STDIN');
        expect([undefined, read instanceof ManifestError ? undefined : read.value]).toContainEqual(readPlainYaml(whole));
      }),
      { numRuns: 2000 },
    );
  });
});
