// Kubernetes' sentence for a pod that fits nowhere. Models framework.FitError in pkg/scheduler/framework/types.go.
import type { Evaluation } from './evaluate.ts';

export const NO_NODES = 'no nodes available to schedule pods';

/** `0/3 nodes are available: 1 node(s) were unschedulable, 2 Insufficient cpu.` and what preemption had to say. */
export function fitSentence({ nodeCount, rejected, rejection, narrowedBy }: Evaluation, postFilter: string): string {
  const reasons = rejected.flatMap((each) => each.rejection.reasons);
  const unseen = narrowedBy.length > 0 ? nodeCount - rejected.length : 0;
  for (let i = 0; i < unseen; i++) reasons.push(`node(s) didn't satisfy plugin(s) [${narrowedBy.join(' ')}]`);
  const text = rejection ? ` ${rejection.reasons.join(', ')}.` : histogram(reasons);
  return `0/${nodeCount} nodes are available:${text}${postFilter ? ` ${postFilter}` : ''}`;
}

/** The reasons with their counts, sorted as text: so `1 Insufficient cpu` stands before `1 node(s)…` and before `2 …`. */
export function histogram(reasons: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const texts = [...counts].map(([reason, count]) => `${count} ${reason}`).sort();
  return texts.length > 0 ? ` ${texts.join(', ')}.` : '';
}
