// How containers of a pod start, end and come back in the stand-in kubelet, which decides in advance what each will do.
// Models pkg/kubelet/kuberuntime/kuberuntime_manager.go SyncPod, with the timings of the stand-in kubelet of the recordings.
import { secondsText } from './backOff.ts';
import { annotatedMs, annotation, behaviourOf, digestOf, isPullable, presentText } from './images.ts';
import { end, finish } from './podEnd.ts';
import type { PodWorker } from './podWorker.ts';
import { beginPull, failPull, pulledText } from './stageImages.ts';
import type { ContainerWork } from './work.ts';

/** The first restart comes at once. */
const FIRST_RESTART_MS = 50;
/** From an exit to CrashLoopBackOff. */
const BACK_OFF_SHOWS_MS = 1000;
const BACK_OFF_FIRST_MS = 10_000;
const BACK_OFF_MAX_MS = 300_000;
const INIT_MS = 1000;
const NEXT_INIT_MS = 200;
const AFTER_SIDECAR_MS = 300;

/** Neither ended nor about to. */
export function isAlive({ work }: PodWorker): boolean {
  return !work.isTerminating && work.phase === undefined;
}

// Init containers -----------------------------------------------------------------------------------------------------

/** Runs init container number `index`; after the last one all others start. */
export function startInit(worker: PodWorker, index: number): void {
  const { work, pod } = worker;
  const container = work.initContainers[index];
  if (!container) {
    work.isInitialized = true;
    for (const each of work.containers) start(worker, each);
    worker.report();
    return;
  }
  run(worker, container);
  container.isStarted = container.isSidecar;
  container.isReady = container.isSidecar;
  worker.report();
  if (container.isSidecar) {
    // A sidecar that comes back later has nobody waiting for it.
    if (!work.isInitialized) worker.after(AFTER_SIDECAR_MS, 'init-next', undefined, index + 1);
    return;
  }
  worker.after(annotatedMs(pod, 'init-duration') ?? INIT_MS, 'init-exit', container, Number(annotation(pod, 'init-exit-code') ?? 0) || 0);
}

export function endInit(worker: PodWorker, container: ContainerWork, exitCode: number): void {
  end(worker, container, exitCode);
  container.isReady = exitCode === 0;
  if (exitCode !== 0 && worker.pod.spec.restartPolicy === 'Never') {
    finish(worker, 'Failed');
    return;
  }
  worker.report();
  if (exitCode === 0) worker.after(NEXT_INIT_MS, 'init-next', undefined, worker.work.initContainers.indexOf(container) + 1);
  else backOff(worker, container);
}

// Start and exit ------------------------------------------------------------------------------------------------------

/** Starts a container, or fails to where its image cannot be had, or first pulls the image where that takes time. */
export function start(worker: PodWorker, container: ContainerWork): void {
  if (!isAlive(worker)) return;
  if (!isPullable(container.image)) failPull(worker, container, 0);
  else if (worker.mustPull(container)) beginPull(worker, container);
  else startPulled(worker, container, presentText(container.image));
}

function startPulled(worker: PodWorker, container: ContainerWork, pulled: string): void {
  const { pod } = worker;
  if (container.runCount > 0) container.restartCount++;
  container.last = container.state.terminated ?? container.last;
  run(worker, container, pulled);
  container.isStarted = true;
  const { readyAfterMs, exitAfterMs, exitCode } = behaviourOf(pod, container.name, container.image, container.runCount);
  container.isReady = readyAfterMs === 0;
  if (readyAfterMs) worker.after(readyAfterMs, 'ready', container);
  if (exitAfterMs !== undefined) worker.after(exitAfterMs, 'exit', container, exitCode);
}

function run(worker: PodWorker, container: ContainerWork, pulled = presentText(container.image)): void {
  container.runCount++;
  container.era++;
  container.id = `containerd://${digestOf(`${worker.work.uid}/${container.name}/${container.runCount}`)}`;
  container.startedAt = worker.now();
  container.state = worker.runningState();
  worker.tell('Normal', 'Pulled', pulled, container);
  worker.tell('Normal', 'Created', 'Container created', container);
  worker.tell('Normal', 'Started', 'Container started', container);
}

/** A container's process ends by itself. */
export function exit(worker: PodWorker, container: ContainerWork, exitCode: number): void {
  const { work, pod } = worker;
  if (container.isInit && !container.isSidecar) {
    endInit(worker, container, exitCode);
    return;
  }
  end(worker, container, exitCode);
  if (work.isTerminating) return;
  const { restartPolicy } = pod.spec;
  if (container.isSidecar || restartPolicy === 'Always' || (restartPolicy === 'OnFailure' && exitCode !== 0)) {
    worker.report();
    backOff(worker, container);
    return;
  }
  container.isFinished = true;
  if (!work.containers.every(({ isFinished }) => isFinished)) worker.report();
  else finish(worker, work.containers.some(({ state }) => state.terminated?.exitCode) ? 'Failed' : 'Succeeded');
}

/** Restarts: the first at once, then 10 s, 20 s, 40 s … 300 s after the exit; forgiven after ten minutes without one. */
function backOff(worker: PodWorker, container: ContainerWork): void {
  const { nowMs } = worker;
  const known = container.backOff;
  if (!known || nowMs - known.lastMs > 2 * BACK_OFF_MAX_MS) {
    container.backOff = { delayMs: BACK_OFF_FIRST_MS, lastMs: nowMs };
    worker.after(FIRST_RESTART_MS, 'restart', container, BACK_OFF_FIRST_MS);
    return;
  }
  worker.after(BACK_OFF_SHOWS_MS, 'crash-loop', container);
  worker.after(known.delayMs, 'restart', container, Math.min(BACK_OFF_MAX_MS, known.delayMs * 2));
}

export function showCrashLoop(worker: PodWorker, container: ContainerWork): void {
  const { name, namespace, uid } = worker.work;
  const pod = `${name}_${namespace}(${uid})`;
  container.last = container.state.terminated;
  container.state = {
    waiting: {
      reason: 'CrashLoopBackOff',
      message: `back-off ${secondsText(container.backOff?.delayMs ?? 0)} restarting failed container=${container.name} pod=${pod}`,
    },
  };
  worker.tell('Warning', 'BackOff', `Back-off restarting failed container ${container.name} in pod ${pod}`, container);
  worker.report();
}

export function restart(worker: PodWorker, container: ContainerWork, nextDelayMs: number): void {
  container.backOff = { delayMs: nextDelayMs, lastMs: worker.nowMs };
  if (container.isInit) {
    if (container.isSidecar) container.restartCount++;
    startInit(worker, worker.work.initContainers.indexOf(container));
    return;
  }
  start(worker, container);
  worker.report();
}

export function finishPull(worker: PodWorker, container: ContainerWork): void {
  worker.keepImage(container.image);
  startPulled(worker, container, pulledText(worker, container.image));
  worker.report();
}

export function replaceContainer(worker: PodWorker, container: ContainerWork): void {
  end(worker, container, 0);
  worker.report();
  container.backOff = undefined;
  start(worker, container);
  worker.report();
}
