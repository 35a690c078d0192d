// What the plugins that look at one node alone found out about every node for one pod template, kept until that node changes.
// A bind changes one node, so the next pod of the template asks the plugins about one node instead of hundreds.
import type { Rejection } from './plugin.ts';

export class NodeCache {
  /** The version of the node, by slot, for which the results below hold. */
  readonly filteredAt: number[] = [];
  readonly scoredAt: number[] = [];
  readonly rejections: (Rejection | undefined)[] = [];
  /** Raw scores by plugin and slot. */
  readonly scores: number[][] = [];
}
