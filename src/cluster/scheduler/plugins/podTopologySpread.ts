// Spreads pods over topology domains: constraints that must hold, and wishes. Models plugins/podtopologyspread/{filtering,scoring}.go.
// A pod without constraints gets the system's wishes: over hosts (skew 3) and zones (skew 5), together with its siblings.
import { ln } from '../../../base/mathematics.ts';
import type { Node } from '../../../kube/kinds/node.ts';
import type { TopologySpreadConstraint } from '../../../kube/kinds/pod.ts';
import { compileSelector, isEmptySelector } from '../../../kube/labels.ts';
import type { LabelSelector } from '../../../kube/meta.ts';
import { matchesNode } from '../../../kube/nodeSelectors.ts';
import type { ClusterState } from '../clusterState.ts';
import type { NodeState } from '../nodeState.ts';
import { type NodeScorer, type Plugin, SCORE_MAX } from '../plugin.ts';
import type { DomainCounts, PodCounter } from '../podCounter.ts';
import { type PodTemplate, withOwnLabels } from '../podTemplate.ts';
import type { Rejection } from '../rejection.ts';
import { defaultSelector } from './defaultSelector.ts';
import { untoleratedTaint } from './tolerations.ts';

const name = 'PodTopologySpread';
const tooSkewed: Rejection = { plugin: name, reasons: ["node(s) didn't match pod topology spread constraints"], isFinal: false };
const noLabel: Rejection = {
  plugin: name,
  reasons: ["node(s) didn't match pod topology spread constraints (missing required label)"],
  isFinal: true,
};

const HOSTNAME = 'kubernetes.io/hostname';
const SYSTEM_DEFAULTS = [
  { topologyKey: HOSTNAME, maxSkew: 3 },
  { topologyKey: 'topology.kubernetes.io/zone', maxSkew: 5 },
];

/** A constraint with its running counts. */
interface Spread {
  readonly topologyKey: string;
  readonly maxSkew: number;
  readonly minDomains: number;
  readonly isSelfChosen: boolean;
  readonly counter: PodCounter;
  readonly domains: DomainCounts;
}

export const podTopologySpread: Plugin = {
  name,
  isLocal: false,
  weight: 2,
  filter(template, cluster) {
    const spreads = spreadsOf(template, cluster, 'DoNotSchedule');
    if (spreads.length === 0) return undefined;
    // The least crowded domain counts as empty while there are fewer domains than asked for.
    const leasts = spreads.map(({ domains, minDomains }) => (domains.sums.size < minDomains ? 0 : Math.min(...domains.sums.values())));
    return ({ node }) => {
      for (const [i, { topologyKey, maxSkew, isSelfChosen, domains }] of spreads.entries()) {
        const domain = node?.metadata.labels?.[topologyKey];
        if (domain === undefined) return noLabel;
        const skew = (domains.sums.get(domain) ?? 0) + (isSelfChosen ? 1 : 0) - (leasts[i] as number);
        if (skew > maxSkew) return tooSkewed;
      }
      return undefined;
    };
  },
  score(template, cluster, feasible) {
    if (template.spread.length > 0) return scorer(spreadsOf(template, cluster, 'ScheduleAnyway'), feasible, true);
    const selector = defaultSelector(template, cluster);
    if (isEmptySelector(selector)) return undefined;
    const spreads = remembered(template, cluster, 'defaults', () =>
      SYSTEM_DEFAULTS.map((constraint) => spreadOf({ ...constraint, whenUnsatisfiable: 'ScheduleAnyway' }, selector, template, cluster)),
    );
    return scorer(spreads, feasible, false);
  },
  events: ['AssignedPodAdd', 'AssignedPodUpdate', 'AssignedPodDelete', 'NodeAdd', 'NodeUpdate', 'NodeDelete', 'PodUpdate'],
  hint(event, template) {
    switch (event.type) {
      case 'AssignedPodAdd':
      case 'AssignedPodDelete':
        return isCounted(event.template, template);
      case 'AssignedPodUpdate':
        return isCounted(event.template, template) !== isCounted(event.was, template);
      case 'NodeAdd':
      case 'NodeDelete':
        return hasKeys(event.node, template);
      case 'NodeUpdate':
        return isDomainChange(event.before, event.node, template);
      case 'PodUpdate':
        return event.pod.metadata.labels !== event.before.metadata.labels || event.pod.spec.tolerations !== event.before.spec.tolerations;
      default:
        return false;
    }
  },
};

function selectorOf(constraint: TopologySpreadConstraint, { labels }: PodTemplate): LabelSelector | undefined {
  return withOwnLabels(constraint.labelSelector, labels, constraint.matchLabelKeys);
}

function isCounted(other: PodTemplate, template: PodTemplate): boolean {
  if (other.namespace !== template.namespace) return false;
  return template.spread.some((constraint) => compileSelector(selectorOf(constraint, template))(other.labels));
}

const hasKeys = ({ metadata }: Node, { spread }: PodTemplate) =>
  spread.every(({ topologyKey }) => metadata.labels?.[topologyKey] !== undefined);

