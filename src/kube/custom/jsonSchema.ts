// The schema of a custom resource as its definition gives it, and what a server does to an object by it: drop fields that it does
// not name, and fill in defaults. Models apiextensions-apiserver/pkg/apiserver/schema/{pruning,defaulting}.
import { isMap } from '../goText.ts';
import { mapped } from '../kinds/fill.ts';

/** A rule that the value of a schema must keep, in the Common Expression Language. */
export interface Rule {
  readonly rule: string;
  readonly message?: string;
  readonly messageExpression?: string;
  readonly fieldPath?: string;
  readonly reason?: string;
  readonly optionalOldSelf?: boolean;
}

export interface JsonSchema {
  readonly type?: string;
  readonly format?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
  readonly required?: readonly string[];
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: boolean;
  readonly exclusiveMaximum?: boolean;
  readonly multipleOf?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly default?: unknown;
  readonly nullable?: boolean;
  readonly allOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly not?: JsonSchema;
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
  readonly 'x-kubernetes-embedded-resource'?: boolean;
  readonly 'x-kubernetes-int-or-string'?: boolean;
  readonly 'x-kubernetes-list-type'?: string;
  readonly 'x-kubernetes-list-map-keys'?: readonly string[];
  readonly 'x-kubernetes-validations'?: readonly Rule[];
}

/** What every object has, whatever its schema says. */
const OBJECT_FIELDS = new Set(['apiVersion', 'kind', 'metadata']);

export const keepsUnknown = (schema: JsonSchema): boolean => schema['x-kubernetes-preserve-unknown-fields'] === true;

/** The schemas under one: of a field of this name in a map. */
export function schemaOfField(schema: JsonSchema, name: string): JsonSchema | undefined {
  const { properties, additionalProperties } = schema;
  if (properties && Object.hasOwn(properties, name)) return properties[name];
  return typeof additionalProperties === 'object' ? additionalProperties : undefined;
}

/** The value without the fields that its schema does not name; their paths are added to `unknown`. */
export function pruned(value: unknown, schema: JsonSchema, unknown: string[], path = '', isObject = true): unknown {
  if (Array.isArray(value)) {
    const { items } = schema;
    return items ? value.map((item, i) => pruned(item, items, unknown, `${path}[${i}]`, isEmbedded(items))) : value;
  }
  if (!isMap(value)) return value;
  const kept: Record<string, unknown> = {};
  for (const [name, inner] of Object.entries(value)) {
    if (inner === undefined) continue;
    const here = path === '' ? name : `${path}.${name}`;
    const field = schemaOfField(schema, name);
    if (isObject && OBJECT_FIELDS.has(name)) kept[name] = inner;
    else if (field) kept[name] = pruned(inner, field, unknown, here, isEmbedded(field));
    else if (keepsUnknown(schema) || schema.additionalProperties === true) kept[name] = inner;
    else unknown.push(here);
  }
  return kept;
}

const isEmbedded = (schema: JsonSchema): boolean => schema['x-kubernetes-embedded-resource'] === true;

/** The value with the defaults of its schema; null where the schema allows none is as good as left out. */
export function defaulted(value: unknown, schema: JsonSchema): unknown {
  if (Array.isArray(value)) {
    const { items } = schema;
    return items ? mapped(value, (item) => defaulted(item, items)) : value;
  }
  if (!isMap(value)) return value;
  let changed: Record<string, unknown> | undefined;
  const set = (name: string, inner: unknown) => ((changed ??= { ...value })[name] = inner);
  for (const [name, inner] of Object.entries(value)) {
    const field = schemaOfField(schema, name);
    if (!field) continue;
    const whole = inner === null && !field.nullable ? undefined : defaulted(inner, field);
    if (whole !== inner) set(name, whole);
    if (whole === undefined) delete changed?.[name];
  }
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    if (field.default !== undefined && (changed ?? value)[name] === undefined) set(name, defaulted(field.default, field));
  }
  return changed ?? value;
}
