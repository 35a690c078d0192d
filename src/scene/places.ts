// The fixed places of an owner's pods, which stay when a pod goes: the sockets of a StatefulSet, each with its ordinal and its disk,
// and the nodes of a DaemonSet, in their order. Other owners have none: their rail has a pip for each pod.
import { type DaemonSet, daemonNodeName } from '../kube/kinds/daemonSet.ts';
import type { Node } from '../kube/kinds/node.ts';
import type { StatefulSet } from '../kube/kinds/statefulSet.ts';
import { keyFor, type Snapshot } from '../kube/meta.ts';
import type { OwnerGlyph, Place, PodGlyph } from './glyphs.ts';

const NONE: readonly Place[] = [];

export function placesOf(owner: OwnerGlyph, snapshot: Snapshot, nodes: readonly Node[]): readonly Place[] {
  if (owner.kind === 'StatefulSet') return sockets(owner, owner.object as StatefulSet, snapshot);
  return owner.kind === 'DaemonSet' ? nodeSlots(owner, owner.object as DaemonSet, nodes) : NONE;
}

/** One for each ordinal that is wanted; beyond them, those that still have a pod or a disk. */
function sockets({ pods, name, namespace, wants }: OwnerGlyph, { spec }: StatefulSet, snapshot: Snapshot): readonly Place[] {
  const start = spec.ordinals?.start ?? 0;
  const byName = new Map(pods.map((pod) => [pod.name, pod]));
  const [template] = spec.volumeClaimTemplates ?? [];
  const placeOf = (ordinal: number): Place => {
    const pod = `${name}-${ordinal}`;
    const claim = template && `${template.metadata.name}-${pod}`;
    const isThere = claim !== undefined && snapshot.get('PersistentVolumeClaim', keyFor('PersistentVolumeClaim', namespace, claim));
    return { name: pod, pod: byName.get(pod), claim: isThere ? claim : undefined };
  };
  const wanted = Array.from({ length: wants }, (_, i) => placeOf(start + i));
  const end = start + wants;
  const beyond = pods.map((pod) => ordinalOf(pod.name)).filter((ordinal) => ordinal < start || ordinal >= end);
  for (let ordinal = end; placeOf(ordinal).claim !== undefined; ordinal++) beyond.push(ordinal);
  return [...wanted, ...[...new Set(beyond)].sort((a, b) => a - b).map(placeOf)];
}

export function ordinalOf(name: string): number {
  return Number(name.slice(name.lastIndexOf('-') + 1));
}

/** In node order. A node that is meant and has no pod has an empty place; while two are there during an update, both are shown. */
function nodeSlots({ pods }: OwnerGlyph, { spec, status }: DaemonSet, nodes: readonly Node[]): readonly Place[] {
  const onNode = new Map<string, PodGlyph[]>();
  for (const pod of pods) {
    const node = daemonNodeName(pod.pod);
    onNode.set(node, [...(onNode.get(node) ?? []), pod]);
  }
  let missing = (status?.desiredNumberScheduled ?? 0) - (status?.currentNumberScheduled ?? 0);
  const places = nodes.flatMap(({ metadata: { name, labels } }): Place[] => {
    const here = onNode.get(name);
    onNode.delete(name);
    if (here) return here.map((pod) => ({ name, pod }));
    const isMeant = Object.entries(spec.template.spec.nodeSelector ?? {}).every(([key, value]) => labels?.[key] === value);
    return isMeant && missing-- > 0 ? [{ name, pod: undefined }] : [];
  });
  // Pods of nodes that are gone.
  for (const [name, left] of onNode) places.push(...left.map((pod) => ({ name, pod })));
  return places;
}
