// CronJob: a Job at each time of a schedule. Models pkg/controller/cronjob/{cronjob_controllerv2,utils}.go.
//
//   ended Jobs beyond the history limits ─▶ delete ─▶ active list: drop what has ended or is gone
//   last time that was due and not acted on ─▶ too late? told ─▶ one active and Forbid? told ─▶ Replace: delete it ─▶ create a Job
import { isEqual } from '../../base/equal.ts';
import { ApiError } from '../../kube/errors.ts';
import { type CronJob, type CronJobStatus, endOf, type Job } from '../../kube/kinds/job.ts';
import { type Change, controllerRefTo, EPOCH_MS, fromTimestamp, type Key, keyOf, toTimestamp } from '../../kube/meta.ts';
import { type Schedule, scheduleMistake, scheduleOf, toZonedTimestamp } from '../../kube/schedule.ts';
import type { Controller, ControllerContext } from '../controller.ts';
import { ownersOf } from './owners.ts';
import { isNamespaceTerminating } from './podControl.ts';

const SCHEDULED_TIMESTAMP = 'batch.kubernetes.io/cronjob-scheduled-timestamp';
/** A Job is made a little after its time, so that a clock that runs ahead does not miss it. */
const PADDING_MS = 100;
const MINUTE_MS = 60_000;
/** More missed times than this are told of. */
const MISSED_MAX = 100;
const TOO_MANY_MISSED = 'too many missed start times. Set or decrease .spec.startingDeadlineSeconds or check clock skew';
const FORBIDDEN = 'Not starting job because prior execution is running and concurrency policy is Forbid';

type Draft = { -readonly [Field in keyof CronJobStatus]: CronJobStatus[Field] };
type Wake = undefined | { requeueAfterMs: number };

export const cronJob: Controller = {
  name: 'cronjob-controller',
  watches: [
    { kind: 'CronJob', keys: wakeNowOrWhenDue },
    { kind: 'Job', keys: (change) => ownersOf(change, 'CronJob') },
  ],
  reconcile(key, ctx) {
    const given = ctx.api.getByKey<CronJob>(key);
    if (!given) return;
    const draft: Draft = { ...given.status };
    const jobs = ctx.api.owned<Job>(given.metadata.uid ?? '', 'Job');
    deleteOldJobs(given, draft, jobs, ctx);
    try {
      return start(given, draft, followJobs(given, draft, jobs, ctx), ctx);
    } finally {
      writeStatus(given, draft, ctx);
    }
  },
};

/** With another schedule the CronJob waits for its next time; nothing is made up for. */
function wakeNowOrWhenDue({ key, before, after }: Change, ctx: ControllerContext): readonly Key[] {
  const old = before as CronJob | undefined;
  const now = after as CronJob | undefined;
  if (!old || !now || (old.spec.schedule === now.spec.schedule && old.spec.timeZone === now.spec.timeZone)) return [key];
  if (scheduleMistake(now.spec.schedule) === undefined) ctx.enqueueAfter(key, untilNext(now, now.status, scheduleOfJobs(now), ctx.nowMs));
  return [];
}

const scheduleOfJobs = ({ spec }: CronJob): Schedule => scheduleOf(spec.schedule, spec.timeZone);

function writeStatus(given: CronJob, draft: Draft, ctx: ControllerContext): void {
  const { active, ...rest } = draft;
  const status: CronJobStatus = active && active.length > 0 ? { active, ...rest } : rest;
  if (!isEqual(status, given.status) && ctx.api.getByKey(keyOf(given))) ctx.api.updateStatus<CronJob>({ ...given, status });
}

// Jobs that are there ----------------------------------------------------------------------------------------------------

function deleteOldJobs(given: CronJob, draft: Draft, jobs: readonly Job[], ctx: ControllerContext): void {
  const { successfulJobsHistoryLimit, failedJobsHistoryLimit } = given.spec;
  const limits = [
    ['Complete', successfulJobsHistoryLimit],
    ['Failed', failedJobsHistoryLimit],
  ] as const;
  for (const [end, limit] of limits) {
    const ended = jobs.filter((job) => endOf(job) === end).sort(byStart);
    if (limit === undefined || ended.length <= limit) continue;
    for (const job of ended.slice(0, ended.length - limit)) deleteJob(given, draft, job, ctx);
  }
}

/** The ones that never started last. */
function byStart(a: Job, b: Job): number {
  const startMs = ({ status }: Job) => (status.startTime === undefined ? Number.MAX_VALUE : fromTimestamp(status.startTime));
  return startMs(a) - startMs(b) || (a.metadata.name < b.metadata.name ? -1 : 1);
}

