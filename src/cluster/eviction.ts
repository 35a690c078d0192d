// The eviction API: deleting a pod politely. A PodDisruptionBudget may say no for now; the pod learns why it is deleted.
// Models pkg/registry/core/pod/storage/eviction.go.
import { ApiError } from '../kube/errors.ts';
import type { Pod } from '../kube/kinds/pod.ts';
import type { PodDisruptionBudget } from '../kube/kinds/podDisruptionBudget.ts';
import { matchesSelector } from '../kube/labels.ts';
import { conditionOf, toTimestamp } from '../kube/meta.ts';
import type { ApiServer } from './apiServer.ts';
import type { DeleteOptions } from './deletion.ts';
import { withDisruptionCondition } from './disruptionCondition.ts';
import { disruptedStatus } from './disruptionTarget.ts';

/** Evicts a pod. Throws NotFound, or TooManyRequests where a budget does not allow it now. */
export function evict(api: ApiServer, namespace: string, name: string, options: DeleteOptions = {}): Pod {
  const pod = api.mustGet<Pod>('Pod', namespace, name);
  if (!isBeyondBudgets(pod)) spendBudget(api, pod, options.dryRun ?? false);
  if (!options.dryRun) markDisrupted(api, pod);
  return api.delete<Pod>('Pod', namespace, name, options);
}

/** What has ended, never ran or is being deleted disturbs nobody. */
function isBeyondBudgets({ metadata, status }: Pod): boolean {
  return metadata.deletionTimestamp !== undefined || ['Succeeded', 'Failed', 'Pending'].includes(status.phase ?? 'Pending');
}

function spendBudget(api: ApiServer, pod: Pod, dryRun: boolean): void {
  const budgets = api
    .list<PodDisruptionBudget>('PodDisruptionBudget', pod.metadata.namespace)
    .filter(({ spec }) => matchesSelector(spec.selector, pod.metadata.labels));
  if (budgets.length > 1) {
    throw new ApiError('InternalError', 'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.');
  }
  const [budget] = budgets;
  if (!budget) return;
  const isReady = conditionOf(pod.status.conditions, 'Ready')?.status === 'True';
  if (!isReady && isUnhealthyFree(budget)) return;
  const { status, metadata } = budget;
  if ((status.observedGeneration ?? 0) < (metadata.generation ?? 0)) throw refusal();
  if (status.disruptionsAllowed <= 0) throw refusal();
  if (dryRun) return;
  const disruptedPods = { ...status.disruptedPods, [pod.metadata.name]: toTimestamp(api.nowMs) };
  const spent = { ...status, disruptionsAllowed: status.disruptionsAllowed - 1, disruptedPods };
  const isLast = spent.disruptionsAllowed === 0;
  api.updateStatus<PodDisruptionBudget>({ ...budget, status: isLast ? withDisruptionCondition(spent, api.nowMs) : spent });
}

/** Whether a pod that is not ready may go without being counted. */
function isUnhealthyFree({ spec, status }: PodDisruptionBudget): boolean {
  if (spec.unhealthyPodEvictionPolicy === 'AlwaysAllow') return true;
  return status.currentHealthy >= status.desiredHealthy && status.desiredHealthy > 0;
}

function refusal(): ApiError {
  return new ApiError('TooManyRequests', "Cannot evict pod as it would violate the pod's disruption budget.", { retryAfterSeconds: 10 });
}

function markDisrupted(api: ApiServer, pod: Pod): void {
  const old = conditionOf(pod.status.conditions, 'DisruptionTarget');
  if (old?.status === 'True' && old.reason === 'EvictionByEvictionAPI') return;
  api.updateStatus<Pod>({
    ...pod,
    status: disruptedStatus(pod.status, undefined, 'EvictionByEvictionAPI', 'Eviction API: evicting', api.nowMs),
  });
}
