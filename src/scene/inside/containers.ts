// A container of a pod as it is drawn from the inside: spec, status and what its processes do, put into one box.
import type { ContainerInside, PodInside } from '../../kube/inside.ts';
import type { Event } from '../../kube/kinds/event.ts';
import type { Container, ContainerStatus, Pod, Probe, Volume } from '../../kube/kinds/pod.ts';
import { isRestartableInit } from '../../kube/kinds/podStatus.ts';
import { fromTimestamp } from '../../kube/meta.ts';
import type { PodGlyph } from '../glyphs.ts';
import { isNodeLost, isRefusal } from '../podState.ts';
import type { ContainerBox, ContainerState, MountBox, PlugBox, ProbeBox, ProbeName, ProbeResult, Role } from './model.ts';

const BACK_OFF_MS = 10_000;
const BACK_OFF_MAX_MS = 300_000;
const DEFAULT_GRACE_SECONDS = 30;
const DEFAULT_PERIOD_SECONDS = 10;
/** Every pod has this one; it says nothing about this pod. */
const TOKEN_VOLUME = 'kube-api-access-';

export interface ContainerGiven {
  readonly glyph: PodGlyph;
  readonly inside: PodInside | undefined;
  /** What the kubelet tells of the pod's probes, mounts and ends, oldest first. */
  readonly complaints: readonly Event[];
}

export function isTokenVolume(name: string): boolean {
  return name.startsWith(TOKEN_VOLUME);
}

/** All containers in the order of their kinds: init, main, sidecar, ephemeral. */
export function containersOf(given: ContainerGiven): readonly ContainerBox[] {
  const { spec, status } = given.glyph.pod;
  const inits = spec.initContainers ?? [];
  const of = (containers: readonly Container[], role: Role, statuses: readonly ContainerStatus[] | undefined) =>
    containers.map((container) =>
      boxOf(
        container,
        role,
        statuses?.find(({ name }) => name === container.name),
        given,
      ),
    );
  const boxes = [
    ...of(
      inits.filter((init) => !isRestartableInit(init)),
      'init',
      status.initContainerStatuses,
    ),
    ...of(spec.containers, 'main', status.containerStatuses),
    ...of(inits.filter(isRestartableInit), 'sidecar', status.initContainerStatuses),
    ...of(spec.ephemeralContainers ?? [], 'ephemeral', status.ephemeralContainerStatuses),
  ];
  return markClashes(boxes);
}

function boxOf(container: Container, role: Role, status: ContainerStatus | undefined, given: ContainerGiven): ContainerBox {
  const { name } = container;
  const inside = given.inside?.containers[name];
  const last = status?.lastState.terminated;
  return {
    id: `container/${name}`,
    name,
    role,
    image: container.image ?? '',
    state: stateOf(container, status, role, given),
    restarts: status?.restartCount ?? 0,
    ...(last ? { last: { exitCode: last.exitCode, ...(last.reason ? { reason: last.reason } : {}) } } : {}),
    probes: probesOf(container, status, given),
    plugs: role === 'init' ? [] : plugsOf(container, inside),
    mounts: mountsOf(container, given.glyph.pod),
    resources: (status?.state.running && status.resources) || (container.resources ?? {}),
    inside,
  };
}

function stateOf(container: Container, status: ContainerStatus | undefined, role: Role, given: ContainerGiven): ContainerState {
  const { pod, node } = given.glyph;
  if (pod.spec.nodeName && isNodeLost(node)) return { stage: 'lost' };
  if (!status) return { stage: 'waiting' };
  const { running, terminated, waiting } = status.state;
  if (running) {
    const sinceMs = fromTimestamp(running.startedAt);
    const grace = graceOf(pod) ?? killOf(container, sinceMs, given);
    if (grace) return { stage: 'stopping', sinceMs, ...grace, ...endingOf(given.inside?.containers[container.name]) };
    if (role !== 'init' && status.started === false) return { stage: 'starting', sinceMs };
    return { stage: status.ready || role === 'init' || role === 'ephemeral' ? 'running' : 'notReady', sinceMs };
  }
  if (terminated) return endedState(status, role, pod);
  const reason = waiting?.reason;
  if (reason === 'CrashLoopBackOff') return backOffState(status);
  return { stage: isRefusal(reason) ? 'refused' : 'waiting', ...told(waiting ?? {}) };
}

