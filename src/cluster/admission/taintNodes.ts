// A new node takes no pods until the node controller has seen that it is ready.
// Models plugin/pkg/admission/nodetaint/admission.go (TaintNodesByCondition).
import type { Node } from '../../kube/kinds/node.ts';
import type { KubeObject } from '../../kube/meta.ts';
import type { Admission } from './admission.ts';

const NOT_READY = 'node.kubernetes.io/not-ready';

export const taintNodes: Admission = {
  name: 'TaintNodesByCondition',
  kinds: ['Node'],
  create(object: KubeObject) {
    const node = object as Node;
    const taints = node.spec?.taints ?? [];
    if (taints.some(({ key, effect }) => key === NOT_READY && effect === 'NoSchedule')) return node;
    return { ...node, spec: { ...node.spec, taints: [...taints, { key: NOT_READY, effect: 'NoSchedule' }] } };
  },
};
