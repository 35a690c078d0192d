// kubectl describe of DaemonSet and StatefulSet. Models kubectl/pkg/describe/describe.go describeDaemonSet, describeStatefulSet.
import type { PodTemplateSpec, ResourceList } from '../../kube/kinds/pod.ts';
import { formatLabels, formatRequirements, requirementsOf } from '../../kube/labels.ts';
import type { KubeObject, LabelSelector } from '../../kube/meta.ts';
import { formatQuantity, parseQuantity } from '../../kube/quantity.ts';
import { describePodTemplate } from './containers.ts';
import { describeEvents } from './events.ts';
import { dateOf, type Page, type Surroundings } from './page.ts';
import { podCounts } from './workloads.ts';

interface DaemonSet extends KubeObject {
  readonly spec: { readonly selector: LabelSelector; readonly template: PodTemplateSpec };
  readonly status?: Readonly<Record<string, number | undefined>>;
}

export function describeDaemonSet(set: DaemonSet, page: Page, around: Surroundings): void {
  const { metadata, spec, status } = set;
  page.field(0, 'Name', metadata.name);
  page.field(0, 'Namespace', metadata.namespace ?? '');
  page.field(0, 'Selector', formatRequirements(requirementsOf(spec.selector)));
  page.field(0, 'Node-Selector', formatLabels(spec.template.spec.nodeSelector));
  page.labels('Labels', metadata.labels);
  page.annotations('Annotations', metadata.annotations);
  page.line(0, `Desired Number of Nodes Scheduled: ${status?.desiredNumberScheduled ?? 0}`);
  page.line(0, `Current Number of Nodes Scheduled: ${status?.currentNumberScheduled ?? 0}`);
  page.line(0, `Number of Nodes Scheduled with Up-to-date Pods: ${status?.updatedNumberScheduled ?? 0}`);
  page.line(0, `Number of Nodes Scheduled with Available Pods: ${status?.numberAvailable ?? 0}`);
  page.line(0, `Number of Nodes Misscheduled: ${status?.numberMisscheduled ?? 0}`);
  page.field(0, 'Pods Status', podCounts(set, around));
  describePodTemplate(spec.template, page);
  describeEvents(set, page, around);
}

interface ClaimTemplate {
  readonly metadata?: KubeObject['metadata'];
  readonly spec?: {
    readonly storageClassName?: string;
    readonly accessModes?: readonly string[];
    readonly resources?: { readonly requests?: ResourceList };
  };
}

interface StatefulSet extends KubeObject {
  readonly spec: {
    readonly replicas?: number;
    readonly selector: LabelSelector;
    readonly template: PodTemplateSpec;
    readonly updateStrategy?: {
      readonly type?: string;
      readonly rollingUpdate?: { readonly partition?: number; readonly maxUnavailable?: number | string };
    };
    readonly volumeClaimTemplates?: readonly ClaimTemplate[];
  };
  readonly status?: { readonly replicas?: number };
}

export function describeStatefulSet(set: StatefulSet, page: Page, around: Surroundings): void {
  const { metadata, spec, status } = set;
  page.field(0, 'Name', metadata.name);
  page.field(0, 'Namespace', metadata.namespace ?? '');
  page.field(0, 'CreationTimestamp', dateOf(metadata.creationTimestamp));
  page.field(0, 'Selector', formatRequirements(requirementsOf(spec.selector)));
  page.labels('Labels', metadata.labels);
  page.annotations('Annotations', metadata.annotations);
  page.field(0, 'Replicas', `${spec.replicas ?? 1} desired | ${status?.replicas ?? 0} total`);
  page.field(0, 'Update Strategy', spec.updateStrategy?.type ?? '');
  const { partition, maxUnavailable } = spec.updateStrategy?.rollingUpdate ?? {};
  if (partition !== undefined) page.field(1, 'Partition', partition);
  if (partition !== undefined && maxUnavailable !== undefined) page.field(1, 'MaxUnavailable', maxUnavailable);
  page.field(0, 'Pods Status', podCounts(set, around));
  describePodTemplate(spec.template, page);
  describeClaims(spec.volumeClaimTemplates ?? [], page);
  describeEvents(set, page, around);
}

function describeClaims(templates: readonly ClaimTemplate[], page: Page): void {
  page.line(0, `Volume Claims:${templates.length === 0 ? '\t<none>' : ''}`);
  for (const { metadata, spec } of templates) {
    const storage = spec?.resources?.requests?.storage;
    page.field(1, 'Name', metadata?.name ?? '');
    page.field(1, 'StorageClass', spec?.storageClassName ?? '');
    page.labels('  Labels', metadata?.labels);
    page.labels('  Annotations', metadata?.annotations);
    page.field(1, 'Capacity', storage === undefined ? '<default>' : formatQuantity(parseQuantity(storage)));
    page.field(1, 'Access Modes', `[${(spec?.accessModes ?? []).join(' ')}]`);
  }
}
