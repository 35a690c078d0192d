// The pods of a StatefulSet: each has an ordinal, a name made of it, and claims of its own.
// Models pkg/controller/statefulset/{stateful_set_utils,stateful_pod_control}.go.
import { ApiError } from '../../kube/errors.ts';
import { isPodReady, type Pod, type Volume } from '../../kube/kinds/pod.ts';
import type { ClaimTemplate, ControllerRevision, StatefulSet } from '../../kube/kinds/statefulSet.ts';
import { conditionOf, controllerRefTo, fromTimestamp, type KubeObject, type OwnerReference } from '../../kube/meta.ts';
import type { ControllerContext } from '../controller.ts';
import { templateOf } from './controllerRevisions.ts';
import { podFromTemplate } from './podControl.ts';

export const REVISION_LABEL = 'controller-revision-hash';
const NAME_LABEL = 'statefulset.kubernetes.io/pod-name';
const INDEX_LABEL = 'apps.kubernetes.io/pod-index';

/** The ordinal in a pod's name; -1 for a pod whose name is not of this set. */
export function ordinalOf(set: StatefulSet, { metadata }: Pod): number {
  const prefix = `${set.metadata.name}-`;
  const digits = metadata.name.startsWith(prefix) ? metadata.name.slice(prefix.length) : '';
  return /^\d+$/.test(digits) ? Number(digits) : -1;
}

export function isTerminating({ metadata }: Pod): boolean {
  return metadata.deletionTimestamp !== undefined;
}

export function isRunningAndReady(pod: Pod): boolean {
  return pod.status.phase === 'Running' && isPodReady(pod);
}

export function isHealthy(pod: Pod): boolean {
  return isRunningAndReady(pod) && !isTerminating(pod);
}

/** When a running and ready pod has been ready long enough; never for others. */
export function availableAtMs(pod: Pod, set: StatefulSet): number {
  if (!isRunningAndReady(pod)) return Number.POSITIVE_INFINITY;
  const minReadyMs = (set.spec.minReadySeconds ?? 0) * 1000;
  return minReadyMs === 0 ? 0 : fromTimestamp(conditionOf(pod.status.conditions, 'Ready')?.lastTransitionTime) + minReadyMs;
}

export function revisionNameOf({ metadata }: Pod): string | undefined {
  return metadata.labels?.[REVISION_LABEL];
}

/** The pod with this ordinal as the revision cuts it. */
export function podAt(set: StatefulSet, revision: ControllerRevision, ordinal: number): Pod {
  const name = `${set.metadata.name}-${ordinal}`;
  const pod = podFromTemplate(templateOf(revision), set, name);
  const labels = {
    ...pod.metadata.labels,
    [INDEX_LABEL]: String(ordinal),
    [REVISION_LABEL]: revision.metadata.name,
    [NAME_LABEL]: name,
  };
  const { serviceName } = set.spec;
  return {
    ...pod,
    metadata: { ...pod.metadata, generateName: `${set.metadata.name}-`, labels },
    spec: {
      ...pod.spec,
      hostname: name,
      ...(serviceName ? { subdomain: serviceName } : {}),
      ...withClaims(set, ordinal, pod.spec.volumes),
    },
  };
}

/** Volumes for the claim templates go before those of the template, and in place of those of the same name. */
function withClaims(set: StatefulSet, ordinal: number, volumes: readonly Volume[] | undefined): { volumes?: readonly Volume[] } {
  const templates = set.spec.volumeClaimTemplates ?? [];
  if (templates.length === 0) return volumes ? { volumes } : {};
  const claimed = templates.map((template): Volume => {
    return { name: template.metadata?.name ?? '', persistentVolumeClaim: { claimName: claimName(template, set, ordinal) } };
  });
  return { volumes: [...claimed, ...(volumes ?? []).filter(({ name }) => !claimed.some((claim) => claim.name === name))] };
}

function claimName({ metadata }: ClaimTemplate, set: StatefulSet, ordinal: number): string {
  return `${metadata?.name ?? ''}-${set.metadata.name}-${ordinal}`;
}

/** Creates the claims of a pod that are missing and then the pod. Throws what the server answers. */
export function createStatefulPod(pod: Pod, set: StatefulSet, ctx: ControllerContext): void {
  createMissingClaims(pod, set, ctx);
  try {
    // The server takes a StatefulSet's template as it is, so its pods are looked at one by one.
    ctx.api.create(pod);
    ctx.record(set, 'Normal', 'SuccessfulCreate', `Create Pod ${pod.metadata.name} in StatefulSet ${set.metadata.name} successful`);
  } catch (error) {
    tellFailure('FailedCreate', `Create Pod ${pod.metadata.name} in StatefulSet ${set.metadata.name} failed`, error, set, ctx);
  }
}

