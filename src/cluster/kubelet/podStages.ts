// The life of a pod on its machine, as a table: each row is what happens when its timer fires, and when it still means something.
//
//   begin ─▶ sandbox ─▶ init … ─▶ start ─▶ ready          exit ─▶ crash-loop ─▶ restart ─▶ start
//     └─ refused           start ─▶ (pull) ─▶ pull-back-off ─▶ pull-again      terminate ─▶ stopped ─▶ gone
//
// Models pkg/kubelet/kuberuntime/kuberuntime_manager.go SyncPod, pkg/kubelet/images/image_manager.go and pod_workers.go, with the
// timings of the stand-in kubelet of the recordings. Leaves out probes and commands.
import { secondsText } from './backOff.ts';
import { beginPod } from './beginPod.ts';
import { annotatedMs, annotation, behaviourOf, digestOf, fullImageName, isPullable, presentText } from './images.ts';
import { end, exceedDeadline, finish, stopped, terminate } from './podEnd.ts';
import type { PodWorker } from './podWorker.ts';
import type { StageName, StageTimer } from './stageTimer.ts';
import type { ContainerWork } from './work.ts';

/** The first restart comes at once. */
const FIRST_RESTART_MS = 50;
/** From an exit to CrashLoopBackOff, and from ErrImagePull to ImagePullBackOff. */
const BACK_OFF_SHOWS_MS = 1000;
const BACK_OFF_FIRST_MS = 10_000;
const BACK_OFF_MAX_MS = 300_000;
const INIT_MS = 1000;
const NEXT_INIT_MS = 200;
const AFTER_SIDECAR_MS = 300;
/** A container whose image was mended while it waited. */
const START_AGAIN_MS = 200;

interface Stage {
  /** Whether the timer still means something; a pod that is gone or ended never gets here. */
  when(worker: PodWorker, container: ContainerWork, timer: StageTimer): boolean;
  run(worker: PodWorker, container: ContainerWork, timer: StageTimer): void;
}

const isSameEra = (container: ContainerWork, timer: StageTimer) => container.era === timer.era;
const isSameRun = (_: PodWorker, container: ContainerWork, timer: StageTimer) =>
  isSameEra(container, timer) && container.state.running !== undefined;
const isAlive = ({ work }: PodWorker) => !work.isTerminating && work.phase === undefined;
const isWaiting = (worker: PodWorker, container: ContainerWork, timer: StageTimer) =>
  isAlive(worker) && isSameEra(container, timer) && container.state.waiting !== undefined;

/** `sync` and `stopped` are the kubelet's own; all others are skipped once the pod has ended. */
export const podStages: Readonly<Record<StageName, Stage>> = {
  sync: { when: () => true, run: sync },
  sandbox: { when: isAlive, run: makeSandbox },
  'init-exit': { when: (w, c, t) => isAlive(w) && isSameRun(w, c, t), run: (w, c, t) => endInit(w, c, t.count) },
  'init-next': { when: isAlive, run: (worker, _, { count }) => startInit(worker, count) },
  ready: {
    when: (w, c, t) => w.work.phase === undefined && isSameRun(w, c, t),
    run(worker, container) {
      container.isReady = true;
      worker.report();
    },
  },
  exit: { when: (w, c, t) => w.work.phase === undefined && isSameRun(w, c, t), run: (w, c, t) => exit(w, c, t.count) },
  'crash-loop': { when: (w, c) => isAlive(w) && c.state.terminated !== undefined, run: showCrashLoop },
  restart: { when: (w, c, t) => isAlive(w) && isSameEra(c, t), run: (w, c, t) => restart(w, c, t.count) },
  pulled: { when: (w, c, t) => isAlive(w) && isSameEra(c, t), run: finishPull },
  'pull-back-off': { when: isWaiting, run: showPullBackOff },
  'pull-again': { when: isWaiting, run: (worker, container, { count }) => failPull(worker, container, count) },
  'definition-changed': { when: (w, c, t) => isAlive(w) && isSameRun(w, c, t), run: replaceContainer },
  'start-again': {
    when: isWaiting,
    run(worker, container) {
      start(worker, container);
      worker.report();
    },
  },
  deadline: { when: isAlive, run: exceedDeadline },
  stopped: { when: ({ work }) => work.phase === undefined, run: (worker, _, { count }) => stopped(worker, count === 1) },
  gone: { when: ({ work }) => work.isTerminating, run: (worker) => worker.confirmDeletion() },
};

// From the API server's word to the machine ---------------------------------------------------------------------------

