// Why a pod is being deleted, where that is not somebody's wish to delete just this pod.
import type { Pod } from '../kube/kinds/pod.ts';
import { conditionOf } from '../kube/meta.ts';

export type TakenAway = 'evicted' | 'preempted';

/** Pods that are taken away for the sake of something else carry a condition that says for what. */
export function whyTakenAway({ status }: Pod): TakenAway | undefined {
  const target = conditionOf(status.conditions, 'DisruptionTarget');
  if (target?.status !== 'True') return undefined;
  return target.reason === 'PreemptionByScheduler' ? 'preempted' : 'evicted';
}
