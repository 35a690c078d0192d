// Sets the number of replicas by what their pods use, every 15 seconds.
// Models pkg/controller/podautoscaler/horizontal.go; the reckoning is in replicaCount.ts, the pace in scalingRules.ts.
// Leaves out metrics of an application's own and from outside: no adapter for them is installed.
import { goSelectorText } from '../../kube/goSelector.ts';
import { groupOf, resourceName } from '../../kube/kind.ts';
import {
  type AutoscalerStatus,
  type HorizontalPodAutoscaler,
  type Metric,
  type MetricStatus,
  metricKeyOf,
} from '../../kube/kinds/autoscaler.ts';
import type { Pod } from '../../kube/kinds/pod.ts';
import type { KindTable } from '../../kube/kindTable.ts';
import { compileSelector } from '../../kube/labels.ts';
import { type Condition, conditionOf, type Key, type LabelSelector, type StringMap, tableOf, toTimestamp } from '../../kube/meta.ts';
import { formatQuantity, milliValueOf } from '../../kube/quantity.ts';
import type { Controller, ControllerContext } from '../controller.ts';
import { MetricError, replicaCount } from './replicaCount.ts';
import { rescale, type Scalable, scalable } from './scale.ts';
import { normalized, noteScale, type Past } from './scalingRules.ts';

const PERIOD_MS = 15_000;
const NO_METRICS = 'the server could not find the requested resource (get pods.metrics.k8s.io)';

interface Memory {
  readonly pasts: Map<Key, Past>;
}

export const horizontalPodAutoscaler: Controller = {
  name: 'horizontal-pod-autoscaler-controller',
  eventSource: 'horizontal-pod-autoscaler',
  memory: (): Memory => ({ pasts: new Map() }),
  watches: [
    {
      kind: 'HorizontalPodAutoscaler',
      // A new one waits for its turn like all others; a change waits for the turn it has.
      keys({ before, key }, ctx) {
        if (!before) ctx.enqueueAfter(key, PERIOD_MS);
        return [];
      },
    },
  ],
  reconcile(key, ctx) {
    const autoscaler = ctx.api.getByKey<HorizontalPodAutoscaler>(key);
    const { pasts } = ctx.memory as Memory;
    if (!autoscaler) return void pasts.delete(key);
    const turn = new Turn(autoscaler, ctx);
    turn.take(pasts);
    return { requeueAfterMs: PERIOD_MS };
  },
};

/** One look at one autoscaler. */
class Turn {
  private readonly autoscaler: HorizontalPodAutoscaler;
  private readonly ctx: ControllerContext;
  private conditions: readonly Condition[];

  constructor(autoscaler: HorizontalPodAutoscaler, ctx: ControllerContext) {
    this.autoscaler = autoscaler;
    this.ctx = ctx;
    this.conditions = autoscaler.status.conditions ?? [];
  }

  take(pasts: Map<Key, Past>): void {
    const { autoscaler, ctx } = this;
    const { spec, metadata } = autoscaler;
    const target = scalable(ctx.api, spec.scaleTargetRef, metadata.namespace);
    if (!target) return this.failToGetScale();
    this.say('AbleToScale', true, 'SucceededGetScale', "the HPA controller was able to get the target's current scale");
    const current = target.replicas;
    const key = `HorizontalPodAutoscaler/${metadata.namespace}/${metadata.name}`;
    let past = pasts.get(key);
    if (!past) pasts.set(key, (past = { recommendations: [{ atMs: ctx.nowMs, replicas: current }], added: [], removed: [] }));
    const min = spec.minReplicas ?? 1;
    if (current === 0 && min !== 0) {
      this.say('ScalingActive', false, 'ScalingDisabled', 'scaling is disabled since the replica count of the target is zero');
      this.finish(current, 0, null, false);
    } else if (current > spec.maxReplicas)
      this.rescale(target, spec.maxReplicas, 'Current number of replicas above Spec.MaxReplicas', null, past);
    else if (current < min) this.rescale(target, min, 'Current number of replicas below Spec.MinReplicas', null, past);
    else this.followMetrics(target, current, min, past);
  }

  private failToGetScale(): void {
    const { scaleTargetRef } = this.autoscaler.spec;
    const text = scaleErrorText(scaleTargetRef, this.ctx.api.kinds);
    this.tell('Warning', 'FailedGetScale', text);
    this.say('AbleToScale', false, 'FailedGetScale', `the HPA controller was unable to get the target's current scale: ${text}`);
    this.write(this.autoscaler.status);
  }

