// From what was last seen of a pod's containers to what the API server is told of them: states, readiness, and the phase that follows.
// Models pkg/kubelet/kubelet_pods.go convertToAPIContainerStatuses and getPhase, and prober/prober_manager.go UpdatePodStatus.
import type { Container, ContainerState, ContainerStateTerminated, Pod, PodPhase } from '../../kube/kinds/pod.ts';
import { toTimestamp } from '../../kube/meta.ts';
import { fullImageName } from './images.ts';
import type { ContainerLife, PodLife, Run } from './podLife.ts';
import { isRestartedAfter, isToBeStarted } from './restarts.ts';
import type { ContainerWork, PodWork } from './work.ts';

/** When a process that never started is said to have started. */
const NEVER = '1970-01-01T00:00:00Z';

/** What is told of a container that was removed to be run anew with all others, and how its run ended, which nobody saw. */
const REMOVED = { reason: 'RestartingAllContainers', message: 'The container is removed because RestartAllContainers in place' };
const REMOVED_RUN: ContainerStateTerminated = { exitCode: 137, ...REMOVED, startedAt: null, finishedAt: null };

/** What the runtime holds is what is known from now on. Returns whether that is news. */
export function see(life: PodLife): boolean {
  let isNews = false;
  for (const container of life.containers) {
    if (container.seen !== container.runs) isNews = true;
    container.seen = container.runs;
  }
  if (life.seenIP !== life.sandbox?.ip) isNews = true;
  life.seenIP = life.sandbox?.ip;
  return isNews;
}

/** The container of this name in the pod's spec. */
export function specOf(pod: Pod, name: string): Container | undefined {
  const { containers, initContainers, ephemeralContainers } = pod.spec;
  const isNamed = (container: Container) => container.name === name;
  return containers.find(isNamed) ?? initContainers?.find(isNamed) ?? ephemeralContainers?.find(isNamed);
}

/** Writes into the pod's work what was seen of its containers. */
export function noteSeen(pod: Pod, work: PodWork, life: PodLife): void {
  const hasInit = (pod.spec.initContainers?.length ?? 0) > 0;
  for (const told of [...work.initContainers, ...work.containers, ...work.debugContainers]) {
    const container = life.containers.find(({ name }) => name === told.name);
    if (container) noteContainer(pod, told, container, hasInit && container.type !== 'debug' ? 'PodInitializing' : 'ContainerCreating');
    if (container && life.restartingAll === 'removed' && container.runsRemoved > 0) told.state = { waiting: REMOVED };
  }
  work.ip = life.seenIP;
  work.isInitialized = isInitialized(life);
}

function noteContainer(pod: Pod, told: ContainerWork, container: ContainerLife, idle: string): void {
  const [newest, older] = container.seen;
  const spec = specOf(pod, container.name) ?? container.spec;
  told.id = newest?.id;
  told.image = newest ? fullImageName(newest.image) : (spec.image ?? '');
  told.restartCount = newest?.number ?? container.runsRemoved;
  told.state = stateOf(newest, idle);
  told.last = terminatedOf(older) ?? (container.runsRemoved > 0 ? REMOVED_RUN : undefined);
  if (container.trouble && container.type !== 'debug' && isToBeStarted(pod, spec, newest) && !isInitDone(container)) {
    told.last = told.state.terminated ?? told.last;
    told.state = { waiting: container.trouble };
  }
  const isRunning = told.state.running !== undefined;
  told.isStarted = isRunning && isStarted(container);
  told.isReady = container.type === 'init' ? newest?.exit?.exitCode === 0 : told.isStarted && isReady(container);
}

/** An init container has done its part when it has ended well, a sidecar while it is up. */
export function isInitDone(container: ContainerLife): boolean {
  if (container.type === 'sidecar') return isUp(container) && isStarted(container);
  return container.type === 'init' && container.seen[0]?.exit?.exitCode === 0;
}

