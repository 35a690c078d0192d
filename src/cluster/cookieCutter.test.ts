// The sentence the whole project exists for: a template is a cookie cutter, and what was cut has no tie to it any more.
import { describe, expect, test } from 'vitest';
import type { Pod } from '../kube/kinds/pod.ts';
import { testCluster } from './testCluster.ts';

const replicaSet = `
apiVersion: apps/v1
kind: ReplicaSet
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: web, image: "nginx:1.25"}]
`;

const imagesOf = (pods: readonly Pod[]) => pods.map(({ spec }) => spec.containers[0]?.image).toSorted((a = '', b = '') => (a < b ? -1 : 1));
const container = (image: string) => ({ spec: { containers: [{ name: 'web', image }] } });

describe('the cookie cutter', () => {
  test('cuts pods, which are scheduled, started and ready', () => {
    const world = testCluster({ nodes: 1 });
    // A node is ready, but carries the taint of one that is not, for a moment after it was registered.
    world.settle();
    world.log();
    world.apply(replicaSet);
    world.settle();
    const names = world.pods().map(({ metadata }) => metadata.name);
    const story = world.log().map((line) => names.reduce((text, name, i) => text.replace(name, `cookie-${i}`), line));
    expect(story.filter((line) => line.includes('cookie-0')).map((line) => line.replace(/^\S+ /, ''))).toEqual([
      'replicaset-controller create Pod/default/cookie-0',
      'default-scheduler bind Pod/default/cookie-0',
      'kubelet updateStatus Pod/default/cookie-0',
      'kubelet updateStatus Pod/default/cookie-0',
    ]);
  });

  test('leaves the cookies as they are when the cutter changes', () => {
    const world = testCluster();
    world.apply(replicaSet);
    world.settle();
    const before = world.pods();
    world.patch('ReplicaSet', 'web', { spec: { template: container('nginx:1.26') } });
    world.settle();
    expect(world.pods()).toEqual(before);
    world.patch('ReplicaSet', 'web', { spec: { replicas: 3 } });
    world.settle();
    expect(imagesOf(world.pods())).toEqual(['nginx:1.25', 'nginx:1.25', 'nginx:1.26']);
  });

  test('leaves a cookie that somebody edits as it was edited', () => {
    const world = testCluster();
    world.apply(replicaSet);
    world.settle();
    const [cookie] = world.pods();
    const { name = '', uid } = cookie?.metadata ?? {};
    world.cluster.submit({
      type: 'request',
      request: { verb: 'patch', kind: 'Pod', namespace: 'default', name, type: 'strategic', patch: container('nginx:edited') },
    });
    world.settle();
    const edited = world.pods().find(({ metadata }) => metadata.uid === uid);
    expect(edited?.spec.containers[0]?.image).toBe('nginx:edited');
    expect(edited?.status.containerStatuses?.[0]).toMatchObject({ image: 'nginx:edited', restartCount: 1, ready: true });
  });
});
