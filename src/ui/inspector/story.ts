// What the log says about one object, as short rows a person can read: a rollout step by step, a node's fate.
// Pure functions of the changes up to the playhead; words are chosen where they are shown.
import { isEqual } from '../../base/equal.ts';
import type { Deployment } from '../../kube/kinds/deployment.ts';
import type { Node } from '../../kube/kinds/node.ts';
import { isPodReady, type Pod } from '../../kube/kinds/pod.ts';
import type { ReplicaSet } from '../../kube/kinds/replicaSet.ts';
import { type Change, conditionOf, controllerOf, type Key } from '../../kube/meta.ts';

/** One thing the Deployment controller, or a person, did to a rollout. `sizes` is what each ReplicaSet wants after it. */
export interface RolloutStep {
  readonly seq: number;
  readonly atMs: number;
  readonly what:
    | { readonly type: 'created' }
    | { readonly type: 'templateEdited' }
    | { readonly type: 'scaled'; readonly sets: readonly { readonly name: string; readonly from: number; readonly to: number }[] }
    | { readonly type: 'paused' | 'resumed' }
    | { readonly type: 'wanted'; readonly from: number; readonly to: number };
  readonly sizes: Readonly<Record<string, number>>;
}

/** The steps of a Deployment's life so far, oldest first; scale steps of one moment are one row. */
export function rolloutSteps(changes: readonly Change[], key: Key, untilSeq: number): RolloutStep[] {
  const steps: RolloutStep[] = [];
  const sizes: Record<string, number> = {};
  const push = (change: Change, what: RolloutStep['what']) => steps.push({ seq: change.seq, atMs: change.atMs, what, sizes: { ...sizes } });
  for (const change of changes) {
    if (change.seq > untilSeq) break;
    if (change.table === 'Deployment' && change.key === key) {
      const what = deploymentStep(change);
      if (what) push(change, what);
    } else if (change.table === 'ReplicaSet') {
      const scaled = scaleOf(change, key);
      if (!scaled) continue;
      sizes[scaled.name] = scaled.to;
      if (scaled.from === scaled.to) continue;
      const last = steps.at(-1);
      if (last?.what.type === 'scaled' && change.atMs - last.atMs <= SAME_MOMENT_MS) {
        steps[steps.length - 1] = { ...last, what: { type: 'scaled', sets: [...last.what.sets, scaled] }, sizes: { ...sizes } };
      } else push(change, { type: 'scaled', sets: [scaled] });
    }
  }
  return steps;
}

/** The controller scales one set and then another some milliseconds later: one row for a person. */
const SAME_MOMENT_MS = 50;

function deploymentStep({ before, after }: Change): RolloutStep['what'] | undefined {
  const [old, now] = [before as Deployment | undefined, after as Deployment | undefined];
  if (!now) return undefined;
  if (!old) return { type: 'created' };
  if (old.spec.template !== now.spec.template && !isEqual(old.spec.template, now.spec.template)) return { type: 'templateEdited' };
  if (Boolean(old.spec.paused) !== Boolean(now.spec.paused)) return { type: now.spec.paused ? 'paused' : 'resumed' };
  if (old.spec.replicas !== now.spec.replicas) return { type: 'wanted', from: old.spec.replicas, to: now.spec.replicas };
  return undefined;
}

function scaleOf({ before, after }: Change, deploymentKey: Key) {
  const set = (after ?? before) as ReplicaSet;
  const owner = controllerOf(set);
  if (owner?.kind !== 'Deployment' || `Deployment/${set.metadata.namespace ?? ''}/${owner.name}` !== deploymentKey) return undefined;
  return {
    name: set.metadata.name,
    from: (before as ReplicaSet | undefined)?.spec.replicas ?? 0,
    to: (after as ReplicaSet | undefined)?.spec.replicas ?? 0,
  };
}

/** How a rolling update stands: the pods that exist, how many serve, and the two limits the controller keeps between. */
export interface RolloutBounds {
  readonly available: number;
  readonly floor: number;
  readonly ceiling: number;
}

