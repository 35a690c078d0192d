// The pods of a DaemonSet: which nodes they belong on, what they tolerate, how they find their node.
// Models pkg/controller/daemon/util/daemonset_util.go and NodeShouldRunDaemonPod of pkg/controller/daemon/daemon_controller.go.
import type { DaemonSet } from '../../kube/kinds/daemonSet.ts';
import type { Node } from '../../kube/kinds/node.ts';
import type { NodeSelectorRequirement, NodeSelectorTerm, Pod, PodSpec, Toleration } from '../../kube/kinds/pod.ts';
import type { StringMap } from '../../kube/meta.ts';
import { podFromTemplate } from './podControl.ts';
import { toleratesAll } from './tolerations.ts';

export const REVISION_LABEL = 'controller-revision-hash';
const GENERATION_LABEL = 'pod-template-generation';
const GENERATION_ANNOTATION = 'deprecated.daemonset.template.generation';
const NODE_NAME_FIELD = 'metadata.name';

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

export function verdictOn(node: Node, { spec }: DaemonSet): NodeVerdict {
  const { template } = spec;
  const isElsewhere = Boolean(template.spec.nodeName) && template.spec.nodeName !== node.metadata.name;
  if (isElsewhere || !isChosen(node, template.spec)) return { shouldRun: false, mayStay: false };
  const tolerations = tolerationsOf(template.spec);
  const taints = node.spec.taints ?? [];
  if (toleratesAll(tolerations, taints, ['NoSchedule', 'NoExecute'])) return { shouldRun: true, mayStay: true };
  return { shouldRun: false, mayStay: toleratesAll(tolerations, taints, ['NoExecute']) };
}

function tolerationsOf({ tolerations = [], hostNetwork }: PodSpec): readonly Toleration[] {
  const added = hostNetwork ? [...TOLERATIONS, HOST_NETWORK_TOLERATION] : TOLERATIONS;
  const isSame = (a: Toleration, b: Toleration) =>
    a.key === b.key && a.effect === b.effect && a.operator === b.operator && (a.value ?? '') === (b.value ?? '');
  return [...tolerations.filter((given) => !added.some((one) => isSame(one, given))), ...added];
}

/** The daemon for one node: its required affinity names the node, and the scheduler does the rest. */
export function daemonFor(set: DaemonSet, nodeName: string, hash: string): Pod {
  const pod = podFromTemplate(set.spec.template, set);
  const generation = set.metadata.annotations?.[GENERATION_ANNOTATION];
  const labels = { ...pod.metadata.labels, [REVISION_LABEL]: hash, ...(generation ? { [GENERATION_LABEL]: generation } : {}) };
  const { affinity } = pod.spec;
  const nodeSelectorTerms: readonly NodeSelectorTerm[] = [{ matchFields: [{ key: NODE_NAME_FIELD, operator: 'In', values: [nodeName] }] }];
  const required = { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } };
  return {
    ...pod,
    metadata: { ...pod.metadata, labels },
    spec: {
      ...pod.spec,
      affinity: { ...affinity, nodeAffinity: { ...affinity?.nodeAffinity, ...required } },
      tolerations: tolerationsOf(pod.spec),
    },
  };
}

/** The node a daemon is on, or waits to be bound to. */
export function nodeNameOf({ spec }: Pod): string {
  if (spec.nodeName) return spec.nodeName;
  const terms = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  for (const { matchFields } of terms) {
    for (const { key, operator, values } of matchFields ?? []) if (key === NODE_NAME_FIELD && operator === 'In') return values?.[0] ?? '';
  }
  return '';
}

function isChosen({ metadata }: Node, spec: PodSpec): boolean {
  const labels = metadata.labels ?? {};
  if (!Object.entries(spec.nodeSelector ?? {}).every(([key, value]) => labels[key] === value)) return false;
  const terms = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  return !terms || terms.some((term) => isTermMet(term, labels, metadata.name));
}

/** An empty term takes no node. */
function isTermMet({ matchExpressions = [], matchFields = [] }: NodeSelectorTerm, labels: StringMap, name: string): boolean {
  if (matchExpressions.length + matchFields.length === 0) return false;
  const fields = { [NODE_NAME_FIELD]: name };
  return matchExpressions.every((one) => isMet(one, labels)) && matchFields.every((one) => isMet(one, fields));
}

function isMet({ key, operator, values = [] }: NodeSelectorRequirement, labels: StringMap): boolean {
  const value = labels[key];
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    case 'Gt':
      return Number(value) > Number(values[0]);
    case 'Lt':
      return Number(value) < Number(values[0]);
  }
}
