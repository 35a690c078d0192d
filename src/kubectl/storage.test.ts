// Storage as kubectl shows it and as people change it; the texts are a real kubectl's.
import { expect, it } from 'vitest';
import { testTerminal } from './testTerminal.ts';

const VOLUME = `
apiVersion: v1
kind: PersistentVolume
metadata: {name: local, labels: {type: ssd}}
spec:
  capacity: {storage: 10Gi}
  accessModes: [ReadWriteOnce]
  storageClassName: by-hand
  local: {path: /mnt/disks/1}
  nodeAffinity:
    required:
      nodeSelectorTerms:
      - matchExpressions: [{key: kubernetes.io/hostname, operator: In, values: [node-1, node-2]}]`;
const CLASS = `
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: by-hand}
provisioner: kubernetes.io/no-provisioner
volumeBindingMode: WaitForFirstConsumer`;
const CLAIM = `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {storageClassName: by-hand, accessModes: [ReadWriteOnce], resources: {requests: {storage: 3Gi}}}`;

it('describes volumes and classes', () => {
  const { cluster, kubectl } = testTerminal();
  kubectl('create -f -', [VOLUME, CLASS].join('\n---'));
  cluster.settle();
  expect(kubectl('describe pv local').stdout.replaceAll(/ +$/gm, '')).toBe(`Name:              local
Labels:            type=ssd
Annotations:       <none>
Finalizers:        [kubernetes.io/pv-protection]
StorageClass:      by-hand
Status:            Available
Claim:
Reclaim Policy:    Retain
Access Modes:      RWO
VolumeMode:        Filesystem
Capacity:          10Gi
Node Affinity:
  Required Terms:
    Term 0:        kubernetes.io/hostname in [node-1, node-2]
Message:
Source:
    Type:  LocalVolume (a persistent volume backed by local storage on a node)
    Path:  /mnt/disks/1
Events:    <none>
`);
  expect(kubectl('describe sc by-hand').stdout).toBe(`Name:                  by-hand
IsDefaultClass:        No
Annotations:           <none>
Provisioner:           kubernetes.io/no-provisioner
Parameters:            <none>
AllowVolumeExpansion:  <unset>
MountOptions:          <none>
ReclaimPolicy:         Delete
VolumeBindingMode:     WaitForFirstConsumer
Events:                <none>
`);
});

it('refuses to let a claim grow where its class does not allow it', () => {
  const { cluster, kubectl } = testTerminal();
  kubectl('create -f -', CLAIM);
  cluster.settle();
  const patch = `patch pvc data -p '{"spec":{"resources":{"requests":{"storage":"5Gi"}}}}'`;
  expect(kubectl(patch).stderr).toContain(
    'The PersistentVolumeClaim "data" is invalid: spec: Forbidden: spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims\n@@ -6,7 +6,7 @@',
  );
  kubectl('create -f -', [CLASS, VOLUME].join('\n---'));
  kubectl(
    'create -f -',
    `{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: c, image: nginx}], volumes: [{name: d, persistentVolumeClaim: {claimName: data}}]}}`,
  );
  cluster.runUntil(cluster.nowMs + 30_000);
  expect(kubectl('get pvc').stdout).toMatch(
    /^NAME +STATUS +VOLUME +CAPACITY +ACCESS MODES +STORAGECLASS +VOLUMEATTRIBUTESCLASS +AGE\ndata +Bound +local +10Gi +RWO +by-hand +<unset> +\d+s\n$/,
  );
  expect(kubectl('describe pvc data').stdout).toMatch(/^Used By: +p$/m);
  expect(kubectl(patch).stderr).toBe(
    'Error from server (Forbidden): persistentvolumeclaims "data" is forbidden: only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize\n',
  );
});
