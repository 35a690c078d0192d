import { describe, expect, it } from 'vitest';
import type { Event } from '../../kube/kinds/event.ts';
import type { Pod, PodSpec } from '../../kube/kinds/pod.ts';
import type { ReplicaSet } from '../../kube/kinds/replicaSet.ts';
import { conditionOf, controllerOf, toTimestamp } from '../../kube/meta.ts';
import { podsToDelete } from './podRanking.ts';
import { type TestWorld, testWorld } from './testWorld.ts';

const web = (replicas: number, spec: Partial<PodSpec> = {}): ReplicaSet => ({
  apiVersion: 'apps/v1',
  kind: 'ReplicaSet',
  metadata: { name: 'web', namespace: 'default' },
  spec: {
    replicas,
    selector: { matchLabels: { app: 'web' } },
    template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'nginx:1' }], ...spec } },
  },
  status: {},
});

const naked = (name: string): Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'default', labels: { app: 'web' } },
  spec: { containers: [{ name: 'web', image: 'old:1' }] },
  status: {},
});

const stored = (world: TestWorld) => world.api.get<ReplicaSet>('ReplicaSet', 'default', 'web') as ReplicaSet;
const owners = (world: TestWorld) => world.pods().map((pod) => controllerOf(pod)?.name);

describe('replicaSet', () => {
  it('replaces a deleted pod', () => {
    const world = testWorld();
    world.api.create(web(3));
    world.settle();
    const [first] = world.pods().map(({ metadata }) => metadata.name);
    world.api.delete('Pod', 'default', first ?? '');
    world.settle();
    expect(world.pods()).toHaveLength(3);
    expect(world.pods().map(({ metadata }) => metadata.name)).not.toContain(first);
    expect(stored(world).status).toMatchObject({ replicas: 3, readyReplicas: 3, availableReplicas: 3, terminatingReplicas: 0 });
  });

  it('never touches its pods when its template is edited', () => {
    const world = testWorld();
    world.api.create(web(2));
    world.settle();
    const before = world.pods();
    const { template } = web(2, { containers: [{ name: 'web', image: 'nginx:2' }] }).spec;
    world.api.update<ReplicaSet>({ ...stored(world), spec: { ...stored(world).spec, template } });
    world.settle();
    expect(world.pods()).toEqual(before);
  });

  it('lets go of a pod whose labels it no longer selects, and fills the gap', () => {
    const world = testWorld();
    world.api.create(web(2));
    world.settle();
    const [pod] = world.pods() as [Pod];
    world.api.update<Pod>({ ...pod, metadata: { ...pod.metadata, labels: { app: 'debug' } } });
    world.settle();
    expect(owners(world)).toEqual([undefined, 'web', 'web']);
  });

  it('adopts pods that match and nobody owns, and deletes those that are too many', () => {
    const world = testWorld();
    for (const name of ['old-1', 'old-2', 'old-3']) world.api.create(naked(name));
    world.settle();
    world.api.create(web(2));
    world.settle();
    expect(owners(world)).toEqual(['web', 'web']);
    expect(world.pods().map(({ spec }) => spec.containers[0]?.image)).toEqual(['old:1', 'old:1']);
    world.api.create(naked('late'));
    world.settle();
    expect(world.pods().map(({ metadata }) => metadata.name)).not.toContain('late');
  });

  it('says why it cannot create pods, and creates them when it can', () => {
    const world = testWorld();
    world.api.create(web(4, { serviceAccountName: 'builder' }));
    world.settle();
    const message = expect.stringMatching(/^pods "web-.{5}" is forbidden: error looking up service account default\/builder: /);
    expect(conditionOf(stored(world).status.conditions, 'ReplicaFailure')).toMatchObject({
      status: 'True',
      reason: 'FailedCreate',
      message,
    });
    const told = world.api.list<Event>('Event').filter(({ reason }) => reason === 'FailedCreate');
    expect(told[0]?.message).toMatch(/^Error creating: pods "web-/);
    world.api.create({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'builder', namespace: 'default' } });
    world.sim.runUntil(world.sim.nowMs + 180_000);
    expect(stored(world).status).toMatchObject({ replicas: 4, readyReplicas: 4 });
    expect(stored(world).status.conditions).toBeUndefined();
  });

  it('counts a pod as available only after minReadySeconds', () => {
    const world = testWorld();
    world.api.create<ReplicaSet>({ ...web(1), spec: { ...web(1).spec, minReadySeconds: 10 } });
    world.sim.runUntil(5000);
    expect(stored(world).status).toMatchObject({ readyReplicas: 1 });
    expect(stored(world).status.availableReplicas).toBeUndefined();
    world.sim.runUntil(15_000);
    expect(stored(world).status).toMatchObject({ availableReplicas: 1 });
  });
});

