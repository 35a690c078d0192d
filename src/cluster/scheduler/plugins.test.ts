import { describe, expect, it } from 'vitest';
import type { Affinity, PodSpec } from '../../kube/kinds/pod.ts';
import type { KubeObject } from '../../kube/meta.ts';
import { answers, clusterOf, node, pod } from './testObjects.ts';

const web = { matchLabels: { app: 'web' } };
const zone = 'topology.kubernetes.io/zone';
const pinned = (name: string, labels: Record<string, string>, spec: Partial<PodSpec>) => pod(name, { labels, spec });

describe('filters', () => {
  const rows: { name: string; spec: Partial<PodSpec>; requests?: Record<string, string>; reasons: Record<string, string> }[] = [
    {
      name: 'keeps off a cordoned node',
      spec: {},
      reasons: { cordoned: 'node(s) were unschedulable', tainted: 'node(s) had untolerated taint(s)' },
    },
    {
      name: 'tolerates a cordon and a taint',
      spec: { tolerations: [{ operator: 'Exists' }] },
      reasons: {},
    },
    {
      name: 'tolerates one value of a taint only',
      spec: { tolerations: [{ key: 'dedicated', operator: 'Equal', value: 'gpu', effect: 'NoSchedule' }] },
      reasons: { cordoned: 'node(s) were unschedulable' },
    },
    {
      name: 'asks for node labels',
      spec: { nodeSelector: { disk: 'ssd' }, tolerations: [{ operator: 'Exists' }] },
      reasons: {
        small: "node(s) didn't match Pod's node affinity/selector",
        cordoned: "node(s) didn't match Pod's node affinity/selector",
        tainted: "node(s) didn't match Pod's node affinity/selector",
      },
    },
    {
      name: 'names all that is short',
      spec: { tolerations: [{ operator: 'Exists' }] },
      requests: { cpu: '3', memory: '9Gi', 'example.com/gpu': '1' },
      reasons: {
        small: 'Insufficient cpu, Insufficient memory, Insufficient example.com/gpu',
        cordoned: 'Insufficient memory, Insufficient example.com/gpu',
        tainted: 'Insufficient memory, Insufficient example.com/gpu',
        fast: 'Insufficient memory, Insufficient example.com/gpu',
      },
    },
  ];
  const nodes = () => [
    node('small', { cpu: '1' }),
    node('cordoned', { spec: { unschedulable: true } }),
    node('tainted', { spec: { taints: [{ key: 'dedicated', value: 'gpu', effect: 'NoSchedule' }] } }),
    node('fast', { labels: { disk: 'ssd' } }),
  ];

  it.each(rows)('$name', ({ spec, requests, reasons }) => {
    const said = answers(pod('p', { spec, ...(requests ? { requests } : {}) }), clusterOf(nodes()));
    expect(Object.fromEntries(Object.entries(said).filter(([, answer]) => typeof answer === 'string'))).toEqual(reasons);
  });

  it('gives a host port to one pod of a node', () => {
    const containers = [{ name: 'web', ports: [{ containerPort: 80, hostPort: 80 }] }];
    const cluster = clusterOf([node('a'), node('b')], [pod('first', { spec: { containers, nodeName: 'a' } })]);
    expect(answers(pod('second', { spec: { containers } }), cluster)['a']).toBe(
      "node(s) didn't have free ports for the requested pod ports",
    );
  });

  it('counts pods', () => {
    expect(answers(pod('p'), clusterOf([node('full', { pods: '1' })], [pod('q', { spec: { nodeName: 'full' } })]))['full']).toBe(
      'Too many pods',
    );
  });

  it('holds a hard spread and tells nodes without the label apart', () => {
    const spec = {
      topologySpreadConstraints: [{ maxSkew: 1, topologyKey: zone, whenUnsatisfiable: 'DoNotSchedule' as const, labelSelector: web }],
    };
    const cluster = clusterOf(
      [node('a', { labels: { [zone]: 'z1' } }), node('b', { labels: { [zone]: 'z2' } }), node('c')],
      [pinned('one', { app: 'web' }, { nodeName: 'a' })],
    );
    const said = answers(pinned('two', { app: 'web' }, spec), cluster);
    expect(said['a']).toBe("node(s) didn't match pod topology spread constraints");
    expect(said['b']).toBeTypeOf('object');
    expect(said['c']).toBe("node(s) didn't match pod topology spread constraints (missing required label)");
  });

  const beside = (kind: 'podAffinity' | 'podAntiAffinity'): Affinity => ({
    [kind]: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: zone, labelSelector: web }] },
  });
  const zoned = () => [node('a', { labels: { [zone]: 'z1' } }), node('b', { labels: { [zone]: 'z2' } })];

  it('goes where its friends are, and anywhere when it is the first of its own kind', () => {
    const cluster = clusterOf(zoned(), [pinned('one', { app: 'web' }, { nodeName: 'a' })]);
    expect(answers(pinned('two', {}, { affinity: beside('podAffinity') }), cluster)['b']).toBe("node(s) didn't match pod affinity rules");
    const empty = clusterOf(zoned());
    expect(answers(pinned('first', { app: 'web' }, { affinity: beside('podAffinity') }), empty)['b']).toBeTypeOf('object');
    expect(answers(pinned('other', {}, { affinity: beside('podAffinity') }), empty)['b']).toBe("node(s) didn't match pod affinity rules");
  });

  it('keeps away from foes, and from pods whose foe it is', () => {
    const foe = pinned('one', { app: 'web' }, { nodeName: 'a' });
    const guard = pinned('guard', { app: 'db' }, { nodeName: 'b', affinity: beside('podAntiAffinity') });
    const said = answers(pinned('two', { app: 'web' }, { affinity: beside('podAntiAffinity') }), clusterOf(zoned(), [foe, guard]));
    expect(said).toEqual({
      a: "node(s) didn't match pod anti-affinity rules",
      b: "node(s) didn't satisfy existing pods anti-affinity rules",
    });
  });

  it('waits for claims that are to be bound at once', () => {
    const spec = { volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }] };
    const claim: KubeObject = {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'data', namespace: 'default' },
      spec: {},
    };
    expect(answers(pod('p', { spec }), clusterOf([node('a')]))).toEqual({ '*': 'persistentvolumeclaim "data" not found' });
    expect(answers(pod('p', { spec }), clusterOf([node('a')], [], [claim]))).toEqual({
      '*': 'pod has unbound immediate PersistentVolumeClaims',
    });
  });
});

