// The end of a pod: its containers are stopped, how it ended is told, and its object may go.
//
//   all ended for good ─▶ stopping ─▶ stopped ─(1.1 s …)─▶ phase told          deleted ─▶ stopping ─▶ phase told ─▶ object gone
//
// Models pkg/kubelet/kubelet.go SyncTerminatingPod and SyncTerminatedPod, and status_manager.go: the phase is told last.
import { writeInside } from './insideRecord.ts';
import { beginKillAll } from './killContainers.ts';
import type { LiveWorker } from './liveWorker.ts';
import { NOT_FOUND } from './podEnd.ts';
import { noteSeen, phaseSeen, see } from './seenStatus.ts';
import type { Happening } from './shell/happening.ts';
import { discharge } from './work.ts';

/** From the last container's end, as seen, to the phase of a pod that ended by itself. */
const ENDED_MS = { min: 1100, span: 400 };
/** The same for a pod that is being deleted, past its deadline or evicted, and from there to its object's end. */
const STOPPED_MS = { min: 180, span: 120 };
const GONE_MS = { min: 350, span: 450 };

/** The pod is being deleted: its containers are asked to stop, or get less grace than they had. */
export function noticeDeletion(worker: LiveWorker): void {
  const { life, work } = worker;
  if (work.phase) {
    worker.confirmDeletion();
    return;
  }
  const isNew = !work.isTerminating;
  work.isTerminating = true;
  if (life.stage === 'syncing') beginStopping(worker);
  else beginKillAll(worker, worker.graceMs());
  if (!isNew || work.toldGeneration === undefined) return;
  noteSeen(worker.pod, work, life);
  worker.report();
}

/** Stops whatever still runs in the pod. */
export function beginStopping(worker: LiveWorker): void {
  const { life } = worker;
  life.stage = 'stopping';
  life.isBusy = true;
  life.plan = [];
  life.hasActed = false;
  beginKillAll(worker, worker.graceMs());
  life.hasActed = life.kills.length > 0;
  worker.tellDeadline();
  finishStopping(worker);
}

/** Once nothing runs any more, how the pod ended is told a moment later. */
export function finishStopping(worker: LiveWorker): void {
  const { life, pod, work } = worker;
  if (life.kills.length > 0) return;
  life.stage = 'stopped';
  life.isBusy = false;
  worker.tellDeadline();
  const isEndedFromOutside = work.isTerminating || work.reason !== undefined;
  const { min, span } = isEndedFromOutside ? STOPPED_MS : ENDED_MS;
  worker.after(min + worker.random('end') * span, 'ended');
  if (isEndedFromOutside) return;
  see(life);
  noteSeen(pod, work, life);
  if (!life.hasActed) return;
  work.hasSandbox = false;
  worker.report();
}

/** The last word about a pod. */
export function endPod(worker: LiveWorker): void {
  const { life, pod, work } = worker;
  see(life);
  noteSeen(pod, work, life);
  const phase = worker.tellDeadline() ? 'Failed' : phaseSeen(pod, work, life, true);
  markUnknown(worker);
  work.phase = phase === 'Succeeded' ? 'Succeeded' : 'Failed';
  work.verdict = work.phase;
  if (work.reason?.reason === 'Evicted') removeLogs(worker);
  // A pod that was evicted and ended well has succeeded.
  if (work.phase === 'Succeeded') work.reason = undefined;
  work.hasSandbox = false;
  discharge(work, worker.node);
  worker.report();
  if (work.isTerminating) worker.after(GONE_MS.min + worker.random('end') * GONE_MS.span, 'gone');
}

/** Of a pod that was evicted nothing is kept on the machine. */
function removeLogs(worker: LiveWorker): void {
  const { sandbox, untold } = worker.life;
  if (!sandbox) return;
  untold.push(...Object.keys(sandbox.logs).map((box): Happening => ({ type: 'print', box })));
  sandbox.logs = {};
  writeInside(worker);
}

/** Containers that do not run and have not ended cannot be found any more: of the init containers those up to the last that began. */
function markUnknown({ work: { initContainers, containers, isInitialized } }: LiveWorker): void {
  const begun = initContainers.findLastIndex(({ state, last }) => !state.waiting || last !== undefined);
  const meant = [...initContainers.slice(0, Math.max(1, begun + 1)), ...(isInitialized ? containers : [])];
  for (const container of meant) if (container.state.waiting) container.state = NOT_FOUND;
}
