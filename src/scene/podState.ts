// How a pod is drawn: its stage of life and its exception, from the pod, its node and the moment. One state at a time; the order
// of the questions is the order of what matters most: lost, crash, failed, evicted, terminating, refused, init, pulling.
import type { Node } from '../kube/kinds/node.ts';
import { type ContainerStatus, isPodReady, type Pod } from '../kube/kinds/pod.ts';
import { conditionOf, fromTimestamp } from '../kube/meta.ts';
import type { PodRecord } from './podRecord.ts';
import { type TakenAway, whyTakenAway } from './takenAway.ts';

export type PodStateName =
  | 'pending'
  | 'scheduled'
  | 'pulling'
  | 'refused'
  | 'init'
  | 'notReady'
  | 'ready'
  | 'crashed'
  | 'terminating'
  | 'evicted'
  | 'succeeded'
  | 'failed'
  | 'lost';

export interface PodState {
  readonly name: PodStateName;
  /** Share pulled, share of the grace period left, share of the back-off waited: 0 to 1. */
  readonly level?: number;
  /** Restarts, or init containers done. */
  readonly count?: number;
  readonly total?: number;
  /** Virtual milliseconds until the grace period or the back-off ends. */
  readonly leftMs?: number;
  /** Why it is being deleted, where that is not somebody's wish to delete just this pod. */
  readonly why?: TakenAway | undefined;
  /** Kubernetes' word where it says more than the state: `ErrImagePull`, `OOMKilled`. */
  readonly reason?: string;
}

const BACKOFF_MS = 10_000;
const BACKOFF_MAX_MS = 300_000;
const DEFAULT_GRACE_SECONDS = 30;
/** How long an image takes where the log does not know yet how it ends. */
const EXPECTED_PULL_MS = 2000;

/** A node nobody has heard of for a while, or that is gone: what its pods do is not known. */
export function isNodeLost(node: Node | undefined): boolean {
  return !node || conditionOf(node.status?.conditions, 'Ready')?.status === 'Unknown';
}

export function podState(pod: Pod, node: Node | undefined, atMs: number, record?: PodRecord): PodState {
  const { spec, status, metadata } = pod;
  if (spec.nodeName && isNodeLost(node)) return { name: 'lost' };
  if (status.phase === 'Succeeded') return { name: 'succeeded' };
  if (status.phase === 'Failed') return status.reason === 'Evicted' ? { name: 'evicted' } : { name: 'failed', reason: status.reason };
  if (metadata.deletionTimestamp) return terminating(pod, atMs, whyTakenAway(pod));
  if (!spec.nodeName) return { name: 'pending' };
  const crash = (status.containerStatuses ?? []).find(isCrashed) ?? (status.initContainerStatuses ?? []).find(isCrashed);
  if (crash) return crashed(crash, atMs);
  if (isPodReady(pod)) return { name: 'ready' };
  const refusal = refusalOf(pod);
  if (refusal !== undefined) return { name: 'refused', reason: refusal };
  return starting(pod, atMs, record);
}

function isCrashed({ state }: ContainerStatus): boolean {
  return state.waiting?.reason === 'CrashLoopBackOff' || (state.terminated !== undefined && state.terminated.exitCode !== 0);
}

const ORDINARY_WAITS: ReadonlySet<string> = new Set(['ContainerCreating', 'PodInitializing', 'CrashLoopBackOff']);

/** Whether a container waits because it cannot be had or made, as with `ErrImagePull`: not for its turn. */
export function isRefusal(waitReason: string | undefined): waitReason is string {
  return waitReason !== undefined && !ORDINARY_WAITS.has(waitReason);
}

function refusalOf({ status }: Pod): string | undefined {
  const statuses = [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])];
  return statuses.map(({ state }) => state.waiting?.reason).find(isRefusal);
}

function crashed({ restartCount, state, lastState }: ContainerStatus, atMs: number): PodState {
  const waitMs = backOffMs(restartCount);
  const sinceMs = atMs - fromTimestamp((state.terminated ?? lastState.terminated)?.finishedAt ?? undefined);
  const level = Number.isNaN(sinceMs) ? 0 : clamp(sinceMs / waitMs);
  return {
    name: 'crashed',
    count: restartCount,
    level,
    leftMs: state.waiting ? Math.max(0, waitMs - sinceMs) : 0,
    reason: state.waiting?.reason ?? state.terminated?.reason,
  };
}

