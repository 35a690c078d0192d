import { describe, expect, it } from 'vitest';
import type { Deployment } from '../../kube/kinds/deployment.ts';
import type { ReplicaSet } from '../../kube/kinds/replicaSet.ts';
import { type TestWorld, testWorld } from './testWorld.ts';

const web = (replicas: number, image = 'nginx:1', spec: Partial<Deployment['spec']> = {}): Deployment => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'default' },
  spec: {
    replicas,
    selector: { matchLabels: { app: 'web' } },
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
    progressDeadlineSeconds: 600,
    revisionHistoryLimit: 10,
    template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image }] } },
    ...spec,
  },
  status: {},
});

const events = (world: TestWorld) =>
  world
    .log()
    .filter((line) => line.includes('Event '))
    .map((line) => line.replace(/^.*Event /, ''));
const scalings = (world: TestWorld) =>
  events(world).flatMap((text) => /^Scaled (?:up|down) replica set .* from (\d+) to (\d+)$/.exec(text)?.slice(1).join('→') ?? []);
const stored = (world: TestWorld) => world.api.get<Deployment>('Deployment', 'default', 'web') as Deployment;
const edit = (world: TestWorld, spec: Partial<Deployment['spec']>) =>
  world.api.update<Deployment>({ ...stored(world), spec: { ...stored(world).spec, ...spec } });

describe('deployment', () => {
  it('scales up one ReplicaSet and becomes available', () => {
    const world = testWorld();
    world.api.create(web(3));
    world.settle();
    expect(world.pods()).toHaveLength(3);
    expect(stored(world).status).toMatchObject({
      observedGeneration: 1,
      replicas: 3,
      updatedReplicas: 3,
      readyReplicas: 3,
      availableReplicas: 3,
      terminatingReplicas: 0,
    });
    expect(stored(world).status.conditions?.map(({ type, reason }) => `${type} ${reason}`)).toEqual([
      'Available MinimumReplicasAvailable',
      'Progressing NewReplicaSetAvailable',
    ]);
  });

  it('rolls 4 replicas over in the steps that Kubernetes takes', () => {
    const world = testWorld();
    world.api.create(web(4));
    world.settle();
    world.log();
    edit(world, { template: web(4, 'nginx:2').spec.template });
    world.settle();
    expect(scalings(world)).toEqual(['0→1', '4→3', '1→2', '3→2', '2→3', '2→1', '3→4', '1→0']);
    expect(world.pods().map((pod) => pod.spec.containers[0]?.image)).toEqual(Array(4).fill('nginx:2'));
  });

  it('recreates only after the last old pod is gone', () => {
    const world = testWorld();
    world.api.create(web(3, 'nginx:1', { strategy: { type: 'Recreate' } }));
    world.settle();
    world.log();
    edit(world, { template: web(3, 'nginx:2').spec.template });
    world.settle();
    const verbs = world.log().flatMap((line) => / (create|delete) Pod/.exec(line)?.[1] ?? []);
    expect(verbs.lastIndexOf('delete')).toBeLessThan(verbs.indexOf('create'));
    expect(verbs.filter((verb) => verb === 'create')).toHaveLength(3);
  });

  it('scales old and new sets in proportion during a stuck rollout', () => {
    const world = testWorld();
    const strategy = { type: 'RollingUpdate', rollingUpdate: { maxSurge: 3, maxUnavailable: 2 } } as const;
    world.api.create(web(10, 'nginx:1', { strategy }));
    world.settle();
    const { template } = web(10, 'nginx:2').spec;
    edit(world, { template: { ...template, metadata: { ...template.metadata, annotations: { 'never-ready': 'true' } } } });
    world.settle();
    const sizes = () => world.api.list<ReplicaSet>('ReplicaSet').map((set) => set.spec.replicas);
    expect(sizes()).toEqual([8, 5]);
    edit(world, { replicas: 15 });
    world.settle();
    expect(sizes()).toEqual([11, 7]);
    edit(world, { replicas: 6 });
    world.settle();
    expect(sizes()).toEqual([4, 5]);
  });

  it('gives a set that comes back the next revision number', () => {
    const world = testWorld();
    world.api.create(web(1));
    world.settle();
    for (const image of ['nginx:2', 'nginx:3', 'nginx:2']) {
      edit(world, { template: web(1, image).spec.template });
      world.settle();
    }
    const revisions = world.api
      .list<ReplicaSet>('ReplicaSet')
      .map((set) => set.metadata.annotations?.['deployment.kubernetes.io/revision']);
    expect(revisions).toEqual(['1', '4', '3']);
  });

  it('says so when the progress deadline has passed', () => {
    const world = testWorld();
    const deployment = web(2, 'nginx:1', { progressDeadlineSeconds: 20 });
    const template = { ...deployment.spec.template, metadata: { labels: { app: 'web' }, annotations: { 'never-ready': 'true' } } };
    world.api.create({ ...deployment, spec: { ...deployment.spec, template } });
    world.sim.runUntil(30_000);
    expect(stored(world).status.conditions?.at(-1)).toMatchObject({
      type: 'Progressing',
      status: 'False',
      reason: 'ProgressDeadlineExceeded',
    });
  });
});
