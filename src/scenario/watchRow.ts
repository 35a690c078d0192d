// One line of a recording's watch log: what a watcher of all objects would have seen of one change, in short.

import { POD_INSIDE } from '../kube/inside.ts';
import type { Event } from '../kube/kinds/event.ts';
import { type ContainerState, type ContainerStatus, isPodReady, type Pod } from '../kube/kinds/pod.ts';
import { type Change, type Condition, controllerOf, type KubeObject } from '../kube/meta.ts';

export interface WatchRow {
  /** Seconds since the step began. */
  readonly t: number;
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly kind: string;
  readonly name: string;
  readonly rv: number;
  readonly owner?: string;
  readonly [detail: string]: unknown;
}

/** `firstMs`: the beginning of the first step, where each container is told of, too. */
export function watchRow({ atMs, table, before, after }: Change, startMs: number, firstMs?: number): WatchRow | undefined {
  const object = (after ?? before) as KubeObject;
  const { name, namespace, resourceVersion } = object.metadata;
  if (namespace?.startsWith('kube-') || table === 'Lease' || table === 'Endpoints' || table === POD_INSIDE) return undefined;
  return {
    t: (atMs - startMs) / 1000,
    type: !before ? 'ADDED' : after ? 'MODIFIED' : 'DELETED',
    kind: table,
    name: namespace ? `${namespace}/${name}` : name,
    rv: Number(resourceVersion),
    ...(firstMs === undefined ? {} : { T: (atMs - firstMs) / 1000 }),
    ...(table === 'Pod' ? podDetails(object as Pod) : table === 'Event' ? eventDetails(object as Event) : {}),
    ...(table === 'Pod' && firstMs !== undefined ? containerDetails(object as Pod) : {}),
  };
}

function podDetails(pod: Pod) {
  const owner = controllerOf(pod)?.name;
  const { nodeName } = pod.spec;
  const { phase, podIP, containerStatuses = [] } = pod.status;
  return {
    ...(owner ? { owner } : {}),
    phase,
    ready: isPodReady(pod),
    restarts: containerStatuses.reduce((sum, { restartCount }) => sum + restartCount, 0),
    containers: containerStatuses.map(({ state }) => stateText(state)).join(','),
    ...(nodeName ? { nodeName } : {}),
    ...(podIP ? { ip: podIP } : {}),
    ...(pod.metadata.deletionTimestamp ? { deleting: true } : {}),
  };
}

function stateText(state: ContainerState): string {
  if (state.running) return 'running';
  if (state.terminated) return `terminated/${state.terminated.reason ?? ''}`;
  return `waiting/${state.waiting?.reason ?? ''}`;
}

function eventDetails({ reason, type, message, involvedObject, count, source }: Event) {
  return { reason, etype: type, message, on: `${involvedObject.kind}/${involvedObject.name}`, count, source: source.component };
}

/** What recordings of a real kubelet say of each container, and of the pod's conditions. */
function containerDetails({ metadata, status, spec }: Pod) {
  const { containerStatuses, initContainerStatuses, ephemeralContainerStatuses, conditions = [], reason, message } = status;
  const { deletionTimestamp, deletionGracePeriodSeconds } = metadata;
  return {
    containers: (containerStatuses ?? []).map(({ state }) => shortText(state)).join(','),
    image: spec.containers.map(({ image }) => image).join(','),
    ...(containerStatuses ? { cs: containerStatuses.map(containerRow) } : {}),
    ...(initContainerStatuses ? { init: initContainerStatuses.map(containerRow) } : {}),
    ...(ephemeralContainerStatuses ? { eph: ephemeralContainerStatuses.map(containerRow) } : {}),
    conds: conditions.map((condition) => `${condition.type}=${condition.status}${reasonText(condition)}`),
    ...(reason ? { reason } : {}),
    ...(message ? { message } : {}),
    ...(deletionTimestamp ? { grace: deletionGracePeriodSeconds } : {}),
  };
}

/** Why a condition does not hold is told in full. */
function reasonText({ status, reason, message }: Pick<Condition, 'status' | 'reason' | 'message'>): string {
  return `${reason ? `/${reason}` : ''}${message && status !== 'True' ? `: ${message}` : ''}`;
}

function containerRow({ name, state, lastState, restartCount, ready, started, image, containerID }: ContainerStatus) {
  return {
    n: name,
    s: longText(state),
    ...(lastState.terminated ? { last: longText(lastState) } : {}),
    r: restartCount,
    ready,
    ...(started === undefined ? {} : { started }),
    image,
    ...(containerID ? { id: containerID.slice('containerd://'.length).slice(0, 12) } : {}),
  };
}

function shortText({ running, terminated, waiting }: ContainerState): string {
  if (running) return 'running';
  return terminated ? `terminated/${terminated.reason}/${terminated.exitCode}` : `waiting/${waiting?.reason ?? ''}`;
}

function longText(state: ContainerState): string {
  const { running, terminated, waiting } = state;
  if (running) return `running@${running.startedAt}`;
  if (!terminated) return `${shortText(state)}${waiting?.message ? `: ${waiting.message}` : ''}`;
  const message = terminated.message ? ` msg=${JSON.stringify(terminated.message)}` : '';
  return `${shortText(state)} ${terminated.startedAt}..${terminated.finishedAt}${message}`;
}
