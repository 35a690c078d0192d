// Which pods would have to go so that a more important one fits. Only finds out; the scheduler does it.
// Models pkg/scheduler/framework/preemption/preemption.go and plugins/defaultpreemption/default_preemption.go.
import type { RandomStream } from '../../base/random.ts';
import type { Pod } from '../../kube/kinds/pod.ts';
import { isEmptySelector, matchesSelector } from '../../kube/labels.ts';
import { conditionOf, fromTimestamp, type Key, type KubeObject, type LabelSelector } from '../../kube/meta.ts';
import type { ClusterState } from './clusterState.ts';
import { type Evaluation, type Incoming, nodeCheck } from './evaluate.ts';
import { histogram } from './fitError.ts';
import type { NodeState, PlacedPod } from './nodeState.ts';

const CANDIDATES_MIN = 100;
const CANDIDATES_SHARE = 0.1;
const NOT_HELPFUL = 'Preemption is not helpful for scheduling';
const NO_VICTIMS = 'No preemption victims found for incoming pod';
/** No start time yet: as if it had just started. */
const NOT_STARTED = Number.POSITIVE_INFINITY;

export interface Budget extends KubeObject {
  readonly spec?: { readonly selector?: LabelSelector };
  readonly status?: { readonly disruptionsAllowed?: number; readonly disruptedPods?: Readonly<Record<string, string>> };
}

export interface Candidate {
  readonly nodeName: string;
  /** Most important first. */
  readonly victims: readonly PlacedPod[];
  /** How many of them a PodDisruptionBudget would have kept. */
  readonly violationCount: number;
}

/** A node to wait for, or the sentence that says why there is none. `keepsNomination` when the old promise still stands. */
export type Preemption =
  | { readonly candidate: Candidate }
  | { readonly candidate: undefined; readonly message: string; readonly keepsNomination: boolean };

interface World {
  readonly cluster: ClusterState;
  readonly budgets: readonly Budget[];
  readonly random: RandomStream;
  podOf(key: Key): Pod | undefined;
}

export function preempt(incoming: Incoming, pod: Pod, evaluation: Evaluation, world: World): Preemption {
  if (pod.spec.preemptionPolicy === 'Never') return ineligible('not eligible due to preemptionPolicy=Never.');
  if (isWaitingForVictims(pod, evaluation, world)) return ineligible('not eligible due to a terminating pod on the nominated node.');
  const reasons: string[] = [];
  const potential = evaluation.rejected.filter(({ rejection }) => !rejection.isFinal).map(({ node }) => node);
  const candidates: Candidate[] = [];
  const enough = Math.min(potential.length, Math.max(CANDIDATES_MIN, Math.floor(potential.length * CANDIDATES_SHARE)));
  const offset = potential.length > 1 ? world.random.below(potential.length) : 0;
  for (let i = 0; i < potential.length && candidates.length < enough; i++) {
    const found = selectVictims(incoming, potential[(offset + i) % potential.length] as NodeState, world);
    if ('reasons' in found) reasons.push(...found.reasons);
    else candidates.push(found);
  }
  const best = pickBest(candidates, world);
  if (best) return { candidate: best };
  for (let i = potential.length; i < evaluation.nodeCount; i++) reasons.push(NOT_HELPFUL);
  const { nodeCount } = evaluation;
  return { candidate: undefined, message: `preemption: 0/${nodeCount} nodes are available:${histogram(reasons)}`, keepsNomination: false };
}

function ineligible(reason: string): Preemption {
  return { candidate: undefined, message: `preemption: ${reason}`, keepsNomination: true };
}

/** Whether the pod was promised a node on which a victim of preemption is still ending. */
function isWaitingForVictims(pod: Pod, { rejected }: Evaluation, { cluster, podOf }: World): boolean {
  const { nominatedNodeName } = pod.status;
  if (!nominatedNodeName) return false;
  if (rejected.some(({ node, rejection }) => node.name === nominatedNodeName && rejection.isFinal)) return false;
  for (const { key, template, isTerminating } of cluster.nodes.get(nominatedNodeName)?.pods.values() ?? []) {
    if (!isTerminating || template.priority >= (pod.spec.priority ?? 0)) continue;
    const target = conditionOf(podOf(key)?.status.conditions, 'DisruptionTarget');
    if (target?.status === 'True' && target.reason === 'PreemptionByScheduler') return true;
  }
  return false;
}

