import { describe, expect, it } from 'vitest';
import { createSession } from './createSession.ts';
import { readLink, writeLink } from './shareLink.ts';

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
    ['at', '99999999999', '176000'],
    ['at', 'now', '176000'],
    ['play', 'yes', '1'],
    ['speed', '7', '1'],
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
    const session = createSession({ scenario: 'self-healing', seed: 5, atMs: 30_000, language: 'ko', theme: 'dark' });
    const link = read(writeLink(session.store.getState()));
    expect(link).toMatchObject({ scenario: 'self-healing', seed: 5, atMs: 30_000, isPlaying: false, language: 'ko', theme: 'dark' });
    const again = createSession({ ...link });
    expect(again.store.getState().snapshot.list('Pod')).toEqual(session.store.getState().snapshot.list('Pod'));
  });
});
