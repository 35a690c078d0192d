// What comes of a preemption: a node was promised to a pod, and those that stand in its way go. Models prepareCandidate of
// pkg/scheduler/framework/preemption/executor.go.
import type { Pod } from '../../kube/kinds/pod.ts';
import { DEFAULT_SCHEDULER } from '../../kube/kinds/podDefaults.ts';
import type { Key } from '../../kube/meta.ts';
import { disruptedStatus } from '../disruptionTarget.ts';
import type { PartContext } from '../part.ts';
import type { ClusterState } from './clusterState.ts';

/** A timer: a node was promised to a pod, and these pods have to go first. */
export interface Promised {
  readonly type: 'preempt';
  readonly podKey: Key;
  readonly podUid: string;
  readonly nodeName: string;
  readonly victimKeys: readonly Key[];
}

/** Deletes the victims that are still there, and lets less important pods that were promised the same node look for another. */
export function evictVictims(promised: Promised, { api, recorder, sim }: PartContext, nominated: ClusterState['nominated']): void {
  const { podKey, podUid, nodeName, victimKeys } = promised;
  const priority = api.getByKey<Pod>(podKey)?.spec.priority ?? 0;
  for (const [key, { priority: othersPriority }] of nominated.get(nodeName) ?? []) {
    const other = api.getByKey<Pod>(key);
    if (key === podKey || !other || othersPriority >= priority) continue;
    const { nominatedNodeName: _old, ...status } = other.status;
    api.updateStatus<Pod>({ ...other, status });
  }
  for (const key of victimKeys) {
    const victim = api.getByKey<Pod>(key);
    if (!victim || victim.metadata.deletionTimestamp) continue;
    const message = `${DEFAULT_SCHEDULER}: preempting to accommodate a higher priority pod`;
    const status = disruptedStatus(victim.status, victim.metadata.generation, 'PreemptionByScheduler', message, sim.nowMs);
    const marked = api.updateStatus<Pod>({ ...victim, status });
    api.delete('Pod', victim.metadata.namespace, victim.metadata.name);
    recorder.record({ component: DEFAULT_SCHEDULER }, marked, 'Normal', 'Preempted', `Preempted by pod ${podUid} on node ${nodeName}`);
  }
}
