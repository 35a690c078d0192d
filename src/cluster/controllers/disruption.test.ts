import { describe, expect, it } from 'vitest';
import type { Event } from '../../kube/kinds/event.ts';
import type { Pod } from '../../kube/kinds/pod.ts';
import type { PodDisruptionBudget } from '../../kube/kinds/podDisruptionBudget.ts';
import { conditionOf, controllerRefTo } from '../../kube/meta.ts';
import { evict } from '../eviction.ts';
import { type TestWorld, testWorld } from './testWorld.ts';

const web = (replicas: number) => {
  const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'nginx:1' }] } };
  const spec = { replicas, selector: { matchLabels: { app: 'web' } }, template };
  return { apiVersion: 'apps/v1', kind: 'ReplicaSet', metadata: { name: 'web', namespace: 'default' }, spec };
};

const budget = (spec: PodDisruptionBudget['spec'], name = 'web') => ({
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget' as const,
  metadata: { name, namespace: 'default' },
  spec: { selector: { matchLabels: { app: 'web' } }, ...spec },
});

const statusOf = (world: TestWorld) => (world.api.get('PodDisruptionBudget', 'default', 'web') as PodDisruptionBudget).status;
const events = (world: TestWorld, reason: string) => world.api.list<Event>('Event').filter((event) => event.reason === reason);

function worldWith(replicas: number, spec: PodDisruptionBudget['spec']): TestWorld {
  const world = testWorld();
  world.api.create(web(replicas));
  world.api.create(budget(spec));
  world.settle();
  return world;
}

describe('disruption', () => {
  it.each([
    ['a number of available pods', 4, { minAvailable: 3 }, { expectedPods: 4, desiredHealthy: 3, disruptionsAllowed: 1 }],
    ['a share of available pods, rounded up', 5, { minAvailable: '50%' }, { expectedPods: 5, desiredHealthy: 3, disruptionsAllowed: 2 }],
    ['a number of missing pods', 4, { maxUnavailable: 1 }, { expectedPods: 4, desiredHealthy: 3, disruptionsAllowed: 1 }],
    ['a share of missing pods, rounded up', 5, { maxUnavailable: '30%' }, { expectedPods: 5, desiredHealthy: 3, disruptionsAllowed: 2 }],
    ['more than there are', 2, { minAvailable: 3 }, { expectedPods: 2, desiredHealthy: 3, disruptionsAllowed: 0 }],
  ])('counts %s', (_, replicas, spec, expected) => {
    const status = statusOf(worldWith(replicas, spec));
    expect(status).toMatchObject({ ...expected, currentHealthy: replicas, observedGeneration: 1 });
    const isAllowed = expected.disruptionsAllowed > 0;
    expect(conditionOf(status.conditions, 'DisruptionAllowed')).toMatchObject({
      status: isAllowed ? 'True' : 'False',
      reason: isAllowed ? 'SufficientPods' : 'InsufficientPods',
    });
  });

  it('allows nothing and says so while it has no pods', () => {
    const world = testWorld();
    world.api.create(budget({ minAvailable: 0 }));
    world.settle();
    expect(statusOf(world)).toMatchObject({ expectedPods: 0, disruptionsAllowed: 0 });
    expect(events(world, 'NoPods')).toMatchObject([{ message: 'No matching pods found', source: { component: 'controllermanager' } }]);
  });

  it('fails safe where it is not known how many pods there should be', () => {
    const world = testWorld();
    const map = world.api.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'odd', namespace: 'default' } });
    const owner = controllerRefTo(map);
    const pod = { apiVersion: 'v1', kind: 'Pod', spec: { containers: [{ name: 'c', image: 'nginx:1' }] }, status: {} } as const;
    world.api.create<Pod>(
      { ...pod, metadata: { name: 'p', namespace: 'default', labels: { app: 'web' }, ownerReferences: [owner] } },
      { trusted: true },
    );
    world.api.create(budget({ maxUnavailable: 1 }));
    world.settle();
    expect(conditionOf(statusOf(world).conditions, 'DisruptionAllowed')).toMatchObject({ status: 'False', reason: 'SyncFailed' });
    expect(events(world, 'CalculateExpectedPodCountFailed').length).toBeGreaterThan(0);
  });
});

describe('evict', () => {
  it('spends the budget, and refuses in the words of the server once it is spent', () => {
    const world = worldWith(3, { minAvailable: 2 });
    const [first, second] = world.pods().map(({ metadata }) => metadata.name) as [string, string];
    evict(world.api, 'default', first);
    expect(statusOf(world)).toMatchObject({ disruptionsAllowed: 0, disruptedPods: { [first]: expect.any(String) } });
    expect(() => evict(world.api, 'default', second)).toThrow("Cannot evict pod as it would violate the pod's disruption budget.");
    world.settle();
    expect(statusOf(world)).toMatchObject({ disruptionsAllowed: 1, currentHealthy: 3 });
    expect(statusOf(world).disruptedPods).toBeUndefined();
  });

  it('refuses a pod with two budgets', () => {
    const world = worldWith(3, { minAvailable: 1 });
    world.api.create(budget({ minAvailable: 1 }, 'other'));
    world.settle();
    const [pod] = world.pods() as [Pod];
    expect(() => evict(world.api, 'default', pod.metadata.name)).toThrow('This pod has more than one PodDisruptionBudget');
  });
});
