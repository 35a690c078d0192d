// What stands in the way of a container, in the kubelet's words, each as a real one says it.
import { describe, expect, it } from 'vitest';
import { insideOf } from '../../kube/inside.ts';
import type { Event } from '../../kube/kinds/event.ts';
import type { ContainerState } from '../../kube/kinds/pod.ts';
import { testCluster } from '../testCluster.ts';

const PODS = `
apiVersion: v1
kind: Pod
metadata: {name: hook}
spec:
  terminationGracePeriodSeconds: 2
  containers:
  - name: app
    image: busybox:1.36
    command: [sleep, '3600']
    lifecycle: {postStart: {httpGet: {port: 8080}}}
---
apiVersion: v1
kind: Pod
metadata: {name: path}
spec:
  volumes: [{name: work, emptyDir: {}}]
  containers:
  - name: app
    image: busybox:1.36
    command: [sleep, '3600']
    volumeMounts: [{name: work, mountPath: /work, subPathExpr: "$(NOBODY)/$(AGAIN)"}]
---
apiVersion: v1
kind: Pod
metadata: {name: long}
spec:
  restartPolicy: Never
  containers:
  - {name: a, image: "busybox:1.36", command: [sh, -c, 'yes abcdefg | head -c 5000 > /dev/termination-log; exit 2']}
  - {name: b, image: "busybox:1.36", command: ['true']}
  - {name: c, image: "busybox:1.36", command: ['true']}
  - {name: d, image: "busybox:1.36", command: ['true']}
---
apiVersion: v1
kind: Pod
metadata: {name: spared}
spec:
  restartPolicy: Never
  containers: [{name: app, image: "busybox:1.36", command: [sh, -c, 'sh -c "kill -9 1; echo $?"; exit 4']}]
---
apiVersion: v1
kind: Pod
metadata: {name: unasked}
spec:
  securityContext: {runAsUser: 1000, runAsGroup: 3000, fsGroup: 2000}
  volumes: [{name: work, emptyDir: {}}]
  containers:
  - name: app
    image: busybox:1.36
    command: [sh, -c, 'ls -ld /work; sleep 3600']
    volumeMounts: [{name: work, mountPath: /work, subPath: inner}]
    livenessProbe: {exec: {command: [nosuch]}, periodSeconds: 1, failureThreshold: 1}
`;

const UNFIT = `apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {nginx.conf: "events {}"}
---
apiVersion: v1
kind: Pod
metadata: {name: seccomp}
spec:
  securityContext: {seccompProfile: {type: Localhost, localhostProfile: profiles/audit.json}}
  containers: [{name: app, image: "hashicorp/http-echo:1.0", args: ["-text=hi"]}]
---
apiVersion: v1
kind: Pod
metadata: {name: apparmor}
spec:
  containers:
  - {name: app, image: "busybox:1.36", command: [sleep, 1h], securityContext: {appArmorProfile: {type: Localhost, localhostProfile: deny}}}
---
apiVersion: v1
kind: Pod
metadata: {name: mount}
spec:
  volumes: [{name: settings, configMap: {name: settings}}]
  containers: [{name: app, image: "nginx:1.29", volumeMounts: [{name: settings, mountPath: /etc/nginx/nginx.conf}]}]
---
apiVersion: v1
kind: Pod
metadata: {name: below}
spec:
  volumes: [{name: work, emptyDir: {}}]
  initContainers: [{name: first, image: "busybox:1.36", command: [touch, /w/file], volumeMounts: [{name: work, mountPath: /w}]}]
  containers: [{name: app, image: "busybox:1.36", command: [sleep, 1h], volumeMounts: [{name: work, mountPath: /w, subPath: file/x}]}]
---
apiVersion: v1
kind: Pod
metadata: {name: mechanic}
spec:
  volumes: [{name: machine, hostPath: {path: /var/lib/kubelet/seccomp}}]
  containers:
  - name: app
    image: busybox:1.36
    command: [sh, -c, 'sleep 6; mkdir -p /s/profiles; echo {} > /s/profiles/audit.json; sleep 1h']
    volumeMounts: [{name: machine, mountPath: /s}]
`;

