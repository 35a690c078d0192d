// What there is to explain of a kind: its fields with their types, needs and purposes, read from the schema of Kubernetes' kinds or
// from that of a custom one. Models kubectl/pkg/explain/v2 (its template's functions).
import type { JsonSchema } from '../kube/custom/jsonSchema.ts';
import { aboutField, aboutType, type Descriptions, isRequired } from '../kube/schema/descriptions.ts';
import { fieldsOf, goTypeName } from '../kube/schema/schema.ts';

/** A kind, or a field at some depth in it. */
export interface Explained {
  readonly name: string;
  /** As it is shown: `string`, `[]Container`, `map[string]string`. */
  readonly type: string;
  /** The type whose fields stand below, where it may stand in itself again. */
  readonly typeId?: string | undefined;
  readonly isRequired: boolean;
  /** What it is for, its type's own words last; undefined where that is not known. */
  readonly about: readonly string[] | undefined;
  readonly fields: readonly Explained[];
}

// Of Kubernetes' own kinds -----------------------------------------------------------------------------------------------

export function explainedType(type: string, descriptions: Descriptions | undefined): Explained {
  return builtIn(undefined, '', `@${type}`, descriptions);
}

function builtIn(owner: string | undefined, name: string, code: string, descriptions: Descriptions | undefined): Explained {
  const typeId = structOf(code);
  const about = descriptions && [owner && aboutField(descriptions, owner, name), typeId && aboutType(descriptions, typeId)].filter(isText);
  return {
    name,
    type: typeText(code),
    typeId,
    isRequired: descriptions !== undefined && owner !== undefined && isRequired(descriptions, owner, name),
    about,
    get fields() {
      return typeId ? Object.entries(fieldsOf(typeId)).map(([field, inner]) => builtIn(typeId, field, inner, descriptions)) : [];
    },
  };
}

const isText = (text: string | undefined): text is string => text !== undefined && text !== '';

/** The type whose fields stand under a field, if it has any. */
function structOf(code: string): string | undefined {
  const inner = code.replace(/^[[{]+/, '');
  return inner.startsWith('@') ? inner.slice(1) : undefined;
}

const TYPES: Readonly<Record<string, string>> = {
  s: 'string',
  i: 'integer',
  l: 'integer',
  d: 'number',
  b: 'boolean',
  t: 'string',
  T: 'string',
  q: 'Quantity',
  x: 'IntOrString',
  y: 'string',
  '*': 'Object',
};

function typeText(code: string): string {
  if (code.startsWith('[')) return `[]${typeText(code.slice(1))}`;
  if (code.startsWith('{')) return `map[string]${typeText(code.slice(1))}`;
  return code.startsWith('@') ? goTypeName(code.slice(1)) : (TYPES[code] ?? 'Object');
}

// Of custom kinds --------------------------------------------------------------------------------------------------------

/** Any kind that has metadata lends the words for it. */
const PLAIN_TYPE = 'Namespace';

export function explainedSchema(schema: JsonSchema, descriptions: Descriptions | undefined): Explained {
  const common = explainedType(PLAIN_TYPE, descriptions).fields.filter(({ name }) => ['apiVersion', 'kind', 'metadata'].includes(name));
  const whole = custom('', schema, false);
  const own = whole.fields.filter(({ name }) => !common.some((field) => field.name === name));
  return { ...whole, fields: [...common, ...own].sort((a, b) => (a.name < b.name ? -1 : 1)) };
}

function custom(name: string, schema: JsonSchema, isNeeded: boolean): Explained {
  const inner = innermost(schema);
  return {
    name,
    type: schemaText(schema),
    isRequired: isNeeded,
    about: schema.description ? [schema.description] : [],
    get fields() {
      const names = Object.keys(inner.properties ?? {}).sort();
      return names.map((field) => custom(field, inner.properties?.[field] ?? {}, inner.required?.includes(field) ?? false));
    },
  };
}

const valuesOf = ({ additionalProperties }: JsonSchema): JsonSchema | undefined =>
  typeof additionalProperties === 'object' ? additionalProperties : undefined;

/** The schema of what a list or a map holds, or the schema itself. */
function innermost(schema: JsonSchema): JsonSchema {
  const inner = schema.items ?? valuesOf(schema);
  return inner ? innermost(inner) : schema;
}

function schemaText(schema: JsonSchema): string {
  if (schema['x-kubernetes-int-or-string']) return 'IntOrString';
  if (schema.items) return `[]${schemaText(schema.items)}`;
  const values = valuesOf(schema);
  if (values) return `map[string]${schemaText(values)}`;
  return schema.type === undefined || schema.type === 'object' ? 'Object' : schema.type;
}
