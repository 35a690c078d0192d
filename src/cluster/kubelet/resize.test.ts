import { describe, expect, it } from 'vitest';
import type { Event } from '../../kube/kinds/event.ts';
import { conditionOf } from '../../kube/meta.ts';
import { patchPodSubresource } from '../podSubresources.ts';
import { testCluster } from '../testCluster.ts';

const pod = (name: string, cpu: string) => `
apiVersion: v1
kind: Pod
metadata: {name: ${name}}
spec:
  terminationGracePeriodSeconds: 0
  containers:
  - name: app
    image: busybox:1.36
    command: [sleep, 1h]
    resources: {requests: {cpu: ${cpu}}, limits: {cpu: ${cpu}}}
---`;

describe('a resize', () => {
  it('that its machine has no room for waits until there is some', () => {
    const test = testCluster({ nodes: 1, runtime: { scripts: true } });
    test.apply(pod('large', '3') + pod('small', '500m'));
    test.cluster.runUntil(3000);
    const { api } = test.cluster;
    const patch = { spec: { containers: [{ name: 'app', resources: { requests: { cpu: '1500m' }, limits: { cpu: '1500m' } } }] } };
    patchPodSubresource(api, 'resize', { namespace: 'default', name: 'small', patch, type: 'strategic' });
    test.cluster.runUntil(6000);
    const statusOf = () => test.pods().find(({ metadata }) => metadata.name === 'small')?.status;
    const message = "Node didn't have enough resource: cpu, requested: 1500, used: 3000, capacity: 4000";
    expect(conditionOf(statusOf()?.conditions, 'PodResizePending')).toMatchObject({ status: 'True', reason: 'Deferred', message });
    expect(statusOf()?.containerStatuses?.[0]?.resources?.requests).toEqual({ cpu: '500m' });

    api.delete('Pod', 'default', 'large');
    test.cluster.runUntil(9000);
    expect(conditionOf(statusOf()?.conditions, 'PodResizePending')).toBeUndefined();
    expect(statusOf()?.containerStatuses?.[0]).toMatchObject({ restartCount: 0, resources: { requests: { cpu: '1500m' } } });
    const told = api.list<Event>('Event').flatMap(({ reason }) => (reason.startsWith('Resize') ? reason : []));
    expect(told.toSorted()).toEqual(['ResizeCompleted', 'ResizeDeferred', 'ResizeStarted']);
  });

  it('cannot take memory away that is in use, and is tried again', () => {
    const test = testCluster({ nodes: 1, runtime: { scripts: true } });
    test.apply(`
apiVersion: v1
kind: Pod
metadata: {name: eater}
spec:
  containers:
  - {name: app, image: polinux/stress, command: [stress, --vm, "1", --vm-bytes, 150M], resources: {limits: {memory: 200Mi}}}`);
    test.cluster.runUntil(5000);
    const resize = (memory: string, untilMs: number) => {
      const patch = { spec: { containers: [{ name: 'app', resources: { requests: { memory }, limits: { memory } } }] } };
      patchPodSubresource(test.cluster.api, 'resize', { namespace: 'default', name: 'eater', patch, type: 'strategic' });
      test.cluster.runUntil(untilMs);
      const { conditions, containerStatuses } = test.pods()[0]?.status ?? {};
      return { condition: conditionOf(conditions, 'PodResizeInProgress'), limits: containerStatuses?.[0]?.resources?.limits };
    };
    const { condition, limits } = resize('100Mi', 25_000);
    expect(condition).toMatchObject({ status: 'True', reason: 'Error' });
    expect(condition?.message).toMatch(
      /^cannot decrease memory limits: \[attempting to set pod memory limit \(104857600\) below current usage \((\d+)\), attempting to set container "app" memory limit \(104857600\) below current usage \(\1\)\]$/,
    );
    expect(limits).toEqual({ memory: '200Mi' });
    expect(resize('180Mi', 30_000)).toEqual({ condition: undefined, limits: { memory: '180Mi' } });
    const told = test.cluster.api
      .list<Event>('Event')
      .flatMap(({ reason, count }) => (reason.startsWith('Resize') ? `${reason} ${count}` : []));
    expect(told).toEqual(['ResizeStarted 1', 'ResizeError 1', 'ResizeStarted 1', 'ResizeCompleted 1']);
  });
});
