// What those who act for the scheduler share: its queue, the nodes as it sees them, and whose victims it has still to tell.
import type { Key } from '../../kube/meta.ts';
import type { PartContext } from '../part.ts';
import type { ClusterState } from './clusterState.ts';
import type { SchedulingQueue } from './queue.ts';

export interface Desk {
  readonly ctx: PartContext;
  readonly queue: SchedulingQueue;
  readonly cluster: ClusterState;
  /** Pods whose victims have not been told yet: not tried meanwhile. */
  readonly preempting: Set<Key>;
}
