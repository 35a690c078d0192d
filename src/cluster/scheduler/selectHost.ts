// Which of the nodes that fit a pod gets it. Models selectHost and newSortedNodeScores of pkg/scheduler/schedule_one.go.
import type { RandomStream } from '../../base/random.ts';
import type { Score } from './evaluate.ts';
import type { NodeState } from './nodeState.ts';

/**
 * The node with the most points, of at least one. Among equals the top of a heap over the nodes in the order in which their filters
 * ended; by chance where one is given, as more pods are waiting.
 */
export function selectHost(feasible: readonly NodeState[], scores: readonly Score[], chance: RandomStream | undefined): NodeState {
  const totals = new Float64Array(feasible.length);
  for (const { points } of scores) for (let i = 0; i < totals.length; i++) totals[i] = (totals[i] as number) + (points[i] as number);
  if (!chance) return feasible[topOfHeap(totals)] as NodeState;
  const most = totals.reduce((a, b) => Math.max(a, b));
  const tied = feasible.filter((_, i) => totals[i] === most);
  return tied[tied.length === 1 ? 0 : chance.below(tied.length)] as NodeState;
}

/** The index that container/heap's Init brings to the top of these totals, greatest first. */
function topOfHeap(totals: Float64Array): number {
  const heap = totals.map((_, i) => i);
  const isBefore = (a: number, b: number) => (totals[heap[a] as number] as number) > (totals[heap[b] as number] as number);
  for (let start = (heap.length >> 1) - 1; start >= 0; start--) {
    for (let i = start; 2 * i + 1 < heap.length; ) {
      let child = 2 * i + 1;
      if (child + 1 < heap.length && isBefore(child + 1, child)) child++;
      if (!isBefore(child, i)) break;
      [heap[i], heap[child]] = [heap[child] as number, heap[i] as number];
      i = child;
    }
  }
  return heap[0] as number;
}
