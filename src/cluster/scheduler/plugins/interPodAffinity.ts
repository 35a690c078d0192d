// Puts pods beside, or apart from, other pods. Models plugins/interpodaffinity/{filtering,scoring}.go.
// Rules point both ways: those of the new pod, and the anti-affinity and wishes of the pods that are there already.
import { matchesSelector } from '../../../kube/labels.ts';
import { keyFor } from '../../../kube/meta.ts';
import type { ClusterState } from '../clusterState.ts';
import type { NodeState } from '../nodeState.ts';
import { type Plugin, SCORE_MAX } from '../plugin.ts';
import type { DomainCounts } from '../podCounter.ts';
import type { AffinityTerm, PodTemplate } from '../podTemplate.ts';
import type { Rejection } from '../rejection.ts';

const name = 'InterPodAffinity';
const reject = (reason: string, isFinal: boolean): Rejection => ({ plugin: name, reasons: [reason], isFinal });
const noFriend = reject("node(s) didn't match pod affinity rules", true);
const foe = reject("node(s) didn't match pod anti-affinity rules", false);
const unwelcome = reject("node(s) didn't satisfy existing pods anti-affinity rules", false);

/** What a required affinity of a pod that is there already is worth to the score, both ways. */
const HARD_AFFINITY_WEIGHT = 1;

export const interPodAffinity: Plugin = {
  name,
  isLocal: false,
  weight: 2,
  filter(template, cluster) {
    const { affinity } = template;
    if (!affinity?.required.length && !affinity?.requiredAnti.length && cluster.affineTemplates.size === 0) return undefined;
    const friends = (affinity?.required ?? []).map((term) => domainsOfAll(term, affinity?.required ?? [], cluster));
    const foes = (affinity?.requiredAnti ?? []).map((term) => domainsOf(term, cluster));
    const guarded = guardedDomains(template, cluster);
    // The first of a group that wants to stay together has nobody to join.
    const isFirst =
      friends.every(({ total }) => total === 0) && (affinity?.required ?? []).every((term) => chooses(term, template, cluster));
    return (node) => {
      if (friends.length > 0 && !hasFriends(node, friends, isFirst)) return noFriend;
      if (foes.some((domains) => countAt(node, domains) > 0)) return foe;
      return guarded.some((domains) => countAt(node, domains) > 0) ? unwelcome : undefined;
    };
  },
  score(template, cluster) {
    const wishes = wishesOf(template, cluster);
    if (wishes.length === 0) return undefined;
    return {
      of: (node) => {
        let score = 0;
        for (const { domains, weight } of wishes) score += weight * countAt(node, domains);
        return score;
      },
      normalize,
    };
  },
  events: ['AssignedPodAdd', 'AssignedPodUpdate', 'AssignedPodDelete', 'NodeAdd', 'NodeUpdate', 'NamespaceChange', 'PodUpdate'],
  hint(event, template, cluster) {
    switch (event.type) {
      case 'AssignedPodAdd':
        return (template.affinity?.required ?? []).some((term) => chooses(term, event.template, cluster));
      case 'AssignedPodDelete':
        return mayFree(event.template, template, cluster);
      case 'AssignedPodUpdate':
        return (
          mayFree(event.was, template, cluster) ||
          (template.affinity?.required ?? []).some((term) => chooses(term, event.template, cluster))
        );
      case 'PodUpdate':
        return event.pod.metadata.labels !== event.before.metadata.labels;
      case 'NodeUpdate':
        return event.node.metadata.labels !== event.before.metadata.labels;
      default:
        return true;
    }
  },
};

/** Whether the departure of `other` can let `template` in: it was a foe, or had kept it away. */
function mayFree(other: PodTemplate, template: PodTemplate, cluster: ClusterState): boolean {
  return (
    (template.affinity?.requiredAnti ?? []).some((term) => chooses(term, other, cluster)) ||
    (other.affinity?.requiredAnti ?? []).some((term) => chooses(term, template, cluster))
  );
}

