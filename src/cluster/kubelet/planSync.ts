// What has to be done so that a pod's containers become what its spec says: which are stopped, and which are started next.
// Models pkg/kubelet/kuberuntime/kuberuntime_manager.go computePodActions and kuberuntime_container.go computeInitContainerActions.
import type { Pod } from '../../kube/kinds/pod.ts';
import type { Action, ContainerLife, PodLife } from './podLife.ts';
import { resizeRestart } from './resizeNeed.ts';
import { planRemovals } from './restartAll.ts';
import { isRestartedAfter, isToBeStarted } from './restarts.ts';
import { isInitialized, isStarted, specOf } from './seenStatus.ts';

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
  if (isInitialized(life)) {
    const ending = endingOf(pod, life);
    if (ending) return [ending];
    for (const container of life.containers) {
      if (container.type === 'sidecar' || container.type === 'app') tend(pod, container, kills, starts);
    }
  } else {
    const next = nextInit(pod, life, kills);
    if (next) starts.push(start(pod, next));
  }
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

function isUp({ seen }: ContainerLife): boolean {
  return seen[0] !== undefined && !seen[0].exit;
}

/** Starts, keeps or stops one of the containers that run beside each other. */
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
  kills.push({ do: 'kill', container: name, message: reason.message, graceMs: reason.graceMs, isBegun: false });
  if (reason.isBack) starts.push(start(pod, container));
}

interface ReasonToStop {
  readonly message: string;
  readonly graceMs: number | undefined;
  readonly isBack: boolean;
}

function reasonToStop(pod: Pod, container: ContainerLife): ReasonToStop | undefined {
  const { name, probes, seen } = container;
  const spec = specOf(pod, name) ?? container.spec;
  const restarts = (what: string): ReasonToStop => ({ message: `Container ${name} ${what}`, graceMs: undefined, isBack: true });
  if (spec.image !== seen[0]?.image) return restarts('definition changed, will be restarted');
  if (resizeRestart(container, spec)) return restarts('resize requires restart');
  for (const probe of ['liveness', 'startup'] as const) {
    const found = probes[probe];
    if (found?.run !== seen[0]?.number || found?.verdict !== 'failure') continue;
    const seconds = spec[`${probe}Probe`]?.terminationGracePeriodSeconds;
    const graceMs = seconds === undefined ? undefined : seconds * 1000;
    if (isRestartedAfter(pod, spec, 1)) return { ...restarts(`failed ${probe} probe, will be restarted`), graceMs };
    return { message: `Stopping container ${name}`, graceMs, isBack: false };
  }
  return undefined;
}

/** The first init container that has not done its part, if it can be started now. */
function nextInit(pod: Pod, { containers }: PodLife, kills: Action[]): ContainerLife | undefined {
  for (const container of containers) {
    if (container.type !== 'init' && container.type !== 'sidecar') continue;
    const [newest] = container.seen;
    const spec = specOf(pod, container.name) ?? container.spec;
    if (newest && !newest.exit) {
      if (container.type === 'init') return undefined;
      const starts: Action[] = [];
      tend(pod, container, kills, starts);
      if (starts.length > 0) return container;
      if (!isStarted(container)) return undefined;
    } else if (container.type === 'sidecar' || newest?.exit?.exitCode !== 0) {
      return isToBeStarted(pod, spec, newest) ? container : undefined;
    }
  }
  return undefined;
}
