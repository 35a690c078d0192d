// ReplicationController: the older ReplicaSet, whose selector is a plain map. Models pkg/controller/replication, which is an
// adapter around the ReplicaSet controller, as this is.
import type { ReplicationController } from '../../kube/kinds/replicaSet.ts';
import { compileSelector } from '../../kube/labels.ts';
import { replicasController } from './replicas.ts';

export const replicationController = replicasController<ReplicationController>({
  kind: 'ReplicationController',
  name: 'replication-controller',
  hasTerminating: false,
  matcher: (controller) => compileSelector({ matchLabels: controller.spec.selector }),
  related: () => [],
});
