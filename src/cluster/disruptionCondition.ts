// The condition that says whether a PodDisruptionBudget allows an eviction now: kept by the disruption controller, and by the
// eviction API when it grants the last one. Models component-helpers/apps/poddisruptionbudget/helpers.go.
import type { PodDisruptionBudgetStatus } from '../kube/kinds/podDisruptionBudget.ts';
import { type Condition, conditionOf, toTimestamp } from '../kube/meta.ts';

type Answer = Pick<Condition, 'status'> & { readonly reason: string; readonly message: string };

/** `status` with its condition as the number of allowed disruptions has it, or as `answer` says. */
export function withDisruptionCondition(status: PodDisruptionBudgetStatus, nowMs: number, answer?: Answer): PodDisruptionBudgetStatus {
  const old = conditionOf(status.conditions, 'DisruptionAllowed');
  const isAllowed = status.disruptionsAllowed > 0;
  const said = answer ?? { status: isAllowed ? 'True' : 'False', reason: isAllowed ? 'SufficientPods' : 'InsufficientPods', message: '' };
  const condition: Condition = {
    type: 'DisruptionAllowed',
    status: said.status,
    ...(status.observedGeneration === undefined ? {} : { observedGeneration: status.observedGeneration }),
    lastTransitionTime: (old?.status === said.status ? old.lastTransitionTime : undefined) ?? toTimestamp(nowMs),
    reason: said.reason,
    message: said.message,
  };
  const conditions = status.conditions ?? [];
  return { ...status, conditions: old ? conditions.map((each) => (each === old ? condition : each)) : [...conditions, condition] };
}
