// What kubectl prints of a pod at a glance: STATUS, READY and RESTARTS. Models pkg/printers/internalversion/printers.go (printPod).
import { remembered } from '../../base/remembered.ts';
import { humanDuration } from '../duration.ts';
import { fromTimestamp } from '../meta.ts';
import type { ContainerStatus, Pod, PodStatus } from './pod.ts';
import { isRestartableInit } from './podStatus.ts';

export interface PodGlance {
  readonly readyCount: number;
  readonly containerCount: number;
  /** The word of the STATUS column. */
  readonly status: string;
  readonly restartCount: number;
  readonly lastRestartMs: number | undefined;
}

/** What `kubectl get pods` says of a pod. */
export const glanceAt = remembered((pod: Pod): PodGlance => {
  const { metadata, spec, status = {} } = pod;
  const init = glanceAtInit(pod);
  let word = status.reason || status.phase || '';
  if (status.conditions?.some(({ type, reason }) => type === 'PodScheduled' && reason === 'SchedulingGated')) word = 'SchedulingGated';
  if (init.word) word = init.word;
  let { readyCount, restartCount, lastRestartMs } = init;
  if (!init.word || isConditionTrue(status, 'Initialized')) {
    const main = glanceAtContainers(status, word);
    word = main.word;
    readyCount += main.readyCount;
    restartCount = init.sidecarRestartCount + main.restartCount;
    lastRestartMs = later(init.sidecarRestartMs, main.lastRestartMs);
  }
  if (metadata.deletionTimestamp) {
    if (status.reason === 'NodeLost') word = 'Unknown';
    else if (status.phase !== 'Succeeded' && status.phase !== 'Failed') word = 'Terminating';
  }
  const containerCount = (spec.containers ?? []).length + (spec.initContainers ?? []).filter(isRestartableInit).length;
  return { readyCount, containerCount, status: word, restartCount, lastRestartMs };
});

function glanceAtInit({ spec, status = {} }: Pod) {
  const glance = {
    word: undefined as string | undefined,
    readyCount: 0,
    restartCount: 0,
    lastRestartMs: undefined as number | undefined,
    sidecarRestartCount: 0,
    sidecarRestartMs: undefined as number | undefined,
  };
  const containers = new Map((spec.initContainers ?? []).map((container) => [container.name, container]));
  for (const [i, container] of (status.initContainerStatuses ?? []).entries()) {
    const restartMs = endOfLastRun(container);
    const isSidecar = isRestartableInit(containers.get(container.name));
    glance.restartCount += container.restartCount;
    glance.lastRestartMs = later(glance.lastRestartMs, restartMs);
    if (isSidecar) {
      glance.sidecarRestartCount += container.restartCount;
      glance.sidecarRestartMs = later(glance.sidecarRestartMs, restartMs);
    }
    if (container.state?.terminated?.exitCode === 0) continue;
    if (isSidecar && container.started) {
      if (container.ready) glance.readyCount++;
      continue;
    }
    glance.word = initWord(container, i, containers.size);
    break;
  }
  return glance;
}

function initWord({ state }: ContainerStatus, index: number, count: number): string {
  if (state?.terminated) return `Init:${endWord(state.terminated)}`;
  const reason = state?.waiting?.reason;
  return reason && reason !== 'PodInitializing' ? `Init:${reason}` : `Init:${index}/${count}`;
}

function endWord({ reason, signal, exitCode }: NonNullable<ContainerStatus['state']['terminated']>): string {
  return reason || (signal ? `Signal:${signal}` : `ExitCode:${exitCode}`);
}

function glanceAtContainers(status: PodStatus, startWord: string) {
  let word = startWord;
  let readyCount = 0;
  let restartCount = 0;
  let lastRestartMs: number | undefined;
  for (const container of [...(status.containerStatuses ?? [])].reverse()) {
    const { waiting, terminated, running } = container.state ?? {};
    restartCount += container.restartCount;
    lastRestartMs = later(lastRestartMs, endOfLastRun(container));
    if (waiting?.reason) word = waiting.reason;
    else if (terminated) word = endWord(terminated);
    else if (container.ready && running) readyCount++;
  }
  // One container that still runs keeps the pod running.
  if (word === 'Completed' && readyCount > 0) word = isConditionTrue(status, 'Ready') ? 'Running' : 'NotReady';
  return { word, readyCount, restartCount, lastRestartMs };
}

function isConditionTrue(status: PodStatus, type: string): boolean {
  return status.conditions?.some((condition) => condition.type === type && condition.status === 'True') ?? false;
}

function endOfLastRun(container: ContainerStatus): number | undefined {
  const finishedAt = container.lastState?.terminated?.finishedAt;
  return finishedAt ? fromTimestamp(finishedAt) : undefined;
}

function later(a: number | undefined, b: number | undefined): number | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return Math.max(a, b);
}

/** The READY column. */
export function readyText(pod: Pod): string {
  const { readyCount, containerCount } = glanceAt(pod);
  return `${readyCount}/${containerCount}`;
}

/** The RESTARTS column: `0`, or `3 (20s ago)`. */
export function restartsText(pod: Pod, nowMs: number): string {
  const { restartCount, lastRestartMs } = glanceAt(pod);
  if (restartCount === 0 || lastRestartMs === undefined) return String(restartCount);
  return `${restartCount} (${humanDuration(nowMs - lastRestartMs)} ago)`;
}
