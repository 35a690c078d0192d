import { describe, expect, it } from 'vitest';
import type { KubeObject } from './meta.ts';
import { applyPatch, type PatchType } from './patch.ts';
import { threeWayPatch } from './threeWayPatch.ts';

const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'default', labels: { app: 'web' }, finalizers: ['a/b', 'c/d'] },
  spec: {
    replicas: 3,
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } },
    template: {
      spec: {
        containers: [
          { name: 'web', image: 'nginx:1', env: [{ name: 'A', value: '1' }], ports: [{ containerPort: 80 }] },
          { name: 'log', image: 'busybox' },
        ],
        tolerations: [{ key: 'a', operator: 'Exists' }],
        volumes: [{ name: 'data', emptyDir: {} }],
      },
    },
  },
} as KubeObject;

interface PodParts {
  readonly spec: {
    readonly replicas?: number;
    readonly strategy: unknown;
    readonly template: {
      readonly spec: {
        readonly containers: readonly Record<string, unknown>[];
        readonly tolerations?: unknown;
        readonly volumes?: unknown;
      };
    };
  };
}
const patched = (patch: unknown, type: PatchType = 'strategic') => applyPatch(deployment, patch, type) as unknown as PodParts & KubeObject;
const inPod = (spec: unknown) => ({ spec: { template: { spec } } });

describe('applyPatch, strategic', () => {
  it('merges containers by name, env by name, and keeps the rest', () => {
    const { containers } = patched(inPod({ containers: [{ name: 'web', image: 'nginx:2', env: [{ name: 'B', value: '2' }] }] })).spec
      .template.spec;
    expect(containers).toMatchObject([
      { name: 'web', image: 'nginx:2', ports: [{ containerPort: 80 }] },
      { name: 'log', image: 'busybox' },
    ]);
    expect(containers[0]?.env).toEqual([
      { name: 'B', value: '2' },
      { name: 'A', value: '1' },
    ]);
  });

  it('puts what a patch adds before what it does not name', () => {
    const { containers } = patched(inPod({ containers: [{ name: 'side', image: 'x' }] })).spec.template.spec;
    expect(containers.map(({ name }) => name)).toEqual(['side', 'web', 'log']);
  });

  it('deletes and replaces by directive, and follows the order it is given', () => {
    const names = (spec: unknown) => patched(inPod(spec)).spec.template.spec.containers.map(({ name }) => name);
    expect(names({ containers: [{ name: 'web', $patch: 'delete' }] })).toEqual(['log']);
    expect(names({ containers: [{ $patch: 'replace' }, { name: 'only', image: 'x' }] })).toEqual(['only']);
    expect(names({ '$setElementOrder/containers': [{ name: 'log' }, { name: 'web' }] })).toEqual(['log', 'web']);
  });

  it('replaces lists without a key as a whole', () => {
    expect(patched(inPod({ tolerations: [{ key: 'b', operator: 'Exists' }] })).spec.template.spec.tolerations).toEqual([
      { key: 'b', operator: 'Exists' },
    ]);
  });

  it('retains only named keys where there can be one source or type', () => {
    const strategy = { $retainKeys: ['type'], type: 'Recreate' };
    expect(patched({ spec: { strategy } }).spec.strategy).toEqual({ type: 'Recreate' });
    const volumes = [{ name: 'data', $retainKeys: ['name', 'configMap'], configMap: { name: 'cm' } }];
    expect(patched(inPod({ volumes })).spec.template.spec.volumes).toEqual([{ name: 'data', configMap: { name: 'cm' } }]);
  });

  it('takes single texts out of sets', () => {
    expect(patched({ metadata: { '$deleteFromPrimitiveList/finalizers': ['a/b'] } }).metadata.finalizers).toEqual(['c/d']);
  });

  it('refuses items without their key, another name, and values of a wrong type', () => {
    expect(() => patched(inPod({ containers: [{ image: 'x' }] }))).toThrow('map: map[image:x] does not contain declared merge key: name');
    expect(() => patched({ metadata: { name: 'other' } })).toThrow(
      'the name of the object (other) does not match the name on the URL (web)',
    );
    expect(() => patched({ spec: { replicas: 'x' } })).toThrow(/patch: Invalid value: "map\[spec:map\[replicas:x\]\]"/);
  });

  it('gives the same object back when nothing changes', () => {
    const { spec } = patched({ spec: { replicas: 3 } });
    expect(spec).toEqual(deployment.spec);
  });
});

