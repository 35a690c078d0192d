// The rules for the variables of a container and where they come from. Models pkg/apis/core/validation/validation.go (ValidateEnv,
// ValidateEnvFrom).
import type { FieldError } from '../errors.ts';
import { allInvalid, invalid, notSupported, required } from '../fieldErrors.ts';
import type { Container, EnvVar, FileKeyRef } from '../kinds/pod.ts';
import { isConfigMapKey, isDns1123Subdomain, isEnvVarName, isQualifiedName } from '../names.ts';
import { validateFilePath } from './volume.ts';

const ENV_FIELDS = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
];
const ENV_RESOURCES = [
  'limits.cpu',
  'limits.ephemeral-storage',
  'limits.memory',
  'requests.cpu',
  'requests.ephemeral-storage',
  'requests.memory',
];

export function validateVariable({ name, value, valueFrom }: EnvVar, path: string): FieldError[] {
  const errors = name ? allInvalid(`${path}.name`, name, isEnvVarName(name)) : [required(`${path}.name`)];
  if (!valueFrom) return errors;
  const field = `${path}.valueFrom`;
  const sources = Object.values(valueFrom).filter((source) => source !== undefined).length;
  if (sources === 0) {
    errors.push(
      invalid(field, '', 'must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`'),
    );
  } else if (value) errors.push(invalid(field, '', 'may not be specified when `value` is not empty'));
  else if (sources > 1) errors.push(invalid(field, '', 'may not have more than one field specified at a time'));
  const { fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef, fileKeyRef } = valueFrom;
  if (fieldRef) errors.push(...validateFieldRef(fieldRef.fieldPath, `${field}.fieldRef.fieldPath`));
  if (resourceFieldRef) errors.push(...validateResourceRef(resourceFieldRef.resource, `${field}.resourceFieldRef.resource`));
  if (configMapKeyRef) errors.push(...validateKeyRef(configMapKeyRef, `${field}.configMapKeyRef`));
  if (secretKeyRef) errors.push(...validateKeyRef(secretKeyRef, `${field}.secretKeyRef`));
  if (fileKeyRef) errors.push(...validateFileRef(fileKeyRef, `${field}.fileKeyRef`));
  return errors;
}

interface EnvSource {
  readonly prefix?: string;
  readonly configMapRef?: { readonly name?: string };
  readonly secretRef?: { readonly name?: string };
}

export function validateEnvFrom(sources: Container['envFrom'], field: string): FieldError[] {
  return ((sources ?? []) as readonly EnvSource[]).flatMap(({ prefix, configMapRef, secretRef }, i) => {
    const errors: FieldError[] = prefix ? allInvalid(`${field}[${i}].prefix`, prefix, isEnvVarName(prefix)) : [];
    for (const [name, source] of Object.entries({ configMapRef, secretRef })) {
      if (source && !source.name) errors.push(required(`${field}[${i}].${name}.name`));
      else if (source?.name) errors.push(...allInvalid(`${field}[${i}].${name}.name`, source.name, isDns1123Subdomain(source.name)));
    }
    if (!configMapRef && !secretRef) errors.push(invalid(field, '', 'must specify one of: `configMapRef` or `secretRef`'));
    if (configMapRef && secretRef) errors.push(invalid(field, '', 'may not have more than one field specified at a time'));
    return errors;
  });
}

function validateFieldRef(fieldPath: string | undefined, field: string): FieldError[] {
  if (!fieldPath) return [required(field)];
  const subscript = /^metadata\.(labels|annotations)\['([^']*)'\]$/.exec(fieldPath);
  if (subscript) return allInvalid(field, subscript[2] as string, isQualifiedName((subscript[2] as string).toLowerCase()));
  return ENV_FIELDS.includes(fieldPath) ? [] : [notSupported(field, fieldPath, ENV_FIELDS)];
}

function validateResourceRef(resource: string | undefined, field: string): FieldError[] {
  if (!resource) return [required(field)];
  return ENV_RESOURCES.includes(resource) || /^(limits|requests)\.hugepages-/.test(resource)
    ? []
    : [notSupported(field, resource, ENV_RESOURCES)];
}

function validateKeyRef({ name = '', key }: { readonly name?: string; readonly key?: string }, field: string): FieldError[] {
  return [
    ...allInvalid(`${field}.name`, name, isDns1123Subdomain(name)),
    ...(key ? allInvalid(`${field}.key`, key, isConfigMapKey(key)) : [required(`${field}.key`)]),
  ];
}

function validateFileRef({ volumeName, path, key }: Partial<FileKeyRef>, field: string): FieldError[] {
  return [
    ...(key ? allInvalid(`${field}.key`, key, isEnvVarName(key)) : [required(`${field}.key`)]),
    ...(volumeName ? [] : [required(`${field}.volumeName`)]),
    ...validateFilePath(path, `${field}.path`),
  ];
}
