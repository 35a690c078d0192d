import { describe, expect, it } from 'vitest';
import type { Deed } from './script.ts';
import { deedOf, readLink, rowOf } from './shareLink.ts';

const read = (search: string) => readLink(search, ['en', 'ko']);

describe('readLink', () => {
  it('reads every parameter', () => {
    expect(read('?scenario=drain&seed=7&at=4000&play=0&speed=10&lang=ko&theme=dark')).toEqual({
      scenario: 'drain',
      seed: 7,
      atMs: 4000,
      isPlaying: false,
      speed: 10,
      language: 'ko',
      theme: 'dark',
      problems: [],
    });
  });

  it.each([
    ['scenario', 'nope', 'cookie-cutter'],
    ['seed', '-1', '1'],
    ['seed', '1e3', '1'],
    ['at', '99999999999', undefined],
    ['at', 'now', undefined],
    ['play', 'yes', '1'],
    ['speed', '7', undefined],
    ['lang', 'xx', 'en'],
    ['theme', 'pink', 'auto'],
  ])('says that %s=%s is not understood and what is used instead', (name, value, instead) => {
    expect(read(`?${name}=${value}`).problems).toEqual([{ name, value, instead }]);
  });

  it('does not repeat a long value', () => {
    expect(read(`?lang=${'x'.repeat(5000)}`).problems[0]?.value).toHaveLength(60);
  });
});

describe('a deed in a link', () => {
  it('gives every kind of deed back', () => {
    const deeds: readonly Deed[] = [
      { atMs: 2, kubectl: 'kubectl apply -f -', stdin: 'kind: Pod' },
      { atMs: 3, typed: 'ls\n' },
      { atMs: 4, fault: { type: 'fillMemory', namespace: 'default', pod: 'web', container: 'c', bytes: 9 } },
      { atMs: 5, fault: { type: 'send', namespace: 'default', to: 'web', port: 80, path: '/' } },
      { atMs: 6, fault: { type: 'exitContainer', namespace: 'default', pod: 'web', container: 'c', exitCode: 1 } },
      { atMs: 7, fault: { type: 'load', kind: 'Deployment', namespace: 'default', name: 'web', cpuMilli: 500 } },
      { atMs: 8, fault: { type: 'failNode', name: 'node-a' } },
      { atMs: 9, fault: { type: 'addNode', machine: { name: 'node-d', cpu: '2', memory: '4Gi', labels: { zone: 'd' } } } },
    ];
    expect(deeds.map(rowOf).map(deedOf)).toEqual(deeds);
  });
});
