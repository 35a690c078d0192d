import { describe, expect, it } from 'vitest';
import type { Event } from '../../kube/kinds/event.ts';
import type { Node } from '../../kube/kinds/node.ts';
import type { Pod } from '../../kube/kinds/pod.ts';
import { type KubeObject, keyOf } from '../../kube/meta.ts';
import { Simulation } from '../../sim/simulation.ts';
import { ApiServer } from '../apiServer.ts';
import { Leases } from '../leases.ts';
import { Recorder } from '../recorder.ts';
import { ClusterState } from './clusterState.ts';
import { findFeasible, scoreNodes } from './evaluate.ts';
import { createScheduler } from './scheduler.ts';
import { node, pod } from './testObjects.ts';

function world(nodes: readonly Node[], seed = 1) {
  const sim = new Simulation({ seed });
  const api = new ApiServer(sim, { freeze: true });
  const recorder = new Recorder(api);
  const scheduler = createScheduler({ sim, api, recorder, leases: new Leases() });
  api.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default' } });
  api.create({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace: 'default' } } as KubeObject);
  const add = (object: Node) => {
    const created = api.create<Node>(
      { ...object, metadata: { name: object.metadata.name, labels: object.metadata.labels ?? {} } },
      { trusted: true },
    );
    // No node lifecycle controller takes the taint of new nodes away here.
    return api.update<Node>({ ...created, spec: object.spec }, { trusted: true });
  };
  for (const each of nodes) add(each);
  for (const value of [1, 3, 5, 100]) {
    api.create({ apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: `p${value}` }, value } as KubeObject);
  }
  const run = (name: string, parts: Parameters<typeof pod>[1] = {}) => {
    const { uid: _uid, ...metadata } = pod(name, parts).metadata;
    return api.create<Pod>({ ...pod(name, parts), metadata }, { trusted: true });
  };
  const get = (name: string) => api.get<Pod>('Pod', 'default', name) as Pod;
  const nodeOf = (name: string) => get(name)?.spec.nodeName;
  const events = () =>
    api.list<Event>('Event').map(({ reason, involvedObject, message }) => `${reason} ${involvedObject.name}: ${message}`);
  const pass = (ms: number) => sim.runUntil(sim.nowMs + ms);
  return { sim, api, recorder, scheduler, add, run, get, nodeOf, events, pass };
}

const cpu = (amount: string) => ({ requests: { cpu: amount } });

