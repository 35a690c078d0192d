// The rules for what says which requests an admission policy or a webhook is asked about.
// Models pkg/apis/admissionregistration/validation/validation.go (validateRuleWithOperations).
import type { FieldError } from '../errors.ts';
import { allInvalid, invalid, notSupported, required } from '../fieldErrors.ts';
import { isPathSegmentName } from '../names.ts';
import type { ResourceRule } from '../policies/policy.ts';

const OPERATIONS = ['*', 'CONNECT', 'CREATE', 'DELETE', 'UPDATE'];
const SCOPES = ['*', 'Cluster', 'Namespaced'];
const ONLY_STAR = "if '*' is present, must not specify other";

export function validateResourceRule(rule: ResourceRule, field: string): FieldError[] {
  const { operations = [], apiGroups = [], apiVersions = [], resources = [], scope, resourceNames = [] } = rule;
  const errors = resourceNames.flatMap((name, i) => allInvalid(`${field}.resourceNames[${i}]`, name, isPathSegmentName(name)));
  const words = (name: string, list: readonly string[], plural: string) => {
    if (list.length === 0) errors.push(required(`${field}.${name}`));
    if (list.length > 1 && list.includes('*')) errors.push(invalid(`${field}.${name}`, list, `${ONLY_STAR} ${plural}`));
  };
  words('operations', operations, 'operations');
  operations.forEach((each, i) => {
    if (!OPERATIONS.includes(each)) errors.push(notSupported(`${field}.operations[${i}]`, each, OPERATIONS));
  });
  words('apiGroups', apiGroups, 'API groups');
  words('apiVersions', apiVersions, 'API versions');
  apiVersions.forEach((each, i) => {
    if (each === '') errors.push(required(`${field}.apiVersions[${i}]`));
  });
  if (resources.length === 0) errors.push(required(`${field}.resources`));
  resources.forEach((each, i) => {
    if (each === '') errors.push(required(`${field}.resources[${i}]`));
  });
  if (scope && !SCOPES.includes(scope)) errors.push(notSupported(`${field}.scope`, scope, SCOPES));
  return errors;
}
