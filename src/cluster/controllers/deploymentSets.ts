// The ReplicaSets of a Deployment: which is new, which are old, their annotations, and making a new one for a new template.
// Models pkg/controller/deployment/sync.go (getNewReplicaSet) and pkg/controller/deployment/util/deployment_util.go.
import { isEqual } from '../../base/equal.ts';
import { ApiError } from '../../kube/errors.ts';
import type { Deployment } from '../../kube/kinds/deployment.ts';
import type { PodTemplateSpec } from '../../kube/kinds/pod.ts';
import type { ReplicaSet } from '../../kube/kinds/replicaSet.ts';
import { conditionOf, controllerOf, controllerRefTo, type StringMap } from '../../kube/meta.ts';
import type { ControllerContext } from '../controller.ts';
import { hasProgressDeadline, withCondition } from './deploymentStatus.ts';
import { isNamespaceTerminating } from './podControl.ts';
import { byCreation, DESIRED_REPLICAS, isRolling, MAX_REPLICAS, maxSurge, newSetReplicas, type Rollout } from './rollout.ts';
import { templateHash } from './templateHash.ts';

const HASH_LABEL = 'pod-template-hash';
const REVISION = 'deployment.kubernetes.io/revision';
const REVISION_HISTORY = 'deployment.kubernetes.io/revision-history';
/** Annotations of the Deployment that its ReplicaSets do not inherit. */
const NOT_COPIED = new Set([
  'kubectl.kubernetes.io/last-applied-configuration',
  REVISION,
  REVISION_HISTORY,
  DESIRED_REPLICAS,
  MAX_REPLICAS,
  'deprecated.deployment.rollback.to',
]);
const REVISION_HISTORY_CHARS_MAX = 2000;

/** Finds new and old sets and brings the revision numbers up to date; makes the new set if asked to. */
export function syncRevision(deployment: Deployment, sets: readonly ReplicaSet[], isCreating: boolean, ctx: ControllerContext): Rollout {
  const sorted = [...sets].sort(byCreation);
  const newSet = sorted.find((set) => isSameTemplate(set.spec.template, deployment.spec.template));
  const oldSets = sorted.filter((set) => set !== newSet);
  const revision = String(Math.max(0, ...oldSets.map(revisionOf)) + 1);
  if (newSet) return { ...adjustNewSet(deployment, newSet, revision, ctx), oldSets };
  if (!isCreating) return { deployment, newSet, oldSets };
  return { ...createNewSet(deployment, oldSets, revision, ctx), oldSets };
}

export function revisionOf(set: ReplicaSet): number {
  return Number(set.metadata.annotations?.[REVISION] ?? 0) || 0;
}

/** Whether two templates cut the same pods: the hash label does not count. */
export function isSameTemplate(a: PodTemplateSpec, b: PodTemplateSpec): boolean {
  return isEqual(a.spec, b.spec) && isEqual(withoutHash(a), withoutHash(b));
}

function withoutHash({ metadata }: PodTemplateSpec) {
  const { [HASH_LABEL]: _hash, ...labels } = metadata?.labels ?? {};
  return { ...metadata, labels };
}

function adjustNewSet(deployment: Deployment, set: ReplicaSet, revision: string, ctx: ControllerContext) {
  const annotations = annotationsFor(deployment, set.metadata.annotations ?? {}, revision);
  const { minReadySeconds } = deployment.spec;
  if (annotations !== set.metadata.annotations || (set.spec.minReadySeconds ?? 0) !== (minReadySeconds ?? 0)) {
    const { minReadySeconds: _old, ...spec } = set.spec;
    const newSet = ctx.api.update<ReplicaSet>({
      ...set,
      metadata: { ...set.metadata, annotations },
      spec: minReadySeconds ? { ...spec, minReadySeconds } : spec,
    });
    return { deployment, newSet };
  }
  let noted = withRevision(deployment, annotations[REVISION] ?? revision);
  if (hasProgressDeadline(deployment) && !conditionOf(deployment.status.conditions, 'Progressing')) {
    const message = `Found new replica set "${set.metadata.name}"`;
    noted = withCondition(noted, { type: 'Progressing', status: 'True', reason: 'FoundNewReplicaSet', message }, ctx.nowMs);
  }
  return { deployment: noted === deployment ? deployment : ctx.api.updateStatus(noted), newSet: set };
}

