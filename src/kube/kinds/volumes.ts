// PersistentVolumeClaim, PersistentVolume and StorageClass: their shapes, and the questions that several parts ask of them.
// Models k8s.io/api/core/v1/types.go, k8s.io/api/storage/v1/types.go and component-helpers/storage/volume. Leaves out the fields of
// the single volume sources: nothing is mounted here, so they are kept as they are.
import { matchesSelector } from '../labels.ts';
import type { KubeObject, LabelSelector } from '../meta.ts';
import { valueOf } from '../quantity.ts';
import type { NodeSelectorTerm, Pod, ResourceList } from './pod.ts';

export interface ClaimSpec {
  readonly accessModes?: readonly string[];
  readonly selector?: LabelSelector;
  readonly resources?: { readonly requests?: ResourceList; readonly limits?: ResourceList };
  readonly volumeName?: string;
  readonly storageClassName?: string;
  readonly volumeMode?: string;
  readonly volumeAttributesClassName?: string;
  readonly dataSource?: unknown;
  readonly dataSourceRef?: unknown;
}

export interface PersistentVolumeClaim extends KubeObject {
  readonly kind: 'PersistentVolumeClaim';
  readonly spec: ClaimSpec;
  readonly status: {
    readonly phase?: 'Pending' | 'Bound' | 'Lost';
    readonly accessModes?: readonly string[];
    readonly capacity?: ResourceList;
  };
}

export interface ClaimReference {
  readonly kind?: string;
  readonly apiVersion?: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
}

export interface VolumeSpec {
  readonly capacity?: ResourceList;
  readonly accessModes?: readonly string[];
  readonly claimRef?: ClaimReference;
  readonly persistentVolumeReclaimPolicy?: string;
  readonly storageClassName?: string;
  readonly volumeMode?: string;
  readonly volumeAttributesClassName?: string;
  readonly nodeAffinity?: { readonly required?: { readonly nodeSelectorTerms?: readonly NodeSelectorTerm[] } };
  readonly [source: string]: unknown;
}

export interface PersistentVolume extends KubeObject {
  readonly kind: 'PersistentVolume';
  readonly spec: VolumeSpec;
  readonly status: {
    readonly phase?: 'Pending' | 'Available' | 'Bound' | 'Released' | 'Failed';
    readonly message?: string;
    readonly reason?: string;
    readonly lastPhaseTransitionTime?: string;
  };
}

export interface TopologyTerm {
  readonly matchLabelExpressions?: readonly { readonly key: string; readonly values: readonly string[] }[];
}

export interface StorageClass extends KubeObject {
  readonly kind: 'StorageClass';
  readonly provisioner: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly reclaimPolicy?: string;
  readonly volumeBindingMode?: string;
  readonly allowVolumeExpansion?: boolean;
  readonly mountOptions?: readonly string[];
  readonly allowedTopologies?: readonly TopologyTerm[];
}

/** The claim was bound once: whatever is missing now was lost. */
export const BIND_COMPLETED = 'pv.kubernetes.io/bind-completed';
/** The other half of the binding was chosen by the controller, not by a person, so it may be undone. */
export const BOUND_BY_CONTROLLER = 'pv.kubernetes.io/bound-by-controller';
export const PROVISIONED_BY = 'pv.kubernetes.io/provisioned-by';
export const PROVISIONER = 'volume.kubernetes.io/storage-provisioner';
export const BETA_PROVISIONER = 'volume.beta.kubernetes.io/storage-provisioner';
/** The scheduler's word for the node on which a claim's first consumer will run. */
export const SELECTED_NODE = 'volume.kubernetes.io/selected-node';
const BETA_CLASS = 'volume.beta.kubernetes.io/storage-class';

export const WAIT_FOR_CONSUMER = 'WaitForFirstConsumer';
/** The provisioner of classes whose volumes people make by hand. */
export const NO_PROVISIONER = 'kubernetes.io/no-provisioner';

/** The class of a claim or a volume; empty for none. */
export function classNameOf({ metadata, spec }: PersistentVolumeClaim | PersistentVolume): string {
  return metadata.annotations?.[BETA_CLASS] ?? spec.storageClassName ?? '';
}

/** Whether a claim names a class at all: the empty name is one, and means none. */
export function hasClass({ metadata, spec }: PersistentVolumeClaim): boolean {
  return metadata.annotations?.[BETA_CLASS] !== undefined || spec.storageClassName !== undefined;
}

/** The name of the claim that is made for an ephemeral volume of a pod. */
export const ephemeralClaimName = (pod: Pod, volumeName: string): string => `${pod.metadata.name}-${volumeName}`;

