// The kinds Job and CronJob: names, defaults, the selector that a Job gets from its uid, columns.
// Models pkg/apis/batch/v1/defaults.go and pkg/registry/batch/{job,cronjob}/strategy.go.
import { humanAge, humanDuration } from '../duration.ts';
import type { Kind } from '../kind.ts';
import { formatSelector } from '../labels.ts';
import { jobRules } from '../late.ts';
import { fromTimestamp, type StringMap } from '../meta.ts';
import { ageColumn, nameColumn, templateColumns } from './columns.ts';
import { changed, filled, mapped } from './fill.ts';
import type { CronJob, CronJobSpec, Job, JobSpec, JobTemplateSpec, PodFailurePolicyRule } from './job.ts';
import type { PodTemplateSpec } from './pod.ts';
import { defaultTemplate } from './podDefaults.ts';

const CONTROLLER_UID_LABEL = 'batch.kubernetes.io/controller-uid';
const JOB_NAME_LABEL = 'batch.kubernetes.io/job-name';
const LEGACY_CONTROLLER_UID_LABEL = 'controller-uid';
const LEGACY_JOB_NAME_LABEL = 'job-name';

const INT32_MAX = 2 ** 31 - 1;
const BACKOFF_LIMIT = 6;

export const jobKind: Kind<Job> = {
  kind: 'Job',
  apiVersion: 'batch/v1',
  plural: 'jobs',
  singular: 'job',
  shortNames: [],
  namespaced: true,
  categories: ['all'],
  hasStatus: true,
  hasGeneration: true,
  isSimulated: true,
  defaults: (job) => changed(job.spec ? job : { ...job, spec: {} as JobSpec }, 'spec', defaultJobSpec),
  prepareForCreate: (job) => labelled({ ...(job.spec.manualSelector ? job : withGeneratedSelector(job)), status: {} }),
  prepareForUpdate: (job) => labelled(job),
  validate: (job) => jobRules.get().validateJob(job),
  validateUpdate: (job, old) => jobRules.get().validateJobUpdate(job, old),
  // Old clients of batch/v1 expect their pods to survive; kubectl always says Background.
  defaultPropagation: 'Orphan',
  columns: [
    nameColumn,
    { name: 'Status', value: statusText },
    { name: 'Completions', value: completionsText },
    { name: 'Duration', value: durationText },
    ageColumn,
    ...templateColumns<Job>(
      ({ spec }) => spec.template,
      ({ spec }) => formatSelector(spec.selector),
    ),
  ],
  fieldOf: ({ status }, field) => (field === 'status.successful' ? String(status?.succeeded ?? 0) : undefined),
};

export const cronJobKind: Kind<CronJob> = {
  kind: 'CronJob',
  apiVersion: 'batch/v1',
  plural: 'cronjobs',
  singular: 'cronjob',
  shortNames: ['cj'],
  namespaced: true,
  categories: ['all'],
  hasStatus: true,
  hasGeneration: true,
  isSimulated: true,
  defaults: (cronJob) => changed(cronJob.spec ? cronJob : { ...cronJob, spec: {} as CronJobSpec }, 'spec', defaultCronJobSpec),
  prepareForCreate: (cronJob) => ({ ...cronJob, status: {} }),
  validate: (cronJob) => jobRules.get().validateCronJob(cronJob),
  validateUpdate: (cronJob, old) => jobRules.get().validateCronJobUpdate(cronJob, old),
  columns: [
    nameColumn,
    { name: 'Schedule', value: ({ spec }) => spec.schedule },
    { name: 'Timezone', value: ({ spec }) => spec.timeZone ?? '<none>' },
    { name: 'Suspend', value: ({ spec }) => (spec.suspend ? 'True' : 'False') },
    { name: 'Active', value: ({ status }) => String(status?.active?.length ?? 0) },
    {
      name: 'Last Schedule',
      value: ({ status }, nowMs) => (status?.lastScheduleTime ? humanAge(status.lastScheduleTime, nowMs) : '<none>'),
    },
    ageColumn,
    ...templateColumns<CronJob>(
      ({ spec }) => spec.jobTemplate.spec.template,
      ({ spec }) => formatSelector(spec.jobTemplate.spec.selector),
    ),
  ],
};

