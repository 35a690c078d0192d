// Sidecars in trouble: what is said of them is not what is said of main containers, and who waits for them depends on how far the pod is.
import { expect, it } from 'vitest';
import type { Event } from '../../kube/kinds/event.ts';
import { testCluster } from '../testCluster.ts';

const PODS = `
apiVersion: v1
kind: Pod
metadata: {name: never-up}
spec:
  terminationGracePeriodSeconds: 2
  initContainers:
  - name: side
    image: busybox:1.36
    restartPolicy: Always
    command: [sleep, 1h]
    startupProbe: {exec: {command: ['false']}, periodSeconds: 1, failureThreshold: 2}
  containers: [{name: app, image: "busybox:1.36", command: [sleep, 1h]}]
---
apiVersion: v1
kind: Pod
metadata: {name: overtaken}
spec:
  initContainers:
  - {name: side, image: "busybox:1.36", restartPolicy: Always, command: [sh, -c, 'sleep 1; exit 3']}
  - {name: setup, image: "busybox:1.36", command: [sleep, '8']}
  containers: [{name: app, image: "busybox:1.36", command: [sleep, 1h]}]
`;

it('a sidecar that fails is told as an init container, and waited for only while nothing after it has begun', () => {
  const test = testCluster({ nodes: 1, runtime: { scripts: true } });
  test.apply(PODS);
  test.cluster.runUntil(12_000);
  const podOf = (name: string) => test.pods().find(({ metadata }) => metadata.name === name)?.status;
  expect(podOf('never-up')?.phase).toBe('Pending');
  const told = test.cluster.api.list<Event>('Event').filter(({ reason }) => reason === 'Killing');
  expect(told.map(({ message }) => message)).toEqual(['Init container side failed startup probe']);
  // Its main container starts while the sidecar waits for its back-off.
  expect(podOf('overtaken')).toMatchObject({
    phase: 'Running',
    initContainerStatuses: [{ state: { waiting: { reason: 'CrashLoopBackOff' } } }, { state: { terminated: { exitCode: 0 } } }],
    containerStatuses: [{ ready: true }],
  });
});
