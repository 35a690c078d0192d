import { describe, expect, it } from 'vitest';
import type { Namespace } from '../../kube/kinds/event.ts';
import type { Pod } from '../../kube/kinds/pod.ts';
import type { ReplicaSet } from '../../kube/kinds/replicaSet.ts';
import { controllerOf, type KubeObject } from '../../kube/meta.ts';
import { testWorld } from './testWorld.ts';

const web = (kind: 'Deployment' | 'ReplicaSet', namespace = 'default') =>
  ({
    apiVersion: 'apps/v1',
    kind,
    metadata: { name: 'web', namespace },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: 'web' } },
      template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'nginx:1' }] } },
    },
    status: {},
  }) as KubeObject;

describe('garbageCollector', () => {
  it('deletes the sets and pods of a deleted Deployment', () => {
    const world = testWorld();
    world.api.create(web('Deployment'));
    world.settle();
    expect(world.pods()).toHaveLength(2);
    world.api.delete('Deployment', 'default', 'web', { propagationPolicy: 'Background' });
    world.settle();
    expect([world.api.count('Deployment'), world.api.count('ReplicaSet'), world.pods().length]).toEqual([0, 0, 0]);
  });

  it('keeps the owner until its blocking dependents are gone, in the foreground', () => {
    const world = testWorld();
    world.api.create(web('Deployment'));
    world.settle();
    world.api.delete('Deployment', 'default', 'web', { propagationPolicy: 'Foreground' });
    world.log();
    world.settle();
    const gone = world.log().flatMap((line) => / delete (Deployment|ReplicaSet|Pod)\//.exec(line)?.[1] ?? []);
    expect([world.api.count('Deployment'), world.api.count('ReplicaSet'), world.pods().length]).toEqual([0, 0, 0]);
    expect(gone.lastIndexOf('Pod')).toBeLessThan(gone.lastIndexOf('ReplicaSet') + 1);
    expect(gone.at(-1)).toBe('Deployment');
  });

  it('leaves orphans, which a new owner adopts', () => {
    const world = testWorld();
    world.api.create(web('ReplicaSet'));
    world.settle();
    world.api.delete('ReplicaSet', 'default', 'web', { propagationPolicy: 'Orphan' });
    world.settle();
    expect(world.pods().map(controllerOf)).toEqual([undefined, undefined]);
    const before = world.pods().map(({ metadata }) => metadata.name);
    const again = world.api.create(web('ReplicaSet')) as ReplicaSet;
    world.settle();
    expect(world.pods().map(({ metadata }) => metadata.name)).toEqual(before);
    expect(world.pods().map((pod) => controllerOf(pod)?.uid)).toEqual([again.metadata.uid, again.metadata.uid]);
  });

  it('deletes what is born without its owner', () => {
    const world = testWorld();
    const ownerReferences = [{ apiVersion: 'v1', kind: 'Pod', name: 'ghost', uid: '1' }];
    const metadata = { name: 'lost', namespace: 'default', ownerReferences };
    world.api.create<Pod>({ apiVersion: 'v1', kind: 'Pod', metadata, spec: { containers: [{ name: 'a', image: 'b' }] }, status: {} });
    world.settle();
    expect(world.pods()).toEqual([]);
  });
});

describe('namespace', () => {
  it('empties a namespace before it goes', () => {
    const world = testWorld();
    world.api.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } });
    world.api.create(web('Deployment', 'shop'));
    world.settle();
    world.api.delete('Namespace', undefined, 'shop');
    expect(world.api.get<Namespace>('Namespace', undefined, 'shop')?.status.phase).toBe('Terminating');
    world.sim.runUntil(world.sim.nowMs + 30_000);
    expect(world.api.get('Namespace', undefined, 'shop')).toBeUndefined();
    expect([world.api.count('Deployment'), world.api.count('ReplicaSet'), world.pods().length]).toEqual([0, 0, 0]);
  });
});
