// The rules for Jobs. Models pkg/apis/batch/validation/validation.go and the options of pkg/registry/batch/job/strategy.go.
// Leaves out the rules for a Job's status, which only its controller writes.
import { isEqual } from '../../base/equal.ts';
import type { FieldError } from '../errors.ts';
import { IMMUTABLE, invalid, nonNegative, notSupported, required } from '../fieldErrors.ts';
import { goPodTemplate } from '../goPodSpec.ts';
import { isIndexed, type Job, type JobSpec } from '../kinds/job.ts';
import type { Container, PodSpec, PodTemplateSpec } from '../kinds/pod.ts';
import { matchesSelector } from '../labels.ts';
import { conditionOf, type LabelSelector, type StringMap } from '../meta.ts';
import { isDns1123Label, isDns1123Subdomain } from '../names.ts';
import { goFailurePolicy, goSuccessPolicy, validatePodFailurePolicy, validateSuccessPolicy } from './jobPolicies.ts';
import { immutable, subdomainName, validateMeta, validateMetaUpdate, validateSelector } from './meta.ts';
import { validateTemplate } from './pod.ts';
import { NO_MATCH } from './workload.ts';

const META = { namespaced: true, name: subdomainName };
const INDEXED_PARALLELISM_MAX = 100_000;
const FAILED_INDEXES_MAX = 100_000;
/** Beyond so many completions the limits of an Indexed Job are tighter, so that its status stays small. */
const MANY_COMPLETIONS = 100_000;
const PARALLELISM_WITH_MANY_MAX = 10_000;
const FAILED_WITH_MANY_MAX = 10_000;
const MANAGED_BY_MAX = 63;
const REPLACEMENT_POLICIES = ['Failed', 'TerminatingOrFailed'];
const JOB_NUMBERS = [
  'parallelism',
  'completions',
  'activeDeadlineSeconds',
  'backoffLimit',
  'ttlSecondsAfterFinished',
  'backoffLimitPerIndex',
] as const;

export function validateJob(job: Job): FieldError[] {
  return [...validateMeta(job.metadata, META), ...generatedSelectorErrors(job), ...selectedSpecErrors(job.spec), ...hostnameErrors(job)];
}

export function validateJobUpdate(job: Job, old: Job): FieldError[] {
  const { spec } = job;
  const before = old.spec;
  const template = withWhatMayChange(spec.template, old);
  return [
    ...validateMetaUpdate(job, old),
    ...generatedSelectorErrors(job),
    ...selectedSpecErrors(spec),
    ...hostnameErrors(job),
    ...completionsErrors(spec, before),
    ...immutable(goSelector(spec.selector ?? {}), isEqual(spec.selector, before.selector), 'spec.selector'),
    ...(isEqual(spec.template, template) ? [] : [invalid('spec.template', goPodTemplate(spec.template), IMMUTABLE)]),
    ...immutable(spec.completionMode, spec.completionMode === before.completionMode, 'spec.completionMode'),
    ...immutable(goFailurePolicy(spec.podFailurePolicy), isEqual(spec.podFailurePolicy, before.podFailurePolicy), 'spec.podFailurePolicy'),
    ...immutable(spec.backoffLimitPerIndex, spec.backoffLimitPerIndex === before.backoffLimitPerIndex, 'spec.backoffLimitPerIndex'),
    ...immutable(spec.managedBy, spec.managedBy === before.managedBy, 'spec.managedBy'),
    ...immutable(goSuccessPolicy(spec.successPolicy), isEqual(spec.successPolicy, before.successPolicy), 'spec.successPolicy'),
  ];
}

/** What holds for the Job of a CronJob too, which has no selector yet. */
export function jobSpecErrors(spec: JobSpec, field: string): FieldError[] {
  return [
    ...JOB_NUMBERS.flatMap((name) => nonNegative(`${field}.${name}`, spec[name])),
    ...failedIndexErrors(spec, field),
    ...managedByErrors(spec.managedBy, `${field}.managedBy`),
    ...completionModeErrors(spec, field),
    ...(spec.podFailurePolicy ? validatePodFailurePolicy(spec, `${field}.podFailurePolicy`) : []),
    ...successPolicyErrors(spec, `${field}.successPolicy`),
    ...replacementErrors(spec, `${field}.podReplacementPolicy`),
    ...validateTemplate(spec.template, `${field}.template`),
    ...restartErrors(spec, `${field}.template.spec.restartPolicy`),
  ];
}

// Selector ---------------------------------------------------------------------------------------------------------------

