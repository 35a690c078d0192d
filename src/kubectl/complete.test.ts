import { describe, expect, it } from 'vitest';
import { type KubeObject, keyOf, type Snapshot } from '../kube/meta.ts';
import { complete } from './complete.ts';

const objects: readonly KubeObject[] = [
  { apiVersion: 'v1', kind: 'Node', metadata: { name: 'node-1', labels: { zone: 'a' } } },
  { apiVersion: 'v1', kind: 'Node', metadata: { name: 'node-2', labels: { zone: 'b' } } },
  { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace: 'default', labels: { app: 'web' } } },
  { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'till', namespace: 'shop' } },
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default' } },
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } },
];

const snapshot: Snapshot = {
  seq: 0,
  atMs: 0,
  get: (kind, key) => objects.find((object) => object.kind === kind && keyOf(object) === key),
  list: (kind) => objects.filter((object) => object.kind === kind),
  tables: ['Node', 'Pod', 'Namespace'],
};

describe('complete', () => {
  it.each([
    ['a verb', 'kubectl desc', ['describe']],
    ['a verb of a group', 'rollout hi', ['history']],
    ['a kind', 'get namesp', ['namespaces']],
    ['a kind after a comma', 'get pods,namesp', ['pods,namespaces']],
    ['a name by a short kind', 'get no node-', ['node-1', 'node-2']],
    ['a second name', 'get no node-1 ', ['node-2']],
    ['a name behind a slash', 'describe po/', ['po/web']],
    ['a name in the namespace that was given', 'get -n shop pods ', ['till']],
    ['a namespace', 'get pods -n s', ['shop']],
    ['a flag', 'get pods --show-l', ['--show-labels']],
    ['an output', 'get pods -o ya', ['yaml']],
    ['an output after an equals sign', 'get pods --output=js', ['--output=json', '--output=jsonpath=']],
    ['a label', 'get nodes -l zone', ['zone=a', 'zone=b']],
    ['nothing after a verb nobody knows', 'frobnicate ', []],
  ])('finds %s', (_name, line, expected) => {
    expect(complete(line, line.length, snapshot).candidates).toEqual(expected);
  });
});
