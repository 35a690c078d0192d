// kubectl describe namespace, with its quotas and limits. Models kubectl/pkg/describe/describe.go describeNamespace.
import type { Namespace } from '../../kube/kinds/event.ts';
import type { ResourceList } from '../../kube/kinds/pod.ts';
import type { KubeObject } from '../../kube/meta.ts';
import { formatQuantity, parseQuantity } from '../../kube/quantity.ts';
import { byText, dateOf, type Page, type Surroundings } from './page.ts';

export interface Quota extends KubeObject {
  readonly spec?: { readonly scopes?: readonly string[] };
  readonly status?: { readonly hard?: ResourceList; readonly used?: ResourceList };
}

export interface LimitRange extends KubeObject {
  readonly spec: { readonly limits?: readonly Readonly<Record<string, ResourceList | string>>[] };
}

export function describeNamespace({ metadata, status }: Namespace, page: Page, around: Surroundings): void {
  page.field(0, 'Name', metadata.name);
  page.labels('Labels', metadata.labels);
  page.annotations('Annotations', metadata.annotations);
  page.field(0, 'Status', status?.phase ?? '');
  if (status?.conditions?.length) {
    page.line(0, 'Conditions:');
    page.line(1, 'Type\tStatus\tLastTransitionTime\tReason\tMessage');
    page.line(1, '----\t------\t------------------\t------\t-------');
    for (const { type, status: value, lastTransitionTime, reason, message } of status.conditions) {
      page.line(1, `${type}\t${value}\t${dateOf(lastTransitionTime)}\t${reason ?? ''}\t${message ?? ''}`);
    }
  }
  const inside = (kind: string): readonly KubeObject[] =>
    around.snapshot
      .list(kind)
      .filter((object) => object.metadata.namespace === metadata.name)
      .sort(byText((object) => object.metadata.name));
  page.line(0, '');
  describeQuotas(inside('ResourceQuota') as readonly Quota[], page);
  page.line(0, '');
  describeLimits(inside('LimitRange') as readonly LimitRange[], page);
}

const amount = (list: ResourceList | undefined, name: string): string => formatQuantity(parseQuantity(list?.[name] ?? 0));

function describeQuotas(quotas: readonly Quota[], page: Page): void {
  if (quotas.length === 0) {
    page.line(0, 'No resource quota.');
    return;
  }
  page.line(0, 'Resource Quotas');
  for (const { metadata, spec, status } of quotas) {
    page.field(1, 'Name', metadata.name);
    describeScopes(spec?.scopes, page, 1, '');
    page.line(1, 'Resource\tUsed\tHard');
    page.line(1, '--------\t---\t---');
    for (const name of Object.keys(status?.hard ?? {}).sort()) {
      page.line(1, `${name}\t${amount(status?.used, name)}\t${amount(status?.hard, name)}`);
    }
  }
}

const SCOPE_HELP: Readonly<Record<string, string>> = {
  Terminating:
    'Matches all pods that have an active deadline. These pods have a limited lifespan on a node before being actively terminated by the system.',
  NotTerminating:
    'Matches all pods that do not have an active deadline. These pods usually include long running pods whose container command is not expected to terminate.',
  BestEffort: 'Matches all pods that do not have resource requirements set. These pods have a best effort quality of service.',
  NotBestEffort:
    'Matches all pods that have at least one resource requirement set. These pods have a burstable or guaranteed quality of service.',
};

/** The scopes of a quota, and what each of the old ones means. */
export function describeScopes(given: readonly string[] | undefined, page: Page, level: number, indent: string): void {
  const scopes = [...(given ?? [])].sort();
  if (scopes.length === 0) return;
  page.field(level, 'Scopes', scopes.join(', '));
  for (const scope of scopes) if (SCOPE_HELP[scope]) page.line(level, `${indent}* ${SCOPE_HELP[scope]}`);
}

function describeLimits(ranges: readonly LimitRange[], page: Page): void {
  if (ranges.length === 0) {
    page.line(0, 'No LimitRange resource.');
    return;
  }
  page.line(0, 'Resource Limits\n Type\tResource\tMin\tMax\tDefault Request\tDefault Limit\tMax Limit/Request Ratio');
  page.line(0, ' ----\t--------\t---\t---\t---------------\t-------------\t-----------------------');
  for (const { spec } of ranges) describeLimitItems(spec, page, ' ');
}

/** The rows of a LimitRange, one a type and resource. */
export function describeLimitItems({ limits }: LimitRange['spec'], page: Page, prefix: string): void {
  const columns = ['min', 'max', 'defaultRequest', 'default', 'maxLimitRequestRatio'];
  for (const item of limits ?? []) {
    const names = new Set(columns.flatMap((column) => Object.keys((item[column] as ResourceList | undefined) ?? {})));
    for (const name of [...names].sort()) {
      const cells = columns.map((column) => {
        const list = item[column] as ResourceList | undefined;
        return list?.[name] === undefined ? '-' : amount(list, name);
      });
      page.line(0, `${prefix}${item.type as string}\t${name}\t${cells.join('\t')}`);
    }
  }
}