describe('podsToDelete', () => {
  const nowMs = 1_000_000;
  interface Traits {
    readonly node?: string;
    readonly phase?: 'Pending' | 'Running';
    readonly readyMs?: number;
    readonly cost?: string;
    readonly restarts?: number;
    readonly createdMs?: number;
  }
  const pod = (name: string, traits: Traits): Pod => {
    const { node = 'node-1', phase = 'Running', readyMs, cost, restarts = 0, createdMs = 0 } = traits;
    const annotations = cost === undefined ? {} : { annotations: { 'controller.kubernetes.io/pod-deletion-cost': cost } };
    const ready = readyMs === undefined ? 'False' : 'True';
    const container = { name: 'web', state: {}, lastState: {}, ready: true, restartCount: restarts, image: 'a', imageID: '' };
    return {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, uid: name, creationTimestamp: toTimestamp(createdMs), ...annotations },
      spec: { containers: [], ...(node ? { nodeName: node } : {}) },
      status: {
        phase,
        conditions: [{ type: 'Ready', status: ready, lastTransitionTime: toTimestamp(readyMs ?? 0) }],
        containerStatuses: [container],
      },
    };
  };
  const ready = { readyMs: 100_000 };

  it.each([
    ['RS1: unassigned before assigned', pod('goes', { node: '', phase: 'Pending' }), pod('stays', { phase: 'Pending' })],
    ['RS2: pending before running', pod('goes', { phase: 'Pending' }), pod('stays', {})],
    ['RS3: unready before ready', pod('goes', {}), pod('stays', ready)],
    ['RS4: the cheaper first', pod('goes', { ...ready, cost: '-5' }), pod('stays', { readyMs: 900_000 })],
    ['RS6: ready for a shorter time first', pod('goes', { readyMs: 900_000 }), pod('stays', ready)],
    ['RS7: more restarts first', pod('goes', { ...ready, restarts: 2 }), pod('stays', { ...ready, createdMs: 990_000 })],
    ['RS8: younger first', pod('goes', { ...ready, createdMs: 990_000 }), pod('stays', ready)],
  ])('%s', (_rule, goes, stays) => {
    expect(podsToDelete([stays, goes], [], 1, nowMs)).toEqual([goes]);
    expect(podsToDelete([goes, stays], [], 1, nowMs)).toEqual([goes]);
  });

  it('RS5: the one with more relatives on its node first', () => {
    const goes = pod('goes', { ...ready, node: 'node-2' });
    const stays = pod('stays', { readyMs: 900_000 });
    const relatives = [pod('a', { node: 'node-2' }), pod('b', { node: 'node-2' }), pod('c', {})];
    expect(podsToDelete([stays, goes], relatives, 1, nowMs)).toEqual([goes]);
  });

  it('takes ages that are about the same for the same', () => {
    const older = pod('a', { readyMs: 100_000 });
    const younger = pod('b', { readyMs: 110_000 });
    expect(podsToDelete([younger, older], [], 1, nowMs)).toEqual([older]);
  });
});