/** Returns whether it could be deleted. */
function deleteJob(given: CronJob, draft: Draft, { metadata }: Job, ctx: ControllerContext): boolean {
  try {
    ctx.api.delete('Job', metadata.namespace, metadata.name, { propagationPolicy: 'Background' });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    ctx.record(given, 'Warning', 'FailedDelete', `Deleted job: ${error.message}`);
    return false;
  }
  forget(draft, metadata.uid);
  ctx.record(given, 'Normal', 'SuccessfulDelete', `Deleted job ${metadata.name}`);
  return true;
}

function forget(draft: Draft, uid: string | undefined): void {
  if (draft.active) draft.active = draft.active.filter((job) => job.uid !== uid);
}

/** Brings the list of active Jobs up to date; returns it. */
function followJobs(given: CronJob, draft: Draft, jobs: readonly Job[], ctx: ControllerContext): readonly Job[] {
  const isActive = ({ metadata }: Job) => draft.active?.some(({ uid }) => uid === metadata.uid) ?? false;
  for (const job of jobs) {
    const end = endOf(job);
    if (!end && !isActive(job)) {
      ctx.record(given, 'Warning', 'UnexpectedJob', `Saw a job that the controller did not create or forgot: ${job.metadata.name}`);
    } else if (end && isActive(job)) {
      forget(draft, job.metadata.uid);
      ctx.record(given, 'Normal', 'SawCompletedJob', `Saw completed job: ${job.metadata.name}, condition: ${end}`);
    }
    const { completionTime } = job.status;
    if (end === 'Complete' && completionTime !== undefined && !(fromTimestamp(draft.lastSuccessfulTime) >= fromTimestamp(completionTime))) {
      draft.lastSuccessfulTime = completionTime;
    }
  }
  for (const { namespace, name, uid } of draft.active ?? []) {
    if (ctx.api.get<Job>('Job', namespace, name)) continue;
    ctx.record(given, 'Normal', 'MissingJob', `Active job went missing: ${name}`);
    forget(draft, uid);
  }
  return jobs.filter(isActive);
}

// The next Job -----------------------------------------------------------------------------------------------------------

function start(given: CronJob, draft: Draft, active: readonly Job[], ctx: ControllerContext): Wake {
  const { spec, metadata } = given;
  if (metadata.deletionTimestamp !== undefined || spec.suspend) return undefined;
  const mistake = scheduleMistake(spec.schedule);
  if (mistake !== undefined) {
    ctx.record(given, 'Warning', 'UnparseableSchedule', `unparseable schedule: ${JSON.stringify(spec.schedule)} : ${mistake}`);
    return undefined;
  }
  const schedule = scheduleOfJobs(given);
  const due = lastDue(given, draft, schedule, ctx.nowMs, true);
  if (due.isNever) {
    const reason = 'time difference between two schedules is less than 1 second';
    ctx.record(given, 'Warning', 'InvalidSchedule', `invalid schedule: ${spec.schedule} : ${reason}`);
    return undefined;
  }
  const { atMs } = due;
  if (atMs !== undefined) {
    if (due.missed > MISSED_MAX) ctx.record(given, 'Warning', 'TooManyMissedTimes', TOO_MANY_MISSED);
    if (mayStart(given, draft, atMs, ctx)) run(given, draft, active, atMs, ctx);
  }
  return { requeueAfterMs: untilNext(given, draft, schedule, ctx.nowMs) };
}

function mayStart(given: CronJob, draft: Draft, atMs: number, ctx: ControllerContext): boolean {
  const { startingDeadlineSeconds, concurrencyPolicy } = given.spec;
  if (startingDeadlineSeconds !== undefined && atMs + startingDeadlineSeconds * 1000 < ctx.nowMs) {
    ctx.record(given, 'Warning', 'MissSchedule', `Missed scheduled time to start a job: ${httpDate(atMs)}`);
    return false;
  }
  const isDone = draft.lastScheduleTime === toTimestamp(atMs) || draft.active?.some(({ name }) => name === jobName(given, atMs));
  if (isDone) return false;
  if (concurrencyPolicy !== 'Forbid' || !draft.active?.length) return true;
  ctx.record(given, 'Normal', 'JobAlreadyActive', FORBIDDEN);
  return false;
}

