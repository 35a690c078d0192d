// The rules for CustomResourceDefinitions. Models apiextensions-apiserver/pkg/apis/apiextensions/validation/validation.go; those for
// their schemas are customSchema.ts. Leaves out: conversion by webhook.
import { isEqual } from '../../base/equal.ts';
import type { CustomResourceDefinition, DefinitionNames, DefinitionVersion, PrinterColumn } from '../custom/definition.ts';
import { hasCondition } from '../custom/definition.ts';
import type { FieldError } from '../errors.ts';
import { invalid, notSupported, required, tooMany } from '../fieldErrors.ts';
import { isDns1035Label, isDns1123Subdomain, type NameRule } from '../names.ts';
import { validateSchema } from './customSchema.ts';
import { immutable, validateMeta, validateMetaUpdate } from './meta.ts';

type Spec = CustomResourceDefinition['spec'];

const SCOPES = ['Cluster', 'Namespaced'];
const COLUMN_TYPES = ['boolean', 'date', 'integer', 'number', 'string'];
const COLUMN_FORMATS = ['byte', 'date', 'date-time', 'double', 'float', 'int32', 'int64', 'password'];
const SELECTABLE_MAX = 8;
/** The owners of these groups want to be asked. */
const PROTECTED_GROUP = /(^|\.)(k8s|kubernetes)\.io$/;
export const APPROVAL = 'api-approved.kubernetes.io';

export function validateDefinition(definition: CustomResourceDefinition): FieldError[] {
  const { metadata, spec } = definition;
  const name: NameRule = (text) => [
    ...isDns1123Subdomain(text),
    ...(text === `${spec.names?.plural ?? ''}.${spec.group}` ? [] : ['must be spec.names.plural+"."+spec.group']),
  ];
  return [...validateMeta(metadata, { namespaced: false, name }), ...validateSpec(spec, 'spec'), ...validateApproval(definition)];
}

export function validateDefinitionUpdate(definition: CustomResourceDefinition, old: CustomResourceDefinition): FieldError[] {
  const { spec, status } = definition;
  const isEstablished = hasCondition(old, 'Established');
  const missing = (status.storedVersions ?? []).flatMap((name, i) =>
    spec.versions?.some((version) => version.name === name)
      ? []
      : [invalid(`status.storedVersions[${i}]`, name, 'missing from spec.versions; v1 CRDs must list all stored versions')],
  );
  return [
    ...validateMetaUpdate(definition, old),
    ...validateSpec(spec, 'spec'),
    ...(isEstablished ? immutable(spec.scope, spec.scope === old.spec.scope, 'spec.scope') : []),
    ...(isEstablished ? immutable(spec.names?.kind, spec.names?.kind === old.spec.names.kind, 'spec.names.kind') : []),
    ...immutable(spec.group, spec.group === old.spec.group, 'spec.group'),
    ...immutable(spec.names?.plural, spec.names?.plural === old.spec.names.plural, 'spec.names.plural'),
    ...missing,
    ...validateApproval(definition),
  ];
}

function validateApproval({ metadata, spec }: CustomResourceDefinition): FieldError[] {
  if (!PROTECTED_GROUP.test(spec.group ?? '') || metadata.annotations?.[APPROVAL]) return [];
  return [
    required(
      `metadata.annotations[${APPROVAL}]`,
      `protected groups must have approval annotation "${APPROVAL}", see https://github.com/kubernetes/enhancements/pull/1111`,
    ),
  ];
}

function validateSpec(spec: Spec, field: string): FieldError[] {
  const { group = '', scope = '', versions = [], preserveUnknownFields } = spec;
  const errors: FieldError[] = [];
  if (group === '') errors.push(required(`${field}.group`));
  else if (isDns1123Subdomain(group).length > 0) errors.push(invalid(`${field}.group`, group, isDns1123Subdomain(group).join(',')));
  else if (!group.includes('.')) errors.push(invalid(`${field}.group`, group, 'should be a domain with at least one dot'));
  if (scope === '') errors.push(required(`${field}.scope`));
  else if (!SCOPES.includes(scope)) errors.push(notSupported(`${field}.scope`, scope, SCOPES));
  if (preserveUnknownFields) {
    const hint = 'cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead';
    errors.push(invalid(`${field}.preserveUnknownFields`, true, hint));
  }
  versions.forEach((version, i) => errors.push(...validateVersion(version, `${field}.versions[${i}]`)));
  errors.push(...validateContents(versions, field));
  const names = versions.map(({ name }) => name);
  if (new Set(names).size < names.length) errors.push(invalid(`${field}.versions`, versions, 'must contain unique version names'));
  if (versions.filter(({ storage }) => storage).length !== 1)
    errors.push(invalid(`${field}.versions`, versions, 'must have exactly one version marked as storage version'));
  return [...errors, ...validateNames(spec.names ?? {}, `${field}.names`)];
}

