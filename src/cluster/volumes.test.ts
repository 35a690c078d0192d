// Storage from end to end: claims, volumes and classes as people write them, with the controllers, the scheduler and the kubelets at work.
import { describe, expect, it } from 'vitest';
import type { Event } from '../kube/kinds/event.ts';
import type { PersistentVolume, PersistentVolumeClaim } from '../kube/kinds/volumes.ts';
import { type TestCluster, testCluster } from './testCluster.ts';

const storageClass = (mode: string, more = '') => `
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: standard, annotations: {storageclass.kubernetes.io/is-default-class: "true"}}
provisioner: podarium.dev/fake
volumeBindingMode: ${mode}
${more}
---`;
const claim = (name: string, spec = '', mode = 'ReadWriteOnce') => `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: ${name}}
spec: {accessModes: [${mode}], resources: {requests: {storage: 1Gi}}${spec ? `, ${spec}` : ''}}
---`;
const volume = (name: string, size: string, spec = '') => `
apiVersion: v1
kind: PersistentVolume
metadata: {name: ${name}}
spec: {capacity: {storage: ${size}}, accessModes: [ReadWriteOnce], nfs: {server: s, path: /x}${spec ? `, ${spec}` : ''}}
---`;
const pod = (name: string, claimName: string, spec = '') => `
apiVersion: v1
kind: Pod
metadata: {name: ${name}}
spec:
  containers: [{name: c, image: nginx}]
  volumes: [{name: data, persistentVolumeClaim: {claimName: ${claimName}}}]
  ${spec}
---`;
const onNode = (node: string) =>
  `nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [{key: kubernetes.io/hostname, operator: In, values: [${node}]}]}]}}`;

function worldWith(...yaml: string[]): TestCluster {
  const world = testCluster();
  world.apply(yaml.join('\n'));
  world.settle();
  return world;
}

const claimOf = ({ cluster }: TestCluster, name: string) =>
  cluster.api.get<PersistentVolumeClaim>('PersistentVolumeClaim', 'default', name);
const volumeOf = ({ cluster }: TestCluster, name: string) => cluster.api.get<PersistentVolume>('PersistentVolume', undefined, name);
const podOf = (world: TestCluster, name: string) => world.pods().find(({ metadata }) => metadata.name === name);
const told = ({ cluster }: TestCluster, name: string) =>
  cluster.api
    .list<Event>('Event')
    .flatMap(({ involvedObject, reason, message }) => (involvedObject.name === name ? [`${reason}: ${message}`] : []));

function remove(world: TestCluster, kind: string, name: string): void {
  const namespace = kind === 'PersistentVolume' ? undefined : 'default';
  world.cluster.submit({ type: 'request', request: { verb: 'delete', kind, namespace, name } });
  world.settle();
}

