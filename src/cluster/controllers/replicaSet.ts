// ReplicaSet: so many pods of one template. Models pkg/controller/replicaset/replica_set.go; the work is done in replicas.ts.
import { isPodActive, type Pod } from '../../kube/kinds/pod.ts';
import type { ReplicaSet } from '../../kube/kinds/replicaSet.ts';
import { compileSelector } from '../../kube/labels.ts';
import { controllerOf } from '../../kube/meta.ts';
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
  return ctx.api
    .owned<ReplicaSet>(owner.uid, 'ReplicaSet')
    .flatMap((sibling) => ctx.api.owned<Pod>(sibling.metadata.uid ?? '', 'Pod'))
    .filter(isPodActive);
}
