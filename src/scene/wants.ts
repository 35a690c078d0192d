// How many pods an owner wants, and when a CronJob cuts its next Job: the numbers that each kind keeps in fields of its own.
import type { CronJob, JobSpec } from '../kube/kinds/job.ts';
import type { KubeObject } from '../kube/meta.ts';
import { scheduleMistake, scheduleOf } from '../kube/schedule.ts';

/**
 * A DaemonSet has no replicas: it wants one pod on each node that is meant, and its status says how many those are. A Job wants
 * completions, or one pod that ends well. A CronJob wants no pods itself.
 */
export function wantsOf({ kind, spec, status }: KubeObject): number {
  if (kind === 'DaemonSet') return (status as { desiredNumberScheduled?: number } | undefined)?.desiredNumberScheduled ?? 0;
  if (kind === 'CronJob') return 0;
  if (kind === 'Job') return (spec as JobSpec).completions ?? (spec as JobSpec).parallelism ?? 1;
  return (spec as { replicas?: number }).replicas ?? 1;
}

/** Undefined for what is not a CronJob, is suspended, or is never due. */
export function nextRunMs(object: KubeObject, afterMs: number): number | undefined {
  if (object.kind !== 'CronJob') return undefined;
  const { schedule, timeZone, suspend } = (object as CronJob).spec;
  return suspend || scheduleMistake(schedule) !== undefined ? undefined : scheduleOf(schedule, timeZone).next(afterMs);
}
