// Which init containers a sync starts or stops, and whether the main ones may run. How far the pod is, the last one that has begun says:
// when that is done, or up where it is a sidecar, the next one follows. Sidecars before it that have ended are started again meanwhile,
// and nobody waits for them any more.
// Models pkg/kubelet/kuberuntime/kuberuntime_container.go computeInitContainerActions.
import type { Pod } from '../../kube/kinds/pod.ts';
import type { Action, ContainerLife, PodLife } from './podLife.ts';
import { type ReasonToStop, reasonToStopSidecar } from './reasonToStop.ts';
import { isToBeStarted } from './restarts.ts';
import { isInitDone, isUp, specOf } from './seenStatus.ts';

export interface InitPlan {
  /** The main containers may run. */
  isDone: boolean;
  /** In their order. */
  readonly starts: ContainerLife[];
}

/** Adds to `kills` the sidecars to stop. */
export function planInits(pod: Pod, { containers }: PodLife, kills: Action[]): InitPlan {
  const inits = containers.filter(({ type }) => type === 'init' || type === 'sidecar');
  const plan: InitPlan = { isDone: inits.length === 0 || containers.some((each) => each.type === 'app' && isUp(each)), starts: [] };
  // Whether one after it has begun.
  let isPast = plan.isDone;
  for (let i = inits.length - 1; i >= 0; i--) {
    const container = inits[i] as ContainerLife;
    if (isPast ? container.type === 'init' : container.seen.length === 0) continue;
    if (isInitDone(container)) {
      const next = inits[i + 1];
      if (!next) plan.isDone = true;
      else if (!isPast) plan.starts.unshift(next);
    }
    const reason = isUp(container) && container.type === 'sidecar' ? reasonToStopSidecar(pod, container) : undefined;
    if (reason) kills.push(killAction(container, reason));
    if (reason || isMissed(pod, container)) plan.starts.unshift(container);
    isPast = true;
  }
  if (!isPast && inits[0]) plan.starts.push(inits[0]);
  return plan;
}

/** It has not done its part, does not run, and may be started. */
function isMissed(pod: Pod, container: ContainerLife): boolean {
  const spec = specOf(pod, container.name) ?? container.spec;
  return !isUp(container) && !isInitDone(container) && isToBeStarted(pod, spec, container.seen[0]);
}

export function killAction({ name }: ContainerLife, { message, graceMs }: ReasonToStop): Action {
  return { do: 'kill', container: name, message, graceMs, isBegun: false };
}
