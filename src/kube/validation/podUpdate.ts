// What an update of a pod may change: images, a shorter deadline, more tolerations, fewer gates.
// Models pkg/apis/core/validation/validation.go (ValidatePodUpdate).
import { isEqual } from '../../base/equal.ts';
import type { FieldError } from '../errors.ts';
import { forbidden, invalid, required } from '../fieldErrors.ts';
import type { Affinity, Container, Pod, PodSpec, Toleration } from '../kinds/pod.ts';
import { podDiffs } from '../late.ts';
import { validateMetaUpdate } from './meta.ts';
import { validateOnlyForPods, validatePodSpec } from './pod.ts';

const UPDATABLE = [
  '`spec.containers[*].image`',
  '`spec.initContainers[*].image`',
  '`spec.activeDeadlineSeconds`',
  '`spec.tolerations` (only additions to existing tolerations)',
  '`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
].join(',');
const INT32_MAX = 2 ** 31 - 1;

export function validatePodUpdate(pod: Pod, old: Pod): FieldError[] {
  // An empty image is told once, as one of the fields that may change.
  const general = [...validatePodSpec(pod.spec, 'spec'), ...validateOnlyForPods(pod.spec)];
  const errors = [...validateMetaUpdate(pod, old)];
  for (const list of ['containers', 'initContainers'] as const) {
    const found = containerUpdates(pod.spec[list] ?? [], old.spec[list] ?? [], `spec.${list}`);
    if (found.isStop) return [...errors, ...general, ...found.errors];
    errors.push(...found.errors);
  }
  errors.push(...general.filter(({ field, text }) => !errors.some((error) => error.field === field && error.text === text)));
  const deadline = deadlineError(pod.spec.activeDeadlineSeconds, old.spec.activeDeadlineSeconds);
  if (deadline) return [...errors, deadline];
  return [...errors, ...tolerationErrors(pod.spec, old.spec), ...gateErrors(pod.spec, old.spec), ...otherErrors(pod.spec, old.spec)];
}

function containerUpdates(now: readonly Container[], old: readonly Container[], field: string) {
  if (now.length !== old.length) return { errors: [forbidden(field, 'pod updates may not add or remove containers')], isStop: true };
  const errors = now.flatMap(({ image }, i) => (image?.trim() ? [] : [required(`${field}[${i}].image`)]));
  return { errors, isStop: false };
}

function deadlineError(now: number | undefined, old: number | undefined): FieldError | undefined {
  const field = 'spec.activeDeadlineSeconds';
  if (now === undefined) return old === undefined ? undefined : invalid(field, now, 'must not update from a positive integer to nil value');
  if (now < 0 || now > INT32_MAX) return invalid(field, now, `must be between 0 and ${INT32_MAX}, inclusive`);
  return old !== undefined && old < now ? invalid(field, now, 'must be less than or equal to previous value') : undefined;
}

function tolerationErrors(now: PodSpec, old: PodSpec): FieldError[] {
  const same = (a: Toleration, b: Toleration) => isEqual({ ...a, tolerationSeconds: 0 }, { ...b, tolerationSeconds: 0 });
  return (old.tolerations ?? [])
    .filter((toleration) => !now.tolerations?.some((other) => same(toleration, other)))
    .slice(0, 1)
    .map(() => forbidden('spec.tolerations', 'existing toleration can not be modified except its tolerationSeconds'));
}

function gateErrors(now: PodSpec, old: PodSpec): FieldError[] {
  return (now.schedulingGates ?? []).flatMap(({ name }, i) =>
    old.schedulingGates?.some((gate) => gate.name === name)
      ? []
      : [forbidden(`spec.schedulingGates[${i}].name`, `only deletion is allowed, but found new scheduling gate '${name}'`)],
  );
}

/** Everything else must be as it was; the error shows the difference in the server's inner shape. */
function otherErrors(now: PodSpec, old: PodSpec): FieldError[] {
  const errors: FieldError[] = [];
  let munged: PodSpec = {
    ...now,
    containers: withOldImages(now.containers, old.containers),
    ...(now.initContainers ? { initContainers: withOldImages(now.initContainers, old.initContainers ?? []) } : {}),
    activeDeadlineSeconds: old.activeDeadlineSeconds,
    schedulingGates: old.schedulingGates,
    tolerations: old.tolerations,
  };
  if ((old.terminationGracePeriodSeconds ?? 0) < 0 && now.terminationGracePeriodSeconds === 1) {
    munged = { ...munged, terminationGracePeriodSeconds: old.terminationGracePeriodSeconds };
  }
  if (old.schedulingGates?.length) {
    errors.push(...gatedErrors(munged, old));
    munged = { ...munged, nodeSelector: old.nodeSelector, affinity: withOldNodeAffinity(munged.affinity, old.affinity) };
  }
  if (isEqual(munged, old)) return errors;
  const diff = podDiffs.get().podSpecDiff(old, munged);
  return [...errors, forbidden('spec', `pod updates may not change fields other than ${UPDATABLE}\n${diff}`)];
}

const withOldImages = (now: readonly Container[], old: readonly Container[]): readonly Container[] =>
  now.map((container, i) => ({ ...container, image: old[i]?.image }));

/** A gated pod may still be narrowed down: more node selector labels, more node affinity. */
function gatedErrors(now: PodSpec, old: PodSpec): FieldError[] {
  const errors: FieldError[] = [];
  for (const [key, value] of Object.entries(old.nodeSelector ?? {})) {
    if (now.nodeSelector?.[key] === value) continue;
    errors.push(
      invalid('spec.nodeSelector', now.nodeSelector, 'only additions to spec.nodeSelector are allowed (no mutations or deletions)'),
    );
    break;
  }
  const field = 'spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms';
  const before = old.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  const after = now.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  if (!before) return errors;
  if (after.length !== before.length) {
    return [...errors, invalid(field, after, 'no additions/deletions to non-empty NodeSelectorTerms list are allowed')];
  }
  for (const [i, term] of before.entries()) {
    const kept = (name: 'matchExpressions' | 'matchFields') => (term[name] ?? []).every((each, j) => isEqual(each, after[i]?.[name]?.[j]));
    if (!kept('matchExpressions') || !kept('matchFields')) {
      errors.push(invalid(`${field}[${i}]`, after[i], 'only additions are allowed (no mutations or deletions)'));
    }
  }
  return errors;
}

function withOldNodeAffinity(now: Affinity | undefined, old: Affinity | undefined): Affinity | undefined {
  const { nodeAffinity: _new, ...rest } = now ?? {};
  if (!old?.nodeAffinity) return old === undefined && Object.keys(rest).length === 0 ? undefined : rest;
  return { ...rest, nodeAffinity: old.nodeAffinity };
}
