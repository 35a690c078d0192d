// Keeps claims and volumes from going while they are used: each gets a finalizer, which its protection controller takes away.
// Models plugin/pkg/admission/storage/storageobjectinuseprotection/admission.go.
import type { KubeObject } from '../../kube/meta.ts';
import type { Admission } from './admission.ts';

export const CLAIM_FINALIZER = 'kubernetes.io/pvc-protection';
export const VOLUME_FINALIZER = 'kubernetes.io/pv-protection';

const FINALIZERS: Readonly<Record<string, string>> = {
  PersistentVolumeClaim: CLAIM_FINALIZER,
  PersistentVolume: VOLUME_FINALIZER,
  VolumeAttributesClass: 'kubernetes.io/vac-protection',
};

export const storageProtection: Admission = {
  name: 'StorageObjectInUseProtection',
  kinds: Object.keys(FINALIZERS),
  create(object: KubeObject) {
    const finalizer = FINALIZERS[object.kind] as string;
    const { finalizers = [] } = object.metadata;
    if (finalizers.includes(finalizer)) return object;
    return { ...object, metadata: { ...object.metadata, finalizers: [...finalizers, finalizer] } };
  },
};
