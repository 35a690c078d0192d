// Pods whose containers run for real: the same seed gives the same bytes, a world goes on from any of its moments, files follow their
// objects, and a person's commands are part of the run.
// @module-tag long
import { describe, expect, it } from 'vitest';
import { insideOf } from '../../kube/inside.ts';
import type { Event } from '../../kube/kinds/event.ts';
import { type TestCluster, testCluster } from '../testCluster.ts';

const PODS = `
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {colour: red}
---
apiVersion: v1
kind: Pod
metadata: {name: busy}
spec:
  volumes: [{name: shared, emptyDir: {}}]
  containers:
  - name: writer
    image: busybox:1.36
    command: [sh, -c, 'i=0; while true; do i=$((i+1)); echo "line $i $RANDOM" >> /shared/log; echo $i; sleep 2; done']
    volumeMounts: [{name: shared, mountPath: /shared}]
  - name: crasher
    image: busybox:1.36
    command: [sh, -c, 'sleep 3; exit 1']
---
apiVersion: v1
kind: Pod
metadata: {name: reader}
spec:
  volumes: [{name: files, configMap: {name: settings}}]
  containers:
  - name: reader
    image: busybox:1.36
    command: [sh, -c, 'while true; do cat /etc/settings/colour; echo; sleep 5; done']
    volumeMounts:
    - {name: files, mountPath: /etc/settings}
    - {name: files, mountPath: /etc/pinned, subPath: colour}
`;

function world(): TestCluster {
  const test = testCluster({ nodes: 1, seed: 7, runtime: { scripts: true } });
  test.apply(PODS);
  return test;
}

const lines = ({ cluster }: TestCluster) =>
  cluster.changes.map(({ atMs, verb, key, after }) => `${atMs} ${verb} ${key} ${JSON.stringify(after)}`);
const printed = ({ cluster }: TestCluster, pod: string, container: string) =>
  insideOf(cluster.snapshot(), 'default', pod)?.containers[container]?.log.flatMap((run) => run.lines.map(({ text }) => text)) ?? [];

const ASKING = `
apiVersion: v1
kind: Pod
metadata: {name: asker}
spec:
  containers: [{name: asker, image: "busybox:1.36", command: [sh, -c, 'sleep 4; wget -qO- http://web/; wget -qO- http://nobody/; sleep 600']}]
---
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {containers: [{name: web, image: "nginx:1.27"}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
`;

describe('a world with scripts', () => {
  it('keeps a request with the pod that sent it and with the one that answered', () => {
    const test = testCluster({ nodes: 1, seed: 7, runtime: { scripts: true } });
    test.apply(ASKING);
    test.cluster.runUntil(10_000);
    const inside = (pod: string) => insideOf(test.cluster.snapshot(), 'default', pod);
    expect(inside('asker')?.sent).toMatchObject([{ container: 'asker', to: 'web', path: '/', status: 200 }]);
    expect(inside('web')?.requests).toMatchObject([{ from: 'Pod/default/asker', status: 200 }]);
  });

  it('gives the same bytes for the same seed, and goes on from any moment as it did', () => {
    const first = world();
    first.cluster.runUntil(40_000);
    const whole = lines(first);
    const second = world();
    second.cluster.runUntil(40_000);
    expect(lines(second)).toEqual(whole);
    second.cluster.forkAt(21_500);
    second.cluster.runUntil(40_000);
    expect(lines(second)).toEqual(whole);
  });

  it('keeps a command that a person ran in a container when it goes on from a later moment', () => {
    const test = world();
    test.cluster.runUntil(10_000);
    test.cluster.exec({ namespace: 'default', pod: 'busy', container: 'writer', command: ['sh', '-c', 'echo mine > /shared/mine'] });
    test.cluster.runUntil(20_000);
    const mine = () => insideOf(test.cluster.snapshot(), 'default', 'busy')?.volumes['shared']?.get('/mine')?.text;
    expect(mine()).toBe('mine\n');
    test.cluster.forkAt(15_000);
    expect(mine()).toBe('mine\n');
    test.cluster.forkAt(9000);
    expect(mine()).toBeUndefined();
  });

  it('lets files follow their ConfigMap half a minute to a minute and a half later, but not those mounted by themselves', () => {
    const test = world();
    test.cluster.runUntil(10_000);
    test.patch('ConfigMap', 'settings', { data: { colour: 'blue' } });
    test.cluster.runUntil(25_000);
    expect(printed(test, 'reader', 'reader')).not.toContain('blue');
    test.cluster.runUntil(105_000);
    expect(printed(test, 'reader', 'reader').at(-1)).toBe('blue');
    const pinned = test.cluster.exec({
      namespace: 'default',
      pod: 'reader',
      container: 'reader',
      command: ['sh', '-c', 'cat /etc/pinned; ls -d /etc/settings/..2*'],
    });
    test.cluster.runUntil(106_000);
    expect(typeof pinned === 'string' ? pinned : pinned.output.map(({ text }) => text).join('')).toMatch(/^red\S+\n$/);
  });

  it("answers a person's request where it is listened for, and has the machine evict whose memory a person fills", () => {
    const test = testCluster({ nodes: 1, seed: 7, runtime: { scripts: true } });
    test.apply('apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {containers: [{name: web, image: "nginx:1.27"}]}\n');
    test.cluster.runUntil(5000);
    test.cluster.submit({ type: 'send', namespace: 'default', to: 'pod/web', port: 80, path: '/' });
    test.cluster.runUntil(6000);
    expect(insideOf(test.cluster.snapshot(), 'default', 'web')?.requests).toMatchObject([{ from: '', port: 80, status: 200 }]);
    test.cluster.submit({ type: 'fillMemory', namespace: 'default', pod: 'web', container: 'web', bytes: 9 * 2 ** 30 });
    test.cluster.runUntil(15_000);
    const told = test.cluster.api.list<Event>('Event').map(({ reason }) => reason);
    expect(told).toEqual(expect.arrayContaining(['EvictionThresholdMet', 'Evicted']));
  });
});
