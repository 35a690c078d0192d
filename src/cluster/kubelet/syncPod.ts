// One look of the kubelet at one pod, and what follows from it: tell how it is, do what is missing, and know when to look again.
//
//   change · exit seen · probe · queue ─▶ sync ─▶ status told ─▶ plan ─▶ step … step ─▶ relist ─▶ sync, until nothing is left to do
//                                              └─ all have ended for good ─▶ stopPod.ts
//
// Models pkg/kubelet/kubelet.go SyncPod, pod_workers.go completeWork and pleg/generic.go.
import { perform } from './actions.ts';
import { advanceKills } from './killContainers.ts';
import { resizes } from './late.ts';
import type { LiveWorker } from './liveWorker.ts';
import { planSync } from './planSync.ts';
import { asAllocated, type PodLife } from './podLife.ts';
import { tendProbes } from './probes.ts';
import { refreshVolumes } from './refreshVolumes.ts';
import { isToBeResized } from './resizeNeed.ts';
import { noticeRestartAll } from './restartAll.ts';
import { noteSeen, phaseSeen, see } from './seenStatus.ts';
import { beginStopping, finishStopping } from './stopPod.ts';

/** From what the runtime did to the relist that notices it. */
const RELIST_MS = 12;
/** A failed sync is tried again after 10 s, one in back-off at its end, and none waits longer than a minute; all 1 to 1.5 times. */
const AGAIN_MS = 10_000;
const AGAIN_MAX_MS = 60_000;
const JITTER = 0.5;
const ODD_MS = 500;

/** Looks at the pod now, or right after the sync that is under way. */
export function syncPod(worker: LiveWorker): void {
  const { life, work } = worker;
  if (life.stage !== 'syncing') return;
  if (life.isBusy) {
    life.isSyncWanted = true;
    return;
  }
  life.syncCount++;
  life.isSyncWanted = false;
  life.isSyncOwed = false;
  life.failure = undefined;
  life.hasActed = false;
  refreshVolumes(worker);
  if (life.resizing !== undefined || life.containers.some((container) => isToBeResized(worker, container)))
    resizes.get().noticeResize(worker);
  else life.deferred = undefined;
  noticeRestartAll(worker.pod, life);
  tellSeen(worker);
  if (isTerminal(work.verdict)) return beginStopping(worker);
  tendProbes(worker);
  life.isBusy = true;
  life.plan = planSync(asAllocated(worker.pod, life), life);
  proceed(worker);
}

function tellSeen(worker: LiveWorker): void {
  const { life, pod, work } = worker;
  noteSeen(pod, work, life);
  for (const container of life.containers) container.told = container.trouble?.reason;
  work.verdict = worker.tellDeadline() ? 'Failed' : phaseSeen(pod, work, life, false);
  worker.report();
}

function isTerminal(phase: string | undefined): boolean {
  return phase === 'Failed' || phase === 'Succeeded';
}

/** Goes on with what is under way: the containers that are being stopped, and the plan of the sync. */
export function proceed(worker: LiveWorker): void {
  const { life } = worker;
  advanceKills(worker);
  if (life.stage === 'stopping') return finishStopping(worker);
  if (!life.isBusy) return;
  while (life.plan[0] && perform(worker, life.plan[0])) life.plan.shift();
  if (life.plan.length === 0) finishSync(worker);
}

function finishSync(worker: LiveWorker): void {
  const { life } = worker;
  life.isBusy = false;
  life.syncedMs = worker.nowMs;
  if (life.resizing !== undefined) resizes.get().finishResize(worker);
  const hasFailedToAct = life.failure !== undefined && life.failure.untilMs === undefined;
  if (life.hasActed && hasFailedToAct) worker.relistSoon();
  else if (life.hasActed) {
    // What was started or stopped is looked at at once, before it has had time to do anything.
    see(life);
    life.isSyncWanted = true;
  }
  if (isOddlySyncedAgain(life)) worker.after(worker.untilTick(ODD_MS), 'look', undefined, life.syncCount);
  if (life.isSyncWanted) worker.after(RELIST_MS, 'look', undefined, life.syncCount);
  else if (life.failure) worker.after(againMs(worker), 'look', undefined, life.syncCount);
}

/** As recorded, and not explained by the sources: a process that could not be started twice is looked at once more a second later. */
function isOddlySyncedAgain({ failure, containers }: PodLife): boolean {
  if (failure?.untilMs === undefined) return false;
  return containers.some(
    ({ told, trouble, runs }) => trouble?.reason === 'CrashLoopBackOff' && told === 'RunContainerError' && runs[0]?.number === 1,
  );
}

/** When a sync that failed is tried again: the queue is looked at once a second. */
function againMs(worker: LiveWorker): number {
  const { failure } = worker.life;
  const waitMs = failure?.untilMs === undefined ? AGAIN_MS : failure.untilMs - worker.nowMs;
  const jittered = Math.min(AGAIN_MAX_MS, Math.max(0, waitMs)) * (1 + worker.random('again') * JITTER);
  return worker.untilTick(Math.round(jittered));
}

/**
 * Once a second the kubelet lists what runs, and looks at pods in which something has ended. A sync that was asked for before does not
 * stand for that: there is another one with the next relist, in which a back-off that began in the first shows.
 */
export function relist(worker: LiveWorker): void {
  const { life } = worker;
  life.isRelistDue = false;
  if (life.stage !== 'syncing') return;
  // A sync goes by what was seen when it began.
  if (life.isBusy) return worker.relistSoon();
  const isNews = see(life);
  const isOwed = life.isSyncOwed;
  if (isNews || isOwed) syncPod(worker);
  if (!isNews || !isOwed) return;
  life.isSyncOwed = true;
  worker.relistSoon();
}
