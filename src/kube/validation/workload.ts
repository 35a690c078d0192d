// The rules for what makes pods: Deployments, ReplicaSets, ReplicationControllers.
// Models pkg/apis/apps/validation/validation.go and pkg/apis/core/validation/validation.go.
import { isEqual } from '../../base/equal.ts';
import type { FieldError } from '../errors.ts';
import { forbidden, invalid, nonNegative, notSupported, required } from '../fieldErrors.ts';
import type { Deployment } from '../kinds/deployment.ts';
import type { IntOrString, PodTemplateSpec } from '../kinds/pod.ts';
import type { ReplicaSet, ReplicationController } from '../kinds/replicaSet.ts';
import { isEmptySelector, matchesSelector } from '../labels.ts';
import type { LabelSelector, StringMap } from '../meta.ts';
import { immutable, subdomainName, validateMeta, validateMetaUpdate, validateSelector } from './meta.ts';
import { validateTemplate } from './pod.ts';

const META = { namespaced: true, name: subdomainName };
const EMPTY = 'empty selector is invalid for deployment';
export const NO_MATCH = '`selector` does not match template `labels`';
const PERCENT_ERROR =
  "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')";

export function validateDeployment(deployment: Deployment): FieldError[] {
  return [...validateMeta(deployment.metadata, META), ...deploymentSpecErrors(deployment.spec ?? {})];
}

export function validateDeploymentUpdate(deployment: Deployment, old: Deployment): FieldError[] {
  return [
    ...validateMetaUpdate(deployment, old),
    ...deploymentSpecErrors(deployment.spec),
    ...immutable(goSelector(deployment.spec.selector ?? {}), isEqual(deployment.spec.selector, old.spec.selector), 'spec.selector'),
  ];
}

function deploymentSpecErrors(spec: Deployment['spec']): FieldError[] {
  const { replicas, minReadySeconds = 0, revisionHistoryLimit, progressDeadlineSeconds } = spec;
  const errors = [
    ...nonNegative('spec.replicas', replicas),
    ...selectorAndTemplateErrors(spec.selector, spec.template, 'ReplicaSet'),
    ...strategyErrors(spec.strategy, 'spec.strategy'),
    ...nonNegative('spec.minReadySeconds', minReadySeconds),
    ...nonNegative('spec.revisionHistoryLimit', revisionHistoryLimit),
    ...nonNegative('spec.progressDeadlineSeconds', progressDeadlineSeconds),
  ];
  if (progressDeadlineSeconds !== undefined && progressDeadlineSeconds <= minReadySeconds) {
    errors.push(invalid('spec.progressDeadlineSeconds', progressDeadlineSeconds, 'must be greater than minReadySeconds'));
  }
  return errors;
}

export function validateReplicaSet(set: ReplicaSet): FieldError[] {
  return [...validateMeta(set.metadata, META), ...replicaSetSpecErrors(set.spec ?? {})];
}

export function validateReplicaSetUpdate(set: ReplicaSet, old: ReplicaSet): FieldError[] {
  return [
    ...validateMetaUpdate(set, old),
    ...replicaSetSpecErrors(set.spec),
    ...immutable(goSelector(set.spec.selector ?? {}), isEqual(set.spec.selector, old.spec.selector), 'spec.selector'),
  ];
}

function replicaSetSpecErrors({ replicas, minReadySeconds, selector, template }: ReplicaSet['spec']): FieldError[] {
  return [
    ...nonNegative('spec.replicas', replicas),
    ...nonNegative('spec.minReadySeconds', minReadySeconds),
    ...selectorAndTemplateErrors(selector, template, 'ReplicaSet'),
  ];
}

export function validateReplicationController(controller: ReplicationController): FieldError[] {
  return [...validateMeta(controller.metadata, META), ...controllerSpecErrors(controller.spec ?? {})];
}

export function validateReplicationControllerUpdate(controller: ReplicationController, old: ReplicationController): FieldError[] {
  return [...validateMetaUpdate(controller, old), ...controllerSpecErrors(controller.spec)];
}

function controllerSpecErrors({ replicas, minReadySeconds, selector, template }: ReplicationController['spec']): FieldError[] {
  const isEmpty = Object.keys(selector ?? {}).length === 0;
  return [
    ...nonNegative('spec.minReadySeconds', minReadySeconds),
    ...(isEmpty ? [required('spec.selector')] : []),
    ...nonNegative('spec.replicas', replicas),
    ...templateErrors(template, isEmpty ? undefined : { matchLabels: selector }, 'ReplicationController'),
  ];
}