/** RFC 1123 with the zone as a number. */
function httpDate(ms: number): string {
  return new Date(EPOCH_MS + ms).toUTCString().replace('GMT', '+0000');
}

/** Named after its time in minutes, so that it cannot be made twice. */
function jobName({ metadata }: CronJob, atMs: number): string {
  return `${metadata.name}-${Math.floor((EPOCH_MS + atMs) / MINUTE_MS)}`;
}

function run(given: CronJob, draft: Draft, active: readonly Job[], atMs: number, ctx: ControllerContext): void {
  if (given.spec.concurrencyPolicy === 'Replace') {
    for (const job of active) {
      if (!deleteJob(given, draft, job, ctx)) throw new ApiError('InternalError', `could not replace job ${keyOf(job)}`);
    }
  }
  const job = createJob(given, atMs, ctx);
  if (!job) return;
  const { namespace = '', name, uid = '', resourceVersion = '' } = job.metadata;
  draft.active = [...(draft.active ?? []), { kind: 'Job', namespace, name, uid, apiVersion: job.apiVersion, resourceVersion }];
  draft.lastScheduleTime = toTimestamp(atMs);
}

/** Undefined where a Job of that name is there and not ours to follow. */
function createJob(given: CronJob, atMs: number, ctx: ControllerContext): Job | undefined {
  const { jobTemplate, timeZone } = given.spec;
  const { labels, annotations } = jobTemplate.metadata ?? {};
  const name = jobName(given, atMs);
  const { namespace } = given.metadata;
  try {
    const job = ctx.api.create<Job>({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: {
        name,
        ...(namespace === undefined ? {} : { namespace }),
        ...(labels ? { labels } : {}),
        annotations: { ...annotations, [SCHEDULED_TIMESTAMP]: toZonedTimestamp(atMs, timeZone) },
        ownerReferences: [controllerRefTo(given)],
      },
      spec: jobTemplate.spec,
      status: {},
    });
    ctx.record(given, 'Normal', 'SuccessfulCreate', `Created job ${name}`);
    return job;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.reason === 'AlreadyExists') {
      const there = ctx.api.get<Job>('Job', namespace, name);
      return there?.metadata.ownerReferences?.some(({ uid }) => uid === given.metadata.uid) ? there : undefined;
    }
    if (!isNamespaceTerminating(error)) ctx.record(given, 'Warning', 'FailedCreate', `Error creating job: ${error.message}`);
    throw error;
  }
}

// Times ------------------------------------------------------------------------------------------------------------------

interface Due {
  /** From when on times count: the last one acted on, the creation, or the deadline. */
  readonly sinceMs: number;
  /** The latest time since then that is not in the future. */
  readonly atMs?: number;
  readonly missed: number;
  /** The schedule names a time that does not come, such as the 31st of February. */
  readonly isNever?: boolean;
}

function lastDue({ metadata, spec }: CronJob, status: CronJobStatus, schedule: Schedule, nowMs: number, isDeadlineKept: boolean): Due {
  let sinceMs = fromTimestamp(status.lastScheduleTime ?? metadata.creationTimestamp);
  const { startingDeadlineSeconds } = spec;
  if (isDeadlineKept && startingDeadlineSeconds !== undefined) sinceMs = Math.max(sinceMs, nowMs - startingDeadlineSeconds * 1000);
  const first = schedule.next(sinceMs);
  if (first === undefined) return { sinceMs, missed: 0, isNever: true };
  if (nowMs < first) return { sinceMs, missed: 0 };
  const second = schedule.next(first);
  if (second === undefined || nowMs < second) return { sinceMs, atMs: first, missed: 0 };
  // Upstream does not count one by one either: it skips ahead by the first interval, then looks for the last time.
  const intervalMs = second - first;
  const missed = Math.floor((nowMs - first) / intervalMs) + 1;
  let atMs: number | undefined;
  for (let ms = schedule.next(first + (missed - 2) * intervalMs); ms !== undefined && ms <= nowMs; ms = schedule.next(ms)) atMs = ms;
  return { sinceMs, missed, ...(atMs === undefined ? {} : { atMs }) };
}

function untilNext(given: CronJob, status: CronJobStatus, schedule: Schedule, nowMs: number): number {
  const { atMs, missed, sinceMs, isNever } = lastDue(given, status, schedule, nowMs, false);
  const fromMs = isNever ? nowMs : (atMs ?? (missed > 0 ? nowMs : sinceMs));
  return (schedule.next(fromMs) ?? Number.MAX_SAFE_INTEGER / 2) + PADDING_MS - nowMs;
}
