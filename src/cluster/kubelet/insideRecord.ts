// Writes down what is inside a pod whenever something of it has changed, so that any moment can be looked into later. What did not
// change is shared with the record before; a pod that is busy is written down ten times a second at most.
import {
  type ContainerInside,
  type Disk,
  type FileUse,
  type LogRun,
  POD_INSIDE,
  type PodInside,
  type Request,
  type SentRequest,
} from '../../kube/inside.ts';
import { keyFor } from '../../kube/meta.ts';
import type { LiveWorker } from './liveWorker.ts';
import type { ContainerLife } from './podLife.ts';
import { hasGrown } from './resourceUse.ts';
import type { Happening } from './shell/happening.ts';
import type { Box, Sandbox } from './shell/process.ts';
import { portsOf, processList, usageOf } from './shell/runtime.ts';

const EVERY_MS = 100;
/** The last few requests are kept. */
const REQUESTS_MAX = 16;

/** Takes note of what happened; it is written down now or soon. */
export function keepInside(worker: LiveWorker, happenings: readonly Happening[]): void {
  const { life } = worker;
  if (!life.sandbox || (happenings.length === 0 && !hasGrown(worker, 'record'))) return;
  life.untold.push(...happenings);
  writeSoon(worker);
}

/** Writes it down now, or in a moment where it was written down just now. */
export function writeSoon(worker: LiveWorker): void {
  const { life, nowMs } = worker;
  if (life.recordMs !== undefined && nowMs < life.recordMs) return;
  if (life.recordMs !== undefined && nowMs < life.recordMs + EVERY_MS) {
    life.recordMs += EVERY_MS;
    worker.after(life.recordMs - nowMs, 'record');
    return;
  }
  writeInside(worker);
}

/** Writes down how it looks inside now. */
export function writeInside(worker: LiveWorker): void {
  const { life, nowMs, work } = worker;
  if (!life.sandbox) return;
  life.recordMs = nowMs;
  const untold = life.untold.splice(0);
  const key = keyFor(POD_INSIDE, work.namespace, work.name);
  const before = worker.insideBefore();
  const sent = sentOf(before, untold, nowMs);
  worker.keep(key, {
    apiVersion: 'podarium.dev/v1',
    kind: POD_INSIDE,
    metadata: { name: work.name, namespace: work.namespace, uid: work.uid },
    containers: containersOf(worker, life.sandbox, before, untold),
    volumes: volumesOf(worker, life.sandbox, before, untold),
    requests: requestsOf(before, untold, nowMs),
    ...(sent.length > 0 ? { sent } : {}),
  });
}

function containersOf(worker: LiveWorker, sandbox: Sandbox, before: PodInside | undefined, untold: readonly Happening[]) {
  const containers: Record<string, ContainerInside> = {};
  for (const container of worker.life.containers) {
    const box = sandbox.boxes[container.name];
    if (box) containers[container.name] = containerOf(worker, sandbox, container, box, before?.containers[container.name], untold);
  }
  return containers;
}

function containerOf(
  worker: LiveWorker,
  sandbox: Sandbox,
  { name }: ContainerLife,
  box: Box,
  before: ContainerInside | undefined,
  untold: readonly Happening[],
): ContainerInside {
  const { cpuMilli, memoryBytes } = usageOf(sandbox, name, worker.world);
  const own = untold.filter((happening) => 'box' in happening && happening.box === name);
  const isSameRun = before?.run === box.run;
  const isWritten = own.some((happening) => happening.type === 'write' && happening.disk === '');
  const isPrinted = own.some(({ type }) => type === 'print' || type === 'exit');
  const reading = lastUse(own, 'read', worker.nowMs) ?? (isSameRun ? before.reading : undefined);
  const writing = lastUse(own, 'write', worker.nowMs) ?? (isSameRun ? before.writing : undefined);
  const ending = worker.life.kills.find(({ container }) => container === name)?.step;
  return {
    name,
    run: box.run,
    processes: processList(sandbox, name),
    mounts: isSameRun ? before.mounts : box.mounts,
    layer: isSameRun && !isWritten ? before.layer : new Map(box.layer),
    ports: portsOf(sandbox, name),
    log: isSameRun && !isPrinted ? before.log : logOf(sandbox, name),
    cpuMilli,
    memoryBytes,
    ...(reading ? { reading } : {}),
    ...(writing ? { writing } : {}),
    ...(ending ? { ending } : {}),
  };
}

function lastUse(own: readonly Happening[], type: 'read' | 'write', atMs: number): FileUse | undefined {
  const last = own.findLast((happening) => happening.type === type);
  return last && 'path' in last && 'disk' in last ? { disk: last.disk, path: last.path, atMs } : undefined;
}

function logOf(sandbox: Sandbox, name: string): readonly LogRun[] {
  return (sandbox.logs[name] ?? []).map(({ run, beganMs, lines, dropped }) => ({ run, beganMs, lines: [...lines], dropped }));
}

/** By the keys under which mounts name them. */
function volumesOf(worker: LiveWorker, sandbox: Sandbox, before: PodInside | undefined, untold: readonly Happening[]) {
  const volumes: Record<string, Disk> = {};
  for (const box of Object.values(sandbox.boxes)) {
    for (const { disk: key } of box.mounts) {
      if (volumes[key]) continue;
      const isWritten = untold.some((happening) => happening.type === 'write' && happening.disk === key);
      const known = isWritten ? undefined : before?.volumes[key];
      const disk = known ?? sandbox.volumes[key] ?? worker.world.disk(key);
      if (disk) volumes[key] = known ?? new Map(disk);
    }
  }
  return volumes;
}

function requestsOf(before: PodInside | undefined, untold: readonly Happening[], atMs: number): readonly Request[] {
  const added = untold.flatMap((happening): Request[] =>
    happening.type === 'request'
      ? [{ atMs, from: happening.from, container: happening.box, port: happening.port, path: happening.path, status: happening.status }]
      : [],
  );
  return lastOf(before?.requests, added);
}

function sentOf(before: PodInside | undefined, untold: readonly Happening[], atMs: number): readonly SentRequest[] {
  const added = untold.flatMap((happening): SentRequest[] =>
    happening.type === 'sent' ? [{ atMs, container: happening.box, to: happening.to, path: happening.path, status: happening.status }] : [],
  );
  return lastOf(before?.sent, added);
}

/** The same list where nothing is added. */
function lastOf<T>(before: readonly T[] = [], added: readonly T[]): readonly T[] {
  return added.length === 0 ? before : [...before, ...added].slice(-REQUESTS_MAX);
}
