// Deletes what its owners leave behind, and lets owners wait for it (foreground) or let it go (orphan).
// Models pkg/controller/garbagecollector/garbagecollector.go. Leaves out: the graph, because owners and dependents are looked up
// in the server, and the virtual nodes for owners it has not seen yet.
//
//   owner gone          ─▶ each dependent: has it another owner? ─ yes ─▶ forget the reference
//                                                                └ no ──▶ delete it
//   owner: orphan       ─▶ dependents forget the reference, then the finalizer goes
//   owner: foreground   ─▶ blocking dependents are deleted, then the finalizer goes
import { ApiError } from '../../kube/errors.ts';
import { type Change, type Key, type KubeObject, keyOf, keyReferred, type OwnerReference } from '../../kube/meta.ts';
import type { Controller, ControllerContext } from '../controller.ts';
import type { DeletionPropagation } from '../deletion.ts';

const ORPHAN = 'orphan';
const FOREGROUND = 'foregroundDeletion';

export const garbageCollector: Controller = {
  name: 'garbage-collector',
  watches: [{ kind: '*', keys: affected }],
  reconcile(key, ctx) {
    const object = ctx.api.getByKey<KubeObject>(key);
    if (!object) return;
    if (object.metadata.deletionTimestamp !== undefined) {
      if (has(object, ORPHAN)) return orphanDependents(object, ctx);
      if (has(object, FOREGROUND)) return deleteDependents(object, ctx);
      return;
    }
    if (object.metadata.ownerReferences) collect(object, ctx);
  },
};

/** Which objects a change may make garbage, or may set free. Most changes do neither, so the first questions are the cheap ones. */
function affected({ key, before, after }: Change, ctx: ControllerContext): readonly Key[] {
  const keys: Key[] = [];
  if (!after) {
    if (!before || before.kind === 'Event') return keys;
    for (const dependent of ctx.api.owned<KubeObject>(before.metadata.uid ?? '')) keys.push(keyOf(dependent));
    addWaitingOwners(before, ctx, keys);
    return keys;
  }
  const { metadata } = after;
  if (metadata.deletionTimestamp !== undefined) {
    const isNew = before?.metadata.deletionTimestamp === undefined || before.metadata.finalizers !== metadata.finalizers;
    if (isNew && (has(after, ORPHAN) || has(after, FOREGROUND))) keys.push(key);
    return keys;
  }
  if (before?.metadata.ownerReferences === metadata.ownerReferences) return keys;
  if (metadata.ownerReferences?.some((reference) => !isOwnerThere(reference, after, ctx))) keys.push(key);
  if (before) addWaitingOwners(before, ctx, keys);
  return keys;
}

/** Owners that are being deleted and wait for their dependents. */
function addWaitingOwners(dependent: KubeObject, ctx: ControllerContext, keys: Key[]): void {
  for (const reference of dependent.metadata.ownerReferences ?? []) {
    const owner = ownerOf(reference, dependent, ctx);
    if (owner?.metadata.deletionTimestamp !== undefined && has(owner, FOREGROUND)) keys.push(keyOf(owner));
  }
}

/** Decides what becomes of an object some of whose owners are gone or wait for it to go. */
function collect(object: KubeObject, ctx: ControllerContext): void {
  const solid: OwnerReference[] = [];
  let isWaitedFor = false;
  for (const reference of object.metadata.ownerReferences ?? []) {
    if (!isKindKnown(reference, ctx)) {
      solid.push(reference);
      continue;
    }
    const owner = ownerOf(reference, object, ctx);
    if (!owner) continue;
    const isWaiting = owner.metadata.deletionTimestamp !== undefined && has(owner, FOREGROUND);
    if (isWaiting && reference.blockOwnerDeletion) isWaitedFor = true;
    else if (!isWaiting) solid.push(reference);
  }
  if (solid.length > 0) {
    if (solid.length < (object.metadata.ownerReferences ?? []).length) setOwners(object, solid, ctx);
    return;
  }
  const hasDependents = ctx.api.owned<KubeObject>(object.metadata.uid ?? '').length > 0;
  remove(object, isWaitedFor && hasDependents ? 'Foreground' : policyOf(object), ctx);
}

function policyOf(object: KubeObject): DeletionPropagation {
  return has(object, ORPHAN) ? 'Orphan' : has(object, FOREGROUND) ? 'Foreground' : 'Background';
}

function remove({ kind, metadata }: KubeObject, propagationPolicy: DeletionPropagation, ctx: ControllerContext): void {
  try {
    const preconditions = metadata.uid === undefined ? {} : { preconditions: { uid: metadata.uid } };
    ctx.api.delete(kind, metadata.namespace, metadata.name, { propagationPolicy, ...preconditions });
  } catch (error) {
    if (!(error instanceof ApiError) || error.reason !== 'NotFound') throw error;
  }
}

function orphanDependents(owner: KubeObject, ctx: ControllerContext): void {
  const { uid } = owner.metadata;
  for (const dependent of ctx.api.owned<KubeObject>(uid ?? '')) {
    setOwners(
      dependent,
      (dependent.metadata.ownerReferences ?? []).filter((reference) => reference.uid !== uid),
      ctx,
    );
  }
  removeFinalizer(owner, ORPHAN, ctx);
}

function deleteDependents(owner: KubeObject, ctx: ControllerContext): void {
  const blocking = ctx.api
    .owned<KubeObject>(owner.metadata.uid ?? '')
    .filter((dependent) =>
      dependent.metadata.ownerReferences?.some(({ uid, blockOwnerDeletion }) => uid === owner.metadata.uid && blockOwnerDeletion),
    );
  if (blocking.length === 0) return removeFinalizer(owner, FOREGROUND, ctx);
  for (const dependent of blocking) if (dependent.metadata.deletionTimestamp === undefined) collect(dependent, ctx);
}

function setOwners(object: KubeObject, owners: readonly OwnerReference[], ctx: ControllerContext): void {
  const { ownerReferences: _old, ...metadata } = object.metadata;
  ctx.api.update({ ...object, metadata: owners.length > 0 ? { ...metadata, ownerReferences: owners } : metadata }, { trusted: true });
}

function removeFinalizer(object: KubeObject, finalizer: string, ctx: ControllerContext): void {
  const { finalizers: old, ...metadata } = object.metadata;
  const finalizers = (old ?? []).filter((one) => one !== finalizer);
  ctx.api.update({ ...object, metadata: finalizers.length > 0 ? { ...metadata, finalizers } : metadata }, { trusted: true });
}

function has(object: KubeObject, finalizer: string): boolean {
  return object.metadata.finalizers?.includes(finalizer) ?? false;
}

/** The owner itself, in the dependent's namespace or cluster-wide; another object of its name does not count. */
function ownerOf(reference: OwnerReference, dependent: KubeObject, ctx: ControllerContext): KubeObject | undefined {
  const namespace =
    ctx.api.kinds.findIn(reference.apiVersion, reference.kind)?.namespaced === false ? undefined : dependent.metadata.namespace;
  const owner = ctx.api.getByKey<KubeObject>(keyReferred(reference, namespace));
  return owner?.metadata.uid === reference.uid ? owner : undefined;
}

function isOwnerThere(reference: OwnerReference, dependent: KubeObject, ctx: ControllerContext): boolean {
  return !isKindKnown(reference, ctx) || ownerOf(reference, dependent, ctx) !== undefined;
}

/** Of an owner whose kind the server does not serve nothing can be said: its dependents stay. */
function isKindKnown({ apiVersion, kind }: OwnerReference, { api }: ControllerContext): boolean {
  return api.kinds.findIn(apiVersion, kind) !== undefined;
}
