// The kind that a CustomResourceDefinition makes: names, schema, columns and subresources as it says.
// Models apiextensions-apiserver/pkg/registry/customresource (strategy.go, tableconvertor, etcd.go).
// Limitation: conversion by webhook is not called: another version of an object differs in its apiVersion alone.

import { remembered } from '../../base/remembered.ts';
import { humanAge } from '../duration.ts';
import type { FieldError } from '../errors.ts';
import { goText } from '../goText.ts';
import { findResults, JsonPathError, parseJsonPath, printJsonPath, type Template } from '../jsonpath.ts';
import type { Column, Decoded, Kind } from '../kind.ts';
import { ageColumn, nameColumn } from '../kinds/columns.ts';
import { fromTimestamp, type KubeObject } from '../meta.ts';
import { subdomainName, validateMeta, validateMetaUpdate } from '../validation/meta.ts';
import { type CustomResourceDefinition, type DefinitionVersion, type PrinterColumn, servedVersions } from './definition.ts';
import { defaulted, type JsonSchema, pruned } from './jsonSchema.ts';
import { withRuleErrors } from './ruleErrors.ts';
import { schemaErrors } from './schemaErrors.ts';

/** The kind that a definition serves; undefined while it serves none. */
export const customKind = remembered((definition: CustomResourceDefinition): Kind | undefined => {
  const { group, scope, versions } = definition.spec;
  const names = definition.status.acceptedNames;
  const [preferred, ...others] = servedVersions(definition);
  if (!names || !preferred) return undefined;
  const schema = schemaOf(preferred);
  const isNamespaced = scope === 'Namespaced';
  const { status: statusSubresource, scale } = preferred.subresources ?? {};
  const hasStatus = statusSubresource !== undefined;
  const apiVersionOf = ({ name }: DefinitionVersion) => `${group}/${name}`;
  return {
    kind: names.kind,
    apiVersion: apiVersionOf(preferred),
    otherVersions: others.map((version) => ({ apiVersion: apiVersionOf(version) })),
    plural: names.plural,
    singular: names.singular ?? names.kind.toLowerCase(),
    shortNames: names.shortNames ?? [],
    categories: names.categories ?? [],
    namespaced: isNamespaced,
    hasStatus,
    hasGeneration: true,
    isSimulated: false,
    ...(definition.metadata.deletionTimestamp ? { isClosing: true } : {}),
    schema,
    ...(scale ? { scale } : {}),
    ...(preferred.deprecated
      ? { deprecation: preferred.deprecationWarning ?? `${apiVersionOf(preferred)} ${names.kind} is deprecated` }
      : {}),
    prune: (object) => {
      const given = versions.find((version) => apiVersionOf(version) === object.apiVersion);
      return prunedObject({ ...object, apiVersion: apiVersionOf(preferred) }, given ? schemaOf(given) : schema);
    },
    defaults: (object) => defaulted(object, schema) as KubeObject,
    ...(hasStatus ? { prepareForCreate: withoutStatus } : {}),
    validate: (object) => [
      ...validateMeta(object.metadata, { namespaced: isNamespaced, name: subdomainName }),
      ...errorsOf(object, undefined, schema),
    ],
    validateUpdate: (object, old) => [...validateMetaUpdate(object, old), ...errorsOf(object, old, schema)],
    columns: columnsOf(preferred),
    fieldOf: (object, field) =>
      preferred.selectableFields?.some(({ jsonPath }) => jsonPath === `.${field}`)
        ? printJsonPath(parseJsonPath(`{.${field}}`), object)
        : undefined,
  };
});

const schemaOf = (version: DefinitionVersion): JsonSchema => version.schema?.openAPIV3Schema ?? {};

function prunedObject(object: KubeObject, schema: JsonSchema): Decoded<KubeObject> {
  const unknownFields: string[] = [];
  const kept = pruned(object, schema, unknownFields) as KubeObject;
  return { object: kept, unknownFields: unknownFields.sort() };
}

function withoutStatus({ status: _given, ...object }: KubeObject): KubeObject {
  return object;
}

/** Metadata has rules of its own, whatever a schema may say of it. */
function errorsOf(whole: KubeObject, old: KubeObject | undefined, schema: JsonSchema): FieldError[] {
  const { metadata: _own, ...object } = whole;
  const { metadata: _said, ...properties } = schema.properties ?? {};
  const required = (schema.required ?? []).filter((name) => name !== 'metadata');
  return withRuleErrors(schemaErrors(object, { ...schema, properties, required }), whole, old, schema);
}

// Columns -----------------------------------------------------------------------------------------------------------------

function columnsOf({ additionalPrinterColumns = [] }: DefinitionVersion): Kind['columns'] {
  if (additionalPrinterColumns.length === 0) return [nameColumn, ageColumn];
  return [nameColumn, ...additionalPrinterColumns.map(columnOf)];
}

function columnOf({ name, type, jsonPath, priority = 0 }: PrinterColumn): Column<KubeObject> {
  const path = parsed(jsonPath);
  return {
    name,
    ...(priority > 0 ? { wide: true } : {}),
    value: (object, nowMs) => (path ? cellOf(path, type, object, nowMs) : ''),
  };
}

/** The path of a column; undefined for a text that is none: its cells stay empty. */
function parsed(jsonPath: string): Template | undefined {
  return quietly(() => parseJsonPath(`{${jsonPath}}`));
}

function cellOf(path: Template, type: string, object: KubeObject, nowMs: number): string {
  const value = quietly(() => findResults(path, object))?.[0]?.[0];
  if (value === undefined || value === null) return '';
  switch (type) {
    case 'date':
      return typeof value === 'string' ? dateOf(value, nowMs) : '';
    case 'integer':
      return typeof value === 'number' ? String(Math.trunc(value)) : '';
    case 'number':
      return typeof value === 'number' ? goText(value) : '';
    case 'boolean':
      return typeof value === 'boolean' ? goText(value) : '';
    default:
      return printJsonPath(parseJsonPath('{.value}'), { value });
  }
}

const dateOf = (text: string, nowMs: number): string => (Number.isNaN(fromTimestamp(text)) ? '<invalid>' : humanAge(text, nowMs));

function quietly<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof JsonPathError) return undefined;
    throw error;
  }
}
