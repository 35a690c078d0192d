// The life of a pod whose containers run for real, as a table: what happens when each of its timers fires.
//
//   sync ─▶ begin ─▶ look ─▶ proceed … ─▶ look          run ─▶ exits ─▶ relist ─▶ look          probe · look again · deadline
//
// A table beside podStages.ts, and not the same with other numbers: the stand-in decides in advance when a container becomes ready,
// ends and comes back, while here the kubelet looks at what runs, again and again, and never knows what comes.

import { advanceSandbox } from './advanceSandbox.ts';
import { beginPod } from './beginPod.ts';
import { writeInside } from './insideRecord.ts';
import { resizes } from './late.ts';
import type { LiveWorker } from './liveWorker.ts';
import { noticeSpec } from './noticeSpec.ts';
import { addContainers } from './podLife.ts';
import { fireProbe, PROBES } from './probes.ts';
import { refreshVolumes } from './refreshVolumes.ts';
import { see } from './seenStatus.ts';
import type { LiveStageName, StageTimer } from './stageTimer.ts';
import { endPod, noticeDeletion } from './stopPod.ts';
import { checkStorage } from './storageLook.ts';
import { proceed, relist, syncPod } from './syncPod.ts';

interface LiveStage {
  when(worker: LiveWorker, timer: StageTimer): boolean;
  run(worker: LiveWorker, timer: StageTimer): void;
}

const hasNotEnded = ({ work }: LiveWorker) => work.phase === undefined;
/** A silent kubelet does nothing; its containers run on. */
const isActive = (worker: LiveWorker) => hasNotEnded(worker) && !worker.node.isSilent;

export const liveStages: Readonly<Record<LiveStageName, LiveStage>> = {
  sync: { when: () => true, run: notice },
  look: { when: (worker, { count }) => isActive(worker) && worker.life.syncCount === count, run: syncPod },
  proceed: { when: isActive, run: proceed },
  relist: { when: isActive, run: relist },
  run: { when: (worker, { count }) => hasNotEnded(worker) && worker.life.wakeMs === count, run: advanceSandbox },
  record: { when: (worker) => worker.life.recordMs === worker.nowMs, run: writeInside },
  refresh: { when: isActive, run: refreshVolumes },
  storage: { when: isActive, run: checkStorage },
  probe: { when: (worker) => isActive(worker) && worker.life.stage !== 'stopped', run: probe },
  ready: { when: isActive, run: announceReady },
  deadline: { when: (worker) => isActive(worker) && worker.isPastDeadline(), run: syncPod },
  resize: { when: (worker) => isActive(worker) && worker.life.deferred !== undefined, run: (worker) => resizes.get().retryResize(worker) },
  resume: { when: ({ node }) => !node.isSilent, run: resume },
  ended: { when: isActive, run: endPod },
  gone: { when: ({ work }) => work.isTerminating, run: (worker) => worker.confirmDeletion() },
};

/** Looks at what the API server says of the pod now. */
function notice(worker: LiveWorker): void {
  const { work, pod, node } = worker;
  work.isSyncDue = false;
  if (node.isSilent) return;
  if (!work.hasBegun) {
    const isTaken = beginPod(worker);
    if (isTaken) addContainers(pod, worker.life);
    if (isTaken) syncPod(worker);
    if (isTaken || !pod.metadata.deletionTimestamp) return;
  }
  if (pod.metadata.deletionTimestamp) {
    noticeDeletion(worker);
    if (worker.isToldOutOfDate()) worker.report();
    return;
  }
  if (work.phase === undefined && noticeSpec(worker)) {
    worker.watchDeadline();
    syncPod(worker);
  }
  if (worker.isToldOutOfDate()) worker.report();
}

function probe(worker: LiveWorker, { container, count }: StageTimer): void {
  const found = worker.life.containers.find(({ name }) => name === container);
  const name = PROBES[count];
  if (found && name) fireProbe(worker, found, name);
}

function announceReady(worker: LiveWorker, { container }: StageTimer): void {
  const found = worker.life.containers.find(({ name }) => name === container);
  if (!found) return;
  found.isHeldBack = false;
  worker.lookSoon();
}

/** A kubelet that can speak again looks at what became of its pod meanwhile. */
function resume(worker: LiveWorker): void {
  const { life, work } = worker;
  if (work.phase) {
    if (work.isTerminating) worker.confirmDeletion();
    return;
  }
  if (!work.hasBegun || worker.pod.metadata.deletionTimestamp) return notice(worker);
  life.isRelistDue = false;
  proceed(worker);
  if (life.stage === 'stopped') endPod(worker);
  if (life.stage !== 'syncing' || life.isBusy) return;
  see(life);
  for (const { probes } of life.containers) for (const probe of Object.values(probes)) probe.nextMs = undefined;
  syncPod(worker);
}
