// What is told of pods that run for real while they are stopped, and how they are said to have ended.
import { describe, expect, it } from 'vitest';
import { insideOf } from '../../kube/inside.ts';
import type { Event } from '../../kube/kinds/event.ts';
import { conditionOf } from '../../kube/meta.ts';
import { patchPodSubresource } from '../podSubresources.ts';
import { type TestCluster, testCluster } from '../testCluster.ts';

const PODS = `
apiVersion: v1
kind: Pod
metadata: {name: unready}
spec:
  terminationGracePeriodSeconds: 8
  containers:
  - name: app
    image: busybox:1.36
    command: [sh, -c, 'touch /tmp/ok; trap "rm /tmp/ok" TERM; while true; do sleep 1; done']
    readinessProbe: {exec: {command: [cat, /tmp/ok]}, periodSeconds: 1, failureThreshold: 1}
    livenessProbe: {exec: {command: [cat, /tmp/ok]}, periodSeconds: 1, failureThreshold: 1}
---
apiVersion: v1
kind: Pod
metadata: {name: starved}
spec:
  restartPolicy: Never
  containers:
  - name: app
    image: busybox:1.36
    command: [sh, -c, 'tail /dev/zero & wait $!; echo $?; exit 3']
    resources: {limits: {memory: 32Mi}}
---
apiVersion: v1
kind: Pod
metadata: {name: late}
spec:
  activeDeadlineSeconds: 4
  terminationGracePeriodSeconds: 2
  containers: [{name: app, image: "busybox:1.36", command: [sleep, 1h]}]
---
apiVersion: v1
kind: Pod
metadata: {name: hooked}
spec:
  terminationGracePeriodSeconds: 3
  containers:
  - name: app
    image: busybox:1.36
    command: [sh, -c, 'trap "sleep 1; exit 0" TERM; while true; do sleep 0.1; done']
    lifecycle: {preStop: {exec: {command: [sleep, '60']}}}
---
apiVersion: v1
kind: Pod
metadata: {name: health}
spec:
  containers:
  - name: app
    image: registry.k8s.io/e2e-test-images/agnhost:2.40
    args: [grpc-health-checking, --delay-unhealthy-sec=3]
    readinessProbe: {grpc: {port: 5000}, periodSeconds: 1, failureThreshold: 1}
  - name: web
    image: local/httpd:1
    readinessProbe: {grpc: {port: 80}, timeoutSeconds: 2}
`;

function ended(): TestCluster {
  const test = testCluster({ nodes: 1, runtime: { scripts: true } });
  test.apply(PODS);
  test.cluster.runUntil(3000);
  for (const name of ['unready', 'hooked']) test.cluster.api.delete('Pod', 'default', name);
  return test;
}

const eventsOf = (test: TestCluster, name: string) =>
  test.cluster.api.list<Event>('Event').filter(({ involvedObject }) => involvedObject.name === name);
const podOf = (test: TestCluster, name: string) => test.pods().find(({ metadata }) => metadata.name === name);

describe('a pod that is stopped', () => {
  it('is asked whether it is ready until its end, and not any more whether it lives', () => {
    const test = ended();
    test.cluster.runUntil(6000);
    expect(conditionOf(podOf(test, 'unready')?.status.conditions, 'Ready')?.status).toBe('False');
    const asked = eventsOf(test, 'unready').flatMap(({ reason, message }) => (reason === 'Unhealthy' ? message.split(' ')[0] : []));
    expect([...new Set(asked)]).toEqual(['Readiness']);
  });

  it('has its hook cut off with its end where the hook takes longer than the grace', () => {
    const test = ended();
    test.cluster.runUntil(6200);
    const hasFailed = () => eventsOf(test, 'hooked').some(({ reason }) => reason === 'FailedPreStopHook');
    expect(hasFailed()).toBe(false);
    test.cluster.runUntil(8000);
    expect(hasFailed()).toBe(true);
  });

  it('is told to be past its deadline with each of its last statuses', () => {
    const test = ended();
    test.cluster.runUntil(9000);
    expect(podOf(test, 'late')?.status).toMatchObject({ phase: 'Failed', reason: 'DeadlineExceeded' });
    expect(eventsOf(test, 'late').find(({ reason }) => reason === 'DeadlineExceeded')?.count).toBe(4);
  });
});

describe('a container', () => {
  it('is said to have run out of memory where one of its processes has, whatever it ends with', () => {
    const test = ended();
    expect(podOf(test, 'starved')?.status.containerStatuses?.[0]?.state.terminated).toMatchObject({ reason: 'OOMKilled', exitCode: 3 });
  });

  it('that looks into another one is among its processes, and ends with it', () => {
    const test = testCluster({ nodes: 1, runtime: { scripts: true } });
    test.apply(
      '{apiVersion: v1, kind: Pod, metadata: {name: seen}, spec: {containers: [{name: app, image: "busybox:1.36", command: [sleep, "5"]}]}}',
    );
    test.cluster.runUntil(2000);
    const looking = { name: 'look', image: 'busybox:1.36', command: ['sh', '-c', 'ps; sleep 60'], targetContainerName: 'app' };
    const patch = { spec: { ephemeralContainers: [looking] } };
    const request = { namespace: 'default', name: 'seen', patch, type: 'strategic' } as const;
    patchPodSubresource(test.cluster.api, 'ephemeralcontainers', request);
    expect(() =>
      patchPodSubresource(test.cluster.api, 'ephemeralcontainers', {
        ...request,
        patch: { spec: { ephemeralContainers: [{ ...looking, command: ['true'] }] } },
      }),
    ).toThrow(
      /existing ephemeral containers "look" may not be changed\n.*\n  "Name": "look",\n  .*\n  "Command": \[\n-  "sh",\n-  "-c",\n-  "ps; sleep 60"\n\+  "true"\n/s,
    );
    test.cluster.runUntil(9000);
    const log = insideOf(test.cluster.snapshot(), 'default', 'seen')?.containers['look']?.log.flatMap(({ lines }) => lines);
    expect(log?.map(({ text }) => text)).toEqual([
      'PID   USER     COMMAND',
      '    1 root     sleep 5',
      '    2 root     sh -c ps; sleep 60',
      '    3 root     ps',
    ]);
    expect(podOf(test, 'seen')?.status.ephemeralContainerStatuses?.[0]?.state.terminated?.exitCode).toBe(137);
  });

  it('is asked for its health by gRPC, which a web server does not speak', () => {
    const test = ended();
    test.cluster.runUntil(7000);
    const messages = new Set(eventsOf(test, 'health').flatMap(({ reason, message }) => (reason === 'Unhealthy' ? message : [])));
    const address = `${podOf(test, 'health')?.status.podIP}:80`;
    expect([...messages].toSorted()).toEqual([
      'Readiness probe failed: service unhealthy (responded with "NOT_SERVING")',
      `Readiness probe failed: timeout: failed to connect service "${address}" within 2s: context deadline exceeded`,
    ]);
  });
});
