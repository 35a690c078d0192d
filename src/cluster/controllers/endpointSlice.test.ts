import { describe, expect, it } from 'vitest';
import type { Pod } from '../../kube/kinds/pod.ts';
import type { EndpointSlice, ServiceSpec } from '../../kube/kinds/service.ts';
import { toTimestamp } from '../../kube/meta.ts';
import { type TestWorld, testWorld } from './testWorld.ts';

function worldWith(spec: ServiceSpec, name = 'web'): TestWorld {
  const world = testWorld();
  world.api.create({ apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: 'default' }, spec });
  world.settle();
  return world;
}

const toWeb: ServiceSpec = { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }] };

/** A pod with an address, which nobody starts or ends. */
function addPod(
  world: TestWorld,
  name: string,
  { ready = true, labels = { app: 'web' }, ...spec }: Partial<Pod['spec']> & { ready?: boolean; labels?: Record<string, string> } = {},
): Pod {
  const { api } = world;
  const containers = [{ name: 'c', image: 'nginx:1', ports: [{ name: 'http', containerPort: 9090 }] }];
  const metadata = { name, namespace: 'default', labels, annotations: { 'never-ready': 'true' } };
  const pod = api.create<Pod>({ apiVersion: 'v1', kind: 'Pod', metadata, spec: { nodeName: 'node-1', containers, ...spec }, status: {} });
  const condition = { type: 'Ready', status: ready ? 'True' : 'False', lastTransitionTime: toTimestamp(0) } as const;
  return api.updateStatus<Pod>({
    ...pod,
    status: { phase: 'Running', podIP: `10.244.1.${pod.metadata.uid?.slice(9, 13)}`, conditions: [condition] },
  });
}

const slices = (world: TestWorld) =>
  world.api.list<EndpointSlice>('EndpointSlice').filter(({ metadata }) => metadata.name !== 'kubernetes');
const conditions = (world: TestWorld) =>
  slices(world)
    .flatMap(({ endpoints }) => endpoints ?? [])
    .map((endpoint) => [endpoint.targetRef?.name, endpoint.conditions]);

describe('endpointSlice', () => {
  it('makes one empty slice for a service without pods, and none without a selector', () => {
    expect(slices(worldWith(toWeb))).toMatchObject([
      { endpoints: null, ports: null, metadata: { ownerReferences: [{ kind: 'Service', name: 'web' }] } },
    ]);
    expect(slices(worldWith({ ports: [{ port: 80 }] }))).toEqual([]);
  });

  it('follows readiness and termination', () => {
    const world = worldWith(toWeb);
    addPod(world, 'a');
    addPod(world, 'b', { ready: false });
    addPod(world, 'other', { labels: { app: 'other' } });
    world.settle();
    expect(conditions(world)).toEqual([
      ['a', { ready: true, serving: true, terminating: false }],
      ['b', { ready: false, serving: false, terminating: false }],
    ]);
    world.api.delete('Pod', 'default', 'a');
    world.sim.runUntil(world.sim.nowMs + 500);
    expect(conditions(world)[0]).toEqual(['a', { ready: false, serving: true, terminating: true }]);
    world.settle();
    expect(conditions(world)).toHaveLength(1);
  });

  it('moves to other pods in place when the selector changes', () => {
    const world = worldWith(toWeb);
    addPod(world, 'blue');
    addPod(world, 'green', { labels: { app: 'green' } });
    world.settle();
    const [before] = slices(world);
    world.api.patch('Service', 'default', 'web', { spec: { selector: { app: 'green' } } }, 'merge');
    world.settle();
    expect(slices(world).map(({ metadata }) => metadata.name)).toEqual([before?.metadata.name]);
    expect(conditions(world).map(([name]) => name)).toEqual(['green']);
  });

  it('finds ports by their names, pod by pod', () => {
    const world = worldWith({ selector: { app: 'web' }, ports: [{ name: 'web', port: 80, targetPort: 'http' }] });
    addPod(world, 'named');
    addPod(world, 'nameless', { containers: [{ name: 'c', image: 'nginx:1' }] });
    world.settle();
    expect(slices(world).map(({ ports, endpoints }) => [ports, endpoints?.length])).toEqual(
      expect.arrayContaining([
        [[{ name: 'web', protocol: 'TCP', port: 9090 }], 1],
        [null, 1],
      ]),
    );
  });

  it('holds a hundred endpoints a slice, and fills the gaps first', () => {
    const world = worldWith(toWeb);
    for (let i = 0; i < 205; i++) addPod(world, `p${i}`);
    world.settle();
    expect(slices(world).map(({ endpoints }) => endpoints?.length)).toEqual([100, 100, 5]);
    world.api.delete('Pod', 'default', 'p0', { gracePeriodSeconds: 0 });
    addPod(world, 'late');
    world.settle();
    const [first, , last] = slices(world);
    expect(first?.endpoints).toHaveLength(100);
    expect(first?.endpoints?.at(-1)?.targetRef?.name).toBe('late');
    expect(last?.metadata.generation).toBe(1);
  });

  it('goes with its service', () => {
    const world = worldWith(toWeb);
    world.api.delete('Service', 'default', 'web');
    world.settle();
    expect(slices(world)).toEqual([]);
  });
});
