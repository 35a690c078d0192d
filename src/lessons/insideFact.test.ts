import { describe, expect, it } from 'vitest';
import type { ContainerInside, FileEntry, PodInside } from '../kube/inside.ts';
import type { Pod } from '../kube/kinds/pod.ts';
import type { Snapshot } from '../kube/meta.ts';
import { isFileSo, isPrinted } from './insideFact.ts';

const file = (text: string): FileEntry => ({ type: 'file', text, mode: 0o644, atMs: 0 });

const container = (name: string, rest: Partial<ContainerInside>): ContainerInside => ({
  name,
  run: 0,
  processes: [],
  mounts: [],
  layer: new Map(),
  ports: [],
  log: [],
  cpuMilli: 0,
  memoryBytes: 0,
  ...rest,
});

const lines = (run: number, text: string) => ({ run, beganMs: 0, dropped: 0, lines: [{ atMs: 0, stream: 'stdout' as const, text }] });

const inside: Pick<PodInside, 'containers' | 'volumes'> = {
  containers: {
    web: container('web', {
      run: 1,
      log: [lines(0, 'run one'), lines(1, 'run two')],
      layer: new Map([['/tmp/note', file('mine')]]),
      mounts: [
        { path: '/srv', disk: 'pages', folder: '', isReadOnly: true },
        { path: '/srv/deep', disk: 'pages', folder: '/part', isReadOnly: true },
      ],
    }),
    refresh: container('refresh', { log: [lines(0, 'fetched')] }),
  },
  volumes: {
    pages: new Map([
      ['/index.html', file('Hello')],
      ['/part/x', file('deep')],
    ]),
  },
};

const pod = { metadata: { name: 'site', namespace: 'default' } } as Pod;
const snapshot = { get: (_: string, key: string) => (key === 'PodInside/default/site' ? inside : undefined) } as unknown as Snapshot;

describe('isPrinted', () => {
  const said = (has: string, rest: { container?: string; previous?: boolean } = {}) =>
    isPrinted({ has, previous: false, ...rest }, pod, snapshot);
  it('asks the run that is on, of any container or of one', () =>
    expect([said('two'), said('fetched'), said('one'), said('fetched', { container: 'web' })]).toEqual([true, true, false, false]));
  it('asks the run before', () =>
    expect([said('one', { previous: true }), said('two', { previous: true }), said('fetched', { previous: true })]).toEqual([
      true,
      false,
      false,
    ]));
});

describe('isFileSo', () => {
  const sees = (path: string, has?: string) => isFileSo({ path, ...(has === undefined ? {} : { has }) }, pod, snapshot);
  it('looks into the volume mounted nearest, else into what the container wrote itself', () =>
    expect([sees('/srv/index.html', 'Hello'), sees('/srv/deep/x', 'deep'), sees('/tmp/note', 'mine')]).toEqual([true, true, true]));
  it('is not so for another text, no such file, or a pod nothing is known of', () => {
    expect([sees('/srv/index.html', 'Bye'), sees('/srv/x'), sees('/note')]).toEqual([false, false, false]);
    expect(isFileSo({ path: '/tmp/note' }, { metadata: { name: 'other', namespace: 'default' } } as Pod, snapshot)).toBe(false);
  });
});
