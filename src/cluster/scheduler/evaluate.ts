// One look at the nodes for one pod: which of them can take it, and which is best. Pure: it reads the cluster's state and changes
// nothing that counts. Models pkg/scheduler/schedule_one.go (findNodesThatFitPod, prioritizeNodes) and framework/runtime.

import type { Key } from '../../kube/meta.ts';
import type { ClusterState } from './clusterState.ts';
import { NodeCache } from './nodeCache.ts';
import type { NodeState, PlacedPod } from './nodeState.ts';
import type { NodeFilter, NodeScorer, Plugin } from './plugin.ts';
import { plugins } from './plugins.ts';
import type { PodTemplate } from './podTemplate.ts';
import type { Rejection } from './rejection.ts';

const FEASIBLE_MIN = 100;
const PERCENTAGE_MIN = 5;
/** Templates whose results by node are kept. */
const CACHED_TEMPLATES_MAX = 32;

export interface Evaluation {
  readonly nodeCount: number;
  readonly feasible: readonly NodeState[];
  readonly rejected: readonly { readonly node: NodeState; readonly rejection: Rejection }[];
  /** Set when no node needed to be looked at. */
  readonly rejection: Rejection | undefined;
  /** Plugins that left only some nodes to be looked at. */
  readonly narrowedBy: readonly string[];
}

export interface Score {
  readonly plugin: string;
  /** Weighted, by the position of the node among the feasible ones. */
  readonly points: Float64Array;
}

/** How many feasible nodes are enough. Models numFeasibleNodesToFind: half the nodes of a small cluster, 5 % of a very large one. */
export function feasibleEnough(nodeCount: number): number {
  if (nodeCount < FEASIBLE_MIN) return nodeCount;
  const percentage = Math.max(PERCENTAGE_MIN, 50 - Math.floor(nodeCount / 125));
  return Math.max(FEASIBLE_MIN, Math.floor((nodeCount * percentage) / 100));
}

const filtering = plugins.filter((plugin) => plugin.filter);
const scoring = plugins.filter((plugin) => plugin.score);

/** A pod to be placed. */
export interface Incoming {
  readonly key: Key;
  readonly template: PodTemplate;
}

/** Finds the nodes that can take the pod, starting at `startIndex` and stopping when there are enough. */
export function findFeasible(pod: Incoming, cluster: ClusterState, startIndex: number, nominatedNodeName?: string): Evaluation {
  const all = cluster.list();
  const nodeCount = all.length;
  const nothing = { nodeCount, feasible: [], rejected: [], rejection: undefined, narrowedBy: [] };
  let nodes = all;
  const narrowedBy: string[] = [];
  for (const plugin of plugins) {
    const result = plugin.preFilter?.(pod.template, cluster);
    if (result?.rejection) return { ...nothing, rejection: result.rejection };
    if (!result?.nodeNames) continue;
    narrowedBy.push(plugin.name);
    nodes = [...result.nodeNames].flatMap((nodeName) => nodes.filter((node) => node === cluster.nodes.get(nodeName)));
  }
  const check = nodeCheck(pod, cluster);
  const nominated = nominatedNodeName ? nodes.find(({ name }) => name === nominatedNodeName) : undefined;
  if (nominated && !check(nominated)) return { ...nothing, feasible: [nominated], narrowedBy };
  const enough = feasibleEnough(nodes.length);
  const feasible: NodeState[] = [];
  const rejected: { node: NodeState; rejection: Rejection }[] = [];
  for (let i = 0; i < nodes.length && feasible.length < enough; i++) {
    const node = nodes[(startIndex + i) % nodes.length] as NodeState;
    const rejection = check(node);
    if (rejection) rejected.push({ node, rejection });
    else feasible.push(node);
  }
  return { nodeCount, feasible, rejected, rejection: undefined, narrowedBy };
}

