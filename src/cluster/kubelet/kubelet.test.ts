import { describe, expect, test } from 'vitest';
import type { Event } from '../../kube/kinds/event.ts';
import type { Node } from '../../kube/kinds/node.ts';
import type { Container, Pod, PodSpec } from '../../kube/kinds/pod.ts';
import type { KubeObject } from '../../kube/meta.ts';
import { Simulation } from '../../sim/simulation.ts';
import { ApiServer } from '../apiServer.ts';
import type { KubeletRuntime } from '../intents.ts';
import { Leases } from '../leases.ts';
import { Recorder } from '../recorder.ts';
import { createKubelet } from './kubelet.ts';

/** An API server with one machine and nobody else. */
function oneMachine(runtime: Partial<KubeletRuntime> = {}) {
  const sim = new Simulation({ seed: 1 });
  const api = new ApiServer(sim, { freeze: true });
  const leases = new Leases();
  const kubelet = createKubelet(
    { sim, api, recorder: new Recorder(api), leases },
    { startupMs: 1000, shutdownMs: 1000, scripts: false, ...runtime },
  );
  api.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default' } } as KubeObject, { trusted: true });
  kubelet.addNode({ name: 'node-1', cpu: '1' });
  return {
    sim,
    api,
    leases,
    kubelet,
    runPod(
      name: string,
      { annotations = {}, image = 'nginx', ...spec }: Partial<PodSpec> & { annotations?: Record<string, string>; image?: string } = {},
    ) {
      const scripted = Object.fromEntries(Object.entries(annotations).map(([key, value]) => [`podarium.dev/${key}`, value]));
      const containers = [{ name: 'web', image, resources: {} }];
      api.create(
        {
          apiVersion: 'v1',
          kind: 'Pod',
          metadata: { name, annotations: scripted },
          spec: { nodeName: 'node-1', restartPolicy: 'Always', terminationGracePeriodSeconds: 30, containers, ...spec },
        } as KubeObject,
        { trusted: true },
      );
    },
    pod: (name: string) => api.get<Pod>('Pod', 'default', name),
    /** `4.030 Running running ready x2`: one line for every status that the kubelet told of the pod. */
    story(name: string) {
      const key = `Pod/default/${name}`;
      const lines: string[] = [];
      for (const { key: changed, actor, verb, after, atMs } of api.history.changes) {
        if (changed !== key || actor !== 'kubelet') continue;
        const at = (atMs / 1000).toFixed(3);
        if (!after) lines.push(`${at} gone`);
        else if (verb === 'updateStatus') lines.push(`${at} ${wordsFor(after as Pod)}`);
      }
      return lines;
    },
    events: (reason?: string) =>
      api
        .list<Event>('Event')
        .filter((event) => reason === undefined || event.reason === reason)
        .map(({ message, count }) => `${message} x${count}`),
  };
}

function wordsFor({ status }: Pod): string {
  const [container] = status.containerStatuses ?? [];
  const { waiting, terminated } = container?.state ?? {};
  const state = waiting?.reason ?? (terminated ? `exit ${terminated.exitCode}` : container ? 'running' : (status.reason ?? ''));
  const isReady = status.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True');
  return [status.phase, state, isReady ? 'ready' : '', container?.restartCount ? `x${container.restartCount}` : '']
    .filter(Boolean)
    .join(' ');
}