// Defaults ---------------------------------------------------------------------------------------------------------------

/** Without completions and parallelism a Job runs one pod once. */
function defaultJobSpec(given: JobSpec): JobSpec {
  const isOnce = given.completions === undefined && given.parallelism === undefined;
  const spec = filled<JobSpec>(given, {
    ...(isOnce ? { completions: 1 } : {}),
    parallelism: 1,
    completionMode: 'NonIndexed',
    suspend: false,
    manualSelector: false,
    backoffLimit: given.backoffLimitPerIndex === undefined ? BACKOFF_LIMIT : INT32_MAX,
    podReplacementPolicy: given.podFailurePolicy === undefined ? 'TerminatingOrFailed' : 'Failed',
  });
  return defaultTemplates(spec);
}

/** What also holds for the Job of a CronJob, which gets the rest when it is made. */
function defaultTemplates(given: JobSpec): JobSpec {
  const spec = changed(filled<JobSpec>(given, { template: {} as PodTemplateSpec }), 'template', defaultTemplate);
  return changed(spec, 'podFailurePolicy', (policy) => changed(policy, 'rules', (rules) => mapped(rules, defaultRule)));
}

function defaultRule(rule: PodFailurePolicyRule): PodFailurePolicyRule {
  return changed(rule, 'onPodConditions', (patterns) => mapped(patterns, (pattern) => filled(pattern, { status: 'True' })));
}

function defaultCronJobSpec(given: CronJobSpec): CronJobSpec {
  const spec = filled<CronJobSpec>(given, {
    concurrencyPolicy: 'Allow',
    suspend: false,
    successfulJobsHistoryLimit: 3,
    failedJobsHistoryLimit: 1,
    jobTemplate: {} as JobTemplateSpec,
  });
  return changed(spec, 'jobTemplate', (template) =>
    changed(filled<JobTemplateSpec>(template, { metadata: {}, spec: {} as JobSpec }), 'spec', defaultTemplates),
  );
}

// Selectors --------------------------------------------------------------------------------------------------------------

/** A Job tells its pods from all others by its uid, unless it brings a selector of its own. What the user wrote stays, and may be refused. */
function withGeneratedSelector(job: Job): Job {
  const { name, uid = '' } = job.metadata;
  const generated = {
    [LEGACY_JOB_NAME_LABEL]: name,
    [JOB_NAME_LABEL]: name,
    [LEGACY_CONTROLLER_UID_LABEL]: uid,
    [CONTROLLER_UID_LABEL]: uid,
  };
  const { template, selector } = job.spec;
  return {
    ...job,
    spec: {
      ...job.spec,
      selector: { ...selector, matchLabels: { [CONTROLLER_UID_LABEL]: uid, ...selector?.matchLabels } },
      template: { ...template, metadata: { ...template.metadata, labels: { ...generated, ...template.metadata?.labels } } },
    },
  };
}

/** A Job without labels has those of its template. */
function labelled(job: Job): Job {
  const labels: StringMap | undefined = job.spec.template.metadata?.labels;
  if (!labels || Object.keys(job.metadata.labels ?? {}).length > 0) return job;
  return { ...job, metadata: { ...job.metadata, labels } };
}

// Columns ----------------------------------------------------------------------------------------------------------------

function statusText({ metadata, status }: Job): string {
  const has = (type: string) => status?.conditions?.some((condition) => condition.type === type && condition.status === 'True');
  for (const type of ['Complete', 'Failed']) if (has(type)) return type;
  if (metadata.deletionTimestamp) return 'Terminating';
  for (const type of ['Suspended', 'FailureTarget', 'SuccessCriteriaMet']) if (has(type)) return type;
  return 'Running';
}

function completionsText({ spec, status }: Job): string {
  const succeeded = status?.succeeded ?? 0;
  if (spec.completions !== undefined) return `${succeeded}/${spec.completions}`;
  const { parallelism = 0 } = spec;
  return parallelism > 1 ? `${succeeded}/1 of ${parallelism}` : `${succeeded}/1`;
}

function durationText({ status }: Job, nowMs: number): string {
  if (!status?.startTime) return '';
  return humanDuration((status.completionTime ? fromTimestamp(status.completionTime) : nowMs) - fromTimestamp(status.startTime));
}
