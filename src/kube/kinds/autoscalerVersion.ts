// HorizontalPodAutoscalers as autoscaling/v1 has them: it knows one metric, the CPU in percent; what else there is stands in annotations.
// Models pkg/apis/autoscaling/v1/conversion.go. Limitation: the annotations hold metrics as autoscaling/v2 writes them.
import type { OtherVersion } from '../kind.ts';
import type { KubeObject } from '../meta.ts';
import type { AutoscalerStatus, HorizontalPodAutoscaler, Metric } from './autoscaler.ts';

const ALPHA = 'autoscaling.alpha.kubernetes.io';
const NOTES = [`${ALPHA}/metrics`, `${ALPHA}/behavior`, `${ALPHA}/current-metrics`, `${ALPHA}/conditions`] as const;
const [METRICS, BEHAVIOR, CURRENT, CONDITIONS] = NOTES;

interface AutoscalerV1 extends KubeObject {
  readonly spec: Pick<HorizontalPodAutoscaler['spec'], 'scaleTargetRef' | 'minReplicas' | 'maxReplicas'> & {
    readonly targetCPUUtilizationPercentage?: number;
  };
}

const cpuOf = ({ type, resource }: Metric): number | undefined =>
  type === 'Resource' && resource?.name === 'cpu' ? resource.target.averageUtilization : undefined;

const cpuMetric = (averageUtilization: number): Metric => ({
  type: 'Resource',
  resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization } },
});

function read({ spec, status, metadata, ...rest }: HorizontalPodAutoscaler): KubeObject {
  const { metrics = [], behavior, ...same } = spec;
  const percent = metrics.map(cpuOf).find((each) => each !== undefined);
  const others = metrics.filter((metric) => cpuOf(metric) === undefined);
  const notes = {
    ...note(METRICS, others),
    ...note(BEHAVIOR, behavior),
    ...note(CURRENT, status?.currentMetrics),
    ...note(CONDITIONS, status?.conditions),
  };
  const annotations = { ...metadata.annotations, ...notes };
  return {
    ...rest,
    metadata: Object.keys(annotations).length > 0 ? { ...metadata, annotations } : metadata,
    spec: percent === undefined ? same : { ...same, targetCPUUtilizationPercentage: percent },
    status: status && statusOf(status),
  };
}

function statusOf({ currentMetrics, conditions: _noted, currentReplicas = 0, ...status }: AutoscalerStatus) {
  const current = currentMetrics?.find(({ type, resource }) => type === 'Resource' && resource?.name === 'cpu');
  const percent = current?.resource?.current.averageUtilization;
  return { ...status, currentReplicas, ...(percent === undefined ? {} : { currentCPUUtilizationPercentage: percent }) };
}

function note(name: string, value: unknown): Record<string, string> {
  const isNothing = value === undefined || value === null || (Array.isArray(value) && value.length === 0);
  return isNothing ? {} : { [name]: JSON.stringify(value) };
}

function keep(given: KubeObject): HorizontalPodAutoscaler {
  const { spec, metadata, ...rest } = given as AutoscalerV1;
  const { targetCPUUtilizationPercentage: percent, ...same } = spec;
  const { annotations = {} } = metadata;
  const metrics = [
    ...(percent === undefined ? [] : [cpuMetric(percent)]),
    ...((noted(annotations[METRICS]) as Metric[] | undefined) ?? []),
  ];
  const behavior = noted(annotations[BEHAVIOR]);
  const own = Object.fromEntries(Object.entries(annotations).filter(([name]) => !NOTES.some((each) => each === name)));
  const { annotations: _all, ...bare } = metadata;
  return {
    ...rest,
    metadata: Object.keys(own).length > 0 ? { ...bare, annotations: own } : bare,
    spec: { ...same, ...(metrics.length > 0 ? { metrics } : {}), ...(behavior ? { behavior } : {}) },
  } as HorizontalPodAutoscaler;
}

/** What an annotation says; nothing where somebody wrote no JSON into it. */
function noted(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const autoscalerVersion: OtherVersion<HorizontalPodAutoscaler> = {
  apiVersion: 'autoscaling/v1',
  read: (kept) => read(kept) as HorizontalPodAutoscaler,
  keep,
};
