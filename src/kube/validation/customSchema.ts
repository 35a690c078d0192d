// The rules for the schema of a custom resource: it must be structural, so that the server can prune and default by it.
// Models apiextensions-apiserver/pkg/apiserver/schema/validation.go and the OpenAPI rules of pkg/apis/apiextensions/validation.
import type { JsonSchema } from '../custom/jsonSchema.ts';
import { keepsUnknown } from '../custom/jsonSchema.ts';
import { schemaErrors } from '../custom/schemaErrors.ts';
import type { FieldError } from '../errors.ts';
import { forbidden, invalid, notSupported, required } from '../fieldErrors.ts';
import { goPatternError } from '../goPattern.ts';
import { validateRules } from './customRules.ts';

const TYPES = ['array', 'boolean', 'integer', 'number', 'object', 'string'];
const LIST_TYPES = ['atomic', 'map', 'set'];

/** Words of JSON schema that a definition may not use. */
const REFUSED = ['$ref', 'additionalItems', 'definitions', 'dependencies', 'id', 'patternProperties'];

/** The whole schema of a version. */
export function validateSchema(schema: JsonSchema, field: string): FieldError[] {
  const errors = validateNode(schema, field, 'root');
  if (schema.type !== undefined && schema.type !== 'object')
    errors.push(invalid(`${field}.type`, schema.type, 'must be object at the root'));
  return errors.length > 0 ? errors : validateRules(schema, field);
}

/** Where a schema stands says what is told of one without a type. */
type Place = 'root' | 'field' | 'item';
const UNTYPED: Readonly<Record<Place, string>> = {
  root: 'must not be empty at the root',
  field: 'must not be empty for specified object fields',
  item: 'must not be empty for specified array items',
};

function validateNode(schema: JsonSchema, field: string, place: Place): FieldError[] {
  const { type, properties = {}, additionalProperties, items } = schema;
  const isFree = keepsUnknown(schema) || schema['x-kubernetes-int-or-string'] === true;
  const errors: FieldError[] = REFUSED.filter((word) => word in schema).map((word) =>
    forbidden(`${field}.${word}`, `${word} is not supported`),
  );
  if (!type && !isFree) errors.push(required(`${field}.type`, UNTYPED[place]));
  else if (!type && place === 'root') errors.push(required(`${field}.type`, UNTYPED.root));
  else if (type && !TYPES.includes(type)) errors.push(notSupported(`${field}.type`, type, TYPES));
  if (type === 'array' && !items) errors.push(required(`${field}.items`, 'must be specified'));
  if (additionalProperties !== undefined && Object.keys(properties).length > 0)
    errors.push(forbidden(`${field}.additionalProperties`, 'must be used with neither properties nor patternProperties'));
  errors.push(...validateWords(schema, field));
  for (const name of Object.keys(properties).sort())
    errors.push(...validateNode(properties[name] as JsonSchema, `${field}.properties[${name}]`, 'field'));
  if (typeof additionalProperties === 'object')
    errors.push(...validateNode(additionalProperties, `${field}.additionalProperties`, 'field'));
  if (items) errors.push(...validateNode(items, `${field}.items`, 'item'));
  return errors;
}

function validateWords(schema: JsonSchema, field: string): FieldError[] {
  const errors: FieldError[] = [];
  const { default: given } = schema;
  if ((schema as { readonly uniqueItems?: boolean }).uniqueItems)
    errors.push(forbidden(`${field}.uniqueItems`, 'uniqueItems cannot be set to true since the runtime complexity becomes quadratic'));
  const badPattern = schema.pattern === undefined ? undefined : goPatternError(schema.pattern);
  if (badPattern) errors.push(invalid(`${field}.pattern`, schema.pattern, `must be a valid regular expression, but isn't: ${badPattern}`));
  const listType = schema['x-kubernetes-list-type'];
  if (listType !== undefined && schema.type !== 'array')
    errors.push(invalid(`${field}.type`, schema.type ?? '', 'must be array if x-kubernetes-list-type is specified'));
  if (listType !== undefined && !LIST_TYPES.includes(listType))
    errors.push(notSupported(`${field}.x-kubernetes-list-type`, listType, LIST_TYPES));
  if (listType === 'map' && !schema['x-kubernetes-list-map-keys']?.length)
    errors.push(required(`${field}.x-kubernetes-list-map-keys`, 'must not be empty if x-kubernetes-list-type is map'));
  if (given !== undefined && given !== null) {
    const [mistake] = schemaErrors(given, schema, `${field}.default`);
    if (mistake) errors.push(mistake);
  }
  return errors;
}
