// Stopping containers: the preStop hook first, then SIGTERM, and SIGKILL when the grace is over. Where all of a pod are stopped, a
// sidecar waits for its turn: it is asked to stop when those that were started after it have ended.
// Models pkg/kubelet/kuberuntime/kuberuntime_container.go killContainer and kuberuntime_termination_order.go.
import { Late } from '../../base/late.ts';
import type * as hooking from './hooks.ts';
import { writeSoon } from './insideRecord.ts';
import type { LiveWorker } from './liveWorker.ts';
import type { ContainerLife, Kill, PodLife } from './podLife.ts';
import { specOf } from './seenStatus.ts';
import { signalBox, stopSignalOf } from './shell/runtime.ts';

/** What few containers have. */
export const hooks = new Late<typeof hooking>('podFields');

/** A container is given this long to end, whatever the grace. */
const GRACE_MIN_MS = 2000;
/** A signal is sent a moment after it is decided on. */
const SIGNAL_MS = 20;

export function isRunning({ runs }: ContainerLife): boolean {
  return runs[0] !== undefined && runs[0].exit === undefined;
}

/** Begins to stop all that runs in the pod, sidecars last. */
export function beginKillAll(worker: LiveWorker, graceMs: number): void {
  for (const container of worker.life.containers) beginKill(worker, container, `Stopping container ${container.name}`, graceMs, true);
}

/** Begins to stop a container that runs; one that is being stopped may only get less grace. */
export function beginKill(worker: LiveWorker, container: ContainerLife, message: string, graceMs: number, isInTurn = false): void {
  const { life, nowMs } = worker;
  if (!isRunning(container)) return;
  const known = life.kills.find((kill) => kill.container === container.name);
  if (known) {
    known.untilMs = Math.min(known.untilMs, nowMs + Math.max(graceMs, GRACE_MIN_MS));
    worker.proceedAfter(known.untilMs - nowMs);
    return;
  }
  worker.tell('Normal', 'Killing', message, worker.told(container.name));
  const step = graceMs > 0 ? 'hook' : 'turn';
  const kill: Kill = { container: container.name, untilMs: nowMs + graceMs, isInTurn, step, hook: undefined };
  life.kills.push(kill);
  worker.proceedAfter(SIGNAL_MS);
}

/** Goes on with all that are being stopped; forgets those that have ended. */
export function advanceKills(worker: LiveWorker): void {
  const { life } = worker;
  for (const kill of life.kills) {
    const container = life.containers.find(({ name }) => name === kill.container);
    if (container && isRunning(container)) advanceKill(worker, kill, container);
    else if (kill.hook?.session !== undefined) failHook(worker, kill);
  }
  life.kills = life.kills.filter(({ container }) => life.containers.some((each) => each.name === container && isRunning(each)));
}

function advanceKill(worker: LiveWorker, kill: Kill, container: ContainerLife): void {
  const { step } = kill;
  if (kill.step === 'hook' && isHookOver(worker, kill, container)) kill.step = 'turn';
  if (kill.step === 'turn' && (!kill.isInTurn || isItsTurn(worker.life, container) || worker.nowMs >= kill.untilMs))
    askToStop(worker, kill);
  else if (kill.step === 'term' && worker.nowMs >= kill.untilMs)
    worker.happenInSandbox((sandbox, world) => signalBox(sandbox, kill.container, 'KILL', world));
  if (kill.step !== step) writeSoon(worker);
}

function askToStop(worker: LiveWorker, kill: Kill): void {
  const { nowMs } = worker;
  kill.step = 'term';
  kill.untilMs = Math.max(kill.untilMs, nowMs + GRACE_MIN_MS);
  const spec = specOf(worker.pod, kill.container);
  const signal = spec?.lifecycle?.stopSignal ?? stopSignalOf(spec?.image ?? '');
  worker.happenInSandbox((sandbox, world) => signalBox(sandbox, kill.container, signal.replace(/^SIG/, ''), world));
  worker.proceedAfter(kill.untilMs - nowMs);
}

function isHookOver(worker: LiveWorker, kill: Kill, container: ContainerLife): boolean {
  const preStop = container.spec.lifecycle?.preStop;
  if (!preStop) return true;
  if (!kill.hook) {
    kill.hook = hooks.get().beginHook(worker, container, preStop);
    worker.proceedAfter(kill.untilMs - worker.nowMs);
  }
  const outcome = hooks.get().hookOutcome(worker, kill.hook);
  // A command that takes too long runs on until its container ends.
  if (!outcome) return worker.nowMs >= kill.untilMs;
  if (outcome.failure !== undefined) failHook(worker, kill);
  kill.hook = undefined;
  return true;
}

function failHook(worker: LiveWorker, { container }: Kill): void {
  worker.tell('Warning', 'FailedPreStopHook', 'PreStopHook failed', worker.told(container));
}

/** Sidecars end in the reverse of their order, after all others. */
function isItsTurn({ containers }: PodLife, container: ContainerLife): boolean {
  if (container.type !== 'sidecar') return true;
  return !containers.some(
    (other, i) => isRunning(other) && (other.type === 'app' || (other.type === 'sidecar' && i > containers.indexOf(container))),
  );
}
