import { describe, expect, it } from 'vitest';
import type { StatefulSet } from '../../kube/kinds/statefulSet.ts';
import type { KubeObject } from '../../kube/meta.ts';
import { type TestWorld, testWorld } from './testWorld.ts';

const template = (image: string, app: string) => ({ metadata: { labels: { app } }, spec: { containers: [{ name: 'web', image }] } });

const db = (spec: Partial<StatefulSet['spec']> = {}): StatefulSet => ({
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name: 'db', namespace: 'default' },
  spec: {
    replicas: 3,
    serviceName: 'db',
    selector: { matchLabels: { app: 'db' } },
    template: template('nginx:1', 'db'),
    updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } },
    ...spec,
  },
  status: {},
});

/** What was created and asked to be deleted, in order, as `+db-0` and `-db-2`; what ended by itself does not show. */
function story(world: TestWorld): string[] {
  return world.log().flatMap((line) => {
    const [, actor, verb, key = ''] = line.split(' ');
    if (!actor?.endsWith('-controller') || !key.startsWith('Pod/')) return [];
    return verb === 'create' ? `+${key.slice(12)}` : verb === 'delete' ? `-${key.slice(12)}` : [];
  });
}
const images = (world: TestWorld) => world.pods().map(({ spec }) => spec.containers[0]?.image);
const edit = <T extends KubeObject>(world: TestWorld, kind: T['kind'], name: string, spec: object) => {
  const object = world.api.get<T>(kind, 'default', name) as T;
  world.api.update<T>({ ...object, spec: { ...(object.spec as object), ...spec } });
};

describe('statefulSet', () => {
  it('makes its pods in order and takes them away in the opposite order', () => {
    const world = testWorld();
    world.api.create(db());
    world.settle();
    expect(story(world)).toEqual(['+db-0', '+db-1', '+db-2']);
    expect(world.api.get<StatefulSet>('StatefulSet', 'default', 'db')?.status).toMatchObject({
      replicas: 3,
      readyReplicas: 3,
      availableReplicas: 3,
    });
    edit<StatefulSet>(world, 'StatefulSet', 'db', { replicas: 1 });
    world.settle();
    expect(story(world)).toEqual(['-db-2', '-db-1']);
  });

  it('gives a lost pod its name and its claim again', () => {
    const world = testWorld();
    const claim = { metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } };
    world.api.create(db({ replicas: 2, volumeClaimTemplates: [claim] }));
    world.settle();
    const claims = () => world.api.list<KubeObject>('PersistentVolumeClaim').map(({ metadata }) => `${metadata.name} ${metadata.uid}`);
    const before = claims();
    expect(before.map((text) => text.split(' ')[0])).toEqual(['data-db-0', 'data-db-1']);
    world.api.delete('Pod', 'default', 'db-0');
    world.settle();
    expect(
      world
        .pods()
        .map(({ metadata }) => metadata.name)
        .sort(),
    ).toEqual(['db-0', 'db-1']);
    expect(claims()).toEqual(before);
  });

  it('updates from the last to the first, down to the partition', () => {
    const world = testWorld();
    world.api.create(db({ updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 1 } } }));
    world.settle();
    world.log();
    edit<StatefulSet>(world, 'StatefulSet', 'db', { template: template('nginx:2', 'db') });
    world.settle();
    expect(story(world)).toEqual(['-db-2', '+db-2', '-db-1', '+db-1']);
    expect(images(world).map(String).sort()).toEqual(['nginx:1', 'nginx:2', 'nginx:2']);
  });

  it('makes all at once when told to', () => {
    const world = testWorld();
    world.api.create(db({ podManagementPolicy: 'Parallel' }));
    world.sim.runUntil(500);
    expect(world.pods()).toHaveLength(3);
  });

  it('tells its status even where no pod can be made', () => {
    const world = testWorld();
    const { metadata, spec } = template('nginx:1', 'db');
    world.api.create(db({ template: { metadata, spec: { ...spec, serviceAccountName: 'nobody' } } }));
    world.sim.runUntil(5000);
    const { status } = world.api.get<StatefulSet>('StatefulSet', 'default', 'db') as StatefulSet;
    expect(status).toMatchObject({ observedGeneration: 1, replicas: 0, collisionCount: 0, availableReplicas: 0 });
    expect(status.currentRevision).toBe(status.updateRevision);
  });
});
