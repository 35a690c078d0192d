// The simulated storage: makes a volume at once for every claim that asks it to, and deletes volumes nobody claims any more.
// Stands for a driver's external-provisioner (sigs.k8s.io/sig-storage-lib-external-provisioner). Its volumes reach every node.
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

const NAME = 'podarium.dev/fake';
const DRIVER = 'fake.podarium.dev';

export const volumeProvisioner: Controller = {
  name: NAME,
  watches: [{ kind: 'PersistentVolumeClaim' }, { kind: 'PersistentVolume' }],
  reconcile(key, ctx) {
    if (key.startsWith('PersistentVolumeClaim/')) {
      const claim = ctx.api.getByKey<PersistentVolumeClaim>(key);
      if (claim && !claim.spec.volumeName && claim.metadata.annotations?.[PROVISIONER] === NAME) make(claim, ctx);
      return;
    }
    const volume = ctx.api.getByKey<PersistentVolume>(key);
    if (volume && isLeft(volume)) ctx.api.delete('PersistentVolume', undefined, volume.metadata.name);
  },
};

function isLeft({ metadata, spec, status }: PersistentVolume): boolean {
  return (
    metadata.deletionTimestamp === undefined &&
    metadata.annotations?.[PROVISIONED_BY] === NAME &&
    status.phase === 'Released' &&
    spec.persistentVolumeReclaimPolicy === 'Delete'
  );
}

function make(claim: PersistentVolumeClaim, ctx: ControllerContext): void {
  const { accessModes = [], resources, volumeMode = 'Filesystem' } = claim.spec;
  const name = `pvc-${claim.metadata.uid ?? ''}`;
  if (ctx.api.get('PersistentVolume', undefined, name)) return;
  const storageClassName = classNameOf(claim);
  const storageClass = ctx.api.get<StorageClass>('StorageClass', undefined, storageClassName);
  const volume: PersistentVolume = {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name, annotations: { [PROVISIONED_BY]: NAME } },
    spec: {
      capacity: { storage: resources?.requests?.['storage'] ?? '0' },
      accessModes,
      persistentVolumeReclaimPolicy: storageClass?.reclaimPolicy ?? 'Delete',
      storageClassName,
      volumeMode,
      claimRef: referenceTo(claim),
      csi: { driver: DRIVER, volumeHandle: name },
    },
    status: {},
  };
  try {
    ctx.api.create(volume, { trusted: true });
  } catch (error) {
    if (!(error instanceof ApiError) || error.reason !== 'AlreadyExists') throw error;
  }
}