describe('the scheduler', () => {
  it('binds pods and says so', () => {
    const { run, nodeOf, events, pass, scheduler } = world([node('a'), node('b', { cpu: '8', memory: '16Gi' })]);
    const created = run('p', cpu('1'));
    pass(100);
    expect(nodeOf('p')).toBe('b');
    expect(events()).toEqual(['Scheduled p: Successfully assigned default/p to b']);
    expect(scheduler.decisions(keyOf(created))).toMatchObject([{ nodeName: 'b', message: undefined }]);
    expect(scheduler.waiting()).toEqual([]);
  });

  it('leaves pods of other schedulers alone', () => {
    const { run, nodeOf, pass, scheduler } = world([node('a')]);
    run('p', { spec: { schedulerName: 'mine' } });
    pass(1000);
    expect([nodeOf('p'), scheduler.waiting()]).toEqual([undefined, []]);
  });

  it('explains a pod that fits nowhere, node by node', () => {
    const { run, get, pass, scheduler } = world([node('a'), node('b', { spec: { unschedulable: true } })]);
    const created = run('p', cpu('5'));
    pass(100);
    const message =
      '0/2 nodes are available: 1 Insufficient cpu, 1 node(s) were unschedulable. no new claims to deallocate, preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling.';
    expect(get('p').status.conditions).toMatchObject([{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message }]);
    const [decision] = scheduler.decisions(keyOf(created));
    expect(decision).toMatchObject({ nodeName: undefined, message });
    expect(decision?.verdicts).toEqual([
      { nodeName: 'a', rejectedBy: { plugin: 'NodeResourcesFit', reason: 'Insufficient cpu' } },
      { nodeName: 'b', rejectedBy: { plugin: 'NodeUnschedulable', reason: 'node(s) were unschedulable' } },
    ]);
  });

  it('tries again when something changed that may help, and not otherwise', () => {
    const { api, run, nodeOf, pass, scheduler } = world([node('a')]);
    const created = run('p', { spec: { nodeSelector: { disk: 'ssd' } } });
    pass(100);
    run('other', cpu('1'));
    pass(100);
    api.delete('Pod', 'default', 'other', { gracePeriodSeconds: 0 });
    pass(5000);
    expect(scheduler.decisions(keyOf(created)).length).toBe(1);
    const found = api.get<Node>('Node', undefined, 'a') as Node;
    api.update<Node>({ ...found, metadata: { ...found.metadata, labels: { disk: 'ssd' } } });
    pass(100);
    expect(nodeOf('p')).toBe('a');
  });

  it('makes room for a more important pod, with the least loss', () => {
    const { api, run, get, nodeOf, events, pass } = world([node('a'), node('b')]);
    run('cheap', { ...cpu('3'), spec: { priorityClassName: 'p1' } });
    pass(10);
    run('dear', { ...cpu('3'), spec: { priorityClassName: 'p5' } });
    pass(10);
    const target = nodeOf('cheap');
    const vip = run('vip', { ...cpu('2'), spec: { priorityClassName: 'p100' } });
    pass(20);
    expect(get('vip').status.nominatedNodeName).toBe(target);
    pass(100);
    expect(get('cheap').metadata.deletionTimestamp).toBeDefined();
    expect(get('cheap').status.conditions).toContainEqual(
      expect.objectContaining({ type: 'DisruptionTarget', reason: 'PreemptionByScheduler' }),
    );
    run('thief', { ...cpu('3'), spec: { priorityClassName: 'p3' } });
    api.delete('Pod', 'default', 'cheap', { gracePeriodSeconds: 0 });
    pass(3000);
    expect([nodeOf('vip'), nodeOf('thief'), get('vip').status.nominatedNodeName]).toEqual([target, undefined, undefined]);
    expect(events()).toContain(`Preempted cheap: Preempted by pod ${vip.metadata.uid} on node ${target}`);
  });

  it('preempts nobody for a pod that never preempts', () => {
    const { api, run, get, pass } = world([node('a')]);
    const quiet = { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'quiet' } };
    api.create({ ...quiet, value: 100, preemptionPolicy: 'Never' } as KubeObject);
    run('cheap', cpu('3'));
    pass(100);
    run('vip', { ...cpu('2'), spec: { priorityClassName: 'quiet' } });
    pass(100);
    expect(get('vip').status.conditions?.[0]?.message).toBe(
      '0/1 nodes are available: 1 Insufficient cpu. no new claims to deallocate, preemption: not eligible due to preemptionPolicy=Never.',
    );
    expect(get('cheap').metadata.deletionTimestamp).toBeUndefined();
  });

  it('goes on from a saved moment as if nothing had happened', () => {
    const straight = world([node('a'), node('b'), node('c')]);
    const forked = world([node('a'), node('b'), node('c')]);
    for (const { run, pass } of [straight, forked]) {
      run('big', cpu('5'));
      for (let i = 0; i < 10; i++) run(`p${i}`, cpu('700m'));
      pass(8);
    }
    const { sim, api, recorder, scheduler, run } = forked;
    const saved = structuredClone([sim.save(), api.save(), scheduler.save(), recorder.save(), api.history.seq] as const);
    run('never-was');
    forked.pass(5000);
    api.load(saved[1], saved[4]);
    sim.load(saved[0]);
    scheduler.load(saved[2] as never);
    recorder.load(saved[3]);
    for (const each of [straight, forked]) each.pass(5000);
    expect(forked.api.history.changes.map(({ atMs, verb, key }) => [atMs, verb, key])).toEqual(
      straight.api.history.changes.map(({ atMs, verb, key }) => [atMs, verb, key]),
    );
    expect(forked.api.list('Pod')).toEqual(straight.api.list('Pod'));
  });
});

describe('what is remembered of nodes', () => {
  it('changes no result', () => {
    const labels = { app: 'web' };
    const ownerReferences = [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web', uid: 'u1', controller: true }];
    const nodes = Array.from({ length: 7 }, (_, i) =>
      node(`n${i}`, { cpu: String(2 + (i % 3)), labels: { 'topology.kubernetes.io/zone': `z${i % 2}` } }),
    );
    const replicas: KubeObject = {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: { name: 'web', namespace: 'default' },
      spec: { selector: { matchLabels: labels } },
    };
    const objects = { get: () => replicas, list: () => [] };
    const run = (isCaching: boolean) => {
      const cluster = ClusterState.from(objects, nodes, []);
      cluster.isCaching = isCaching;
      const log: unknown[] = [];
      for (let i = 0; i < 40; i++) {
        const one = pod(`p${i}`, { labels, ...cpu('400m') });
        const replica: Pod = { ...one, metadata: { ...one.metadata, ownerReferences } };
        const asked = { key: keyOf(replica), template: cluster.templates.of(replica) };
        const { feasible, rejected } = findFeasible(asked, cluster, i);
        const scores = scoreNodes(asked, cluster, feasible);
        log.push(
          feasible.map(({ name }) => name),
          rejected.map((each) => [each.node.name, each.rejection.reasons]),
          scores,
        );
        const totals = feasible.map((_, at) => scores.reduce((sum, { points }) => sum + (points[at] as number), 0));
        const target = feasible[totals.indexOf(Math.max(...totals))];
        if (target) cluster.setPod(replica, { ...replica, spec: { ...replica.spec, nodeName: target.name } });
        if (i % 11 === 10) cluster.removePod('n0', [...(cluster.nodes.get('n0')?.pods.keys() ?? [])][0] ?? '');
      }
      return log;
    };
    expect(run(true)).toEqual(run(false));
  });
});