/** Removes all less important pods from the node, and takes back as many as possible, the most important first. */
function selectVictims(incoming: Incoming, node: NodeState, world: World): Candidate | { readonly reasons: readonly string[] } {
  const { cluster } = world;
  const { priority } = incoming.template;
  if (node.priorityMin >= priority) return { reasons: [NO_VICTIMS] };
  const removed = [...node.pods.values()].filter(({ template }) => template.priority < priority);
  for (const { key } of removed) cluster.removePod(node.name, key);
  const rejection = nodeCheck(incoming, cluster)(node);
  const victims: PlacedPod[] = [];
  let violationCount = 0;
  if (!rejection) {
    const { violating, others } = byBudget(removed.sort(byImportance(world)), world);
    const takeBack = (pod: PlacedPod) => {
      cluster.addPod(node.name, pod);
      if (!nodeCheck(incoming, cluster)(node)) return true;
      cluster.removePod(node.name, pod.key);
      victims.push(pod);
      return false;
    };
    for (const pod of violating) if (!takeBack(pod)) violationCount++;
    for (const pod of others) takeBack(pod);
  }
  for (const pod of rejection ? removed : victims) cluster.addPod(node.name, pod);
  if (rejection) return { reasons: rejection.reasons };
  return { nodeName: node.name, victims: victims.sort(byImportance(world)), violationCount };
}

const startMsOf = ({ key }: PlacedPod, { podOf }: World) => {
  const startMs = fromTimestamp(podOf(key)?.status.startTime);
  return Number.isNaN(startMs) ? NOT_STARTED : startMs;
};

/** Higher priority first, then the pod that has run longer. */
function byImportance(world: World): (a: PlacedPod, b: PlacedPod) => number {
  return (a, b) => {
    if (a.template.priority !== b.template.priority) return b.template.priority - a.template.priority;
    const [startA, startB] = [startMsOf(a, world), startMsOf(b, world)];
    if (startA !== startB) return startA - startB;
    return a.key < b.key ? -1 : 1;
  };
}

/** Splits pods into those whose going a budget forbids, and the others. */
function byBudget(pods: readonly PlacedPod[], { budgets, podOf }: World) {
  const left = budgets.map(({ status }) => status?.disruptionsAllowed ?? 0);
  const violating: PlacedPod[] = [];
  const others: PlacedPod[] = [];
  for (const placed of pods) {
    const pod = podOf(placed.key);
    let isViolating = false;
    for (const [i, budget] of budgets.entries()) {
      if (!pod?.metadata.labels || budget.metadata.namespace !== pod.metadata.namespace) continue;
      const selector = budget.spec?.selector;
      if (isEmptySelector(selector) || !matchesSelector(selector, pod.metadata.labels)) continue;
      if (budget.status?.disruptedPods?.[pod.metadata.name] !== undefined) continue;
      left[i] = (left[i] as number) - 1;
      if ((left[i] as number) < 0) isViolating = true;
    }
    (isViolating ? violating : others).push(placed);
  }
  return { violating, others };
}

/** Every priority counts as at least 1, so that fewer victims weigh less even when their priorities are negative. */
const SUM_OFFSET = 2 ** 31;

/** The node where the least is lost; each criterion breaks the ties of the one before. */
function pickBest(candidates: readonly Candidate[], world: World): Candidate | undefined {
  const criteria: ((candidate: Candidate) => number)[] = [
    ({ violationCount }) => violationCount,
    ({ victims }) => victims[0]?.template.priority ?? Number.NEGATIVE_INFINITY,
    ({ victims }) => victims.reduce((sum, { template }) => sum + template.priority + SUM_OFFSET, 0),
    ({ victims }) => victims.length,
    // The later the longest running of the most important victims started, the better.
    ({ victims }) =>
      -Math.min(
        ...victims.filter(({ template }) => template.priority === victims[0]?.template.priority).map((pod) => startMsOf(pod, world)),
      ),
  ];
  let left = candidates;
  for (const loss of criteria) {
    if (left.length <= 1) break;
    const losses = left.map(loss);
    const least = Math.min(...losses);
    left = left.filter((_, i) => losses[i] === least);
  }
  return left[0];
}
