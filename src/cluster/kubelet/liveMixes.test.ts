// Two things at once in a pod that runs for real: each is known by itself, together they go on as on a real machine.
import { expect, it } from 'vitest';
import { insideOf } from '../../kube/inside.ts';
import type { Event } from '../../kube/kinds/event.ts';
import type { Pod } from '../../kube/kinds/pod.ts';
import { testCluster } from '../testCluster.ts';

const PODS = `
apiVersion: v1
kind: Pod
metadata: {name: sidecar}
spec:
  initContainers:
  - name: side
    image: busybox:1.36
    restartPolicy: Always
    command: [sh, -c, 'trap "echo bye; exit 0" TERM; while true; do sleep 1; done']
    livenessProbe: {exec: {command: ['false']}, initialDelaySeconds: 3, periodSeconds: 1, failureThreshold: 1}
  containers: [{name: app, image: "busybox:1.36", command: [sleep, 1h]}]
---
apiVersion: v1
kind: Pod
metadata: {name: full}
spec:
  terminationGracePeriodSeconds: 0
  containers:
  - {name: app, image: "busybox:1.36", command: [sh, -c, 'dd if=/dev/zero of=/f bs=1M count=20; sleep 1h'], resources: {limits: {ephemeral-storage: 10Mi}}}
  - {name: unlimited, image: "busybox:1.36", command: [sleep, 1h]}
---
apiVersion: v1
kind: Pod
metadata: {name: first}
spec: {nodeName: node-1, containers: [{name: app, image: local/httpd:1, ports: [{containerPort: 80, hostPort: 8080}]}]}
---
apiVersion: v1
kind: Pod
metadata: {name: second}
spec: {nodeName: node-1, containers: [{name: app, image: local/httpd:1, ports: [{containerPort: 80, hostPort: 8080}]}]}
---
apiVersion: v1
kind: Pod
metadata: {name: knocked, labels: {app: one}}
spec:
  volumes: [{name: info, downwardAPI: {items: [{path: labels, fieldRef: {fieldPath: metadata.labels}}]}}]
  containers:
  - name: app
    image: busybox:1.36
    command: [sh, -c, 'nc -l -p 6000; echo nc $?; sleep 5; cat /info/labels; echo; sleep 1h']
    readinessProbe: {tcpSocket: {port: 6000}, periodSeconds: 60}
    volumeMounts: [{name: info, mountPath: /info}]
`;

it('each goes by what its parts ask for', () => {
  const test = testCluster({ nodes: 1, runtime: { scripts: true } });
  test.apply(PODS);
  test.cluster.runUntil(3000);
  const knocked = test.cluster.api.mustGet<Pod>('Pod', 'default', 'knocked');
  test.cluster.api.update({ ...knocked, metadata: { ...knocked.metadata, labels: { app: 'two' } } });
  test.cluster.runUntil(26_000);
  const podOf = (name: string) => test.pods().find(({ metadata }) => metadata.name === name)?.status;
  const logOf = (name: string) =>
    insideOf(test.cluster.snapshot(), 'default', name)?.containers['app']?.log.flatMap((run) => run.lines.map(({ text }) => text));

  // A sidecar that is killed for its probe does not wait for the others to end.
  expect(podOf('sidecar')?.initContainerStatuses?.[0]?.lastState.terminated).toMatchObject({ exitCode: 0 });
  expect(podOf('sidecar')?.containerStatuses?.[0]).toMatchObject({ restartCount: 0, ready: true });
  // A limit of one container is the limit of the pod.
  expect(podOf('full')).toMatchObject({
    reason: 'Evicted',
    message: 'Pod ephemeral local storage usage exceeds the total limit of containers 10Mi. ',
  });
  // A port of the machine is given once, whoever chose the machine.
  const [taken, refused] = ['first', 'second'].map(podOf).toSorted((a) => (a?.phase === 'Running' ? -1 : 1));
  expect(taken?.phase).toBe('Running');
  expect(refused).toMatchObject({
    reason: 'NodePorts',
    message: "Pod was rejected: Predicate NodePorts failed: node(s) didn't have free ports for the requested pod ports",
  });
  // A probe that only connects is a visitor, too; and files made of a pod's labels follow them with its next look.
  expect(logOf('knocked')).toEqual(['nc 0', 'app="two"']);
  expect(test.cluster.api.list<Event>('Event').some(({ message }) => message === 'Init container side failed liveness probe')).toBe(true);
});
