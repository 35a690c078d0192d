// The rules for admission policies and their bindings. Models pkg/apis/admissionregistration/validation/validation.go.
// Leaves out: what expressions cost.
import { CelMistake, compileCel } from '../cel/compile.ts';
import type { Scope } from '../cel/scope.ts';
import { BOOL, type CelType, DYN, fits, listOf, NULL, STRING, typeText } from '../cel/types.ts';
import type { FieldError } from '../errors.ts';
import { allInvalid, duplicate, forbidden, invalid, notSupported, required, tooMany } from '../fieldErrors.ts';
import { isDns1035Label, isDns1123Subdomain, isPathSegmentName, isQualifiedName } from '../names.ts';
import type {
  AuditAnnotation,
  MatchResources,
  MutatingPolicy,
  Mutation,
  NamedExpression,
  ParamKind,
  ParamRef,
  PolicyBinding,
  PolicySpec,
  ValidatingPolicy,
  Validation,
} from '../policies/policy.ts';
import { scopeOfPolicy } from '../policies/scope.ts';
import { validateSelector } from './meta.ts';
import { validateResourceRule } from './resourceRule.ts';

const FAILURE_POLICIES = ['Fail', 'Ignore'];
const MATCH_POLICIES = ['Equivalent', 'Exact'];
const REASONS = ['Forbidden', 'Invalid', 'RequestEntityTooLarge', 'Unauthorized'];
const ACTIONS = ['Audit', 'Deny', 'Warn'];
const PATCH_TYPES = ['ApplyConfiguration', 'JSONPatch'];
const CONDITIONS_MAX = 64;
const ANNOTATIONS_MAX = 20;
const LINE_BREAK = /[\n\r]/;
const IDENTIFIER = /^[_a-zA-Z]\w*$/;
const NOTHING_TO_DO = 'validations or auditAnnotations must contain at least one item';

export function validateValidatingPolicy({ metadata, spec }: ValidatingPolicy): FieldError[] {
  const { validations = [], auditAnnotations = [] } = spec;
  const scope = scopeOfPolicy(spec);
  const errors = validatePolicySpec(spec);
  if (validations.length === 0 && auditAnnotations.length === 0)
    return [...errors, required('spec.validations', NOTHING_TO_DO), required('spec.auditAnnotations', NOTHING_TO_DO)];
  validations.forEach((validation, i) => errors.push(...validateValidation(validation, scope, `spec.validations[${i}]`)));
  if (auditAnnotations.length > ANNOTATIONS_MAX)
    errors.push(invalid('spec.auditAnnotations', auditAnnotations, `must not have more than ${ANNOTATIONS_MAX} auditAnnotations`));
  auditAnnotations.forEach((annotation, i) =>
    errors.push(...validateAnnotation(annotation, metadata.name, scope, `spec.auditAnnotations[${i}]`)),
  );
  auditAnnotations.forEach(({ key }, i) => {
    if (auditAnnotations.findIndex((other) => other.key === key) < i) errors.push(duplicate(`spec.auditAnnotations[${i}].key`, key));
  });
  return errors;
}

export function validateMutatingPolicy({ spec }: MutatingPolicy): FieldError[] {
  const { mutations = [], reinvocationPolicy } = spec;
  const errors = validatePolicySpec(spec);
  if (mutations.length === 0) errors.push(required('spec.mutations', 'mutations must contain at least one item'));
  const scope = scopeOfPolicy(spec);
  mutations.forEach((mutation, i) => errors.push(...validateMutation(mutation, scope, `spec.mutations[${i}]`)));
  if (!reinvocationPolicy) errors.push(required('spec.reinvocationPolicy'));
  else if (!['IfNeeded', 'Never'].includes(reinvocationPolicy))
    errors.push(notSupported('spec.reinvocationPolicy', reinvocationPolicy, ['IfNeeded', 'Never']));
  return errors;
}

export function validatePolicyBinding({ spec }: PolicyBinding, isValidating: boolean): FieldError[] {
  const { policyName, paramRef, matchResources, validationActions = [] } = spec;
  const errors = policyName ? allInvalid('spec.policyName', policyName, isDns1123Subdomain(policyName)) : [required('spec.policyName')];
  if (paramRef) errors.push(...validateParamRef(paramRef, 'spec.paramRef'));
  if (matchResources) errors.push(...validateMatch(matchResources, 'spec.matchResouces'));
  return isValidating ? [...errors, ...validateActions(validationActions, 'spec.validationActions')] : errors;
}

