// Keeps the status of PodDisruptionBudgets: how many of their pods are healthy, and how many may be evicted now. Also takes back
// the word that a pod is about to be disrupted when nothing came of it.
// Models pkg/controller/disruption/disruption.go.

import { isEqual } from '../../base/equal.ts';
import { goSelectorText } from '../../kube/goSelector.ts';
import { resourceName } from '../../kube/kind.ts';
import { type IntOrString, isPodReady, type Pod } from '../../kube/kinds/pod.ts';
import type { PodDisruptionBudget, PodDisruptionBudgetStatus } from '../../kube/kinds/podDisruptionBudget.ts';
import { matchesSelector } from '../../kube/labels.ts';
import {
  type Condition,
  conditionOf,
  controllerOf,
  fromTimestamp,
  type Key,
  keyOf,
  type LabelSelector,
  type OwnerReference,
  partsOf,
  toTimestamp,
} from '../../kube/meta.ts';
import type { ApiServer } from '../apiServer.ts';
import type { Controller, ControllerContext } from '../controller.ts';
import { withDisruptionCondition } from '../disruptionCondition.ts';
import { scalable } from './scale.ts';

/** An eviction that was granted and not seen after so long did not happen. */
const DELETION_TIMEOUT_MS = 120_000;
/** A pod that was to be disrupted and lives on for so long is not going to be. */
const STALE_CONDITION_MS = 120_000;

export const disruption: Controller = {
  name: 'disruption-controller',
  eventSource: 'controllermanager',
  // It reads little: budgets are looked at before the pods of owners created just before them are there.
  reactionMs: 3,
  watches: [
    { kind: 'PodDisruptionBudget' },
    { kind: 'Pod', keys: ({ before, after }, ctx) => keysForPod(before as Pod, after as Pod, ctx) },
  ],
  reconcile(key, ctx) {
    if (partsOf(key).kind === 'Pod') return reconcilePod(key, ctx);
    const budget = ctx.api.getByKey<PodDisruptionBudget>(key);
    return budget && reconcileBudget(budget, ctx);
  },
};

/** The budgets of a pod, and the pod itself where there is something to say about it. */
function keysForPod(before: Pod | undefined, after: Pod | undefined, ctx: ControllerContext): readonly Key[] {
  const pod = (after ?? before) as Pod;
  const keys = ctx.api.count('PodDisruptionBudget') === 0 ? [] : budgetsOf(pod, ctx.api).map(keyOf);
  if (after && (keys.length > 1 || isStaleLater(after))) keys.push(keyOf(after));
  return keys;
}

function budgetsOf(pod: Pod, api: ApiServer): PodDisruptionBudget[] {
  return api
    .list<PodDisruptionBudget>('PodDisruptionBudget', pod.metadata.namespace)
    .filter(({ spec }) => matchesSelector(spec.selector, pod.metadata.labels));
}

// Budgets -------------------------------------------------------------------------------------------------------------

/** Why the number of pods to expect is not known. */
class ScaleError extends Error {}

function reconcileBudget(budget: PodDisruptionBudget, ctx: ControllerContext): void | { readonly requeueAfterMs: number } {
  const pods = ctx.api
    .list<Pod>('Pod', budget.metadata.namespace)
    .filter(({ metadata }) => matchesSelector(budget.spec.selector, metadata.labels));
  if (pods.length === 0) ctx.record(budget, 'Normal', 'NoPods', 'No matching pods found');
  let expected: Expected;
  try {
    expected = expectedOf(budget, pods, ctx.api);
  } catch (error) {
    if (!(error instanceof ScaleError)) throw error;
    const text = `Failed to calculate the number of expected pods: ${error.message}`;
    ctx.record(budget, 'Warning', 'CalculateExpectedPodCountFailed', text);
    failSafe(budget, error.message, ctx);
    return;
  }
  if (expected.hasUnmanaged) ctx.record(budget, 'Warning', 'UnmanagedPods', unmanagedText(budget.spec.selector));
  const { disruptedPods, recheckMs } = stillDisrupted(budget, pods, ctx);
  const currentHealthy = pods.filter(
    (pod) => pod.metadata.deletionTimestamp === undefined && disruptedPods[pod.metadata.name] === undefined && isPodReady(pod),
  ).length;
  updateStatus(budget, { currentHealthy, ...expected }, disruptedPods, ctx);
  if (recheckMs !== undefined) return { requeueAfterMs: recheckMs - ctx.nowMs };
}

