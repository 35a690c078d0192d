// What becomes of a pod for which no node fits: others may have to go for it; that is said, and it waits.
// Models handleSchedulingFailure of pkg/scheduler/schedule_one.go.
import type { Pod } from '../../kube/kinds/pod.ts';
import { DEFAULT_SCHEDULER as NAME } from '../../kube/kinds/podDefaults.ts';
import { type Condition, conditionOf, keyOf, toTimestamp } from '../../kube/meta.ts';
import type { Desk } from './desk.ts';
import type { Evaluation } from './evaluate.ts';
import { fitSentence } from './fitError.ts';
import { type Budget, type Candidate, preempt } from './preemption.ts';
import type { QueuedPod } from './queue.ts';
import type { Promised } from './victims.ts';

/** From a node being promised to its victims being told: upstream does that beside the scheduling loop. */
const PREEMPT_MS = 30;

export { NO_NODES } from './fitError.ts';
export { evictVictims } from './victims.ts';

/** No node fits: looks for victims, says so, and lets the pod wait. Returns the sentence. */
export function turnAway(desk: Desk, queued: QueuedPod, pod: Pod, evaluation: Evaluation): string {
  const { api, sim } = desk.ctx;
  const incoming = { key: queued.key, template: desk.cluster.templates.of(pod) };
  const found = preempt(incoming, pod, evaluation, {
    cluster: desk.cluster,
    budgets: api.list<Budget>('PodDisruptionBudget'),
    random: sim.random(`${NAME}/preemption`),
    podOf: (key) => api.getByKey<Pod>(key),
  });
  const rejectedBy = new Set(evaluation.rejected.map(({ rejection }) => rejection.plugin));
  if (evaluation.rejection) rejectedBy.add(evaluation.rejection.plugin);
  for (const plugin of evaluation.narrowedBy) rejectedBy.add(plugin);
  desk.queue.turnAway(queued, [...rejectedBy], sim.nowMs);
  if (found.candidate) {
    const message = fitSentence(evaluation, '');
    promise(desk, pod, found.candidate);
    reportFailure(desk, pod, message, found.candidate.nodeName);
    return message;
  }
  const message = fitSentence(evaluation, postFilterText(pod, evaluation, found.message));
  reportFailure(desk, pod, message, found.keepsNomination ? pod.status.nominatedNodeName : '');
  return message;
}

/** What the PostFilter plugins say: DynamicResources first, which takes no claim from anybody here, then DefaultPreemption. */
function postFilterText({ spec }: Pod, { rejection }: Evaluation, preemption: string): string {
  if (rejection) return 'not found';
  return `${spec.resourceClaims?.length ? 'still not schedulable' : 'no new claims to deallocate'}, ${preemption}`;
}

export function reportFailure(
  desk: Desk,
  pod: Pod,
  message: string,
  nominatedNodeName: string | undefined,
  reason = 'Unschedulable',
): void {
  const { api, recorder, sim } = desk.ctx;
  recorder.record({ component: NAME }, pod, 'Warning', 'FailedScheduling', message);
  const before = conditionOf(pod.status.conditions, 'PodScheduled');
  const condition: Condition = {
    type: 'PodScheduled',
    observedGeneration: pod.metadata.generation ?? 1,
    status: 'False',
    lastProbeTime: null,
    lastTransitionTime: before?.status === 'False' && before.lastTransitionTime ? before.lastTransitionTime : toTimestamp(sim.nowMs),
    reason,
    message,
  };
  const conditions = before
    ? (pod.status.conditions ?? []).map((each) => (each === before ? condition : each))
    : [...(pod.status.conditions ?? []), condition];
  const { nominatedNodeName: _old, ...status } = pod.status;
  api.updateStatus<Pod>({ ...pod, status: { ...status, conditions, ...(nominatedNodeName ? { nominatedNodeName } : {}) } });
}

function promise(desk: Desk, pod: Pod, { nodeName, victims }: Candidate): void {
  const victimKeys = victims.filter(({ isTerminating }) => !isTerminating).map(({ key }) => key);
  if (victimKeys.length === 0) return;
  const podKey = keyOf(pod);
  desk.preempting.add(podKey);
  const timer: Promised = { type: 'preempt', podKey, podUid: pod.metadata.uid ?? '', nodeName, victimKeys };
  desk.ctx.sim.schedule(PREEMPT_MS, 'scheduler', timer);
}
