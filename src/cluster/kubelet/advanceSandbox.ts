// Lets what runs in a pod go on to now, and takes note of what happened: exits, finished commands, what can be seen inside.
import { keepInside } from './insideRecord.ts';
import type { LiveWorker } from './liveWorker.ts';
import { hearProbes } from './probes.ts';
import type { Happening } from './shell/happening.ts';
import { advance, nextWakeMs } from './shell/runtime.ts';
import { checkStorageLater } from './storageLook.ts';
import { proceed } from './syncPod.ts';
import { terminationMessage } from './terminationMessage.ts';

export function advanceSandbox(worker: LiveWorker): void {
  const { life, node, nowMs } = worker;
  const { sandbox } = life;
  life.wakeMs = undefined;
  if (!sandbox) return;
  const happenings = [...life.happened.splice(0), ...advance(sandbox, worker.world)];
  for (const happening of happenings) if (happening.type === 'exit') noteExit(worker, happening);
  const nextMs = nextWakeMs(sandbox, worker.world);
  if (nextMs !== undefined) worker.wakeAt(Math.max(nextMs, nowMs + 1));
  keepInside(worker, happenings);
  if (happenings.some(({ type }) => type === 'write')) checkStorageLater(worker);
  if (node.isSilent) return;
  if (happenings.some(({ type }) => type === 'session' || type === 'exit')) {
    hearProbes(worker);
    proceed(worker);
  }
}

/** A container has ended; that is seen with the next relist. */
function noteExit(worker: LiveWorker, { box, exitCode, reason }: Extract<Happening, { type: 'exit' }>): void {
  const { life, nowMs } = worker;
  const container = life.containers.find(({ name }) => name === box);
  const run = container?.runs[0];
  if (!container || !run || run.exit || !life.sandbox) return;
  const message = terminationMessage(worker, life.sandbox, container, exitCode);
  const exit = { atMs: nowMs, exitCode, reason, ...(message === undefined ? {} : { message }) };
  container.runs = [{ ...run, exit }, ...container.runs.slice(1)];
  if (!worker.node.isSilent) worker.relistSoon();
}