function backOffMs(restarts: number): number {
  return Math.min(BACKOFF_MS * 2 ** Math.max(0, restarts - 1), BACKOFF_MAX_MS);
}

function graceMsOf({ metadata }: Pod): number {
  return (metadata.deletionGracePeriodSeconds ?? DEFAULT_GRACE_SECONDS) * 1000;
}

function terminating(pod: Pod, atMs: number, why: TakenAway | undefined): PodState {
  const graceMs = graceMsOf(pod);
  const { metadata } = pod;
  // The deletion timestamp is the end of the grace period.
  const leftMs = Math.max(0, fromTimestamp(metadata.deletionTimestamp) - atMs);
  return { name: 'terminating', level: graceMs > 0 ? clamp(leftMs / graceMs) : 0, leftMs, why };
}

function starting({ spec, status }: Pod, atMs: number, record: PodRecord | undefined): PodState {
  const inits = status.initContainerStatuses ?? [];
  const done = inits.filter(({ state }) => state.terminated?.exitCode === 0).length;
  const waiting = (status.containerStatuses ?? []).some(({ state }) => state.waiting);
  const running = (status.containerStatuses ?? []).some(({ state }) => state.running);
  if (done < inits.length && inits.some(({ state }) => state.running || state.terminated)) {
    return { name: 'init', count: done, total: (spec.initContainers ?? inits).length };
  }
  if (running || status.phase === 'Running') return { name: 'notReady' };
  if (waiting) return pulling(atMs, record);
  return { name: 'scheduled' };
}

/** What takes much longer than images do may as well be something else. */
function pulling(atMs: number, record: PodRecord | undefined): PodState {
  const isSlow = record?.startedMs === undefined && atMs - (record?.boundMs ?? atMs) > 5 * EXPECTED_PULL_MS;
  return { name: 'pulling', level: pulled(atMs, record), ...(isSlow ? { reason: 'ContainerCreating' } : {}) };
}

/** The log may know when the container started; where it does not yet, the level creeps up to nine tenths. */
function pulled(atMs: number, record: PodRecord | undefined): number {
  if (record?.boundMs === undefined) return 0;
  const sinceMs = atMs - record.boundMs;
  if (record.startedMs !== undefined && record.startedMs > atMs) return clamp(sinceMs / (record.startedMs - record.boundMs));
  return 0.9 * (1 - Math.exp(-sinceMs / EXPECTED_PULL_MS));
}

/** How fast the level of a state that is of the clock changes at most. */
export function levelPerMs({ name, count = 0 }: PodState, pod: Pod, record: PodRecord | undefined): number {
  if (name === 'terminating') return 1 / graceMsOf(pod);
  if (name === 'crashed') return 1 / backOffMs(count);
  const { boundMs = 0, startedMs } = record ?? {};
  return 0.9 / EXPECTED_PULL_MS + (startedMs === undefined ? 0 : 1 / Math.max(1, startedMs - boundMs));
}

const TROUBLE: ReadonlySet<PodStateName> = new Set(['crashed', 'failed', 'evicted', 'refused']);

/** What is told in the colour of trouble. */
export function isTrouble({ name }: PodState): boolean {
  return TROUBLE.has(name);
}

export function clamp(value: number): number {
  return Math.max(0, Math.min(1, value));
}

/** The state of the same pod at another moment: only what the clock changes is asked again. */
export function laterState(state: PodState, pod: Pod, node: Node | undefined, atMs: number, record?: PodRecord): PodState {
  if (state.name === 'terminating') return terminating(pod, atMs, state.why);
  if (state.name === 'pulling') return pulling(atMs, record);
  return podState(pod, node, atMs, record);
}

/** Whether the clock has a part in this state, so that another moment must be asked again. */
export function isOfTheClock({ name }: PodState): boolean {
  return name === 'pulling' || name === 'terminating' || name === 'crashed';
}

/** Whether the picture of this state changes while nothing is written: a countdown runs. */
export function isRunningDown(state: PodState): boolean {
  return state.name === 'pulling' || ((state.name === 'terminating' || state.name === 'crashed') && (state.leftMs ?? 0) > 0);
}
