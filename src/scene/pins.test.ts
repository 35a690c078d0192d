import { describe, expect, it } from 'vitest';
import { sceneEn } from '../i18n/en/scene.ts';
import type { Layout } from './layout.ts';
import { lookOfLetter } from './looks.ts';
import type { Mark } from './mark.ts';
import { pinItems } from './pins.ts';

/** Two pods of 48 px on one tray, so far from each other. */
const layout = (apart: number) =>
  ({
    isPhone: false,
    size: { width: 400, height: 300 },
    trays: [{ tray: { name: 'node-a' }, rect: { x: 0, y: 0, width: 400, height: 300 } }],
    pods: {
      list: [100, 100 + apart].map((x) => ({ pod: { key: `Pod/default/p${x}`, pod: { spec: { nodeName: 'node-a' } } }, x, y: 100, d: 48 })),
    },
  }) as unknown as Layout;

function plate(apart: number, isRight?: boolean) {
  const pin = { look: lookOfLetter('A'), state: { name: 'ready' }, isRight } as const;
  const [item] = pinItems(layout(apart), new Map([['Pod/default/p100', pin]]), sceneEn);
  const marks = item?.marks ?? [];
  const { attrs } = marks.find(({ tag }) => tag === 'rect') as Mark;
  return { end: Number(attrs['x']) + Number(attrs['width']), hasGlyph: marks.some(({ tag }) => tag === 'g') };
}

describe('pinItems', () => {
  it('bears the guess, and with room the verdict beside it', () => {
    expect(plate(80)).toEqual({ end: 52, hasGlyph: true });
    expect(plate(110, true)).toEqual({ end: 74, hasGlyph: true });
  });

  it('bears the verdict alone where the next pod is near', () => {
    expect(plate(70, false)).toEqual({ end: 46, hasGlyph: false });
  });
});
