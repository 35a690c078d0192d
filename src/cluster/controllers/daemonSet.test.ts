import { describe, expect, it } from 'vitest';
import { type DaemonSet, daemonNodeName } from '../../kube/kinds/daemonSet.ts';
import type { Node, Taint } from '../../kube/kinds/node.ts';
import { isPodReady, type Pod, type PodSpec } from '../../kube/kinds/pod.ts';
import { type Backoffs, backoffLeftMs, beginBackoff } from './daemonBackoff.ts';
import { judgeOf } from './daemonPods.ts';
import { type TestWorld, testWorld } from './testWorld.ts';

const template = (image: string, spec: Partial<PodSpec> = {}, annotations = {}) => ({
  metadata: { labels: { app: 'agent' }, annotations },
  spec: { containers: [{ name: 'web', image }], ...spec },
});

const agent = (spec: Partial<DaemonSet['spec']> = {}): DaemonSet => ({
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  metadata: { name: 'agent', namespace: 'default' },
  spec: {
    selector: { matchLabels: { app: 'agent' } },
    template: template('nginx:1'),
    updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } },
    ...spec,
  },
  status: {},
});

function started(spec: Partial<DaemonSet['spec']> = {}, nodes = 3): TestWorld {
  const world = testWorld({ nodes });
  world.api.create(agent(spec));
  world.settle();
  world.log();
  return world;
}

/** What was created and asked to be deleted, in order, as `+` and `-`; what ended by itself does not show. */
function story(world: TestWorld): string {
  const signs = world.log().map((line) => {
    const [, actor, verb, key = ''] = line.split(' ');
    if (actor !== 'daemonset-controller' || !key.startsWith('Pod/')) return '';
    return verb === 'create' ? '+' : verb === 'delete' ? '-' : '';
  });
  return signs.join('');
}

const statusOf = (world: TestWorld) => world.api.get<DaemonSet>('DaemonSet', 'default', 'agent')?.status;
const images = (world: TestWorld) => world.pods().map(({ spec }) => spec.containers[0]?.image);
const revisions = (world: TestWorld) =>
  world.api.list('ControllerRevision').map((one) => (one as unknown as { revision: number }).revision);

function edit(world: TestWorld, spec: Partial<DaemonSet['spec']>): void {
  const set = world.api.get<DaemonSet>('DaemonSet', 'default', 'agent') as DaemonSet;
  world.api.update<DaemonSet>({ ...set, spec: { ...set.spec, ...spec } });
  world.settle();
}

function taint(world: TestWorld, name: string, effect: Taint['effect']): void {
  const node = world.api.get<Node>('Node', undefined, name) as Node;
  world.api.update<Node>({ ...node, spec: { taints: [{ key: 'a', value: 'b', effect }] } });
  world.settle();
}

