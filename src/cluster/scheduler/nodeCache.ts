// What the plugins that look at one node alone found out about every node for one pod template, kept until that node changes.
// A bind changes one node, so the next pod of the template asks the plugins about one node instead of hundreds.
import type { Rejection } from './rejection.ts';

export class NodeCache {
  /** The version of the node, by slot, for which the results below hold. */
  readonly filteredAt: number[] = [];
  readonly rejections: (Rejection | undefined)[] = [];
  scoredAt = new Float64Array(0);
  /** Raw scores by plugin and slot. */
  readonly scores: Float64Array[] = [];

  /** Makes room for the scores of so many plugins on so many nodes. */
  reserve(pluginCount: number, slotCount: number): void {
    if (this.scoredAt.length >= slotCount) return;
    this.scoredAt = enlarged(this.scoredAt, slotCount);
    for (let i = 0; i < pluginCount; i++) this.scores[i] = enlarged(this.scores[i] ?? new Float64Array(0), slotCount);
  }
}

function enlarged(array: Float64Array, length: number): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(length * 2);
  larger.set(array);
  return larger;
}