export function deleteStatefulPod(pod: Pod, set: StatefulSet, ctx: ControllerContext): void {
  try {
    ctx.api.delete('Pod', pod.metadata.namespace, pod.metadata.name);
    ctx.record(set, 'Normal', 'SuccessfulDelete', `Delete Pod ${pod.metadata.name} in StatefulSet ${set.metadata.name} successful`);
  } catch (error) {
    tellFailure('FailedDelete', `Delete Pod ${pod.metadata.name} in StatefulSet ${set.metadata.name} failed`, error, set, ctx);
  }
}

function tellFailure(reason: string, what: string, error: unknown, set: StatefulSet, ctx: ControllerContext): never {
  if (error instanceof ApiError && error.reason !== 'AlreadyExists') ctx.record(set, 'Warning', reason, `${what} error: ${error.message}`);
  throw error;
}

// Claims --------------------------------------------------------------------------------------------------------------

export function createMissingClaims(pod: Pod, set: StatefulSet, ctx: ControllerContext): void {
  for (const template of set.spec.volumeClaimTemplates ?? []) {
    const name = claimName(template, set, ordinalOf(set, pod));
    const found = ctx.api.get<KubeObject>('PersistentVolumeClaim', set.metadata.namespace, name);
    if (!found) createClaim(name, template, pod, set, ctx);
    else if (found.metadata.deletionTimestamp !== undefined) throw new ApiError('Conflict', `pvc ${name} is being deleted`);
  }
}

function createClaim(name: string, template: ClaimTemplate, pod: Pod, set: StatefulSet, ctx: ControllerContext): void {
  const { name: _name, ...metadata } = template.metadata ?? { name: '' };
  const ownerReferences = ownersOfClaim(set, pod, false);
  const claim = {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: {
      ...metadata,
      name,
      ...(set.metadata.namespace === undefined ? {} : { namespace: set.metadata.namespace }),
      labels: { ...metadata.labels, ...set.spec.selector.matchLabels },
      ...(ownerReferences.length > 0 ? { ownerReferences } : {}),
    },
    spec: template.spec,
  };
  const what = `Create Claim ${name} Pod ${pod.metadata.name} in StatefulSet ${set.metadata.name}`;
  try {
    ctx.api.create<KubeObject>(claim);
    ctx.record(set, 'Normal', 'SuccessfulCreate', `${what} success`);
  } catch (error) {
    tellFailure('FailedCreate', `${what} failed`, error, set, ctx);
  }
}

/** Lets the claims of a pod go with their set, with their pod, or with nobody, as the retention policy says. */
export function syncClaimOwners(pod: Pod, set: StatefulSet, isCondemned: boolean, ctx: ControllerContext): void {
  for (const template of set.spec.volumeClaimTemplates ?? []) {
    const name = claimName(template, set, ordinalOf(set, pod));
    const claim = ctx.api.get<KubeObject>('PersistentVolumeClaim', set.metadata.namespace, name);
    if (!claim) continue;
    const wanted = ownersOfClaim(set, pod, isCondemned);
    const given = claim.metadata.ownerReferences ?? [];
    const ours = given.filter(({ uid }) => uid === set.metadata.uid || uid === pod.metadata.uid);
    if (ours.length === wanted.length && ours.every(({ uid }) => wanted.some((owner) => owner.uid === uid))) continue;
    const { ownerReferences: _old, ...metadata } = claim.metadata;
    const owners = [...given.filter((owner) => !ours.includes(owner)), ...wanted];
    ctx.api.update({ ...claim, metadata: owners.length > 0 ? { ...metadata, ownerReferences: owners } : metadata }, { trusted: true });
  }
}

function ownersOfClaim(set: StatefulSet, pod: Pod, isCondemned: boolean): readonly OwnerReference[] {
  const { whenDeleted = 'Retain', whenScaled = 'Retain' } = set.spec.persistentVolumeClaimRetentionPolicy ?? {};
  if (whenScaled === 'Delete' && isCondemned) return [controllerRefTo(pod)];
  return whenDeleted === 'Delete' ? [controllerRefTo(set)] : [];
}
