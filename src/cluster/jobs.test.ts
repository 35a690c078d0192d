import { describe, expect, it } from 'vitest';
import { type CronJob, endOf, type Job } from '../kube/kinds/job.ts';
import { isPodActive, type Pod } from '../kube/kinds/pod.ts';
import { fromTimestamp } from '../kube/meta.ts';
import { type TestCluster, testCluster } from './testCluster.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

interface Options {
  readonly spec?: object;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly restartPolicy?: string;
}

const template = ({ annotations = {}, restartPolicy = 'Never' }: Options) => ({
  metadata: {
    annotations: Object.fromEntries(Object.entries(annotations).map(([name, value]) => [`podarium.dev/${name}`, value])),
  },
  spec: { restartPolicy, containers: [{ name: 'work', image: 'busybox:1' }] },
});
const jobText = (options: Options) =>
  JSON.stringify({ apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'j' }, spec: { ...options.spec, template: template(options) } });
const cronJobText = (options: Options) => {
  const spec = { schedule: '* * * * *', ...options.spec, jobTemplate: { spec: { template: template(options) } } };
  return JSON.stringify({ apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'c' }, spec });
};

function started(text: string): TestCluster {
  const world = testCluster({ nodes: 2 });
  world.apply(text);
  return world;
}

const run = ({ cluster }: TestCluster, ms: number) => cluster.runUntil(cluster.nowMs + ms);
const jobIn = ({ cluster }: TestCluster) => cluster.api.get<Job>('Job', 'default', 'j') as Job;
const conditionsOf = (job: Job) => (job.status.conditions ?? []).map(({ type, status, reason }) => `${type} ${status} ${reason}`);
const indexesIn = (world: TestCluster) =>
  world.pods().map(({ metadata }) => metadata.annotations?.['batch.kubernetes.io/job-completion-index']);

describe('a Job', () => {
  it('runs so many pods to their end, never more than its parallelism at once, and counts each once', () => {
    const world = started(jobText({ spec: { completions: 6, parallelism: 2 }, annotations: { 'exit-after': '2s' } }));
    const active: number[] = [];
    world.cluster.api.onChange(({ table }) => table === 'Pod' && active.push(world.pods().filter(isPodActive).length));
    run(world, MINUTE);
    expect(Math.max(...active)).toBe(2);
    expect(world.pods()).toHaveLength(6);
    expect(world.pods().flatMap(({ metadata }) => metadata.finalizers ?? [])).toEqual([]);
    expect(jobIn(world).status).toMatchObject({ succeeded: 6, ready: 0, terminating: 0, uncountedTerminatedPods: {} });
    expect(conditionsOf(jobIn(world))).toEqual(['SuccessCriteriaMet True CompletionsReached', 'Complete True CompletionsReached']);
  });

  it('waits 10 s after the first failure and 20 s after the second, and gives up at its limit', () => {
    const world = started(jobText({ spec: { backoffLimit: 2 }, annotations: { 'exit-after': '1s', 'exit-code': '1' } }));
    run(world, 2 * MINUTE);
    const bornMs = world.pods().map(({ metadata }) => fromTimestamp(metadata.creationTimestamp));
    const [first = 0, second = 0, third = 0] = bornMs;
    expect(bornMs).toHaveLength(3);
    expect((second - first) / SECOND).toBeCloseTo(12, -1);
    expect(third - second).toBeGreaterThan(second - first + 8 * SECOND);
    expect(jobIn(world).status.failed).toBe(3);
    expect(conditionsOf(jobIn(world))).toEqual(['FailureTarget True BackoffLimitExceeded', 'Failed True BackoffLimitExceeded']);
  });

  it('runs each index once, and loses only the index that fails too often', () => {
    const spec = { completionMode: 'Indexed', completions: 4, parallelism: 4, backoffLimitPerIndex: 1 };
    const world = started(jobText({ spec, annotations: { 'exit-after': '2s', 'exit-code': '1', 'fail-index': '1' } }));
    run(world, MINUTE);
    expect(indexesIn(world)).toEqual(['0', '1', '2', '3', '1']);
    expect(world.pods()[1]?.spec).toMatchObject({ hostname: 'j-1', containers: [{ env: [{ name: 'JOB_COMPLETION_INDEX' }] }] });
    expect(jobIn(world).status).toMatchObject({ succeeded: 3, failed: 2, completedIndexes: '0,2,3', failedIndexes: '1' });
  });

  it('fails as a whole on the exit code that its policy names, and deletes what still runs', () => {
    const rules = [{ action: 'FailJob', onExitCodes: { operator: 'In', values: [42] } }];
    const spec = { completionMode: 'Indexed', completions: 2, parallelism: 2, podFailurePolicy: { rules } };
    const world = started(jobText({ spec, annotations: { 'exit-after': '2s', 'exit-code': '42', 'fail-index': '0' } }));
    run(world, 30 * SECOND);
    expect(endOf(jobIn(world))).toBe('Failed');
    expect(jobIn(world).status.conditions?.[0]?.message).toMatch(
      /^Container work for pod default\/j-0-\w{5} failed with exit code 42 matching FailJob rule at index 0$/,
    );
    expect(world.pods().filter(isPodActive)).toEqual([]);
  });

  it('has succeeded once the indexes of its success policy have', () => {
    const spec = { completionMode: 'Indexed', completions: 3, parallelism: 3, successPolicy: { rules: [{ succeededIndexes: '0' }] } };
    const world = started(jobText({ spec, annotations: { 'exit-after': '3s', 'exit-code': '1', 'fail-index': '1,2' } }));
    run(world, 30 * SECOND);
    expect(jobIn(world).status.completedIndexes).toBe('0');
    expect(conditionsOf(jobIn(world))).toEqual(['SuccessCriteriaMet True SuccessPolicy', 'Complete True SuccessPolicy']);
  });

  it('gives up its pods while it is suspended, and its clock starts anew', () => {
    const world = started(jobText({ spec: { activeDeadlineSeconds: 30 }, annotations: { 'exit-after': '25s' } }));
    run(world, 10 * SECOND);
    world.patch('Job', 'j', { spec: { suspend: true } });
    run(world, MINUTE);
    expect(world.pods()).toEqual([]);
    expect(jobIn(world).status.startTime).toBeUndefined();
    expect(jobIn(world).status.failed, 'a pod that was not wanted has not failed').toBeUndefined();
    world.patch('Job', 'j', { spec: { suspend: false } });
    run(world, 40 * SECOND);
    expect(endOf(jobIn(world))).toBe('Complete');
  });

  it('ends when its time is up, after its pods have gone', () => {
    const world = started(jobText({ spec: { activeDeadlineSeconds: 5 }, annotations: { 'exit-after': '60s', shutdown: '4s' } }));
    run(world, 7 * SECOND);
    expect(conditionsOf(jobIn(world))).toEqual(['FailureTarget True DeadlineExceeded']);
    run(world, 20 * SECOND);
    expect(world.pods()).toEqual([]);
    expect(endOf(jobIn(world))).toBe('Failed');
  });

  it('is deleted some time after its end, and its pods with it', () => {
    const world = started(jobText({ spec: { ttlSecondsAfterFinished: 10 }, annotations: { 'exit-after': '2s' } }));
    run(world, 10 * SECOND);
    expect(endOf(jobIn(world))).toBe('Complete');
    run(world, 10 * SECOND);
    expect(jobIn(world)).toBeUndefined();
    expect(world.pods()).toEqual([]);
  });

  it('lets go of its pods when it is deleted in the midst of them', () => {
    const world = started(jobText({ spec: { parallelism: 3 }, annotations: { 'exit-after': '60s' } }));
    run(world, 5 * SECOND);
    const request = { verb: 'delete', kind: 'Job', namespace: 'default', name: 'j', options: { propagationPolicy: 'Background' } } as const;
    world.cluster.submit({ type: 'request', request });
    run(world, 10 * SECOND);
    expect(world.pods()).toEqual([]);
  });
});

