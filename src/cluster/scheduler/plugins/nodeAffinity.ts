// Nodes that a pod's nodeSelector and node affinity ask for. Models plugins/nodeaffinity/node_affinity.go.

import { matchesNode, matchesTerm, namedNodes } from '../../../kube/nodeSelectors.ts';
import { normalizeToMax, type Plugin } from '../plugin.ts';
import type { Rejection } from '../rejection.ts';

const name = 'NodeAffinity';
const rejection: Rejection = { plugin: name, reasons: ["node(s) didn't match Pod's node affinity/selector"], isFinal: true };
const conflict: Rejection = { plugin: name, reasons: ['pod affinity terms conflict'], isFinal: true };

export const nodeAffinity: Plugin = {
  name,
  isLocal: true,
  weight: 2,
  preFilter({ pod }) {
    const nodeNames = namedNodes(pod);
    if (!nodeNames) return undefined;
    return nodeNames.size === 0 ? { rejection: conflict } : { nodeNames };
  },
  filter({ pod }) {
    if (!pod.spec.nodeSelector && !pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution) return undefined;
    return ({ node }) => (node && matchesNode(pod, node) ? undefined : rejection);
  },
  score({ pod }) {
    const preferred = pod.spec.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
    if (preferred.length === 0) return undefined;
    return {
      of: ({ node }) => {
        let score = 0;
        for (const { weight, preference } of preferred) if (node && matchesTerm(preference, node)) score += weight;
        return score;
      },
      normalize: (scores) => normalizeToMax(scores, false),
    };
  },
  events: ['NodeAdd', 'NodeUpdate'],
  hint(event, { pod }) {
    if (event.type === 'NodeAdd') return matchesNode(pod, event.node);
    return event.type === 'NodeUpdate' && !matchesNode(pod, event.before) && matchesNode(pod, event.node);
  },
};
