// More nodes than trays: one mark a node, in its zone, coloured by what is asked for; closer by, its pods.
import { describe, expect, it } from 'vitest';
import { sceneEn } from '../i18n/en/scene.ts';
import { FrameMaker } from './frame.ts';
import { STILL } from './frameInput.ts';
import { heatOf, stepFill } from './heat.ts';
import { layoutStage } from './layout.ts';
import { targetsOf, traysNear } from './pick.ts';
import { PENDING, READY, TestWorld, template } from './testWorld.ts';
import { HEAT_FROM } from './trayLayout.ts';

const SIZE = { width: 1000, height: 700 };
const NOTHING: ReadonlySet<string> = new Set();

function manyNodes(count: number) {
  const world = new TestWorld();
  for (let i = 0; i < count; i++) {
    const node = world.node(`node-${i}`);
    world.put({ ...node, metadata: { ...node.metadata, labels: { 'topology.kubernetes.io/zone': i % 2 ? 'b' : 'a' } } });
  }
  const web = world.replicaSet('web', template('v1'));
  for (const i of [0, 1, 2]) world.pod(`old-${i}`, web, 'node-0', READY);
  const edited = world.retemplate(web, template('v2'));
  world.pod('new-0', edited, 'node-0', READY);
  world.pod('new-1', edited, 'node-1', PENDING);
  return { world, scene: world.scene() };
}

function frameOf(scene: ReturnType<TestWorld['scene']>, zoom = 1) {
  const layout = layoutStage(scene, SIZE, sceneEn, heatOf(scene, 'template', NOTHING));
  const input = { messages: sceneEn, atMs: 0, selection: NOTHING, hovered: undefined, focused: undefined, motion: STILL };
  return { layout, items: new FrameMaker().make({ layout, ...input, zoom }) };
}

describe('the heat-map', () => {
  it('draws a mark for each node and no pod, inside the stage', () => {
    const { scene } = manyNodes(HEAT_FROM);
    const { layout, items } = frameOf(scene);
    expect(items.filter(({ id }) => id.startsWith('tray:'))).toHaveLength(HEAT_FROM);
    expect(items.filter(({ id }) => id.startsWith('pod:'))).toHaveLength(0);
    for (const { rect } of layout.trays) {
      expect(rect.x + rect.width).toBeLessThanOrEqual(SIZE.width);
      expect(rect.y + rect.height).toBeLessThanOrEqual(SIZE.height);
    }
  });

  it('says by colour and by corners how much of a node is of the new template', () => {
    const { scene } = manyNodes(HEAT_FROM);
    const { layout, items } = frameOf(scene);
    const looks = layout.heat?.looks;
    if (!looks) throw new Error('no looks');
    const markOf = (node: string) => items.find(({ id }) => id === `tray:Node//${node}`)?.marks[0]?.attrs ?? {};
    expect([markOf('node-0')['fill'], markOf('node-1')['fill']]).toEqual([stepFill(looks, 2), stepFill(looks, 8)]);
    expect(Number(markOf('node-0')['rx'])).toBeGreaterThan(Number(markOf('node-1')['rx']));
  });

  it('shows the pods of a node that is looked at closely', () => {
    const { scene } = manyNodes(HEAT_FROM);
    const { items } = frameOf(scene, 4);
    const close = items.find(({ id }) => id === 'tray:Node//node-0');
    expect(JSON.stringify(close?.marks)).toContain('"data-key":"Pod/default/old-2"');
  });

  it('has every node as a stop, and finds those around a point', () => {
    const { scene } = manyNodes(HEAT_FROM);
    const { layout } = frameOf(scene);
    expect(targetsOf(layout).filter(({ region }) => region === 'trays')).toHaveLength(HEAT_FROM);
    const first = layout.trays[0]?.rect;
    const near = traysNear(layout, [first?.x ?? 0, first?.y ?? 0], 9).map(({ tray }) => tray.name);
    expect(near).toHaveLength(9);
    expect(near).toContain('node-0');
  });
});
