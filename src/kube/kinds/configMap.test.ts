import { describe, expect, it } from 'vitest';
import type { FieldError } from '../errors.ts';
import { type ConfigMap, configMapKind } from './configMap.ts';
import { type Secret, secretKind } from './secret.ts';

const map = (fields: Partial<ConfigMap>): ConfigMap => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'c', namespace: 'default' },
  ...fields,
});
const secret = (fields: Partial<Secret>): Secret => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 's', namespace: 'default' },
  ...fields,
});
const texts = (errors: readonly FieldError[] | undefined) => (errors ?? []).map(({ field, text }) => `${field}: ${text}`);

describe('configMapKind', () => {
  it('refuses keys that are no file names, and keys that are there twice', () => {
    expect(texts(configMapKind.validate?.(map({ data: { 'a b': '' } })))).toEqual([
      `data[a b]: Invalid value: "a b": a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')`,
    ]);
    expect(texts(configMapKind.validate?.(map({ data: { a: '' }, binaryData: { a: '' } })))).toEqual([
      'data[a]: Invalid value: "a": duplicate of key present in binaryData',
    ]);
  });

  it('keeps an immutable map as it is', () => {
    const old = map({ data: { a: '1' }, immutable: true });
    expect(texts(configMapKind.validateUpdate?.(map({ data: { a: '2' } }), old))).toEqual([
      'immutable: Forbidden: field is immutable when `immutable` is set',
      'data: Forbidden: field is immutable when `immutable` is set',
    ]);
  });
});

describe('secretKind', () => {
  it('keeps text as base64 and is opaque unless it says', () => {
    expect(secretKind.defaults?.(secret({ stringData: { key: 'value, 값' } }))).toEqual(
      secret({ type: 'Opaque', data: { key: 'dmFsdWUsIOqwkg==' } }),
    );
  });

  it('asks for the keys of its type, which it keeps', () => {
    const tls = secret({ type: 'kubernetes.io/tls', data: { 'tls.crt': '' } });
    expect(texts(secretKind.validate?.(tls))).toEqual(['data[tls.key]: Required value']);
    expect(texts(secretKind.validateUpdate?.(secret({ type: 'Opaque' }), secret({ type: 'x' })))).toEqual([
      'type: Invalid value: "Opaque": field is immutable',
    ]);
  });
});
