// Deployment: moves its pods from template to template by way of ReplicaSets, one per template.
// Models pkg/controller/deployment/deployment_controller.go. Leaves out: the rollback annotation of the API before apps/v1.
//
//   claim sets ─▶ deleted? ─▶ status only
//              └▶ paused or scaled? ─▶ scale in proportion, status
//                                  └▶ RollingUpdate or Recreate: one step, status
import { isEqual } from '../../base/equal.ts';
import type { Deployment } from '../../kube/kinds/deployment.ts';
import type { Pod } from '../../kube/kinds/pod.ts';
import type { ReplicaSet } from '../../kube/kinds/replicaSet.ts';
import { compileSelector, matchesSelector } from '../../kube/labels.ts';
import { type Change, conditionOf, controllerOf, type Key, type KubeObject, keyOf } from '../../kube/meta.ts';
import type { Controller, ControllerContext } from '../controller.ts';
import { recreate, rollOut } from './deploymentRollout.ts';
import { cleanUpHistory, isScalingEvent, scaleInProportion } from './deploymentScale.ts';
import { syncRevision } from './deploymentSets.ts';
import { hasProgressDeadline, syncStatus, withCondition } from './deploymentStatus.ts';
import { ownersAndAdopters } from './owners.ts';
import { claim } from './podControl.ts';

export const deployment: Controller = {
  name: 'deployment-controller',
  // A ReplicaSet that was scaled by hand obeys before its Deployment objects, in every recording.
  reactionMs: 15,
  watches: [{ kind: 'Deployment' }, { kind: 'ReplicaSet', keys: ownersOfSet }, { kind: 'Pod', keys: recreatingOwnerOf }],
  reconcile(key, ctx) {
    const found = ctx.api.getByKey<Deployment>(key);
    if (!found) return;
    if (isEqual(found.spec.selector, {})) return refuseSelectingAll(found, ctx);
    const sets = claim<ReplicaSet>('ReplicaSet', found, compileSelector(found.spec.selector), ctx);
    if (found.metadata.deletionTimestamp !== undefined) return syncStatus(syncRevision(found, sets, false, ctx), ctx);
    const current = notePause(found, ctx);
    const rollout = syncRevision(current, sets, false, ctx);
    if (current.spec.paused || isScalingEvent(rollout)) {
      const scaled = scaleInProportion(rollout, ctx);
      if (current.spec.paused) cleanUpHistory(scaled, ctx);
      return syncStatus(scaled, ctx);
    }
    const step = current.spec.strategy.type === 'Recreate' ? recreate : rollOut;
    return step(rollout.deployment, rollout.newSet ? [...rollout.oldSets, rollout.newSet] : rollout.oldSets, ctx);
  },
};

function ownersOfSet(change: Change, ctx: ControllerContext): readonly Key[] {
  return ownersAndAdopters<Deployment>(change, 'Deployment', ctx, ({ spec }, set) => matchesSelector(spec.selector, set.metadata.labels));
}

/** Recreate waits for the last old pod to be gone. */
function recreatingOwnerOf({ before, after }: Change, ctx: ControllerContext): readonly Key[] {
  if (after) return [];
  const set = ownerOf<ReplicaSet>(before as Pod, 'ReplicaSet', ctx);
  const owner = set && ownerOf<Deployment>(set, 'Deployment', ctx);
  return owner?.spec.strategy.type === 'Recreate' ? [keyOf(owner)] : [];
}

function ownerOf<T extends KubeObject>(object: KubeObject, kind: T['kind'], ctx: ControllerContext): T | undefined {
  const reference = controllerOf(object);
  return reference?.kind === kind ? ctx.api.get<T>(kind, object.metadata.namespace, reference.name) : undefined;
}

function refuseSelectingAll(found: Deployment, ctx: ControllerContext): void {
  ctx.record(found, 'Warning', 'SelectingAll', 'This deployment is selecting all pods. A non-empty selector is required.');
  const { generation } = found.metadata;
  if ((found.status.observedGeneration ?? 0) >= (generation ?? 1)) return;
  ctx.api.updateStatus<Deployment>({ ...found, status: { ...found.status, observedGeneration: generation ?? 1 } });
}

/** While it is paused a Deployment makes no progress, and the deadline must not blame it for that afterwards. */
function notePause(found: Deployment, ctx: ControllerContext): Deployment {
  const condition = conditionOf(found.status.conditions, 'Progressing');
  if (!hasProgressDeadline(found) || condition?.reason === 'ProgressDeadlineExceeded') return found;
  const isNoted = condition?.reason === 'DeploymentPaused';
  if (Boolean(found.spec.paused) === isNoted) return found;
  const [reason, message] = found.spec.paused
    ? ['DeploymentPaused', 'Deployment is paused']
    : ['DeploymentResumed', 'Deployment is resumed'];
  return ctx.api.updateStatus(withCondition(found, { type: 'Progressing', status: 'Unknown', reason, message }, ctx.nowMs));
}
