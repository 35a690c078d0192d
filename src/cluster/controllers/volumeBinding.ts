// The two halves of a binding, and how they are tied and untied: a volume names its claim first, then the claim its volume.
// Models bind, unbindVolume and the status updates of pkg/controller/volume/persistentvolume/pv_controller.go.
import { isEqual } from '../../base/equal.ts';
import {
  BIND_COMPLETED,
  BOUND_BY_CONTROLLER,
  isBoundTo,
  type PersistentVolume,
  type PersistentVolumeClaim,
} from '../../kube/kinds/volumes.ts';
import { type ObjectMeta, toTimestamp } from '../../kube/meta.ts';
import type { ControllerContext } from '../controller.ts';

/** Ties both, whatever of it is done already; four writes at most. */
export function bind(volume: PersistentVolume, claim: PersistentVolumeClaim, ctx: ControllerContext): void {
  const bound = setVolumePhase(bindVolume(volume, claim, ctx), 'Bound', '', ctx);
  setClaimPhase(bindClaim(claim, bound, ctx), 'Bound', bound, ctx);
}

function annotated(metadata: ObjectMeta, ...names: string[]): ObjectMeta {
  const missing = names.filter((name) => metadata.annotations?.[name] === undefined);
  if (missing.length === 0) return metadata;
  return { ...metadata, annotations: { ...metadata.annotations, ...Object.fromEntries(missing.map((name) => [name, 'yes'])) } };
}

function bindVolume(volume: PersistentVolume, claim: PersistentVolumeClaim, ctx: ControllerContext): PersistentVolume {
  const { claimRef } = volume.spec;
  const isReserved = claimRef !== undefined && isBoundTo(volume, claim);
  if (isReserved && claimRef.uid) return volume;
  const metadata = isReserved ? volume.metadata : annotated(volume.metadata, BOUND_BY_CONTROLLER);
  return ctx.api.update({ ...volume, metadata, spec: { ...volume.spec, claimRef: referenceTo(claim) } }, { trusted: true });
}

export function referenceTo({ kind, apiVersion, metadata }: PersistentVolumeClaim) {
  const { namespace, name, uid, resourceVersion } = metadata;
  return {
    kind,
    ...(namespace === undefined ? {} : { namespace }),
    name,
    ...(uid === undefined ? {} : { uid }),
    apiVersion,
    ...(resourceVersion === undefined ? {} : { resourceVersion }),
  };
}

function bindClaim(claim: PersistentVolumeClaim, volume: PersistentVolume, ctx: ControllerContext): PersistentVolumeClaim {
  const volumeName = volume.metadata.name;
  const isNamed = claim.spec.volumeName === volumeName;
  const metadata = annotated(claim.metadata, BIND_COMPLETED, ...(isNamed ? [] : [BOUND_BY_CONTROLLER]));
  if (isNamed && metadata === claim.metadata) return claim;
  return ctx.api.update({ ...claim, metadata, spec: { ...claim.spec, volumeName } }, { trusted: true });
}

/** A bound claim has the modes and the size of its volume; any other has none. */
export function setClaimPhase(
  claim: PersistentVolumeClaim,
  phase: NonNullable<PersistentVolumeClaim['status']['phase']>,
  volume: PersistentVolume | undefined,
  ctx: ControllerContext,
): PersistentVolumeClaim {
  const { accessModes: _modes, capacity: given, ...rest } = claim.status;
  const { accessModes, capacity } = volume?.spec ?? {};
  // A claim that is bound already keeps its size: growing it is somebody else's work.
  const size = claim.status.phase === 'Bound' && volume && given ? given : capacity;
  const status = { ...rest, phase, ...(accessModes ? { accessModes } : {}), ...(size ? { capacity: size } : {}) };
  return isEqual(status, claim.status) ? claim : ctx.api.updateStatus<PersistentVolumeClaim>({ ...claim, status });
}

export function setVolumePhase(
  volume: PersistentVolume,
  phase: NonNullable<PersistentVolume['status']['phase']>,
  message: string,
  ctx: ControllerContext,
): PersistentVolume {
  if (volume.status.phase === phase) return volume;
  const { message: _old, ...rest } = volume.status;
  const status = { ...rest, phase, ...(message ? { message } : {}), lastPhaseTransitionTime: toTimestamp(ctx.nowMs) };
  return ctx.api.updateStatus<PersistentVolume>({ ...volume, status });
}

/** Takes a volume from its claim again: it is free, or still reserved where a person reserved it. */
export function unbind(volume: PersistentVolume, ctx: ControllerContext): void {
  const { claimRef, ...spec } = volume.spec;
  const { [BOUND_BY_CONTROLLER]: mark, ...others } = volume.metadata.annotations ?? {};
  const { annotations: _old, ...metadata } = volume.metadata;
  const { uid: _uid, ...reserved } = claimRef ?? {};
  const free: PersistentVolume =
    mark === undefined
      ? { ...volume, spec: { ...spec, claimRef: reserved } }
      : { ...volume, metadata: Object.keys(others).length > 0 ? { ...metadata, annotations: others } : metadata, spec };
  setVolumePhase(ctx.api.update(free, { trusted: true }), 'Available', '', ctx);
}
