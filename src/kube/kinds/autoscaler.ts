// HorizontalPodAutoscaler: its shape. Models k8s.io/api/autoscaling/v2/types.go.
import type { Condition, KubeObject, LabelSelector } from '../meta.ts';
import type { Quantity } from './pod.ts';

export interface MetricTarget {
  readonly type: 'Utilization' | 'AverageValue' | 'Value';
  readonly averageUtilization?: number;
  readonly averageValue?: Quantity;
  readonly value?: Quantity;
}

export interface MetricValue {
  readonly averageUtilization?: number;
  readonly averageValue?: Quantity;
  readonly value?: Quantity;
}

interface MetricSource {
  readonly name?: string;
  readonly container?: string;
  readonly metric?: { readonly name: string; readonly selector?: LabelSelector };
  readonly describedObject?: { readonly apiVersion?: string; readonly kind: string; readonly name: string };
}

export type MetricKey = 'resource' | 'containerResource' | 'pods' | 'object' | 'external';

/** What to measure; which of the five sources it is, `type` says. */
export type Metric = { readonly type: string } & Readonly<Partial<Record<MetricKey, MetricSource & { readonly target: MetricTarget }>>>;

export type MetricStatus = { readonly type: string } & Readonly<
  Partial<Record<MetricKey, MetricSource & { readonly current: MetricValue }>>
>;

export interface ScalingPolicy {
  readonly type: 'Pods' | 'Percent';
  readonly value: number;
  readonly periodSeconds: number;
}

export interface ScalingRules {
  readonly stabilizationWindowSeconds?: number;
  readonly selectPolicy?: 'Max' | 'Min' | 'Disabled';
  readonly policies?: readonly ScalingPolicy[];
  /** How far from its target a metric may be without anything being done; a tenth unless said. */
  readonly tolerance?: Quantity;
}

export interface AutoscalerStatus {
  readonly lastScaleTime?: string;
  readonly currentReplicas?: number;
  readonly desiredReplicas: number;
  readonly currentMetrics: readonly MetricStatus[] | null;
  readonly conditions?: readonly Condition[];
}

export interface HorizontalPodAutoscaler extends KubeObject {
  readonly kind: 'HorizontalPodAutoscaler';
  readonly spec: {
    readonly scaleTargetRef: { readonly apiVersion?: string; readonly kind: string; readonly name: string };
    readonly minReplicas?: number;
    readonly maxReplicas: number;
    readonly metrics?: readonly Metric[];
    readonly behavior?: { readonly scaleUp?: ScalingRules; readonly scaleDown?: ScalingRules };
  };
  readonly status: AutoscalerStatus;
}

/** The field of a metric that its type names. */
export function metricKeyOf({ type }: { readonly type: string }): MetricKey {
  return (type.charAt(0).toLowerCase() + type.slice(1)) as MetricKey;
}