/** A selector that is missing chooses nothing, so it does not match the template either; with a mistake in it, the template is not looked at. */
function selectorAndTemplateErrors(
  selector: LabelSelector | undefined,
  template: PodTemplateSpec | undefined,
  owner: string,
): FieldError[] {
  if (!selector) return [required('spec.selector'), ...templateErrors(template, 'nothing', owner)];
  const mistakes = validateSelector(selector, 'spec.selector');
  if (isEmptySelector(selector))
    return [...mistakes, invalid('spec.selector', goSelector(selector), EMPTY), ...templateErrors(template, undefined, owner)];
  if (mistakes.length > 0) return [...mistakes, invalid('spec.selector', goSelector(selector), 'invalid label selector')];
  return templateErrors(template, selector, owner);
}

function templateErrors(
  template: PodTemplateSpec | undefined,
  selector: LabelSelector | 'nothing' | undefined,
  owner: string,
): FieldError[] {
  const field = 'spec.template';
  if (!template)
    return owner === 'ReplicationController' ? [required(field)] : templateErrors({ spec: { containers: [] } }, selector, owner);
  const labels: StringMap | undefined = template.metadata?.labels;
  const isMatching = selector === undefined || (selector !== 'nothing' && matchesSelector(selector, labels));
  const errors = isMatching ? [] : [invalid(`${field}.metadata.labels`, labels, NO_MATCH)];
  errors.push(...validateTemplate(template, field));
  const { restartPolicy, activeDeadlineSeconds } = template.spec ?? {};
  if (restartPolicy !== 'Always') errors.push(notSupported(`${field}.spec.restartPolicy`, restartPolicy ?? '', ['Always']));
  if (activeDeadlineSeconds !== undefined) {
    errors.push(forbidden(`${field}.spec.activeDeadlineSeconds`, `activeDeadlineSeconds in ${owner} is not Supported`));
  }
  return errors;
}

/** A selector with its fields in Go's order. */
const goSelector = ({ matchLabels, matchExpressions }: LabelSelector) => ({ matchLabels, matchExpressions });

function strategyErrors(strategy: Deployment['spec']['strategy'] | undefined, field: string): FieldError[] {
  const { type, rollingUpdate } = strategy ?? {};
  switch (type) {
    case 'Recreate':
      return rollingUpdate ? [forbidden(`${field}.rollingUpdate`, "may not be specified when strategy `type` is 'Recreate'")] : [];
    case 'RollingUpdate':
      return rollingUpdateErrors(rollingUpdate ?? {}, `${field}.rollingUpdate`);
    default: {
      const shown = rollingUpdate ? { MaxUnavailable: rollingUpdate.maxUnavailable ?? 0, MaxSurge: rollingUpdate.maxSurge ?? 0 } : null;
      return [notSupported(field, { Type: type, RollingUpdate: shown }, ['Recreate', 'RollingUpdate'])];
    }
  }
}

function rollingUpdateErrors(
  { maxUnavailable = 0, maxSurge = 0 }: { readonly maxUnavailable?: IntOrString; readonly maxSurge?: IntOrString },
  field: string,
): FieldError[] {
  const errors = [...intOrPercentErrors(maxUnavailable, `${field}.maxUnavailable`), ...intOrPercentErrors(maxSurge, `${field}.maxSurge`)];
  if (numberOf(maxUnavailable) === 0 && numberOf(maxSurge) === 0) {
    errors.push(invalid(`${field}.maxUnavailable`, maxUnavailable, 'may not be 0 when `maxSurge` is 0'));
  }
  if (typeof maxUnavailable === 'string' && numberOf(maxUnavailable) > 100) {
    errors.push(invalid(`${field}.maxUnavailable`, maxUnavailable, 'must not be greater than 100%'));
  }
  return errors;
}

/** The number of `3` and of `25%`; 0 for a text that is neither. */
function numberOf(value: IntOrString): number {
  if (typeof value === 'number') return value;
  return /^\d+%$/.test(value) ? Number(value.slice(0, -1)) : 0;
}

export function intOrPercentErrors(value: IntOrString, field: string): FieldError[] {
  if (typeof value === 'number') return nonNegative(field, value);
  return /^\d+%$/.test(value) ? [] : [invalid(field, value, PERCENT_ERROR)];
}