function selectedSpecErrors(spec: JobSpec): FieldError[] {
  const errors = jobSpecErrors(spec, 'spec');
  if (!spec.selector) return [...errors, required('spec.selector')];
  const labels = spec.template.metadata?.labels;
  const mistakes = validateSelector(spec.selector, 'spec.selector');
  const isMissed = mistakes.length === 0 && !matchesSelector(spec.selector, labels);
  return [...errors, ...mistakes, ...(isMissed ? [invalid('spec.template.metadata.labels', sorted(labels ?? {}), NO_MATCH)] : [])];
}

/** Labels of the user's own may stand where the generated ones belong; then they must be the same. */
function generatedSelectorErrors({ metadata, spec }: Job): FieldError[] {
  if (spec.manualSelector || !spec.selector) return [];
  const labels = spec.template.metadata?.labels ?? {};
  const expected = {
    'controller-uid': metadata.uid ?? '',
    'job-name': metadata.name,
    'batch.kubernetes.io/controller-uid': metadata.uid ?? '',
    'batch.kubernetes.io/job-name': metadata.name,
  };
  const errors = Object.entries(expected).flatMap(([key, value]) => {
    const field = `spec.template.metadata.labels[${key}]`;
    if (labels[key] === undefined) return [required(field, `must be '${value}'`)];
    return labels[key] === value ? [] : [invalid(field, sorted(labels), `must be '${value}'`)];
  });
  const isForeign = validateSelector(spec.selector, '').length === 0 && !matchesSelector(spec.selector, expected);
  return isForeign ? [...errors, invalid('spec.selector', goSelector(spec.selector), '`selector` not auto-generated')] : errors;
}

/** A selector with its fields in Go's order. */
export const goSelector = ({ matchLabels, matchExpressions }: LabelSelector) => ({ matchLabels, matchExpressions });

/** A map as Go prints it. */
const sorted = (map: StringMap): StringMap => Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));

// Spec -------------------------------------------------------------------------------------------------------------------

/** The pods of an Indexed Job are called after their index; the longest such name must be a host name. */
function hostnameErrors({ metadata, spec }: Job): FieldError[] {
  if (!isIndexed(spec) || !spec.completions || spec.completions < 0) return [];
  const longest = `${metadata.name}-${spec.completions - 1}`;
  return isDns1123Label(longest).length === 0
    ? []
    : [invalid('metadata.name', metadata.name, `will not able to create pod with invalid DNS label: ${longest}`)];
}

function failedIndexErrors({ maxFailedIndexes, backoffLimitPerIndex }: JobSpec, field: string): FieldError[] {
  if (maxFailedIndexes === undefined) return [];
  return [
    ...nonNegative(`${field}.maxFailedIndexes`, maxFailedIndexes),
    ...(backoffLimitPerIndex === undefined ? [required(`${field}.backoffLimitPerIndex`, 'when maxFailedIndexes is specified')] : []),
  ];
}

function managedByErrors(managedBy: string | undefined, field: string): FieldError[] {
  if (managedBy === undefined) return [];
  if (managedBy === '') return [required(field)];
  const [domain = '', ...path] = managedBy.split('/');
  const errors: FieldError[] = [];
  if (path.length === 0 || !path.join('/') || !domain)
    errors.push(invalid(field, managedBy, 'must be a domain-prefixed path (such as "acme.io/foo")'));
  else errors.push(...isDns1123Subdomain(domain).map((problem) => invalid(field, domain, problem)));
  if (managedBy.length > MANAGED_BY_MAX) {
    errors.push({ type: 'Too long', field, text: `Too long: may not be more than ${MANAGED_BY_MAX} bytes` });
  }
  return errors;
}

function completionModeErrors(spec: JobSpec, field: string): FieldError[] {
  const { completionMode, backoffLimitPerIndex, maxFailedIndexes } = spec;
  if (completionMode === 'Indexed') return indexedErrors(spec, field);
  if (completionMode !== undefined && completionMode !== 'NonIndexed') {
    return [notSupported(`${field}.completionMode`, completionMode, ['NonIndexed', 'Indexed'])];
  }
  const NEEDS_INDEXED = 'requires indexed completion mode';
  return [
    ...(backoffLimitPerIndex === undefined ? [] : [invalid(`${field}.backoffLimitPerIndex`, backoffLimitPerIndex, NEEDS_INDEXED)]),
    ...(maxFailedIndexes === undefined ? [] : [invalid(`${field}.maxFailedIndexes`, maxFailedIndexes, NEEDS_INDEXED)]),
  ];
}

