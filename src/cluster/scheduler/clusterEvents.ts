// What a change of an object means to pods that wait: the events that plugins' hints are asked about.
// Models pkg/scheduler/eventhandlers.go and framework/events.go.
import type { Node } from '../../kube/kinds/node.ts';
import { isPodTerminal, type Pod } from '../../kube/kinds/pod.ts';
import type { Change } from '../../kube/meta.ts';
import { type ClusterState, isPlaced } from './clusterState.ts';
import type { ClusterEvent } from './plugin.ts';
import { isAlike } from './podTemplate.ts';

const VOLUME_KINDS = new Set(['PersistentVolumeClaim', 'PersistentVolume', 'StorageClass', 'CSINode', 'CSIDriver', 'CSIStorageCapacity']);

const DEVICE_KINDS = new Set(['ResourceClaim', 'DeviceClass', 'ResourceSlice']);

/** The event of a change, to be asked after the change has been taken into `cluster`; undefined when it can help nobody. */
export function clusterEventOf({ table, before, after }: Change, cluster: ClusterState): ClusterEvent | undefined {
  if (table === 'Pod') return podEvent(before as Pod | undefined, after as Pod | undefined, cluster);
  if (table === 'Node') return nodeEvent(before as Node | undefined, after as Node | undefined);
  if (table === 'Namespace') return before?.metadata.labels === after?.metadata.labels ? undefined : { type: 'NamespaceChange' };
  if (DEVICE_KINDS.has(table)) return { type: 'ClaimChange' };
  return VOLUME_KINDS.has(table) ? { type: 'VolumeChange', before, after } : undefined;
}

function podEvent(before: Pod | undefined, after: Pod | undefined, cluster: ClusterState): ClusterEvent | undefined {
  const was = before && holdsRoom(before) ? before : undefined;
  const is = after && holdsRoom(after) ? after : undefined;
  if (was && !is) return { type: 'AssignedPodDelete', pod: was, template: cluster.templates.of(was) };
  if (!is) return undefined;
  if (!was) return isPlaced(is) ? { type: 'AssignedPodAdd', pod: is, template: cluster.templates.of(is) } : undefined;
  if (was.spec === is.spec && was.metadata.labels === is.metadata.labels) return undefined;
  if (!isPlaced(is) || isAlike(was, is)) return isPlaced(is) && !isPlaced(was) ? assigned(is, cluster) : undefined;
  return { type: 'AssignedPodUpdate', pod: is, before: was, template: cluster.templates.of(is), was: cluster.templates.of(was) };
}

function assigned(pod: Pod, cluster: ClusterState): ClusterEvent {
  return { type: 'AssignedPodAdd', pod, template: cluster.templates.of(pod) };
}

/** Whether the pod is on a node or was promised one. */
function holdsRoom(pod: Pod): boolean {
  return isPlaced(pod) || (!isPodTerminal(pod) && !pod.spec.nodeName && pod.status.nominatedNodeName !== undefined);
}

function nodeEvent(before: Node | undefined, after: Node | undefined): ClusterEvent | undefined {
  if (!after) return before && { type: 'NodeDelete', node: before };
  if (!before) return { type: 'NodeAdd', node: after };
  const isSame =
    before.spec === after.spec &&
    before.metadata.labels === after.metadata.labels &&
    before.status.allocatable === after.status.allocatable;
  return isSame ? undefined : { type: 'NodeUpdate', node: after, before };
}
