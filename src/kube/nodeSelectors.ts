// Whether a pod's nodeSelector and required node affinity choose a node. Models component-helpers/scheduling/corev1/nodeaffinity.
import type { Node } from './kinds/node.ts';
import type { NodeSelectorRequirement, NodeSelectorTerm, Pod } from './kinds/pod.ts';
import { matchesLabels } from './labels.ts';

export function matchesNode({ spec }: Pick<Pod, 'spec'>, node: Node): boolean {
  if (spec.nodeSelector && !matchesLabels(spec.nodeSelector, node.metadata.labels)) return false;
  const required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  return !required || required.nodeSelectorTerms.some((term) => matchesTerm(term, node));
}

/** All requirements of a term must hold; a term without any chooses nothing. */
export function matchesTerm({ matchExpressions = [], matchFields = [] }: NodeSelectorTerm, node: Node): boolean {
  if (matchExpressions.length === 0 && matchFields.length === 0) return false;
  return (
    matchExpressions.every((requirement) => matches(requirement, node.metadata.labels?.[requirement.key])) &&
    matchFields.every((requirement) => matches(requirement, requirement.key === 'metadata.name' ? node.metadata.name : undefined))
  );
}

function matches({ operator, values = [] }: NodeSelectorRequirement, value: string | undefined): boolean {
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default: {
      if (value === undefined || !/^[+-]?\d+$/.test(value)) return false;
      return operator === 'Gt' ? Number(value) > Number(values[0]) : Number(value) < Number(values[0]);
    }
  }
}

/** The only nodes that required affinity by metadata.name leaves, or undefined when it does not name any. */
export function namedNodes({ spec }: Pod): Set<string> | undefined {
  const terms = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  if (!terms?.length) return undefined;
  const names = new Set<string>();
  for (const { matchFields = [] } of terms) {
    const lists = matchFields.filter(({ key, operator }) => key === 'metadata.name' && operator === 'In').map(({ values = [] }) => values);
    if (lists.length === 0) return undefined;
    for (const nodeName of lists[0] as readonly string[]) if (lists.every((list) => list.includes(nodeName))) names.add(nodeName);
  }
  return names;
}
