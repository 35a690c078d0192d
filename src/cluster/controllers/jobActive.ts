// Keeps as many pods of a Job running as it wants now: makes missing ones after their back-off, deletes those too many.
// Models manageJob of pkg/controller/job/job_controller.go.
import { ApiError } from '../../kube/errors.ts';
import { isIndexed, type Job, replacesOnlyFailed } from '../../kube/kinds/job.ts';
import { isPodReady, type Pod } from '../../kube/kinds/pod.ts';
import { keyOf } from '../../kube/meta.ts';
import type { ControllerContext } from '../controller.ts';
import { remainingMs, remainingMsOfIndex } from './jobBackoff.ts';
import { firstMissing, indexesOf, indexOf, union } from './jobIndexes.ts';
import { jobPod, podsToRemove, untrack } from './jobPods.ts';
import type { Round } from './jobRound.ts';
import { createPod, deletePod, isNamespaceTerminating } from './podControl.ts';

/** Not more pods than this are made or deleted in one round. */
const PER_ROUND_MAX = 500;
/** A Job is looked at again after its back-off, but not sooner than after this. */
export const BATCH_MS = 1000;

/** How many pods are active afterwards, and the first thing that stood in the way. */
export interface Outcome {
  readonly active: number;
  readonly failure: ApiError | undefined;
}

export function manageActive(round: Round, ctx: ControllerContext): Outcome {
  const { job, active } = round;
  if (job.spec.suspend) return remove(podsToRemove(job, active, active.length), round, ctx);
  const wanted = wantedActive(round);
  const surplus = podsToRemove(job, active, Math.max(0, active.length - wanted)).slice(0, PER_ROUND_MAX);
  // Either pods are deleted or pods are made, never both in one round.
  if (surplus.length > 0) return remove(surplus, round, ctx);
  const leaving = replacesOnlyFailed(job.spec) ? round.terminating : 0;
  const missing = wanted - leaving - active.length;
  return missing > 0 ? createMissing(round, Math.min(missing, PER_ROUND_MAX), ctx) : { active: active.length, failure: undefined };
}

/** Without completions one success is enough: then nothing new is begun. */
function wantedActive({ job, active, succeeded }: Round): number {
  const { completions, parallelism = 1 } = job.spec;
  if (completions === undefined) return succeeded > 0 ? active.length : parallelism;
  return Math.max(0, Math.min(completions - succeeded, parallelism));
}

/** Deletes pods that are to be counted by nobody. */
function remove(pods: readonly Pod[], round: Round, ctx: ControllerContext): Outcome {
  for (const pod of pods) untrack(pod, ctx);
  return { ...deleteActive(pods, round, ctx), failure: undefined };
}

/** Deletes pods, which are still counted. Returns how many are active afterwards. */
export function deleteActive(pods: readonly Pod[], round: Round, ctx: ControllerContext): { readonly active: number } {
  for (const pod of pods) {
    const fresh = ctx.api.getByKey<Pod>(keyOf(pod));
    if (fresh) deletePod(fresh, round.job, ctx);
    if (isPodReady(pod)) round.ready--;
  }
  round.terminating += pods.length;
  return { active: round.active.length - pods.length };
}

/** While a back-off runs the count of active pods reads 0, whatever there is: so does Kubernetes. */
function createMissing(round: Round, missing: number, ctx: ControllerContext): Outcome {
  const { job, active, backoff } = round;
  const isPerIndex = job.spec.backoffLimitPerIndex !== undefined;
  const waitMs = isPerIndex ? 0 : remainingMs(backoff, ctx.nowMs);
  if (waitMs > 0) return comeBack(job, waitMs, ctx);
  if (!isIndexed(job.spec))
    return createPods(
      round,
      Array.from({ length: missing }, () => undefined),
      active.length,
      ctx,
    );
  const pending = pendingIndexes(round, missing);
  if (!isPerIndex) return createPods(round, pending, active.length, ctx);
  const waits = pending.map((index) => remainingMsOfIndex(round.awaitingReplacement.get(index), ctx.nowMs));
  const due = pending.filter((_, i) => waits[i] === 0);
  if (due.length === 0 && pending.length > 0) return comeBack(job, Math.min(...waits), ctx);
  return createPods(round, due, active.length, ctx);
}

function comeBack(job: Job, waitMs: number, ctx: ControllerContext): Outcome {
  ctx.enqueueAfter(keyOf(job), Math.max(waitMs, BATCH_MS));
  return { active: 0, failure: undefined };
}

function pendingIndexes({ job, pods, active, succeededIndexes, failedIndexes }: Round, count: number): number[] {
  const leaving = replacesOnlyFailed(job.spec) ? pods.filter(isTerminating) : [];
  const busy = indexesOf([...active, ...leaving].flatMap((pod) => indexOf(pod) ?? []));
  const taken = union(union(succeededIndexes, busy), failedIndexes ?? []);
  return firstMissing(taken, count, job.spec.completions ?? 0);
}

export function isTerminating({ metadata, status }: Pod): boolean {
  return metadata.deletionTimestamp !== undefined && status.phase !== 'Succeeded' && status.phase !== 'Failed';
}

/** In batches of 1, 2, 4 …; after a batch in which something failed no more are tried in this round. */
function createPods(
  { job, awaitingReplacement }: Round,
  indexes: readonly (number | undefined)[],
  before: number,
  ctx: ControllerContext,
): Outcome {
  let failure: ApiError | undefined;
  let made = 0;
  let tried = 0;
  for (let size = 1; tried < indexes.length && !failure; size *= 2) {
    for (const index of indexes.slice(tried, tried + size)) {
      const error = errorOf(() =>
        createPod(jobPod(job, index, index === undefined ? undefined : awaitingReplacement.get(index)), job, ctx),
      );
      if (!error || isNamespaceTerminating(error)) made++;
      else failure ??= error;
    }
    tried += size;
  }
  return { active: before + made, failure };
}

function errorOf(work: () => void): ApiError | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
}
