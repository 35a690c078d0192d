// What probes do beside asking: each look at a container that is not ready asks it, containers that do not run are found to fail, and what
// was found in a row goes on from one run of a container to the next.
import { expect, it } from 'vitest';
import type { Event } from '../../kube/kinds/event.ts';
import { testCluster } from '../testCluster.ts';

const PODS = `
apiVersion: v1
kind: Pod
metadata: {name: slow}
spec:
  containers:
  - {name: app, image: "busybox:1.36", command: [sh, -c, 'sleep 0.3; touch /tmp/up; sleep 1h'], readinessProbe: {exec: {command: [cat, /tmp/up]}, periodSeconds: 30}}
---
apiVersion: v1
kind: Pod
metadata: {name: crashing}
spec:
  containers:
  - {name: app, image: "busybox:1.36", command: [sh, -c, 'sleep 3; exit 1'], livenessProbe: {exec: {command: ['true']}, periodSeconds: 5}}
---
apiVersion: v1
kind: Pod
metadata: {name: again}
spec:
  terminationGracePeriodSeconds: 0
  containers:
  - {name: app, image: "busybox:1.36", command: [sh, -c, 'sleep 5; exit 1'], startupProbe: {exec: {command: ['false']}, periodSeconds: 2, failureThreshold: 4}}
`;

it('probes follow their container through its runs', () => {
  const test = testCluster({ nodes: 1, runtime: { scripts: true } });
  test.apply(PODS);
  const statusOf = (name: string) => test.pods().find(({ metadata }) => metadata.name === name)?.status.containerStatuses?.[0];
  // Not with the end of its period.
  test.cluster.runUntil(3000);
  expect(statusOf('slow')?.ready).toBe(true);
  // It ends at 8.1 s; at 10.6 its probe finds it ended, and the look that follows shows why it waits.
  test.cluster.runUntil(10_000);
  expect(statusOf('crashing')).toMatchObject({ restartCount: 1, state: { terminated: { exitCode: 1 } } });
  test.cluster.runUntil(11_500);
  expect(statusOf('crashing')?.state.waiting?.reason).toBe('CrashLoopBackOff');
  // Three times in its first run, and once in its second.
  test.cluster.runUntil(14_000);
  const killed = test.cluster.api.list<Event>('Event').filter(({ reason }) => reason === 'Killing');
  expect(killed.map(({ message }) => message)).toEqual(['Container app failed startup probe, will be restarted']);
});
