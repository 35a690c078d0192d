// Secret: its shape, names, defaults, rules and columns. Models k8s.io/api/core/v1/types.go, pkg/apis/core/v1/defaults.go and
// pkg/apis/core/validation/validation.go (ValidateSecret).
import { isEqual } from '../../base/equal.ts';
import type { FieldError } from '../errors.ts';
import { allInvalid, forbidden, IMMUTABLE, invalid, required, tooLong } from '../fieldErrors.ts';
import type { Kind } from '../kind.ts';
import type { KubeObject, StringMap } from '../meta.ts';
import { isConfigMapKey } from '../names.ts';
import { validateMeta, validateMetaUpdate } from '../validation/meta.ts';
import { ageColumn, nameColumn } from './columns.ts';
import { BYTES_MAX, decodedBytes, META, SET_IMMUTABLE, sizeOf } from './configMap.ts';
import { filled } from './fill.ts';

export interface Secret extends KubeObject {
  readonly kind: 'Secret';
  readonly type?: string;
  /** Base64. */
  readonly data?: StringMap;
  /** What a user may give instead: it is kept in `data`. */
  readonly stringData?: StringMap;
  readonly immutable?: boolean;
}

export const secretKind: Kind<Secret> = {
  kind: 'Secret',
  apiVersion: 'v1',
  plural: 'secrets',
  singular: 'secret',
  shortNames: [],
  namespaced: true,
  hasStatus: false,
  hasGeneration: false,
  isSimulated: true,
  defaults: encoded,
  validate: (secret) => [...validateMeta(secret.metadata, META), ...secretErrors(secret)],
  validateUpdate(secret, old) {
    const errors = validateMetaUpdate(secret, old);
    if (secret.type !== old.type) errors.push(invalid('type', secret.type, IMMUTABLE));
    if (old.immutable) {
      if (!secret.immutable) errors.push(forbidden('immutable', SET_IMMUTABLE));
      if (!isEqual(secret.data ?? {}, old.data ?? {})) errors.push(forbidden('data', SET_IMMUTABLE));
    }
    return [...errors, ...secretErrors(secret)];
  },
  columns: [
    nameColumn,
    { name: 'Type', value: ({ type }) => type ?? '' },
    { name: 'Data', value: ({ data }) => String(sizeOf(data)) },
    ageColumn,
  ],
  fieldOf: ({ type }, field) => (field === 'type' ? type : undefined),
};

/** Keys that a secret of a type has to have. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  'kubernetes.io/dockercfg': ['.dockercfg'],
  'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'],
  'kubernetes.io/ssh-auth': ['ssh-privatekey'],
  'kubernetes.io/tls': ['tls.crt', 'tls.key'],
};
const ACCOUNT = 'kubernetes.io/service-account.name';

function secretErrors({ metadata, type = '', data = {} }: Secret): FieldError[] {
  const errors: FieldError[] = [];
  let bytes = 0;
  for (const key of Object.keys(data).sort()) {
    errors.push(...allInvalid(`data[${key}]`, key, isConfigMapKey(key)));
    bytes += decodedBytes(data[key] as string);
  }
  if (bytes > BYTES_MAX) errors.push(tooLong('data', BYTES_MAX));
  if (type === 'kubernetes.io/service-account-token' && !metadata.annotations?.[ACCOUNT]) {
    errors.push(required(`metadata.annotations[${ACCOUNT}]`));
  }
  if (type === 'kubernetes.io/basic-auth' && data['username'] === undefined && data['password'] === undefined) {
    errors.push(required('data[username]'), required('data[password]'));
  }
  for (const key of NEEDED[type] ?? []) if (data[key] === undefined) errors.push(required(`data[${key}]`));
  for (const key of ['.dockercfg', '.dockerconfigjson'])
    if (NEEDED[type]?.includes(key) && data[key] !== undefined) errors.push(...jsonErrors(data[key] as string, key));
  return errors;
}

/** What Go's decoder says of the first letter that no JSON begins with; mistakes further on are not looked for. */
function jsonErrors(base64: string, key: string): FieldError[] {
  const text = textOf(base64).trimStart();
  const problem = text === '' ? 'unexpected end of JSON input' : `invalid character '${text[0]}' looking for beginning of value`;
  return /^[{["\d\-tfn]/.test(text) ? [] : [invalid(`data[${key}]`, '<secret contents redacted>', problem)];
}

function textOf(base64: string): string {
  const bytes: number[] = [];
  for (let i = 0, bits = 0, count = 0; i < base64.length && base64[i] !== '='; i++) {
    bits = ((bits << 6) | BASE64.indexOf(base64[i] as string)) & 0xffffff;
    count += 6;
    if (count >= 8) bytes.push((bits >> (count -= 8)) & 255);
  }
  return new TextDecoder().decode(new Uint8Array(bytes));
}

function encoded(given: Secret): Secret {
  const { stringData, ...secret } = filled(given, { type: 'Opaque' });
  if (!stringData) return secret;
  const added = Object.entries(stringData).map(([key, text]) => [key, base64Of(text)]);
  return { ...secret, data: { ...secret.data, ...Object.fromEntries(added) } };
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Text as UTF-8 in base64. */
function base64Of(text: string): string {
  const bytes = new TextEncoder().encode(text);
  let result = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b = 0, c = 0] = bytes.slice(i, i + 3);
    const bits = (a << 16) | (b << 8) | c;
    for (let j = 0; j < 4; j++) result += i + j > bytes.length ? '=' : BASE64[(bits >> (18 - 6 * j)) & 63];
  }
  return result;
}
