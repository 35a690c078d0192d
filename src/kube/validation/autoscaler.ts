// The rules for HorizontalPodAutoscalers. Models pkg/apis/autoscaling/validation/validation.go.
// Leaves out sources of metrics from outside, beyond their target.
import type { FieldError } from '../errors.ts';
import { allInvalid, forbidden, invalid, notSupported, required } from '../fieldErrors.ts';
import type { HorizontalPodAutoscaler, Metric, MetricKey, MetricTarget, ScalingRules } from '../kinds/autoscaler.ts';
import { isPathSegmentName } from '../names.ts';
import { compareQuantities } from '../quantity.ts';
import { validateMeta, validateMetaUpdate } from './meta.ts';

const TYPES = ['ContainerResource', 'External', 'Object', 'Pods', 'Resource'];
const SELECTS = ['Disabled', 'Max', 'Min'];
const POLICIES = ['Percent', 'Pods'];
const STABILIZATION_MAX = 3600;
const PERIOD_MAX = 1800;

export function validateAutoscaler({ metadata, spec }: HorizontalPodAutoscaler): FieldError[] {
  return [...validateMeta(metadata, { namespaced: true, name: isPathSegmentName }), ...specErrors(spec)];
}

export function validateAutoscalerUpdate(autoscaler: HorizontalPodAutoscaler, old: HorizontalPodAutoscaler): FieldError[] {
  return [...validateMetaUpdate(autoscaler, old), ...specErrors(autoscaler.spec)];
}

function specErrors({
  minReplicas,
  maxReplicas = 0,
  scaleTargetRef,
  metrics = [],
  behavior,
}: HorizontalPodAutoscaler['spec']): FieldError[] {
  const errors: FieldError[] = [];
  if (minReplicas !== undefined && minReplicas < 1)
    errors.push(invalid('spec.minReplicas', minReplicas, 'must be greater than or equal to 1'));
  if (maxReplicas < 1) errors.push(invalid('spec.maxReplicas', maxReplicas, 'must be greater than 0'));
  if (minReplicas !== undefined && maxReplicas < minReplicas) {
    errors.push(invalid('spec.maxReplicas', maxReplicas, 'must be greater than or equal to `minReplicas`'));
  }
  for (const part of ['kind', 'name'] as const) {
    const value = scaleTargetRef?.[part];
    const field = `spec.scaleTargetRef.${part}`;
    errors.push(...(value ? allInvalid(field, value, isPathSegmentName(value)) : [required(field)]));
  }
  errors.push(...metrics.flatMap((metric, i) => metricErrors(metric, `spec.metrics[${i}]`)));
  errors.push(...rulesErrors(behavior?.scaleUp, 'spec.behavior.scaleUp'), ...rulesErrors(behavior?.scaleDown, 'spec.behavior.scaleDown'));
  return errors;
}

function metricErrors(metric: Metric, field: string): FieldError[] {
  if (!metric.type) return [required(`${field}.type`, 'must specify a metric source type')];
  if (!TYPES.includes(metric.type)) return [notSupported(`${field}.type`, metric.type, TYPES)];
  const key = (metric.type.charAt(0).toLowerCase() + metric.type.slice(1)) as MetricKey;
  const source = metric[key];
  if (!source) return [required(`${field}.${key}`, 'must populate information for the given metric source')];
  const path = `${field}.${key}`;
  const isResource = key === 'resource' || key === 'containerResource';
  const errors = isResource && !source.name ? [required(`${path}.name`, 'must specify a resource name')] : [];
  if (key === 'containerResource' && !source.container) errors.push(required(`${path}.container`, 'must specify a container'));
  return [...errors, ...targetErrors(source.target, `${path}.target`, isResource)];
}

function targetErrors(target: MetricTarget | undefined, field: string, isResource: boolean): FieldError[] {
  const { type, averageUtilization, averageValue, value } = target ?? ({} as Partial<MetricTarget>);
  const errors: FieldError[] = [];
  if (!type) errors.push(required(`${field}.type`, 'must specify a metric target type'));
  else if (!['Utilization', 'Value', 'AverageValue'].includes(type)) {
    errors.push(invalid(`${field}.type`, type, 'must be either Utilization, Value, or AverageValue'));
  }
  if (averageUtilization !== undefined && averageUtilization < 1) {
    errors.push(invalid(`${field}.averageUtilization`, averageUtilization, 'must be greater than 0'));
  }
  for (const [name, amount] of [
    ['value', value],
    ['averageValue', averageValue],
  ] as const) {
    if (amount !== undefined && compareQuantities(amount, '0') <= 0)
      errors.push(invalid(`${field}.${name}`, String(amount), 'must be positive'));
  }
  if (!isResource) return errors;
  if (averageUtilization === undefined && averageValue === undefined) {
    errors.push(required(`${field}.averageUtilization`, 'must set either a target raw value or a target utilization'));
  }
  if (averageUtilization !== undefined && averageValue !== undefined) {
    errors.push(forbidden(`${field}.averageValue`, 'may not set both a target raw value and a target utilization'));
  }
  return errors;
}

function rulesErrors(rules: ScalingRules | undefined, field: string): FieldError[] {
  if (!rules) return [];
  const { stabilizationWindowSeconds: seconds, selectPolicy, policies } = rules;
  const errors: FieldError[] = [];
  const window = `${field}.stabilizationWindowSeconds`;
  if (seconds !== undefined && seconds < 0) errors.push(invalid(window, seconds, 'must be greater than or equal to zero'));
  if (seconds !== undefined && seconds > STABILIZATION_MAX) {
    errors.push(invalid(window, seconds, `must be less than or equal to ${STABILIZATION_MAX}`));
  }
  if (selectPolicy !== undefined && !SELECTS.includes(selectPolicy))
    errors.push(notSupported(`${field}.selectPolicy`, selectPolicy, SELECTS));
  if (policies?.length === 0) errors.push(required(`${field}.policies`, 'must specify at least one Policy'));
  return [...errors, ...(policies ?? []).flatMap((policy, i) => policyErrors(policy, `${field}.policies[${i}]`))];
}

function policyErrors({ type, value, periodSeconds }: NonNullable<ScalingRules['policies']>[number], field: string): FieldError[] {
  const errors: FieldError[] = [];
  if (!POLICIES.includes(type)) errors.push(notSupported(`${field}.type`, type ?? '', POLICIES));
  if ((value ?? 0) <= 0) errors.push(invalid(`${field}.value`, value ?? 0, 'must be greater than zero'));
  const path = `${field}.periodSeconds`;
  if ((periodSeconds ?? 0) <= 0) errors.push(invalid(path, periodSeconds ?? 0, 'must be greater than zero'));
  else if (periodSeconds > PERIOD_MAX) errors.push(invalid(path, periodSeconds, `must be less than or equal to ${PERIOD_MAX}`));
  return errors;
}
