// What is wrong with a custom resource by its schema, in the server's words.
// Models kube-openapi/pkg/validation/{validate,errors} and apiextensions-apiserver/pkg/apiserver/validation/validation.go.
// Leaves out: rarer formats. Rules of the Common Expression Language are ruleErrors.ts.
import { isEqual } from '../../base/equal.ts';
import { unixMsOf, unixMsOfDay } from '../../base/moment.ts';
import type { FieldError } from '../errors.ts';
import { duplicate, invalid, isIP, notSupported, required, tooLong, tooMany } from '../fieldErrors.ts';
import { goPattern } from '../goPattern.ts';
import { goText, isMap, sortedKeys } from '../goText.ts';
import { type JsonSchema, schemaOfField } from './jsonSchema.ts';

/** All mistakes in a value, fields in the order of their names. `field` is its path, empty for the whole object. */
export function schemaErrors(value: unknown, schema: JsonSchema, field = ''): FieldError[] {
  if (value === null && schema.nullable) return [];
  const wrongType = typeError(value, schema, field);
  if (wrongType) return [wrongType];
  return [
    ...combinationErrors(value, schema, field),
    ...(typeof value === 'string' ? textErrors(value, schema, field) : []),
    ...(typeof value === 'number' ? numberErrors(value, schema, field) : []),
    ...(Array.isArray(value) ? listErrors(value, schema, field) : []),
    ...(schema.enum && !schema.enum.some((one) => isEqual(one, value))
      ? [
          notSupported(
            field,
            value,
            schema.enum.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))),
          ),
        ]
      : []),
    ...(isMap(value) ? mapErrors(value, schema, field) : []),
  ];
}

/** The path with `in body`, which stands in all sentences of the schema's own. */
const said = (field: string, value: unknown, sentence: string): FieldError => invalid(field, value, `${field} in body ${sentence}`);

function typeError(value: unknown, schema: JsonSchema, field: string): FieldError | undefined {
  const wanted = schema['x-kubernetes-int-or-string'] ? ['integer', 'string'] : schema.type ? [schema.type] : [];
  const found = typeOf(value);
  if (wanted.length === 0 || wanted.includes(found) || (found === 'integer' && wanted.includes('number'))) return undefined;
  return said(field, found, `must be of type ${wanted.join(',')}: ${JSON.stringify(found)}`);
}

function typeOf(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

/** Of what fails here the server tells the mistakes of the alternatives only where all must hold. */
function combinationErrors(value: unknown, { allOf = [], anyOf = [], oneOf = [], not }: JsonSchema, field: string): FieldError[] {
  const fits = (schema: JsonSchema) => schemaErrors(value, schema, field).length === 0;
  const told = (sentence: string) => invalid('<nil>', '', `${JSON.stringify(field)} ${sentence}`);
  const errors: FieldError[] = [];
  if (anyOf.length > 0 && !anyOf.some(fits)) errors.push(told('must validate at least one schema (anyOf)'));
  const count = oneOf.filter(fits).length;
  if (oneOf.length > 0 && count !== 1) {
    errors.push(told(`must validate one and only one schema (oneOf). Found ${count === 0 ? 'none valid' : `${count} valid alternatives`}`));
  }
  const failed = allOf.flatMap((schema) => schemaErrors(value, schema, field));
  if (failed.length > 0) errors.push(told('must validate all the schemas (allOf)'), ...failed);
  if (not && fits(not)) errors.push(told('must not validate the schema (not)'));
  return errors;
}

function textErrors(value: string, { minLength, maxLength, pattern, format }: JsonSchema, field: string): FieldError[] {
  const { length } = [...value];
  const errors: FieldError[] = [];
  if (maxLength !== undefined && length > maxLength) errors.push(tooLong(field, maxLength));
  if (minLength !== undefined && length < minLength) errors.push(said(field, value, `should be at least ${minLength} chars long`));
  if (pattern !== undefined && goPattern(pattern)?.test(value) === false) errors.push(said(field, value, `should match '${pattern}'`));
  if (format !== undefined && FORMATS[format]?.(value) === false) {
    errors.push(said(field, value, `must be of type ${format}: ${JSON.stringify(value)}`));
  }
  return errors;
}

const FORMATS: Readonly<Record<string, (text: string) => boolean>> = {
  'date-time': (text) => !Number.isNaN(unixMsOf(text.toUpperCase())),
  date: (text) => !Number.isNaN(unixMsOfDay(text)),
  ipv4: (text) => isIP(text) && !text.includes(':'),
  ipv6: (text) => isIP(text) && text.includes(':'),
  uuid: (text) => /^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$/i.test(text),
  email: (text) => /^[^\s@]+@[^\s@]+$/.test(text),
  byte: (text) => /^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text),
};

