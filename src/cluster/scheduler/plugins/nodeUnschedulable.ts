// Keeps pods off cordoned nodes. Models plugins/nodeunschedulable/node_unschedulable.go.
import type { Node } from '../../../kube/kinds/node.ts';
import type { Plugin } from '../plugin.ts';
import type { PodTemplate } from '../podTemplate.ts';
import type { Rejection } from '../rejection.ts';
import { isTolerated } from './tolerations.ts';

const name = 'NodeUnschedulable';
const rejection: Rejection = { plugin: name, reasons: ['node(s) were unschedulable'], isFinal: true };
const taint = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' } as const;

const accepts = (node: Node, { tolerations }: PodTemplate) => !node.spec.unschedulable || isTolerated(taint, tolerations);

export const nodeUnschedulable: Plugin = {
  name,
  isLocal: true,
  filter: (template) => (node) => (node.node && accepts(node.node, template) ? undefined : rejection),
  events: ['NodeAdd', 'NodeUpdate', 'PodUpdate'],
  hint(event, template) {
    if (event.type === 'NodeAdd') return accepts(event.node, template);
    if (event.type === 'NodeUpdate') return !accepts(event.before, template) && accepts(event.node, template);
    return event.type === 'PodUpdate' && event.pod.spec.tolerations !== event.before.spec.tolerations;
  },
};