describe('binding', () => {
  it('takes the smallest volume that is large enough', () => {
    const world = worldWith(volume('large', '9Gi'), volume('small', '512Mi'), volume('right', '2Gi'), claim('data'));
    expect(claimOf(world, 'data')).toMatchObject({
      spec: { volumeName: 'right' },
      status: { phase: 'Bound', capacity: { storage: '2Gi' } },
    });
    expect(volumeOf(world, 'right')).toMatchObject({ spec: { claimRef: { name: 'data' } }, status: { phase: 'Bound' } });
    expect(volumeOf(world, 'large')?.status.phase).toBe('Available');
  });

  it('finds a volume that comes later, when it looks at all claims again', () => {
    const world = worldWith(claim('data'));
    expect(told(world, 'data')).toEqual(['FailedBinding: no persistent volumes available for this claim and no storage class is set']);
    world.apply(volume('late', '1Gi'));
    world.cluster.runUntil(world.cluster.nowMs + 15_000);
    expect(claimOf(world, 'data')?.status.phase).toBe('Bound');
  });

  it('says why a volume that is asked for by name does not fit', () => {
    const world = worldWith(volume('v', '512Mi'), claim('data', 'volumeName: v'));
    expect(told(world, 'data')).toEqual(['VolumeMismatch: Cannot bind to requested volume "v": requested PV is too small']);
    expect(claimOf(world, 'data')?.status.phase).toBe('Pending');
  });

  it('gives a claim without a class the default one, even one that comes after it', () => {
    const world = worldWith(claim('data'));
    world.apply(storageClass('Immediate'));
    world.cluster.runUntil(world.cluster.nowMs + 16_000);
    expect(claimOf(world, 'data')).toMatchObject({ spec: { storageClassName: 'standard' }, status: { phase: 'Bound' } });
  });

  it('tells what is wrong with a class', () => {
    const byHand = storageClass('Immediate').replace('podarium.dev/fake', 'kubernetes.io/no-provisioner');
    const world = worldWith(byHand, claim('a'), claim('b', 'storageClassName: other'));
    expect(told(world, 'a')).toEqual(['ProvisioningFailed: no volume plugin matched name: kubernetes.io/no-provisioner']);
    expect(told(world, 'b')).toEqual(['ProvisioningFailed: storageclass.storage.k8s.io "other" not found']);
  });

  it("plays minikube's storage too, which tells what it does", () => {
    const world = worldWith(storageClass('Immediate').replace('podarium.dev/fake', 'k8s.io/minikube-hostpath'), claim('data'));
    const { volumeName = '' } = claimOf(world, 'data')?.spec ?? {};
    expect(volumeOf(world, volumeName)?.spec).toMatchObject({ hostPath: { path: '/tmp/hostpath-provisioner/default/data' } });
    expect(told(world, 'data').slice(1)).toEqual([
      'Provisioning: External provisioner is provisioning volume for claim "default/data"',
      `ProvisioningSucceeded: Successfully provisioned volume ${volumeName}`,
    ]);
  });

  it('lets a claim of a growing class ask for more, and waits for the driver', () => {
    const world = worldWith(storageClass('Immediate', 'allowVolumeExpansion: true'), claim('data'));
    world.patch('PersistentVolumeClaim', 'data', { spec: { resources: { requests: { storage: '2Gi' } } } });
    world.settle();
    expect(claimOf(world, 'data')).toMatchObject({
      spec: { resources: { requests: { storage: '2Gi' } } },
      status: { capacity: { storage: '1Gi' } },
    });
    expect(told(world, 'data').at(-1)).toBe('ExternalExpanding: waiting for an external controller to expand this PVC');
  });

  it('loses a claim whose volume is gone', () => {
    const world = worldWith(volume('v', '1Gi'), claim('data'));
    remove(world, 'PersistentVolume', 'v');
    expect(volumeOf(world, 'v')?.metadata.deletionTimestamp).toBeDefined();
    const patch = { metadata: { finalizers: null } };
    world.cluster.submit({
      type: 'request',
      request: { verb: 'patch', kind: 'PersistentVolume', namespace: undefined, name: 'v', type: 'merge', patch },
    });
    world.settle();
    expect(claimOf(world, 'data')?.status).toEqual({ phase: 'Lost' });
    expect(told(world, 'data')).toContain('ClaimLost: Bound claim has lost its PersistentVolume. Data on the volume is lost!');
  });
});

describe('letting go', () => {
  it('keeps a claim while a pod mounts it, then deletes it and the volume that was made for it', () => {
    const world = worldWith(storageClass('Immediate'), claim('data'), pod('p', 'data'));
    expect(podOf(world, 'p')?.status.phase).toBe('Running');
    remove(world, 'PersistentVolumeClaim', 'data');
    expect(claimOf(world, 'data')?.metadata.deletionTimestamp).toBeDefined();
    remove(world, 'Pod', 'p');
    expect(claimOf(world, 'data')).toBeUndefined();
    expect(world.cluster.api.count('PersistentVolume')).toBe(0);
  });

  it('retains a volume and gives it to nobody until its claim is taken off', () => {
    const world = worldWith(volume('v', '1Gi'), claim('data'));
    remove(world, 'PersistentVolumeClaim', 'data');
    expect(volumeOf(world, 'v')?.status.phase).toBe('Released');
    world.apply(claim('again', 'volumeName: v'));
    world.settle();
    expect(told(world, 'again')).toEqual(['FailedBinding: volume "v" already bound to a different claim.']);
    const patch = { spec: { claimRef: null } };
    world.cluster.submit({
      type: 'request',
      request: { verb: 'patch', kind: 'PersistentVolume', namespace: undefined, name: 'v', type: 'merge', patch },
    });
    world.cluster.runUntil(world.cluster.nowMs + 15_000);
    expect(claimOf(world, 'again')?.status.phase).toBe('Bound');
  });

  it('fails to delete what it does not know how to', () => {
    const world = worldWith(volume('v', '1Gi', 'persistentVolumeReclaimPolicy: Delete'), claim('data'));
    remove(world, 'PersistentVolumeClaim', 'data');
    expect(volumeOf(world, 'v')?.status).toMatchObject({
      phase: 'Failed',
      message: 'error getting deleter volume plugin for volume "v": no deletable volume plugin matched',
    });
  });

  it('recycles a volume for the next claim', () => {
    const world = worldWith(volume('v', '1Gi', 'persistentVolumeReclaimPolicy: Recycle'), claim('data'));
    remove(world, 'PersistentVolumeClaim', 'data');
    expect(volumeOf(world, 'v')).toMatchObject({ status: { phase: 'Available' } });
    expect(volumeOf(world, 'v')?.spec.claimRef).toBeUndefined();
  });
});

