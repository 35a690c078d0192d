// ReplicaSet: so many pods of one template. Models pkg/controller/replicaset/replica_set.go; the work is done in replicas.ts.
import { isPodActive, type Pod } from '../../kube/kinds/pod.ts';
import type { ReplicaSet } from '../../kube/kinds/replicaSet.ts';
import { compileSelector } from '../../kube/labels.ts';
import { controllerOf, type Key, keyOf } from '../../kube/meta.ts';
import type { ControllerContext } from '../controller.ts';
import { replicasController } from './replicas.ts';

export const replicaSet = replicasController<ReplicaSet>({
  kind: 'ReplicaSet',
  name: 'replicaset-controller',
  hasTerminating: true,
  matcher: (set) => compileSelector(set.spec.selector),
  related,
});

/** The active pods of all ReplicaSets of the same Deployment. A ReplicaSet on its own has no relatives, not even itself. */
function related(set: ReplicaSet, ctx: ControllerContext): readonly Pod[] {
  const owner = controllerOf(set);
  if (!owner) return [];
  const justDeleted = deletedNow(ctx);
  return ctx.api
    .owned<ReplicaSet>(owner.uid, 'ReplicaSet')
    .flatMap((sibling) => ctx.api.owned<Pod>(sibling.metadata.uid ?? '', 'Pod'))
    .filter((pod) => isPodActive(pod) || justDeleted.has(keyOf(pod)));
}

/** Sets that are scaled down together do so at the same moment, and none has seen yet what the others delete. */
function deletedNow({ api, nowMs }: ControllerContext): ReadonlySet<Key> {
  const keys = new Set<Key>();
  const { changes } = api.history;
  for (let i = changes.length - 1; i >= 0; i--) {
    const change = changes[i];
    if (change?.atMs !== nowMs) break;
    if (change.table === 'Pod' && change.verb === 'delete') keys.add(change.key);
  }
  return keys;
}
