// Lets a claim grow only when it is bound and its class says that its volumes can.
// Models plugin/pkg/admission/storage/persistentvolume/resize/admission.go.
import { ApiError } from '../../kube/errors.ts';
import { classNameOf, type PersistentVolumeClaim, requestOf, type StorageClass } from '../../kube/kinds/volumes.ts';
import type { KubeObject } from '../../kube/meta.ts';
import type { Admission, ObjectReader } from './admission.ts';

export const claimResize: Admission = {
  name: 'PersistentVolumeClaimResize',
  kinds: ['PersistentVolumeClaim'],
  validate(object: KubeObject, old: KubeObject | undefined, api) {
    if (!old) return;
    const [claim, before] = [object as PersistentVolumeClaim, old as PersistentVolumeClaim];
    if (requestOf(claim) <= requestOf(before)) return;
    if (before.status.phase !== 'Bound') throw forbidden(claim, 'Only bound persistent volume claims can be expanded');
    if (isExpandable(claim, api)) return;
    throw forbidden(
      claim,
      'only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize',
    );
  },
};

function isExpandable(claim: PersistentVolumeClaim, api: ObjectReader): boolean {
  const className = classNameOf(claim);
  if (className === '') return false;
  return api.get<StorageClass>('StorageClass', undefined, className)?.allowVolumeExpansion ?? false;
}

function forbidden({ metadata }: PersistentVolumeClaim, reason: string): ApiError {
  return new ApiError('Forbidden', `persistentvolumeclaims "${metadata.name}" is forbidden: ${reason}`);
}
