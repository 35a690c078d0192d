// The rules for PersistentVolumeClaims. Models pkg/apis/core/validation/validation.go (ValidatePersistentVolumeClaim and …Update).
// Leaves out the rules for data sources.
import { isEqual } from '../../base/equal.ts';
import type { FieldError } from '../errors.ts';
import { allInvalid, forbidden, invalid, notSupported, required } from '../fieldErrors.ts';
import { goIndented } from '../goPodSpec.ts';
import { type ClaimSpec, hasClass, type PersistentVolumeClaim } from '../kinds/volumes.ts';
import { unifiedDiff } from '../lineDiff.ts';
import { isDns1123Subdomain } from '../names.ts';
import { compareQuantities, isQuantity, valueOf } from '../quantity.ts';
import { immutable, validateSelector } from './meta.ts';

const ACCESS_MODES = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'];
const VOLUME_MODES = ['Block', 'Filesystem'];
const NOT_POSITIVE = 'must be greater than zero';

export function validateClaimSpec(spec: ClaimSpec | undefined, field: string): FieldError[] {
  const { accessModes = [], selector, resources, storageClassName, volumeMode, volumeAttributesClassName } = spec ?? {};
  const errors = accessModes.length === 0 ? [required(`${field}.accessModes`, 'at least 1 access mode is required')] : [];
  if (selector) errors.push(...validateSelector(selector, `${field}.selector`));
  errors.push(...accessModeErrors(accessModes, `${field}.accessModes`));
  const storage = resources?.requests?.['storage'];
  if (storage === undefined) errors.push(required(`${field}.resources[storage]`));
  else errors.push(...storageErrors(storage, `${field}.resources[storage]`));
  if (storageClassName) errors.push(...allInvalid(`${field}.storageClassName`, storageClassName, isDns1123Subdomain(storageClassName)));
  errors.push(...volumeModeErrors(volumeMode, `${field}.volumeMode`));
  if (volumeAttributesClassName) {
    errors.push(
      ...allInvalid(`${field}.volumeAttributesClassName`, volumeAttributesClassName, isDns1123Subdomain(volumeAttributesClassName)),
    );
  }
  return errors;
}

export function accessModeErrors(modes: readonly string[], field: string): FieldError[] {
  const errors = modes.filter((mode) => !ACCESS_MODES.includes(mode)).map((mode) => notSupported(field, mode, ACCESS_MODES));
  const hasOncePod = modes.includes('ReadWriteOncePod');
  if (hasOncePod && modes.some((mode) => mode !== 'ReadWriteOncePod' && ACCESS_MODES.includes(mode))) {
    errors.push(forbidden(field, 'may not use ReadWriteOncePod with other access modes'));
  }
  return errors;
}

export function storageErrors(storage: string | number, field: string): FieldError[] {
  return isQuantity(storage) && valueOf(storage) <= 0 ? [invalid(field, String(storage), NOT_POSITIVE)] : [];
}

export function volumeModeErrors(mode: string | undefined, field: string): FieldError[] {
  return mode === undefined || VOLUME_MODES.includes(mode) ? [] : [notSupported(field, mode, VOLUME_MODES)];
}

/** A claim's spec stays as it is, so that quotas cannot be dodged: only a bound claim may ask for more, or for other attributes. */
export function validateClaimUpdate(claim: PersistentVolumeClaim, old: PersistentVolumeClaim): FieldError[] {
  const errors: FieldError[] = [];
  const before = munged(old.spec, claim.spec, old);
  const after = sizeApart(claim, old);
  if (!isEqual(after, before)) {
    const diff = unifiedDiff(goIndented(goClaimSpec(before)), goIndented(goClaimSpec(after)));
    const text = 'spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims';
    errors.push(forbidden('spec', `${text}\n${diff}`));
  }
  errors.push(...shrinkErrors(claim, old));
  return [...errors, ...immutable(claim.spec.volumeMode, claim.spec.volumeMode === old.spec.volumeMode, 'volumeMode')];
}

/** The old spec with what may be filled in once: the volume, and the class of a claim that had none. */
function munged(old: ClaimSpec, now: ClaimSpec, claim: PersistentVolumeClaim): ClaimSpec {
  const volumeName = old.volumeName || now.volumeName;
  const storageClassName = hasClass(claim) || old.volumeName ? old.storageClassName : now.storageClassName;
  return withoutUndefined({ ...old, volumeName, storageClassName, volumeAttributesClassName: now.volumeAttributesClassName });
}

function sizeApart(claim: PersistentVolumeClaim, old: PersistentVolumeClaim): ClaimSpec {
  const { resources } = claim.spec;
  const storage = old.spec.resources?.requests?.['storage'];
  if (claim.status.phase !== 'Bound' || !resources?.requests || storage === undefined) return withoutUndefined(claim.spec);
  return withoutUndefined({ ...claim.spec, resources: { ...resources, requests: { ...resources.requests, storage } } });
}

function withoutUndefined(spec: { readonly [K in keyof ClaimSpec]: ClaimSpec[K] | undefined }): ClaimSpec {
  return Object.fromEntries(Object.entries(spec).filter(([, value]) => value !== undefined)) as ClaimSpec;
}

function shrinkErrors(claim: PersistentVolumeClaim, old: PersistentVolumeClaim): FieldError[] {
  const [now, before] = [claim, old].map(({ spec }) => spec.resources?.requests?.['storage'] ?? '0') as [string, string];
  if (compareQuantities(now, before) >= 0 || compareQuantities(now, old.status.capacity?.['storage'] ?? '0') > 0) return [];
  return [forbidden('spec.resources.requests.storage', 'field can not be less than status.capacity')];
}

/** The spec as the server's inner type, for the difference that the error shows. */
function goClaimSpec(spec: ClaimSpec): Record<string, unknown> {
  return {
    AccessModes: spec.accessModes ?? null,
    Selector: spec.selector ?? null,
    Resources: { Limits: spec.resources?.limits ?? null, Requests: spec.resources?.requests ?? null },
    VolumeName: spec.volumeName ?? '',
    StorageClassName: spec.storageClassName ?? null,
    VolumeMode: spec.volumeMode ?? null,
    DataSource: spec.dataSource ?? null,
    DataSourceRef: spec.dataSourceRef ?? null,
    VolumeAttributesClassName: spec.volumeAttributesClassName ?? null,
  };
}
