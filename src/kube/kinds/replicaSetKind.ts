// The kinds ReplicaSet and ReplicationController: names, defaults, columns.
// Models pkg/apis/{apps,core}/v1/defaults.go and pkg/registry/{apps/replicaset,core/replicationcontroller}/strategy.go.
import type { Column, Kind } from '../kind.ts';
import { formatLabels, formatSelector } from '../labels.ts';
import { replicasScale } from '../scale.ts';
import {
  validateReplicaSet,
  validateReplicaSetUpdate,
  validateReplicationController,
  validateReplicationControllerUpdate,
} from '../validation/workload.ts';
import { ageColumn, nameColumn, templateColumns } from './columns.ts';
import { changed, filled } from './fill.ts';
import type { PodTemplateSpec } from './pod.ts';
import { defaultTemplate } from './podDefaults.ts';
import type { ReplicaSet, ReplicationController } from './replicaSet.ts';

const replicaColumns: readonly Column<ReplicaSet | ReplicationController>[] = [
  nameColumn,
  { name: 'Desired', value: ({ spec }) => String(spec.replicas ?? 0) },
  { name: 'Current', value: ({ status }) => String(status?.replicas ?? 0) },
  { name: 'Ready', value: ({ status }) => String(status?.readyReplicas ?? 0) },
  ageColumn,
];

export const replicaSetKind: Kind<ReplicaSet> = {
  kind: 'ReplicaSet',
  apiVersion: 'apps/v1',
  plural: 'replicasets',
  singular: 'replicaset',
  shortNames: ['rs'],
  namespaced: true,
  categories: ['all'],
  scale: replicasScale,
  hasStatus: true,
  hasGeneration: true,
  isSimulated: true,
  defaults: (set) =>
    changed(set.spec ? set : { ...set, spec: {} as ReplicaSet['spec'] }, 'spec', (given) =>
      changed(filled<ReplicaSet['spec']>(given, { replicas: 1, template: {} as PodTemplateSpec }), 'template', defaultTemplate),
    ),
  prepareForCreate: (set) => ({ ...set, status: { replicas: 0 } }),
  validate: validateReplicaSet,
  validateUpdate: validateReplicaSetUpdate,
  columns: [
    ...replicaColumns,
    ...templateColumns<ReplicaSet>(
      ({ spec }) => spec.template,
      ({ spec }) => formatSelector(spec.selector),
    ),
  ],
  fieldOf: ({ status }, field) => (field === 'status.replicas' ? String(status?.replicas ?? 0) : undefined),
};

export const replicationControllerKind: Kind<ReplicationController> = {
  kind: 'ReplicationController',
  apiVersion: 'v1',
  plural: 'replicationcontrollers',
  singular: 'replicationcontroller',
  shortNames: ['rc'],
  namespaced: true,
  categories: ['all'],
  scale: replicasScale,
  hasStatus: true,
  hasGeneration: true,
  isSimulated: true,
  defaults: defaultReplicationController,
  prepareForCreate: (controller) => ({ ...controller, status: { replicas: 0 } }),
  validate: validateReplicationController,
  validateUpdate: validateReplicationControllerUpdate,
  // Old clients of core/v1 expect their pods to survive; kubectl always says Background.
  defaultPropagation: 'Orphan',
  columns: [
    ...replicaColumns,
    ...templateColumns<ReplicationController>(
      ({ spec }) => spec.template,
      ({ spec }) => formatLabels(spec.selector),
    ),
  ],
  fieldOf: ({ status }, field) => (field === 'status.replicas' ? String(status?.replicas ?? 0) : undefined),
};

/** A ReplicationController without selector or labels takes them from its template. */
function defaultReplicationController(given: ReplicationController): ReplicationController {
  const labels = given.spec?.template?.metadata?.labels;
  let controller = given;
  if (labels && Object.keys(given.metadata.labels ?? {}).length === 0) {
    controller = { ...given, metadata: { ...given.metadata, labels } };
  }
  return changed(controller, 'spec', (spec) => {
    const hasSelector = Object.keys(spec.selector ?? {}).length > 0;
    const chosen = hasSelector || !labels ? spec : { ...spec, selector: labels };
    return changed(filled<ReplicationController['spec']>(chosen, { replicas: 1 }), 'template', defaultTemplate);
  });
}
