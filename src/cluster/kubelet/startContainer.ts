// Starting one container, step by step: back-off, image, creation, its process, the postStart hook. Each failure has a reason that is
// told with the next look at the pod, and an event that is told at once.
// Models pkg/kubelet/kuberuntime/kuberuntime_container.go startContainer and kuberuntime_manager.go doBackOff.
import { nextBackOff, secondsText, waitsUntil } from './backOff.ts';
import { boxSpecOf } from './boxSpec.ts';
import { missingFileVariable, missingPathVariable } from './environment.ts';
import { etcFilesOf } from './etcFiles.ts';
import type { Handler } from './hooks.ts';
import { pullContainer, pulledText } from './imagePull.ts';
import { behaviourOf, digestOf, presentText } from './images.ts';
import { beginKill, hooks, isRunning } from './killContainers.ts';
import type { LiveWorker } from './liveWorker.ts';
import type { ContainerLife, Run, StartAction } from './podLife.ts';
import { problemWithUser } from './securityContext.ts';
import { fileEntry } from './shell/disk.ts';
import { startBox } from './shell/runtime.ts';
import { creationProblem, processProblem, subPathProblem } from './startProblems.ts';
import { makeFolders } from './volumes.ts';

/** From the event Pulled to Created, and from Created to Started. */
const CREATE_MS = { min: 25, span: 60 };
const START_MS = { min: 80, span: 70 };
const FAILED_HOOK = 'FailedPostStartHook';
/** The exit code of a container whose process could not be started. */
const START_ERROR = 128;

/** Goes on with a start as far as it can. Returns whether it is over, well or not. */
export function performStart(worker: LiveWorker, action: StartAction): boolean {
  const container = worker.life.containers.find(({ name }) => name === action.container);
  const { spec } = action;
  if (!container) return true;
  if (worker.nowMs < action.untilMs) return false;
  switch (action.step) {
    case 'check':
      if (container.spec.image !== spec.image) container.backOff = undefined;
      container.spec = spec;
      return isBackedOff(worker, container) || getImage(worker, container, action);
    case 'pull':
      return finishPull(worker, container, action);
    case 'create':
      return create(worker, container, action);
    case 'start':
      return startProcess(worker, container, action);
    case 'hook':
      return awaitHook(worker, container, action);
    case 'fail':
      return !isRunning(container);
  }
}

/** It failed: why is told with the next status, and the sync is tried again. */
function fail(worker: LiveWorker, container: ContainerLife, reason: string, message: string, untilMs?: number): true {
  const { life } = worker;
  container.trouble = { reason, message };
  const isBackOffOnly = untilMs !== undefined && (!life.failure || life.failure.untilMs !== undefined);
  life.failure = { untilMs: isBackOffOnly ? Math.min(untilMs, life.failure?.untilMs ?? untilMs) : undefined };
  return true;
}

function failWith(worker: LiveWorker, container: ContainerLife, reason: string, message: string): true {
  worker.tell('Warning', 'Failed', `Error: ${message}`, worker.told(container.name));
  return fail(worker, container, reason, message);
}

/** A container that ended waits for its back-off, counted from its end. */
function isBackedOff(worker: LiveWorker, container: ContainerLife): boolean {
  const { nowMs } = worker;
  const ended = container.seen.find(({ exit }) => exit)?.exit;
  if (!ended) return false;
  const untilMs = waitsUntil(container.backOff, ended.atMs, nowMs);
  if (untilMs === undefined) {
    container.backOff = nextBackOff(container.backOff, ended.atMs, nowMs);
    return false;
  }
  const { name, namespace, uid } = worker.work;
  const pod = `${name}_${namespace}(${uid})`;
  worker.tell('Warning', 'BackOff', `Back-off restarting failed container ${container.name} in pod ${pod}`, worker.told(container.name));
  const delay = secondsText(container.backOff?.delayMs ?? 0);
  return fail(worker, container, 'CrashLoopBackOff', `back-off ${delay} restarting failed container=${container.name} pod=${pod}`, untilMs);
}

// Image ---------------------------------------------------------------------------------------------------------------

function getImage(worker: LiveWorker, container: ContainerLife, action: StartAction): boolean {
  const pull = pullContainer(worker, container);
  if (pull.type === 'failed') return fail(worker, container, pull.reason, pull.message);
  if (pull.type === 'pulling') return waitFor(worker, action, 'pull', pull.ms);
  worker.tell('Normal', 'Pulled', presentText(container.spec.image ?? ''), worker.told(container.name));
  return toCreate(worker, container, action);
}

function finishPull(worker: LiveWorker, container: ContainerLife, action: StartAction): boolean {
  const pulled = pulledText(worker, container);
  if (pulled.type === 'failed') return fail(worker, container, pulled.reason, pulled.message);
  worker.tell('Normal', 'Pulled', pulled.text, worker.told(container.name));
  return toCreate(worker, container, action);
}