  private followMetrics(target: Scalable, current: number, min: number, past: Past): void {
    const { spec, status } = this.autoscaler;
    const { statuses, desired, metric, error } = this.measure(target, current);
    if (desired === undefined) {
      this.finish(current, status.desiredReplicas, statuses, false);
      this.tell('Warning', 'FailedComputeMetricsReplicas', error ?? '');
      return;
    }
    const wish = { current, desired, min, max: spec.maxReplicas, nowMs: this.ctx.nowMs };
    const { replicas, able, limited } = normalized(wish, spec.behavior, past);
    this.say('AbleToScale', true, able.reason, able.message);
    this.say('ScalingLimited', limited.isLimited, limited.reason, limited.message);
    if (replicas === current) this.finish(current, current, statuses, false);
    else this.rescale(target, replicas, whyText(desired - current, metric), statuses, past);
  }

  private rescale(target: Scalable, replicas: number, why: string, statuses: readonly MetricStatus[] | null, past: Past): void {
    const { api, nowMs } = this.ctx;
    const current = target.replicas;
    rescale(api, target, replicas);
    this.say('AbleToScale', true, 'SucceededRescale', `the HPA controller was able to update the target scale to ${replicas}`);
    this.tell('Normal', 'SuccessfulRescale', `New size: ${replicas}; reason: ${why}`);
    noteScale(past, current, replicas, this.autoscaler.spec.behavior, nowMs);
    this.finish(current, replicas, statuses, true);
  }

  // Metrics -----------------------------------------------------------------------------------------------------------

  /** What each metric says, and the largest number that any of them calls for; undefined where it cannot be trusted. */
  private measure(target: Scalable, current: number) {
    const metrics = this.autoscaler.spec.metrics ?? [];
    const pods = this.podsOf(target);
    let best: { readonly replicas: number; readonly metric: string } | undefined;
    const failures: { readonly reason: string; readonly text: string; readonly wrapped: string }[] = [];
    const statuses = metrics.map((metric): MetricStatus => {
      try {
        const { replicas, name, status } = this.measureOne(metric, pods, current);
        if (!best || replicas > best.replicas) best = { replicas, metric: name };
        return status;
      } catch (error) {
        if (!(error instanceof MetricError)) throw error;
        const reason = `FailedGet${metric.type}Metric`;
        this.tell('Warning', reason, error.message);
        failures.push({ reason, text: error.message, wrapped: `failed to get ${sourceName(metric)} metric value: ${error.message}` });
        return { type: '' };
      }
    });
    const [first] = failures;
    const isUseless = failures.length >= metrics.length || (best?.replicas ?? 0) < current;
    if (first && isUseless) {
      this.say('ScalingActive', false, first.reason, `the HPA was unable to compute the replica count: ${first.text}`);
      const error = `invalid metrics (${failures.length} invalid out of ${metrics.length}), first error is: ${first.wrapped}`;
      return { statuses, desired: undefined, metric: '', error };
    }
    const metric = best?.metric ?? '';
    const found = `the HPA was able to successfully calculate a replica count from ${metric}`;
    this.say('ScalingActive', true, 'ValidMetricFound', found);
    return { statuses, desired: best?.replicas ?? 0, metric, error: undefined };
  }

  private podsOf({ object: { kind, spec, metadata } }: Scalable): readonly Pod[] {
    const { selector } = spec as { readonly selector?: LabelSelector | StringMap };
    const chosen = kind === 'ReplicationController' ? { matchLabels: selector as StringMap } : (selector as LabelSelector);
    const matches = compileSelector(chosen);
    return this.ctx.api.list<Pod>('Pod', metadata.namespace).filter((pod) => matches(pod.metadata.labels));
  }

  private measureOne(metric: Metric, pods: readonly Pod[], current: number) {
    const key = metricKeyOf(metric);
    const source = metric[key];
    if (!source || (key !== 'resource' && key !== 'containerResource')) throw new MetricError(this.unserved(metric));
    const { name: resource = '', container, target } = source;
    const { behavior } = this.autoscaler.spec;
    const isPercent = target.averageValue === undefined;
    try {
      const count = replicaCount(
        current,
        pods,
        this.usedBy(pods, resource),
        {
          resource,
          container,
          utilization: isPercent ? target.averageUtilization : undefined,
          averageMilli: isPercent ? undefined : milliValueOf(target.averageValue),
          toleranceUp: toleranceOf(behavior?.scaleUp),
          toleranceDown: toleranceOf(behavior?.scaleDown),
        },
        this.ctx.nowMs,
      );
      const averageValue = formatQuantity({ nano: BigInt(count.averageMilli) * 1_000_000n, format: 'DecimalSI' });
      const value = count.utilization === undefined ? { averageValue } : { averageUtilization: count.utilization, averageValue };
      const named = container === undefined ? { name: resource } : { name: resource, container };
      const name = `${resource} ${key === 'resource' ? '' : 'container '}resource${isPercent ? ' utilization (percentage of request)' : ''}`;
      return { replicas: count.replicas, name, status: { type: metric.type, [key]: { ...named, current: value } } as MetricStatus };
    } catch (error) {
      if (!(error instanceof MetricError)) throw error;
      throw new MetricError(`failed to get ${resource} ${isPercent ? 'utilization' : 'usage'}: ${error.message}`);
    }
  }

