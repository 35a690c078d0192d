// The pods of a Job: how they are made, when they count as failed, when they ended, which go first.
// Models pkg/controller/job/{job_controller,indexed_job_utils,backoff_utils}.go and ActivePods of pkg/controller/controller_utils.go.
import { remembered } from '../../base/remembered.ts';
import { isIndexed, type Job, type JobSpec, replacesOnlyFailed } from '../../kube/kinds/job.ts';
import { type Container, isPodReady, type Pod, type PodTemplateSpec } from '../../kube/kinds/pod.ts';
import { conditionOf, fromTimestamp, keyOf } from '../../kube/meta.ts';
import type { ControllerContext } from '../controller.ts';
import { INDEX_KEY, indexOf } from './jobIndexes.ts';
import { verdictOn } from './jobPolicies.ts';
import { podFromTemplate, withoutFinalizer } from './podControl.ts';

/** A pod that carries this has not been counted yet, and cannot vanish before it is. */
export const TRACKING_FINALIZER = 'batch.kubernetes.io/job-tracking';
const FAILURES_KEY = 'batch.kubernetes.io/job-index-failure-count';
const IGNORED_FAILURES_KEY = 'batch.kubernetes.io/job-index-ignored-failure-count';
const INDEX_VARIABLE = 'JOB_COMPLETION_INDEX';
/** A generated name has five letters more, and may have 63. */
const NAME_PREFIX_MAX = 58;
const PHASE_RANK: Readonly<Record<string, number>> = { Pending: 0, Unknown: 1, Running: 2 };

export const isTracked = ({ metadata }: Pod): boolean => metadata.finalizers?.includes(TRACKING_FINALIZER) ?? false;

/** A pod that is being deleted counts as failed, unless only ended ones are replaced. */
export function isFailed(pod: Pod, spec: JobSpec): boolean {
  if (pod.status.phase === 'Failed') return true;
  return !replacesOnlyFailed(spec) && pod.metadata.deletionTimestamp !== undefined && pod.status.phase !== 'Succeeded';
}

/** Whether the pod counts for the Job at all: those of an Indexed Job need an index that it has. */
export function isValid(pod: Pod, spec: JobSpec): boolean {
  if (!isIndexed(spec)) return true;
  const index = indexOf(pod);
  return index !== undefined && index < (spec.completions ?? 0);
}

export function untrack(pod: Pod, ctx: ControllerContext): void {
  const fresh = ctx.api.getByKey<Pod>(keyOf(pod));
  if (!fresh || fresh.metadata.uid !== pod.metadata.uid || !isTracked(fresh)) return;
  ctx.api.update<Pod>({ ...fresh, metadata: withoutFinalizer(fresh.metadata, TRACKING_FINALIZER) }, { trusted: true });
}

// Making -----------------------------------------------------------------------------------------------------------------

const trackedTemplate = remembered((template: PodTemplateSpec): PodTemplateSpec => {
  const finalizers = template.metadata?.finalizers ?? [];
  if (finalizers.includes(TRACKING_FINALIZER)) return template;
  return { ...template, metadata: { ...template.metadata, finalizers: [...finalizers, TRACKING_FINALIZER] } };
});

/** The template with a variable in each container that holds the index of its pod. */
const indexedTemplate = remembered((template: PodTemplateSpec): PodTemplateSpec => {
  const withIndex = (container: Container): Container => {
    const { env = [] } = container;
    if (env.some(({ name }) => name === INDEX_VARIABLE)) return container;
    const fieldRef = { fieldPath: `metadata.labels['${INDEX_KEY}']` };
    return { ...container, env: [...env, { name: INDEX_VARIABLE, valueFrom: { fieldRef } }] };
  };
  const { containers, initContainers } = template.spec;
  const spec = {
    ...template.spec,
    containers: containers.map(withIndex),
    ...(initContainers ? { initContainers: initContainers.map(withIndex) } : {}),
  };
  return trackedTemplate({ ...template, spec });
});

/** A pod of the Job, for an index where it has indexes. `replaced` is the failed pod whose place it takes. */
export function jobPod(job: Job, index: number | undefined, replaced: Pod | undefined): Pod {
  const { spec, metadata } = job;
  if (index === undefined) return podFromTemplate(trackedTemplate(spec.template), job);
  const pod = podFromTemplate(indexedTemplate(spec.template), job);
  const suffix = `-${index}-`;
  const failures = spec.backoffLimitPerIndex === undefined ? {} : failureAnnotations(spec, replaced);
  return {
    ...pod,
    metadata: {
      ...pod.metadata,
      generateName: metadata.name.slice(0, NAME_PREFIX_MAX - suffix.length) + suffix,
      labels: { ...pod.metadata.labels, [INDEX_KEY]: String(index) },
      annotations: { ...pod.metadata.annotations, [INDEX_KEY]: String(index), ...failures },
    },
    spec: { ...pod.spec, hostname: `${metadata.name}-${index}` },
  };
}

