// The rules for PersistentVolumes. Models pkg/apis/core/validation/validation.go (ValidatePersistentVolumeSpec and
// ValidatePersistentVolumeUpdate). Leaves out the rules for the fields of single volume sources, but for the commonest.
import { isEqual } from '../../base/equal.ts';
import type { FieldError } from '../errors.ts';
import { allInvalid, forbidden, invalid, notSupported, required } from '../fieldErrors.ts';
import { goIndented } from '../goPodSpec.ts';
import type { PersistentVolume, VolumeSpec } from '../kinds/volumes.ts';
import { unifiedDiff } from '../lineDiff.ts';
import { isDns1123Subdomain } from '../names.ts';
import { immutable } from './meta.ts';
import { accessModeErrors, storageErrors, volumeModeErrors } from './volumeClaim.ts';

const POLICIES = ['Delete', 'Recycle', 'Retain'];

/** The sources of volumes, in the order of the server's inner type; `name Go-name`. */
const SOURCES = (
  'gcePersistentDisk:GCEPersistentDisk awsElasticBlockStore:AWSElasticBlockStore hostPath:HostPath glusterfs:Glusterfs nfs:NFS rbd:RBD ' +
  'quobyte:Quobyte iscsi:ISCSI flexVolume:FlexVolume cinder:Cinder cephfs:CephFS fc:FC flocker:Flocker azureFile:AzureFile ' +
  'vsphereVolume:VsphereVolume azureDisk:AzureDisk photonPersistentDisk:PhotonPersistentDisk portworxVolume:PortworxVolume ' +
  'scaleIO:ScaleIO local:Local storageos:StorageOS csi:CSI'
)
  .split(' ')
  .map((pair) => pair.split(':') as [name: string, goName: string]);

type Source = Readonly<Record<string, unknown>>;

/** The fields that a source must have. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  hostPath: ['path'],
  local: ['path'],
  nfs: ['server', 'path'],
  csi: ['driver', 'volumeHandle'],
};

export function validateVolumeSpec(spec: VolumeSpec | undefined, field: string): FieldError[] {
  const given = spec ?? {};
  const { accessModes = [], persistentVolumeReclaimPolicy: policy = '', nodeAffinity, storageClassName } = given;
  const errors = accessModes.length === 0 ? [required(`${field}.accessModes`)] : [];
  errors.push(...accessModeErrors(accessModes, `${field}.accessModes`), ...capacityErrors(given, field));
  if (policy && !POLICIES.includes(policy)) errors.push(notSupported(`${field}.persistentVolumeReclaimPolicy`, policy, POLICIES));
  if (nodeAffinity && !nodeAffinity.required) {
    errors.push(required(`${field}.nodeAffinity.required`, 'must specify required node constraints'));
  }
  errors.push(...sourceErrors(given, field));
  const { path } = (given['hostPath'] ?? {}) as { readonly path?: string };
  if (path !== undefined && /^\/+$/.test(path) && policy === 'Recycle') {
    errors.push(forbidden(`${field}.persistentVolumeReclaimPolicy`, "may not be 'recycle' for a hostPath mount of '/'"));
  }
  if (storageClassName) errors.push(...allInvalid(`${field}.storageClassName`, storageClassName, isDns1123Subdomain(storageClassName)));
  return [...errors, ...volumeModeErrors(given.volumeMode, `${field}.volumeMode`)];
}

function capacityErrors({ capacity = {} }: VolumeSpec, field: string): FieldError[] {
  const path = `${field}.capacity`;
  const names = Object.keys(capacity);
  if (names.length === 0) return [required(path)];
  const errors = names.length > 1 || !('storage' in capacity) ? [notSupported(path, capacity, ['storage'])] : [];
  return [...errors, ...names.flatMap((name) => storageErrors(capacity[name] ?? '0', `${path}[${name}]`))];
}

function sourceErrors(spec: VolumeSpec, field: string): FieldError[] {
  const given = SOURCES.filter(([name]) => spec[name] !== undefined);
  if (given.length === 0) return [required(field, 'must specify a volume type')];
  return given.flatMap(([name], i) => {
    if (i > 0) return [forbidden(`${field}.${name}`, 'may not specify more than 1 volume type')];
    const source = spec[name] as Source;
    const errors = (NEEDED[name] ?? []).flatMap((each) => (source[each] ? [] : [required(`${field}.${name}.${each}`)]));
    if (name === 'local' && !spec.nodeAffinity) errors.push(required(`${field}.nodeAffinity`, 'Local volume requires node affinity'));
    const { path } = source as { readonly path?: string };
    if ((name === 'local' || name === 'hostPath') && path?.split('/').includes('..')) {
      errors.push(invalid(`${field}.${name}.path`, path, "must not contain '..'"));
    }
    return errors;
  });
}

export function validateVolumeUpdate(volume: PersistentVolume, old: PersistentVolume): FieldError[] {
  const errors: FieldError[] = [];
  const [before, after] = [old, volume].map(({ spec }) =>
    Object.fromEntries(SOURCES.map(([name, goName]) => [goName, spec[name] ?? null])),
  );
  if (!isEqual(before, after)) {
    const diff = unifiedDiff(goIndented(before as Source), goIndented(after as Source));
    errors.push(forbidden('spec.persistentvolumesource', `spec.persistentvolumesource is immutable after creation\n${diff}`));
  }
  errors.push(...immutable(volume.spec.volumeMode, volume.spec.volumeMode === old.spec.volumeMode, 'volumeMode'));
  const { nodeAffinity } = volume.spec;
  if (old.spec.nodeAffinity && !isEqual(nodeAffinity, old.spec.nodeAffinity)) {
    errors.push(invalid('nodeAffinity', nodeAffinity, 'field is immutable, except for updating from beta label to GA'));
  }
  return errors;
}
