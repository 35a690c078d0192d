// Counts the ended pods of a Job, each exactly once, and ends the Job when all are counted.
// Models trackJobStatusAndRemoveFinalizers and enactJobFinished of pkg/controller/job/job_controller.go.
//
//   ended pod ─▶ its uid into status.uncountedTerminatedPods ─▶ its finalizer goes ─▶ uid out, counter up
//   the Job's end: FailureTarget or SuccessCriteriaMet ─▶ no pod uncounted, none being deleted ─▶ Failed or Complete
import { isEqual } from '../../base/equal.ts';
import { isIndexed, type Job } from '../../kube/kinds/job.ts';
import type { Pod } from '../../kube/kinds/pod.ts';
import { type Condition, conditionOf, keyOf, toTimestamp } from '../../kube/meta.ts';
import type { ControllerContext } from '../controller.ts';
import type { BackoffRecord } from './jobBackoff.ts';
import { countOf, hasIndex, indexesOf, indexesText, indexOf, union } from './jobIndexes.ts';
import { isFailed, isTracked, isValid, untrack } from './jobPods.ts';
import { verdictOn } from './jobPolicies.ts';
import { type Round, statusOf } from './jobRound.ts';

/** At most so many pods are counted in one round, so that the status stays small. */
const UNCOUNTED_MAX = 500;

export function newCondition(
  type: string,
  reason: string,
  message: string,
  nowMs: number,
  status: Condition['status'] = 'True',
): Condition {
  const now = toTimestamp(nowMs);
  return { type, status, lastProbeTime: now, lastTransitionTime: now, reason, message };
}

/** Writes the draft of the status, once before the finalizers go and once after. `keep` is told what is to be remembered of failures. */
export function track(round: Round, ctx: ControllerContext, keep: (record: BackoffRecord | undefined) => void): void {
  const tracked = new Set(round.pods.filter(isTracked).map(({ metadata }) => metadata.uid ?? ''));
  countUntracked(round, tracked);
  const { toUntrack, isCutShort } = collectEnded(round);
  const final = announceEnd(round, ctx.nowMs);
  let job = flush(round, round.job, ctx);
  if (job !== round.job) keep(round.backoff);
  for (const pod of toUntrack) {
    untrack(pod, ctx);
    tracked.delete(pod.metadata.uid ?? '');
  }
  countUntracked(round, tracked);
  const isOver = final !== undefined && !isCutShort && endJob(round, final, ctx.nowMs);
  job = flush(round, job, ctx);
  if (isOver) tellEnd(job, final, ctx);
}

function flush(round: Round, job: Job, ctx: ControllerContext): Job {
  const status = statusOf(round);
  return isEqual(status, job.status) ? job : ctx.api.updateStatus<Job>({ ...job, status });
}

/** A pod whose finalizer is gone is counted. */
function countUntracked({ status }: Round, tracked: ReadonlySet<string>): void {
  const uncounted = status.uncountedTerminatedPods;
  const succeeded = uncounted.succeeded.filter((uid) => tracked.has(uid));
  const failed = uncounted.failed.filter((uid) => tracked.has(uid));
  status.succeeded = (status.succeeded ?? 0) + uncounted.succeeded.length - succeeded.length;
  status.failed = (status.failed ?? 0) + uncounted.failed.length - failed.length;
  status.uncountedTerminatedPods = { succeeded, failed };
}

/** Writes down which pods ended, and says whose finalizer may go. */
function collectEnded(round: Round): { toUntrack: readonly Pod[]; isCutShort: boolean } {
  const { job, status } = round;
  const isOfIndexes = isIndexed(job.spec);
  const succeeded = new Set(status.uncountedTerminatedPods.succeeded);
  const failed = new Set(status.uncountedTerminatedPods.failed);
  const newIndexes = new Set<number>();
  const toUntrack: Pod[] = [];
  let isCutShort = false;
  const pods = isOfIndexes ? [...round.pods].sort((a, b) => (indexOf(a) ?? -1) - (indexOf(b) ?? -1)) : round.pods;
  for (const pod of pods) {
    if (!isTracked(pod) || !isReleasable(pod, round)) continue;
    const uid = pod.metadata.uid ?? '';
    toUntrack.push(pod);
    if (pod.status.phase === 'Succeeded' && !failed.has(uid)) {
      if (!isOfIndexes) succeeded.add(uid);
      else if (isValid(pod, job.spec) && !hasIndex(round.indexesBefore, indexOf(pod) ?? -1)) newIndexes.add(indexOf(pod) ?? -1);
    } else if (isLost(pod, round) && isValid(pod, job.spec) && verdictOn(pod, job.spec.podFailurePolicy).isCounted) {
      failed.add(uid);
    }
    isCutShort = newIndexes.size + succeeded.size + failed.size >= UNCOUNTED_MAX;
    if (isCutShort) break;
  }
  status.uncountedTerminatedPods = { succeeded: [...succeeded], failed: [...failed] };
  if (isOfIndexes) writeIndexes(round, newIndexes);
  return { toUntrack, isCutShort };
}

function writeIndexes({ status, succeededIndexes, failedIndexes }: Round, newIndexes: ReadonlySet<number>): void {
  const completed = union(succeededIndexes, indexesOf(newIndexes));
  status.succeeded = countOf(completed);
  status.completedIndexes = indexesText(completed);
  if (failedIndexes) status.failedIndexes = indexesText(failedIndexes);
}

/** When a Job has failed, whatever of it has not ended counts as failed. */
function isLost(pod: Pod, { job, end }: Round): boolean {
  return isFailed(pod, job.spec) || (end !== undefined && end.type !== 'SuccessCriteriaMet');
}

function isReleasable(pod: Pod, { job, end, awaitingReplacement }: Round): boolean {
  if (job.metadata.deletionTimestamp !== undefined || end || pod.status.phase === 'Succeeded') return true;
  if (!isFailed(pod, job.spec)) return false;
  const index = indexOf(pod);
  const waiting = index === undefined ? undefined : awaitingReplacement.get(index);
  return !waiting || keyOf(waiting) !== keyOf(pod);
}

/** Puts down what the Job is heading for, and returns the condition with which it will have got there. */
function announceEnd({ status, end }: Round, nowMs: number): Condition | undefined {
  if (!end) return undefined;
  const { type, reason = '', message = '' } = end;
  if (type === 'Failed') return end;
  if (!conditionOf(status.conditions, type)) status.conditions = [...(status.conditions ?? []), end];
  return newCondition(type === 'FailureTarget' ? 'Failed' : 'Complete', reason, message, nowMs);
}

/** Whether the Job is over now: not before every pod is counted and gone. */
function endJob({ status, terminating }: Round, final: Condition, nowMs: number): boolean {
  const { succeeded, failed } = status.uncountedTerminatedPods;
  if (succeeded.length + failed.length > 0 || terminating > 0) return false;
  status.conditions = [...(status.conditions ?? []).filter(({ type }) => type !== final.type), final];
  if (final.type === 'Complete') status.completionTime = toTimestamp(nowMs);
  return true;
}

function tellEnd(job: Job, { type, reason = '', message = '' }: Condition, ctx: ControllerContext): void {
  if (type === 'Failed') return ctx.record(job, 'Warning', reason, message);
  const { completions } = job.spec;
  if (completions !== undefined && (job.status.succeeded ?? 0) > completions) {
    ctx.record(job, 'Warning', 'TooManySucceededPods', 'Too many succeeded pods running after completion count reached');
  }
  ctx.record(job, 'Normal', 'Completed', 'Job completed');
}
