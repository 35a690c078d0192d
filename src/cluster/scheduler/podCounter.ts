// Running counts of the pods that a selector chooses: on every node, and summed over every topology domain (zone, rack, host).
// Kept up to date pod by pod, so that spreading and affinity never walk over pods. What upstream recomputes for each pod in
// podtopologyspread and interpodaffinity (PreFilter, PreScore) is read off here.
import type { NodeState, PlacedPod } from './nodeState.ts';
import type { PodTemplate } from './podTemplate.ts';

/** Counts of one counter, summed over the domains of a topology key. */
export class DomainCounts {
  readonly topologyKey: string;
  /** Pods by value of the key; a domain without such pods is there with 0. */
  readonly sums = new Map<string, number>();
  /** All pods in any domain. */
  total = 0;
  nodesVersion = -1;
  private readonly isEligible: (node: NodeState) => boolean;
  private readonly domains: (string | undefined)[] = [];

  constructor(topologyKey: string, isEligible: (node: NodeState) => boolean) {
    this.topologyKey = topologyKey;
    this.isEligible = isEligible;
  }

  /** Reads the domains of all nodes anew; needed only when a node came, went or was relabelled. */
  rebuild(nodes: Iterable<NodeState>, counts: readonly number[], nodesVersion: number): void {
    this.nodesVersion = nodesVersion;
    this.sums.clear();
    this.domains.length = 0;
    this.total = 0;
    for (const node of nodes) {
      const domain = node.node?.metadata.labels?.[this.topologyKey];
      if (domain === undefined || !this.isEligible(node)) continue;
      this.domains[node.slot] = domain;
      this.sums.set(domain, (this.sums.get(domain) ?? 0) + (counts[node.slot] ?? 0));
      this.total += counts[node.slot] ?? 0;
    }
  }

  /** The domain of a node; undefined when it is in none. */
  of({ slot }: NodeState): string | undefined {
    return this.domains[slot];
  }

  add(slot: number, difference: number): void {
    const domain = this.domains[slot];
    if (domain === undefined) return;
    this.sums.set(domain, (this.sums.get(domain) ?? 0) + difference);
    this.total += difference;
  }
}

export class PodCounter {
  /** Pods by slot of their node. */
  readonly counts: number[] = [];
  /** All pods chosen on any node; kept by whoever owns the counter of one template. */
  total = 0;
  readonly domains = new Map<string, DomainCounts>();
  private readonly chooses: (template: PodTemplate) => boolean;
  private readonly countsTerminating: boolean;
  private readonly chosen = new WeakMap<PodTemplate, boolean>();

  constructor(chooses: (template: PodTemplate) => boolean, countsTerminating: boolean) {
    this.chooses = chooses;
    this.countsTerminating = countsTerminating;
  }

  count(node: NodeState): number {
    return this.counts[node.slot] ?? 0;
  }

  add(node: NodeState, pod: PlacedPod, sign: 1 | -1): void {
    if (pod.isTerminating && !this.countsTerminating) return;
    let isChosen = this.chosen.get(pod.template);
    if (isChosen === undefined) this.chosen.set(pod.template, (isChosen = this.chooses(pod.template)));
    if (!isChosen) return;
    this.counts[node.slot] = (this.counts[node.slot] ?? 0) + sign;
    for (const domain of this.domains.values()) domain.add(node.slot, sign);
  }
}
