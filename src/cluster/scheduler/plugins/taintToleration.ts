// Keeps pods off nodes with taints that they do not tolerate, and rather off nodes with PreferNoSchedule taints.
// Models plugins/tainttoleration/taint_toleration.go.
import type { Node } from '../../../kube/kinds/node.ts';
import { normalizeToMax, type Plugin } from '../plugin.ts';
import type { PodTemplate } from '../podTemplate.ts';
import type { Rejection } from '../rejection.ts';
import { isTolerated, untoleratedTaint } from './tolerations.ts';

const name = 'TaintToleration';
const rejection: Rejection = { plugin: name, reasons: ['node(s) had untolerated taint(s)'], isFinal: true };

const accepts = (node: Node, { tolerations }: PodTemplate) => untoleratedTaint(node.spec.taints, tolerations) === undefined;

export const taintToleration: Plugin = {
  name,
  isLocal: true,
  weight: 3,
  filter: (template) => (node) => (node.node && accepts(node.node, template) ? undefined : rejection),
  score({ tolerations }) {
    const forgiving = tolerations.filter(({ effect }) => !effect || effect === 'PreferNoSchedule');
    return {
      of: ({ node }) => {
        let count = 0;
        for (const taint of node?.spec.taints ?? []) if (taint.effect === 'PreferNoSchedule' && !isTolerated(taint, forgiving)) count++;
        return count;
      },
      normalize: (scores) => normalizeToMax(scores, true),
    };
  },
  events: ['NodeAdd', 'NodeUpdate', 'PodUpdate'],
  hint(event, template) {
    if (event.type === 'NodeAdd') return accepts(event.node, template);
    if (event.type === 'NodeUpdate') return !accepts(event.before, template) && accepts(event.node, template);
    return event.type === 'PodUpdate' && event.pod.spec.tolerations !== event.before.spec.tolerations;
  },
};