/** Models pkg/controller/deployment/util ResolveFenceposts: surge rounds up, unavailable rounds down, and both zero means 1 unavailable. */
export function rolloutBounds(deployment: Deployment, pods: readonly Pod[]): RolloutBounds {
  const { replicas, strategy } = deployment.spec;
  const rolling = strategy.type === 'RollingUpdate' ? strategy.rollingUpdate : { maxSurge: 0, maxUnavailable: '100%' };
  const surge = resolve(rolling?.maxSurge ?? '25%', replicas, Math.ceil);
  const unavailable = resolve(rolling?.maxUnavailable ?? '25%', replicas, Math.floor);
  const floor = replicas - (surge === 0 && unavailable === 0 ? 1 : unavailable);
  return {
    available: pods.filter((pod) => isPodReady(pod) && !pod.metadata.deletionTimestamp).length,
    floor: Math.max(0, floor),
    ceiling: replicas + surge,
  };
}

function resolve(value: number | string, total: number, round: (value: number) => number): number {
  return typeof value === 'number' ? value : round((Number.parseFloat(value) * total) / 100);
}

/** One turn in a node's life. */
export interface NodeTurn {
  readonly seq: number;
  readonly atMs: number;
  readonly type: 'joined' | 'notReady' | 'ready' | 'cordoned' | 'uncordoned' | 'evicting' | 'evicted' | 'pressed' | 'relieved' | 'gone';
  /** How many pods `evicting` marked for deletion. */
  readonly pods?: number;
  /** The condition of `pressed` and `relieved`, the pod that was `evicted`. */
  readonly about?: string;
}

/** A node's turns so far, oldest first. Pods marked within a second by the taint eviction are one turn. */
export function nodeTurns(changes: readonly Change[], key: Key, untilSeq: number): NodeTurn[] {
  const turns: NodeTurn[] = [];
  const nodeName = key.slice(key.lastIndexOf('/') + 1);
  for (const change of changes) {
    if (change.seq > untilSeq) break;
    if (change.key === key) {
      const turn = nodeTurn(change);
      if (turn) turns.push({ seq: change.seq, atMs: change.atMs, ...turn });
    } else if (change.table === 'Pod' && isEvictedForNeed(change, nodeName)) {
      turns.push({ seq: change.seq, atMs: change.atMs, type: 'evicted', about: change.after?.metadata.name ?? '' });
    } else if (change.table === 'Pod' && isEviction(change, nodeName)) {
      const last = turns.at(-1);
      if (last?.type === 'evicting' && change.atMs - last.atMs <= 1000) turns[turns.length - 1] = { ...last, pods: (last.pods ?? 0) + 1 };
      else turns.push({ seq: change.seq, atMs: change.atMs, type: 'evicting', pods: 1 });
    }
  }
  return turns;
}

const PRESSURES = ['MemoryPressure', 'DiskPressure'];

function nodeTurn({ before, after }: Change): Pick<NodeTurn, 'type' | 'about'> | undefined {
  const [old, now] = [before as Node | undefined, after as Node | undefined];
  if (!now) return { type: 'gone' };
  if (!old) return { type: 'joined' };
  const hasTurned = (type: string, status: string) =>
    conditionOf(now.status.conditions, type)?.status === status && conditionOf(old.status.conditions, type)?.status !== status;
  if (hasTurned('Ready', 'True')) return { type: 'ready' };
  if (hasTurned('Ready', 'False') || hasTurned('Ready', 'Unknown')) return { type: 'notReady' };
  if (Boolean(old.spec.unschedulable) !== Boolean(now.spec.unschedulable))
    return { type: now.spec.unschedulable ? 'cordoned' : 'uncordoned' };
  const pressed = PRESSURES.find((type) => hasTurned(type, 'True'));
  if (pressed) return { type: 'pressed', about: pressed };
  const relieved = PRESSURES.find((type) => hasTurned(type, 'False'));
  return relieved ? { type: 'relieved', about: relieved } : undefined;
}

/** Whether the node's own kubelet ended the pod, to save the node. */
function isEvictedForNeed({ before, after }: Change, nodeName: string): boolean {
  const [old, now] = [before as Pod | undefined, after as Pod | undefined];
  return now?.spec.nodeName === nodeName && now.status.reason === 'Evicted' && old?.status.reason !== 'Evicted';
}

function isEviction({ before, after, actor }: Change, nodeName: string): boolean {
  const [old, now] = [before as Pod | undefined, after as Pod | undefined];
  const isMarked = Boolean(now?.metadata.deletionTimestamp) && !old?.metadata.deletionTimestamp;
  return isMarked && old?.spec.nodeName === nodeName && /taint-eviction|node-lifecycle|pod-garbage/.test(actor);
}
