// How many pods an owner wants: a number that each kind keeps in a field of its own.
import type { JobSpec } from '../kube/kinds/job.ts';
import type { KubeObject } from '../kube/meta.ts';

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