describe('daemonSet', () => {
  it('puts one pod on every node, also on one that comes later', () => {
    const world = started({}, 2);
    expect(world.pods().map(daemonNodeName)).toEqual(['node-1', 'node-2']);
    const [first] = world.api.list<Node>('Node') as [Node];
    world.leases.start('node-3', world.sim.nowMs);
    world.api.create<Node>({ ...first, metadata: { name: 'node-3' } });
    world.settle();
    expect(world.pods().map(daemonNodeName)).toEqual(['node-1', 'node-2', 'node-3']);
  });

  it('leaves a daemon on a node that takes no new pods, and takes it from one that drives pods away', () => {
    const world = started();
    taint(world, 'node-1', 'NoSchedule');
    expect(world.pods()).toHaveLength(3);
    // No daemon is missing or too many, so nobody looks again.
    expect(statusOf(world)).toMatchObject({ desiredNumberScheduled: 3, numberMisscheduled: 0 });
    taint(world, 'node-2', 'NoExecute');
    expect(world.pods().map(daemonNodeName)).toEqual(['node-1', 'node-3']);
    expect(statusOf(world)).toMatchObject({ desiredNumberScheduled: 1, numberMisscheduled: 1 });
  });

  it('replaces its pods one by one when its template changes', () => {
    const world = started();
    edit(world, { template: template('nginx:2') });
    expect(story(world)).toBe('-+-+-+');
    expect(images(world)).toEqual(Array(3).fill('nginx:2'));
    expect(statusOf(world)).toMatchObject({ updatedNumberScheduled: 3, numberAvailable: 3 });
  });

  it('replaces as many at once as may be missing, a percentage rounded up', () => {
    const world = started({ updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '34%', maxSurge: 0 } } });
    edit(world, { template: template('nginx:2') });
    expect(story(world)).toBe('--++-+');
  });

  it('puts the new daemon beside the old one where surge is allowed', () => {
    const world = started({ updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } } });
    edit(world, { template: template('nginx:2') });
    expect(story(world)).toBe('+-+-+-');
    expect(images(world)).toEqual(Array(3).fill('nginx:2'));
  });

  it('waits for pods to be deleted by hand when told so', () => {
    const world = started({ updateStrategy: { type: 'OnDelete' } });
    edit(world, { template: template('nginx:2') });
    expect(story(world)).toBe('');
    world.api.delete('Pod', 'default', (world.pods()[0] as Pod).metadata.name);
    world.settle();
    expect(images(world).map(String).sort()).toEqual(['nginx:1', 'nginx:1', 'nginx:2']);
    expect(statusOf(world)).toMatchObject({ updatedNumberScheduled: 1, numberAvailable: 3 });
  });

  it('stops at the first daemon that never gets ready, and replaces that one first', () => {
    const world = started();
    edit(world, { template: template('broken:1', {}, { 'never-ready': 'true' }) });
    edit(world, { template: template('broken:2', {}, { 'never-ready': 'true' }) });
    expect(images(world).map(String).sort()).toEqual(['broken:2', 'nginx:1', 'nginx:1']);
    edit(world, { template: template('nginx:1') });
    expect(world.pods().every(isPodReady)).toBe(true);
    expect(story(world)).toBe('-+-+-+');
  });

  it('gives a template that comes back a new number, and forgets those nobody uses', () => {
    const world = started({ revisionHistoryLimit: 1 });
    edit(world, { template: template('nginx:2') });
    edit(world, { template: template('nginx:1') });
    expect(revisions(world).map(String).sort()).toEqual(['2', '3']);
    edit(world, { template: template('nginx:3') });
    expect(revisions(world).map(String).sort()).toEqual(['3', '4']);
  });

  it('takes up the pods that a set of the same name left, and holds them for its own', () => {
    const world = started();
    world.api.delete('DaemonSet', 'default', 'agent', { propagationPolicy: 'Orphan' });
    world.settle();
    world.api.create(agent({ template: template('nginx:2') }));
    world.settle();
    // Both are of the first template of their set: only its number tells them apart.
    expect(images(world)).toEqual(Array(3).fill('nginx:1'));
    expect(statusOf(world)).toMatchObject({ updatedNumberScheduled: 3 });
  });
});

describe('judgeOf', () => {
  const node = (taints: readonly Taint[], labels = {}): Node =>
    ({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'node-1', labels }, spec: { taints }, status: {} }) as Node;
  const unschedulable: Taint = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' };
  const unreachable = (effect: Taint['effect']): Taint => ({ key: 'node.kubernetes.io/unreachable', effect });
  const network: Taint = { key: 'node.kubernetes.io/network-unavailable', effect: 'NoSchedule' };
  const zoneA = { nodeSelectorTerms: [{ matchExpressions: [{ key: 'zone', operator: 'In', values: ['a'] } as const] }] };
  const inZoneA = { affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: zoneA } } };

  it.each([
    ['runs on a cordoned node', node([unschedulable]), {}, true, true],
    ['stays on a node that went silent, and does not come', node([unreachable('NoSchedule'), unreachable('NoExecute')]), {}, false, true],
    ['leaves for a taint of its own', node([{ key: 'a', effect: 'NoExecute' }]), {}, false, false],
    ['needs the network', node([network]), {}, false, true],
    ['does without the network if it has the network of its node', node([network]), { hostNetwork: true }, true, true],
    ['stays away from nodes that were not chosen', node([]), { nodeSelector: { zone: 'a' } }, false, false],
    ['goes where its affinity says', node([], { zone: 'a' }), inZoneA, true, true],
    ['goes nowhere else', node([], { zone: 'b' }), inZoneA, false, false],
    ['goes to the node that is named', node([]), { nodeName: 'node-2' }, false, false],
  ] as const)('%s', (_name, at, spec, shouldRun, mayStay) => {
    const set = agent({ template: template('nginx:1', spec) });
    expect(judgeOf(set)(at)).toEqual({ shouldRun, mayStay });
  });
});

describe('backoffLeftMs', () => {
  it('doubles with each failure and forgives after half an hour', () => {
    const backoffs: Backoffs = new Map();
    expect(backoffLeftMs(backoffs, 'a', 0)).toBe(0);
    beginBackoff(backoffs, 'a', 0);
    expect(backoffLeftMs(backoffs, 'a', 400)).toBe(1000);
    expect(backoffLeftMs(backoffs, 'a', 1000)).toBe(0);
    beginBackoff(backoffs, 'a', 1400);
    expect(backoffLeftMs(backoffs, 'a', 1500)).toBe(2000);
    expect(backoffLeftMs(backoffs, 'b', 1500)).toBe(0);
    beginBackoff(backoffs, 'a', 2_000_000);
    expect(backoffLeftMs(backoffs, 'a', 2_000_500)).toBe(1000);
  });
});