interface Expected {
  readonly expectedPods: number;
  readonly desiredHealthy: number;
  /** Pods without an owner count in nobody's scale. */
  readonly hasUnmanaged: boolean;
}

/** How many pods there should be, and how many of them healthy: percentages are of the scales of the pods' owners. */
function expectedOf({ spec }: PodDisruptionBudget, pods: readonly Pod[], api: ApiServer): Expected {
  const { minAvailable, maxUnavailable } = spec;
  if (maxUnavailable !== undefined) {
    const { scale, hasUnmanaged } = scaleOf(pods, api);
    return { expectedPods: scale, desiredHealthy: Math.max(0, scale - scaledUp(maxUnavailable, scale)), hasUnmanaged };
  }
  if (typeof minAvailable === 'string') {
    const { scale, hasUnmanaged } = scaleOf(pods, api);
    return { expectedPods: scale, desiredHealthy: scaledUp(minAvailable, scale), hasUnmanaged };
  }
  if (minAvailable === undefined) return { expectedPods: 0, desiredHealthy: 0, hasUnmanaged: false };
  return { expectedPods: pods.length, desiredHealthy: minAvailable, hasUnmanaged: false };
}

function scaledUp(value: IntOrString, total: number): number {
  return typeof value === 'number' ? value : Math.ceil((Number.parseInt(value, 10) * total) / 100);
}

function scaleOf(pods: readonly Pod[], api: ApiServer): { readonly scale: number; readonly hasUnmanaged: boolean } {
  const scales = new Map<string, number>();
  const known = new Set<string>();
  let hasUnmanaged = false;
  for (const pod of pods) {
    const owner = controllerOf(pod);
    if (!owner) hasUnmanaged = true;
    if (!owner || known.has(owner.uid)) continue;
    known.add(owner.uid);
    const { uid, replicas } = ownerScale(owner, pod, api);
    scales.set(uid, replicas);
  }
  return { scale: [...scales.values()].reduce((sum, replicas) => sum + replicas, 0), hasUnmanaged };
}

/** The scale of a pod's owner; a Deployment's for the pods of its ReplicaSets. */
function ownerScale(reference: OwnerReference, pod: Pod, api: ApiServer): { readonly uid: string; readonly replicas: number } {
  const { namespace, name } = pod.metadata;
  const kind = api.kinds.findIn(reference.apiVersion, reference.kind);
  let owner = scalable(api, reference, namespace);
  if (!owner && kind && ['DaemonSet', 'Job'].includes(reference.kind)) {
    throw new ScaleError(`${resourceName(kind)} does not implement the scale subresource`);
  }
  if (owner?.object.metadata.uid !== reference.uid) owner = undefined;
  const above = owner && reference.kind === 'ReplicaSet' ? controllerOf(owner.object) : undefined;
  if (above?.kind === 'Deployment') {
    const deployment = scalable(api, above, namespace);
    owner = deployment?.object.metadata.uid === above.uid ? deployment : undefined;
  }
  if (!owner) throw new ScaleError(`found no controllers for pod ${JSON.stringify(name)}`);
  return { uid: owner.object.metadata.uid ?? '', replicas: owner.replicas };
}

/** The evictions that were granted and not carried out yet; those that should have been long ago are told about. */
function stillDisrupted(budget: PodDisruptionBudget, pods: readonly Pod[], ctx: ControllerContext) {
  const disruptedPods: Record<string, string> = {};
  let recheckMs: number | undefined;
  const granted = budget.status.disruptedPods ?? {};
  for (const pod of pods) {
    const at = granted[pod.metadata.name];
    if (at === undefined || pod.metadata.deletionTimestamp !== undefined) continue;
    const expectedMs = fromTimestamp(at) + DELETION_TIMEOUT_MS;
    if (expectedMs <= ctx.nowMs) {
      // Kubernetes itself says the namespace twice.
      const { namespace } = budget.metadata;
      ctx.record(pod, 'Warning', 'NotDeleted', `Pod was expected by PDB ${namespace}/${namespace} to be deleted but it wasn't`);
    } else {
      disruptedPods[pod.metadata.name] = at;
      recheckMs = Math.min(recheckMs ?? expectedMs, expectedMs);
    }
  }
  return { disruptedPods, recheckMs };
}

