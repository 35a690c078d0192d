// The kinds of admission policies and their bindings: names, defaults, columns.
// Models pkg/apis/admissionregistration/v1/defaults.go and pkg/registry/admissionregistration.
import type { FieldError } from '../errors.ts';
import type { Column, Kind } from '../kind.ts';
import { policyRules } from '../late.ts';
import type { KubeObject } from '../meta.ts';
import type { MatchResources, MutatingPolicy, PolicyBinding, PolicySpec, ResourceRule, ValidatingPolicy } from '../policies/policy.ts';
import { subdomainName, validateMeta, validateMetaUpdate } from '../validation/meta.ts';
import { ageColumn, nameColumn } from './columns.ts';
import { changed, filled, mapped } from './fill.ts';

const GROUP = 'admissionregistration.k8s.io';

const withScope = (rules: readonly ResourceRule[]) => mapped(rules, (rule) => filled(rule, { scope: '*' }));

function defaultMatch(match: MatchResources): MatchResources {
  const whole = filled(match, { matchPolicy: 'Equivalent', namespaceSelector: {}, objectSelector: {} });
  return changed(changed(whole, 'resourceRules', withScope), 'excludeResourceRules', withScope);
}

const defaultPolicy = <T extends KubeObject & { readonly spec: PolicySpec }>(policy: T): T =>
  changed(policy, 'spec', (spec) => changed(filled<PolicySpec>(spec, { failurePolicy: 'Fail' }), 'matchConstraints', defaultMatch)) as T;

const defaultBinding = (binding: PolicyBinding): PolicyBinding =>
  changed(binding, 'spec', (spec) => changed(spec, 'matchResources', defaultMatch));

function policyKind<T extends KubeObject>(
  kind: T['kind'],
  plural: string,
  columns: readonly Column<T>[],
  defaults: (object: T) => T,
  rules: (object: T) => readonly FieldError[],
): Kind<T> {
  return {
    kind,
    apiVersion: `${GROUP}/v1`,
    otherVersions: [{ apiVersion: `${GROUP}/v1beta1` }],
    plural,
    singular: kind.toLowerCase(),
    shortNames: [],
    categories: ['api-extensions'],
    namespaced: false,
    hasStatus: kind === 'ValidatingAdmissionPolicy',
    hasGeneration: true,
    isSimulated: true,
    defaults,
    validate: (object) => [...validateMeta(object.metadata, { namespaced: false, name: subdomainName }), ...rules(object)],
    validateUpdate: (object, old) => [...validateMetaUpdate(object, old), ...rules(object)],
    columns: [nameColumn, ...columns, ageColumn],
  };
}

const paramKindColumn: Column<KubeObject & { readonly spec: PolicySpec }> = {
  name: 'ParamKind',
  value: ({ spec: { paramKind } }) => (paramKind ? `${paramKind.apiVersion}/${paramKind.kind}` : '<unset>'),
};

const bindingColumns: readonly Column<PolicyBinding>[] = [
  { name: 'PolicyName', value: ({ spec }) => spec.policyName },
  {
    name: 'ParamRef',
    value: ({ spec: { paramRef } }) => (paramRef ? (paramRef.name ?? (paramRef.selector ? 'selector' : '')) : '<unset>'),
  },
];

export const validatingPolicyKind = policyKind<ValidatingPolicy>(
  'ValidatingAdmissionPolicy',
  'validatingadmissionpolicies',
  [{ name: 'Validations', value: ({ spec }) => String(spec.validations?.length ?? 0) }, paramKindColumn],
  defaultPolicy,
  (policy) => policyRules.get().validateValidatingPolicy(policy),
);

export const mutatingPolicyKind = policyKind<MutatingPolicy>(
  'MutatingAdmissionPolicy',
  'mutatingadmissionpolicies',
  [{ name: 'Mutations', value: ({ spec }) => String(spec.mutations?.length ?? 0) }, paramKindColumn],
  defaultPolicy,
  (policy) => policyRules.get().validateMutatingPolicy(policy),
);

const bindingKind = (kind: string, isValidating: boolean): Kind<PolicyBinding> =>
  policyKind<PolicyBinding>(kind, `${kind.toLowerCase()}s`, bindingColumns, defaultBinding, (binding) =>
    policyRules.get().validatePolicyBinding(binding, isValidating),
  );

export const validatingPolicyBindingKind = bindingKind('ValidatingAdmissionPolicyBinding', true);
export const mutatingPolicyBindingKind = bindingKind('MutatingAdmissionPolicyBinding', false);
