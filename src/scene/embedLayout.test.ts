import { describe, expect, it } from 'vitest';
import { sceneEn } from '../i18n/en/scene.ts';
import { layoutEmbed } from './embedLayout.ts';
import { FrameMaker } from './frame.ts';
import { STILL } from './frameInput.ts';
import type { Mark } from './mark.ts';
import { TestWorld, template } from './testWorld.ts';

const textsOf = (marks: readonly Mark[]): string[] =>
  marks.flatMap(({ text, children }) => [...(text ? [text] : []), ...textsOf(children ?? [])]);

function textsShown(width: number, podsEach: number): string[] {
  const world = new TestWorld();
  const web = world.replicaSet('web', template('v1'));
  for (const name of ['node-a', 'node-b', 'node-c']) {
    world.node(name);
    for (let i = 0; i < podsEach; i++) world.pod(`web-${name.at(-1)}x${i}z4`, web, name);
  }
  const layout = layoutEmbed(
    world.scene(),
    { width, height: 354 },
    sceneEn,
    ['The cutter alone has changed.', 'What is cut stays.'],
    undefined,
  );
  if (!layout) throw new Error('there is more to show');
  const input = { layout, messages: sceneEn, selection: new Set<string>(), hovered: undefined, focused: undefined, motion: STILL };
  return new FrameMaker().make({ ...input, atMs: 1000 }).flatMap(({ marks }) => textsOf(marks));
}

describe('a world in a narrow document', () => {
  it('names its nodes and pods whole, and leaves out that all is well where there is no room', () => {
    const texts = textsShown(360, 2);
    expect(texts).toEqual(expect.arrayContaining(['node-a', 'node-b', 'node-c', 'ax0z4', 'ax1z4', 'cx1z4']));
    expect(texts).not.toContain('Ready');
  });

  it('says that all is well where there is room', () => {
    expect(textsShown(540, 1).filter((text) => text === 'Ready')).toHaveLength(3);
  });
});
