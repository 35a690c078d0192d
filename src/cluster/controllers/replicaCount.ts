// How many replicas the measured use of a resource calls for. Models pkg/controller/podautoscaler/replica_calculator.go.
//
//   3 ready pods use 90 % of their request where 50 % is wanted: 3 * 90 / 50 = 5.4, so 6

import type { Container, Pod } from '../../kube/kinds/pod.ts';
import { conditionOf, fromTimestamp } from '../../kube/meta.ts';
import { milliValueOf } from '../../kube/quantity.ts';

const TOLERANCE = 0.1;
/** A pod that has just started uses more CPU than it will later, so what it uses says little. */
const INITIALIZATION_MS = 300_000;
const FIRST_READINESS_MS = 30_000;
/** A measurement is an average over so long. */
const WINDOW_MS = 15_000;

/** Why the number cannot be told; the message is Kubernetes' own. */
export class MetricError extends Error {}

export interface Target {
  readonly resource: string;
  /** Only this container's requests. */
  readonly container: string | undefined;
  /** Percent of the request, or thousandths of the unit a pod. */
  readonly utilization: number | undefined;
  readonly averageMilli: number | undefined;
  readonly toleranceUp: number | undefined;
  readonly toleranceDown: number | undefined;
}

export interface Count {
  readonly replicas: number;
  readonly utilization: number | undefined;
  readonly averageMilli: number;
}

/** `used` is what is measured, in thousandths, by pod name. */
export function replicaCount(
  current: number,
  pods: readonly Pod[],
  used: ReadonlyMap<string, number>,
  target: Target,
  nowMs: number,
): Count {
  if (pods.length === 0) throw new MetricError('no pods returned by selector while calculating replica count');
  const { readyCount, unready, missing, measured } = grouped(pods, used, target.resource, nowMs);
  if (measured.size === 0) throw new MetricError('did not receive metrics for targeted pods (pods might be unready)');
  const requests = target.utilization === undefined ? undefined : requestsOf(pods, target);
  const now = ratioOf(measured, requests, target);
  const told = { utilization: now.utilization, averageMilli: now.averageMilli };
  const isUpWithUnready = unready.length > 0 && now.ratio > 1;
  if (!isUpWithUnready && missing.length === 0) {
    return { ...told, replicas: isWithin(now.ratio, target) ? current : Math.ceil(now.ratio * readyCount) };
  }
  // Who says nothing is taken to use much before scaling down, and nothing before scaling up.
  const guessed = new Map(measured);
  for (const name of missing) {
    if (now.ratio < 1) guessed.set(name, fullUse(name, requests, target));
    else if (now.ratio > 1) guessed.set(name, 0);
  }
  if (isUpWithUnready) for (const name of unready) guessed.set(name, 0);
  const { ratio } = ratioOf(guessed, requests, target);
  const hasTurned = (now.ratio < 1 && ratio > 1) || (now.ratio > 1 && ratio < 1);
  const replicas = Math.ceil(ratio * guessed.size);
  const isContrary = (ratio < 1 && replicas > current) || (ratio > 1 && replicas < current);
  return { ...told, replicas: isWithin(ratio, target) || hasTurned || isContrary ? current : replicas };
}

function isWithin(ratio: number, { toleranceUp = TOLERANCE, toleranceDown = TOLERANCE }: Target): boolean {
  return ratio >= 1 - toleranceDown && ratio <= 1 + toleranceUp;
}

function fullUse(name: string, requests: ReadonlyMap<string, number> | undefined, { utilization = 0, averageMilli = 0 }: Target): number {
  return requests ? ((requests.get(name) ?? 0) * Math.max(100, utilization)) / 100 : averageMilli;
}

function grouped(pods: readonly Pod[], used: ReadonlyMap<string, number>, resource: string, nowMs: number) {
  const measured = new Map<string, number>();
  const unready: string[] = [];
  const missing: string[] = [];
  for (const pod of pods) {
    const { name, deletionTimestamp } = pod.metadata;
    if (deletionTimestamp !== undefined || pod.status.phase === 'Failed') continue;
    const use = used.get(name);
    if (pod.status.phase === 'Pending') unready.push(name);
    else if (use === undefined) missing.push(name);
    else if (resource === 'cpu' && isUnready(pod, nowMs)) unready.push(name);
    else measured.set(name, use);
  }
  return { readyCount: measured.size, unready, missing, measured };
}

function isUnready({ status }: Pod, nowMs: number): boolean {
  const ready = conditionOf(status.conditions, 'Ready');
  if (!ready || status.startTime === undefined) return true;
  const startedMs = fromTimestamp(status.startTime);
  const changedMs = fromTimestamp(ready.lastTransitionTime);
  if (startedMs + INITIALIZATION_MS > nowMs) return ready.status === 'False' || nowMs < changedMs + WINDOW_MS;
  return ready.status === 'False' && startedMs + FIRST_READINESS_MS > changedMs;
}

/** What each pod asks for; every container has to say. */
function requestsOf(pods: readonly Pod[], { resource, container }: Target): ReadonlyMap<string, number> {
  return new Map(
    pods.map(({ metadata, spec }) => {
      const sidecars = (spec.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always');
      const counted = [...spec.containers, ...sidecars].filter(({ name }) => container === undefined || name === container);
      const request = (each: Container): number => {
        const asked = each.resources?.requests?.[resource];
        if (asked === undefined) throw new MetricError(`missing request for ${resource} in container ${each.name} of Pod ${metadata.name}`);
        return milliValueOf(asked);
      };
      return [metadata.name, counted.reduce((sum, each) => sum + request(each), 0)];
    }),
  );
}

function ratioOf(
  use: ReadonlyMap<string, number>,
  requests: ReadonlyMap<string, number> | undefined,
  { utilization, averageMilli = 1 }: Target,
) {
  let total = 0;
  let asked = 0;
  for (const [name, milli] of use) {
    total += milli;
    asked += requests?.get(name) ?? 0;
  }
  const average = Math.trunc(total / use.size);
  if (utilization === undefined) return { ratio: average / averageMilli, utilization: undefined, averageMilli: average };
  if (asked === 0) throw new MetricError('no metrics returned matched known pods');
  const percent = Math.trunc((total * 100) / asked);
  return { ratio: percent / utilization, utilization: percent, averageMilli: average };
}