describe('scores', () => {
  it('prefers the emptier and more balanced node', () => {
    // a: cpu (4000-3000)/4000 = 25, memory (8-2)/8 = 75, mean 50; shares 0.75 and 0.25, so 100 * (1 - 0.25) = 75.
    const cluster = clusterOf([node('a'), node('b')], [pod('q', { requests: { cpu: '2', memory: '1Gi' }, spec: { nodeName: 'a' } })]);
    const said = answers(pod('p', { requests: { cpu: '1', memory: '1Gi' } }), cluster);
    expect(said['a']).toMatchObject({ NodeResourcesFit: 50, NodeResourcesBalancedAllocation: 75 });
    expect(said['b']).toMatchObject({ NodeResourcesFit: 81, NodeResourcesBalancedAllocation: 93 });
  });

  it('counts a container without requests as 100m and 200 MiB, and balances nothing for it', () => {
    const said = answers(pod('p'), clusterOf([node('a'), node('b')]));
    expect(said['a']).toEqual({ TaintToleration: 300, NodeResourcesFit: 97 });
  });

  it('prefers nodes without PreferNoSchedule taints and with preferred labels', () => {
    const preferred = [{ weight: 10, preference: { matchExpressions: [{ key: 'disk', operator: 'In' as const, values: ['ssd'] }] } }];
    const cluster = clusterOf([
      node('a', { spec: { taints: [{ key: 'old', effect: 'PreferNoSchedule' }] } }),
      node('b', { labels: { disk: 'ssd' } }),
    ]);
    const said = answers(
      pod('p', { spec: { affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: preferred } } } }),
      cluster,
    );
    expect(said['a']).toMatchObject({ TaintToleration: 0, NodeAffinity: 0 });
    expect(said['b']).toMatchObject({ TaintToleration: 300, NodeAffinity: 200 });
  });

  it('spreads the pods of a Service without being asked', () => {
    const service: KubeObject = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web', namespace: 'default' },
      spec: { selector: { app: 'web' } },
    };
    const cluster = clusterOf([node('a'), node('b')], [pinned('one', { app: 'web' }, { nodeName: 'a' })], [service]);
    // One pod on a: 1 * ln(4) + 2 = 3.39, so 3; none on b: 2. Inverted: 100 * (3 + 2 - 3) / 3 = 66 and 100.
    const said = answers(pinned('two', { app: 'web' }, {}), cluster);
    expect([said['a'], said['b']]).toMatchObject([{ PodTopologySpread: 132 }, { PodTopologySpread: 200 }]);
  });
});