function createNewSet(deployment: Deployment, oldSets: readonly ReplicaSet[], revision: string, ctx: ControllerContext) {
  const fresh = newSetFor(deployment, oldSets, revision);
  const { name } = fresh.metadata;
  let newSet: ReplicaSet;
  let isNew = true;
  try {
    newSet = ctx.api.create<ReplicaSet>(fresh);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const taken = error.reason === 'AlreadyExists' ? ctx.api.get<ReplicaSet>('ReplicaSet', fresh.metadata.namespace, name) : undefined;
    const isOurs = taken && controllerOf(taken)?.uid === deployment.metadata.uid;
    if (!taken || !isOurs || !isSameTemplate(taken.spec.template, deployment.spec.template)) {
      noteFailedCreation(deployment, name, error, ctx);
      throw error;
    }
    newSet = taken;
    isNew = false;
  }
  if (isNew && newSet.spec.replicas > 0) {
    ctx.record(deployment, 'Normal', 'ScalingReplicaSet', `Scaled up replica set ${name} from 0 to ${newSet.spec.replicas}`);
  }
  let noted = withRevision(deployment, revision);
  if (isNew && hasProgressDeadline(deployment)) {
    const message = `Created new replica set "${name}"`;
    noted = withCondition(noted, { type: 'Progressing', status: 'True', reason: 'NewReplicaSetCreated', message }, ctx.nowMs);
  }
  return { deployment: noted === deployment ? deployment : ctx.api.updateStatus(noted), newSet };
}

function newSetFor(deployment: Deployment, oldSets: readonly ReplicaSet[], revision: string): ReplicaSet {
  const { template, selector, minReadySeconds, replicas } = deployment.spec;
  const hash = templateHash(template, deployment.status.collisionCount);
  const labels: StringMap = { ...template.metadata?.labels, [HASH_LABEL]: hash };
  const annotations = annotationsFor(deployment, {}, revision);
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `${deployment.metadata.name}-${hash}`,
      ...(deployment.metadata.namespace === undefined ? {} : { namespace: deployment.metadata.namespace }),
      labels,
      annotations: { ...annotations, [DESIRED_REPLICAS]: String(replicas), [MAX_REPLICAS]: String(replicas + maxSurge(deployment)) },
      ownerReferences: [controllerRefTo(deployment)],
    },
    spec: {
      replicas: isRolling(deployment) ? newSetReplicas(deployment, oldSets, undefined) : replicas,
      ...(minReadySeconds ? { minReadySeconds } : {}),
      selector: { ...selector, matchLabels: { ...selector.matchLabels, [HASH_LABEL]: hash } },
      template: { ...template, metadata: { ...template.metadata, labels } },
    },
    status: { replicas: 0 },
  };
}

/** A name that is taken by another template counts as a collision; anything else is told in condition and event. */
function noteFailedCreation(deployment: Deployment, name: string, error: ApiError, ctx: ControllerContext): void {
  if (error.reason === 'AlreadyExists') {
    const collisionCount = (deployment.status.collisionCount ?? 0) + 1;
    ctx.api.updateStatus<Deployment>({ ...deployment, status: { ...deployment.status, collisionCount } });
    return;
  }
  if (isNamespaceTerminating(error)) return;
  const message = `Failed to create new replica set "${name}": ${error.message}`;
  if (hasProgressDeadline(deployment)) {
    const condition = { type: 'Progressing', status: 'False', reason: 'ReplicaSetCreateError', message } as const;
    ctx.api.updateStatus(withCondition(deployment, condition, ctx.nowMs));
  }
  ctx.record(deployment, 'Warning', 'ReplicaSetCreateError', message);
}

/** What the annotations of the new set ought to be; the given ones themselves where nothing is missing. */
function annotationsFor(deployment: Deployment, annotations: StringMap, revision: string): StringMap {
  let next = annotations;
  for (const [key, value] of Object.entries(deployment.metadata.annotations ?? {})) {
    if (!NOT_COPIED.has(key) && next[key] !== value) next = { ...next, [key]: value };
  }
  const old = annotations[REVISION];
  if (old !== undefined && !(Number(old) < Number(revision))) return next;
  next = { ...next, [REVISION]: revision };
  // A set that had a revision before is one that was rolled back to: its old numbers are kept for the history.
  return old === undefined ? next : { ...next, [REVISION_HISTORY]: historyWith(annotations[REVISION_HISTORY], old) };
}

function historyWith(history: string | undefined, revision: string): string {
  let text = history ? `${history},${revision}` : revision;
  while (text.length > REVISION_HISTORY_CHARS_MAX && text.includes(',')) text = text.slice(text.indexOf(',') + 1);
  return text;
}

function withRevision(deployment: Deployment, revision: string): Deployment {
  const { annotations } = deployment.metadata;
  if (annotations?.[REVISION] === revision) return deployment;
  return { ...deployment, metadata: { ...deployment.metadata, annotations: { ...annotations, [REVISION]: revision } } };
}
