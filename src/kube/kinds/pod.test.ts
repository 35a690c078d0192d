import { describe, expect, it } from 'vitest';
import type { Kind } from '../kind.ts';
import { fromTimestamp, type KubeObject } from '../meta.ts';
import { deploymentKind } from './deploymentKind.ts';
import { nodeKind } from './nodeKind.ts';
import type { ContainerStatus, Pod, PodSpec, PodStatus } from './pod.ts';
import { podKind } from './podKind.ts';
import { qosClassOf } from './podStatus.ts';
import { replicationControllerKind } from './replicaSetKind.ts';

const pod = (spec: Partial<PodSpec>, status: PodStatus = {}, metadata: object = {}): Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'p', namespace: 'default', ...metadata },
  spec: { containers: [{ name: 'c', image: 'nginx:1' }], ...spec },
  status,
});

const container = (more: Partial<ContainerStatus>): ContainerStatus => ({
  name: 'c',
  state: {},
  lastState: {},
  ready: false,
  restartCount: 0,
  image: 'nginx:1',
  imageID: '',
  ...more,
});
const running = container({ ready: true, started: true, state: { running: {} } });
const waiting = (reason: string) => container({ state: { waiting: { reason } } });
const ended = (exitCode: number, reason?: string, signal?: number) =>
  container({ state: { terminated: { exitCode, ...(reason ? { reason } : {}), ...(signal ? { signal } : {}) } } });

const NOW = '2026-01-01T01:00:00Z';

function row<T extends KubeObject>(kind: Kind<T>, object: T): Record<string, string> {
  return Object.fromEntries(kind.columns.map(({ name, value }) => [name, value(object, fromTimestamp(NOW))]));
}

describe('the row of a pod', () => {
  const gone = { deletionTimestamp: NOW };
  const two = { containers: [{ name: 'c' }, { name: 'd' }] };
  const init = { initContainers: [{ name: 'i' }, { name: 'j' }] };
  const sidecar = { initContainers: [{ name: 'c', restartPolicy: 'Always' }] };
  const cases: readonly (readonly [name: string, pod: Pod, status: string, ready: string])[] = [
    ['pending', pod({}, { phase: 'Pending' }), 'Pending', '0/1'],
    [
      'gated',
      pod({}, { phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'False', reason: 'SchedulingGated' }] }),
      'SchedulingGated',
      '0/1',
    ],
    ['being created', pod({}, { phase: 'Pending', containerStatuses: [waiting('ContainerCreating')] }), 'ContainerCreating', '0/1'],
    ['running', pod({}, { phase: 'Running', containerStatuses: [running] }), 'Running', '1/1'],
    ['crashing', pod({}, { phase: 'Running', containerStatuses: [waiting('CrashLoopBackOff')] }), 'CrashLoopBackOff', '0/1'],
    ['completed', pod({}, { phase: 'Succeeded', containerStatuses: [ended(0, 'Completed')] }), 'Completed', '0/1'],
    ['failed without a word', pod({}, { phase: 'Failed', containerStatuses: [ended(3)] }), 'ExitCode:3', '0/1'],
    ['killed', pod({}, { phase: 'Failed', containerStatuses: [ended(137, undefined, 9)] }), 'Signal:9', '0/1'],
    [
      'half done and ready',
      pod(two, { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }], containerStatuses: [ended(0, 'Completed'), running] }),
      'Running',
      '1/2',
    ],
    ['half done and not ready', pod(two, { phase: 'Running', containerStatuses: [ended(0, 'Completed'), running] }), 'NotReady', '1/2'],
    ['evicted', pod({}, { phase: 'Failed', reason: 'Evicted' }), 'Evicted', '0/1'],
    ['terminating', pod({}, { phase: 'Running', containerStatuses: [running] }, gone), 'Terminating', '1/1'],
    ['finished and deleted', pod({}, { phase: 'Succeeded', containerStatuses: [ended(0, 'Completed')] }, gone), 'Completed', '0/1'],
    ['lost with its node', pod({}, { phase: 'Running', reason: 'NodeLost' }, gone), 'Unknown', '0/1'],
    [
      'initializing',
      pod(init, {
        phase: 'Pending',
        initContainerStatuses: [ended(0, 'Completed'), container({ state: { running: {} } })],
        containerStatuses: [waiting('PodInitializing')],
      }),
      'Init:1/2',
      '0/1',
    ],
    ['failing to initialize', pod(init, { phase: 'Pending', initContainerStatuses: [ended(1, 'Error')] }), 'Init:Error', '0/1'],
    [
      'waiting to initialize again',
      pod(init, { phase: 'Pending', initContainerStatuses: [waiting('CrashLoopBackOff')] }),
      'Init:CrashLoopBackOff',
      '0/1',
    ],
    [
      'with a sidecar',
      pod(sidecar, { phase: 'Running', initContainerStatuses: [running], containerStatuses: [running] }),
      'Running',
      '2/2',
    ],
  ];
  it.each(cases)('%s', (_name, object, status, ready) => {
    expect(row(podKind, object)).toMatchObject({ Status: status, Ready: ready });
  });

  it('tells when the last of the restarts was', () => {
    const restarted = container({ restartCount: 3, lastState: { terminated: { exitCode: 1, finishedAt: '2026-01-01T00:59:40Z' } } });
    expect(row(podKind, pod({}, { phase: 'Running', containerStatuses: [restarted] })).Restarts).toBe('3 (20s ago)');
    expect(row(podKind, pod({}, { phase: 'Running', containerStatuses: [container({ restartCount: 1 })] })).Restarts).toBe('1');
  });
});

