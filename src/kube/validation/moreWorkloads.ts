// The rules for StatefulSets and DaemonSets. Models pkg/apis/apps/validation/validation.go.
import { isEqual } from '../../base/equal.ts';
import type { FieldError } from '../errors.ts';
import { forbidden, IMMUTABLE, invalid, nonNegative, notSupported, required } from '../fieldErrors.ts';
import type { IntOrString, PodTemplateSpec } from '../kinds/pod.ts';
import { isEmptySelector, matchesSelector } from '../labels.ts';
import type { KubeObject, LabelSelector } from '../meta.ts';
import { validateAnnotations, validateLabels, validateSelector } from './meta.ts';
import { validateTemplate } from './pod.ts';
import { intOrPercentErrors, NO_MATCH } from './workload.ts';

interface WorkloadSpec {
  readonly replicas?: number;
  readonly minReadySeconds?: number;
  readonly revisionHistoryLimit?: number;
  readonly selector?: LabelSelector;
  readonly template?: PodTemplateSpec;
  readonly podManagementPolicy?: string;
  readonly ordinals?: { readonly start?: number };
  readonly updateStrategy?: { readonly type?: string; readonly rollingUpdate?: RollingUpdate };
  readonly persistentVolumeClaimRetentionPolicy?: { readonly whenDeleted?: string; readonly whenScaled?: string };
  readonly [field: string]: unknown;
}

interface RollingUpdate {
  readonly partition?: number;
  readonly maxUnavailable?: IntOrString;
  readonly maxSurge?: IntOrString;
}

const specOf = (object: KubeObject) => (object.spec ?? {}) as WorkloadSpec;
const TEMPLATE = 'spec.template';

// StatefulSet --------------------------------------------------------------------------------------------------------

const STATEFUL_SET_UPDATABLE = [
  'replicas',
  'ordinals',
  'template',
  'updateStrategy',
  'revisionHistoryLimit',
  'persistentVolumeClaimRetentionPolicy',
  'minReadySeconds',
];

/** A StatefulSet's pods are checked when they are made: their mounts may name claims that the set makes. */
export function validateStatefulSet(object: KubeObject): FieldError[] {
  const spec = specOf(object);
  const { podManagementPolicy, selector, template } = spec;
  const errors: FieldError[] = [];
  if (podManagementPolicy !== 'OrderedReady' && podManagementPolicy !== 'Parallel') {
    errors.push(invalid('spec.podManagementPolicy', podManagementPolicy, "must be 'OrderedReady' or 'Parallel'"));
  }
  errors.push(...statefulSetStrategyErrors(spec.updateStrategy ?? {}));
  errors.push(...nonNegative('spec.replicas', spec.replicas), ...nonNegative('spec.minReadySeconds', spec.minReadySeconds));
  errors.push(...nonNegative('spec.ordinals.start', spec.ordinals?.start), ...retentionErrors(spec));
  errors.push(...selectorErrors(selector, 'statefulset', template));
  const { metadata, spec: podSpec } = template ?? {};
  errors.push(
    ...validateLabels(metadata?.labels, `${TEMPLATE}.labels`),
    ...validateAnnotations(metadata?.annotations, `${TEMPLATE}.annotations`),
  );
  return [...errors, ...restartErrors(podSpec, 'StatefulSet')];
}

const RETENTIONS = ['Retain', 'Delete'];

function retentionErrors({ persistentVolumeClaimRetentionPolicy: policy = {} }: WorkloadSpec): FieldError[] {
  return (['whenDeleted', 'whenScaled'] as const).flatMap((name) => {
    const given = policy[name];
    const field = `spec.persistentVolumeClaimRetentionPolicy.${name}`;
    return given === undefined || RETENTIONS.includes(given) ? [] : [notSupported(field, given, RETENTIONS)];
  });
}