function validatePolicySpec(spec: PolicySpec): FieldError[] {
  const { failurePolicy, paramKind, matchConstraints, matchConditions = [], variables = [] } = spec;
  const errors: FieldError[] = [];
  if (failurePolicy && !FAILURE_POLICIES.includes(failurePolicy))
    errors.push(notSupported('spec.failurePolicy', failurePolicy, FAILURE_POLICIES));
  if (paramKind) errors.push(...validateParamKind(paramKind, 'spec.paramKind'));
  if (matchConstraints) {
    errors.push(...validateMatch(matchConstraints, 'spec.matchConstraints'));
    if (!matchConstraints.resourceRules?.length) errors.push(required('spec.matchConstraints.resourceRules'));
  } else errors.push(required('spec.matchConstraints'));
  const { variables: _none, ...before } = spec;
  errors.push(...validateConditions(matchConditions, scopeOfPolicy(before), 'spec.matchConditions'));
  variables.forEach((variable, i) =>
    errors.push(...validateVariable(variable, scopeOfPolicy({ ...spec, variables: variables.slice(0, i) }), `spec.variables[${i}]`)),
  );
  return errors;
}

// Expressions -------------------------------------------------------------------------------------------------------------

/** What is wrong with an expression that must be of one of these types. */
function validateExpression(field: string, text: string, scope: Scope, wanted: readonly CelType[]): FieldError[] {
  try {
    const { type } = compileCel(text, scope);
    if (wanted.some((each) => fits(each, type, new Map()))) return [];
    const names = wanted.map(typeText);
    return [invalid(field, text, names.length === 1 ? `must evaluate to ${names[0]}` : `must evaluate to one of [${names.join(' ')}]`)];
  } catch (error) {
    if (error instanceof CelMistake) return [invalid(field, text, `compilation failed: ${error.message}`)];
    throw error;
  }
}

function validateConditions(conditions: readonly NamedExpression[], scope: Scope, field: string): FieldError[] {
  const errors = conditions.length > CONDITIONS_MAX ? [tooMany(field, conditions.length, CONDITIONS_MAX)] : [];
  conditions.forEach(({ name = '', expression = '' }, i) => {
    const path = `${field}[${i}]`;
    if (expression.trim() === '') errors.push(required(`${path}.expression`));
    else errors.push(...validateExpression(`${path}.expression`, expression.trim(), scope, [BOOL]));
    if (name === '') errors.push(required(`${path}.name`));
    else errors.push(...allInvalid(`${path}.name`, name, isQualifiedName(name)));
    if (name !== '' && conditions.findIndex((other) => other.name === name) < i) errors.push(duplicate(`${path}.name`, name));
  });
  return errors;
}

function validateVariable({ name = '', expression = '' }: NamedExpression, scope: Scope, field: string): FieldError[] {
  const errors: FieldError[] = [];
  if (name.trim() === '') errors.push(required(`${field}.name`, 'name is not specified'));
  else if (!IDENTIFIER.test(name)) errors.push(invalid(`${field}.name`, name, 'name is not a valid CEL identifier'));
  if (expression.trim() === '') return [...errors, required(`${field}.expression`, 'expression is not specified')];
  return [...errors, ...validateExpression(`${field}.expression`, expression, scope, [DYN])];
}

function validateValidation(validation: Validation, scope: Scope, field: string): FieldError[] {
  const { expression = '', message, messageExpression, reason } = validation;
  const errors =
    expression.trim() === ''
      ? [required(`${field}.expression`, 'expression is not specified')]
      : validateExpression(`${field}.expression`, expression, scope, [BOOL]);
  if (messageExpression?.trim() === '')
    errors.push(invalid(`${field}.messageExpression`, messageExpression, 'must be non-empty if specified'));
  else if (messageExpression) errors.push(...validateExpression(`${field}.messageExpression`, messageExpression, scope, [STRING]));
  if (message !== undefined && message.trim() === '')
    errors.push(invalid(`${field}.message`, message, 'message must be non-empty if specified'));
  else if (message && LINE_BREAK.test(message.trim()))
    errors.push(invalid(`${field}.message`, message, 'message must not contain line breaks'));
  if (reason !== undefined && !REASONS.includes(reason)) errors.push(notSupported(`${field}.reason`, reason, REASONS));
  return errors;
}

function validateAnnotation({ key, valueExpression = '' }: AuditAnnotation, policy: string, scope: Scope, field: string): FieldError[] {
  const errors = allInvalid(`${field}.key`, `${policy}/${key}`, isQualifiedName(`${policy}/${key}`));
  const text = valueExpression.trim();
  if (text === '') return [...errors, required(`${field}.valueExpression`, 'valueExpression is not specified')];
  return [...errors, ...validateExpression(`${field}.valueExpression`, text, scope, [STRING, NULL])];
}

