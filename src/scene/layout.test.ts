import { describe, expect, it } from 'vitest';
import { sceneEn } from '../i18n/en/scene.ts';
import { FrameMaker } from './frame.ts';
import { STILL } from './frameInput.ts';
import type { Rect } from './item.ts';
import { type Layout, layoutStage } from './layout.ts';
import { nearest, targetsOf } from './pick.ts';
import { PENDING, TestWorld, template } from './testWorld.ts';

const SIZES = [
  [360, 640],
  [390, 476],
  [720, 312],
  [768, 900],
  [900, 552],
  [1000, 704],
  [1440, 900],
] as const;

/** Nodes, pods on each, whether by a Deployment. */
const WORLDS = [
  [1, 1, false],
  [3, 2, false],
  [3, 4, true],
  [5, 7, true],
  [12, 9, true],
  [40, 8, false],
] as const;

function world(nodes: number, podsEach: number, isDeployment: boolean): TestWorld {
  const made = new TestWorld();
  const web = isDeployment ? made.deployment('web', template('v1')) : undefined;
  const copy = made.replicaSet('web-1', template('v1'), web);
  for (let n = 0; n < nodes; n++) {
    const node = made.node(`node-${n}`);
    for (let p = 0; p < podsEach; p++) made.pod(`web-1-${n}x${p}`, copy, node.metadata.name);
  }
  return made;
}

function overlap(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width - 0.1 && b.x < a.x + a.width - 0.1 && a.y < b.y + b.height - 0.1 && b.y < a.y + a.height - 0.1;
}

function regionsOf({ cards, lane, trays }: Layout): Rect[] {
  return [...cards.map(({ rect }) => rect), lane.rect, ...trays.map(({ rect }) => rect)];
}

describe('a stage', () => {
  for (const [width, height] of SIZES) {
    for (const [nodes, podsEach, isDeployment] of WORLDS) {
      it(`of ${width} by ${height} holds ${nodes} nodes with ${podsEach} pods each apart from one another`, () => {
        const layout = layoutStage(world(nodes, podsEach, isDeployment).scene(), { width, height }, sceneEn);
        const regions = regionsOf(layout);
        const overlapping = regions.flatMap((a, i) => regions.slice(i + 1).flatMap((b) => (overlap(a, b) ? [[a, b]] : [])));
        expect(overlapping).toEqual([]);
        for (const { x, y, width: w, height: h } of regions) {
          expect(x).toBeGreaterThanOrEqual(0);
          expect(x + w).toBeLessThanOrEqual(width + 0.1);
          expect(y + h).toBeLessThanOrEqual(layout.content.height + 0.1);
        }
        for (const { tray, rect } of layout.trays) {
          for (const { key } of tray.pods) {
            const { x, y, d } = layout.pods.get(key) ?? { x: 0, y: 0, d: 0 };
            expect(x - d / 2).toBeGreaterThanOrEqual(rect.x - 0.1);
            expect(x + d / 2).toBeLessThanOrEqual(rect.x + rect.width + 0.1);
            expect(y - d / 2).toBeGreaterThanOrEqual(rect.y - 0.1);
            expect(y + d / 2).toBeLessThanOrEqual(rect.y + rect.height + 0.1);
          }
        }
      });
    }
  }

  it('draws one thread per pod from its pip, and none from a cutter', () => {
    const layout = layoutStage(world(3, 2, false).scene(), { width: 1000, height: 704 }, sceneEn);
    expect(layout.threads.size).toBe(6);
    const cutter = layout.cutters[0];
    for (const [key, { open }] of layout.threads) {
      expect(open.startsWith(`M${layout.pips.get(key)?.x} `)).toBe(true);
      expect(Math.abs((layout.pips.get(key)?.x ?? 0) - (cutter?.x ?? 0))).toBeGreaterThan((cutter?.d ?? 0) / 2);
    }
  });

  it('keeps the pips of a DaemonSet in the order of the nodes, and says that it wants one on each', () => {
    const made = new TestWorld();
    for (const name of ['node-1', 'node-2', 'node-3']) made.node(name);
    const agent = made.daemonSet('agent', template('v1'), 3);
    made.pod('agent-c', agent, 'node-3');
    made.pod('agent-a', agent, 'node-1');
    const waiting = made.pod('agent-b', agent, undefined, PENDING);
    const matchFields = [{ key: 'metadata.name', operator: 'In', values: ['node-2'] } as const];
    const required = { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchFields }] } };
    made.put({ ...waiting, spec: { ...waiting.spec, affinity: { nodeAffinity: required } } });
    const layout = layoutStage(made.scene(), { width: 1440, height: 900 }, sceneEn);
    const pips = [...layout.pips.values()].map(({ pod, x }) => ({ name: pod.name, x })).sort((a, b) => a.x - b.x);
    expect(pips.map(({ name }) => name)).toEqual(['agent-a', 'agent-b', 'agent-c']);
    expect(JSON.stringify(layout.items)).toContain('1 per node,');
  });

  it('gives the painter the same items while nothing changes', () => {
    const layout = layoutStage(world(3, 2, false).scene(), { width: 1000, height: 704 }, sceneEn);
    const maker = new FrameMaker();
    const input = { layout, messages: sceneEn, selection: new Set<string>(), hovered: undefined, focused: undefined, motion: STILL };
    const before = maker.make({ ...input, atMs: 1000 });
    const after = maker.make({ ...input, atMs: 1016 });
    expect(after.every((item, i) => item === before[i])).toBe(true);
  });

  it('leads the arrow keys to the nearest object', () => {
    const layout = layoutStage(world(3, 2, false).scene(), { width: 1000, height: 704 }, sceneEn);
    const targets = targetsOf(layout);
    const first = targets.find(({ key }) => key.endsWith('web-1-0x0'));
    const right = first && nearest(targets, first, 'right');
    expect(right?.key).toContain('web-1-0x1');
    expect(right && nearest(targets, right, 'up')?.key).toBe('Node//node-0');
  });
});