/** How often the index has failed is handed down from pod to pod. */
function failureAnnotations({ podFailurePolicy }: JobSpec, replaced: Pod | undefined): Record<string, string> {
  if (!replaced) return { [FAILURES_KEY]: '0' };
  const isCounted = verdictOn(replaced, podFailurePolicy).isCounted;
  const failures = failuresOf(replaced) + (isCounted ? 1 : 0);
  const ignored = ignoredFailuresOf(replaced) + (isCounted ? 0 : 1);
  return { [FAILURES_KEY]: String(failures), ...(ignored > 0 ? { [IGNORED_FAILURES_KEY]: String(ignored) } : {}) };
}

export const failuresOf = (pod: Pod): number => countAt(pod, FAILURES_KEY);
export const allFailuresOf = (pod: Pod): number => failuresOf(pod) + ignoredFailuresOf(pod);
const ignoredFailuresOf = (pod: Pod): number => countAt(pod, IGNORED_FAILURES_KEY);

function countAt({ metadata }: Pod, key: string): number {
  const text = metadata.annotations?.[key];
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : 0;
}

// Ends -------------------------------------------------------------------------------------------------------------------

/** When the pod ended: by its containers, else by its readiness, else by its deletion. In whole seconds, as statuses are. */
export function endedMs({ metadata, status }: Pod): number {
  const ends = (status.containerStatuses ?? []).map(({ state }) => fromTimestamp(state.terminated?.finishedAt ?? undefined));
  if (ends.length > 0 && ends.every((ms) => !Number.isNaN(ms))) return Math.max(...ends);
  const ready = conditionOf(status.conditions, 'Ready');
  if (ready?.status === 'False' && ready.lastTransitionTime) return fromTimestamp(ready.lastTransitionTime);
  if (metadata.deletionTimestamp !== undefined) {
    return fromTimestamp(metadata.deletionTimestamp) - (metadata.deletionGracePeriodSeconds ?? 0) * 1000;
  }
  return fromTimestamp(metadata.creationTimestamp);
}

// Removal ----------------------------------------------------------------------------------------------------------------

/** Which active pods to delete: beside the `atLeast` ones that are too many, all whose index another pod has, or nobody. */
export function podsToRemove({ spec }: Job, active: readonly Pod[], atLeast: number): readonly Pod[] {
  const { surplus, left } = isIndexed(spec) ? sortOut(active, spec) : { surplus: [], left: active };
  if (surplus.length >= atLeast) return surplus;
  return [...surplus, ...[...left].sort(byLoss).slice(0, atLeast - surplus.length)];
}

function sortOut(active: readonly Pod[], spec: JobSpec): { surplus: Pod[]; left: Pod[] } {
  const surplus: Pod[] = [];
  const podsByIndex = new Map<number, Pod[]>();
  for (const pod of active) {
    const index = isValid(pod, spec) ? indexOf(pod) : undefined;
    if (index === undefined) surplus.push(pod);
    else podsByIndex.set(index, [...(podsByIndex.get(index) ?? []), pod]);
  }
  const left: Pod[] = [];
  for (const pods of podsByIndex.values()) {
    const [last, ...others] = pods.sort(byLoss).reverse();
    if (last) left.push(last);
    surplus.push(...others);
  }
  return { surplus, left };
}

/** Pods whose loss costs least come first: without a node, not running, not ready, the newest. */
function byLoss(a: Pod, b: Pod): number {
  const rankOf = (pod: Pod) => PHASE_RANK[pod.status.phase ?? ''] ?? 0;
  const readyMs = (pod: Pod) => (isPodReady(pod) ? fromTimestamp(conditionOf(pod.status.conditions, 'Ready')?.lastTransitionTime) : 0);
  return (
    Number(Boolean(a.spec.nodeName)) - Number(Boolean(b.spec.nodeName)) ||
    rankOf(a) - rankOf(b) ||
    Number(isPodReady(a)) - Number(isPodReady(b)) ||
    readyMs(b) - readyMs(a) ||
    restartsOf(b) - restartsOf(a) ||
    fromTimestamp(b.metadata.creationTimestamp) - fromTimestamp(a.metadata.creationTimestamp)
  );
}

function restartsOf({ status }: Pod): number {
  return Math.max(0, ...(status.containerStatuses ?? []).map(({ restartCount }) => restartCount));
}
