// The condition that says why a living pod is about to be deleted by others than its owner.
import type { PodStatus } from '../kube/kinds/pod.ts';
import { toTimestamp } from '../kube/meta.ts';

/** A pod's status with that condition in place of an earlier one. `generation` is that of the pod as it was seen, for those who say it. */
export function disruptedStatus(
  status: PodStatus,
  generation: number | undefined,
  reason: string,
  message: string,
  nowMs: number,
): PodStatus {
  const condition = {
    type: 'DisruptionTarget',
    ...(generation === undefined ? {} : { observedGeneration: generation }),
    status: 'True',
    lastProbeTime: null,
    lastTransitionTime: toTimestamp(nowMs),
    reason,
    message,
  } as const;
  return { ...status, conditions: [...(status.conditions ?? []).filter(({ type }) => type !== condition.type), condition] };
}