function validateNames(names: Partial<DefinitionNames>, field: string): FieldError[] {
  const { plural = '', singular = '', kind = '', listKind = '', shortNames = [], categories = [] } = names;
  const needed = Object.entries({ plural, singular, kind, listKind }).filter(([, value]) => value === '');
  const errors = needed.map(([name]) => required(`${field}.${name}`));
  const label = (path: string, text: string, hint = '') => {
    const problems = text === '' ? [] : isDns1035Label(hint ? text.toLowerCase() : text);
    if (problems.length > 0) errors.push(invalid(`${field}.${path}`, text, hint + problems.join(',')));
  };
  const mixed = 'may have mixed case, but should otherwise match: ';
  label('plural', plural);
  label('singular', singular);
  label('kind', kind, mixed);
  label('listKind', listKind, mixed);
  shortNames.forEach((name, i) => label(`shortNames[${i}]`, name));
  if (kind !== '' && kind === listKind) errors.push(invalid(`${field}.listKind`, listKind, 'kind and listKind may not be the same'));
  categories.forEach((name, i) => label(`categories[${i}]`, name));
  return errors;
}

function validateVersion(version: DefinitionVersion, field: string): FieldError[] {
  const { name = '', schema, selectableFields = [] } = version;
  const problems = isDns1035Label(name);
  const errors = problems.length > 0 ? [invalid(`${field}.name`, name, problems.join(','))] : [];
  if (version.deprecationWarning !== undefined && !version.deprecated)
    errors.push(invalid(`${field}.deprecationWarning`, version.deprecationWarning, 'can only be set for deprecated versions'));
  if (!schema?.openAPIV3Schema) errors.push(required(`${field}.schema.openAPIV3Schema`, 'schemas are required'));
  if (selectableFields.length > SELECTABLE_MAX) errors.push(tooMany(`${field}.selectableFields`, selectableFields.length, SELECTABLE_MAX));
  return errors;
}

/** What is the same in all versions is looked at, and told of, as a part of the whole. */
function validateContents(versions: readonly DefinitionVersion[], field: string): FieldError[] {
  const each = <T>(
    part: (version: DefinitionVersion) => T,
    whole: string,
    name: string,
    rules: (value: NonNullable<T>, path: string) => FieldError[],
  ) => {
    const parts = versions.map(part);
    const isShared = parts.every((other) => isEqual(other, parts[0]));
    return parts.slice(0, isShared ? 1 : undefined).flatMap((value, i) => {
      const path = isShared ? `${field}.${whole}` : `${field}.versions[${i}].${name}`;
      return value === undefined || value === null ? [] : rules(value, path);
    });
  };
  return [
    ...each(({ schema }) => schema?.openAPIV3Schema, 'validation.openAPIV3Schema', 'schema.openAPIV3Schema', validateSchema),
    ...each(({ subresources }) => subresources?.scale, 'subresources.scale', 'subresources.scale', validateScale),
    ...each(
      ({ additionalPrinterColumns }) => additionalPrinterColumns,
      'additionalPrinterColumns',
      'additionalPrinterColumns',
      (columns, path) => columns.flatMap((column, i) => validateColumn(column, `${path}[${i}]`)),
    ),
  ];
}

function validateScale(scale: NonNullable<NonNullable<DefinitionVersion['subresources']>['scale']>, field: string): FieldError[] {
  const under = (path: string | undefined, name: string, top: string): FieldError[] => {
    if (!path) return [required(`${field}.${name}`)];
    if (!path.startsWith('.')) return [invalid(`${field}.${name}`, path, 'must be a simple json path starting with .')];
    return path.startsWith(`${top}.`) ? [] : [invalid(`${field}.${name}`, path, `should be a json path under ${top}`)];
  };
  const { specReplicasPath, statusReplicasPath, labelSelectorPath } = scale;
  return [
    ...under(specReplicasPath, 'specReplicasPath', '.spec'),
    ...under(statusReplicasPath, 'statusReplicasPath', '.status'),
    ...(labelSelectorPath && !/^\.(spec|status)\./.test(labelSelectorPath)
      ? [invalid(`${field}.labelSelectorPath`, labelSelectorPath, 'should be a json path under either .spec or .status')]
      : []),
  ];
}

function validateColumn({ name, type, format, jsonPath }: PrinterColumn, field: string): FieldError[] {
  const oneOf = (words: readonly string[]) => `must be one of ${words.join(',')}`;
  const errors: FieldError[] = [];
  if (!name) errors.push(required(`${field}.name`));
  if (!type) errors.push(required(`${field}.type`, oneOf(COLUMN_TYPES)));
  else if (!COLUMN_TYPES.includes(type)) errors.push(invalid(`${field}.type`, type, oneOf(COLUMN_TYPES)));
  if (format && !COLUMN_FORMATS.includes(format)) errors.push(invalid(`${field}.format`, format, oneOf(COLUMN_FORMATS)));
  if (!jsonPath) errors.push(required(`${field}.jsonPath`));
  else if (!jsonPath.startsWith('.')) errors.push(invalid(`${field}.jsonPath`, jsonPath, 'must be a simple json path starting with .'));
  return errors;
}
