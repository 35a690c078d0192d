// All containers of a pod are run anew in place, init containers included, because one of them ended in a way that a rule of it names.
// The sandbox with its address stays, and so do the volumes.
//
//   a container ends ─▶ removing: condition True ─▶ all are killed and removed, one by one ─▶ removed: told once ─▶ as at the start
//
// Models pkg/kubelet/container/helpers.go ShouldAllContainersRestart and kuberuntime_manager.go SyncPod (ContainersToReset).
import type { Pod } from '../../kube/kinds/pod.ts';
import { beginKill, isRunning } from './killContainers.ts';
import type { LiveWorker } from './liveWorker.ts';
import type { Action, ContainerLife, PodLife, RemoveAction } from './podLife.ts';
import { restartsAllAfter } from './restarts.ts';
import { specOf } from './seenStatus.ts';

/** How far it is, as a sync finds it. */
export function noticeRestartAll(pod: Pod, life: PodLife): void {
  const containers = restartables(life);
  if (life.restartingAll === 'removing') {
    if (containers.every(({ seen }) => seen.length === 0)) life.restartingAll = 'removed';
  } else life.restartingAll = containers.some((container) => hasAsked(pod, container)) ? 'removing' : undefined;
}

/** Removes each container in turn; those that asked for it come last. */
export function planRemovals(pod: Pod, life: PodLife): Action[] {
  const made = restartables(life).filter(({ runs }) => runs.length > 0);
  const asking = made.filter((container) => hasAsked(pod, container));
  const others = made.filter((container) => !asking.includes(container));
  return [...others, ...asking].map(({ name }) => ({ do: 'remove', container: name, isBegun: false }));
}

/** Stops a container without grace, which is two seconds all the same, and forgets that it ever ran. */
export function remove(worker: LiveWorker, action: RemoveAction): boolean {
  const { life } = worker;
  const container = life.containers.find(({ name }) => name === action.container);
  if (!container) return true;
  if (isRunning(container)) {
    if (!action.isBegun) beginKill(worker, container, 'killing', 0);
    action.isBegun = true;
    return false;
  }
  container.runsRemoved = (container.runs[0]?.number ?? -1) + 1;
  container.runs = [];
  container.trouble = undefined;
  life.hasActed = true;
  return true;
}

function restartables({ containers }: PodLife): readonly ContainerLife[] {
  return containers.filter(({ type }) => type !== 'debug');
}

function hasAsked(pod: Pod, { name, seen, spec }: ContainerLife): boolean {
  const exit = seen[0]?.exit;
  return exit !== undefined && restartsAllAfter(specOf(pod, name) ?? spec, exit.exitCode);
}
