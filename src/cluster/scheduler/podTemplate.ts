// What the scheduler must know of a pod, read once and shared by all pods made alike: the replicas of one ReplicaSet are one
// template here, so what was found out about a node for one of them holds for the next. Models framework.PodInfo and PodSignature.
import { isEqual } from '../../base/equal.ts';
import { Late } from '../../base/late.ts';
import { type HostPort, hostPortsOf } from '../../kube/hostPorts.ts';
import type { Pod, Toleration, TopologySpreadConstraint } from '../../kube/kinds/pod.ts';
import { claimNamesOf } from '../../kube/kinds/volumes.ts';
import { controllerOf, type LabelSelector, type StringMap } from '../../kube/meta.ts';
import type { NodeCache } from './nodeCache.ts';
import { nonZeroRequestsOf, type Resources, requestsOf } from './resources.ts';

/** One term of pod (anti-)affinity, ready to be asked. */
export interface AffinityTerm {
  readonly topologyKey: string;
  /** Tells terms apart that choose different pods. */
  readonly id: string;
  readonly namespaces: ReadonlySet<string>;
  /** Set when namespaces are chosen by their labels as well. */
  readonly namespaceSelector: LabelSelector | undefined;
  readonly matchesLabels: (labels: StringMap | undefined) => boolean;
  readonly weight: number;
}

export interface PodTemplate {
  readonly namespace: string;
  readonly labels: StringMap | undefined;
  readonly priority: number;
  readonly requests: Resources;
  readonly nonZero: { readonly milliCPU: number; readonly memory: number };
  readonly hostPorts: readonly HostPort[];
  readonly tolerations: readonly Toleration[];
  readonly affinity: AffinityTerms | undefined;
  readonly spread: readonly TopologySpreadConstraint[];
  /** The pod it was read from; its name, uid and status are those of one of many. */
  readonly pod: Pod;
  /** What plugins found out about nodes for this template; made when a second pod needs it. */
  cache: NodeCache | undefined;
  useCount: number;
}

export interface AffinityTerms {
  readonly required: readonly AffinityTerm[];
  readonly preferred: readonly AffinityTerm[];
  readonly requiredAnti: readonly AffinityTerm[];
  readonly preferredAnti: readonly AffinityTerm[];
}

/** Reads them from a pod that has some. */
export const affinityTerms = new Late<(pod: Pod) => AffinityTerms>('affinity');

export function templateOf(pod: Pod): PodTemplate {
  const { spec, metadata } = pod;
  return {
    namespace: metadata.namespace ?? '',
    labels: metadata.labels,
    priority: spec.priority ?? 0,
    requests: requestsOf(pod),
    nonZero: nonZeroRequestsOf(pod),
    hostPorts: hostPortsOf(pod),
    tolerations: spec.tolerations ?? [],
    affinity: spec.affinity?.podAffinity || spec.affinity?.podAntiAffinity ? affinityTerms.get()(pod) : undefined,
    spread: spec.topologySpreadConstraints ?? [],
    pod,
    cache: undefined,
    useCount: 0,
  };
}

/** Owners beyond this many are forgotten, the oldest first; their pods are read anew. */
const OWNERS_MAX = 2048;

/**
 * Gives pods made alike the same template. It knows the last template of every owner and zone, since a bound pod is labelled with the
 * zone of its node; that is enough, for replicas come in rows.
 */
export class PodTemplates {
  private readonly last = new Map<string, PodTemplate>();

  of(pod: Pod): PodTemplate {
    const owner = controllerOf(pod)?.uid;
    if (owner === undefined) return templateOf(pod);
    const { labels } = pod.metadata;
    const id = `${owner} ${labels?.['topology.kubernetes.io/zone'] ?? ''} ${labels?.['topology.kubernetes.io/region'] ?? ''}`;
    const known = this.last.get(id);
    if (known && isAlike(known.pod, pod)) return known;
    const template = templateOf(pod);
    if (this.last.size >= OWNERS_MAX) this.last.delete(this.last.keys().next().value as string);
    this.last.set(id, template);
    return template;
  }
}

/** Whether no plugin could tell the two apart. */
export function isAlike(a: Pod, b: Pod): boolean {
  const left = a.spec;
  const right = b.spec;
  return (
    a.metadata.namespace === b.metadata.namespace &&
    left.priority === right.priority &&
    isEqual(left.containers, right.containers) &&
    isEqual(a.metadata.labels, b.metadata.labels) &&
    isEqual(left.initContainers, right.initContainers) &&
    isEqual(left.nodeSelector, right.nodeSelector) &&
    isEqual(left.affinity, right.affinity) &&
    isEqual(left.tolerations, right.tolerations) &&
    isEqual(left.topologySpreadConstraints, right.topologySpreadConstraints) &&
    isEqual(left.overhead, right.overhead) &&
    left.preemptionPolicy === right.preemptionPolicy &&
    isEqual(claimNamesOf(a), claimNamesOf(b))
  );
}

/** A selector that also asks for the pod's own values of some labels, or for other values. */
export function withOwnLabels(
  selector: LabelSelector | undefined,
  labels: StringMap | undefined,
  matchKeys: readonly string[] = [],
  mismatchKeys: readonly string[] = [],
): LabelSelector | undefined {
  const own = (keys: readonly string[], operator: 'In' | 'NotIn') =>
    keys.flatMap((key) => {
      const value = labels?.[key];
      return value === undefined ? [] : [{ key, operator, values: [value] }];
    });
  const added = [...own(matchKeys, 'In'), ...own(mismatchKeys, 'NotIn')];
  if (!selector || added.length === 0) return selector;
  return { ...selector, matchExpressions: [...(selector.matchExpressions ?? []), ...added] };
}
