// The rules for the rules of a schema (x-kubernetes-validations): they must compile, and say true or false.
// Models apiextensions-apiserver/pkg/apis/apiextensions/validation/validation.go. Leaves out: what rules cost.
import { CelMistake, compileCel } from '../cel/compile.ts';
import type { Scope } from '../cel/scope.ts';
import { typeText } from '../cel/types.ts';
import { scopeOfRule } from '../custom/celTypes.ts';
import { type JsonSchema, keepsUnknown, type Rule } from '../custom/jsonSchema.ts';
import type { FieldError } from '../errors.ts';
import { invalid, notSupported, required } from '../fieldErrors.ts';

const REASONS = ['FieldValueRequired', 'FieldValueForbidden', 'FieldValueInvalid', 'FieldValueDuplicate'];
const LINE_BREAK = /[\n\r]/;

/** Looks at all rules, from the leaves of the schema up. */
export function validateRules(schema: JsonSchema, field: string, isRoot = true): FieldError[] {
  const { properties = {}, additionalProperties, items } = schema;
  const inner = Object.keys(properties)
    .sort()
    .flatMap((name) => validateRules(properties[name] as JsonSchema, `${field}.properties[${name}]`, false));
  return [
    ...(schema['x-kubernetes-validations'] ?? []).flatMap((rule, i) =>
      validateRule(rule, schema, `${field}.x-kubernetes-validations[${i}]`, isRoot),
    ),
    ...inner,
    ...(typeof additionalProperties === 'object' ? validateRules(additionalProperties, `${field}.additionalProperties`, false) : []),
    ...(items ? validateRules(items, `${field}.items`, false) : []),
  ];
}

function validateRule(rule: Rule, schema: JsonSchema, field: string, isRoot: boolean): FieldError[] {
  const { message, messageExpression, reason } = rule;
  if (!rule.rule?.trim()) return [required(`${field}.rule`, 'rule is not specified')];
  const errors: FieldError[] = [];
  if (message !== undefined && message.trim() === '')
    errors.push(invalid(`${field}.message`, message, 'message must be non-empty if specified'));
  if (message && LINE_BREAK.test(message.trim())) errors.push(invalid(`${field}.message`, message, 'message must not contain line breaks'));
  if (!message && LINE_BREAK.test(rule.rule.trim()))
    errors.push(required(`${field}.message`, 'message must be specified if rule contains line breaks'));
  if (reason !== undefined && !REASONS.includes(reason)) errors.push(notSupported(`${field}.reason`, reason, REASONS));
  const scope = scopeOfRule(schema, isRoot, rule.optionalOldSelf ?? false);
  if (!scope) {
    const place = `type: '${schema.type ?? ''}' x-kubernetes-preserve-unknown-fields: '${keepsUnknown(schema)}'`;
    return [
      ...errors,
      invalid(`${field}.rule`, shownRule(rule), `rule declared on schema that does not support validation rules ${place}`),
    ];
  }
  const mistake = mistakeOf(rule.rule, scope, 'bool', 'cel expression must evaluate to a bool');
  if (mistake) errors.push(invalid(`${field}.rule`, shownRule(rule), mistake));
  const said =
    messageExpression === undefined
      ? undefined
      : mistakeOf(
          messageExpression,
          scope,
          'string',
          'messageExpression must evaluate to a string',
          'messageExpression compilation failed',
        );
  if (said) errors.push(invalid(`${field}.messageExpression`, shownRule(rule), said));
  return errors;
}

function mistakeOf(text: string, scope: Scope, type: string, otherwise: string, failed = 'compilation failed'): string | undefined {
  try {
    const found = typeText(compileCel(text, scope).type);
    return found === type || found === 'dyn' ? undefined : otherwise;
  } catch (error) {
    if (error instanceof CelMistake) return `${failed}: ${error.message}`;
    throw error;
  }
}

/** A rule as the server's own type has it. */
const shownRule = ({ rule, message, messageExpression, reason, fieldPath, optionalOldSelf }: Rule) => ({
  Rule: rule,
  Message: message ?? '',
  MessageExpression: messageExpression ?? '',
  Reason: reason ?? null,
  FieldPath: fieldPath ?? '',
  OptionalOldSelf: optionalOldSelf ?? null,
});
