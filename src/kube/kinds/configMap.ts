// ConfigMap: its shape, names, rules and columns. Models k8s.io/api/core/v1/types.go and pkg/apis/core/validation/validation.go
// (ValidateConfigMap).
import { isEqual } from '../../base/equal.ts';
import type { FieldError } from '../errors.ts';
import { allInvalid, forbidden, invalid, tooLong } from '../fieldErrors.ts';
import type { Kind } from '../kind.ts';
import type { KubeObject, StringMap } from '../meta.ts';
import { isConfigMapKey } from '../names.ts';
import { subdomainName, validateMeta, validateMetaUpdate } from '../validation/meta.ts';
import { ageColumn, nameColumn } from './columns.ts';

export interface ConfigMap extends KubeObject {
  readonly kind: 'ConfigMap';
  readonly data?: StringMap;
  /** Base64. */
  readonly binaryData?: StringMap;
  readonly immutable?: boolean;
}

export const META = { namespaced: true, name: subdomainName };
export const BYTES_MAX = 1024 * 1024;
export const SET_IMMUTABLE = 'field is immutable when `immutable` is set';

export const configMapKind: Kind<ConfigMap> = {
  kind: 'ConfigMap',
  apiVersion: 'v1',
  plural: 'configmaps',
  singular: 'configmap',
  shortNames: ['cm'],
  namespaced: true,
  hasStatus: false,
  hasGeneration: false,
  isSimulated: true,
  validate: (map) => [...validateMeta(map.metadata, META), ...mapErrors(map)],
  validateUpdate(map, old) {
    const errors = validateMetaUpdate(map, old);
    if (old.immutable) {
      if (!map.immutable) errors.push(forbidden('immutable', SET_IMMUTABLE));
      if (!isEqual(map.data ?? {}, old.data ?? {})) errors.push(forbidden('data', SET_IMMUTABLE));
      if (!isEqual(map.binaryData ?? {}, old.binaryData ?? {})) errors.push(forbidden('binaryData', SET_IMMUTABLE));
    }
    return [...errors, ...mapErrors(map)];
  },
  columns: [nameColumn, { name: 'Data', value: ({ data, binaryData }) => String(sizeOf(data) + sizeOf(binaryData)) }, ageColumn],
};

export const sizeOf = (map: StringMap | undefined): number => Object.keys(map ?? {}).length;

function mapErrors({ data = {}, binaryData = {} }: ConfigMap): FieldError[] {
  const errors: FieldError[] = [];
  let bytes = 0;
  for (const key of Object.keys(data).sort()) {
    errors.push(...allInvalid(`data[${key}]`, key, isConfigMapKey(key)));
    if (binaryData[key] !== undefined) errors.push(invalid(`data[${key}]`, key, 'duplicate of key present in binaryData'));
    bytes += bytesOf(data[key] as string);
  }
  for (const key of Object.keys(binaryData).sort()) {
    errors.push(...allInvalid(`binaryData[${key}]`, key, isConfigMapKey(key)));
    bytes += decodedBytes(binaryData[key] as string);
  }
  return bytes > BYTES_MAX ? [...errors, tooLong('[]', BYTES_MAX)] : errors;
}

/** UTF-8. */
const bytesOf = (text: string): number => new TextEncoder().encode(text).length;
export const decodedBytes = (base64: string): number => Math.floor((base64.replace(/=+$/, '').length * 3) / 4);
