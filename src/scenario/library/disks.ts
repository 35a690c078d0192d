// Claims and disks: one class makes a disk at once, one waits for the first pod, and a claim whose class nobody serves waits for ever.
import { type LibraryScenario, LOCAL_DISKS, threeMachines } from './library.ts';
import { deployment, together } from './manifests.ts';

const AT_ONCE = `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: at-once
provisioner: podarium.dev/fake
`;

const claim = (name: string, storageClass: string) => `apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: ${name}
spec:
  accessModes: [ReadWriteOnce]
  storageClassName: ${storageClass}
  resources:
    requests:
      storage: 1Gi
`;

const user = (name: string, claimName: string) =>
  deployment({
    name,
    image: `${name}:1`,
    cpu: '200m',
    replicas: 1,
    podSpec: `volumes:\n- name: data\n  persistentVolumeClaim:\n    claimName: ${claimName}`,
    container: 'volumeMounts:\n- name: data\n  mountPath: /data',
  });

export const disks: LibraryScenario = {
  name: 'disks',
  machines: threeMachines,
  runtime: { startupMs: 3000, shutdownMs: 4000 },
  steps: [
    {
      atMs: 2000,
      kubectl: 'kubectl apply -f -',
      stdin: together(LOCAL_DISKS, AT_ONCE, claim('photos', 'at-once'), claim('notes', 'local'), claim('lost', 'nobody')),
    },
    {
      atMs: 15_000,
      kubectl: 'kubectl apply -f -',
      stdin: together(user('album', 'photos'), user('notebook', 'notes'), user('seeker', 'lost')),
    },
    { atMs: 16_000, kubectl: 'kubectl get pvc' },
  ],
  openAtMs: 24_000,
  select: () => 'PersistentVolumeClaim/default/lost',
};
