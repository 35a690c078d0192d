// The life of a pod on its machine, as a table: each row is what happens when its timer fires, and when it still means something.
//
//   begin ─▶ sandbox ─▶ init … ─▶ start ─▶ ready          exit ─▶ crash-loop ─▶ restart ─▶ start
//     └─ refused           start ─▶ (pull) ─▶ pull-back-off ─▶ pull-again      terminate ─▶ stopped ─▶ gone
//
// What the rows do stands in stageContainers.ts, stageImages.ts and podEnd.ts. Models pkg/kubelet/pod_workers.go, with the timings of
// the stand-in kubelet of the recordings. Leaves out probes and commands.
import { beginPod } from './beginPod.ts';
import { annotatedMs } from './images.ts';
import { exceedDeadline, stopped, terminate } from './podEnd.ts';
import type { PodWorker } from './podWorker.ts';
import { endInit, exit, finishPull, isAlive, replaceContainer, restart, showCrashLoop, start, startInit } from './stageContainers.ts';
import { failPull, showPullBackOff } from './stageImages.ts';
import type { StageName, StageTimer } from './stageTimer.ts';
import type { ContainerWork } from './work.ts';

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
