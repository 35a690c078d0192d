// The rules for metadata and label selectors that hold for every kind.
// Models apimachinery/pkg/api/validation/objectmeta.go and apimachinery/pkg/apis/meta/v1/validation/validation.go.
import type { FieldError } from '../errors.ts';
import { allInvalid, forbidden, IMMUTABLE, invalid, required, tooLong } from '../fieldErrors.ts';
import type { KubeObject, LabelSelector, ObjectMeta, StringMap } from '../meta.ts';
import { isDns1123Label, isDns1123Subdomain, isLabelValue, isQualifiedName, maskTrailingDash, type NameRule } from '../names.ts';

const ANNOTATION_BYTES_MAX = 256 * 1024;
const CORE_FINALIZERS = new Set(['kubernetes', 'orphan', 'foregroundDeletion']);

export interface MetaRules {
  readonly namespaced: boolean;
  readonly name: NameRule;
}

/** What is wrong with the metadata of an object about to be created. */
export function validateMeta(metadata: ObjectMeta, { namespaced, name }: MetaRules, field = 'metadata'): FieldError[] {
  const errors: FieldError[] = [];
  if (metadata.generateName)
    errors.push(...allInvalid(`${field}.generateName`, metadata.generateName, name(maskTrailingDash(metadata.generateName))));
  if (!metadata.name) errors.push(required(`${field}.name`, 'name or generateName is required'));
  else errors.push(...allInvalid(`${field}.name`, metadata.name, name(metadata.name)));
  if (!namespaced) {
    if (metadata.namespace) errors.push(forbidden(`${field}.namespace`, 'not allowed on this type'));
  } else if (!metadata.namespace) errors.push(required(`${field}.namespace`));
  else errors.push(...allInvalid(`${field}.namespace`, metadata.namespace, isDns1123Label(metadata.namespace)));
  return [...errors, ...validateMetaParts(metadata, field)];
}

/** The same for an update: what the server keeps itself cannot be wrong. */
export function validateMetaUpdate(object: KubeObject, old: KubeObject): FieldError[] {
  const errors: FieldError[] = [];
  if (old.metadata.deletionTimestamp) {
    const added = (object.metadata.finalizers ?? []).filter((finalizer) => !old.metadata.finalizers?.includes(finalizer));
    if (added.length > 0) {
      const list = added.map((finalizer) => JSON.stringify(finalizer)).join(', ');
      errors.push(
        forbidden(
          'metadata.finalizers',
          `no new finalizers can be added if the object is being deleted, found new finalizers []string{${list}}`,
        ),
      );
    }
  }
  return [...errors, ...validateMetaParts(object.metadata, 'metadata')];
}

function validateMetaParts(metadata: Partial<ObjectMeta>, field: string): FieldError[] {
  return [
    ...validateLabels(metadata.labels, `${field}.labels`),
    ...validateAnnotations(metadata.annotations, `${field}.annotations`),
    ...validateOwners(metadata, `${field}.ownerReferences`),
    ...validateFinalizers(metadata.finalizers, `${field}.finalizers`),
  ];
}

export function validateLabels(labels: StringMap | undefined, field: string): FieldError[] {
  return Object.entries(labels ?? {}).flatMap(([key, value]) => [
    ...allInvalid(field, key, isQualifiedName(key)),
    ...allInvalid(field, value, isLabelValue(value)),
  ]);
}

export function validateLabelName(name: string, field: string): FieldError[] {
  return allInvalid(field, name, isQualifiedName(name));
}

export function validateAnnotations(annotations: StringMap | undefined, field: string): FieldError[] {
  const errors: FieldError[] = [];
  let size = 0;
  for (const [key, value] of Object.entries(annotations ?? {})) {
    errors.push(...allInvalid(field, key, isQualifiedName(key.toLowerCase())));
    size += key.length + value.length;
  }
  if (size > ANNOTATION_BYTES_MAX) errors.push(tooLong(field, ANNOTATION_BYTES_MAX));
  return errors;
}

function validateOwners({ ownerReferences = [] }: Partial<ObjectMeta>, field: string): FieldError[] {
  const errors = ownerReferences.flatMap(({ apiVersion, kind, name, uid }, i) => [
    ...(apiVersion ? [] : [invalid(`${field}[${i}].apiVersion`, apiVersion ?? '', 'version must not be empty')]),
    ...(kind ? [] : [invalid(`${field}[${i}].kind`, kind ?? '', 'must not be empty')]),
    ...(name ? [] : [invalid(`${field}[${i}].name`, name ?? '', 'must not be empty')]),
    ...(uid ? [] : [invalid(`${field}[${i}].uid`, uid ?? '', 'must not be empty')]),
  ]);
  const [first, second] = ownerReferences.filter(({ controller }) => controller);
  if (first && second) {
    errors.push(
      invalid(
        field,
        ownerReferences,
        `Only one reference can have Controller set to true. Found "true" in references for ${first.kind}/${first.name} and ${second.kind}/${second.name}`,
      ),
    );
  }
  return errors;
}

function validateFinalizers(finalizers: readonly string[] | undefined, field: string): FieldError[] {
  return (finalizers ?? []).flatMap((finalizer, i) => {
    const problems = allInvalid(field, finalizer, isQualifiedName(finalizer));
    if (problems.length > 0 || finalizer.includes('/') || CORE_FINALIZERS.has(finalizer)) return problems;
    return [invalid(`${field}[${i}]`, finalizer, 'name is neither a standard finalizer name nor is it fully qualified')];
  });
}

/** Also whether the selector means anything: with a mistake in it, it does not. */
export function validateSelector(selector: LabelSelector | undefined, field: string): FieldError[] {
  const expressions = (selector?.matchExpressions ?? []).flatMap(({ key, operator, values = [] }, i) => {
    const path = `${field}.matchExpressions[${i}]`;
    const errors: FieldError[] = [];
    if (operator === 'In' || operator === 'NotIn') {
      if (values.length === 0) errors.push(required(`${path}.values`, "must be specified when `operator` is 'In' or 'NotIn'"));
    } else if (operator === 'Exists' || operator === 'DoesNotExist') {
      if (values.length > 0) errors.push(forbidden(`${path}.values`, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"));
    } else errors.push(invalid(`${path}.operator`, operator ?? '', 'not a valid selector operator'));
    errors.push(...validateLabelName(key ?? '', `${path}.key`));
    return [...errors, ...values.flatMap((value, j) => allInvalid(`${path}.values[${j}]`, value, isLabelValue(value)))];
  });
  return [...validateLabels(selector?.matchLabels, `${field}.matchLabels`), ...expressions];
}

export function immutable(value: unknown, isSame: boolean, field: string): FieldError[] {
  return isSame ? [] : [invalid(field, value, IMMUTABLE)];
}

export const subdomainName: NameRule = isDns1123Subdomain;