function validateMutation({ patchType, applyConfiguration, jsonPatch }: Mutation, scope: Scope, field: string): FieldError[] {
  if (!patchType) return [required(`${field}.patchType`)];
  if (!PATCH_TYPES.includes(patchType)) return [notSupported(`${field}.patchType`, patchType, PATCH_TYPES)];
  const isApply = patchType === 'ApplyConfiguration';
  const [given, other] = isApply ? [applyConfiguration, jsonPatch] : [jsonPatch, applyConfiguration];
  const [name, otherName] = isApply ? ['applyConfiguration', 'jsonPatch'] : ['jsonPatch', 'applyConfiguration'];
  const errors = other ? [invalid(`${field}.${otherName}`, other, `must not be specified when patchType is ${patchType}`)] : [];
  if (!given) return [...errors, required(`${field}.${name}`, `must be specified when patchType is ${patchType}`)];
  if (!given.expression?.trim()) return [...errors, required(`${field}.${name}.expression`, 'expression is not specified')];
  const wanted = isApply ? objectNamed('Object') : listOf(objectNamed('JSONPatch'));
  return [...errors, ...validateExpression(`${field}.${name}.expression`, given.expression, scope, [wanted])];
}

const objectNamed = (name: string): CelType => ({ kind: 'object', name, fieldOf: () => DYN });

// Matching ----------------------------------------------------------------------------------------------------------------

function validateMatch(match: MatchResources, field: string): FieldError[] {
  const { matchPolicy, namespaceSelector, objectSelector, resourceRules = [], excludeResourceRules = [] } = match;
  return [
    ...(matchPolicy && !MATCH_POLICIES.includes(matchPolicy) ? [notSupported(`${field}.matchPolicy`, matchPolicy, MATCH_POLICIES)] : []),
    ...(namespaceSelector ? validateSelector(namespaceSelector, `${field}.namespaceSelector`) : []),
    ...(objectSelector ? validateSelector(objectSelector, `${field}.objectSelector`) : []),
    ...resourceRules.flatMap((rule, i) => validateResourceRule(rule, `${field}.resourceRules[${i}]`)),
    ...excludeResourceRules.flatMap((rule, i) => validateResourceRule(rule, `${field}.excludeResourceRules[${i}]`)),
  ];
}

function validateParamKind({ apiVersion = '', kind = '' }: ParamKind, field: string): FieldError[] {
  const errors: FieldError[] = [];
  const parts = apiVersion.split('/');
  if (apiVersion === '') errors.push(required(`${field}.apiVersion`));
  else if (parts.length > 2) errors.push(invalid(`${field}.apiVersion`, apiVersion, `unexpected GroupVersion string: ${apiVersion}`));
  else if (isDns1035Label(parts.at(-1)).length > 0)
    errors.push(invalid(`${field}.apiVersion`, parts.at(-1), isDns1035Label(parts.at(-1)).join(',')));
  if (kind === '') errors.push(required(`${field}.kind`));
  else if (isDns1035Label(kind.toLowerCase()).length > 0) {
    const problems = isDns1035Label(kind.toLowerCase()).join(',');
    errors.push(invalid(`${field}.kind`, kind, `may have mixed case, but should otherwise match: ${problems}`));
  }
  return errors;
}

const EXCLUSIVE = 'name and selector are mutually exclusive';

function validateParamRef({ name = '', selector, parameterNotFoundAction }: ParamRef, field: string): FieldError[] {
  const errors = name ? allInvalid(`${field}.name`, name, isPathSegmentName(name)) : [];
  if (name && selector) errors.push(forbidden(`${field}.name`, EXCLUSIVE));
  if (selector) errors.push(...validateSelector(selector, `${field}.selector`));
  if (name && selector) errors.push(forbidden(`${field}.selector`, EXCLUSIVE));
  if (!name && !selector) errors.push(required(field, 'one of name or selector must be specified'));
  if (!parameterNotFoundAction) errors.push(required(`${field}.parameterNotFoundAction`));
  else if (!['Deny', 'Allow'].includes(parameterNotFoundAction))
    errors.push(notSupported(`${field}.parameterNotFoundAction`, parameterNotFoundAction, ['Deny', 'Allow']));
  return errors;
}

const BOTH =
  'must not contain both Deny and Warn (repeating the same validation failure information in the API response and headers serves no purpose)';

function validateActions(actions: readonly string[], field: string): FieldError[] {
  const errors = actions.flatMap((action, i) => [
    ...(ACTIONS.includes(action) ? [] : [notSupported(`${field}[${i}]`, action, ACTIONS)]),
    ...(actions.indexOf(action) < i ? [duplicate(`${field}[${i}]`, action)] : []),
  ]);
  if (actions.includes('Deny') && actions.includes('Warn')) errors.push(invalid(field, actions, BOTH));
  if (actions.length === 0) errors.push(required(field, 'at least one validation action is required'));
  return errors;
}
