import { describe, expect, it } from 'vitest';
import type { Change } from '../../kube/meta.ts';
import { Announcer } from './announcer.ts';

/** Changes whose actors stand for what is said of them; a grave one has a mark of exclamation. */
const changes = ['cut', 'crashed!', 'ready', 'quiet', 'gone'].map((actor) => ({ actor })) as unknown as readonly Change[];

const telling = {
  sentenceFor: ({ actor }: Change) => (actor === 'quiet' ? undefined : { text: actor, isGrave: actor.endsWith('!') }),
  eventCount: (count: number) => `${count} changes.`,
};

function listener() {
  const region = { textContent: '' } as HTMLElement;
  const announcer = new Announcer(region);
  const hear = (seq: number, nowMs: number, isPlaying = true) => {
    region.textContent = '';
    announcer.hear(changes, seq, isPlaying, nowMs, telling);
    return region.textContent;
  };
  hear(0, 0);
  return hear;
}

describe('Announcer', () => {
  it('says the gravest of what happened at once, and how much there was', () => {
    expect(listener()(3, 0)).toBe('crashed! 3 changes.');
  });

  it('says one thing a second, and nothing of what needs no word', () => {
    const hear = listener();
    expect(hear(1, 0)).toBe('cut');
    expect(hear(3, 500)).toBe('');
    expect(hear(4, 1000)).toBe('crashed! 2 changes.');
    expect(hear(4, 3000)).toBe('');
    expect(hear(5, 4000)).toBe('gone');
  });

  it('is silent while one looks back or stands still', () => {
    const hear = listener();
    expect(hear(3, 0, false)).toBe('');
    expect(hear(1, 2000)).toBe('');
  });
});