function updateStatus(
  budget: PodDisruptionBudget,
  { currentHealthy, desiredHealthy, expectedPods }: Expected & { readonly currentHealthy: number },
  disruptedPods: Readonly<Record<string, string>>,
  ctx: ControllerContext,
): void {
  // A budget that has not seen any pod allows nothing, lest its first pods go before it has counted them.
  const disruptionsAllowed = expectedPods > 0 ? Math.max(0, currentHealthy - desiredHealthy) : 0;
  const old = budget.status;
  const status: PodDisruptionBudgetStatus = {
    observedGeneration: budget.metadata.generation ?? 1,
    ...(Object.keys(disruptedPods).length > 0 ? { disruptedPods } : {}),
    disruptionsAllowed,
    currentHealthy,
    desiredHealthy,
    expectedPods,
    ...(old.conditions ? { conditions: old.conditions } : {}),
  };
  const condition = conditionOf(old.conditions, 'DisruptionAllowed');
  const isTold =
    condition?.status === (disruptionsAllowed > 0 ? 'True' : 'False') && condition.observedGeneration === old.observedGeneration;
  if (isTold && isEqual(status, old)) return;
  ctx.api.updateStatus<PodDisruptionBudget>({ ...budget, status: withDisruptionCondition(status, ctx.nowMs) });
}

/** While nobody knows how many pods there should be, none may be evicted. */
function failSafe(budget: PodDisruptionBudget, message: string, ctx: ControllerContext): void {
  const { status } = budget;
  const reason = { status: 'False', reason: 'SyncFailed', message } as const;
  ctx.api.updateStatus<PodDisruptionBudget>({
    ...budget,
    status: withDisruptionCondition({ ...status, disruptionsAllowed: 0 }, ctx.nowMs, reason),
  });
}

function unmanagedText(selector: LabelSelector | undefined): string {
  return (
    `Pods selected by this PodDisruptionBudget (selector: ${goSelectorText(selector ?? {})}) were found to be unmanaged. ` +
    'As a result, the status of the PDB cannot be calculated correctly, which may result in undefined behavior. ' +
    'To account for these pods please set ".spec.minAvailable" field of the PDB to an integer value.'
  );
}

// Pods ----------------------------------------------------------------------------------------------------------------

/** The word that a pod is about to be disrupted, while it lives on. */
function staleCondition(pod: Pod): Condition | undefined {
  if (pod.metadata.deletionTimestamp !== undefined || !pod.status.conditions) return undefined;
  const condition = conditionOf(pod.status.conditions, 'DisruptionTarget');
  return condition?.status === 'True' && condition.reason !== 'TerminationByKubelet' ? condition : undefined;
}

const isStaleLater = (pod: Pod): boolean => staleCondition(pod) !== undefined;

function reconcilePod(key: Key, ctx: ControllerContext): void | { readonly requeueAfterMs: number } {
  const pod = ctx.api.getByKey<Pod>(key);
  if (!pod) return;
  const [first, ...others] = budgetsOf(pod, ctx.api);
  if (first && others.length > 0) {
    const { namespace, name } = pod.metadata;
    const text = `Pod "${namespace}"/"${name}" matches multiple PodDisruptionBudgets.  Chose "${first.metadata.name}" arbitrarily.`;
    ctx.record(pod, 'Warning', 'MultiplePodDisruptionBudgets', text);
  }
  const condition = staleCondition(pod);
  if (!condition) return;
  const staleMs = fromTimestamp(condition.lastTransitionTime) + STALE_CONDITION_MS;
  if (staleMs > ctx.nowMs) return { requeueAfterMs: staleMs - ctx.nowMs };
  const cleared: Condition = { type: 'DisruptionTarget', status: 'False', lastTransitionTime: toTimestamp(ctx.nowMs), lastProbeTime: null };
  const conditions = (pod.status.conditions ?? []).map((each) => (each === condition ? cleared : each));
  ctx.api.updateStatus<Pod>({ ...pod, status: { ...pod.status, conditions } });
}
