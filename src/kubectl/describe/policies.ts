// kubectl describe of ResourceQuota, LimitRange, PodDisruptionBudget and PriorityClass.
// Models kubectl/pkg/describe/describe.go describeQuota, describeLimitRange, describePodDisruptionBudgetV1, describePriorityClass.
import type { IntOrString } from '../../kube/kinds/pod.ts';
import { formatLabels, formatSelector } from '../../kube/labels.ts';
import type { KubeObject, LabelSelector } from '../../kube/meta.ts';
import { formatQuantity, parseQuantity } from '../../kube/quantity.ts';
import { describeEvents } from './events.ts';
import { describeLimitItems, describeScopes, type LimitRange, type Quota } from './namespace.ts';
import type { Page, Surroundings } from './page.ts';

export function describeQuota({ metadata, spec, status }: Quota, page: Page): void {
  page.field(0, 'Name', metadata.name);
  page.field(0, 'Namespace', metadata.namespace ?? '');
  describeScopes(spec?.scopes, page, 0, ' ');
  page.line(0, 'Resource\tUsed\tHard');
  page.line(0, '--------\t----\t----');
  for (const name of Object.keys(status?.hard ?? {}).sort()) {
    const hard = parseQuantity(status?.hard?.[name] ?? 0);
    const used = parseQuantity(status?.used?.[name] ?? 0);
    page.line(0, `${name}\t${formatQuantity({ ...used, format: hard.format })}\t${formatQuantity(hard)}`);
  }
}

export function describeLimitRange({ metadata, spec }: LimitRange, page: Page): void {
  page.field(0, 'Name', metadata.name);
  page.field(0, 'Namespace', metadata.namespace ?? '');
  page.line(0, 'Type\tResource\tMin\tMax\tDefault Request\tDefault Limit\tMax Limit/Request Ratio');
  page.line(0, '----\t--------\t---\t---\t---------------\t-------------\t-----------------------');
  describeLimitItems(spec, page, '');
}

interface PodDisruptionBudget extends KubeObject {
  readonly spec?: { readonly minAvailable?: IntOrString; readonly maxUnavailable?: IntOrString; readonly selector?: LabelSelector };
  readonly status?: Readonly<Record<string, number | undefined>>;
}

export function describeBudget(budget: PodDisruptionBudget, page: Page, around: Surroundings): void {
  const { metadata, spec, status } = budget;
  page.field(0, 'Name', metadata.name);
  page.field(0, 'Namespace', metadata.namespace ?? '');
  if (spec?.minAvailable !== undefined) page.field(0, 'Min available', spec.minAvailable);
  else if (spec?.maxUnavailable !== undefined) page.field(0, 'Max unavailable', spec.maxUnavailable);
  page.field(0, 'Selector', spec?.selector ? formatSelector(spec.selector) : '<unset>');
  page.line(0, 'Status:');
  page.field(2, 'Allowed disruptions', status?.disruptionsAllowed ?? 0);
  page.field(2, 'Current', status?.currentHealthy ?? 0);
  page.field(2, 'Desired', status?.desiredHealthy ?? 0);
  page.field(2, 'Total', status?.expectedPods ?? 0);
  describeEvents(budget, page, around);
}

interface PriorityClass extends KubeObject {
  readonly value: number;
  readonly globalDefault?: boolean;
  readonly preemptionPolicy?: string;
  readonly description?: string;
}

export function describePriorityClass(priority: PriorityClass, page: Page, around: Surroundings): void {
  page.field(0, 'Name', priority.metadata.name);
  page.field(0, 'Value', priority.value);
  page.field(0, 'GlobalDefault', priority.globalDefault ?? false);
  page.field(0, 'PreemptionPolicy', priority.preemptionPolicy ?? 'PreemptLowerPriority');
  page.field(0, 'Description', priority.description ?? '');
  page.field(0, 'Annotations', formatLabels(priority.metadata.annotations));
  describeEvents(priority, page, around);
}
