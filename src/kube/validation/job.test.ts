import { describe, expect, it } from 'vitest';
import type { CronJob, CronJobSpec, Job, JobSpec, JobStatus } from '../kinds/job.ts';
import { cronJobKind, jobKind } from '../kinds/jobKind.ts';
import type { PodSpec } from '../kinds/pod.ts';

const pods: PodSpec = { containers: [{ name: 'c', image: 'x:1' }], restartPolicy: 'Never' };

function jobOf(spec: Partial<JobSpec>, status: JobStatus = {}): Job {
  const metadata = { name: 'j', namespace: 'default', uid: 'u1' };
  const given = { apiVersion: 'batch/v1', kind: 'Job', metadata, spec: { template: { spec: pods }, ...spec }, status } as Job;
  const whole = jobKind.defaults?.(given) ?? given;
  return { ...(jobKind.prepareForCreate?.(whole) ?? whole), status };
}

function cronJobOf(spec: Partial<CronJobSpec>, name = 'c'): CronJob {
  const given = {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name, namespace: 'default' },
    spec: { jobTemplate: { spec: { template: { spec: pods } } }, ...spec },
    status: {},
  } as CronJob;
  return cronJobKind.defaults?.(given) ?? given;
}

const lines = (errors: readonly { readonly field: string; readonly text: string }[] | undefined) =>
  (errors ?? []).map(({ field, text }) => `${field}: ${text}`);
const told = (spec: Partial<JobSpec>) => lines(jobKind.validate?.(jobOf(spec)));
const toldOfUpdate = (job: Job, old: Job) => lines(jobKind.validateUpdate?.(job, old));
const withImage = (image: string): Partial<JobSpec> => ({ template: { spec: { ...pods, containers: [{ name: 'c', image }] } } });

describe('validateJob', () => {
  it('takes a Job of one pod and gives it a selector, labels and numbers', () => {
    const job = jobOf({});
    expect(lines(jobKind.validate?.(job))).toEqual([]);
    expect(job.spec).toMatchObject({ completions: 1, parallelism: 1, backoffLimit: 6, completionMode: 'NonIndexed' });
    expect(job.spec.selector).toEqual({ matchLabels: { 'batch.kubernetes.io/controller-uid': 'u1' } });
    expect(job.metadata.labels).toMatchObject({ 'job-name': 'j', 'batch.kubernetes.io/job-name': 'j', 'controller-uid': 'u1' });
  });

  const rule = { action: 'FailJob', onExitCodes: { operator: 'In', values: [0] } } as const;
  const cases: readonly (readonly [what: string, spec: Partial<JobSpec>, line: string])[] = [
    [
      'pods that restart for ever',
      { template: { spec: { ...pods, restartPolicy: 'Always' } } },
      'spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never"',
    ],
    ['negative numbers', { parallelism: -1 }, 'spec.parallelism: Invalid value: -1: must be greater than or equal to 0'],
    [
      'indexes without a number',
      { completionMode: 'Indexed', parallelism: 1 },
      'spec.completions: Required value: when completion mode is Indexed',
    ],
    [
      'a limit per index without indexes',
      { backoffLimitPerIndex: 1 },
      'spec.backoffLimitPerIndex: Invalid value: 1: requires indexed completion mode',
    ],
    [
      'labels that another Job has',
      { template: { metadata: { labels: { 'job-name': 'x' } }, spec: pods } },
      'spec.template.metadata.labels[job-name]: Invalid value: {"batch.kubernetes.io/controller-uid":"u1","batch.kubernetes.io/job-name":"j","controller-uid":"u1","job-name":"x"}: must be \'j\'',
    ],
    ['no selector where it is to be given by hand', { manualSelector: true }, 'spec.selector: Required value'],
    [
      'success as a reason to fail',
      { podFailurePolicy: { rules: [rule] } },
      'spec.podFailurePolicy.rules[0].onExitCodes.values[0]: Invalid value: 0: must not be 0 for the In operator',
    ],
    [
      'a rule that names nothing',
      { podFailurePolicy: { rules: [{ action: 'Ignore' }] } },
      'spec.podFailurePolicy.rules[0]: Invalid value: specifying one of OnExitCodes and OnPodConditions is required',
    ],
    [
      'indexes that the Job does not have',
      { completionMode: 'Indexed', completions: 2, successPolicy: { rules: [{ succeededIndexes: '0-2' }] } },
      'spec.successPolicy.rules[0].succeededIndexes: Invalid value: "0-2": error parsing succeededIndexes: too large index: "2"',
    ],
  ];
  it.each(cases)('refuses %s', (_what, spec, line) => {
    expect(told(spec)).toEqual([line]);
  });
});

