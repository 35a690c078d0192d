// Gives a claim that names no class the default one of the cluster, if there is any.
// Models plugin/pkg/admission/storage/storageclass/setdefault/admission.go.
import { defaultClassOf, hasClass, type PersistentVolumeClaim, type StorageClass } from '../../kube/kinds/volumes.ts';
import type { KubeObject } from '../../kube/meta.ts';
import type { Admission } from './admission.ts';

export const defaultStorageClass: Admission = {
  name: 'DefaultStorageClass',
  kinds: ['PersistentVolumeClaim'],
  create(object: KubeObject, api) {
    const claim = object as PersistentVolumeClaim;
    if (!claim.spec || hasClass(claim)) return claim;
    const chosen = defaultClassOf(api.list<StorageClass>('StorageClass'));
    return chosen ? { ...claim, spec: { ...claim.spec, storageClassName: chosen.metadata.name } } : claim;
  },
};
