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
  let known = container.probes[name];
  if (known?.run !== run.number) {
    known = {
      run: run.number,
      verdict: FIRST_VERDICT[name],
      last: undefined,
      inARow: 0,
      isOnHold: false,
      asking: undefined,
      nextMs: undefined,
    };
    container.probes[name] = known;
  }
  if (known.nextMs === undefined && !known.isOnHold) tickNext(worker, container, name, known, probe);
  // Readiness that nobody has asked for yet is asked for with every look.
  if (name === 'readiness' && known.last === undefined && isStarted(container) && !known.asking) {
    worker.after(AT_ONCE_MS, 'probe', container, PROBES.indexOf(name));
  }
}

function tickNext(worker: LiveWorker, container: ContainerLife, name: ProbeName, known: ProbeLife, probe: Probe): void {
  const { life, nowMs } = worker;
  const periodMs = (probe.periodSeconds ?? 10) * 1000;
  const sinceMs = life.probesSinceMs ?? nowMs;
  known.nextMs = sinceMs + Math.max(0, Math.floor((nowMs - sinceMs) / periodMs) + 1) * periodMs;
  worker.after(known.nextMs - nowMs, 'probe', container, PROBES.indexOf(name));
}

/** A tick, or an answer that is due: asks, or hears. */
export function fireProbe(worker: LiveWorker, container: ContainerLife, name: ProbeName): void {
  const probe = probeOf(container, name);
  const known = container.probes[name];
  const run = container.seen[0];
  if (!probe || !known || !run || run.exit || known.run !== run.number || known.isOnHold) return;
  // A pod that ends is asked only whether it is still ready.
  if (worker.life.stage === 'stopping' && name !== 'readiness') return;
  if (known.asking) hear(worker, container, name, known, probe);
  else if (isDue(worker, known, name) && isToAsk(worker, container, name, known, probe)) ask(worker, container, name, known, probe);
  if (known.nextMs !== undefined && known.nextMs <= worker.nowMs) tickNext(worker, container, name, known, probe);
}

/** A tick, or readiness that nobody has asked for yet; not the time-out of an answer that has come. */
function isDue({ nowMs }: LiveWorker, { nextMs, last }: ProbeLife, name: ProbeName): boolean {
  return (nextMs !== undefined && nextMs <= nowMs) || (name === 'readiness' && last === undefined);
}

function isToAsk(worker: LiveWorker, container: ContainerLife, name: ProbeName, known: ProbeLife, probe: Probe): boolean {
  const [seen] = container.seen;
  if (container.runs[0] !== seen) return false;
  // Its start is known to the second.
  const startedSeconds = Math.floor((seen?.startedMs ?? 0) / 1000);
  if (worker.nowMs / 1000 - startedSeconds < (probe.initialDelaySeconds ?? 0)) return false;
  return name === 'startup' ? known.verdict !== 'success' : isStarted(container);
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
  if (name !== 'readiness' && result === 'failure') {
    known.isOnHold = true;
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