describe('a CronJob', () => {
  const jobNames = ({ cluster }: TestCluster) => cluster.api.list<Job>('Job').map(({ metadata }) => metadata.name.slice(-2));
  const cronJobIn = ({ cluster }: TestCluster) => cluster.api.get<CronJob>('CronJob', 'default', 'c') as CronJob;
  const names = (...times: readonly number[]) => times.map((minute) => String((Date.UTC(2026, 0, 1) / MINUTE + minute) % 100));

  it('starts a Job every minute and keeps the last that ended', () => {
    const world = started(cronJobText({ spec: { successfulJobsHistoryLimit: 1 }, annotations: { 'exit-after': '3s' } }));
    run(world, 3 * MINUTE + 30 * SECOND);
    expect(jobNames(world)).toEqual(names(3));
    expect(cronJobIn(world).status).toMatchObject({ lastScheduleTime: '2026-01-01T00:03:00Z' });
    expect(cronJobIn(world).status.active).toBeUndefined();
    expect(world.cluster.api.list<Pod>('Pod')).toHaveLength(1);
  });

  it.each([
    ['Allow', [1, 2, 3]],
    ['Forbid', [1, 2]],
    ['Replace', [3]],
  ])('with %s', (concurrencyPolicy, minutes) => {
    const world = started(cronJobText({ spec: { concurrencyPolicy }, annotations: { 'exit-after': '100s' } }));
    run(world, 3 * MINUTE + 20 * SECOND);
    expect(jobNames(world)).toEqual(names(...minutes));
  });

  it('makes up for the latest run that it missed while it was suspended, unless that is too late', () => {
    for (const [deadline, minutes] of [
      [undefined, [3]],
      [20, []],
    ] as const) {
      const spec = { suspend: true, ...(deadline === undefined ? {} : { startingDeadlineSeconds: deadline }) };
      const world = started(cronJobText({ spec, annotations: { 'exit-after': '5s' } }));
      run(world, 3 * MINUTE + 30 * SECOND);
      expect(jobNames(world)).toEqual([]);
      world.patch('CronJob', 'c', { spec: { suspend: false } });
      run(world, 5 * SECOND);
      expect(jobNames(world)).toEqual(names(...minutes));
    }
  });
});
