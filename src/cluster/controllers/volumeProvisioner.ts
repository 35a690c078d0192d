// The simulated storage: makes a volume at once for every claim that asks it to, and deletes volumes nobody claims any more. It answers
// to its own name, and to that of minikube's storage, which the manifests of the Kubernetes documentation count on.
// Stands for a driver's provisioner (sigs.k8s.io/sig-storage-lib-external-provisioner). Its volumes reach every node and never grow.
import { ApiError } from '../../kube/errors.ts';
import {
  classNameOf,
  type PersistentVolume,
  type PersistentVolumeClaim,
  PROVISIONED_BY,
  PROVISIONER,
  type StorageClass,
} from '../../kube/kinds/volumes.ts';
import type { Controller, ControllerContext } from '../controller.ts';
import { referenceTo } from './volumeBinding.ts';

interface Storage {
  /** What a StorageClass names as its provisioner. */
  readonly provisioner: string;
  /** How its events are signed; it tells none where this is missing. */
  readonly eventSource?: string;
  source(claim: PersistentVolumeClaim, volumeName: string): Readonly<Record<string, unknown>>;
}

export const volumeProvisioner = provisionerOf({
  provisioner: 'podarium.dev/fake',
  source: (_claim, volumeHandle) => ({ csi: { driver: 'fake.podarium.dev', volumeHandle } }),
});

export const minikubeProvisioner = provisionerOf({
  provisioner: 'k8s.io/minikube-hostpath',
  eventSource: 'k8s.io/minikube-hostpath_minikube',
  source: ({ metadata }) => ({ hostPath: { path: `/tmp/hostpath-provisioner/${metadata.namespace ?? ''}/${metadata.name}`, type: '' } }),
});

function provisionerOf(storage: Storage): Controller {
  const { provisioner, eventSource } = storage;
  return {
    name: provisioner,
    ...(eventSource ? { eventSource } : {}),
    watches: [{ kind: 'PersistentVolumeClaim' }, { kind: 'PersistentVolume' }],
    reconcile(key, ctx) {
      if (key.startsWith('PersistentVolumeClaim/')) {
        const claim = ctx.api.getByKey<PersistentVolumeClaim>(key);
        if (claim && !claim.spec.volumeName && claim.metadata.annotations?.[PROVISIONER] === provisioner) make(claim, storage, ctx);
        return;
      }
      const volume = ctx.api.getByKey<PersistentVolume>(key);
      if (volume && isLeft(volume, provisioner)) ctx.api.delete('PersistentVolume', undefined, volume.metadata.name);
    },
  };
}

function isLeft({ metadata, spec, status }: PersistentVolume, provisioner: string): boolean {
  return (
    metadata.deletionTimestamp === undefined &&
    metadata.annotations?.[PROVISIONED_BY] === provisioner &&
    status.phase === 'Released' &&
    spec.persistentVolumeReclaimPolicy === 'Delete'
  );
}

function make(claim: PersistentVolumeClaim, storage: Storage, ctx: ControllerContext): void {
  const { namespace, name: claimName, uid } = claim.metadata;
  const name = `pvc-${uid ?? ''}`;
  if (ctx.api.get('PersistentVolume', undefined, name)) return;
  const { accessModes = [], resources, volumeMode = 'Filesystem' } = claim.spec;
  const storageClassName = classNameOf(claim);
  const storageClass = ctx.api.get<StorageClass>('StorageClass', undefined, storageClassName);
  const tell = (reason: string, text: string) => {
    if (storage.eventSource) ctx.record(claim, 'Normal', reason, text);
  };
  const volume: PersistentVolume = {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name, annotations: { [PROVISIONED_BY]: storage.provisioner } },
    spec: {
      capacity: { storage: resources?.requests?.['storage'] ?? '0' },
      accessModes,
      persistentVolumeReclaimPolicy: storageClass?.reclaimPolicy ?? 'Delete',
      storageClassName,
      volumeMode,
      claimRef: referenceTo(claim),
      ...storage.source(claim, name),
    },
    status: {},
  };
  tell('Provisioning', `External provisioner is provisioning volume for claim "${namespace ?? ''}/${claimName}"`);
  try {
    ctx.api.create(volume, { trusted: true });
    tell('ProvisioningSucceeded', `Successfully provisioned volume ${name}`);
  } catch (error) {
    if (!(error instanceof ApiError) || error.reason !== 'AlreadyExists') throw error;
  }
}
