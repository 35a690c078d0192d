// What scales an owner by what its pods use: its HorizontalPodAutoscaler, read as a range, where it stands in it, and what is measured.
import { type HorizontalPodAutoscaler, type Metric, metricKeyOf } from '../kube/kinds/autoscaler.ts';
import type { PodSpec } from '../kube/kinds/pod.ts';
import { type Key, type KubeObject, keyOf, keyReferred, partsOf, type Snapshot } from '../kube/meta.ts';
import { milliValueOf } from '../kube/quantity.ts';
import type { SceneMessages } from './captions.ts';
import { templateOf } from './looks.ts';

/** One thing that is measured: what it is now, if anybody knows, and what it ought to be. */
export interface Measure {
  readonly name: string;
  readonly now: string | undefined;
  readonly target: string;
  readonly isOver: boolean;
}

export interface Scaler {
  readonly key: Key;
  readonly name: string;
  readonly target: Key;
  readonly min: number;
  readonly max: number;
  /** How many replicas there are, and how many it last found right. */
  readonly now: number;
  readonly wants: number;
  readonly measures: readonly Measure[];
  /** The work that the pods share, in thousandths of a CPU; undefined while nobody has set any, and so nobody measures. */
  readonly loadMilli: number | undefined;
  /** By how much a person makes it more or less: what two pods may be given. */
  readonly stepMilli: number;
}

/** The work that a person gave the pods of an owner. */
export type LoadOf = (owner: Key) => number | undefined;

export function scalerOf(owner: Key, snapshot: Snapshot, loadOf: LoadOf): Scaler | undefined {
  const found = (snapshot.list('HorizontalPodAutoscaler') as readonly HorizontalPodAutoscaler[]).find((one) => targetOf(one) === owner);
  return found && readScaler(found, snapshot, loadOf);
}

/** The work of all that are scaled by it. */
export function loadsIn(snapshot: Snapshot, loadOf: LoadOf): readonly (number | undefined)[] {
  return (snapshot.list('HorizontalPodAutoscaler') as readonly HorizontalPodAutoscaler[]).map((one) => loadOf(targetOf(one)));
}

function targetOf({ spec, metadata }: HorizontalPodAutoscaler): Key {
  return keyReferred(spec.scaleTargetRef, metadata.namespace);
}

export function readScaler(autoscaler: HorizontalPodAutoscaler, snapshot: Snapshot, loadOf: LoadOf): Scaler {
  const { spec, status, metadata } = autoscaler;
  const target = targetOf(autoscaler);
  const owner = snapshot.get(partsOf(target).kind, target);
  const metrics = spec.metrics ?? [];
  const replicas = (owner?.spec as { replicas?: number } | undefined)?.replicas ?? 0;
  return {
    key: keyOf(autoscaler),
    name: metadata.name,
    target,
    min: spec.minReplicas ?? 1,
    max: spec.maxReplicas,
    now: replicas,
    wants: status?.desiredReplicas || replicas,
    measures: metrics.map((metric, i) => measureOf(metric, status?.currentMetrics?.[i])),
    loadMilli: loadOf(target),
    stepMilli: 2 * shareOf(metrics[0], owner),
  };
}

export function measureText({ measures }: Scaler, { scaler }: SceneMessages): string {
  return measures.map(({ name, now, target }) => scaler.measured(name, now ?? scaler.notMeasured, target)).join(', ');
}

export function loadText(loadMilli: number | undefined, { scaler }: SceneMessages): string {
  return loadMilli ? `${loadMilli}m` : scaler.noLoad;
}

function measureOf(metric: Metric, status: NonNullable<HorizontalPodAutoscaler['status']['currentMetrics']>[number] | undefined): Measure {
  const key = metricKeyOf(metric);
  const source = metric[key];
  const now = status?.[key]?.current;
  const name = source?.name ?? source?.metric?.name ?? metric.type;
  const { averageUtilization, averageValue, value } = source?.target ?? { type: 'Value' };
  if (averageUtilization !== undefined) {
    const used = now?.averageUtilization;
    return {
      name,
      now: used === undefined ? undefined : `${used}%`,
      target: `${averageUtilization}%`,
      isOver: (used ?? 0) > averageUtilization,
    };
  }
  const [used, wanted] = averageValue === undefined ? [now?.value, value] : [now?.averageValue, averageValue];
  return {
    name,
    now: used === undefined ? undefined : String(used),
    target: String(wanted ?? ''),
    isOver: milliValueOf(used) > milliValueOf(wanted),
  };
}

const SHARE_UNKNOWN = 100;

/** How much of the work one pod may be given before there should be another, in thousandths of a CPU. */
function shareOf(metric: Metric | undefined, owner: KubeObject | undefined): number {
  const target = metric?.resource?.target;
  const spec = (templateOf(owner) as { spec?: PodSpec } | undefined)?.spec;
  const requested = (spec?.containers ?? []).reduce((sum, { resources }) => sum + milliValueOf(resources?.requests?.['cpu']), 0);
  const share =
    target?.averageUtilization === undefined ? milliValueOf(target?.averageValue) : (requested * target.averageUtilization) / 100;
  return Math.max(1, Math.round(share || SHARE_UNKNOWN));
}
