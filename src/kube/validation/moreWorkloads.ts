// The rules for StatefulSets and DaemonSets. Models pkg/apis/apps/validation/validation.go.
import { isEqual } from '../../base/equal.ts';
import type { FieldError } from '../errors.ts';
import { allInvalid, forbidden, IMMUTABLE, invalid, nonNegative, notSupported, required } from '../fieldErrors.ts';
import type { IntOrString, PodSpec, PodTemplateSpec, Volume } from '../kinds/pod.ts';
import type { ClaimSpec } from '../kinds/volumes.ts';
import { isEmptySelector, matchesSelector } from '../labels.ts';
import type { KubeObject, LabelSelector } from '../meta.ts';
import { isDns1123Label } from '../names.ts';
import { validateSelector } from './meta.ts';
import { validateTemplate } from './pod.ts';
import { validateClaimSpec } from './volumeClaim.ts';
import { intOrPercentErrors, NO_MATCH } from './workload.ts';

interface WorkloadSpec {
  readonly replicas?: number;
  readonly minReadySeconds?: number;
  readonly revisionHistoryLimit?: number;
  readonly selector?: LabelSelector;
  readonly template?: PodTemplateSpec;
  readonly podManagementPolicy?: string;
  readonly serviceName?: string;
  readonly volumeClaimTemplates?: readonly { readonly metadata?: { readonly name?: string }; readonly spec?: ClaimSpec }[];
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

export function validateStatefulSet(object: KubeObject): FieldError[] {
  const { serviceName } = specOf(object);
  return [
    ...statefulSetErrors(object),
    ...(serviceName ? allInvalid('spec.serviceName', serviceName, isDns1123Label(serviceName)) : []),
    ...claimTemplateErrors(object),
    ...statefulPodErrors(object),
  ];
}

/** The pods' mounts may name the claims that the set makes, which stand before a volume of the same name. */
function statefulPodErrors(object: KubeObject): FieldError[] {
  const { template = {} as PodTemplateSpec, volumeClaimTemplates = [] } = specOf(object);
  const claims = new Set(volumeClaimTemplates.map(({ metadata }) => metadata?.name ?? ''));
  const volumes: readonly Volume[] = [
    ...[...claims].map((name) => ({ name, persistentVolumeClaim: { claimName: name } })),
    ...(template.spec?.volumes ?? []).filter(({ name }) => !claims.has(name)),
  ];
  return validateTemplate({ ...template, spec: { ...template.spec, volumes } as PodSpec }, TEMPLATE);
}

const claimTemplateErrors = (object: KubeObject): FieldError[] =>
  (specOf(object).volumeClaimTemplates ?? []).flatMap(({ spec }, i) => validateClaimSpec(spec, `spec.volumeClaimTemplates[${i}].spec`));

function statefulSetErrors(object: KubeObject): FieldError[] {
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
  return [...errors, ...restartErrors(template?.spec, 'StatefulSet')];
}

const RETENTIONS = ['Retain', 'Delete'];

function retentionErrors({ persistentVolumeClaimRetentionPolicy: policy = {} }: WorkloadSpec): FieldError[] {
  return (['whenDeleted', 'whenScaled'] as const).flatMap((name) => {
    const given = policy[name];
    const field = `spec.persistentVolumeClaimRetentionPolicy.${name}`;
    return given === undefined || RETENTIONS.includes(given) ? [] : [notSupported(field, given, RETENTIONS)];
  });
}

/** Pods that were wrong before the rules for them came may stay wrong. */
export function validateStatefulSetUpdate(object: KubeObject, old: KubeObject): FieldError[] {
  const errors = statefulSetErrors(object);
  if (statefulPodErrors(old).length === 0) errors.push(...statefulPodErrors(object));
  const munged = { ...specOf(object), ...Object.fromEntries(STATEFUL_SET_UPDATABLE.map((field) => [field, specOf(old)[field]])) };
  if (isEqual(munged, old.spec)) return errors;
  const names = STATEFUL_SET_UPDATABLE.map((field) => `'${field}'`);
  const list = `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  return [...errors, forbidden('spec', `updates to statefulset spec for fields other than ${list} are forbidden`)];
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