describe('the row of a node', () => {
  it('says ready or not, whether pods may come, and its roles', () => {
    const node = {
      apiVersion: 'v1' as const,
      kind: 'Node' as const,
      metadata: { name: 'n', labels: { 'node-role.kubernetes.io/worker': '', 'node-role.kubernetes.io/control-plane': '' } },
      spec: { unschedulable: true },
      status: { conditions: [{ type: 'Ready', status: 'Unknown' as const }], nodeInfo: { kernelVersion: '6.12.0', architecture: 'amd64' } },
    };
    expect(row(nodeKind, node)).toMatchObject({
      Status: 'NotReady,SchedulingDisabled',
      Roles: 'control-plane,worker',
      'Kernel-Version': '6.12.0 (amd64)',
      'Internal-IP': '<none>',
    });
  });
});

describe('qosClassOf', () => {
  const spec = (...resources: object[]): PodSpec => ({ containers: resources.map((each, i) => ({ name: `c${i}`, resources: each })) });
  const all = { cpu: '1', memory: '1Gi' };
  it.each([
    ['BestEffort', spec({})],
    ['BestEffort', spec({ requests: { cpu: '0' } })],
    ['Burstable', spec({ requests: { cpu: '1' } })],
    ['Burstable', spec({ limits: all, requests: all }, {})],
    ['Burstable', spec({ limits: all, requests: { cpu: '1', memory: '512Mi' } })],
    ['Guaranteed', spec({ limits: all, requests: { cpu: '1000m', memory: '1024Mi' } })],
    ['Guaranteed', spec({ limits: all })],
  ])('is %s', (expected, given) => {
    expect(qosClassOf(given)).toBe(expected);
  });
});