describe('applyPatch, merge and json', () => {
  it('merges maps, deletes by null and replaces lists', () => {
    const result = patched(
      { metadata: { labels: { app: null, tier: 'x' } }, spec: { template: { spec: { containers: [{ name: 'one', image: 'y' }] } } } },
      'merge',
    );
    expect(result.metadata.labels).toEqual({ tier: 'x' });
    expect(result.spec.template.spec.containers).toEqual([{ name: 'one', image: 'y' }]);
  });

  it('does what the operations say, in order', () => {
    const result = patched(
      [
        { op: 'test', path: '/spec/replicas', value: 3 },
        { op: 'add', path: '/metadata/labels/a~1b', value: 'c' },
        { op: 'replace', path: '/spec/template/spec/containers/0/image', value: 'nginx:9' },
        { op: 'move', from: '/spec/template/spec/containers/1', path: '/spec/template/spec/containers/0' },
        { op: 'remove', path: '/spec/template/spec/tolerations' },
        { op: 'add', path: '/spec/template/spec/volumes/-', value: { name: 'more', emptyDir: {} } },
      ],
      'json',
    );
    expect(result.metadata.labels).toEqual({ app: 'web', 'a/b': 'c' });
    expect(result.spec.template.spec.containers.map(({ name, image }) => [name, image])).toEqual([
      ['log', 'busybox'],
      ['web', 'nginx:9'],
    ]);
    expect(result.spec.template.spec.tolerations).toBeUndefined();
    expect(result.spec.template.spec.volumes).toHaveLength(2);
    expect(deployment.spec).toMatchObject({ template: { spec: { tolerations: [{ key: 'a' }] } } });
  });

  const misfits: readonly (readonly [name: string, operation: unknown])[] = [
    ['a path that is not there', { op: 'remove', path: '/spec/nope' }],
    ['a test that fails', { op: 'test', path: '/spec/replicas', value: 4 }],
    ['an index beyond the end', { op: 'add', path: '/spec/template/spec/containers/7', value: {} }],
    ['a replacement of nothing', { op: 'replace', path: '/spec/nope', value: 1 }],
  ];
  it.each(misfits)('refuses %s', (_name, operation) => {
    expect(() => patched([operation], 'json')).toThrow('the server rejected our request due to an error in our request');
  });
});

describe('threeWayPatch', () => {
  const manifest = (containers: unknown[], more: object = {}) => ({
    metadata: { name: 'web', namespace: 'default' },
    spec: { template: { spec: { containers } }, ...more },
  });
  const web = { name: 'web', image: 'nginx:1' };
  const log = { name: 'log', image: 'busybox' };
  const apply = (original: unknown, modified: unknown, current: KubeObject) =>
    applyPatch(current, threeWayPatch(original, modified, current, 'Deployment'), 'strategic') as unknown as PodParts;

  it('is empty when nothing changes', () => {
    const current = { ...manifest([{ ...web, imagePullPolicy: 'Always' }], { replicas: 5 }), kind: 'Deployment', apiVersion: 'apps/v1' };
    expect(threeWayPatch(manifest([web]), manifest([web]), current, 'Deployment')).toEqual({});
  });

  it('keeps what others set, changes what the manifest sets, deletes what it dropped', () => {
    const current = { ...deployment, spec: { ...(deployment.spec as object), replicas: 5 } } as KubeObject;
    const result = apply(manifest([web, log], { paused: true }), manifest([{ ...web, image: 'nginx:2' }]), current);
    expect(result.spec.replicas).toBe(5);
    expect(result.spec.template.spec.containers).toEqual([
      { name: 'web', image: 'nginx:2', env: [{ name: 'A', value: '1' }], ports: [{ containerPort: 80 }] },
    ]);
  });

  it('resets a field that was applied once and is gone from the manifest', () => {
    expect(threeWayPatch(manifest([web], { replicas: 4 }), manifest([web]), deployment, 'Deployment')).toMatchObject({
      spec: { replicas: null },
    });
  });

  it('puts containers in the order of the manifest', () => {
    const result = apply(manifest([web, log]), manifest([log, web]), deployment);
    expect(result.spec.template.spec.containers.map(({ name }) => name)).toEqual(['log', 'web']);
  });

  it('changes a volume of one kind into one of another', () => {
    const volumes = (volume: object) => ({
      metadata: { name: 'web', namespace: 'default' },
      ...inPod({ containers: [web, log], volumes: [volume] }),
    });
    const result = apply(volumes({ name: 'data', emptyDir: {} }), volumes({ name: 'data', configMap: { name: 'cm' } }), deployment);
    expect(result.spec.template.spec.volumes).toEqual([{ name: 'data', configMap: { name: 'cm' } }]);
  });

  it('swaps the strategy without leaving its old settings', () => {
    const current = deployment;
    const result = apply(manifest([web, log]), manifest([web, log], { strategy: { type: 'Recreate' } }), current);
    expect(result.spec.strategy).toEqual({ type: 'Recreate' });
  });
});
