// Probes: each looks at its container once a period, from when the pod was first looked at, and changes its mind after enough
// results in a row. Startup comes first; liveness and readiness wait for it.
//
//   tick ─▶ ask ─▶ answer (or too late) ─▶ in a row? ─▶ verdict ─▶ liveness, startup: the container is stopped · readiness: told
//
// Models pkg/kubelet/prober/{prober_manager,worker,prober}.go.
import type { Probe } from '../../kube/kinds/pod.ts';
import { askProbe, probeAnswer } from './askProbe.ts';
import type { LiveWorker } from './liveWorker.ts';
import type { ContainerLife, ProbeAnswer, ProbeLife, ProbeName } from './podLife.ts';
import { isStarted } from './seenStatus.ts';

export const PROBES: readonly ProbeName[] = ['startup', 'liveness', 'readiness'];
/** Volumes are waited for before the probes begin to tick. */
const FIRST_TICK_MS = 300;
/** What is asked at once when a container has started is asked a moment later. */
const AT_ONCE_MS = 15;
const FIRST_VERDICT: Readonly<Record<ProbeName, ProbeLife['verdict']>> = { startup: 'unknown', liveness: 'success', readiness: 'failure' };
const TITLES: Readonly<Record<ProbeName, string>> = { startup: 'Startup', liveness: 'Liveness', readiness: 'Readiness' };

export function probeOf({ spec }: ContainerLife, name: ProbeName): Probe | undefined {
  return spec[`${name}Probe`];
}

/** Makes sure that all probes of the pod tick, and that a container which has just started is asked whether it is ready. */
export function tendProbes(worker: LiveWorker): void {
  const { life, nowMs } = worker;
  life.probesSinceMs ??= nowMs + FIRST_TICK_MS;
  for (const container of life.containers) {
    for (const name of PROBES) tendProbe(worker, container, name);
  }
}

function tendProbe(worker: LiveWorker, container: ContainerLife, name: ProbeName): void {
  const probe = probeOf(container, name);
  const run = container.seen[0];
  if (!probe || !run || run.exit) return;
  const known = (container.probes[name] ??= beginProbe(name, worker.life.probesSinceMs ?? worker.nowMs));
  const isOver = known.isOnHold && known.run === run.number;
  if (known.nextMs === undefined && !isOver) tickNext(worker, container, name, known, probe);
  // Every look at a container that is not known to be ready asks whether it is.
  if (name !== 'readiness' || !isStarted(container) || (known.run === run.number && known.verdict === 'success')) return;
  known.due = 'look';
  worker.after(AT_ONCE_MS, 'probe', container, PROBES.indexOf(name));
}

function beginProbe(name: ProbeName, sinceMs: number): ProbeLife {
  return {
    run: undefined,
    verdict: FIRST_VERDICT[name],
    last: undefined,
    inARow: 0,
    isOnHold: false,
    asking: undefined,
    due: undefined,
    sinceMs,
    nextMs: undefined,
  };
}

function tickNext(worker: LiveWorker, container: ContainerLife, name: ProbeName, known: ProbeLife, probe: Probe): void {
  const { nowMs } = worker;
  const periodMs = (probe.periodSeconds ?? 10) * 1000;
  known.nextMs = known.sinceMs + Math.max(0, Math.floor((nowMs - known.sinceMs) / periodMs) + 1) * periodMs;
  worker.after(known.nextMs - nowMs, 'probe', container, PROBES.indexOf(name));
}

/** A tick, or an answer that is due: asks, or hears. */
export function fireProbe(worker: LiveWorker, container: ContainerLife, name: ProbeName): void {
  const { nowMs } = worker;
  const probe = probeOf(container, name);
  const known = container.probes[name];
  if (!probe || !known) return;
  if (known.nextMs !== undefined && known.nextMs <= nowMs) {
    known.due ??= 'tick';
    tickNext(worker, container, name, known, probe);
  }
  // A pod that ends is asked only whether it is still ready.
  if (worker.life.stage === 'stopping' && name !== 'readiness') return;
  if (known.asking) hear(worker, container, name, known, probe);
  if (known.asking || !known.due) return;
  // From a look the periods are counted anew.
  if (known.due === 'look') {
    known.sinceMs = nowMs;
    tickNext(worker, container, name, known, probe);
  }
  known.due = undefined;
  if (isToAsk(worker, container, name, known, probe)) ask(worker, container, name, known, probe);
}

