// kubectl describe of HorizontalPodAutoscaler. Models kubectl/pkg/describe/describe.go describeHorizontalPodAutoscalerV2.
import type { Quantity } from '../../kube/kinds/pod.ts';
import type { Condition, KubeObject } from '../../kube/meta.ts';
import { describeEvents } from './events.ts';
import { dateOf, type Page, type Surroundings } from './page.ts';

interface Amounts {
  readonly averageUtilization?: number;
  readonly averageValue?: Quantity;
  readonly value?: Quantity;
}

/** One of the five sources; which, `type` says. */
interface MetricSource {
  readonly name?: string;
  readonly container?: string;
  readonly metric?: { readonly name: string };
  readonly describedObject?: { readonly kind: string; readonly name: string };
  readonly target?: Amounts & { readonly type?: string };
  readonly current?: Amounts;
}

type Metric = { readonly type: string } & Readonly<
  Partial<Record<'resource' | 'containerResource' | 'pods' | 'object' | 'external', MetricSource>>
>;

interface Rules {
  readonly stabilizationWindowSeconds?: number;
  readonly selectPolicy?: string;
  readonly policies?: readonly { readonly type: string; readonly value: number; readonly periodSeconds: number }[];
}

interface Autoscaler extends KubeObject {
  readonly spec: {
    readonly scaleTargetRef: { readonly kind: string; readonly name: string };
    readonly minReplicas?: number;
    readonly maxReplicas: number;
    readonly metrics?: readonly Metric[];
    readonly behavior?: { readonly scaleUp?: Rules; readonly scaleDown?: Rules };
  };
  readonly status?: {
    readonly currentReplicas?: number;
    readonly desiredReplicas?: number;
    readonly currentMetrics?: readonly Metric[];
    readonly conditions?: readonly Condition[];
  };
}

export function describeAutoscaler(autoscaler: Autoscaler, page: Page, around: Surroundings): void {
  const { metadata, spec, status } = autoscaler;
  page.field(0, 'Name', metadata.name);
  page.field(0, 'Namespace', metadata.namespace ?? '');
  page.labels('Labels', metadata.labels);
  page.annotations('Annotations', metadata.annotations);
  page.field(0, 'CreationTimestamp', dateOf(metadata.creationTimestamp));
  page.field(0, 'Reference', `${spec.scaleTargetRef.kind}/${spec.scaleTargetRef.name}`);
  page.field(0, 'Metrics', '( current / target )');
  for (const [i, metric] of (spec.metrics ?? []).entries()) page.line(1, metricText(metric, status?.currentMetrics?.[i]));
  page.field(0, 'Min replicas', spec.minReplicas ?? '<unset>');
  page.field(0, 'Max replicas', spec.maxReplicas);
  if (spec.behavior) {
    page.line(0, 'Behavior:');
    describeRules('Scale Up', spec.behavior.scaleUp, page);
    describeRules('Scale Down', spec.behavior.scaleDown, page);
  }
  page.field(0, `${spec.scaleTargetRef.kind} pods`, `${status?.currentReplicas ?? 0} current / ${status?.desiredReplicas ?? 0} desired`);
  if (status?.conditions?.length) {
    page.line(0, 'Conditions:');
    page.line(1, 'Type\tStatus\tReason\tMessage');
    page.line(1, '----\t------\t------\t-------');
    for (const { type, status: value, reason, message } of status.conditions)
      page.line(1, `${type}\t${value}\t${reason ?? ''}\t${message ?? ''}`);
  }
  describeEvents(autoscaler, page, around);
}

function metricText(metric: Metric, now: Metric | undefined): string {
  const key = (metric.type.charAt(0).toLowerCase() + metric.type.slice(1)) as Exclude<keyof Metric, 'type'>;
  const source = metric[key];
  const current = now?.[key]?.current;
  if (!source) return `<unknown metric type ${JSON.stringify(metric.type)}>`;
  const { target = {} } = source;
  const average = `${current?.averageValue ?? '<unknown>'} / ${target.averageValue}`;
  const name = JSON.stringify(source.metric?.name ?? '');
  if (key === 'pods') return `${name} on pods:\t${average}`;
  if (key === 'external' || key === 'object') {
    const on = key === 'object' ? ` on ${source.describedObject?.kind}/${source.describedObject?.name}` : '';
    if (target.averageValue !== undefined) return `${name}${on} (target average value):\t${average}`;
    return `${name}${on} (target value):\t${current?.value ?? '<unknown>'} / ${target.value}`;
  }
  const start =
    key === 'resource' ? `resource ${source.name} on pods` : `resource ${source.name} of container "${source.container}" on pods`;
  if (target.averageValue !== undefined) return `${start}:\t${average}`;
  const used = current?.averageUtilization === undefined ? '<unknown>' : `${current.averageUtilization}% (${current.averageValue})`;
  const wanted = target.averageUtilization === undefined ? '<auto>' : `${target.averageUtilization}%`;
  return `${start}  (as a percentage of request):\t${used} / ${wanted}`;
}

function describeRules(title: string, rules: Rules | undefined, page: Page): void {
  if (!rules) return;
  page.line(1, `${title}:`);
  if (rules.stabilizationWindowSeconds !== undefined) page.line(2, `Stabilization Window: ${rules.stabilizationWindowSeconds} seconds`);
  if (!rules.policies?.length) return;
  page.line(2, `Select Policy: ${rules.selectPolicy ?? 'Max'}`);
  page.line(2, 'Policies:');
  for (const { type, value, periodSeconds } of rules.policies)
    page.line(3, `- Type: ${type}\tValue: ${value}\tPeriod: ${periodSeconds} seconds`);
}
