import { describe, expect, it } from 'vitest';
import type { Event } from '../../kube/kinds/event.ts';
import type { Node } from '../../kube/kinds/node.ts';
import type { Pod } from '../../kube/kinds/pod.ts';
import type { ReplicaSet } from '../../kube/kinds/replicaSet.ts';
import { conditionOf } from '../../kube/meta.ts';
import { type TestWorld, testWorld } from './testWorld.ts';

const set = (replicas: number, tolerationSeconds = 300): ReplicaSet => ({
  apiVersion: 'apps/v1',
  kind: 'ReplicaSet',
  metadata: { name: 'web', namespace: 'default' },
  spec: {
    replicas,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: {
        containers: [{ name: 'web', image: 'nginx:1' }],
        tolerations: [{ key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoExecute', tolerationSeconds }],
      },
    },
  },
  status: {},
});

const node = (world: TestWorld, name: string) => world.api.get<Node>('Node', undefined, name) as Node;
const taints = (world: TestWorld, name: string) =>
  (node(world, name).spec.taints ?? []).map(({ key, effect }) => `${key.replace('node.kubernetes.io/', '')}:${effect}`);
const ready = (world: TestWorld, name: string) => conditionOf(node(world, name).status.conditions, 'Ready');
const pods = (world: TestWorld) => world.api.list<Pod>('Pod');
const told = (world: TestWorld, reason: string) => world.api.list<Event>('Event').filter((event) => event.reason === reason);

describe('nodeLifecycle', () => {
  it('calls a silent node unreachable after the grace period, and its pods not ready', () => {
    const world = testWorld();
    world.api.create(set(3));
    world.settle();
    world.leases.stop('node-2', world.sim.nowMs);
    world.sim.runUntil(49_000);
    expect(ready(world, 'node-2')?.status).toBe('True');
    world.sim.runUntil(56_000);
    expect(ready(world, 'node-2')).toMatchObject({
      status: 'Unknown',
      reason: 'NodeStatusUnknown',
      message: 'Kubelet stopped posting node status.',
    });
    expect(taints(world, 'node-2').sort()).toEqual(['unreachable:NoExecute', 'unreachable:NoSchedule']);
    const pod = pods(world).find(({ spec }) => spec.nodeName === 'node-2');
    expect(conditionOf(pod?.status.conditions, 'Ready')?.status).toBe('False');
    expect(pod?.metadata.deletionTimestamp).toBeUndefined();
    expect(told(world, 'NodeNotReady').map(({ message }) => message)).toEqual([
      'Node node-2 status is now: NodeNotReady',
      'Node is not ready',
    ]);
  });

  it('evicts when the pod tolerates it no longer, and its owner replaces it elsewhere', () => {
    const world = testWorld();
    world.api.create(set(3, 60));
    world.settle();
    world.leases.stop('node-2', world.sim.nowMs);
    world.sim.runUntil(105_000);
    expect(pods(world)).toHaveLength(3);
    world.sim.runUntil(120_000);
    const lost = pods(world).filter(({ metadata }) => metadata.deletionTimestamp !== undefined);
    expect(lost.map(({ spec }) => spec.nodeName)).toEqual(['node-2']);
    expect(conditionOf(lost[0]?.status.conditions, 'DisruptionTarget')?.reason).toBe('DeletionByTaintManager');
    expect(pods(world).filter(({ metadata }) => metadata.deletionTimestamp === undefined)).toHaveLength(3);
  });

  it('takes the taints back and cancels the deletion when the node comes back in time', () => {
    const world = testWorld();
    world.api.create(set(3));
    world.settle();
    world.leases.stop('node-2', world.sim.nowMs);
    world.sim.runUntil(60_000);
    world.leases.start('node-2', world.sim.nowMs);
    const now = node(world, 'node-2');
    const conditions = (now.status.conditions ?? []).map((one) => (one.type === 'Ready' ? ({ ...one, status: 'True' } as const) : one));
    world.api.updateStatus<Node>({ ...now, status: { ...now.status, conditions } });
    world.sim.runUntil(70_000);
    expect(taints(world, 'node-2')).toEqual([]);
    expect(told(world, 'TaintManagerEviction').map(({ message }) => message)).toEqual([
      expect.stringMatching(/^Cancelling deletion of Pod default\/web-/),
    ]);
    world.sim.runUntil(400_000);
    expect(pods(world).every(({ metadata }) => metadata.deletionTimestamp === undefined)).toBe(true);
  });

  it('gives up nodes one by one, and none any more when all are silent', () => {
    const world = testWorld({ nodes: 4 });
    world.settle();
    for (const name of ['node-1', 'node-2']) world.leases.stop(name, world.sim.nowMs);
    world.sim.runUntil(56_000);
    const given = () =>
      world.api.list<Node>('Node').filter(({ metadata }) => taints(world, metadata.name).includes('unreachable:NoExecute'));
    expect(given()).toHaveLength(1);
    world.sim.runUntil(66_000);
    expect(given()).toHaveLength(2);
    for (const name of ['node-3', 'node-4']) world.leases.stop(name, world.sim.nowMs);
    world.sim.runUntil(200_000);
    expect(world.api.list<Node>('Node').map(({ metadata }) => ready(world, metadata.name)?.status)).toEqual(Array(4).fill('Unknown'));
    expect(given().length).toBeLessThanOrEqual(1);
  });

  it('taints a cordoned node', () => {
    const world = testWorld();
    world.settle();
    world.api.update<Node>({ ...node(world, 'node-1'), spec: { unschedulable: true } });
    world.settle();
    expect(taints(world, 'node-1')).toEqual(['unschedulable:NoSchedule']);
    world.api.update<Node>({ ...node(world, 'node-1'), spec: { ...node(world, 'node-1').spec, unschedulable: false } });
    world.settle();
    expect(taints(world, 'node-1')).toEqual([]);
  });
});

describe('podGarbageCollector', () => {
  it('sweeps up the pods of a deleted node after a quarantine', () => {
    const world = testWorld();
    world.api.create(set(3));
    world.settle();
    world.leases.stop('node-2', world.sim.nowMs);
    world.api.delete('Node', undefined, 'node-2');
    const deletedMs = world.sim.nowMs;
    world.sim.runUntil(deletedMs + 39_000);
    expect(pods(world).filter(({ spec }) => spec.nodeName === 'node-2')).toHaveLength(1);
    world.sim.runUntil(deletedMs + 62_000);
    expect(pods(world).filter(({ spec }) => spec.nodeName === 'node-2')).toHaveLength(0);
    expect(told(world, 'RemovingNode').map(({ message }) => message)).toEqual(['Node node-2 event: Removing Node node-2 from Controller']);
  });
});
