// The pods of a DaemonSet: which nodes they belong on, what they tolerate, how they find their node, which template they are of.
// Models pkg/controller/daemon/util/daemonset_util.go and NodeShouldRunDaemonPod of pkg/controller/daemon/daemon_controller.go.
import { type DaemonSet, NODE_NAME_FIELD } from '../../kube/kinds/daemonSet.ts';
import { TEMPLATE_GENERATION } from '../../kube/kinds/daemonSetKind.ts';
import type { Node } from '../../kube/kinds/node.ts';
import { type Affinity, isPodReady, type NodeSelectorTerm, type Pod, type PodSpec, type Toleration } from '../../kube/kinds/pod.ts';
import { conditionOf, fromTimestamp } from '../../kube/meta.ts';
import { matchesNode } from '../../kube/nodeSelectors.ts';
import { podFromTemplate } from './podControl.ts';
import { toleratesAll } from './tolerations.ts';

export const REVISION_LABEL = 'controller-revision-hash';
const GENERATION_LABEL = 'pod-template-generation';

/** What daemons put up with so that they run where nothing else does. */
const TOLERATIONS: readonly Toleration[] = [
  { key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute' },
  { key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoExecute' },
  { key: 'node.kubernetes.io/disk-pressure', operator: 'Exists', effect: 'NoSchedule' },
  { key: 'node.kubernetes.io/memory-pressure', operator: 'Exists', effect: 'NoSchedule' },
  { key: 'node.kubernetes.io/pid-pressure', operator: 'Exists', effect: 'NoSchedule' },
  { key: 'node.kubernetes.io/unschedulable', operator: 'Exists', effect: 'NoSchedule' },
];
const HOST_NETWORK_TOLERATION: Toleration = { key: 'node.kubernetes.io/network-unavailable', operator: 'Exists', effect: 'NoSchedule' };

/** Whether a node is to have a daemon, and whether one that is there may stay. */
export interface NodeVerdict {
  readonly shouldRun: boolean;
  readonly mayStay: boolean;
}

const NEITHER: NodeVerdict = { shouldRun: false, mayStay: false };

/** The judge of nodes for a set. */
export function judgeOf({ spec: { template } }: DaemonSet): (node: Node) => NodeVerdict {
  const tolerations = tolerationsOf(template.spec);
  const { nodeName } = template.spec;
  return (node) => {
    if ((nodeName && nodeName !== node.metadata.name) || !matchesNode(template, node)) return NEITHER;
    const taints = node.spec.taints ?? [];
    if (toleratesAll(tolerations, taints, ['NoSchedule', 'NoExecute'])) return { shouldRun: true, mayStay: true };
    return { shouldRun: false, mayStay: toleratesAll(tolerations, taints, ['NoExecute']) };
  };
}

/** The template's own tolerations and what every daemon tolerates, which is for ever. */
function tolerationsOf({ tolerations = [], hostNetwork }: PodSpec): readonly Toleration[] {
  const added = hostNetwork ? [...TOLERATIONS, HOST_NETWORK_TOLERATION] : TOLERATIONS;
  const isSame = (a: Toleration, b: Toleration) =>
    a.key === b.key && a.effect === b.effect && a.operator === b.operator && (a.value ?? '') === (b.value ?? '');
  const own = tolerations.map((given) => added.find((one) => isSame(one, given)) ?? given);
  return [...own, ...added.filter((one) => !own.includes(one))];
}

/** Makes the daemon for one node: its required affinity names the node, and the scheduler does the rest. */
export function daemonMaker(set: DaemonSet, hash: string): (nodeName: string) => Pod {
  const pod = podFromTemplate(set.spec.template, set);
  const generation = set.metadata.annotations?.[TEMPLATE_GENERATION];
  const labels = { ...pod.metadata.labels, ...(generation ? { [GENERATION_LABEL]: generation } : {}), [REVISION_LABEL]: hash };
  const metadata = { ...pod.metadata, labels };
  const tolerations = tolerationsOf(pod.spec);
  return (nodeName) => ({ ...pod, metadata, spec: { ...pod.spec, affinity: affinityTo(nodeName, pod.spec.affinity), tolerations } });
}

function affinityTo(nodeName: string, affinity: Affinity | undefined): Affinity {
  const nodeSelectorTerms: readonly NodeSelectorTerm[] = [{ matchFields: [{ key: NODE_NAME_FIELD, operator: 'In', values: [nodeName] }] }];
  const required = { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } };
  return { ...affinity, nodeAffinity: { ...affinity?.nodeAffinity, ...required } };
}

export function isLeaving({ metadata }: Pod): boolean {
  return metadata.deletionTimestamp !== undefined;
}

/** Whether a daemon is of today's template: by the name of its revision, or by the number of its template. */
export function isUpdated({ metadata: { labels } }: Pod, set: DaemonSet, hash: string): boolean {
  const generation = set.metadata.annotations?.[TEMPLATE_GENERATION];
  return labels?.[REVISION_LABEL] === hash || (generation !== undefined && labels?.[GENERATION_LABEL] === generation);
}

/** When a ready daemon has been ready for long enough; never for others. */
export function availableAtMs(pod: Pod, { spec }: DaemonSet): number {
  if (!isPodReady(pod)) return Number.POSITIVE_INFINITY;
  const minReadyMs = (spec.minReadySeconds ?? 0) * 1000;
  return minReadyMs === 0 ? 0 : fromTimestamp(conditionOf(pod.status.conditions, 'Ready')?.lastTransitionTime) + minReadyMs;
}

/** Bound before unbound, older before younger. */
export function byAge(a: Pod, b: Pod): number {
  const isBound = ({ spec }: Pod) => (spec.nodeName ? 0 : 1);
  const created = ({ metadata }: Pod) => fromTimestamp(metadata.creationTimestamp);
  return isBound(a) - isBound(b) || created(a) - created(b) || (a.metadata.name < b.metadata.name ? -1 : 1);
}
