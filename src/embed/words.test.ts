import { describe, expect, it } from 'vitest';
import { readMoment } from './moment.ts';
import { readWords, type Word } from './words.ts';

const read = (words: Partial<Record<Word, string>>, language?: string) => readWords((word) => words[word] ?? null, ['en', 'ko'], language);

describe('readWords', () => {
  it('shows the cookie cutter on a press where nothing is said', () => {
    expect(read({})).toMatchObject({
      scenario: 'cookie-cutter',
      start: 'click',
      controls: 'min',
      theme: 'auto',
      language: 'en',
      canMove: false,
    });
  });

  it('begins with an empty world for a manifest or lines of its own', () => {
    expect(read({ manifest: 'kind: Pod' }).scenario).toBe('empty');
    expect(read({ run: 'kubectl get pods; kubectl get rs' })).toMatchObject({
      scenario: 'empty',
      run: ['kubectl get pods', 'kubectl get rs'],
    });
    const script = `kubectl run a --image=busybox -- sh -c "echo 'a'; sleep 9"`;
    expect(read({ run: `${script};kubectl get pods it's;` }).run).toEqual([script, "kubectl get pods it's"]);
  });

  it('takes a lesson and a step of it', () => {
    expect(read({ lesson: 'scheduling', step: '3' })).toMatchObject({ scenario: 'empty', lesson: 'scheduling', step: 3 });
  });

  it('passes over what it does not understand', () => {
    expect(read({ scenario: 'constructor', start: 'soon', controls: 'many', speed: '7', seed: '-1', step: '0', theme: 'pink' })).toEqual(
      read({}),
    );
  });

  it('speaks the language asked for, else that of the page', () => {
    expect(read({ lang: 'ko' }, 'en').language).toBe('ko');
    expect(read({}, 'ko-KR').language).toBe('ko');
    expect(read({ lang: 'fr' }, 'ko').language).toBe('ko');
  });
});

describe('readMoment', () => {
  it.each([
    ['1500', 1500],
    ['2:56', 176_000],
    ['1:00:01', 3_601_000],
    ['90s', 90_000],
    ['1.5s', 1500],
    ['', undefined],
    ['x', undefined],
    ['99999999999', undefined],
  ])('reads %s', (text, ms) => {
    expect(readMoment(text)).toBe(ms);
  });
});