function graceOf({ metadata }: Pod): Pick<ContainerState, 'untilMs' | 'waitMs'> | undefined {
  if (!metadata.deletionTimestamp) return undefined;
  const waitMs = (metadata.deletionGracePeriodSeconds ?? DEFAULT_GRACE_SECONDS) * 1000;
  // The deletion timestamp is the end of the grace period.
  return { untilMs: fromTimestamp(metadata.deletionTimestamp), waitMs };
}

/** A container that is stopped to be started again, as when its liveness probe has failed. */
function killOf({ name, livenessProbe }: Container, sinceMs: number, { glyph, complaints }: ContainerGiven) {
  const event = complaints.findLast(
    ({ reason, involvedObject, lastTimestamp }) =>
      reason === 'Killing' &&
      (involvedObject.fieldPath ?? '').endsWith(`{${name}}`) &&
      // Told in whole seconds: the run that follows may have begun within the same.
      fromTimestamp(lastTimestamp ?? undefined) > sinceMs,
  );
  if (!event) return undefined;
  const ofProbe = event.message.includes('liveness') ? livenessProbe?.terminationGracePeriodSeconds : undefined;
  const waitMs = (ofProbe ?? glyph.pod.spec.terminationGracePeriodSeconds ?? DEFAULT_GRACE_SECONDS) * 1000;
  return { untilMs: fromTimestamp(event.lastTimestamp ?? undefined) + waitMs, waitMs };
}

function endingOf(inside: ContainerInside | undefined): Pick<ContainerState, 'ending'> {
  if (inside?.processes.length === 0) return { ending: 'over' };
  return inside?.ending ? { ending: inside.ending } : {};
}

function endedState({ state, restartCount }: ContainerStatus, role: Role, pod: Pod): ContainerState {
  const { exitCode = 0, reason, message, startedAt, finishedAt } = state.terminated ?? {};
  const sinceMs = fromTimestamp(finishedAt ?? undefined);
  const lastedMs = sinceMs - fromTimestamp(startedAt ?? undefined);
  const ended = { sinceMs, exitCode, ...told({ reason, message }), ...(Number.isNaN(lastedMs) ? {} : { lastedMs }) };
  if (!isRestarted(exitCode, role, pod)) return { stage: exitCode === 0 ? 'done' : 'failed', ...ended };
  // The first restart comes at once.
  const waitMs = restartCount === 0 ? 0 : usualBackOffMs(restartCount);
  return { stage: 'backOff', ...ended, ...(waitMs > 0 ? { untilMs: sinceMs + waitMs, waitMs } : {}) };
}

function isRestarted(exitCode: number, role: Role, { spec, status, metadata }: Pod): boolean {
  const isOver = status.phase === 'Succeeded' || status.phase === 'Failed' || metadata.deletionTimestamp !== undefined;
  if (isOver || role === 'ephemeral') return false;
  if (role === 'sidecar') return true;
  const policy = spec.restartPolicy ?? 'Always';
  return role === 'init' || policy === 'OnFailure' ? exitCode !== 0 && policy !== 'Never' : policy === 'Always';
}

function usualBackOffMs(restartCount: number): number {
  return Math.min(BACK_OFF_MS * 2 ** Math.max(0, restartCount - 1), BACK_OFF_MAX_MS);
}

/** The message tells how long the wait is, `back-off 1m20s restarting …`; it counts from the end of the run before. */
function backOffState({ state, lastState, restartCount }: ContainerStatus): ContainerState {
  const { finishedAt, exitCode, reason, message } = lastState.terminated ?? {};
  const sinceMs = fromTimestamp(finishedAt ?? undefined);
  const [, minutes, seconds] = /back-off (?:(\d+)m)?(?:(\d+)s)?/.exec(state.waiting?.message ?? '') ?? [];
  const toldMs = (Number(minutes ?? 0) * 60 + Number(seconds ?? 0)) * 1000;
  const waitMs = toldMs || usualBackOffMs(restartCount);
  return {
    stage: 'backOff',
    ...(Number.isNaN(sinceMs) ? {} : { sinceMs, untilMs: sinceMs + waitMs, waitMs }),
    ...(exitCode === undefined ? {} : { exitCode }),
    ...told({ reason, message }),
  };
}

function told({ reason, message }: { readonly reason?: string | undefined; readonly message?: string | undefined }) {
  return { ...(reason ? { reason } : {}), ...(message ? { message } : {}) };
}

// Probes