/** The points of every feasible node by plugin. */
export function scoreNodes({ template }: Incoming, cluster: ClusterState, feasible: readonly NodeState[]): readonly Score[] {
  const scorers = scoring.map((plugin) => plugin.score?.(template, cluster, feasible));
  const { cache } = template;
  if (cache) {
    cache.reserve(scoring.length, cluster.slotCount);
    refreshScores(cache, scorers, feasible);
  }
  const list: Score[] = [];
  for (const [i, { name, isLocal, weight = 1 }] of scoring.entries()) {
    const scorer = scorers[i];
    if (!scorer) continue;
    const points = new Float64Array(feasible.length);
    const known = cache && isLocal ? cache.scores[i] : undefined;
    if (known) for (let at = 0; at < points.length; at++) points[at] = known[(feasible[at] as NodeState).slot] as number;
    else for (let at = 0; at < points.length; at++) points[at] = scorer.of(feasible[at] as NodeState);
    scorer.normalize?.(points);
    if (weight !== 1) for (let at = 0; at < points.length; at++) points[at] = (points[at] as number) * weight;
    list.push({ plugin: name, points });
  }
  return list;
}

/** Scores the nodes that changed since they were last scored for this template. */
function refreshScores(cache: NodeCache, scorers: readonly (NodeScorer | undefined)[], feasible: readonly NodeState[]): void {
  for (const node of feasible) {
    const { slot, version } = node;
    if (cache.scoredAt[slot] === version) continue;
    for (const [i, { isLocal }] of scoring.entries()) if (isLocal) (cache.scores[i] as Float64Array)[slot] = scorers[i]?.of(node) ?? 0;
    cache.scoredAt[slot] = version;
  }
}

/** Asks the filters about one node; nodes that promised room to waiting pods are asked with those pods as well. */
export function nodeCheck({ key, template }: Incoming, cluster: ClusterState): NodeFilter {
  const local = filtersOf(template, cluster, (plugin) => plugin.isLocal);
  const global = filtersOf(template, cluster, (plugin) => !plugin.isLocal);
  const cache = cacheOf(template, cluster);
  const checkLocal = (node: NodeState): Rejection | undefined => {
    if (!cache) return firstRejection(local, node);
    if (cache.filteredAt[node.slot] === node.version) return cache.rejections[node.slot];
    const rejection = firstRejection(local, node);
    cache.filteredAt[node.slot] = node.version;
    cache.rejections[node.slot] = rejection;
    return rejection;
  };
  const check = (node: NodeState) => checkLocal(node) ?? (global.length > 0 ? firstRejection(global, node) : undefined);
  if (cluster.nominated.size === 0) return check;
  return (node) => {
    const promised = promisedPods(node, key, template, cluster);
    if (promised.length === 0) return check(node);
    for (const pod of promised) cluster.addPod(node.name, pod);
    // Asked anew, since counts of pods may depend on the promised ones.
    const rejection = nodeCheckPlain(template, cluster)(node);
    for (const pod of promised) cluster.removePod(node.name, pod.key);
    return rejection ?? check(node);
  };
}

/** The filters without memory, for worlds that are only imagined. */
export function nodeCheckPlain(template: PodTemplate, cluster: ClusterState): NodeFilter {
  const filters = filtersOf(template, cluster, () => true);
  return (node) => firstRejection(filters, node);
}

/** Waiting pods, at least as important, that were promised room on the node. */
function promisedPods(node: NodeState, key: Key, { priority }: PodTemplate, cluster: ClusterState): PlacedPod[] {
  const promised: PlacedPod[] = [];
  for (const [otherKey, template] of cluster.nominated.get(node.name) ?? []) {
    if (otherKey !== key && template.priority >= priority) promised.push({ key: otherKey, template, isTerminating: false });
  }
  return promised;
}

function filtersOf(template: PodTemplate, cluster: ClusterState, isWanted: (plugin: Plugin) => boolean): NodeFilter[] {
  return filtering.filter(isWanted).flatMap((plugin) => plugin.filter?.(template, cluster) ?? []);
}

function firstRejection(filters: readonly NodeFilter[], node: NodeState): Rejection | undefined {
  for (const filter of filters) {
    const rejection = filter(node);
    if (rejection) return rejection;
  }
  return undefined;
}

/** A template used once only, like that of a naked pod, is not worth remembering. */
function cacheOf(template: PodTemplate, cluster: ClusterState): NodeCache | undefined {
  if (++template.useCount < 2 || !cluster.isCaching) return undefined;
  if (template.cache) return template.cache;
  template.cache = new NodeCache();
  cluster.cachedTemplates.push(template);
  if (cluster.cachedTemplates.length > CACHED_TEMPLATES_MAX) (cluster.cachedTemplates.shift() as PodTemplate).cache = undefined;
  return template.cache;
}
