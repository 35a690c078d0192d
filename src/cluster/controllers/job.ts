// Job: pods that run to their end, so many times or once an index, with limits for failures and for time.
// Models pkg/controller/job/job_controller.go. Leaves out: expectations (nothing here reads a cache), and Jobs that `managedBy` gives
// to another controller, which are left alone.
//
//   pods ─▶ counts ─▶ has it failed or succeeded? ─ yes ─▶ delete what is active ─┐
//                                                 └ no ──▶ make or delete pods ───┴─▶ status, finalizers, end
import { endOf, isIndexed, type Job } from '../../kube/kinds/job.ts';
import { isPodActive, isPodReady, type Pod } from '../../kube/kinds/pod.ts';
import { compileSelector, matchesSelector } from '../../kube/labels.ts';
import { type Change, type Condition, conditionOf, controllerOf, fromTimestamp, type Key, keyOf, toTimestamp } from '../../kube/meta.ts';
import type { Controller, ControllerContext } from '../controller.ts';
import { BATCH_MS, deleteActive, isTerminating, manageActive } from './jobActive.ts';
import { type BackoffRecord, recordAfter } from './jobBackoff.ts';
import { countOf, hasIndex, type Indexes, indexesOf, indexOf, NO_INDEXES, parseIndexes, union } from './jobIndexes.ts';
import { allFailuresOf, endedMs, failuresOf, isFailed, isTracked, isValid, TRACKING_FINALIZER, untrack } from './jobPods.ts';
import { successOf, verdictOn } from './jobPolicies.ts';
import { draftOf, type Round } from './jobRound.ts';
import { newCondition, track } from './jobTracking.ts';
import { ownersAndAdopters, ownersOf } from './owners.ts';
import { claim } from './podControl.ts';

const CONTROLLER_NAME = 'kubernetes.io/job-controller';
const BACKOFF_LIMIT = 6;
/** Until the controller hears of what a pod did, and of what it wrote itself. */
const NEWS_MS = 10;
const OWN_WRITE_MS = 20;

interface Memory {
  /** The failures of each Job since its last success. */
  readonly backoffs: Map<Key, BackoffRecord>;
}

export const job: Controller = {
  name: 'job-controller',
  retryMs: { first: 1000, last: 60_000 },
  memory: (): Memory => ({ backoffs: new Map() }),
  watches: [
    { kind: 'Job', keys: ({ key, before, after }) => (before?.metadata.generation === after?.metadata.generation ? [] : [key]) },
    // What pods do is gathered for a second, so that many of them make one round.
    { kind: 'Job', delayMs: BATCH_MS + OWN_WRITE_MS, keys: ({ key }) => [key] },
    { kind: 'Pod', delayMs: BATCH_MS + NEWS_MS, keys: jobsOfPod },
    { kind: 'Job', keys: podsToRelease },
    { kind: 'Pod', keys: ({ key, after }, ctx) => (after && isForgotten(after as Pod, ctx) ? [key] : []) },
  ],
  reconcile(key, ctx) {
    if (key.startsWith('Pod/')) return release(key, ctx);
    const { backoffs } = ctx.memory as Memory;
    const object = ctx.api.getByKey<Job>(key);
    if (!object || endOf(object)) backoffs.delete(key);
    else if ((object.spec.managedBy ?? CONTROLLER_NAME) === CONTROLLER_NAME) return sync(object, backoffs, ctx);
  },
};

// Waking -----------------------------------------------------------------------------------------------------------------

function jobsOfPod(change: Change, ctx: ControllerContext): readonly Key[] {
  const { before, after } = change;
  if (!after || isSameToSelectors(before, after)) return ownersOf(change, 'Job');
  return ownersAndAdopters<Job>(change, 'Job', ctx, ({ spec }, pod) => matchesSelector(spec.selector, pod.metadata.labels));
}

function isSameToSelectors(before: Change['before'], after: NonNullable<Change['after']>): boolean {
  return before?.metadata.labels === after.metadata.labels && before?.metadata.ownerReferences === after.metadata.ownerReferences;
}

/** When a Job is over or gone, nobody counts its pods any more. */
function podsToRelease({ before, after }: Change, ctx: ControllerContext): readonly Key[] {
  if (after && !endOf(after as Job)) return [];
  const uid = (after ?? before)?.metadata.uid ?? '';
  return ctx.api.owned<Pod>(uid, 'Pod').filter(isTracked).map(keyOf);
}

/** A pod that is still to be counted, and no Job that would do it. */
function isForgotten(pod: Pod, ctx: ControllerContext): boolean {
  if (!isTracked(pod)) return false;
  const owner = controllerOf(pod);
  if (!owner) return true;
  if (owner.kind !== 'Job') return false;
  const found = ctx.api.get<Job>('Job', pod.metadata.namespace, owner.name);
  return found?.metadata.uid !== owner.uid || endOf(found) !== undefined;
}

function release(key: Key, ctx: ControllerContext): void {
  const pod = ctx.api.getByKey<Pod>(key);
  if (pod && isForgotten(pod, ctx)) untrack(pod, ctx);
}