describe('waiting for the first consumer', () => {
  it('makes the volume once a pod has its node, and binds the pod when it is there', () => {
    const world = worldWith(storageClass('WaitForFirstConsumer'), claim('data'));
    expect(told(world, 'data')).toEqual(['WaitForFirstConsumer: waiting for first consumer to be created before binding']);
    world.apply(pod('p', 'data'));
    world.cluster.runUntil(world.cluster.nowMs + 500);
    const { spec, status } = podOf(world, 'p') ?? {};
    expect(spec?.nodeName).toBeUndefined();
    expect(claimOf(world, 'data')?.metadata.annotations).toMatchObject({ 'volume.kubernetes.io/selected-node': status?.nominatedNodeName });
    world.settle();
    expect(podOf(world, 'p')).toMatchObject({ spec: { nodeName: status?.nominatedNodeName }, status: { phase: 'Running' } });
    expect(claimOf(world, 'data')?.status.phase).toBe('Bound');
  });

  it('goes where a volume made by hand is, and holds the room meanwhile', () => {
    const byHand = storageClass('WaitForFirstConsumer').replace('podarium.dev/fake', 'kubernetes.io/no-provisioner');
    const local = (node: string) =>
      volume(`on-${node}`, '1Gi', `storageClassName: standard, ${onNode(node)}`).replace('nfs: {server: s, path: /x}', 'local: {path: /d}');
    const world = worldWith(byHand, local('node-2'), claim('data'), pod('p', 'data'), claim('none'), pod('q', 'none'));
    expect(podOf(world, 'p')?.spec.nodeName).toBe('node-2');
    expect(told(world, 'q')).toContain(
      "FailedScheduling: 0/3 nodes are available: 3 node(s) didn't find available persistent volumes to bind. no new claims to deallocate, preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.",
    );
    expect(told(world, 'none').at(-1)).toBe('WaitForPodScheduled: waiting for pod q to be scheduled');
    world.apply(local('node-3'));
    world.cluster.runUntil(world.cluster.nowMs + 20_000);
    expect(podOf(world, 'q')?.spec.nodeName).toBe('node-3');
  });

  it('gives up after ten minutes without a provisioner, and comes to the same after going back in time', () => {
    const nobody = storageClass('WaitForFirstConsumer').replace('podarium.dev/fake', 'example.com/nobody');
    const world = worldWith(nobody, claim('data'), pod('p', 'data'));
    const startMs = world.cluster.nowMs;
    const end = () => {
      world.cluster.runUntil(startMs + 610_000);
      return told(world, 'p');
    };
    const first = end();
    expect(first).toContain('FailedScheduling: running PreBind plugin "VolumeBinding": binding volumes: context deadline exceeded');
    world.cluster.forkAt(startMs);
    expect(end()).toEqual(first);
  });
});