function indexedErrors(spec: JobSpec, field: string): FieldError[] {
  const { completions, parallelism = 0, maxFailedIndexes, backoffLimitPerIndex } = spec;
  const errors: FieldError[] = [];
  if (completions === undefined) errors.push(required(`${field}.completions`, 'when completion mode is Indexed'));
  const atMost = (name: string, value: number, max: number, more = ''): void => {
    if (value > max) errors.push(invalid(`${field}.${name}`, value, `must be less than or equal to ${max}${more}`));
  };
  atMost('parallelism', parallelism, INDEXED_PARALLELISM_MAX, ' when completion mode is Indexed');
  if (maxFailedIndexes !== undefined) {
    if (completions !== undefined && maxFailedIndexes > completions) {
      errors.push(invalid(`${field}.maxFailedIndexes`, maxFailedIndexes, 'must be less than or equal to completions'));
    }
    atMost('maxFailedIndexes', maxFailedIndexes, FAILED_INDEXES_MAX);
  }
  if (completions === undefined || completions <= MANY_COMPLETIONS || backoffLimitPerIndex === undefined) return errors;
  const WITH_MANY = ` when completions are above ${MANY_COMPLETIONS} and used with backoff limit per index`;
  if (maxFailedIndexes === undefined) {
    errors.push(required(`${field}.maxFailedIndexes`, `must be specified when completions is above ${MANY_COMPLETIONS}`));
  }
  atMost('parallelism', parallelism, PARALLELISM_WITH_MANY_MAX, WITH_MANY);
  atMost('maxFailedIndexes', maxFailedIndexes ?? 0, FAILED_WITH_MANY_MAX, WITH_MANY);
  return errors;
}

function successPolicyErrors(spec: JobSpec, field: string): FieldError[] {
  if (!spec.successPolicy) return [];
  if (!isIndexed(spec)) return [invalid(field, goSuccessPolicy(spec.successPolicy), 'requires indexed completion mode')];
  return validateSuccessPolicy(spec, field);
}

function replacementErrors({ podReplacementPolicy: policy, podFailurePolicy }: JobSpec, field: string): FieldError[] {
  if (policy === undefined) return [];
  const supported = podFailurePolicy ? ['Failed'] : REPLACEMENT_POLICIES;
  return supported.includes(policy) ? [] : [notSupported(field, policy, supported)];
}

function restartErrors({ template, podFailurePolicy }: JobSpec, field: string): FieldError[] {
  const policy = template.spec?.restartPolicy;
  if (!policy || policy === 'Always') return [required(field, 'valid values: "OnFailure", "Never"')];
  if (policy !== 'OnFailure' && policy !== 'Never') return [notSupported(field, policy, ['OnFailure', 'Never'])];
  if (!podFailurePolicy || policy === 'Never') return [];
  return [invalid(field, policy, 'only "Never" is supported when podFailurePolicy is specified')];
}

// Updates ----------------------------------------------------------------------------------------------------------------

/** An Indexed Job may grow and shrink, completions and parallelism together. */
function completionsErrors(spec: JobSpec, before: JobSpec): FieldError[] {
  const { completions, parallelism } = spec;
  if (completions === before.completions) return [];
  if (!isIndexed(spec)) return [invalid('spec.completions', completions, IMMUTABLE)];
  if (completions === undefined || completions === parallelism) return [];
  return [invalid('spec.completions', completions, 'can only be modified in tandem with spec.parallelism')];
}

/** The old template, with what a suspended Job may change taken from the new one: where its pods may run, and what they ask for. */
function withWhatMayChange(template: PodTemplateSpec, old: Job): PodTemplateSpec {
  const before = old.spec.template;
  if (!isAsleep(old)) return before;
  const { nodeSelector, tolerations, schedulingGates, affinity } = template.spec;
  const { nodeAffinity } = affinity ?? {};
  const { nodeAffinity: _old, ...otherAffinity } = before.spec.affinity ?? {};
  const hasAffinity = Object.keys(otherAffinity).length > 0 || affinity !== undefined;
  const spec: PodSpec = {
    ...before.spec,
    ...defined({ nodeSelector, tolerations, schedulingGates }),
    ...defined({ affinity: hasAffinity ? { ...otherAffinity, ...defined({ nodeAffinity }) } : undefined }),
    containers: withResources(before.spec.containers, template.spec.containers),
    ...(before.spec.initContainers
      ? { initContainers: withResources(before.spec.initContainers, template.spec.initContainers ?? []) }
      : {}),
  };
  const { labels, annotations } = template.metadata ?? {};
  return { ...before, metadata: { ...before.metadata, ...defined({ labels, annotations }) }, spec };
}

/** Suspended for good: it never started, or its controller has seen to it, and no pod is left. */
function isAsleep({ spec, status }: Job): boolean {
  if (!spec.suspend || (status.active ?? 0) > 0) return false;
  return status.startTime === undefined || conditionOf(status.conditions, 'Suspended')?.status === 'True';
}

function withResources(before: readonly Container[], after: readonly Container[]): readonly Container[] {
  return before.map((container, i) => ({ ...container, ...defined({ resources: after[i]?.resources }) }));
}

/** The fields as they are, also where they are missing now: `isEqual` takes an undefined field for a missing one. */
const defined = <T extends object>(fields: T): Partial<T> => fields;