// One round --------------------------------------------------------------------------------------------------------------

function sync(given: Job, backoffs: Map<Key, BackoffRecord>, ctx: ControllerContext): void | { requeueAfterMs: number } {
  const key = keyOf(given);
  const round = look(given, backoffs.get(key), ctx);
  const { spec, metadata } = given;
  const { status } = round;
  if (status.startTime === undefined && !spec.suspend) status.startTime = toTimestamp(ctx.nowMs);
  round.end = endInSight(round, ctx.nowMs);
  let active = round.active.length;
  let failure: Error | undefined;
  if (round.end) {
    ({ active } = deleteActive(round.active, round, ctx));
  } else {
    const isManaged = metadata.deletionTimestamp === undefined;
    if (isManaged) ({ active, failure } = manageActive(round, ctx));
    if (isComplete(round, active)) {
      round.end = newCondition('SuccessCriteriaMet', 'CompletionsReached', 'Reached expected number of succeeded pods', ctx.nowMs);
    } else if (isManaged) showSuspension(round, ctx);
  }
  status.active = active;
  status.ready = round.ready;
  status.terminating = round.terminating;
  track(round, ctx, (record) => (record ? backoffs.set(key, record) : backoffs.delete(key)));
  if (failure) throw failure;
  return untilDeadline(round, ctx.nowMs);
}

/** The Job and its pods, counted. */
function look(given: Job, backoff: BackoffRecord | undefined, ctx: ControllerContext): Round {
  const { spec } = given;
  const status = draftOf(given);
  const pods = claim<Pod>('Pod', given, compileSelector(spec.selector), ctx, undefined, TRACKING_FINALIZER);
  const active = pods.filter(isPodActive);
  const uncounted = new Set([...status.uncountedTerminatedPods.succeeded, ...status.uncountedTerminatedPods.failed]);
  const fresh = pods.filter((pod) => isTracked(pod) && isValid(pod, spec) && !uncounted.has(pod.metadata.uid ?? ''));
  const newSucceeded = fresh.filter((pod) => pod.status.phase === 'Succeeded');
  const newFailed = fresh.filter((pod) => isFailed(pod, spec));
  const counted = newFailed.filter((pod) => verdictOn(pod, spec.podFailurePolicy).isCounted);
  const indexes = indexesSoFar(given, pods);
  const { succeeded, failed } = status.uncountedTerminatedPods;
  return {
    job: given,
    status,
    pods,
    active,
    succeeded: isIndexed(spec) ? countOf(indexes.succeededIndexes) : (status.succeeded ?? 0) + newSucceeded.length + succeeded.length,
    failed: (status.failed ?? 0) + counted.length + failed.length,
    ready: active.filter(isPodReady).length,
    terminating: pods.filter(isTerminating).length,
    ...indexes,
    awaitingReplacement: awaitingReplacement(given, pods, active, indexes),
    backoff: recordAfter(backoff, newSucceeded, newFailed),
    end: undefined,
  };
}

// Indexes ----------------------------------------------------------------------------------------------------------------

type IndexesSoFar = Pick<Round, 'indexesBefore' | 'succeededIndexes' | 'failedIndexes'>;

function indexesSoFar({ spec, status }: Job, pods: readonly Pod[]): IndexesSoFar {
  if (!isIndexed(spec)) return { indexesBefore: NO_INDEXES, succeededIndexes: NO_INDEXES, failedIndexes: undefined };
  const { completions = 0, backoffLimitPerIndex } = spec;
  const withNew = (before: Indexes, isOne: (pod: Pod) => boolean): Indexes => {
    const found = pods.filter((pod) => isTracked(pod) && isValid(pod, spec) && isOne(pod));
    return union(before, indexesOf(found.flatMap((pod) => indexOf(pod) ?? [])));
  };
  const indexesBefore = parseIndexes(status.completedIndexes, completions);
  const isLost = (pod: Pod) => backoffLimitPerIndex !== undefined && isIndexLost(pod, spec, backoffLimitPerIndex);
  return {
    indexesBefore,
    succeededIndexes: withNew(indexesBefore, (pod) => pod.status.phase === 'Succeeded'),
    failedIndexes: backoffLimitPerIndex === undefined ? undefined : withNew(parseIndexes(status.failedIndexes, completions), isLost),
  };
}

function isIndexLost(pod: Pod, spec: Job['spec'], limit: number): boolean {
  if (!isFailed(pod, spec)) return false;
  const { isIndexLost: isLost, isCounted } = verdictOn(pod, spec.podFailurePolicy);
  return isLost || (isCounted && failuresOf(pod) >= limit);
}