describe('scheduling', () => {
  it('does not take a pod away from its volume', () => {
    const pinned = 'nodeSelector: {kubernetes.io/hostname: node-1}';
    const world = worldWith(volume('v', '1Gi', onNode('node-2')), claim('data'), pod('p', 'data', pinned), pod('q', 'data'));
    expect(podOf(world, 'q')?.spec.nodeName).toBe('node-2');
    expect(told(world, 'p').at(-1)).toContain(
      "0/3 nodes are available: 1 node(s) didn't match PersistentVolume's node affinity, 2 node(s) didn't match Pod's node affinity/selector.",
    );
  });

  it('gives a ReadWriteOncePod claim to one pod at a time', () => {
    const world = worldWith(storageClass('Immediate'), claim('data', '', 'ReadWriteOncePod'));
    world.apply(pod('p', 'data') + pod('q', 'data'));
    world.settle();
    expect(podOf(world, 'p')?.status.phase).toBe('Running');
    expect(told(world, 'q').at(-1)).toContain(
      '0/3 nodes are available: 3 node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod access mode.',
    );
    remove(world, 'Pod', 'p');
    expect(podOf(world, 'q')?.status.phase).toBe('Running');
  });

  it('preempts the pod that has a ReadWriteOncePod claim for a more important one', () => {
    const world = worldWith(
      storageClass('Immediate'),
      claim('data', '', 'ReadWriteOncePod'),
      '{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: high}, value: 1000}\n---',
      pod('p', 'data'),
    );
    world.apply(pod('q', 'data', 'priorityClassName: high'));
    world.settle();
    expect(world.pods().map(({ metadata, status }) => [metadata.name, status.phase])).toEqual([['q', 'Running']]);
  });

  it('gives back the room of a pod that is deleted while its volume is made', () => {
    const nobody = storageClass('WaitForFirstConsumer').replace('podarium.dev/fake', 'example.com/nobody');
    const big = pod('p', 'data').replace('image: nginx', 'image: nginx, resources: {requests: {cpu: "3"}}');
    const world = testCluster({ nodes: [{ name: 'only', cpu: '4', memory: '8Gi' }] });
    world.apply([nobody, claim('data'), big].join('\n'));
    world.settle();
    expect(podOf(world, 'p')).toMatchObject({ status: { nominatedNodeName: 'only' } });
    expect(podOf(world, 'p')?.spec.nodeName).toBeUndefined();
    const other = `{apiVersion: v1, kind: Pod, metadata: {name: q}, spec: {containers: [{name: c, image: nginx, resources: {requests: {cpu: "3"}}}]}}`;
    world.apply(other);
    world.settle();
    expect(told(world, 'q').at(-1)).toContain('0/1 nodes are available: 1 Insufficient cpu.');
    remove(world, 'Pod', 'p');
    expect(podOf(world, 'q')?.status.phase).toBe('Running');
  });

  it('makes the claim of an ephemeral volume, which goes with its pod', () => {
    const inline = 'ephemeral: {volumeClaimTemplate: {spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}}';
    const world = worldWith(storageClass('WaitForFirstConsumer'), pod('p', 'x').replace('persistentVolumeClaim: {claimName: x}', inline));
    expect(podOf(world, 'p')?.status.phase).toBe('Running');
    expect(claimOf(world, 'p-data')?.status.phase).toBe('Bound');
    remove(world, 'Pod', 'p');
    expect([claimOf(world, 'p-data'), world.cluster.api.count('PersistentVolume')]).toEqual([undefined, 0]);
  });
});

describe('StatefulSet claims', () => {
  const set = (policy: string) => `
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  replicas: 2
  selector: {matchLabels: {app: db}}
  ${policy}
  template: {metadata: {labels: {app: db}}, spec: {containers: [{name: c, image: nginx}]}}
  volumeClaimTemplates:
  - {metadata: {name: data}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}`;
  const claims = ({ cluster }: TestCluster) =>
    cluster.api.list<PersistentVolumeClaim>('PersistentVolumeClaim').map(({ metadata, spec }) => [metadata.name, spec.volumeName]);

  it('stay when the set shrinks, and come back to the pod of the same ordinal', () => {
    const world = worldWith(storageClass('WaitForFirstConsumer'), set(''));
    const before = claims(world);
    expect(before).toHaveLength(2);
    for (const replicas of [1, 2]) {
      world.patch('StatefulSet', 'db', { spec: { replicas } });
      world.settle();
      expect(claims(world)).toEqual(before);
    }
    remove(world, 'StatefulSet', 'db');
    expect(claims(world)).toEqual(before);
  });

  it('are checked with the set that asks for them', () => {
    expect(() => worldWith(storageClass('Immediate'), set('').replace('accessModes: [ReadWriteOnce]', 'accessModes: [RWO]'))).toThrow(
      'StatefulSet.apps "db" is invalid: spec.volumeClaimTemplates[0].spec.accessModes: Unsupported value: "RWO": ' +
        'supported values: "ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"',
    );
  });

  it('go with the pod or with the set when the retention policy says so', () => {
    const policy = 'persistentVolumeClaimRetentionPolicy: {whenScaled: Delete, whenDeleted: Delete}';
    const world = worldWith(storageClass('Immediate'), set(policy));
    world.patch('StatefulSet', 'db', { spec: { replicas: 1 } });
    world.settle();
    expect(claims(world).map(([name]) => name)).toEqual(['data-db-0']);
    remove(world, 'StatefulSet', 'db');
    expect([claims(world), world.cluster.api.count('PersistentVolume')]).toEqual([[], 0]);
  });
});