  /** What is measured of a resource; only CPU is. */
  private usedBy(pods: readonly Pod[], resource: string): ReadonlyMap<string, number> {
    const start = `unable to get metrics for resource ${resource}`;
    const used = this.ctx.metrics.cpuMilliOf(pods);
    if (!used) throw new MetricError(`${start}: unable to fetch metrics from resource metrics API: ${NO_METRICS}`);
    if (resource !== 'cpu' || used.size === 0) throw new MetricError(`${start}: no metrics returned from resource metrics API`);
    return used;
  }

  private unserved(metric: Metric): string {
    const source = metric[metricKeyOf(metric)];
    const { namespace } = this.autoscaler.metadata;
    const name = source?.metric?.name ?? '';
    const custom = 'unable to fetch metrics from custom metrics API: no custom metrics API (custom.metrics.k8s.io) registered';
    switch (metric.type) {
      case 'Pods':
        return `unable to get metric ${name}: ${custom}`;
      case 'Object': {
        const { kind, name: objectName } = source?.describedObject ?? { kind: '', name: '' };
        // Kubernetes itself has its words in this order.
        return `unable to get metric ${name}: ${kind} on ${namespace} ${objectName}/${custom}`;
      }
      default: {
        const api = `unable to fetch metrics from external metrics API: the server could not find the requested resource (get ${name}.external.metrics.k8s.io)`;
        return `unable to get external metric ${namespace}/${name}/${goSelectorText(source?.metric?.selector)}: ${api}`;
      }
    }
  }

  // Status ------------------------------------------------------------------------------------------------------------

  private tell(type: 'Normal' | 'Warning', reason: string, message: string): void {
    this.ctx.record(this.autoscaler, type, reason, message);
  }

  private say(type: string, isTrue: boolean, reason: string, message: string): void {
    const status = isTrue ? 'True' : 'False';
    const old = conditionOf(this.conditions, type);
    const lastTransitionTime = (old?.status === status ? old.lastTransitionTime : undefined) ?? toTimestamp(this.ctx.nowMs);
    const condition: Condition = { type, status, lastTransitionTime, reason, message };
    this.conditions = old ? this.conditions.map((each) => (each === old ? condition : each)) : [...this.conditions, condition];
  }

  private finish(current: number, desired: number, statuses: readonly MetricStatus[] | null, isRescaled: boolean): void {
    const { lastScaleTime: last } = this.autoscaler.status;
    const lastScaleTime = isRescaled ? toTimestamp(this.ctx.nowMs) : last;
    this.write({
      ...(lastScaleTime === undefined ? {} : { lastScaleTime }),
      ...(current > 0 ? { currentReplicas: current } : {}),
      desiredReplicas: desired,
      currentMetrics: statuses,
    });
  }

  private write(status: AutoscalerStatus): void {
    const { autoscaler, conditions } = this;
    this.ctx.api.updateStatus<HorizontalPodAutoscaler>({ ...autoscaler, status: { ...status, conditions } });
  }
}

/** Where an older recommendation outlives the present one, Kubernetes gives no reason. */
function whyText(difference: number, metric: string): string {
  if (difference === 0) return '';
  return difference > 0 ? `${metric} above target` : 'All metrics below target';
}

function toleranceOf(rules: { readonly tolerance?: string | number } | undefined): number | undefined {
  return rules?.tolerance === undefined ? undefined : milliValueOf(rules.tolerance) / 1000;
}

function sourceName(metric: Metric): string {
  const source = metric[metricKeyOf(metric)];
  switch (metric.type) {
    case 'Resource':
      return `${source?.name ?? ''} resource`;
    case 'ContainerResource':
      return `${source?.name ?? ''} container`;
    case 'External':
      return `${source?.metric?.name ?? ''} external`;
    default:
      return metric.type.toLowerCase();
  }
}

type TargetReference = HorizontalPodAutoscaler['spec']['scaleTargetRef'];

function scaleErrorText({ apiVersion = '', kind: kindName, name }: TargetReference, kinds: KindTable): string {
  const kind = kinds.find(tableOf({ apiVersion, kind: kindName }));
  const isKnown = kind !== undefined && (apiVersion === '' || groupOf(kind.apiVersion) === groupOf(apiVersion));
  if (!isKnown) return `no matches for kind ${JSON.stringify(kindName)} in group ${JSON.stringify(groupOf(apiVersion))}`;
  return kind.scale ? `${resourceName(kind)} "${name}" not found` : 'the server could not find the requested resource';
}
