import { describe, expect, it } from 'vitest';
import type { Pod, ResourceRequirements } from '../../kube/kinds/pod.ts';
import type { ResourceQuota } from '../../kube/kinds/resourceQuota.ts';
import { type TestWorld, testWorld } from './testWorld.ts';

function worldWith(spec: ResourceQuota['spec']): TestWorld {
  const world = testWorld();
  world.api.create({ apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'q', namespace: 'default' }, spec });
  world.settle();
  return world;
}

const pod = (name: string, resources: ResourceRequirements = {}): Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'default' },
  spec: { containers: [{ name: 'c', image: 'nginx:1', resources }] },
  status: {},
});

const used = (world: TestWorld) => world.api.get<ResourceQuota>('ResourceQuota', 'default', 'q')?.status.used;

describe('resourceQuota', () => {
  it('counts what is created at once, and what has gone soon', () => {
    const world = worldWith({ hard: { pods: '2', 'requests.cpu': '1' } });
    expect(used(world)).toEqual({ pods: '0', 'requests.cpu': '0' });
    world.api.create(pod('a', { requests: { cpu: '250m' } }));
    expect(used(world)).toEqual({ pods: '1', 'requests.cpu': '250m' });
    world.settle();
    world.api.delete('Pod', 'default', 'a');
    world.settle();
    expect(used(world)).toEqual({ pods: '0', 'requests.cpu': '0' });
  });

  it('refuses what exceeds it, and counts nothing for it', () => {
    const world = worldWith({ hard: { 'limits.memory': '1Gi', 'requests.cpu': '1' } });
    world.api.create(pod('a', { requests: { cpu: '600m' }, limits: { memory: '512Mi' } }));
    expect(() => world.api.create(pod('b', { requests: { cpu: '600m' }, limits: { memory: '512Mi' } }))).toThrow(
      'pods "b" is forbidden: exceeded quota: q, requested: requests.cpu=600m, used: requests.cpu=600m, limited: requests.cpu=1',
    );
    expect(used(world)).toEqual({ 'limits.memory': '512Mi', 'requests.cpu': '600m' });
  });

  it('wants every container to say what is limited', () => {
    const world = worldWith({ hard: { 'limits.memory': '1Gi', 'requests.cpu': '1' } });
    expect(() => world.api.create(pod('a'))).toThrow(
      'pods "a" is forbidden: failed quota: q: must specify limits.memory for: c; requests.cpu for: c',
    );
  });

  it('charges nothing for a dry run, nor for what exists already', () => {
    const world = worldWith({ hard: { 'count/configmaps': '5' } });
    const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'm', namespace: 'default' } };
    const before = Number(used(world)?.['count/configmaps']);
    world.api.create(map, { dryRun: true });
    expect(used(world)).toEqual({ 'count/configmaps': String(before) });
    world.api.create(map);
    expect(() => world.api.create(map)).toThrow('already exists');
    expect(used(world)).toEqual({ 'count/configmaps': String(before + 1) });
  });

  it('counts only pods in its scopes', () => {
    const world = worldWith({ hard: { pods: '1' }, scopes: ['BestEffort'] });
    world.api.create(pod('burstable', { requests: { cpu: '1' } }));
    expect(used(world)).toEqual({ pods: '0' });
    world.api.create(pod('besteffort'));
    expect(used(world)).toEqual({ pods: '1' });
    expect(() => world.api.create(pod('second'))).toThrow('exceeded quota: q, requested: pods=1, used: pods=1, limited: pods=1');
  });
});
