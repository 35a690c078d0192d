// PodDisruptionBudget: its shape, names, rules and columns. Models k8s.io/api/policy/v1/types.go, pkg/registry/policy/
// poddisruptionbudget/strategy.go and pkg/apis/policy/validation/validation.go.
import type { FieldError } from '../errors.ts';
import { invalid, notSupported } from '../fieldErrors.ts';
import type { Kind } from '../kind.ts';
import type { Condition, KubeObject, LabelSelector } from '../meta.ts';
import { isPathSegmentName } from '../names.ts';
import { validateMeta, validateMetaUpdate, validateSelector } from '../validation/meta.ts';
import { intOrPercentErrors } from '../validation/workload.ts';
import { ageColumn, nameColumn } from './columns.ts';
import type { IntOrString } from './pod.ts';

export interface PodDisruptionBudgetStatus {
  readonly observedGeneration?: number;
  /** Pods whose eviction was granted and has not been seen yet, and when that was. */
  readonly disruptedPods?: Readonly<Record<string, string>>;
  readonly disruptionsAllowed: number;
  readonly currentHealthy: number;
  readonly desiredHealthy: number;
  readonly expectedPods: number;
  readonly conditions?: readonly Condition[];
}

export interface PodDisruptionBudget extends KubeObject {
  readonly kind: 'PodDisruptionBudget';
  readonly spec: {
    readonly minAvailable?: IntOrString;
    readonly maxUnavailable?: IntOrString;
    readonly selector?: LabelSelector;
    readonly unhealthyPodEvictionPolicy?: 'IfHealthyBudget' | 'AlwaysAllow';
  };
  readonly status: PodDisruptionBudgetStatus;
}

const META = { namespaced: true, name: isPathSegmentName };
const POLICIES = ['AlwaysAllow', 'IfHealthyBudget'];
const NOTHING_YET: PodDisruptionBudgetStatus = { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 };

export const podDisruptionBudgetKind: Kind<PodDisruptionBudget> = {
  kind: 'PodDisruptionBudget',
  apiVersion: 'policy/v1',
  plural: 'poddisruptionbudgets',
  singular: 'poddisruptionbudget',
  shortNames: ['pdb'],
  namespaced: true,
  hasStatus: true,
  hasGeneration: true,
  isSimulated: true,
  defaults: (budget) => (budget.spec ? budget : { ...budget, spec: {} }),
  prepareForCreate: (budget) => ({ ...budget, status: NOTHING_YET }),
  validate: (budget) => [...validateMeta(budget.metadata, META), ...specErrors(budget.spec)],
  validateUpdate: (budget, old) => [...validateMetaUpdate(budget, old), ...specErrors(budget.spec)],
  columns: [
    nameColumn,
    { name: 'Min Available', value: ({ spec }) => String(spec.minAvailable ?? 'N/A') },
    { name: 'Max Unavailable', value: ({ spec }) => String(spec.maxUnavailable ?? 'N/A') },
    { name: 'Allowed Disruptions', value: ({ status }) => String(status?.disruptionsAllowed ?? 0) },
    ageColumn,
  ],
};

function specErrors({ minAvailable, maxUnavailable, selector, unhealthyPodEvictionPolicy }: PodDisruptionBudget['spec']): FieldError[] {
  const errors: FieldError[] = [];
  if (minAvailable !== undefined && maxUnavailable !== undefined) {
    const shown = {
      MinAvailable: minAvailable,
      Selector: selector ?? null,
      MaxUnavailable: maxUnavailable,
      UnhealthyPodEvictionPolicy: unhealthyPodEvictionPolicy ?? null,
    };
    errors.push(invalid('spec', shown, 'minAvailable and maxUnavailable cannot be both set'));
  }
  errors.push(...boundErrors('spec.minAvailable', minAvailable), ...boundErrors('spec.maxUnavailable', maxUnavailable));
  errors.push(...validateSelector(selector, 'spec.selector'));
  if (unhealthyPodEvictionPolicy !== undefined && !POLICIES.includes(unhealthyPodEvictionPolicy)) {
    errors.push(notSupported('spec.unhealthyPodEvictionPolicy', unhealthyPodEvictionPolicy, POLICIES));
  }
  return errors;
}

function boundErrors(field: string, value: IntOrString | undefined): FieldError[] {
  if (value === undefined) return [];
  const isTooMuch = typeof value === 'string' && /^\d+%$/.test(value) && Number.parseInt(value, 10) > 100;
  return [...intOrPercentErrors(value, field), ...(isTooMuch ? [invalid(field, value, 'must not be greater than 100%')] : [])];
}
