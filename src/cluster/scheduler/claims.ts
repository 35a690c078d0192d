// The claims of a pod as the scheduler sees them: which are bound, which wait for a node, and which volumes they would get on one.
// Models pkg/scheduler/framework/plugins/volumebinding/binder.go. Leaves out: the capacity that drivers report.
import type { Node } from '../../kube/kinds/node.ts';
import type { Pod } from '../../kube/kinds/pod.ts';
import {
  BIND_COMPLETED,
  bestVolumeFor,
  claimNamesOf,
  classNameOf,
  isBoundTo,
  NO_PROVISIONER,
  type PersistentVolume,
  type PersistentVolumeClaim,
  requestOf,
  SELECTED_NODE,
  type StorageClass,
  type TopologyTerm,
  WAIT_FOR_CONSUMER,
} from '../../kube/kinds/volumes.ts';
import { type KubeObject, keyFor } from '../../kube/meta.ts';
import { matchesTerm } from '../../kube/nodeSelectors.ts';
import type { ObjectSource } from './clusterState.ts';

export interface PodClaims {
  readonly bound: readonly PersistentVolumeClaim[];
  /** To be bound once the pod's node is known. */
  readonly later: readonly PersistentVolumeClaim[];
  /** To be bound at once, which has not happened yet. */
  readonly immediate: readonly PersistentVolumeClaim[];
}

const get = <T extends KubeObject>(objects: ObjectSource, kind: T['kind'], namespace: string | undefined, name: string) =>
  objects.get(kind, keyFor(kind, namespace, name)) as T | undefined;

/** The claims that a pod names and that are there. */
export function claimsOf(pod: Pod, objects: ObjectSource): PersistentVolumeClaim[] {
  const { namespace } = pod.metadata;
  return claimNamesOf(pod).flatMap((name) => get<PersistentVolumeClaim>(objects, 'PersistentVolumeClaim', namespace, name) ?? []);
}

export const isClaimBound = ({ metadata, spec }: PersistentVolumeClaim): boolean =>
  Boolean(spec.volumeName) && metadata.annotations?.[BIND_COMPLETED] !== undefined;

export function sortedClaims(claims: readonly PersistentVolumeClaim[], objects: ObjectSource): PodClaims {
  const bound = claims.filter(isClaimBound);
  const unbound = claims.filter((claim) => !isClaimBound(claim));
  const isLater = (claim: PersistentVolumeClaim) =>
    !claim.spec.volumeName && storageClassOf(claim, objects)?.volumeBindingMode === WAIT_FOR_CONSUMER;
  return { bound, later: unbound.filter(isLater), immediate: unbound.filter((claim) => !isLater(claim)) };
}

export function storageClassOf(claim: PersistentVolumeClaim, objects: ObjectSource): StorageClass | undefined {
  const name = classNameOf(claim);
  return name === '' ? undefined : get<StorageClass>(objects, 'StorageClass', undefined, name);
}

export function volumeOf({ spec }: PersistentVolumeClaim, objects: ObjectSource): PersistentVolume | undefined {
  return spec.volumeName ? get<PersistentVolume>(objects, 'PersistentVolume', undefined, spec.volumeName) : undefined;
}

/** Whether a volume can be used on a node. */
export function reachesNode({ spec }: PersistentVolume, node: Node): boolean {
  const terms = spec.nodeAffinity?.required?.nodeSelectorTerms;
  return !terms || terms.some((term) => matchesTerm(term, node));
}

/** The volumes that one of these claims might still get: free ones, and those reserved for it. */
export function openVolumes(claims: readonly PersistentVolumeClaim[], objects: ObjectSource): PersistentVolume[] {
  const volumes = objects.list('PersistentVolume') as readonly PersistentVolume[];
  return volumes.filter((volume) => !volume.spec.claimRef || claims.some((claim) => isBoundTo(volume, claim)));
}

/** What becomes of a pod's waiting claims on one node. */
export interface Placement {
  readonly taken: readonly { readonly claim: PersistentVolumeClaim; readonly volume: PersistentVolume }[];
  readonly toProvision: readonly PersistentVolumeClaim[];
}

/** The volumes for these claims on this node, smallest claim first; undefined when one would get none. */
export function placementOn(
  node: Node,
  claims: readonly PersistentVolumeClaim[],
  volumes: readonly PersistentVolume[],
  objects: ObjectSource,
): Placement | undefined {
  const taken: { claim: PersistentVolumeClaim; volume: PersistentVolume }[] = [];
  const toProvision: PersistentVolumeClaim[] = [];
  for (const claim of [...claims].sort((a, b) => requestOf(a) - requestOf(b))) {
    const selected = claim.metadata.annotations?.[SELECTED_NODE];
    if (selected !== undefined) {
      // Its volume is being made for another node already, or for this one.
      if (selected !== node.metadata.name) return undefined;
      toProvision.push(claim);
      continue;
    }
    const free = volumes.filter((volume) => !taken.some((each) => each.volume === volume));
    const volume = bestVolumeFor(claim, free, { reaches: (each) => reachesNode(each, node) });
    if (volume) taken.push({ claim, volume });
    else if (isProvisionable(claim, node, objects)) toProvision.push(claim);
    else return undefined;
  }
  return { taken, toProvision };
}

function isProvisionable(claim: PersistentVolumeClaim, node: Node, objects: ObjectSource): boolean {
  const storageClass = storageClassOf(claim, objects);
  if (!storageClass?.provisioner || storageClass.provisioner === NO_PROVISIONER) return false;
  const { allowedTopologies = [] } = storageClass;
  return allowedTopologies.length === 0 || allowedTopologies.some((term) => hasTopology(term, node));
}

function hasTopology({ matchLabelExpressions = [] }: TopologyTerm, { metadata }: Node): boolean {
  return (
    matchLabelExpressions.length > 0 && matchLabelExpressions.every(({ key, values }) => values.includes(metadata.labels?.[key] ?? ''))
  );
}
