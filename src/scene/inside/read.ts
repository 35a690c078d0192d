// Reads a pod and everything within it from a snapshot: the model that layout and words are made of.
import { POD_INSIDE, type PodInside } from '../../kube/inside.ts';
import type { Event } from '../../kube/kinds/event.ts';
import type { Node } from '../../kube/kinds/node.ts';
import { type Container, isPodReady, type Pod } from '../../kube/kinds/pod.ts';
import type { Service } from '../../kube/kinds/service.ts';
import { matchesLabels } from '../../kube/labels.ts';
import { conditionOf, controllerOf, type Key, keyFor, keyReferred, partsOf, type Snapshot } from '../../kube/meta.ts';
import { takenBy } from '../amounts.ts';
import { HAND_OWNER, type PodGlyph } from '../glyphs.ts';
import type { Looks } from '../looks.ts';
import { containersOf } from './containers.ts';
import type { DoorBox, InsideModel, Resize } from './model.ts';
import { volumesOf } from './volumes.ts';

/** Undefined where the pod does not exist at this moment. */
export function readInside(snapshot: Snapshot, key: Key, looks: Looks): InsideModel | undefined {
  const pod = snapshot.get('Pod', key) as Pod | undefined;
  if (!pod) return undefined;
  const glyph = glyphOf(pod, key, snapshot, looks);
  const inside = insideRecord(snapshot, key);
  const complaints = complaintsAbout(pod, snapshot);
  const containers = containersOf({ glyph, inside, complaints });
  return {
    pod: glyph,
    inside,
    ip: pod.status.podIP,
    isHostNetwork: pod.spec.hostNetwork === true,
    isReady: isPodReady(pod),
    resize: resizeOf(pod),
    inits: containers.filter(({ role }) => role === 'init'),
    containers: containers.filter(({ role }) => role !== 'init'),
    volumes: volumesOf(pod, inside, snapshot, complaints),
    doors: doorsOf(pod, snapshot),
    requests: inside?.requests ?? [],
    sent: inside?.sent ?? [],
  };
}

/** What the kubelet has told of the pod's inside up to this moment. */
export function insideRecord(snapshot: Snapshot, podKey: Key): PodInside | undefined {
  const { namespace, name } = partsOf(podKey);
  return snapshot.get(POD_INSIDE, keyFor(POD_INSIDE, namespace, name)) as PodInside | undefined;
}

function glyphOf(pod: Pod, key: Key, snapshot: Snapshot, looks: Looks): PodGlyph {
  const owner = controllerOf(pod);
  const { name, namespace } = pod.metadata;
  const { nodeName } = pod.spec;
  return {
    key,
    name,
    pod,
    node: nodeName ? (snapshot.get('Node', keyFor('Node', undefined, nodeName)) as Node | undefined) : undefined,
    look: looks.ofPod(pod),
    record: looks.recordOf(pod),
    isReady: isPodReady(pod),
    takes: takenBy(pod),
    ownerKey: owner ? keyReferred(owner, namespace) : `${HAND_OWNER}/${namespace ?? ''}`,
    ownerKind: owner?.kind ?? HAND_OWNER,
    aboveKey: undefined,
  };
}

function resizeOf({ status: { conditions } }: Pod): Resize | undefined {
  const pending = conditionOf(conditions, 'PodResizePending');
  const { reason, message } = pending ?? {};
  if (pending) return { ...(reason ? { reason } : {}), ...(message ? { message } : {}) };
  return conditionOf(conditions, 'PodResizeInProgress') && {};
}

const TOLD: ReadonlySet<string> = new Set(['Unhealthy', 'FailedMount', 'Killing']);

function complaintsAbout({ metadata }: Pod, snapshot: Snapshot): readonly Event[] {
  return (snapshot.list('Event') as readonly Event[]).filter(
    ({ reason, involvedObject }) => TOLD.has(reason) && involvedObject.uid === metadata.uid,
  );
}

function doorsOf(pod: Pod, snapshot: Snapshot): readonly DoorBox[] {
  const { namespace, labels } = pod.metadata;
  return (snapshot.list('Service') as readonly Service[]).flatMap(({ metadata, spec }) => {
    if (metadata.namespace !== namespace || !spec.selector || !matchesLabels(spec.selector, labels)) return [];
    return (spec.ports ?? []).flatMap(({ port, targetPort }) => {
      const target = portOf(targetPort ?? port, pod.spec.containers);
      return target === undefined ? [] : [{ service: metadata.name, port, targetPort: target }];
    });
  });
}

function portOf(port: number | string, containers: readonly Container[]): number | undefined {
  if (typeof port === 'number') return port;
  for (const { ports = [] } of containers) for (const each of ports) if (each.name === port) return each.containerPort;
  return undefined;
}