describe('a pod on its machine', () => {
  test('is created at once, runs after the start-up time and ends when it is deleted', () => {
    const { sim, api, runPod, story, pod } = oneMachine();
    runPod('a');
    sim.runUntil(5000);
    expect(pod('a')?.status).toMatchObject({ podIP: '10.244.1.3', hostIP: '10.0.0.1', phase: 'Running' });
    api.delete('Pod', 'default', 'a');
    sim.runUntil(10_000);
    expect(story('a')).toEqual([
      '0.030 Pending ContainerCreating',
      '1.030 Running running ready',
      '5.030 Running running ready',
      '6.030 Succeeded exit 0',
      '6.070 gone',
    ]);
  });

  test('restarts a crashing container at once, then after 10, 20, 40 seconds, in the same pod', () => {
    const { sim, runPod, story, pod } = oneMachine();
    runPod('a', { annotations: { 'exit-after': '1s', 'exit-code': '1' } });
    sim.runUntil(500);
    const uid = pod('a')?.metadata.uid;
    sim.runUntil(80_000);
    expect(story('a').filter((line) => line.includes('running'))).toEqual([
      '1.030 Running running ready',
      '2.080 Running running ready x1',
      '13.080 Running running ready x2',
      '34.080 Running running ready x3',
      '75.080 Running running ready x4',
    ]);
    expect(pod('a')?.metadata.uid).toBe(uid);
    expect(story('a')).toContain('4.080 Running CrashLoopBackOff x1');
  });

  test.each([
    ['Never', '0', 'Succeeded exit 0'],
    ['Never', '3', 'Failed exit 3'],
    ['OnFailure', '0', 'Succeeded exit 0'],
  ] as const)('with restartPolicy %s and exit code %s ends as %s', (restartPolicy, code, end) => {
    const { sim, runPod, story } = oneMachine();
    runPod('a', { restartPolicy, annotations: { 'exit-after': '1s', 'exit-code': code } });
    sim.runUntil(60_000);
    expect(story('a').at(-1)).toBe(`2.030 ${end}`);
  });

  test('runs init containers one after the other before all others', () => {
    const { sim, runPod, story, events } = oneMachine();
    runPod('a', {
      initContainers: [
        { name: 'one', image: 'busybox' },
        { name: 'two', image: 'busybox' },
      ],
    });
    sim.runUntil(10_000);
    expect(story('a').at(-1)).toBe('3.430 Running running ready');
    expect(events('Started')).toHaveLength(3);
  });

  test('keeps a sidecar running beside the others', () => {
    const { sim, runPod, pod } = oneMachine();
    runPod('a', { initContainers: [{ name: 'proxy', image: 'envoy', restartPolicy: 'Always' }] });
    sim.runUntil(10_000);
    expect(pod('a')?.status.initContainerStatuses?.[0]).toMatchObject({
      name: 'proxy',
      ready: true,
      started: true,
      state: { running: {} },
    });
  });

  test('tells why an image cannot be had, and tries again with the image that was set instead', () => {
    const { sim, api, runPod, story, pod } = oneMachine();
    runPod('a', { image: 'nginx:notfound' });
    sim.runUntil(5000);
    expect(story('a').slice(1)).toEqual(['1.030 Pending ErrImagePull', '2.030 Pending ImagePullBackOff']);
    const old = pod('a') as Pod;
    api.update({ ...old, spec: { ...old.spec, containers: [{ ...(old.spec.containers[0] as Container), image: 'nginx' }] } } as Pod);
    sim.runUntil(30_000);
    expect(story('a').at(-1)).toBe('5.230 Running running ready');
  });

  test('restarts only the container whose image was edited, in place', () => {
    const { sim, api, runPod, story, pod, events } = oneMachine();
    runPod('a');
    sim.runUntil(5000);
    const old = pod('a') as Pod;
    api.update({ ...old, spec: { ...old.spec, containers: [{ ...(old.spec.containers[0] as Container), image: 'nginx:2' }] } } as Pod);
    sim.runUntil(10_000);
    expect(story('a').slice(2)).toEqual(['5.030 Running running ready', '6.030 Running exit 0', '6.030 Running running ready x1']);
    expect(pod('a')?.status.containerStatuses?.[0]?.image).toBe('nginx:2');
    expect(events('Killing')).toEqual(['Container web definition changed, will be restarted x1']);
  });

  test('is killed when its grace period is over', () => {
    const { sim, api, runPod, story } = oneMachine();
    runPod('a', { terminationGracePeriodSeconds: 3, annotations: { shutdown: '60s' } });
    sim.runUntil(5000);
    api.delete('Pod', 'default', 'a');
    sim.runUntil(20_000);
    expect(story('a').slice(-2)).toEqual(['8.030 Failed exit 137', '8.070 gone']);
  });

  test('fails when its deadline is over', () => {
    const { sim, runPod, pod } = oneMachine();
    runPod('a', { activeDeadlineSeconds: 5 });
    sim.runUntil(20_000);
    expect(pod('a')?.status).toMatchObject({ phase: 'Failed', reason: 'DeadlineExceeded' });
  });

  test('is ready only when its readiness gates say so', () => {
    const { sim, api, runPod, pod } = oneMachine();
    runPod('a', { readinessGates: [{ conditionType: 'example.com/lb' }] });
    sim.runUntil(5000);
    const ready = () => pod('a')?.status.conditions?.find(({ type }) => type === 'Ready');
    expect(ready()).toMatchObject({
      status: 'False',
      message: 'corresponding condition of pod readiness gate "example.com/lb" does not exist.',
    });
    const old = pod('a') as Pod;
    const gate = { type: 'example.com/lb', status: 'True' } as const;
    api.updateStatus({ ...old, status: { ...old.status, conditions: [...(old.status.conditions ?? []), gate] } });
    sim.runUntil(6000);
    expect(ready()).toMatchObject({ status: 'True' });
  });

  test('is refused by a machine without room, and takes no room itself', () => {
    const { sim, runPod, pod } = oneMachine();
    const containers = (cpu: string) => [{ name: 'web', image: 'nginx', resources: { requests: { cpu } } }];
    runPod('a', { containers: containers('600m') });
    runPod('b', { containers: containers('600m') });
    runPod('c', { containers: containers('400m') });
    sim.runUntil(5000);
    expect(pod('b')?.status).toMatchObject({
      phase: 'Failed',
      reason: 'OutOfcpu',
      message: "Pod was rejected: Node didn't have enough resource: cpu, requested: 600, used: 600, capacity: 1000",
    });
    expect(pod('c')?.status.phase).toBe('Running');
  });

  test('waits for its image where pulling takes time, once a machine', () => {
    const { sim, runPod, story, events } = oneMachine({ pullMs: 3000 });
    runPod('a', { image: 'nginx:1.25' });
    sim.runUntil(10_000);
    runPod('b', { image: 'nginx:1.25' });
    sim.runUntil(20_000);
    expect(story('a')).toEqual(['0.030 Pending ContainerCreating', '1.030 Pending ContainerCreating', '4.030 Running running ready']);
    expect(story('b').at(-1)).toBe('11.030 Running running ready');
    expect(events('Pulling')).toEqual(['Pulling image "nginx:1.25" x1']);
  });

  test('ends when somebody crashes its container', () => {
    const { sim, kubelet, runPod, story } = oneMachine();
    runPod('a');
    sim.runUntil(5000);
    kubelet.exitContainer('default', 'a', undefined, 137);
    sim.runUntil(6000);
    expect(story('a').slice(2)).toEqual(['5.000 Running exit 137', '5.050 Running running ready x1']);
    expect(() => kubelet.exitContainer('default', 'a', 'nobody', 1)).toThrow('container "nobody" in pod "a" is not running');
  });
});