/** For each index that is to be tried again, the pod that failed last. */
function awaitingReplacement(
  { spec }: Job,
  pods: readonly Pod[],
  active: readonly Pod[],
  { succeededIndexes, failedIndexes }: IndexesSoFar,
): ReadonlyMap<number, Pod> {
  const waiting = new Map<number, Pod>();
  if (!failedIndexes) return waiting;
  const settled = union(union(succeededIndexes, failedIndexes), indexesOf(active.flatMap((pod) => indexOf(pod) ?? [])));
  for (const pod of pods) {
    const index = indexOf(pod);
    if (index === undefined || !isTracked(pod) || !isValid(pod, spec) || !isFailed(pod, spec) || hasIndex(settled, index)) continue;
    const other = waiting.get(index);
    if (!other || (allFailuresOf(other) <= allFailuresOf(pod) && endedMs(pod) >= endedMs(other))) waiting.set(index, pod);
  }
  return waiting;
}

// Ends -------------------------------------------------------------------------------------------------------------------

/** Why the Job is about to end, before anything is made or deleted; undefined where it goes on. */
function endInSight(round: Round, nowMs: number): Condition | undefined {
  const {
    job: { spec },
    status,
    pods,
  } = round;
  const met = conditionOf(status.conditions, 'SuccessCriteriaMet');
  if (met?.status === 'True') return met;
  const target = conditionOf(status.conditions, 'FailureTarget');
  if (target?.status === 'True') return newCondition('Failed', target.reason ?? '', target.message ?? '', nowMs);
  const failing = (reason: string, message: string) => newCondition('FailureTarget', reason, message, nowMs);
  for (const pod of pods) {
    const message = isFailed(pod, spec) ? verdictOn(pod, spec.podFailurePolicy).jobFailure : undefined;
    if (message !== undefined) return failing('PodFailurePolicy', message);
  }
  if (round.failed > (spec.backoffLimit ?? BACKOFF_LIMIT) || restartsTooOften(round)) {
    return failing('BackoffLimitExceeded', 'Job has reached the specified backoff limit');
  }
  if (deadlineMs(round) <= nowMs) return failing('DeadlineExceeded', 'Job was active longer than specified deadline');
  const lost = lostIndexes(round);
  if (lost) return failing(...lost);
  const success = successOf(spec, round.succeededIndexes);
  return success === undefined ? undefined : newCondition('SuccessCriteriaMet', 'SuccessPolicy', success, nowMs);
}

/** Pods that restart in place count by their restarts. */
function restartsTooOften({ job: { spec }, pods }: Round): boolean {
  if (spec.template.spec.restartPolicy !== 'OnFailure') return false;
  let restarts = 0;
  for (const { status } of pods) {
    if (status.phase !== 'Running' && status.phase !== 'Pending') continue;
    for (const { restartCount } of [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])]) restarts += restartCount;
  }
  const { backoffLimit = BACKOFF_LIMIT } = spec;
  return backoffLimit === 0 ? restarts > 0 : restarts >= backoffLimit;
}

function lostIndexes({ job: { spec }, failedIndexes, succeededIndexes }: Round): readonly [string, string] | undefined {
  const lost = countOf(failedIndexes ?? NO_INDEXES);
  if (spec.maxFailedIndexes !== undefined && lost > spec.maxFailedIndexes) {
    return ['MaxFailedIndexesExceeded', 'Job has exceeded the specified maximal number of failed indexes'];
  }
  const isAllOver = lost > 0 && lost + countOf(succeededIndexes) >= (spec.completions ?? 0);
  return isAllOver ? ['FailedIndexes', 'Job has failed indexes'] : undefined;
}

/** When the time of the Job is up; never while it is suspended. */
function deadlineMs({ job: { spec }, status }: Round): number {
  const { activeDeadlineSeconds, suspend } = spec;
  if (activeDeadlineSeconds === undefined || status.startTime === undefined || suspend) return Number.POSITIVE_INFINITY;
  return fromTimestamp(status.startTime) + activeDeadlineSeconds * 1000;
}

function untilDeadline(round: Round, nowMs: number): void | { requeueAfterMs: number } {
  const atMs = deadlineMs(round);
  if (!round.end && atMs !== Number.POSITIVE_INFINITY) return { requeueAfterMs: atMs - nowMs };
}

/** Without completions any success is enough, once the other pods have ended. */
function isComplete({ job: { spec }, succeeded }: Round, active: number): boolean {
  return active === 0 && (spec.completions === undefined ? succeeded > 0 : succeeded >= spec.completions);
}

/** Says that the Job is suspended or goes on; its clock starts anew when it does. */
function showSuspension({ job: given, status }: Round, ctx: ControllerContext): void {
  const { suspend } = given.spec;
  const before = conditionOf(status.conditions, 'Suspended');
  if (before ? (before.status === 'True') === suspend : !suspend) return;
  const condition = suspend
    ? newCondition('Suspended', 'JobSuspended', 'Job suspended', ctx.nowMs)
    : newCondition('Suspended', 'JobResumed', 'Job resumed', ctx.nowMs, 'False');
  const conditions = status.conditions ?? [];
  status.conditions = before ? conditions.map((one) => (one === before ? condition : one)) : [...conditions, condition];
  if (suspend) delete status.startTime;
  else status.startTime = toTimestamp(ctx.nowMs);
  ctx.record(given, 'Normal', suspend ? 'Suspended' : 'Resumed', condition.message ?? '');
}
