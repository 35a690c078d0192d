import { describe, expect, it } from 'vitest';
import { createSession } from './createSession.ts';
import { engine } from './engine.ts';
import type { Deed } from './script.ts';
import { deedOf, readLink, rowOf, writeLink } from './shareLink.ts';

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

describe('writeLink', () => {
  it('gives back the moment it was written at', () => {
    const session = createSession({ engine, scenario: 'self-healing', seed: 5, atMs: 30_000, language: 'ko', theme: 'dark' });
    const link = read(writeLink(session).link);
    expect(link).toMatchObject({ scenario: 'self-healing', seed: 5, atMs: 30_000, isPlaying: false, language: 'ko', theme: 'dark' });
    const again = createSession({ engine, ...link });
    expect(again.store.getState().snapshot.list('Pod')).toEqual(session.store.getState().snapshot.list('Pod'));
  });

  it('holds what a person did, so that the same run comes back', () => {
    const session = createSession({ engine, scenario: 'cookie-cutter', atMs: 140_000 });
    session.run('kubectl scale rs/web --replicas=5');
    session.act({ type: 'failNode', name: 'node-b' });
    session.paste('apiVersion: v1\nkind: Pod\nmetadata:\n  name: 가\n');
    session.dismissRefusal();
    session.paste('apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  containers:\n  - {name: c, image: nginx}\n');
    const { link, isWhole } = writeLink(session);
    expect(isWhole).toBe(true);
    const again = createSession({ engine, ...read(link) });
    expect(again.cluster.changes).toEqual(session.cluster.changes);
    expect(again.deeds).toHaveLength(3);
  });

  it('holds that a fork dropped a step of the scenario', () => {
    const session = createSession({ engine, scenario: 'cookie-cutter' });
    session.seek(140_000);
    session.run('kubectl label node node-a x=y');
    session.confirmFork(true);
    const again = createSession({ engine, ...read(writeLink(session).link.replace('at=140000', 'at=176000')) });
    expect(again.store.getState().snapshot.get('ReplicaSet', 'ReplicaSet/default/web')?.spec).toMatchObject({ replicas: 3 });
  });

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

  it('leaves out what would make it too long', () => {
    const session = createSession({ engine, scenario: 'empty' });
    const annotation = `  annotations: {x: ${'y'.repeat(9000)}}`;
    session.paste(`apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n${annotation}\nspec:\n  containers:\n  - {name: c, image: nginx}\n`);
    expect(writeLink(session)).toMatchObject({ isWhole: false });
    expect(writeLink(session).link.length).toBeLessThan(200);
  });

  it.each(['e30', 'W10', 'W1swLHsidHlwZSI6ImV2YWwifV1d', '%%%', 'WzFd'])('refuses do=%s', (value) => {
    expect(read(`?do=${value}`).problems.map(({ name }) => name)).toEqual(['do']);
  });
});