describe('a container in trouble', () => {
  it('says why', () => {
    const test = testCluster({ nodes: 1, runtime: { scripts: true } });
    test.apply(PODS);
    test.cluster.runUntil(5000);
    const stateOf = (name: string): ContainerState | undefined =>
      test.pods().find(({ metadata }) => metadata.name === name)?.status.containerStatuses?.[0]?.state;
    expect(stateOf('hook')?.waiting).toMatchObject({
      reason: 'PostStartHookError',
      message: expect.stringMatching(
        /^HTTP lifecycle hook \(\/\) for Container "app" in Pod "hook_default\(.+\)" failed - error: Get "http:\/\/([\d.]+):8080\/": dial tcp \1:8080: connect: connection refused$/,
      ),
    });
    expect(stateOf('path')?.waiting).toEqual({ reason: 'CreateContainerConfigError', message: 'missing value for AGAIN, NOBODY' });
    // Four containers share 12 kB.
    expect(stateOf('long')?.terminated?.message?.length).toBe(3072);
    // Nothing in a container can kill its first process.
    expect(stateOf('spared')?.terminated?.exitCode).toBe(4);
  });

  it('is not judged by a question that cannot be asked, and has the volumes of its group', () => {
    const test = testCluster({ nodes: 1, runtime: { scripts: true } });
    test.apply(PODS);
    test.cluster.runUntil(8000);
    const [status] = test.pods().find(({ metadata }) => metadata.name === 'unasked')?.status.containerStatuses ?? [];
    expect(status).toMatchObject({ restartCount: 0, user: { linux: { uid: 1000, gid: 3000, supplementalGroups: [2000, 3000] } } });
    const unhealthy = test.cluster.api.list<Event>('Event').find(({ reason }) => reason === 'Unhealthy');
    expect(unhealthy?.message).toMatch(
      /^Liveness probe errored and resulted in unknown state: rpc error: code = Unknown desc = failed to exec in container: failed to start exec "[0-9a-f]{64}": OCI runtime exec failed: exec failed: unable to start container process: exec: "nosuch": executable file not found in \$PATH$/,
    );
    const log = insideOf(test.cluster.snapshot(), 'default', 'unasked')?.containers['app']?.log.flatMap(({ lines }) => lines);
    expect(log?.[0]?.text).toMatch(/^drwxrwsrwx +2 root +2000 /);
  });

  it('is not made, or not begun, where its machine has not what it names and where a volume does not fit', () => {
    const test = testCluster({ nodes: 1, runtime: { scripts: true } });
    test.apply(UNFIT);
    test.cluster.runUntil(5000);
    const statusOf = (name: string) => test.pods().find(({ metadata }) => metadata.name === name)?.status.containerStatuses?.[0];
    const path = '/var/lib/kubelet/seccomp/profiles/audit.json';
    expect(['seccomp', 'apparmor'].map((name) => statusOf(name)?.state.waiting)).toEqual([
      {
        reason: 'CreateContainerError',
        message: `failed to create containerd container: cannot load seccomp profile "${path}": open ${path}: no such file or directory`,
      },
      {
        reason: 'CreateContainerError',
        message: 'failed to get container spec opts: failed to generate apparmor spec opts: apparmor profile not found deny',
      },
    ]);
    expect(statusOf('mount')?.lastState?.terminated).toMatchObject({
      reason: 'StartError',
      message: expect.stringMatching(
        /kubernetes\.io~configmap\/settings" to rootfs at "\/etc\/nginx\/nginx\.conf": .*a directory onto a file/,
      ),
    });
    test.cluster.runUntil(25_000);
    expect(statusOf('seccomp')?.state.running).toBeDefined();
    expect(statusOf('below')?.state.waiting).toEqual({
      reason: 'CreateContainerConfigError',
      message: 'failed to prepare subPath for volumeMount "work" of container "app"',
    });
  });

  it('has no image where a name says that nobody has published it', () => {
    const test = testCluster({ nodes: 1, runtime: { scripts: true } });
    const pod = (name: string, image: string) =>
      `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec: {containers: [{name: app, image: "${image}"}]}\n`;
    test.apply(`${pod('a', 'acme/does-not-exist:2')}---\n${pod('b', 'nginx:no-such-tag')}`);
    test.cluster.runUntil(4000);
    const said = test.pods().map(({ status }) => status.containerStatuses?.[0]?.state.waiting?.message);
    expect(said).toEqual([
      'failed to pull and unpack image "docker.io/acme/does-not-exist:2": failed to resolve image: pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
      'rpc error: code = NotFound desc = failed to pull and unpack image "docker.io/library/nginx:no-such-tag": failed to resolve image: docker.io/library/nginx:no-such-tag: not found',
    ]);
  });
});
