// kubectl describe of Job and CronJob. Models kubectl/pkg/describe/describe.go describeJob, describeCronJob.
import { humanDuration } from '../../kube/duration.ts';
import type { CronJob, Job } from '../../kube/kinds/job.ts';
import { formatRequirements, requirementsOf } from '../../kube/labels.ts';
import { fromTimestamp } from '../../kube/meta.ts';
import { describePodTemplate } from './containers.ts';
import { describeEvents } from './events.ts';
import { controllerText, dateOf, type Page, type Surroundings } from './page.ts';

export function describeJob(job: Job, page: Page, around: Surroundings): void {
  const { metadata, spec, status = {} } = job;
  const given = (title: string, value: string | number | boolean | undefined): void => {
    if (value !== undefined) page.field(0, title, value);
  };
  page.field(0, 'Name', metadata.name);
  page.field(0, 'Namespace', metadata.namespace ?? '');
  page.field(0, 'Selector', spec.selector ? formatRequirements(requirementsOf(spec.selector)) : '');
  page.labels('Labels', metadata.labels);
  page.annotations('Annotations', metadata.annotations);
  given('Controlled By', controllerText(job) || undefined);
  given('Parallelism', spec.parallelism);
  page.field(0, 'Completions', spec.completions ?? '<unset>');
  given('Completion Mode', spec.completionMode);
  given('Suspend', spec.suspend);
  given('Backoff Limit', spec.backoffLimit);
  given('TTL Seconds After Finished', spec.ttlSecondsAfterFinished);
  const { startTime, completionTime } = status;
  if (startTime) page.field(0, 'Start Time', dateOf(startTime));
  if (completionTime) page.field(0, 'Completed At', dateOf(completionTime));
  if (startTime && completionTime) page.field(0, 'Duration', humanDuration(fromTimestamp(completionTime) - fromTimestamp(startTime)));
  given('Active Deadline Seconds', spec.activeDeadlineSeconds === undefined ? undefined : `${spec.activeDeadlineSeconds}s`);
  const ready = status.ready === undefined ? '' : ` (${status.ready} Ready)`;
  page.field(
    0,
    'Pods Statuses',
    `${status.active ?? 0} Active${ready} / ${status.succeeded ?? 0} Succeeded / ${status.failed ?? 0} Failed`,
  );
  if (spec.completionMode === 'Indexed') page.field(0, 'Completed Indexes', cutIndexes(status.completedIndexes ?? ''));
  describePodTemplate(spec.template, page);
  describeEvents(job, page, around);
}

/** Indexes beyond some 50 letters are left out, whole ones. */
function cutIndexes(indexes: string): string {
  if (indexes === '') return '<none>';
  const comma = indexes.indexOf(',', 50);
  return comma < 0 ? indexes : `${indexes.slice(0, comma + 1)}...`;
}

export function describeCronJob(cronJob: CronJob, page: Page, around: Surroundings): void {
  const { metadata, spec, status } = cronJob;
  const or = (value: string | number | undefined, unit = ''): string => (value === undefined ? '<unset>' : `${value}${unit}`);
  page.field(0, 'Name', metadata.name);
  page.field(0, 'Namespace', metadata.namespace ?? '');
  page.labels('Labels', metadata.labels);
  page.annotations('Annotations', metadata.annotations);
  page.field(0, 'Schedule', spec.schedule);
  page.field(0, 'Concurrency Policy', spec.concurrencyPolicy ?? '');
  page.field(0, 'Suspend', spec.suspend === undefined ? '<unset>' : spec.suspend ? 'True' : 'False');
  page.field(0, 'Time Zone', or(spec.timeZone));
  page.field(0, 'Successful Job History Limit', or(spec.successfulJobsHistoryLimit));
  page.field(0, 'Failed Job History Limit', or(spec.failedJobsHistoryLimit));
  page.field(0, 'Starting Deadline Seconds', or(spec.startingDeadlineSeconds, 's'));
  const { selector, parallelism, completions, activeDeadlineSeconds, template } = spec.jobTemplate.spec;
  page.field(0, 'Selector', selector ? formatRequirements(requirementsOf(selector)) : '<unset>');
  page.field(0, 'Parallelism', or(parallelism));
  page.field(0, 'Completions', or(completions));
  if (activeDeadlineSeconds !== undefined) page.field(0, 'Active Deadline Seconds', `${activeDeadlineSeconds}s`);
  describePodTemplate(template, page);
  page.field(0, 'Last Schedule Time', status?.lastScheduleTime ? dateOf(status.lastScheduleTime) : '<unset>');
  page.field(0, 'Active Jobs', (status?.active ?? []).map(({ name }) => name).join(', ') || '<none>');
  describeEvents(cronJob, page, around);
}
