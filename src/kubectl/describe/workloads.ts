// kubectl describe of what makes pods: ReplicationController, ReplicaSet, Deployment.
// Models kubectl/pkg/describe/describe.go describeReplicationController, describeReplicaSet, describeDeployment.
import { isEqual } from '../../base/equal.ts';
import type { Deployment } from '../../kube/kinds/deployment.ts';
import type { Pod, PodTemplateSpec } from '../../kube/kinds/pod.ts';
import type { ReplicaSet, ReplicationController } from '../../kube/kinds/replicaSet.ts';
import { formatLabels, formatRequirements, formatSelector, matchesSelector, requirementsOf } from '../../kube/labels.ts';
import { type Condition, controllerOf, type KubeObject } from '../../kube/meta.ts';
import { describePodTemplate } from './containers.ts';
import { describeEvents } from './events.ts';
import { controllerText, dateOf, type Page, type Surroundings } from './page.ts';

export function describeReplicationController(controller: ReplicationController, page: Page, around: Surroundings): void {
  const { metadata, spec, status } = controller;
  page.field(0, 'Name', metadata.name);
  page.field(0, 'Namespace', metadata.namespace ?? '');
  page.field(0, 'Selector', formatLabels(spec.selector));
  page.labels('Labels', metadata.labels);
  page.annotations('Annotations', metadata.annotations);
  page.field(0, 'Replicas', `${status.replicas ?? 0} current / ${spec.replicas} desired`);
  page.field(0, 'Pods Status', podCounts(controller, around));
  describePodTemplate(spec.template, page);
  describeConditions(status.conditions, page);
  describeEvents(controller, page, around);
}

export function describeReplicaSet(set: ReplicaSet, page: Page, around: Surroundings): void {
  const { metadata, spec, status } = set;
  page.field(0, 'Name', metadata.name);
  page.field(0, 'Namespace', metadata.namespace ?? '');
  page.field(0, 'Selector', formatSelector(spec.selector));
  page.labels('Labels', metadata.labels);
  page.annotations('Annotations', metadata.annotations);
  if (controllerText(set)) page.field(0, 'Controlled By', controllerText(set));
  page.field(0, 'Replicas', `${status.replicas ?? 0} current / ${spec.replicas} desired`);
  page.field(0, 'Pods Status', podCounts(set, around));
  describePodTemplate(spec.template, page);
  describeConditions(status.conditions, page);
  describeEvents(set, page, around);
}

export function describeDeployment(deployment: Deployment, page: Page, around: Surroundings): void {
  const { metadata, spec, status } = deployment;
  page.field(0, 'Name', metadata.name);
  page.field(0, 'Namespace', metadata.namespace ?? '');
  page.field(0, 'CreationTimestamp', dateOf(metadata.creationTimestamp));
  page.labels('Labels', metadata.labels);
  page.annotations('Annotations', metadata.annotations);
  page.field(0, 'Selector', formatRequirements(requirementsOf(spec.selector)));
  const counts = [
    `${spec.replicas} desired`,
    `${status.updatedReplicas ?? 0} updated`,
    `${status.replicas ?? 0} total`,
    `${status.availableReplicas ?? 0} available`,
    `${status.unavailableReplicas ?? 0} unavailable`,
  ];
  page.field(0, 'Replicas', counts.join(' | '));
  page.field(0, 'StrategyType', spec.strategy.type);
  page.field(0, 'MinReadySeconds', spec.minReadySeconds ?? 0);
  const { rollingUpdate } = spec.strategy;
  if (rollingUpdate) {
    page.field(
      0,
      'RollingUpdateStrategy',
      `${rollingUpdate.maxUnavailable ?? 0} max unavailable, ${rollingUpdate.maxSurge ?? 0} max surge`,
    );
  }
  describePodTemplate(spec.template, page);
  describeConditions(status.conditions, page);
  const { newSet, oldSets } = replicaSetsOf(deployment, around);
  if (newSet || oldSets.length > 0) {
    page.field(0, 'OldReplicaSets', setsText(oldSets));
    page.field(0, 'NewReplicaSet', setsText(newSet ? [newSet] : []));
  }
  describeEvents(deployment, page, around);
}

function describeConditions(conditions: readonly Condition[] | undefined, page: Page): void {
  if (!conditions?.length) return;
  page.line(0, 'Conditions:\n  Type\tStatus\tReason');
  page.line(1, '----\t------\t------');
  for (const { type, status, reason } of conditions) page.line(1, `${type} \t${status}\t${reason ?? ''}`);
}

function setsText(sets: readonly ReplicaSet[]): string {
  const texts = sets.map(({ metadata, spec, status }) => `${metadata.name} (${status.replicas ?? 0}/${spec.replicas} replicas created)`);
  return texts.join(', ') || '<none>';
}

/** How many of the pods that `owner` controls are in which phase. */
export function podCounts(owner: KubeObject, around: Surroundings): string {
  const counts: Record<string, number> = { Running: 0, Pending: 0, Succeeded: 0, Failed: 0 };
  for (const pod of around.snapshot.list('Pod') as readonly Pod[]) {
    const { phase } = pod.status;
    if (phase && phase in counts && controllerOf(pod)?.uid === owner.metadata.uid) counts[phase] = (counts[phase] as number) + 1;
  }
  return `${counts.Running} Running / ${counts.Pending} Waiting / ${counts.Succeeded} Succeeded / ${counts.Failed} Failed`;
}

/** The ReplicaSets a Deployment controls: the one of its present template, and the others, oldest first. */
export function replicaSetsOf(
  deployment: Deployment,
  { snapshot }: Pick<Surroundings, 'snapshot'>,
): { readonly newSet: ReplicaSet | undefined; readonly oldSets: readonly ReplicaSet[] } {
  const owned = (snapshot.list('ReplicaSet') as readonly ReplicaSet[]).filter(
    (set) => controllerOf(set)?.uid === deployment.metadata.uid && matchesSelector(deployment.spec.selector, set.metadata.labels),
  );
  const keyOf = ({ metadata }: ReplicaSet): string => `${metadata.creationTimestamp} ${metadata.name}`;
  owned.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const newSet = owned.find((set) => isSameTemplate(set.spec.template, deployment.spec.template));
  return { newSet, oldSets: owned.filter((set) => set !== newSet) };
}

/** Models pkg/controller/deployment/util EqualIgnoreHash. */
function isSameTemplate(a: PodTemplateSpec, b: PodTemplateSpec): boolean {
  return isEqual(withoutHash(a), withoutHash(b));
}

function withoutHash(template: PodTemplateSpec): PodTemplateSpec {
  const { 'pod-template-hash': _hash, ...labels } = template.metadata?.labels ?? {};
  return { ...template, metadata: { ...template.metadata, labels } };
}