/** Looks at what the API server says of the pod now, and does what is new in it. */
function sync(worker: PodWorker): void {
  const { work, pod } = worker;
  work.isSyncDue = false;
  if (worker.node.isSilent) return;
  if (!work.hasBegun) {
    begin(worker);
    return;
  }
  if (pod.metadata.deletionTimestamp) terminate(worker);
  else if (work.phase === undefined) noticeImages(worker);
  if (worker.isToldOutOfDate()) worker.report();
}

function begin(worker: PodWorker): void {
  const { pod } = worker;
  const isTaken = beginPod(worker);
  if (pod.metadata.deletionTimestamp) terminate(worker);
  if (!isTaken) return;
  worker.report();
  worker.after(annotatedMs(pod, 'startup') ?? worker.runtime.startupMs, 'sandbox');
}

function makeSandbox(worker: PodWorker): void {
  worker.work.hasSandbox = true;
  worker.work.ip = worker.pod.spec.hostNetwork ? worker.node.ip : worker.takePodIP();
  startInit(worker, 0);
}

// Init containers -----------------------------------------------------------------------------------------------------

/** Runs init container number `index`; after the last one all others start. */
function startInit(worker: PodWorker, index: number): void {
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

function endInit(worker: PodWorker, container: ContainerWork, exitCode: number): void {
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
function start(worker: PodWorker, container: ContainerWork): void {
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

function showCrashLoop(worker: PodWorker, container: ContainerWork): void {
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

function restart(worker: PodWorker, container: ContainerWork, nextDelayMs: number): void {
  container.backOff = { delayMs: nextDelayMs, lastMs: worker.nowMs };
  if (container.isInit) {
    if (container.isSidecar) container.restartCount++;
    startInit(worker, worker.work.initContainers.indexOf(container));
    return;
  }
  start(worker, container);
  worker.report();
}

// Images --------------------------------------------------------------------------------------------------------------

function beginPull(worker: PodWorker, container: ContainerWork): void {
  worker.tell('Normal', 'Pulling', `Pulling image "${container.image}"`, container);
  worker.after(worker.runtime.pullMs ?? 0, 'pulled', container);
}

function finishPull(worker: PodWorker, container: ContainerWork): void {
  const seconds = `${(worker.runtime.pullMs ?? 0) / 1000}s`;
  const bytes = 10_000_000 + (Number.parseInt(digestOf(container.image).slice(0, 7), 16) % 90_000_000);
  worker.keepImage(container.image);
  startPulled(
    worker,
    container,
    `Successfully pulled image "${container.image}" in ${seconds} (${seconds} including waiting). Image size: ${bytes} bytes.`,
  );
  worker.report();
}

const notFound = (image: string) => {
  const name = fullImageName(image);
  return `rpc error: code = NotFound desc = failed to pull and unpack image "${name}": failed to resolve image: ${name}: not found`;
};

function failPull(worker: PodWorker, container: ContainerWork, attempt: number): void {
  const { image } = container;
  const message = notFound(image);
  worker.tell('Normal', 'Pulling', `Pulling image "${image}"`, container);
  worker.tell('Warning', 'Failed', `Failed to pull image "${image}": ${message}`, container);
  worker.tell('Warning', 'Failed', 'Error: ErrImagePull', container);
  container.last = container.state.terminated ?? container.last;
  container.state = { waiting: { reason: 'ErrImagePull', message } };
  worker.report();
  worker.after(BACK_OFF_SHOWS_MS, 'pull-back-off', container);
  worker.after(Math.min(BACK_OFF_MAX_MS, BACK_OFF_FIRST_MS * 2 ** attempt), 'pull-again', container, attempt + 1);
}

function showPullBackOff(worker: PodWorker, container: ContainerWork): void {
  const text = `Back-off pulling image "${container.image}"`;
  container.state = { waiting: { reason: 'ImagePullBackOff', message: `${text}: ErrImagePull: ${notFound(container.image)}` } };
  worker.tell('Normal', 'BackOff', text, container);
  worker.tell('Warning', 'Failed', 'Error: ImagePullBackOff', container);
  worker.report();
}

/** An image edited in a living pod: its container is restarted in place, the pod stays. */
function noticeImages(worker: PodWorker): void {
  worker.work.containers.forEach((container, i) => {
    const image = worker.pod.spec.containers[i]?.image ?? '';
    if (image === container.image) return;
    container.image = image;
    if (container.state.running) {
      container.era++;
      worker.tell('Normal', 'Killing', `Container ${container.name} definition changed, will be restarted`, container);
      worker.after(worker.runtime.shutdownMs, 'definition-changed', container);
    } else if (container.state.waiting && worker.work.isInitialized) {
      container.era++;
      worker.after(START_AGAIN_MS, 'start-again', container);
    }
  });
}

function replaceContainer(worker: PodWorker, container: ContainerWork): void {
  end(worker, container, 0);
  worker.report();
  container.backOff = undefined;
  start(worker, container);
  worker.report();
}