function chooses(term: AffinityTerm, { namespace, labels }: PodTemplate, { objects }: ClusterState): boolean {
  if (!term.matchesLabels(labels)) return false;
  if (term.namespaces.has(namespace)) return true;
  if (!term.namespaceSelector) return false;
  return matchesSelector(term.namespaceSelector, objects.get('Namespace', keyFor('Namespace', undefined, namespace))?.metadata.labels);
}

function domainsOf(term: AffinityTerm, cluster: ClusterState): DomainCounts {
  // Terms that choose namespaces by label are counted anew when a namespace changes.
  const id = `term ${term.id} ${term.namespaceSelector ? cluster.objectsVersion : ''}`;
  return cluster.domains(
    cluster.counter(id, (template) => chooses(term, template, cluster), true),
    term.topologyKey,
  );
}

/** Only pods that match every required term count as friends. */
function domainsOfAll(term: AffinityTerm, terms: readonly AffinityTerm[], cluster: ClusterState): DomainCounts {
  if (terms.length === 1) return domainsOf(term, cluster);
  const id = `terms ${terms.map((each) => each.id).join()} ${terms.some((each) => each.namespaceSelector) ? cluster.objectsVersion : ''}`;
  const counter = cluster.counter(id, (template) => terms.every((each) => chooses(each, template, cluster)), true);
  return cluster.domains(counter, term.topologyKey);
}

/** The domains that pods with anti-affinity to this one keep for themselves. */
function guardedDomains(template: PodTemplate, cluster: ClusterState): DomainCounts[] {
  const guarded: DomainCounts[] = [];
  for (const [other, counter] of cluster.affineTemplates) {
    for (const term of other.affinity?.requiredAnti ?? []) {
      if (chooses(term, template, cluster)) guarded.push(cluster.domains(counter, term.topologyKey));
    }
  }
  return guarded;
}

function countAt({ node }: NodeState, { topologyKey, sums }: DomainCounts): number {
  const domain = node?.metadata.labels?.[topologyKey];
  return domain === undefined ? 0 : (sums.get(domain) ?? 0);
}

function hasFriends(node: NodeState, friends: readonly DomainCounts[], isFirst: boolean): boolean {
  const hasLabels = friends.every(({ topologyKey }) => node.node?.metadata.labels?.[topologyKey] !== undefined);
  return hasLabels && (isFirst || friends.every((domains) => countAt(node, domains) > 0));
}

interface Wish {
  readonly domains: DomainCounts;
  readonly weight: number;
}

function wishesOf(template: PodTemplate, cluster: ClusterState): Wish[] {
  const wishes: Wish[] = [];
  for (const term of template.affinity?.preferred ?? []) wishes.push({ domains: domainsOf(term, cluster), weight: term.weight });
  for (const term of template.affinity?.preferredAnti ?? []) wishes.push({ domains: domainsOf(term, cluster), weight: -term.weight });
  for (const [other, counter] of cluster.affineTemplates) {
    const { required = [], preferred = [], preferredAnti = [] } = other.affinity ?? {};
    const add = (term: AffinityTerm, weight: number) => {
      if (chooses(term, template, cluster)) wishes.push({ domains: cluster.domains(counter, term.topologyKey), weight });
    };
    for (const term of required) add(term, HARD_AFFINITY_WEIGHT);
    for (const term of preferred) add(term, term.weight);
    for (const term of preferredAnti) add(term, -term.weight);
  }
  return wishes.filter(({ domains }) => domains.total > 0);
}

function normalize(scores: Float64Array): void {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const score of scores) {
    if (score < min) min = score;
    if (score > max) max = score;
  }
  const range = max - min;
  for (let i = 0; i < scores.length; i++) scores[i] = range > 0 ? Math.trunc(SCORE_MAX * (((scores[i] as number) - min) / range)) : 0;
}
