// The condition that says why a living pod is about to be deleted by others than its owner.
import type { Pod, PodStatus } from '../kube/kinds/pod.ts';
import { toTimestamp } from '../kube/meta.ts';

export const BY_EVICTION = 'EvictionByEvictionAPI';

/** The pod's status with that condition in place of an earlier one. The eviction API does not say which generation it saw. */
export function disruptedStatus({ metadata, status }: Pod, reason: string, message: string, nowMs: number): PodStatus {
  const condition = {
    type: 'DisruptionTarget',
    ...(metadata.generation === undefined || reason === BY_EVICTION ? {} : { observedGeneration: metadata.generation }),
    status: 'True',
    lastProbeTime: null,
    lastTransitionTime: toTimestamp(nowMs),
    reason,
    message,
  } as const;
  return { ...status, conditions: [...(status.conditions ?? []).filter(({ type }) => type !== condition.type), condition] };
}