/** The PersistentVolumeClaims that a pod mounts. */
export function claimNamesOf(pod: Pod): readonly string[] {
  let names: string[] | undefined;
  for (const volume of pod.spec.volumes ?? []) {
    const claim = volume['persistentVolumeClaim'] as { readonly claimName: string } | undefined;
    const name = claim ? claim.claimName : volume['ephemeral'] ? ephemeralClaimName(pod, volume.name) : undefined;
    if (name === undefined) continue;
    if (names) names.push(name);
    else names = [name];
  }
  return names ?? NO_NAMES;
}

const NO_NAMES: readonly string[] = [];

const DEFAULT_MARKS = ['storageclass.kubernetes.io/is-default-class', 'storageclass.beta.kubernetes.io/is-default-class'];

export function isDefaultClass({ metadata }: KubeObject): boolean {
  return DEFAULT_MARKS.some((mark) => metadata.annotations?.[mark] === 'true');
}

/** The class of claims that name none: the newest of those marked so. Models component-helpers/storage/volume GetDefaultClass. */
export function defaultClassOf(classes: readonly StorageClass[]): StorageClass | undefined {
  return classes
    .filter(isDefaultClass)
    .sort(
      (a, b) =>
        compare(b.metadata.creationTimestamp ?? '', a.metadata.creationTimestamp ?? '') || compare(a.metadata.name, b.metadata.name),
    )[0];
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

export const requestOf = ({ spec }: PersistentVolumeClaim): number => valueOf(spec.resources?.requests?.['storage']);
export const capacityOf = ({ spec }: PersistentVolume): number => valueOf(spec.capacity?.['storage']);

/** Whether the volume names this claim, and not another one of its name. */
export function isBoundTo({ spec }: PersistentVolume, { metadata }: PersistentVolumeClaim): boolean {
  const { claimRef } = spec;
  if (claimRef?.name !== metadata.name || claimRef.namespace !== metadata.namespace) return false;
  return !claimRef.uid || claimRef.uid === metadata.uid;
}

const modeOf = ({ spec }: PersistentVolume | PersistentVolumeClaim) => spec.volumeMode ?? 'Filesystem';
export const isModeEqual = (volume: PersistentVolume, claim: PersistentVolumeClaim): boolean => modeOf(volume) === modeOf(claim);

const hasModes = ({ spec }: PersistentVolume, claim: PersistentVolumeClaim): boolean =>
  (claim.spec.accessModes ?? []).every((mode) => spec.accessModes?.includes(mode));

/** Why a volume that a claim asks for by name cannot be its own. Models checkVolumeSatisfyClaim of pv_controller.go. */
export function mismatchOf(volume: PersistentVolume, claim: PersistentVolumeClaim): string | undefined {
  if (volume.metadata.deletionTimestamp) return `the volume is marked for deletion "${volume.metadata.name}"`;
  if (capacityOf(volume) < requestOf(claim)) return 'requested PV is too small';
  if (classNameOf(volume) !== classNameOf(claim)) return 'storageClassName does not match';
  if (!isModeEqual(volume, claim)) return 'incompatible volumeMode';
  return hasModes(volume, claim) ? undefined : 'incompatible accessMode';
}

/**
 * The smallest of the volumes that fits a claim; one that is reserved for it goes first. `reaches` says whether a volume can be used
 * on the node in question. Models component-helpers/storage/volume FindMatchingVolume.
 */
export function bestVolumeFor(
  claim: PersistentVolumeClaim,
  volumes: Iterable<PersistentVolume>,
  options: { readonly reaches?: (volume: PersistentVolume) => boolean; readonly isBoundLater?: boolean } = {},
): PersistentVolume | undefined {
  const { reaches, isBoundLater = false } = options;
  let best: PersistentVolume | undefined;
  for (const volume of volumes) {
    const isReserved = isBoundTo(volume, claim);
    if (volume.spec.claimRef && !isReserved) continue;
    if (!hasModes(volume, claim) || !isModeEqual(volume, claim) || capacityOf(volume) < requestOf(claim)) continue;
    if (volume.metadata.deletionTimestamp) continue;
    const isReached = reaches?.(volume) ?? true;
    if (isReserved) return isReached ? volume : undefined;
    // Claims that wait for their consumer are bound by the scheduler, which knows the node.
    if (!reaches && isBoundLater) continue;
    if (volume.status.phase !== 'Available' || !isReached || classNameOf(volume) !== classNameOf(claim)) continue;
    if (claim.spec.selector && !matchesSelector(claim.spec.selector, volume.metadata.labels)) continue;
    if (!best || capacityOf(volume) < capacityOf(best)) best = volume;
  }
  return best;
}