describe('podKind', () => {
  it('fills in what is missing, once: what is whole stays the same object', () => {
    const given = pod({
      containers: [
        {
          name: 'c',
          image: 'nginx',
          resources: { limits: { cpu: '1000m' } },
          ports: [{ containerPort: 80 }],
          livenessProbe: { httpGet: { port: 80 } },
        },
      ],
      volumes: [{ name: 'v' }],
    });
    const whole = podKind.defaults?.(given) as Pod;
    expect(whole.spec).toMatchObject({
      restartPolicy: 'Always',
      enableServiceLinks: true,
      terminationGracePeriodSeconds: 30,
      volumes: [{ name: 'v', emptyDir: {} }],
      containers: [
        {
          imagePullPolicy: 'Always',
          ports: [{ containerPort: 80, protocol: 'TCP' }],
          resources: { limits: { cpu: '1' }, requests: { cpu: '1' } },
          livenessProbe: { httpGet: { path: '/', scheme: 'HTTP' }, periodSeconds: 10, failureThreshold: 3 },
        },
      ],
    });
    expect(podKind.defaults?.(whole)).toBe(whole);
  });

  it.each([
    ['nginx', 'Always'],
    ['nginx:latest', 'Always'],
    ['nginx:1.25', 'IfNotPresent'],
    ['localhost:5000/nginx', 'Always'],
    ['localhost:5000/nginx:1', 'IfNotPresent'],
    ['nginx@sha256:0123', 'IfNotPresent'],
  ])('pulls %s %s', (image, policy) => {
    expect(podKind.defaults?.(pod({ containers: [{ name: 'c', image }] })).spec.containers[0]?.imagePullPolicy).toBe(policy);
  });

  it('starts pending, or gated', () => {
    expect(podKind.prepareForCreate?.(pod({}, { phase: 'Running' })).status).toEqual({ phase: 'Pending', qosClass: 'BestEffort' });
    expect(podKind.prepareForCreate?.(pod({ schedulingGates: [{ name: 'a/b' }] })).status.conditions).toMatchObject([
      { reason: 'SchedulingGated' },
    ]);
  });

  it('makes selectors of the keys that a pod spreads by', () => {
    const spread = {
      maxSkew: 1,
      topologyKey: 'zone',
      whenUnsatisfiable: 'DoNotSchedule' as const,
      labelSelector: {},
      matchLabelKeys: ['hash', 'none'],
    };
    const made = podKind.prepareForCreate?.(pod({ topologySpreadConstraints: [spread] }, {}, { labels: { hash: 'x' } }));
    expect(made?.spec.topologySpreadConstraints?.[0]?.labelSelector).toEqual({
      matchExpressions: [{ key: 'hash', operator: 'In', values: ['x'] }],
    });
  });

  const graces: readonly (readonly [name: string, pod: Pod, requested: number | undefined, seconds: number])[] = [
    ['none before it is bound', pod({ terminationGracePeriodSeconds: 30 }), undefined, 0],
    ['its own when bound', pod({ nodeName: 'n', terminationGracePeriodSeconds: 30 }), undefined, 30],
    ['what is asked for', pod({ nodeName: 'n', terminationGracePeriodSeconds: 30 }), 5, 5],
    ['a second where less than none is asked for', pod({ nodeName: 'n' }), -1, 1],
    ['none when it has finished', pod({ nodeName: 'n', terminationGracePeriodSeconds: 30 }, { phase: 'Failed' }), 60, 0],
  ];
  it.each(graces)('waits %s', (_name, object, requested, seconds) => {
    expect(podKind.graceSeconds?.(object, requested)).toBe(seconds);
  });
});

describe('owners of pods', () => {
  it('are filled in down to their templates', () => {
    const given = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'd' },
      spec: { strategy: { type: 'Recreate' }, template: {} },
    };
    expect(deploymentKind.defaults?.(given as never).spec).toMatchObject({
      replicas: 1,
      strategy: { type: 'Recreate' },
      revisionHistoryLimit: 10,
      progressDeadlineSeconds: 600,
      template: { metadata: {}, spec: { dnsPolicy: 'ClusterFirst' } },
    });
  });

  it('take labels and selector from the template where a ReplicationController has none', () => {
    const given = {
      apiVersion: 'v1',
      kind: 'ReplicationController',
      metadata: { name: 'r' },
      spec: { template: { metadata: { labels: { a: 'b' } }, spec: { containers: [] } } },
    };
    expect(replicationControllerKind.defaults?.(given as never)).toMatchObject({
      metadata: { labels: { a: 'b' } },
      spec: { selector: { a: 'b' }, replicas: 1 },
    });
  });
});
