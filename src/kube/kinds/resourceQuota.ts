// ResourceQuota: its shape, names, rules and columns. Models k8s.io/api/core/v1/types.go, pkg/apis/core/validation/validation.go
// (ValidateResourceQuota) and pkg/printers/internalversion/printers.go (printResourceQuota).
import { isEqual } from '../../base/equal.ts';
import type { FieldError } from '../errors.ts';
import { allInvalid, invalid, NEGATIVE, required } from '../fieldErrors.ts';
import type { Kind } from '../kind.ts';
import type { KubeObject } from '../meta.ts';
import { isQualifiedName } from '../names.ts';
import { parseQuantity } from '../quantity.ts';
import { subdomainName, validateMeta, validateMetaUpdate } from '../validation/meta.ts';
import { ageColumn, nameColumn } from './columns.ts';
import type { ResourceList } from './pod.ts';

export interface ScopeRequirement {
  readonly scopeName: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  readonly values?: readonly string[];
}

export interface ResourceQuota extends KubeObject {
  readonly kind: 'ResourceQuota';
  readonly spec: {
    readonly hard?: ResourceList;
    readonly scopes?: readonly string[];
    readonly scopeSelector?: { readonly matchExpressions?: readonly ScopeRequirement[] };
  };
  readonly status: { readonly hard?: ResourceList; readonly used?: ResourceList };
}

/** All conditions on what a quota counts, scopes that are only named included. */
export function scopesOf({ scopes = [], scopeSelector }: ResourceQuota['spec']): readonly ScopeRequirement[] {
  return [...scopes.map((scopeName) => ({ scopeName, operator: 'Exists' }) as const), ...(scopeSelector?.matchExpressions ?? [])];
}

const META = { namespaced: true, name: subdomainName };
const POD_RESOURCES = ['pods', 'cpu', 'memory', 'requests.cpu', 'requests.memory', 'limits.cpu', 'limits.memory'];
const OBJECTS = ['pods', 'services', 'replicationcontrollers', 'resourcequotas', 'secrets', 'configmaps', 'persistentvolumeclaims'];
const INTEGERS = new Set([...OBJECTS, 'services.nodeports', 'services.loadbalancers']);
const STORAGE = ['ephemeral-storage', 'requests.ephemeral-storage', 'limits.ephemeral-storage', 'requests.storage'];
const STANDARD = new Set([...POD_RESOURCES, ...INTEGERS, ...STORAGE]);
const BY_SCOPE: Readonly<Record<string, ReadonlySet<string>>> = {
  BestEffort: new Set(['pods']),
  NotBestEffort: new Set(POD_RESOURCES),
  Terminating: new Set(POD_RESOURCES),
  NotTerminating: new Set(POD_RESOURCES),
  PriorityClass: new Set([...POD_RESOURCES, 'ephemeral-storage', 'requests.ephemeral-storage', 'limits.ephemeral-storage']),
  CrossNamespacePodAffinity: new Set(['pods']),
  VolumeAttributesClass: new Set(['persistentvolumeclaims', 'requests.storage']),
};
const EXISTS_ONLY = new Set(['BestEffort', 'NotBestEffort', 'Terminating', 'NotTerminating', 'CrossNamespacePodAffinity']);
const CONFLICTS = [
  ['BestEffort', 'NotBestEffort'],
  ['Terminating', 'NotTerminating'],
] as const;

export const resourceQuotaKind: Kind<ResourceQuota> = {
  kind: 'ResourceQuota',
  apiVersion: 'v1',
  plural: 'resourcequotas',
  singular: 'resourcequota',
  shortNames: ['quota'],
  namespaced: true,
  hasStatus: true,
  hasGeneration: false,
  isSimulated: true,
  defaults: (quota) => (quota.spec ? quota : { ...quota, spec: {} }),
  prepareForCreate: (quota) => ({ ...quota, status: {} }),
  validate: (quota) => [...validateMeta(quota.metadata, META), ...specErrors(quota.spec)],
  validateUpdate(quota, old) {
    const errors = [...validateMetaUpdate(quota, old), ...specErrors(quota.spec)];
    const [now, before] = [new Set(quota.spec.scopes), new Set(old.spec.scopes)];
    if (!isEqual([...now].sort(), [...before].sort())) errors.push(invalid('spec.scopes', quota.spec.scopes ?? null, 'field is immutable'));
    return errors;
  },
  columns: [
    nameColumn,
    { name: 'Request', value: (quota) => usageText(quota, false) },
    { name: 'Limit', value: (quota) => usageText(quota, true) },
    ageColumn,
  ],
};