describe('a silent machine', () => {
  test('says and does nothing, and catches up when it is back', () => {
    const { sim, api, leases, kubelet, runPod, story, pod } = oneMachine();
    runPod('a');
    runPod('b');
    sim.runUntil(5000);
    kubelet.failNode('node-1');
    expect(leases.isBeating('node-1')).toBe(false);
    api.delete('Pod', 'default', 'a');
    const old = pod('b') as Pod;
    const conditions = (old.status.conditions ?? []).map((c) => (c.type === 'Ready' ? ({ ...c, status: 'False' } as const) : c));
    api.updateStatus({ ...old, status: { ...old.status, conditions } });
    sim.runUntil(60_000);
    expect(story('a').at(-1)).toBe('1.030 Running running ready');
    kubelet.recoverNode('node-1');
    sim.runUntil(70_000);
    expect(story('a').at(-1)).toBe('61.040 gone');
    expect(story('b').at(-1)).toBe('60.000 Running running ready');
    expect(leases.isBeating('node-1')).toBe(true);
  });

  test('kills what was deleted by force meanwhile', () => {
    const { sim, api, kubelet, runPod, pod, events } = oneMachine();
    const containers = [{ name: 'web', image: 'nginx', resources: { requests: { cpu: '1' } } }];
    runPod('a', { containers });
    sim.runUntil(5000);
    kubelet.failNode('node-1');
    api.delete('Pod', 'default', 'a', { gracePeriodSeconds: 0 });
    sim.runUntil(10_000);
    expect(events('Killing')).toEqual([]);
    kubelet.recoverNode('node-1');
    runPod('b', { containers });
    sim.runUntil(20_000);
    expect(events('Killing')).toEqual(['Stopping container web x1']);
    expect(pod('b')?.status.phase).toBe('Running');
  });
});

test('registers a machine with its address, room and conditions', () => {
  const { api } = oneMachine();
  const node = api.get<Node>('Node', undefined, 'node-1');
  expect(node?.status.addresses).toEqual([
    { type: 'InternalIP', address: '10.0.0.1' },
    { type: 'Hostname', address: 'node-1' },
  ]);
  expect(node?.status.allocatable).toEqual({ cpu: '1', 'ephemeral-storage': '100Gi', memory: '8Gi', pods: '110' });
  expect(node?.status.conditions?.map(({ type, status }) => `${type}=${status}`)).toEqual([
    'MemoryPressure=False',
    'DiskPressure=False',
    'PIDPressure=False',
    'Ready=True',
  ]);
});
