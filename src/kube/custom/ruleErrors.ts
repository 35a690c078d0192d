// What is wrong with a custom resource by the rules of its schema (x-kubernetes-validations), in the server's words.
// Models apiextensions-apiserver/pkg/apiserver/schema/cel/validation.go. Leaves out: costs. Limitation: a rule with functions that are
// not simulated is passed over; notSimulated.ts names it when it is defined.
import { readCel } from '../cel/compile.ts';
import { evaluateCel, type Names } from '../cel/evaluate.ts';
import { CelError, NotSimulated } from '../cel/value.ts';
import type { FieldError } from '../errors.ts';
import { duplicate, forbidden, invalid, required } from '../fieldErrors.ts';
import { isMap } from '../goText.ts';
import { celValueOf, optionalOld } from './celTypes.ts';
import { type JsonSchema, type Rule, schemaOfField } from './jsonSchema.ts';

/** Errors of the schema after which the rules are not asked any more. */
const BLOCKING = new Set(['Required value', 'Too long', 'Too many', 'Unsupported value']);
const NOT_CHECKED =
  'some validation rules were not checked because the object was invalid; correct the existing errors to complete validation';

/** The mistakes by the schema, and by its rules where those can be asked. */
export function withRuleErrors(errors: FieldError[], object: unknown, old: unknown, schema: JsonSchema): FieldError[] {
  const isBlocked = errors.some(({ type, text }) => BLOCKING.has(type) || text.includes('in body must be of type'));
  if (isBlocked) return hasRules(schema) ? [...errors, invalid('<nil>', 'null', NOT_CHECKED)] : errors;
  return [...errors, ...ruleErrors(object, old, schema, '')];
}

/** Whether a rule stands anywhere in it. */
function hasRules(schema: JsonSchema | undefined): boolean {
  if (!schema) return false;
  if (schema['x-kubernetes-validations']?.length) return true;
  const { properties = {}, additionalProperties, items } = schema;
  return [...Object.values(properties), items, typeof additionalProperties === 'object' ? additionalProperties : undefined].some(hasRules);
}

function ruleErrors(value: unknown, old: unknown, schema: JsonSchema, field: string): FieldError[] {
  if (value === undefined || value === null) return [];
  const errors = (schema['x-kubernetes-validations'] ?? []).flatMap((rule) => errorOf(rule, value, old, schema, field) ?? []);
  const { items } = schema;
  if (Array.isArray(value) && items) {
    // The items of a list have no past: nothing tells which was which.
    value.forEach((item, i) => errors.push(...ruleErrors(item, undefined, items, `${field}[${i}]`)));
  }
  if (!isMap(value)) return errors;
  for (const name of Object.keys(value).sort()) {
    const inner = schemaOfField(schema, name);
    const before = isMap(old) ? old[name] : undefined;
    if (inner) errors.push(...ruleErrors(value[name], before, inner, field === '' ? name : `${field}.${name}`));
  }
  return errors;
}

function errorOf(rule: Rule, value: unknown, old: unknown, schema: JsonSchema, field: string): FieldError | undefined {
  const at = `${field}${rule.fieldPath ?? ''}`;
  const told = (detail: string) => reasonsOf(rule, at === '' ? '<nil>' : at, schema.type ?? '', detail);
  const isOfChange = /\boldSelf\b/.test(rule.rule);
  if (isOfChange && old === undefined && !rule.optionalOldSelf) return undefined;
  const before = old === undefined ? undefined : celValueOf(old, schema);
  const names: Names = {
    self: celValueOf(value, schema),
    ...(isOfChange ? { oldSelf: rule.optionalOldSelf ? optionalOld(before) : before } : {}),
  };
  try {
    return evaluateCel(readCel(rule.rule), names) === false ? told(messageOf(rule, names)) : undefined;
  } catch (error) {
    if (error instanceof CelError) return told(mistakeText(error.message, (rule.message ?? rule.rule).trim()));
    if (error instanceof NotSimulated) return undefined;
    throw error;
  }
}

function mistakeText(mistake: string, rule: string): string {
  if (mistake !== 'no such overload') return `${mistake} evaluating rule: ${rule}`;
  return `'${mistake}': call arguments did not match a supported operator, function or macro signature for rule: ${rule}`;
}

function messageOf({ rule, message, messageExpression }: Rule, names: Names): string {
  const plain = message ?? `failed rule: ${rule}`;
  if (messageExpression === undefined) return plain;
  try {
    const said = evaluateCel(readCel(messageExpression), names);
    return typeof said === 'string' && said.trim() !== '' && !said.includes('\n') ? said.trim() : plain;
  } catch (error) {
    if (error instanceof CelError || error instanceof NotSimulated) return plain;
    throw error;
  }
}

function reasonsOf({ reason }: Rule, field: string, type: string, detail: string): FieldError {
  if (reason === 'FieldValueForbidden') return forbidden(field, detail);
  if (reason === 'FieldValueRequired') return required(field, detail);
  return reason === 'FieldValueDuplicate' ? duplicate(field, type) : invalid(field, type, detail);
}
