// The rules for Role, ClusterRole and their bindings. Models pkg/apis/rbac/validation/validation.go.
import { isEqual } from '../../base/equal.ts';
import type { FieldError } from '../errors.ts';
import { invalid, notSupported, required } from '../fieldErrors.ts';
import type { KubeObject, LabelSelector } from '../meta.ts';
import type { PolicyRule, Subject } from '../rbac.ts';
import { validateSelector } from './meta.ts';

const GROUP = 'rbac.authorization.k8s.io';

interface Role extends KubeObject {
  readonly rules?: readonly PolicyRule[];
  readonly aggregationRule?: { readonly clusterRoleSelectors?: readonly LabelSelector[] };
}

interface Binding extends KubeObject {
  readonly roleRef?: { readonly apiGroup?: string; readonly kind?: string; readonly name?: string };
  readonly subjects?: readonly (Subject & { readonly apiGroup?: string })[];
}

export function validateRole(object: KubeObject): FieldError[] {
  const { rules = [], aggregationRule, kind } = object as Role;
  const errors = rules.flatMap((rule, i) => validateRule(rule, kind === 'Role', `rules[${i}]`));
  if (!aggregationRule) return errors;
  const { clusterRoleSelectors: selectors = [] } = aggregationRule;
  const field = 'aggregationRule.clusterRoleSelectors';
  if (selectors.length === 0) errors.push(required(field, 'at least one clusterRoleSelector required if aggregationRule is non-nil'));
  return [...errors, ...selectors.flatMap((selector, i) => validateSelector(selector, `${field}[${i}]`))];
}

function validateRule(rule: PolicyRule, isNamespaced: boolean, field: string): FieldError[] {
  const { verbs = [], apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = [] } = rule;
  const errors: FieldError[] = [];
  if (verbs.length === 0) errors.push(required(`${field}.verbs`, 'verbs must contain at least one value'));
  if (nonResourceURLs.length > 0) {
    const urls = `${field}.nonResourceURLs`;
    if (isNamespaced) errors.push(invalid(urls, nonResourceURLs, 'namespaced rules cannot apply to non-resource URLs'));
    if (apiGroups.length + resources.length + resourceNames.length > 0)
      errors.push(invalid(urls, nonResourceURLs, 'rules cannot apply to both regular resources and non-resource URLs'));
    return errors;
  }
  if (apiGroups.length === 0) errors.push(required(`${field}.apiGroups`, 'resource rules must supply at least one api group'));
  if (resources.length === 0) errors.push(required(`${field}.resources`, 'resource rules must supply at least one resource'));
  return errors;
}

export function validateBinding(object: KubeObject): FieldError[] {
  const { roleRef = {}, subjects = [], kind } = object as Binding;
  const isNamespaced = kind === 'RoleBinding';
  const kinds = isNamespaced ? ['Role', 'ClusterRole'] : ['ClusterRole'];
  const errors: FieldError[] = [];
  if (roleRef.apiGroup !== GROUP) errors.push(notSupported('roleRef.apiGroup', roleRef.apiGroup ?? '', [GROUP]));
  if (!kinds.includes(roleRef.kind ?? '')) errors.push(notSupported('roleRef.kind', roleRef.kind ?? '', kinds));
  if (!roleRef.name) errors.push(required('roleRef.name'));
  return [...errors, ...subjects.flatMap((subject, i) => validateSubject(subject, isNamespaced, `subjects[${i}]`))];
}

export function validateBindingUpdate(object: KubeObject, old: KubeObject): FieldError[] {
  const { roleRef } = object as Binding;
  const isSame = isEqual(roleRef, (old as Binding).roleRef);
  return [...validateBinding(object), ...(isSame ? [] : [invalid('roleRef', roleRef, 'cannot change roleRef')])];
}

function validateSubject(subject: NonNullable<Binding['subjects']>[number], isNamespaced: boolean, field: string): FieldError[] {
  const { kind = '', name, namespace, apiGroup = '' } = subject;
  const errors: FieldError[] = [];
  if (!name) errors.push(required(`${field}.name`));
  switch (kind) {
    case 'ServiceAccount':
      if (apiGroup !== '') errors.push(notSupported(`${field}.apiGroup`, apiGroup, ['']));
      if (!isNamespaced && !namespace) errors.push(required(`${field}.namespace`));
      return errors;
    case 'User':
    case 'Group':
      if (apiGroup !== GROUP) errors.push(notSupported(`${field}.apiGroup`, apiGroup, [GROUP]));
      return errors;
    default:
      return [...errors, notSupported(`${field}.kind`, kind, ['ServiceAccount', 'User', 'Group'])];
  }
}