function numberErrors(value: number, schema: JsonSchema, field: string): FieldError[] {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  const errors: FieldError[] = [];
  if (multipleOf !== undefined && !Number.isInteger(value / multipleOf))
    errors.push(said(field, value, `should be a multiple of ${goText(multipleOf)}`));
  if (maximum !== undefined && (exclusiveMaximum ? value >= maximum : value > maximum))
    errors.push(said(field, value, `should be less than ${exclusiveMaximum ? '' : 'or equal to '}${goText(maximum)}`));
  if (minimum !== undefined && (exclusiveMinimum ? value <= minimum : value < minimum))
    errors.push(said(field, value, `should be greater than ${exclusiveMinimum ? '' : 'or equal to '}${goText(minimum)}`));
  return errors;
}

function listErrors(items: readonly unknown[], schema: JsonSchema, field: string): FieldError[] {
  const { minItems, maxItems, items: schemaOfItems } = schema;
  const errors = schemaOfItems ? items.flatMap((item, i) => schemaErrors(item, schemaOfItems, `${field}[${i}]`)) : [];
  if (minItems !== undefined && items.length < minItems) errors.push(said(field, items.length, `should have at least ${minItems} items`));
  if (maxItems !== undefined && items.length > maxItems) errors.push(tooMany(field, items.length, maxItems));
  const keyOf = keyOfItems(schema);
  if (keyOf) {
    const keys = items.map(keyOf);
    keys.forEach((key, i) => {
      if (keys.findIndex((other) => isEqual(other, key)) < i) errors.push(duplicate(`${field}[${i}]`, key));
    });
  }
  return errors;
}

/** What tells the items of a set or a map apart; undefined for lists that may hold the same twice. */
function keyOfItems(schema: JsonSchema): ((item: unknown) => unknown) | undefined {
  const keys = schema['x-kubernetes-list-map-keys'] ?? [];
  if (schema['x-kubernetes-list-type'] === 'set') return (item) => item;
  if (schema['x-kubernetes-list-type'] !== 'map') return undefined;
  return (item) => Object.fromEntries(keys.map((key) => [key, isMap(item) ? item[key] : undefined]));
}

function mapErrors(value: Readonly<Record<string, unknown>>, schema: JsonSchema, field: string): FieldError[] {
  const { minProperties, maxProperties, required: needed = [] } = schema;
  const names = sortedKeys(value);
  const errors: FieldError[] = [];
  if (minProperties !== undefined && names.length < minProperties)
    errors.push(said(field, names.length, `should have at least ${minProperties} properties`));
  if (maxProperties !== undefined && names.length > maxProperties) errors.push(tooMany(field, names.length, maxProperties));
  const here = (name: string) => (field === '' ? name : `${field}.${name}`);
  for (const name of names) {
    const inner = schemaOfField(schema, name);
    if (inner) errors.push(...schemaErrors(value[name], inner, here(name)));
  }
  return [...errors, ...needed.filter((name) => value[name] === undefined).map((name) => required(here(name)))];
}