describe('validateJobUpdate', () => {
  it('keeps the template and completions of a Job', () => {
    expect(toldOfUpdate(jobOf({ completions: 3 }), jobOf({}))).toEqual(['spec.completions: Invalid value: 3: field is immutable']);
    const [line = ''] = toldOfUpdate(jobOf(withImage('x:2')), jobOf({}));
    expect(line).toMatch(/^spec.template: Invalid value: \{"labels":.*"Image":"x:2".*\}: field is immutable$/);
  });

  it('lets an Indexed Job grow in step with its parallelism', () => {
    const old = jobOf({ completionMode: 'Indexed', completions: 2, parallelism: 2 });
    expect(toldOfUpdate(jobOf({ completionMode: 'Indexed', completions: 3, parallelism: 3 }), old)).toEqual([]);
    expect(toldOfUpdate(jobOf({ completionMode: 'Indexed', completions: 3, parallelism: 2 }), old)).toEqual([
      'spec.completions: Invalid value: 3: can only be modified in tandem with spec.parallelism',
    ]);
  });

  it('lets a suspended Job choose other nodes and resources, and nothing else', () => {
    const elsewhere = { template: { spec: { ...pods, nodeSelector: { zone: 'a' } } } };
    expect(toldOfUpdate(jobOf({ suspend: true, ...elsewhere }), jobOf({ suspend: true }))).toEqual([]);
    expect(toldOfUpdate(jobOf({ suspend: true, ...withImage('x:2') }), jobOf({ suspend: true }))).toHaveLength(1);
    expect(toldOfUpdate(jobOf(elsewhere), jobOf({}, { startTime: '2026-01-01T00:00:00Z' }))).toHaveLength(1);
  });
});

describe('validateCronJob', () => {
  const cases: readonly (readonly [what: string, spec: Partial<CronJobSpec>, expected: readonly string[]])[] = [
    ['takes five fields', { schedule: '*/5 * * * *', timeZone: 'Europe/Berlin' }, []],
    ['asks for a schedule', {}, ['spec.schedule: Required value']],
    [
      'refuses words',
      { schedule: 'every minute' },
      ['spec.schedule: Invalid value: "every minute": expected exactly 5 fields, found 2: [every minute]'],
    ],
    [
      'refuses zones that are not there',
      { schedule: '@hourly', timeZone: 'Mars/Olympus' },
      ['spec.timeZone: Invalid value: "Mars/Olympus": unknown time zone Mars/Olympus'],
    ],
    [
      'refuses a zone in the schedule',
      { schedule: 'TZ=UTC 0 * * * *' },
      ['spec.schedule: Invalid value: "TZ=UTC 0 * * * *": cannot use TZ or CRON_TZ in schedule, use timeZone field instead'],
    ],
  ];
  it.each(cases)('%s', (_what, spec, expected) => {
    expect(lines(cronJobKind.validate?.(cronJobOf(spec)))).toEqual(expected);
  });

  it('leaves room in the name for a time', () => {
    const name = 'e'.repeat(53);
    expect(lines(cronJobKind.validate?.(cronJobOf({ schedule: '@daily' }, name)))).toEqual([
      `metadata.name: Invalid value: "${name}": must be no more than 52 characters`,
    ]);
  });
});
