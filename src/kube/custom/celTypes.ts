// What rules see of a custom resource: the types of its schema, and its values as values of these types.
// Models apiserver/pkg/cel/common/{schemas,values}.go. Limitation: `+` and `==` of lists that are sets or maps go by their order.
import { durationOf, timestampOf } from '../cel/library/times.ts';
import { type Scope, scopeOf } from '../cel/scope.ts';
import {
  BOOL,
  BYTES,
  type CelType,
  DOUBLE,
  DURATION,
  DYN,
  INT,
  listOf,
  mapOf,
  objectOf,
  optionalOf,
  STRING,
  TIMESTAMP,
} from '../cel/types.ts';
import { CelError, NONE, some } from '../cel/value.ts';
import { isMap } from '../goText.ts';
import { type JsonSchema, schemaOfField } from './jsonSchema.ts';

/** What every object has, whatever its schema says. */
const META = objectOf('kubernetes.ObjectMeta', { name: STRING, generateName: STRING });

/** The type of values of a schema; undefined where rules can see nothing of them. */
export function celTypeOf(schema: JsonSchema, isRoot = false): CelType | undefined {
  if (schema['x-kubernetes-int-or-string']) return DYN;
  switch (schema.type) {
    case 'array': {
      const items = schema.items && celTypeOf(schema.items);
      return items && listOf(items);
    }
    case 'object':
      return typeOfObject(schema, isRoot || schema['x-kubernetes-embedded-resource'] === true);
    case 'string':
      return FORMATS[schema.format ?? ''] ?? STRING;
    case 'boolean':
      return BOOL;
    case 'integer':
      return INT;
    case 'number':
      return DOUBLE;
    default:
      return undefined;
  }
}

const FORMATS: Readonly<Record<string, CelType>> = { byte: BYTES, duration: DURATION, date: TIMESTAMP, 'date-time': TIMESTAMP };

function typeOfObject(schema: JsonSchema, isWhole: boolean): CelType | undefined {
  const { properties = {}, additionalProperties } = schema;
  if (typeof additionalProperties === 'object') {
    const inner = celTypeOf(additionalProperties);
    return inner && mapOf(STRING, inner);
  }
  const own: Readonly<Record<string, CelType>> = isWhole ? { apiVersion: STRING, kind: STRING, metadata: META } : {};
  return {
    kind: 'object',
    name: 'object',
    fieldOf: (name) => own[name] ?? (Object.hasOwn(properties, name) ? celTypeOf(properties[name] as JsonSchema) : undefined),
  };
}

/** What a rule may name; undefined where its schema allows no rules. */
export function scopeOfRule(schema: JsonSchema, isRoot: boolean, isOldOptional: boolean): Scope | undefined {
  const self = celTypeOf(schema, isRoot);
  return self && scopeOf({ self, oldSelf: isOldOptional ? optionalOf(self) : self });
}

/** The value as rules see it: times, durations and bytes are texts in JSON. */
export function celValueOf(value: unknown, schema: JsonSchema): unknown {
  if (typeof value === 'string') return textValue(value, schema);
  if (Array.isArray(value)) return schema.items ? value.map((item) => celValueOf(item, schema.items as JsonSchema)) : value;
  if (!isMap(value)) return value;
  const entries = Object.entries(value).map(([name, inner]) => {
    const field = schemaOfField(schema, name);
    return [name, field ? celValueOf(inner, field) : inner] as const;
  });
  return Object.fromEntries(entries);
}

function textValue(text: string, { format }: JsonSchema): unknown {
  try {
    if (format === 'duration') return durationOf(text);
    if (format === 'date-time') return timestampOf(text);
    if (format === 'date') return timestampOf(`${text}T00:00:00Z`);
    return format === 'byte' ? Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)) : text;
  } catch (error) {
    // The schema's own checks say what is wrong with it.
    if (error instanceof CelError || error instanceof DOMException) return text;
    throw error;
  }
}

/** What was there before, where a rule can do with nothing. */
export const optionalOld = (old: unknown): unknown => (old === undefined ? NONE : some(old));
