import { expect, it } from 'vitest';
import type { Pod } from '../../kube/kinds/pod.ts';
import { fileVariable } from './environmentFile.ts';

const pod = { metadata: { name: 'p', uid: 'u' }, spec: { containers: [], volumes: [{ name: 'data', emptyDir: {} }] } } as unknown as Pod;

function read(text: string | undefined, key: string, rest: object = {}): unknown {
  return fileVariable({ volumeName: 'data', path: 'a.env', key, ...rest }, { pod, file: () => text });
}

it.each([
  ['a line', "A='one'\nB='two'", 'B', 'two'],
  ['blank lines and comments', "\n  # no\n  A='one' # said\n", 'A', 'one'],
  ['a value of several lines, as it stands', "A='one\n # $B\n'\nB='two'", 'A', 'one\n # $B\n'],
])('a file of variables gives %s', (_name, text, key, value) => {
  expect(read(text, key)).toEqual({ type: 'value', text: value });
});

it.each([
  ['has no quotes', 'A=one'],
  ['has double quotes', 'A="one"'],
  ['has a blank before =', "A ='one'"],
  ['goes on after the quote', "A='one'two"],
  ['does not end', "A='one"],
  ['is no assignment', "B\nA='one'"],
  ['is not there', undefined],
])('a file that %s keeps the container from being made', (_name, text) => {
  expect(read(text, 'A', { optional: true })).toEqual({ type: 'problem', text: "couldn't parse env file" });
});

it('a variable that the file does not have is missing only where it must be there', () => {
  expect(read("A='one'\nB= 'two'", 'B', { optional: true })).toEqual({ type: 'none' });
  const place = '/var/lib/kubelet/pods/u/volumes/kubernetes.io~empty-dir/data/a.env';
  expect(read("A='one'", 'B')).toEqual({ type: 'problem', text: `environment variable key "B" not found in file "${place}"` });
  expect(read("A='one'", 'A', { volumeName: 'other' })).toEqual({
    type: 'problem',
    text: 'cannot find the volume "other" referenced by FileKeyRef',
  });
});
