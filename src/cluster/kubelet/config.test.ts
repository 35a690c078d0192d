import { describe, expect, it } from 'vitest';
import type { Event } from '../../kube/kinds/event.ts';
import type { Pod } from '../../kube/kinds/pod.ts';
import { type TestCluster, testCluster } from '../testCluster.ts';

const pod = (name: string, container: string, volumes = '') => `
apiVersion: v1
kind: Pod
metadata: {name: ${name}}
spec:
  containers: [{name: app, image: "nginx:1", ${container}}]
  ${volumes}
`;
const config = (name: string, data: string) => `
apiVersion: v1
kind: ConfigMap
metadata: {name: ${name}}
data: {${data}}
`;

function world(isReal = true): TestCluster {
  return testCluster({ nodes: 1, runtime: { scripts: isReal } });
}

const pass = ({ cluster }: TestCluster, seconds: number) => void cluster.runUntil(cluster.nowMs + seconds * 1000);
const state = ({ pods }: TestCluster) => pods().at(-1)?.status.containerStatuses?.[0]?.state;
const told = ({ cluster }: TestCluster, reason: string) => cluster.api.list<Event>('Event').filter((event) => event.reason === reason);

describe('a container whose variables come from what is not there', () => {
  it.each([
    ['a ConfigMap', 'envFrom: [{configMapRef: {name: cfg}}]', 'configmap "cfg" not found'],
    ['a Secret', 'env: [{name: A, valueFrom: {secretKeyRef: {name: s, key: k}}}]', 'secret "s" not found'],
    [
      'a key',
      'env: [{name: A, valueFrom: {configMapKeyRef: {name: kube-root-ca.crt, key: nokey}}}]',
      "couldn't find key nokey in ConfigMap default/kube-root-ca.crt",
    ],
  ])('waits for %s and says so', (_, container, message) => {
    const test = world();
    pass(test, 1);
    test.apply(pod('p', container));
    pass(test, 30);
    expect(state(test)).toEqual({ waiting: { reason: 'CreateContainerConfigError', message } });
    expect(told(test, 'Failed')).toMatchObject([{ type: 'Warning', message: `Error: ${message}`, count: 4 }]);
    expect(test.pods().at(-1)?.status.phase).toBe('Pending');
  });

  it('starts some seconds after it appears, without having restarted', () => {
    const test = world();
    test.apply(pod('p', 'envFrom: [{configMapRef: {name: cfg}}]'));
    pass(test, 5);
    test.apply(config('cfg', 'A: "1"'));
    pass(test, 12);
    expect(state(test)?.running).toBeDefined();
    expect((test.pods()[0] as Pod).status.containerStatuses?.[0]?.restartCount).toBe(0);
  });

  it('does not wait for what is optional', () => {
    const test = world();
    test.apply(pod('p', 'envFrom: [{configMapRef: {name: cfg, optional: true}}]'));
    pass(test, 5);
    expect(state(test)?.running).toBeDefined();
  });
});

describe('a pod whose volumes are missing', () => {
  it('tries to mount them again and again, more and more seldom, and starts when they are there', () => {
    const test = world();
    test.apply(pod('p', 'volumeMounts: [{name: c, mountPath: /c}]', 'volumes: [{name: c, configMap: {name: cfg}}]'));
    pass(test, 20);
    expect(state(test)).toEqual({ waiting: { reason: 'ContainerCreating' } });
    expect(told(test, 'FailedMount')).toMatchObject([
      { message: 'MountVolume.SetUp failed for volume "c" : configmap "cfg" not found', count: 6 },
    ]);
    test.apply(config('cfg', 'A: "1"'));
    pass(test, 20);
    expect(state(test)?.running).toBeDefined();
  });
});

describe('the stand-in kubelet', () => {
  it('starts everything, as in the recordings', () => {
    const test = world(false);
    test.apply(pod('p', 'envFrom: [{configMapRef: {name: cfg}}]'));
    pass(test, 5);
    expect(state(test)?.running).toBeDefined();
  });
});
