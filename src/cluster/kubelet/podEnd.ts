// The end of a pod in the stand-in kubelet: what its containers ended with, what is told of it, and when its object may go.
import type { ContainerState } from '../../kube/kinds/pod.ts';
import { annotatedMs, stopCode } from './images.ts';
import type { PodWorker } from './podWorker.ts';
import { type ContainerWork, discharge } from './work.ts';

/** A pod in which nothing runs is gone at once; one in which something does is given this long at least. */
const STOP_NOTHING_MS = 50;
const GRACE_MIN_MS = 2000;
/** From telling the end of a pod to letting its object go. */
const CONFIRM_MS = 40;

/** What is told of a container that never ran when its pod is over. */
export const NOT_FOUND: ContainerState = {
  terminated: {
    exitCode: 137,
    reason: 'ContainerStatusUnknown',
    message: 'The container could not be located when the pod was terminated',
    startedAt: null,
    finishedAt: null,
  },
};

/** A container has ended. */
export function end(worker: PodWorker, container: ContainerWork, exitCode: number, reason = exitCode ? 'Error' : 'Completed'): void {
  const now = worker.now();
  container.state = {
    terminated: { exitCode, reason, startedAt: container.startedAt ?? now, finishedAt: now, containerID: container.id ?? '' },
  };
  container.isReady = false;
  container.isStarted = false;
}

export function finish(worker: PodWorker, phase: 'Succeeded' | 'Failed'): void {
  worker.work.phase = phase;
  worker.work.hasSandbox = false;
  discharge(worker.work, worker.node);
  worker.report();
  if (worker.work.isTerminating) worker.after(CONFIRM_MS, 'gone');
}

/** The pod ran longer than it may. */
export function exceedDeadline(worker: PodWorker): void {
  const message = 'Pod was active on the node longer than the specified deadline';
  worker.tell('Normal', 'DeadlineExceeded', message);
  worker.work.reason = { reason: 'DeadlineExceeded', message };
  for (const container of worker.work.containers) if (container.state.running) end(worker, container, stopCode(worker.pod));
  finish(worker, 'Failed');
}

/** Asks every container to stop and gives them the pod's grace. */
export function terminate(worker: PodWorker): void {
  const { work, pod } = worker;
  if (work.isTerminating) return;
  work.isTerminating = true;
  const running = [...work.containers, ...work.initContainers].filter(({ state }) => state.running);
  for (const container of running) worker.tell('Normal', 'Killing', `Stopping container ${container.name}`, container);
  if (work.phase) {
    worker.confirmDeletion();
    return;
  }
  if (work.toldGeneration !== undefined) worker.report();
  const wantedMs = annotatedMs(pod, 'shutdown') ?? worker.runtime.shutdownMs;
  const graceMs = Math.max(GRACE_MIN_MS, (pod.metadata.deletionGracePeriodSeconds ?? 30) * 1000);
  worker.after(running.length > 0 ? Math.min(wantedMs, graceMs) : STOP_NOTHING_MS, 'stopped', undefined, wantedMs > graceMs ? 1 : 0);
}

/** All containers have stopped, or were killed when the grace was over. */
export function stopped(worker: PodWorker, isKilled: boolean): void {
  const { work, pod } = worker;
  for (const container of [...work.initContainers, ...work.containers]) {
    if (container.state.running) end(worker, container, isKilled ? 137 : stopCode(pod));
    else if (container.state.waiting && work.isInitialized) {
      container.state = NOT_FOUND;
    }
    container.isReady = false;
    container.isStarted = false;
  }
  finish(worker, hasSucceeded(work.containers) ? 'Succeeded' : 'Failed');
}

function hasSucceeded(containers: readonly ContainerWork[]): boolean {
  return containers.length > 0 && containers.every(({ state }) => state.terminated?.exitCode === 0);
}