/** It was running when it was last looked at. */
export function isUp({ seen }: ContainerLife): boolean {
  return seen[0] !== undefined && !seen[0].exit;
}

function stateOf(run: Run | undefined, idle: string): ContainerState {
  const terminated = terminatedOf(run);
  if (terminated) return { terminated };
  if (run?.startedMs === undefined) return { waiting: { reason: idle } };
  return { running: { startedAt: toTimestamp(run.startedMs) } };
}

function terminatedOf(run: Run | undefined): ContainerStateTerminated | undefined {
  if (!run?.exit) return undefined;
  const { atMs, exitCode, reason, message } = run.exit;
  return {
    exitCode,
    reason,
    ...(message ? { message } : {}),
    startedAt: run.startedMs === undefined ? NEVER : toTimestamp(run.startedMs),
    finishedAt: toTimestamp(atMs),
    containerID: run.id,
  };
}

/** Its startup probe has passed, or it has none. */
export function isStarted({ type, spec, probes, seen }: ContainerLife): boolean {
  if (type === 'init' || !spec.startupProbe) return true;
  const { startup } = probes;
  return startup?.run === seen[0]?.number && startup?.verdict === 'success';
}

function isReady({ type, spec, probes, seen, isHeldBack }: ContainerLife): boolean {
  if (type === 'debug' || isHeldBack) return false;
  if (!spec.readinessProbe) return true;
  const { readiness } = probes;
  return readiness?.run === seen[0]?.number && readiness?.verdict === 'success';
}

/** Once a main container was made, the init containers are history. */
function isInitialized({ containers }: PodLife): boolean {
  if (containers.some(({ type, seen }) => type === 'app' && seen.length > 0)) return true;
  return containers.every((container) => (container.type !== 'init' && container.type !== 'sidecar') || isInitDone(container));
}

/** The phase that the states of a pod's containers make; `isTerminal`: none of them comes back. */
export function phaseSeen(pod: Pod, work: PodWork, life: PodLife, isTerminal: boolean): PodPhase {
  const hasBegun = life.containers.some(({ type, seen }) => type === 'app' && seen.length > 0);
  if (life.restartingAll === 'removing' && !isTerminal) return hasBegun ? 'Running' : 'Pending';
  const inits = life.containers.filter(({ type }) => type === 'init' || type === 'sidecar');
  if (!hasBegun) {
    if (inits.some((container) => hasFailedForGood(pod, container))) return 'Failed';
    if (inits.some((container) => isInitPending(container))) return isTerminal ? 'Failed' : 'Pending';
  }
  const states = work.containers.map(({ state, last }) => ({
    isRunning: state.running,
    ended: state.terminated ?? (state.waiting && last?.reason !== REMOVED.reason ? last : undefined),
  }));
  if (states.some(({ isRunning, ended }) => !isRunning && !ended)) return isTerminal ? 'Failed' : 'Pending';
  if (states.some(({ isRunning }) => isRunning)) return 'Running';
  const hasSucceeded = states.every(({ ended }) => ended?.exitCode === 0);
  const ending = hasSucceeded ? 'Succeeded' : 'Failed';
  if (isTerminal) return ending;
  if (life.containers.some((container) => container.type === 'sidecar' && isUp(container))) return 'Running';
  const comesBack = work.containers.some((told) => {
    const spec = specOf(pod, told.name);
    const exit = told.state.terminated ?? told.last;
    return spec !== undefined && exit !== undefined && isRestartedAfter(pod, spec, exit.exitCode);
  });
  return comesBack ? 'Running' : ending;
}

function isInitPending(container: ContainerLife): boolean {
  return !isInitDone(container) && !(container.type === 'sidecar' && container.seen.length > 0);
}

function hasFailedForGood(pod: Pod, { type, name, seen }: ContainerLife): boolean {
  const exit = seen[0]?.exit;
  const spec = specOf(pod, name);
  return type === 'init' && exit !== undefined && exit.exitCode !== 0 && spec !== undefined && !isRestartedAfter(pod, spec, exit.exitCode);
}
