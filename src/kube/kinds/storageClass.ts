// The kind StorageClass: its names, defaults, rules and columns.
// Models pkg/apis/storage/v1/defaults.go and pkg/apis/storage/validation/validation.go. Leaves out the rules for allowed topologies.
import { isEqual } from '../../base/equal.ts';
import type { FieldError } from '../errors.ts';
import { allInvalid, forbidden, notSupported, required } from '../fieldErrors.ts';
import type { Kind } from '../kind.ts';
import { isQualifiedName } from '../names.ts';
import { immutable, subdomainName, validateMeta, validateMetaUpdate } from '../validation/meta.ts';
import { ageColumn } from './columns.ts';
import { filled } from './fill.ts';
import { isDefaultClass, type StorageClass, WAIT_FOR_CONSUMER } from './volumes.ts';

const META = { namespaced: false, name: subdomainName };
const POLICIES = ['Delete', 'Retain'];
const BINDING_MODES = ['Immediate', WAIT_FOR_CONSUMER];

export const storageClassKind: Kind<StorageClass> = {
  kind: 'StorageClass',
  apiVersion: 'storage.k8s.io/v1',
  plural: 'storageclasses',
  singular: 'storageclass',
  shortNames: ['sc'],
  namespaced: false,
  hasStatus: false,
  hasGeneration: false,
  isSimulated: true,
  defaults: (object) => filled(object, { reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' }),
  validate: (object) => [...validateMeta(object.metadata, META), ...classErrors(object)],
  validateUpdate: (object, old) => [...validateMetaUpdate(object, old), ...classErrors(object), ...updateErrors(object, old)],
  columns: [
    { name: 'Name', value: (object) => (isDefaultClass(object) ? `${object.metadata.name} (default)` : object.metadata.name) },
    { name: 'Provisioner', value: ({ provisioner }) => provisioner ?? '' },
    { name: 'ReclaimPolicy', value: ({ reclaimPolicy }) => reclaimPolicy ?? 'Delete' },
    { name: 'VolumeBindingMode', value: ({ volumeBindingMode }) => volumeBindingMode ?? 'Immediate' },
    { name: 'AllowVolumeExpansion', value: ({ allowVolumeExpansion }) => String(allowVolumeExpansion ?? false) },
    ageColumn,
  ],
};

function classErrors({ provisioner, reclaimPolicy = '', volumeBindingMode = '' }: StorageClass): FieldError[] {
  const errors = provisioner
    ? allInvalid('provisioner', provisioner, isQualifiedName(provisioner.toLowerCase()))
    : [required('provisioner')];
  if (!POLICIES.includes(reclaimPolicy)) errors.push(notSupported('reclaimPolicy', reclaimPolicy, POLICIES));
  if (!BINDING_MODES.includes(volumeBindingMode)) errors.push(notSupported('volumeBindingMode', volumeBindingMode, BINDING_MODES));
  return errors;
}

function updateErrors(object: StorageClass, old: StorageClass): FieldError[] {
  const errors = (['parameters', 'provisioner', 'reclaimPolicy'] as const)
    .filter((field) => !isEqual(object[field], old[field]))
    .map((field) => forbidden(field, `updates to ${field} are forbidden.`));
  const { volumeBindingMode } = object;
  return [...errors, ...immutable(volumeBindingMode, volumeBindingMode === old.volumeBindingMode, 'volumeBindingMode')];
}
