// The things a sync does, one at a time: set up volumes, make the sandbox, stop a container, start one.
// Models pkg/kubelet/volumemanager (WaitForAttachAndMount) and kuberuntime_manager.go SyncPod.

import { hostPathProblem } from './hostPaths.ts';
import { annotatedMs } from './images.ts';
import { beginKill, beginKillAll, isRunning } from './killContainers.ts';
import type { LiveWorker } from './liveWorker.ts';
import { makeSandbox } from './makeSandbox.ts';
import type { Action } from './podLife.ts';
import { remove } from './restartAll.ts';
import { performStart } from './startContainer.ts';

/** Volumes that cannot be set up are tried again after 0.5, 1, 2, 4 … 122 s. */
const MOUNT_AGAIN_MS = 505;
const MOUNT_AGAIN_MAX_MS = 122_000;
/** Of the time from bound to running, what the containers themselves take. */
const CONTAINER_MS = 160;
/** How much longer or shorter than usual the sandbox may take. */
const SANDBOX_JITTER = { min: 0.72, span: 0.28 };

/** Goes on with an action as far as it can. Returns whether it is over. */
export function perform(worker: LiveWorker, action: Action): boolean {
  switch (action.do) {
    case 'mount':
      return mount(worker, action);
    case 'sandbox':
      return sandbox(worker, action);
    case 'kill':
      return kill(worker, action);
    case 'kill-pod':
      return killPod(worker, action);
    case 'remove':
      return remove(worker, action);
    case 'start':
      return performStart(worker, action);
  }
}

function mount(worker: LiveWorker, action: Extract<Action, { do: 'mount' }>): boolean {
  if (worker.nowMs < action.untilMs) return false;
  const missing = worker.missingVolume() ?? hostPathProblem(worker.pod.spec, worker.world.disk(`node/${worker.node.name}`), worker.nowMs);
  if (missing === undefined) return true;
  worker.tell('Warning', 'FailedMount', missing);
  const waitMs = Math.min(MOUNT_AGAIN_MAX_MS, MOUNT_AGAIN_MS * 2 ** action.attempt);
  action.attempt++;
  action.untilMs = worker.nowMs + waitMs;
  worker.proceedAfter(waitMs);
  return false;
}

function sandbox(worker: LiveWorker, action: Extract<Action, { do: 'sandbox' }>): boolean {
  const { nowMs, pod, runtime } = worker;
  if (action.untilMs === undefined) {
    const startupMs = annotatedMs(pod, 'startup') ?? runtime.startupMs;
    const waitMs = Math.round(Math.max(0, startupMs - CONTAINER_MS) * (SANDBOX_JITTER.min + worker.random('start') * SANDBOX_JITTER.span));
    action.untilMs = nowMs + waitMs;
    worker.proceedAfter(waitMs);
    return false;
  }
  if (nowMs < action.untilMs) return false;
  makeSandbox(worker);
  worker.life.hasActed = true;
  worker.report();
  return true;
}

/** Other containers of the pod wait until this one has ended. */
function kill(worker: LiveWorker, action: Extract<Action, { do: 'kill' }>): boolean {
  const container = worker.life.containers.find(({ name }) => name === action.container);
  if (!container || !isRunning(container)) return true;
  if (!action.isBegun) {
    action.isBegun = true;
    worker.life.hasActed = true;
    beginKill(worker, container, action.message, action.graceMs ?? worker.graceMs());
  }
  return false;
}

/** All that runs is stopped together, sidecars last, and the sandbox with it. */
function killPod(worker: LiveWorker, action: Extract<Action, { do: 'kill-pod' }>): boolean {
  const { life } = worker;
  if (!action.isBegun) {
    action.isBegun = true;
    life.hasActed = true;
    beginKillAll(worker, action.graceMs ?? worker.graceMs());
  }
  if (life.containers.some(isRunning)) return false;
  worker.work.hasSandbox = false;
  return true;
}
