// One line of a recording's watch log: what a watcher of all objects would have seen of one change, in short.

import { POD_INSIDE } from '../kube/inside.ts';
import type { Event } from '../kube/kinds/event.ts';
import { type ContainerState, isPodReady, type Pod } from '../kube/kinds/pod.ts';
import { type Change, controllerOf, type KubeObject } from '../kube/meta.ts';

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

export function watchRow({ atMs, table, before, after }: Change, startMs: number): WatchRow | undefined {
  const object = (after ?? before) as KubeObject;
  const { name, namespace, resourceVersion } = object.metadata;
  if (namespace?.startsWith('kube-') || table === 'Lease' || table === 'Endpoints' || table === POD_INSIDE) return undefined;
  return {
    t: (atMs - startMs) / 1000,
    type: !before ? 'ADDED' : after ? 'MODIFIED' : 'DELETED',
    kind: table,
    name: namespace ? `${namespace}/${name}` : name,
    rv: Number(resourceVersion),
    ...(table === 'Pod' ? podDetails(object as Pod) : table === 'Event' ? eventDetails(object as Event) : {}),
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
