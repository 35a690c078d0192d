// What has to be done so that a pod's containers become what its spec says: which are stopped, and which are started next.
// Models pkg/kubelet/kuberuntime/kuberuntime_manager.go computePodActions.
import type { Pod } from '../../kube/kinds/pod.ts';
import { killAction, planInits } from './planInits.ts';
import type { Action, ContainerLife, PodLife } from './podLife.ts';
import { reasonToStop } from './reasonToStop.ts';
import { planRemovals } from './restartAll.ts';
import { isToBeStarted } from './restarts.ts';
import { isUp, specOf } from './seenStatus.ts';

/** The sync's actions, in their order. */
export function planSync(pod: Pod, life: PodLife): Action[] {
  if (life.restartingAll === 'removing') return planRemovals(pod, life);
  const before: Action[] = life.sandbox
    ? []
    : [
        { do: 'mount', attempt: 0, untilMs: 0 },
        { do: 'sandbox', untilMs: undefined },
      ];
  const kills: Action[] = [];
  const starts = life.containers
    .filter(({ type, runs }) => type === 'debug' && runs.length === 0)
    .map((container) => start(pod, container));
  const inits = planInits(pod, life, kills);
  const ending = inits.isDone ? endingOf(pod, life) : undefined;
  if (ending) return [ending];
  starts.push(...inits.starts.map((container) => start(pod, container)));
  if (inits.isDone) for (const container of life.containers) if (container.type === 'app') tend(pod, container, kills, starts);
  return [...before, ...kills, ...starts];
}

function start(pod: Pod, { name, spec }: ContainerLife): Action {
  return { do: 'start', container: name, spec: specOf(pod, name) ?? spec, step: 'check', untilMs: 0, hook: undefined };
}

/** When none of the main containers is kept or comes back, all of the pod is stopped. */
function endingOf(pod: Pod, { containers }: PodLife): Action | undefined {
  const apps = containers.filter(({ type }) => type === 'app');
  const reasons = apps.map((container) => ({
    isRunning: isUp(container),
    reason: isUp(container) ? reasonToStop(pod, container) : undefined,
  }));
  if (apps.some(({ name, spec, seen }) => isToBeStarted(pod, specOf(pod, name) ?? spec, seen[0]))) return undefined;
  if (reasons.some(({ isRunning, reason }) => isRunning && (!reason || reason.isBack))) return undefined;
  if (!containers.some(isUp)) return undefined;
  return { do: 'kill-pod', graceMs: reasons.find(({ reason }) => reason)?.reason?.graceMs, isBegun: false };
}

/** Starts, keeps or stops a main container. */
function tend(pod: Pod, container: ContainerLife, kills: Action[], starts: Action[]): void {
  const { name, seen } = container;
  const [newest] = seen;
  const spec = specOf(pod, name) ?? container.spec;
  if (isToBeStarted(pod, spec, newest)) {
    starts.push(start(pod, container));
    return;
  }
  if (!newest || newest.exit) return;
  const reason = reasonToStop(pod, container);
  if (!reason) return;
  kills.push(killAction(container, reason));
  if (reason.isBack) starts.push(start(pod, container));
}
