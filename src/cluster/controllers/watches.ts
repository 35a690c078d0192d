// What asks for controllers that come later: the first change that may give them something to do. Each may ask too soon, but not too late.
import type { Node } from '../../kube/kinds/node.ts';
import { isPodTerminal, type Pod, type Volume } from '../../kube/kinds/pod.ts';
import type { Watch } from '../controller.ts';

/** Ended pods are kept to be looked at, but not without end. */
export const TERMINATED_PODS_MAX = 12_500;
const OUT_OF_SERVICE = 'node.kubernetes.io/out-of-service';

export const taintWatch: Watch = {
  kind: 'Node',
  keys: ({ key, after }) => ((after as Node | undefined)?.spec.taints?.some(({ effect }) => effect === 'NoExecute') ? [key] : []),
};

/** A node that an administrator declared out of service will not end its pods any more. */
export function isOutOfService(node: Node): boolean {
  return node.spec.taints?.some(({ key }) => key === OUT_OF_SERVICE) ?? false;
}

export const sweepWatches: readonly Watch[] = [
  { kind: 'Node', keys: ({ key, after }) => (!after || isOutOfService(after as Node) ? [key] : []) },
  {
    kind: 'Pod',
    keys({ key, after }, { api }) {
      if (!after) return [];
      const pod = after as Pod;
      const isLost = pod.spec.nodeName && !api.get<Node>('Node', undefined, pod.spec.nodeName);
      return isLost || (isPodTerminal(pod) && api.count('Pod') > TERMINATED_PODS_MAX) ? [key] : [];
    },
  },
];

export const endingNamespaceWatch: Watch = {
  kind: 'Namespace',
  keys: ({ key, after }) => (after?.metadata.deletionTimestamp === undefined ? [] : [key]),
};

export const isEphemeral = (volume: Volume): boolean => volume['ephemeral'] !== undefined;

/** Pods whose claims are made for them. */
export const podClaimWatch: Watch = {
  kind: 'Pod',
  keys({ key, before, after }) {
    if (before || !after) return [];
    const { spec } = after as Pod;
    return spec.resourceClaims?.length || spec.volumes?.some(isEphemeral) ? [key] : [];
  },
};