function usageText({ status }: ResourceQuota, isLimit: boolean): string {
  const { hard = {}, used = {} } = status ?? {};
  return Object.keys(hard)
    .sort()
    .filter((name) => name.startsWith('limits') === isLimit)
    .map((name) => `${name}: ${used[name] ?? '0'}/${hard[name]}`)
    .join(', ');
}

function specErrors(spec: ResourceQuota['spec']): FieldError[] {
  const hard = spec.hard ?? {};
  const errors = Object.keys(hard)
    .sort()
    .flatMap((name) => [...nameErrors(name, `spec.hard[${name}]`), ...amountErrors(name, hard[name] as string, `spec.hard[${name}]`)]);
  return [...errors, ...scopeErrors(spec), ...scopeSelectorErrors(spec)];
}

function nameErrors(name: string, field: string): FieldError[] {
  const errors = allInvalid(field, name, isQualifiedName(name));
  if (errors.length > 0 || name.includes('/')) return errors;
  const isStandard = STANDARD.has(name) || name.startsWith('hugepages-') || name.startsWith('requests.hugepages-');
  if (isStandard) return [];
  const problems = ['must be a standard resource type or fully qualified', 'must be a standard resource for quota'];
  return allInvalid(field, name, problems);
}

function amountErrors(name: string, amount: string | number, field: string): FieldError[] {
  const { nano } = parseQuantity(amount);
  const errors = nano < 0n ? [invalid(field, String(amount), NEGATIVE)] : [];
  const isWhole = nano % 1_000_000_000n === 0n;
  return INTEGERS.has(name) && !isWhole ? [...errors, invalid(field, String(amount), 'must be an integer')] : errors;
}

function scopeErrors({ scopes = [], hard = {} }: ResourceQuota['spec']): FieldError[] {
  if (scopes.length === 0) return [];
  const field = 'spec.scopes';
  const isKnown = (scope: string) => BY_SCOPE[scope] !== undefined;
  const errors = scopes.filter((scope) => !isKnown(scope)).map(() => invalid(field, scopes, 'unsupported scope'));
  for (const scope of scopes.filter(isKnown)) {
    for (const name of Object.keys(hard)) {
      if (!STANDARD.has(name) || BY_SCOPE[scope]?.has(name)) continue;
      errors.push(invalid(field, scopes, 'unsupported scope applied to resource'));
    }
  }
  for (const pair of CONFLICTS)
    if (pair.every((scope) => scopes.includes(scope))) errors.push(invalid(field, scopes, 'conflicting scopes'));
  return errors;
}

function scopeSelectorErrors({ scopeSelector }: ResourceQuota['spec']): FieldError[] {
  return (scopeSelector?.matchExpressions ?? []).flatMap(({ scopeName, operator, values = [] }) => {
    const field = 'spec.scopeSelector.matchExpressions';
    const errors: FieldError[] = [];
    if (BY_SCOPE[scopeName] === undefined) errors.push(invalid(`${field}.scopeName`, scopeName, 'unsupported scope'));
    if (operator === 'In' || operator === 'NotIn') {
      if (EXISTS_ONLY.has(scopeName)) {
        errors.push(
          invalid(
            `${field}.operator`,
            operator,
            "must be 'Exist' when scope is any of ResourceQuotaScopeTerminating, ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort, ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity",
          ),
        );
      } else if (values.length === 0) {
        errors.push(required(`${field}.values`, "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector"));
      }
    } else if (operator === 'Exists' || operator === 'DoesNotExist') {
      if (values.length > 0)
        errors.push(invalid(`${field}.values`, values, "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector"));
    } else errors.push(invalid(`${field}.operator`, operator, 'not a valid selector operator'));
    return errors;
  });
}
