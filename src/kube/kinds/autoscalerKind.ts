// The kind HorizontalPodAutoscaler: names, defaults, columns. Models pkg/apis/autoscaling/v2/defaults.go and
// pkg/printers/internalversion/printers.go (formatHPAMetrics).
import type { Kind } from '../kind.ts';
import { autoscalerRules } from '../late.ts';
import {
  type AutoscalerStatus,
  type HorizontalPodAutoscaler,
  type Metric,
  type MetricStatus,
  type MetricTarget,
  metricKeyOf,
  type ScalingRules,
} from './autoscaler.ts';
import { autoscalerVersion } from './autoscalerVersion.ts';
import { ageColumn, nameColumn } from './columns.ts';
import { changed, filled } from './fill.ts';

type Spec = HorizontalPodAutoscaler['spec'];

const HALF_USED: Metric = { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } };
const NOTHING_YET: AutoscalerStatus = { desiredReplicas: 0, currentMetrics: null };
const UP: ScalingRules = {
  stabilizationWindowSeconds: 0,
  selectPolicy: 'Max',
  policies: [
    { type: 'Pods', value: 4, periodSeconds: 15 },
    { type: 'Percent', value: 100, periodSeconds: 15 },
  ],
};
const DOWN: ScalingRules = { selectPolicy: 'Max', policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }] };

export const autoscalerKind: Kind<HorizontalPodAutoscaler> = {
  kind: 'HorizontalPodAutoscaler',
  apiVersion: 'autoscaling/v2',
  otherVersions: [autoscalerVersion],
  plural: 'horizontalpodautoscalers',
  singular: 'horizontalpodautoscaler',
  shortNames: ['hpa'],
  namespaced: true,
  categories: ['all'],
  hasStatus: true,
  hasGeneration: false,
  isSimulated: true,
  defaults: (autoscaler) => changed(autoscaler.spec ? autoscaler : { ...autoscaler, spec: {} as Spec }, 'spec', defaultSpec),
  prepareForCreate: (autoscaler) => ({ ...autoscaler, status: NOTHING_YET }),
  validate: (autoscaler) => autoscalerRules.get().validateAutoscaler(autoscaler),
  validateUpdate: (autoscaler, old) => autoscalerRules.get().validateAutoscalerUpdate(autoscaler, old),
  columns: [
    nameColumn,
    { name: 'Reference', value: ({ spec }) => `${spec.scaleTargetRef.kind}/${spec.scaleTargetRef.name}` },
    { name: 'Targets', value: ({ spec, status }) => targetsText(spec.metrics ?? [], status?.currentMetrics ?? []) },
    { name: 'MinPods', value: ({ spec }) => String(spec.minReplicas ?? '<unset>') },
    { name: 'MaxPods', value: ({ spec }) => String(spec.maxReplicas) },
    { name: 'Replicas', value: ({ status }) => String(status?.currentReplicas ?? 0) },
    ageColumn,
  ],
};

function defaultSpec(given: Spec): Spec {
  const spec = given.metrics?.length === 0 ? { ...given, metrics: [HALF_USED] } : filled(given, { minReplicas: 1, metrics: [HALF_USED] });
  return changed(filled(spec, { minReplicas: 1 }), 'behavior', ({ scaleUp, scaleDown }) => ({
    scaleUp: withRules(scaleUp, UP),
    scaleDown: withRules(scaleDown, DOWN),
  }));
}

/** Rules that say nothing about a thing leave it to the usual ones. */
function withRules(rules: ScalingRules = {}, usual: ScalingRules): ScalingRules {
  return filled(rules, usual);
}

function targetsText(metrics: readonly Metric[], current: readonly MetricStatus[]): string {
  if (metrics.length === 0) return '<none>';
  const texts = metrics.map((metric, i) => targetText(metric, current[i]));
  return texts.length > 2 ? `${texts.slice(0, 2).join(', ')} + ${texts.length - 2} more...` : texts.join(', ');
}

function targetText(metric: Metric, status: MetricStatus | undefined): string {
  const key = metricKeyOf(metric);
  const source = metric[key];
  const now = status?.[key]?.current;
  const { averageUtilization: percent, averageValue, value } = source?.target ?? ({} as MetricTarget);
  const isResource = key === 'resource' || key === 'containerResource';
  const name = isResource ? `${source?.name ?? ''}: ` : '';
  if (percent !== undefined)
    return `${name}${now?.averageUtilization === undefined ? '<unknown>' : `${now.averageUtilization}%`}/${percent}%`;
  if (averageValue !== undefined)
    return `${name}${now?.averageValue ?? '<unknown>'}/${averageValue}${isResource || key === 'pods' ? '' : ' (avg)'}`;
  return `${name}${now?.value ?? '<unknown>'}/${value ?? '<auto>'}`;
}
