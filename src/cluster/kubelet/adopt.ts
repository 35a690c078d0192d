// Machines and pods that ran on another cluster, taken over as their objects tell: nothing is started anew, nothing is told that was told.
// Limitation: a container that waits (CrashLoopBackOff, ImagePullBackOff) goes on waiting; why it failed is not in its object.
import type { Node } from '../../kube/kinds/node.ts';
import type { ContainerStatus, Pod } from '../../kube/kinds/pod.ts';
import { type Condition, conditionOf, fromTimestamp, keyOf } from '../../kube/meta.ts';
import { requestsOf } from './admit.ts';
import { beginContainers, beginNodeWork, beginPodWork, type ContainerWork, charge, type NodeWork, type PodWork } from './work.ts';

/** The controller of nodes calls one silent that has not been heard of for this long. */
const SILENCE_MS = 50_000;
const OWN_CONDITIONS = ['PodReadyToStartContainers', 'Initialized', 'Ready', 'ContainersReady', 'PodScheduled'];
/** A pod whose containers wait for nothing else than the kubelet has not begun. */
const NOT_BEGUN = new Set(['ContainerCreating', 'PodInitializing']);

/** The machine of a Node, which gives its pods addresses that no pod has. */
export function adoptNode(node: Node, nextIndex: () => number, taken: ReadonlySet<string>, tickMs: number): NodeWork {
  const { name } = node.metadata;
  const ip = node.status.addresses?.find(({ type }) => type === 'InternalIP')?.address;
  let index = nextIndex();
  while (isTaken(index, taken)) index = nextIndex();
  const work = beginNodeWork(name, index, ip ?? `10.0.${index >> 8}.${index & 255}`, tickMs);
  work.isSilent = conditionOf(node.status.conditions, 'Ready')?.status === 'Unknown';
  return work;
}

function isTaken(index: number, addresses: ReadonlySet<string>): boolean {
  if (index > 2000) return false;
  const prefix = `10.${244 + (index >> 8)}.${index & 255}.`;
  for (let host = 1; host < 255; host++) if (addresses.has(`${prefix}${host}`)) return true;
  return false;
}

/** When a silent machine was last heard of. */
export function silentSinceMs({ status }: Node, nowMs: number): number {
  const sinceMs = fromTimestamp(conditionOf(status.conditions, 'Ready')?.lastTransitionTime);
  return (Number.isNaN(sinceMs) ? nowMs : Math.min(sinceMs, nowMs)) - SILENCE_MS;
}

export function adoptPod(pod: Pod, node: NodeWork): PodWork {
  const work = beginPodWork(pod, keyOf(pod));
  const { status } = pod;
  const statuses = [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])];
  if (status.phase === 'Succeeded' || status.phase === 'Failed') work.phase = status.phase;
  else if (statuses.every(({ state }) => NOT_BEGUN.has(state?.waiting?.reason ?? ''))) return work;
  work.hasBegun = true;
  beginContainers(pod, work);
  for (const container of [...work.initContainers, ...work.containers]) adoptContainer(container, statuses, pod);
  work.isInitialized = conditionOf(status.conditions, 'Initialized')?.status !== 'False';
  work.startTime = status.startTime;
  work.ip = status.podIP;
  work.hasSandbox = work.ip !== undefined && work.phase === undefined;
  work.conditions = OWN_CONDITIONS.map((type): Condition => conditionOf(status.conditions, type) ?? { type, status: 'True' });
  work.toldGeneration = pod.metadata.generation ?? 0;
  work.toldReady = conditionOf(status.conditions, 'Ready')?.status;
  if (work.phase === undefined) charge(work, node, requestsOf(pod));
  return work;
}

function adoptContainer(work: ContainerWork, statuses: readonly ContainerStatus[], { spec }: Pod): void {
  const status = statuses.find(({ name }) => name === work.name);
  if (!status) return;
  const { state, lastState, restartCount, ready, started, containerID } = status;
  if (state && Object.keys(state).length > 0) work.state = state;
  work.last = lastState?.terminated;
  work.restartCount = restartCount;
  work.runCount = restartCount + 1;
  work.era = 1;
  work.isReady = ready;
  work.isStarted = started ?? state?.running !== undefined;
  work.isFinished = state?.terminated !== undefined && (spec.restartPolicy === 'Never' || state.terminated.exitCode === 0);
  work.id = containerID;
  work.startedAt = state?.running?.startedAt;
}