/** What is known of a container that does not run, or is another one than before, changes without a question. */
function isToAsk(worker: LiveWorker, container: ContainerLife, name: ProbeName, known: ProbeLife, probe: Probe): boolean {
  const [seen] = container.seen;
  if (!seen) return false;
  if (known.run !== seen.number) {
    known.run = seen.number;
    known.verdict = FIRST_VERDICT[name];
    known.isOnHold = false;
    if (name !== 'liveness') worker.lookAnew();
  }
  if (known.isOnHold) return false;
  if (seen.exit) {
    known.nextMs = undefined;
    if (known.verdict !== 'failure') worker.lookAnew();
    known.verdict = 'failure';
    return false;
  }
  // It has just ended, which nobody has noticed.
  if (container.runs[0] !== seen) return false;
  // Its start is known to the second.
  const startedSeconds = Math.floor((seen.startedMs ?? 0) / 1000);
  if (worker.nowMs / 1000 - startedSeconds < (probe.initialDelaySeconds ?? 0)) return false;
  return (name === 'startup') !== isStarted(container);
}

function ask(worker: LiveWorker, container: ContainerLife, name: ProbeName, known: ProbeLife, probe: Probe): void {
  const timeoutMs = (probe.timeoutSeconds ?? 1) * 1000;
  const asked = askProbe(worker, container, probe);
  const waitMs = typeof asked === 'number' ? timeoutMs : (asked.afterMs ?? 0);
  if (typeof asked !== 'number' && waitMs === 0) {
    judge(worker, container, name, known, probe, asked);
    return;
  }
  known.asking = { ...(typeof asked === 'number' ? { session: asked } : { answer: asked }), untilMs: worker.nowMs + waitMs };
  worker.after(waitMs, 'probe', container, PROBES.indexOf(name));
}

function hear(worker: LiveWorker, container: ContainerLife, name: ProbeName, known: ProbeLife, probe: Probe): void {
  const answer = known.asking && probeAnswer(worker, probe, known.asking);
  if (!answer) return;
  known.asking = undefined;
  judge(worker, container, name, known, probe, answer);
}

/** All probes of a container whose command has just ended. */
export function hearProbes(worker: LiveWorker): void {
  for (const container of worker.life.containers) {
    for (const name of PROBES) if (container.probes[name]?.asking) fireProbe(worker, container, name);
  }
}

function judge(worker: LiveWorker, container: ContainerLife, name: ProbeName, known: ProbeLife, probe: Probe, answer: ProbeAnswer): void {
  if (!answer.isSuccess) {
    const found = answer.isError ? 'errored and resulted in unknown state' : 'failed';
    worker.tell('Warning', 'Unhealthy', `${TITLES[name]} probe ${found}: ${answer.output}`, worker.told(container.name));
  }
  if (answer.isError) return;
  const result = answer.isSuccess ? 'success' : 'failure';
  known.inARow = known.last === result ? known.inARow + 1 : 1;
  known.last = result;
  if (known.inARow < (answer.isSuccess ? (probe.successThreshold ?? 1) : (probe.failureThreshold ?? 3))) return;
  const isNews = known.verdict !== result;
  known.verdict = result;
  if (name === 'startup' || (name === 'liveness' && result === 'failure')) {
    known.isOnHold = true;
    known.nextMs = undefined;
    known.inARow = 0;
  }
  if (!isNews) return;
  if (name !== 'liveness' && (worker.life.isBusy || worker.life.stage === 'stopping')) tellVerdict(worker, container, name, result);
  worker.lookSoon();
}

/** What is being done for a pod may take long: whether a container is started or ready is told meanwhile. */
function tellVerdict(worker: LiveWorker, { name: container }: ContainerLife, name: ProbeName, result: 'success' | 'failure'): void {
  const { containers, initContainers } = worker.work;
  const told = [...containers, ...initContainers].find((each) => each.name === container);
  if (!told?.state.running) return;
  if (name === 'readiness') told.isReady = result === 'success';
  else told.isStarted = result === 'success';
  worker.report();
}