function toCreate(worker: LiveWorker, container: ContainerLife, action: StartAction): boolean {
  const { spec } = container;
  const sources = worker.environmentSources();
  const problem =
    worker.missingVariable(spec) ??
    missingFileVariable(spec, sources) ??
    missingPathVariable(spec, sources) ??
    problemWithUser(worker.pod, spec, worker.work) ??
    (spec.volumeMounts ? subPathProblem(worker, spec, boxSpecOf(worker, container, 0).mounts) : undefined);
  if (problem !== undefined) return failWith(worker, container, 'CreateContainerConfigError', problem);
  return waitFor(worker, action, 'create', CREATE_MS.min + worker.random('start') * CREATE_MS.span);
}

function waitFor(worker: LiveWorker, action: StartAction, step: StartAction['step'], ms: number): false {
  action.step = step;
  action.untilMs = worker.nowMs + Math.round(ms);
  worker.proceedAfter(Math.round(ms));
  return false;
}

// Process -------------------------------------------------------------------------------------------------------------

function create(worker: LiveWorker, container: ContainerLife, action: StartAction): boolean {
  const problem = creationProblem(worker, container.spec);
  if (problem !== undefined) return failWith(worker, container, 'CreateContainerError', problem);
  worker.tell('Normal', 'Created', 'Container created', worker.told(container.name));
  return waitFor(worker, action, 'start', START_MS.min + worker.random('start') * START_MS.span);
}

function startProcess(worker: LiveWorker, container: ContainerLife, action: StartAction): boolean {
  const { nowMs, life, work } = worker;
  const number = (container.runs[0]?.number ?? container.runsRemoved - 1) + 1;
  const run: Run = {
    number,
    id: `containerd://${digestOf(`${work.uid}/${container.name}/${number}`)}`,
    image: container.spec.image ?? '',
    createdMs: nowMs,
    startedMs: nowMs,
    exit: undefined,
  };
  life.hasActed = true;
  const spec = boxSpecOf(worker, container, number);
  const problem =
    processProblem(worker, container.spec, spec.mounts) ?? worker.inSandbox((sandbox, world) => startBox(sandbox, spec, world))?.message;
  if (problem !== undefined) {
    const message = `failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: ${problem}`;
    keepRun(container, { ...run, startedMs: undefined, exit: { atMs: nowMs, exitCode: START_ERROR, reason: 'StartError', message } });
    return failWith(worker, container, 'RunContainerError', message);
  }
  prepareFiles(worker, container);
  keepRun(container, run);
  container.trouble = undefined;
  holdBack(worker, container, number);
  worker.tell('Normal', 'Started', 'Container started', worker.told(container.name));
  const postStart = container.spec.lifecycle?.postStart as Handler | undefined;
  if (!postStart) return true;
  action.step = 'hook';
  action.hook = hooks.get().beginHook(worker, container, postStart);
  return awaitHook(worker, container, action);
}

/** What the kubelet puts into the container, and folders of volumes that are mounted before anybody made them. */
function prepareFiles({ life, nowMs, pod, world }: LiveWorker, { name }: ContainerLife): void {
  const { sandbox } = life;
  const box = sandbox?.boxes[name];
  if (!sandbox || !box) return;
  for (const [path, text] of Object.entries(etcFilesOf(pod, sandbox.hostname, sandbox.ip))) box.layer.set(path, fileEntry(text, nowMs));
  for (const { disk: key, folder } of box.mounts) {
    const disk = sandbox.volumes[key] ?? world.disk(key);
    if (disk) makeFolders(disk, folder, nowMs);
  }
}

/** An annotation may say that a container is ready only later, or never. */
function holdBack(worker: LiveWorker, container: ContainerLife, number: number): void {
  const { readyAfterMs } = behaviourOf(worker.pod, container.name, container.spec.image ?? '', number + 1);
  container.isHeldBack = readyAfterMs !== 0;
  if (readyAfterMs) worker.after(readyAfterMs, 'ready', container);
}

/** The runtime keeps this run and the one before. */
function keepRun(container: ContainerLife, run: Run): void {
  container.runs = [run, ...container.runs.slice(0, 1)];
}

/** The containers after this one wait for its hook; one that fails ends it. */
function awaitHook(worker: LiveWorker, container: ContainerLife, action: StartAction): boolean {
  const outcome = action.hook ? hooks.get().hookOutcome(worker, action.hook) : { failure: undefined };
  if (!outcome) return false;
  if (outcome.failure === undefined) return true;
  const message = hooks.get().hookFailure(worker, container, container.spec.lifecycle?.postStart as Handler | undefined, outcome.failure);
  worker.tell('Warning', FAILED_HOOK, 'PostStartHook failed', worker.told(container.name));
  fail(worker, container, 'PostStartHookError', message);
  // What happened meanwhile is looked at, too.
  worker.life.isSyncOwed = true;
  action.step = 'fail';
  if (isRunning(container)) beginKill(worker, container, FAILED_HOOK, worker.graceMs());
  else worker.tell('Normal', 'Killing', FAILED_HOOK, worker.told(container.name));
  return !isRunning(container);
}