const PROBES = ['startup', 'liveness', 'readiness'] as const;
const SAID_AS: Readonly<Record<ProbeName, string>> = { startup: 'Startup', liveness: 'Liveness', readiness: 'Readiness' };

function probesOf(container: Container, status: ContainerStatus | undefined, given: ContainerGiven): readonly ProbeBox[] {
  return PROBES.flatMap((name) => {
    const probe = container[`${name}Probe`];
    if (!probe) return [];
    const complaint = complaintOf(name, container.name, status, given);
    return [
      {
        name,
        what: whatIsProbed(probe),
        periodSeconds: probe.periodSeconds ?? DEFAULT_PERIOD_SECONDS,
        result: resultOf(name, status, complaint !== undefined),
        ...(complaint ? { complaint } : {}),
        probe,
      },
    ];
  });
}

function whatIsProbed({ httpGet, tcpSocket, grpc, exec }: Probe): string {
  if (httpGet) return `GET :${httpGet.port}${httpGet.path ?? '/'}`;
  if (tcpSocket) return `tcp :${tcpSocket.port}`;
  if (grpc) return `grpc :${grpc.port}`;
  return `exec ${(exec?.command ?? []).join(' ')}`;
}

function resultOf(name: ProbeName, status: ContainerStatus | undefined, hasComplaint: boolean): ProbeResult {
  if (!status?.state.running) return 'waits';
  if (name === 'startup') return status.started ? 'passes' : hasComplaint ? 'fails' : 'waits';
  // The two others begin when the startup probe has passed.
  if (status.started === false) return 'waits';
  if (name === 'readiness') return status.ready ? 'passes' : 'fails';
  return hasComplaint ? 'fails' : 'passes';
}

/** The last complaint about this run, until a period has passed without another. */
function complaintOf(name: ProbeName, container: string, status: ContainerStatus | undefined, given: ContainerGiven): string | undefined {
  const beganMs = fromTimestamp(status?.state.running?.startedAt);
  if (Number.isNaN(beganMs)) return undefined;
  const event = given.complaints.findLast(
    ({ message, involvedObject, lastTimestamp }) =>
      message.startsWith(`${SAID_AS[name]} probe failed`) &&
      (involvedObject.fieldPath ?? '').endsWith(`{${container}}`) &&
      fromTimestamp(lastTimestamp ?? undefined) >= beganMs,
  );
  return event?.message.replace(/^\w+ probe failed: /, '').trim();
}

// Network and storage

function plugsOf({ name, ports = [] }: Container, inside: ContainerInside | undefined): readonly PlugBox[] {
  const declared = ports.map(({ containerPort }) => containerPort);
  const listening = inside?.ports ?? [];
  return [...new Set([...declared, ...listening])].map((port) => ({
    id: `plug/${name}/${port}`,
    port,
    isIdle: inside !== undefined && !listening.includes(port),
    isClashing: false,
  }));
}

/** One port space: whoever comes second to a port cannot have it. */
function markClashes(boxes: readonly ContainerBox[]): readonly ContainerBox[] {
  const takenBy = new Map<number, ContainerBox>();
  for (const box of boxes)
    for (const { port, isIdle } of box.plugs) {
      const holder = takenBy.get(port);
      if (!holder || (!isIdle && holder.plugs.every((plug) => plug.port !== port || plug.isIdle))) takenBy.set(port, box);
    }
  const isClashing = (box: ContainerBox, port: number) => takenBy.get(port) !== box;
  return boxes.map((box) =>
    box.plugs.some(({ port }) => isClashing(box, port))
      ? { ...box, plugs: box.plugs.map((plug) => ({ ...plug, isClashing: isClashing(box, plug.port) })) }
      : box,
  );
}

function mountsOf({ name, volumeMounts = [] }: Container, { spec }: Pod): readonly MountBox[] {
  return volumeMounts
    .filter((mount) => !isTokenVolume(mount.name))
    .map((mount) => ({
      id: `mount/${name}${mount.mountPath}`,
      path: mount.mountPath,
      volume: mount.name,
      isReadOnly: mount.readOnly ?? isMadeOfObjects(spec.volumes?.find((volume) => volume.name === mount.name)),
      ...(mount.subPath ? { subPath: mount.subPath } : {}),
    }));
}

/** Files that the kubelet makes of objects cannot be written. */
function isMadeOfObjects(volume: Volume | undefined): boolean {
  return ['configMap', 'secret', 'projected', 'downwardAPI'].some((source) => volume?.[source] !== undefined);
}