export function validateStatefulSetUpdate(object: KubeObject, old: KubeObject): FieldError[] {
  const munged = { ...specOf(object), ...Object.fromEntries(STATEFUL_SET_UPDATABLE.map((field) => [field, specOf(old)[field]])) };
  if (isEqual(munged, old.spec)) return validateStatefulSet(object);
  const names = STATEFUL_SET_UPDATABLE.map((field) => `'${field}'`);
  const list = `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  return [...validateStatefulSet(object), forbidden('spec', `updates to statefulset spec for fields other than ${list} are forbidden`)];
}

function statefulSetStrategyErrors({ type, rollingUpdate }: NonNullable<WorkloadSpec['updateStrategy']>): FieldError[] {
  const field = 'spec.updateStrategy';
  const shown = rollingUpdate ? { Partition: rollingUpdate.partition ?? 0, MaxUnavailable: rollingUpdate.maxUnavailable ?? null } : null;
  if (type === 'OnDelete')
    return rollingUpdate ? [invalid(`${field}.rollingUpdate`, shown, "only allowed for updateStrategy 'RollingUpdate'")] : [];
  if (type === 'RollingUpdate') return nonNegative(`${field}.rollingUpdate.partition`, rollingUpdate?.partition);
  return [invalid(field, { Type: type, RollingUpdate: shown }, "must be 'RollingUpdate' or 'OnDelete'")];
}

// DaemonSet ----------------------------------------------------------------------------------------------------------

export function validateDaemonSet(object: KubeObject): FieldError[] {
  const spec = specOf(object);
  return [
    ...daemonSetSelectorErrors(spec),
    ...validateTemplate(spec.template as PodTemplateSpec, TEMPLATE),
    ...restartErrors(spec.template?.spec, 'DaemonSet'),
    ...nonNegative('spec.minReadySeconds', spec.minReadySeconds),
    ...daemonSetStrategyErrors(spec.updateStrategy ?? {}),
    ...nonNegative('spec.revisionHistoryLimit', spec.revisionHistoryLimit),
  ];
}

export function validateDaemonSetUpdate(object: KubeObject, old: KubeObject): FieldError[] {
  const { selector } = specOf(object);
  return [
    ...validateDaemonSet(object),
    ...(isEqual(selector, specOf(old).selector) ? [] : [invalid('spec.selector', selector, IMMUTABLE)]),
  ];
}

/** A selector that is missing is nothing wrong in itself, but it chooses no labels. */
function daemonSetSelectorErrors({ selector, template }: WorkloadSpec): FieldError[] {
  const labels = template?.metadata?.labels;
  const mistakes = selector ? validateSelector(selector, 'spec.selector') : [];
  if (selector && isEmptySelector(selector))
    return [...mistakes, invalid('spec.selector', selector, 'empty selector is invalid for daemonset')];
  if (mistakes.length > 0 || (selector && matchesSelector(selector, labels))) return mistakes;
  return [invalid(`${TEMPLATE}.metadata.labels`, labels, NO_MATCH)];
}

function daemonSetStrategyErrors({ type, rollingUpdate }: NonNullable<WorkloadSpec['updateStrategy']>): FieldError[] {
  const field = 'spec.updateStrategy';
  if (type === 'OnDelete') return [];
  if (type !== 'RollingUpdate')
    return [notSupported(field, { Type: type, RollingUpdate: rollingUpdate ?? null }, ['RollingUpdate', 'OnDelete'])];
  const { maxUnavailable = 1, maxSurge = 0 } = rollingUpdate ?? {};
  const errors = [
    ...intOrPercentErrors(maxUnavailable, `${field}.rollingUpdate.maxUnavailable`),
    ...intOrPercentErrors(maxSurge, `${field}.rollingUpdate.maxSurge`),
    ...notAboveAll(maxUnavailable, `${field}.rollingUpdate.maxUnavailable`),
    ...notAboveAll(maxSurge, `${field}.rollingUpdate.maxSurge`),
  ];
  const [hasUnavailable, hasSurge] = [maxUnavailable, maxSurge].map((value) => Number.parseInt(String(value), 10) !== 0);
  if (hasUnavailable && hasSurge)
    errors.push(invalid(`${field}.rollingUpdate.maxSurge`, maxSurge, 'may not be set when maxUnavailable is non-zero'));
  if (!hasUnavailable && !hasSurge) errors.push(required(`${field}.rollingUpdate.maxUnavailable`, 'cannot be 0 when maxSurge is 0'));
  return errors;
}

function notAboveAll(value: IntOrString, field: string): FieldError[] {
  const isAbove = typeof value === 'string' && /^\d+%$/.test(value) && Number.parseInt(value, 10) > 100;
  return isAbove ? [invalid(field, value, 'must not be greater than 100%')] : [];
}

// Shared -------------------------------------------------------------------------------------------------------------

function selectorErrors(selector: LabelSelector | undefined, kind: string, template: PodTemplateSpec | undefined): FieldError[] {
  const labels = template?.metadata?.labels;
  const mismatch = invalid(`${TEMPLATE}.metadata.labels`, labels, NO_MATCH);
  if (!selector) return [required('spec.selector'), mismatch];
  const mistakes = validateSelector(selector, 'spec.selector');
  if (isEmptySelector(selector)) return [...mistakes, invalid('spec.selector', selector, `empty selector is invalid for ${kind}`)];
  if (mistakes.length > 0) return [...mistakes, invalid('spec.selector', selector, '')];
  return matchesSelector(selector, labels) ? [] : [mismatch];
}

function restartErrors(spec: PodTemplateSpec['spec'] | undefined, owner: string): FieldError[] {
  const field = `${TEMPLATE}.spec`;
  return [
    ...(spec?.restartPolicy === 'Always' ? [] : [notSupported(`${field}.restartPolicy`, spec?.restartPolicy ?? '', ['Always'])]),
    ...(spec?.activeDeadlineSeconds === undefined
      ? []
      : [forbidden(`${field}.activeDeadlineSeconds`, `activeDeadlineSeconds in ${owner} is not Supported`)]),
  ];
}
