// A machine that is short of memory or disk: what is told of it, who has to go, who may come, and when it is over.
import { describe, expect, it } from 'vitest';
import type { Event } from '../../kube/kinds/event.ts';
import type { Node } from '../../kube/kinds/node.ts';
import type { Pod } from '../../kube/kinds/pod.ts';
import type { EvictionThresholds } from '../intents.ts';
import { testCluster } from '../testCluster.ts';

const MEBI = 2 ** 20;

/** 2 GiB, of which the system takes 350 MiB. */
function world(eviction: EvictionThresholds) {
  const test = testCluster({
    nodes: [{ name: 'small', memory: '2Gi' }],
    seed: 3,
    runtime: { scripts: true, eviction: { transitionMs: 30_000, ...eviction } },
  });
  const { cluster } = test;
  const node = () => cluster.api.get<Node>('Node', undefined, 'small') as Node;
  return {
    ...test,
    until: (seconds: number) => cluster.runUntil(seconds * 1000),
    condition: (type: string) => node().status.conditions?.find((each) => each.type === type)?.status,
    taints: () => (node().spec.taints ?? []).map(({ key }) => key.replace('node.kubernetes.io/', '')),
    pod: (name: string) => cluster.api.get<Pod>('Pod', 'default', name) as Pod,
    evicted: () =>
      cluster.api
        .list<Event>('Event')
        .filter(({ reason }) => reason === 'Evicted')
        .map(({ involvedObject }) => involvedObject.name),
    told: (reason: string) => cluster.api.list<Event>('Event').find((event) => event.reason === reason)?.message,
  };
}

const eater = (name: string, takes: string, rest = '') => `
apiVersion: v1
kind: Pod
metadata: {name: ${name}}
spec:
  terminationGracePeriodSeconds: 20
  tolerations: [{operator: Exists}]
  containers:
  - name: app
    image: polinux/stress
    command: [sh, -c, '${takes}']
${rest}
---`;
const stress = (mebi: number) => `exec stress --vm 1 --vm-bytes ${mebi}M --vm-hang 0`;
const requests = (mebi: number) => `    resources: {requests: {memory: ${mebi}Mi}}`;

describe('a machine short of memory', () => {
  it('says so at the soft threshold at once, and evicts when it has been passed for its grace, with grace for the pod', () => {
    const test = world({ memorySoftBytes: 600 * MEBI, softGraceMs: 15_000, maxPodGraceMs: 5000 });
    test.apply(eater('hog', `trap "echo bye" TERM; sleep 5; stress --vm 1 --vm-bytes 1200M --vm-hang 0 & while true; do sleep 1; done`));
    test.until(9);
    expect([test.condition('MemoryPressure'), test.taints(), test.evicted()]).toEqual(['True', ['memory-pressure'], []]);
    test.until(21);
    expect(test.evicted()).toEqual([]);
    test.until(24);
    expect([test.evicted(), test.pod('hog').status.phase]).toEqual([['hog'], 'Running']);
    test.until(30);
    expect(test.pod('hog').status).toMatchObject({ phase: 'Failed', reason: 'Evicted' });
    test.until(60);
    expect([test.condition('MemoryPressure'), test.taints()]).toEqual(['False', []]);
    expect(test.told('NodeHasSufficientMemory')).toBe('Node small status is now: NodeHasSufficientMemory');
  });

  it('evicts one after the other until the minimum is freed, and never who stays within its request while others do not', () => {
    const test = world({ memoryHardBytes: 300 * MEBI, minReclaimBytes: 500 * MEBI });
    test.apply(
      [
        eater('modest', stress(750), requests(800)),
        eater('over', stress(250), requests(100)),
        eater('most', `sleep 8; ${stress(500)}`, requests(10)),
      ].join('\n'),
    );
    test.until(40);
    expect(test.evicted()).toEqual(['most', 'over']);
    expect(test.pod('most').status.message).toMatch(
      /^The node was low on resource: memory\. Threshold quantity: 300Mi, available: \d+Ki\. Container app was using \d+Ki, request is 10Mi, has larger consumption of memory\. $/,
    );
    expect(test.pod('modest').status.phase).toBe('Running');
  });

  it('refuses pods of the lowest class, and takes the others', () => {
    const test = world({ memoryHardBytes: 1000 * MEBI });
    test.apply(eater('within', stress(750), requests(800)));
    test.until(8);
    expect(test.condition('MemoryPressure')).toBe('True');
    const bound = (name: string, rest = '') =>
      `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec:\n  nodeName: small\n  containers:\n  - name: app\n    image: nginx\n${rest}\n---\n`;
    test.apply(bound('lowest') + bound('asking', requests(10)));
    test.until(8.5);
    expect(test.pod('lowest').status).toMatchObject({
      phase: 'Failed',
      reason: 'Evicted',
      message: 'Pod was rejected: The node had condition: [MemoryPressure]. ',
    });
    expect(test.pod('asking').status.reason).toBeUndefined();
  });
});

describe('a machine short of disk', () => {
  it('evicts who wrote most beyond what was asked for, and takes nobody meanwhile', () => {
    const test = world({ diskHardBytes: 60 * 1024 * MEBI });
    const writer = (name: string, gibi: number, rest = '') => eater(name, `dd if=/dev/zero of=/big bs=1G count=${gibi}; sleep 3600`, rest);
    test.apply(writer('some', 5, '    resources: {requests: {ephemeral-storage: 8Gi}}') + writer('most', 20));
    test.until(35);
    expect(test.evicted()).toEqual(['most']);
    expect(test.pod('most').status.message).toMatch(
      /^The node was low on resource: ephemeral-storage\. Threshold quantity: 60Gi, available: \d+Ki\. Container app was using \d+Ki, request is 0, has larger consumption of ephemeral-storage\. $/,
    );
    expect([test.condition('DiskPressure'), test.taints()]).toEqual(['True', ['disk-pressure']]);
    test.until(90);
    expect([test.condition('DiskPressure'), test.taints()]).toEqual(['False', []]);
  });
});
