import { describe, expect, it } from 'vitest';
import { sceneEn } from '../i18n/en/scene.ts';
import { layoutEmbed, type Moral, type OwnersDrawing } from './embedLayout.ts';
import * as embedOwners from './embedOwners.ts';
import { FrameMaker } from './frame.ts';
import { STILL } from './frameInput.ts';
import type { Mark } from './mark.ts';
import { TestWorld, template } from './testWorld.ts';

const textsOf = (marks: readonly Mark[]): string[] =>
  marks.flatMap(({ text, children }) => [...(text ? [text] : []), ...textsOf(children ?? [])]);

function textsIn(world: TestWorld, width: number, moral?: Moral, drawing?: OwnersDrawing): string[] {
  const layout = layoutEmbed(world.scene(), { width, height: moral ? 354 : 376 }, sceneEn, moral, drawing);
  if (!layout) throw new Error('there is more to show');
  const input = { layout, messages: sceneEn, selection: new Set<string>(), hovered: undefined, focused: undefined, motion: STILL };
  return new FrameMaker().make({ ...input, atMs: 1000 }).flatMap(({ marks }) => textsOf(marks));
}

function textsShown(width: number, podsEach: number): string[] {
  const world = new TestWorld();
  const web = world.replicaSet('web', template('v1'));
  for (const name of ['node-a', 'node-b', 'node-c']) {
    world.node(name);
    for (let i = 0; i < podsEach; i++) world.pod(`web-${name.at(-1)}x${i}z4`, web, name);
  }
  return textsIn(world, width, ['The cutter alone has changed.', 'What is cut stays.']);
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

describe('several owners in a document', () => {
  const world = new TestWorld();
  const web = world.deployment('web', template('v1'));
  const webV1 = world.replicaSet('web-1', template('v1'), web);
  const agent = world.daemonSet('agent', template('v2'), 3);
  for (const name of ['node-a', 'node-b', 'node-c']) {
    world.node(name);
    world.pod(`web-1-x${name.at(-1)}z`, webV1, name);
    world.pod(`agent-y${name.at(-1)}z`, agent, name);
  }
  world.pod('debug', undefined, 'node-a');

  it.each([360, 720])('stand with their names over pods and nodes with theirs, at a width of %i', (width) => {
    const texts = textsIn(world, width, undefined, embedOwners);
    const missing = ['web', 'agent', 'debug', 'node-c', 'xaz', 'ycz'].filter((end) => !texts.some((text) => text.endsWith(end)));
    expect(missing).toEqual([]);
  });

  it('are not drawn before what draws them has come', () => {
    expect(layoutEmbed(world.scene(), { width: 720, height: 354 }, sceneEn, undefined, undefined)).toBeUndefined();
  });
});