function isDomainChange(before: Node, after: Node, template: PodTemplate): boolean {
  if (!hasKeys(before, template) && !hasKeys(after, template)) return false;
  const domain = (node: Node, key: string) => node.metadata.labels?.[key];
  return (
    before.spec !== after.spec || template.spread.some(({ topologyKey }) => domain(before, topologyKey) !== domain(after, topologyKey))
  );
}

function spreadsOf(template: PodTemplate, cluster: ClusterState, action: TopologySpreadConstraint['whenUnsatisfiable']): readonly Spread[] {
  if (template.spread.length === 0) return [];
  const keys = template.spread.filter(({ whenUnsatisfiable }) => whenUnsatisfiable === action).map(({ topologyKey }) => topologyKey);
  return remembered(template, cluster, action, () =>
    template.spread
      .filter(({ whenUnsatisfiable }) => whenUnsatisfiable === action)
      .map((constraint) => spreadOf(constraint, selectorOf(constraint, template), template, cluster, keys)),
  );
}

const known = new WeakMap<PodTemplate, Map<string, { readonly version: string; readonly spreads: readonly Spread[] }>>();

/** The counts stay the same objects while nodes, Services and counters stay what they are. */
function remembered(template: PodTemplate, cluster: ClusterState, name: string, read: () => readonly Spread[]): readonly Spread[] {
  const version = `${cluster.nodesVersion} ${cluster.objectsVersion} ${cluster.countersVersion}`;
  let lists = known.get(template);
  if (!lists) known.set(template, (lists = new Map()));
  const last = lists.get(name);
  if (last?.version === version) return last.spreads;
  const spreads = read();
  // Reading may have dropped a counter, so the version is that of now.
  lists.set(name, { version: `${cluster.nodesVersion} ${cluster.objectsVersion} ${cluster.countersVersion}`, spreads });
  return spreads;
}

/** Nodes that lack one of `keys` hold no domain at all. */
function spreadOf(
  constraint: TopologySpreadConstraint,
  selector: LabelSelector | undefined,
  template: PodTemplate,
  cluster: ClusterState,
  keys: readonly string[] = [],
): Spread {
  const { topologyKey, maxSkew, minDomains, nodeAffinityPolicy, nodeTaintsPolicy } = constraint;
  const { namespace, pod, tolerations } = template;
  const chooses = compileSelector(selector);
  const isOfNode =
    nodeAffinityPolicy !== 'Ignore' && (pod.spec.nodeSelector !== undefined || pod.spec.affinity?.nodeAffinity !== undefined);
  const isOfTaints = nodeTaintsPolicy === 'Honor';
  const counter = cluster.counter(
    `spread ${namespace} ${JSON.stringify(selector ?? null)}`,
    (other) => other.namespace === namespace && chooses(other.labels),
  );
  const eligibility = JSON.stringify([
    keys,
    isOfNode ? [pod.spec.nodeSelector, pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution] : 0,
    isOfTaints ? tolerations : 0,
  ]);
  const isEligible = ({ node }: NodeState) =>
    node !== undefined &&
    keys.every((key) => node.metadata.labels?.[key] !== undefined) &&
    (!isOfNode || matchesNode(pod, node)) &&
    (!isOfTaints || untoleratedTaint(node.spec.taints, tolerations) === undefined);
  return {
    topologyKey,
    maxSkew,
    minDomains: minDomains ?? 1,
    isSelfChosen: chooses(template.labels),
    counter,
    domains: cluster.domains(counter, topologyKey, eligibility, isEligible),
  };
}

/** The raw score of a node is how many such pods its domains hold, weighted by the number of domains; the fewer the better. */
function scorer(spreads: readonly Spread[], feasible: readonly NodeState[], needsAllKeys: boolean): NodeScorer | undefined {
  if (spreads.length === 0) return undefined;
  const isIgnored = (node: NodeState) => needsAllKeys && spreads.some(({ domains }) => domains.of(node) === undefined);
  const scored = needsAllKeys ? feasible.filter((node) => !isIgnored(node)) : feasible;
  // A key that no node has says nothing.
  const telling = spreads.filter(({ domains }) => domains.sums.size > 0);
  const weights = telling.map(({ topologyKey, domains }) => {
    if (topologyKey === HOSTNAME) return ln(scored.length + 2);
    return ln(new Set(scored.map((node) => domains.of(node) ?? '')).size + 2);
  });
  return {
    of: (node) => {
      if (isIgnored(node)) return -1;
      let score = 0;
      for (let i = 0; i < telling.length; i++) {
        const { topologyKey, maxSkew, counter, domains } = telling[i] as Spread;
        const domain = domains.of(node);
        if (domain === undefined) continue;
        const count = topologyKey === HOSTNAME ? counter.count(node) : (domains.sums.get(domain) ?? 0);
        score += count * (weights[i] as number) + maxSkew - 1;
      }
      return Math.round(score);
    },
    normalize: invert,
  };
}

function invert(scores: Float64Array): void {
  let min = Number.POSITIVE_INFINITY;
  let max = 0;
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i] as number;
    if (score < 0) continue;
    if (score < min) min = score;
    if (score > max) max = score;
  }
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i] as number;
    if (score < 0) scores[i] = 0;
    else scores[i] = max === 0 ? SCORE_MAX : Math.floor((SCORE_MAX * (max + min - score)) / max);
  }
}
