// Resources changed in a living pod: taken over in place, or by a restart where the container's policy asks for one.
// Models pkg/kubelet/allocation and kuberuntime_manager.go computePodResizeAction and validateMemoryResizeAction.
import type { Container } from '../../kube/kinds/pod.ts';
import { milliValueOf, valueOf } from '../../kube/quantity.ts';
import { requestsOf, shortageOf } from './admit.ts';
import type { LiveWorker } from './liveWorker.ts';
import { specOf } from './seenStatus.ts';
import { resizeBox, usageOf } from './shell/runtime.ts';
import { charge, discharge } from './work.ts';

/** A resize that was put off is thought of again so often. */
const RETRY_MS = 1000;

/** Begins a resize where the spec asks for other resources than were acted on, or puts it off until its machine has room. */
export function noticeResize(worker: LiveWorker): void {
  const { life, node, pod, work } = worker;
  if (life.resizing !== undefined && (!life.resizeError || life.resizing === resizeText(worker))) return;
  const message = shortageFor(worker);
  if (message !== undefined) return defer(worker, message);
  life.deferred = undefined;
  life.resizing = resizeText(worker);
  life.resizeError = undefined;
  worker.tell('Normal', 'ResizeStarted', `Pod resize started: ${life.resizing}`);
  discharge(work, node);
  charge(work, node, requestsOf(pod));
}

/** Why its machine cannot give the pod what it asks for now. */
function shortageFor(worker: LiveWorker): string | undefined {
  const { node, pod, work } = worker;
  const { cpuMilli = 0, memory = 0 } = work.charged ?? {};
  const others = { ...node, usedCpuMilli: node.usedCpuMilli - cpuMilli, usedMemory: node.usedMemory - memory, podCount: 0 };
  return shortageOf(requestsOf(pod), others, worker.nodeObject())?.message;
}

function defer(worker: LiveWorker, message: string): void {
  const { life } = worker;
  if (life.deferred?.message === message) return;
  worker.tell('Warning', 'ResizeDeferred', `Pod resize Deferred: ${resizeText(worker, message)}`);
  if (!life.deferred) worker.after(RETRY_MS, 'resize');
  life.deferred = { message, since: life.deferred?.since ?? worker.now() };
}

/** Whether there is room now for what was put off. */
export function retryResize(worker: LiveWorker): void {
  worker.after(RETRY_MS, 'resize');
  if (shortageFor(worker) !== worker.life.deferred?.message) worker.lookSoon();
}

/** The containers that need no restart get their new limits where they are; then the resize is over, or it fails and is tried again. */
export function finishResize(worker: LiveWorker): void {
  const { life, pod } = worker;
  const error = shrinkError(worker);
  if (error !== undefined) return failResize(worker, error);
  life.resizeError = undefined;
  for (const container of life.containers) {
    const spec = specOf(pod, container.name);
    if (!spec || spec.resources === container.spec.resources) continue;
    container.spec = { ...container.spec, ...(spec.resources ? { resources: spec.resources } : {}) };
    const { cpu, memory } = spec.resources?.limits ?? {};
    worker.inSandbox((sandbox) =>
      resizeBox(sandbox, container.name, {
        ...(cpu === undefined ? {} : { cpuLimitMilli: milliValueOf(cpu) }),
        ...(memory === undefined ? {} : { memoryLimitBytes: valueOf(memory) }),
      }),
    );
  }
  worker.tell('Normal', 'ResizeCompleted', `Pod resize completed: ${life.resizing}`);
  life.resizing = undefined;
  life.hasActed = true;
}

function failResize(worker: LiveWorker, message: string): void {
  const { life } = worker;
  life.failure ??= { untilMs: undefined };
  if (life.resizeError?.message === message) return;
  life.resizeError = { message, since: life.resizeError?.since ?? worker.now() };
  worker.tell('Warning', 'ResizeError', `Pod resize error: ${resizeText(worker, message)}`);
}

/** Memory that is in use cannot be taken away: the pod's, where all of its containers have limits, and each container's. */
function shrinkError({ life, pod, world }: LiveWorker): string | undefined {
  const { sandbox } = life;
  if (!sandbox) return undefined;
  const running = life.containers.flatMap((container) => {
    const spec = specOf(pod, container.name);
    if (!spec || container.type === 'debug' || container.runs[0]?.exit) return [];
    const { memoryBytes } = usageOf(sandbox, container.name, world);
    return [{ name: container.name, before: memoryLimitOf(container.spec), after: memoryLimitOf(spec), memoryBytes }];
  });
  const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);
  const together = {
    name: undefined,
    before: sum(running.map(({ before }) => before)),
    after: sum(running.map(({ after }) => after)),
    memoryBytes: sum(running.map(({ memoryBytes }) => memoryBytes)),
  };
  const errors = [together, ...running].flatMap(({ name, before, after, memoryBytes }) => {
    const whose = name === undefined ? 'pod' : `container "${name}"`;
    if (after >= before || memoryBytes <= after) return [];
    return `attempting to set ${whose} memory limit (${after}) below current usage (${memoryBytes})`;
  });
  if (errors.length === 0) return undefined;
  return `cannot decrease memory limits: ${errors.length === 1 ? errors[0] : `[${errors.join(', ')}]`}`;
}

function memoryLimitOf({ resources }: Container): number {
  const limit = resources?.limits?.['memory'];
  return limit === undefined ? Infinity : valueOf(limit);
}

/** As the events carry it. */
function resizeText({ pod }: LiveWorker, error?: string): string {
  const containers = pod.spec.containers.map(({ name, resources = {} }) => ({
    name,
    resources: {
      ...(resources.limits ? { limits: sorted(resources.limits) } : {}),
      ...(resources.requests ? { requests: sorted(resources.requests) } : {}),
    },
  }));
  return JSON.stringify({ containers, generation: pod.metadata.generation, ...(error === undefined ? {} : { error }) });
}

function sorted<T>(map: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(map).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
