// The rules for CronJobs. Models pkg/apis/batch/validation/validation.go validateCronJobSpec.
import type { FieldError } from '../errors.ts';
import { invalid, nonNegative, notSupported, required } from '../fieldErrors.ts';
import type { CronJob, CronJobSpec, JobTemplateSpec } from '../kinds/job.ts';
import { maxLengthError } from '../names.ts';
import { isTimeZone, scheduleMistake } from '../schedule.ts';
import { goSelector, jobSpecErrors } from './job.ts';
import { subdomainName, validateMeta, validateMetaUpdate } from './meta.ts';

const META = { namespaced: true, name: subdomainName };
/** The name leaves room for the time that is added to it to name a Job. */
const NAME_MAX = 52;
const POLICIES = ['Allow', 'Forbid', 'Replace'];
const TIME_ZONE_PART = /^[A-Za-z.\-_0-9+]{1,14}$/;
const EXPLICIT = 'timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones';

export function validateCronJob(cronJob: CronJob): FieldError[] {
  const { name } = cronJob.metadata;
  return [
    ...validateMeta(cronJob.metadata, META),
    ...cronJobSpecErrors(cronJob.spec, undefined),
    ...(name.length > NAME_MAX ? [invalid('metadata.name', name, maxLengthError(NAME_MAX))] : []),
  ];
}

export function validateCronJobUpdate(cronJob: CronJob, old: CronJob): FieldError[] {
  return [...validateMetaUpdate(cronJob, old), ...cronJobSpecErrors(cronJob.spec, old.spec)];
}

function cronJobSpecErrors(spec: CronJobSpec, before: CronJobSpec | undefined): FieldError[] {
  const { concurrencyPolicy: policy } = spec;
  return [
    ...scheduleErrors(spec, before?.schedule.includes('TZ') ?? false),
    ...nonNegative('spec.startingDeadlineSeconds', spec.startingDeadlineSeconds),
    ...(before && before.timeZone === spec.timeZone ? [] : timeZoneErrors(spec.timeZone, 'spec.timeZone')),
    ...(policy && POLICIES.includes(policy) ? [] : [notSupported('spec.concurrencyPolicy', policy ?? '', POLICIES)]),
    ...jobTemplateErrors(spec.jobTemplate, 'spec.jobTemplate'),
    ...nonNegative('spec.successfulJobsHistoryLimit', spec.successfulJobsHistoryLimit),
    ...nonNegative('spec.failedJobsHistoryLimit', spec.failedJobsHistoryLimit),
  ];
}

/** A zone may stand in the schedule itself only where it stood before that was forbidden. */
function scheduleErrors({ schedule, timeZone }: CronJobSpec, mayNameZone: boolean): FieldError[] {
  const field = 'spec.schedule';
  if (!schedule) return [required(field)];
  const mistake = scheduleMistake(schedule);
  const errors = mistake === undefined ? [] : [invalid(field, schedule, mistake)];
  if (!schedule.includes('TZ')) return errors;
  if (!mayNameZone) errors.push(invalid(field, schedule, 'cannot use TZ or CRON_TZ in schedule, use timeZone field instead'));
  else if (timeZone !== undefined) {
    errors.push(invalid(field, schedule, 'cannot use both timeZone field and TZ or CRON_TZ in schedule'));
  }
  return errors;
}

function timeZoneErrors(timeZone: string | undefined, field: string): FieldError[] {
  if (timeZone === undefined) return [];
  if (timeZone === '') return [invalid(field, timeZone, 'timeZone must be nil or non-empty string')];
  const unknown = invalid(field, timeZone, `unknown time zone ${timeZone}`);
  const isPlausible = timeZone
    .split('/')
    .every((part) => part !== '.' && part !== '..' && !part.startsWith('-') && TIME_ZONE_PART.test(part));
  if (!isPlausible) return [unknown];
  const errors = timeZone.toLowerCase() === 'local' ? [invalid(field, timeZone, EXPLICIT)] : [];
  return timeZone === 'Local' || isTimeZone(timeZone) ? errors : [...errors, unknown];
}

function jobTemplateErrors({ spec }: JobTemplateSpec, field: string): FieldError[] {
  const errors = jobSpecErrors(spec, `${field}.spec`);
  if (spec.selector) errors.push(invalid(`${field}.spec.selector`, goSelector(spec.selector), '`selector` will be auto-generated'));
  if (spec.manualSelector) errors.push(notSupported(`${field}.spec.manualSelector`, true, ['nil', 'false']));
  return errors;
}
