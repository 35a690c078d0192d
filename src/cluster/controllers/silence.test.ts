import { describe, expect, it } from 'vitest';
import { listControllers } from './index.ts';
import { testWorld } from './testWorld.ts';

describe('controllers', () => {
  it.each(listControllers().map(({ name }) => name))('%s falls silent when nothing moves', (name) => {
    const world = testWorld();
    const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'nginx:1' }] } };
    const spec = { replicas: 3, selector: { matchLabels: { app: 'web' } }, template };
    const strategy = { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } };
    const metadata = { name: 'web', namespace: 'default' };
    world.api.create({ apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: { ...spec, strategy }, status: {} });
    world.api.create({
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: { ...metadata, name: 'lone' },
      spec: { ...spec, selector: { matchLabels: { app: 'lone' } }, template: { ...template, metadata: { labels: { app: 'lone' } } } },
      status: {},
    });
    world.settle();
    const quietSeq = world.api.history.seq;
    expect(quietSeq).toBeGreaterThan(0);
    const controller = listControllers().find((one) => one.name === name);
    expect(controller).toBeDefined();
    world.sim.runUntil(world.sim.nowMs + 3_600_000);
    expect(world.api.history.seq).toBe(quietSeq);
  });
});
