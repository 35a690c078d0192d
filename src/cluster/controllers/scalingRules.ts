// How fast an autoscaler may go: it waits out short dips and peaks, and moves only so far in a period.
// Models the normalizing half of pkg/controller/podautoscaler/horizontal.go.
//
//   4 pods, policies "4 pods in 15 s" and "100 % in 15 s": at most max(4 + 4, 4 * 2) = 8 in the next 15 s
import type { HorizontalPodAutoscaler, ScalingPolicy, ScalingRules } from '../../kube/kinds/autoscaler.ts';

/** Without rules of its own an autoscaler waits so long before it scales down. */
const STABILIZATION_MS = 300_000;
const INT32_MAX = 2 ** 31 - 1;

export interface Recommendation {
  readonly atMs: number;
  readonly replicas: number;
}

export interface ScaleChange {
  readonly atMs: number;
  readonly count: number;
}

/** What an autoscaler remembers of what it wanted and did; plain data. */
export interface Past {
  recommendations: readonly Recommendation[];
  added: readonly ScaleChange[];
  removed: readonly ScaleChange[];
}

/** How many replicas it may be now, and why: two conditions' reasons and messages. */
export interface Normalized {
  readonly replicas: number;
  readonly able: { readonly reason: string; readonly message: string };
  readonly limited: { readonly isLimited: boolean; readonly reason: string; readonly message: string };
}

interface Wish {
  readonly current: number;
  readonly desired: number;
  readonly min: number;
  readonly max: number;
  readonly nowMs: number;
}

const READY = { reason: 'ReadyForNewScale', message: 'recommended size matches current size' };
const WITHIN = { isLimited: false, reason: 'DesiredWithinRange', message: 'the desired count is within the acceptable range' };
const TOO_MANY = {
  isLimited: true,
  reason: 'TooManyReplicas',
  message: 'the desired replica count is more than the maximum replica count',
};
const TOO_FEW = { isLimited: true, reason: 'TooFewReplicas', message: 'the desired replica count is less than the minimum replica count' };
const UP_LIMIT = {
  isLimited: true,
  reason: 'ScaleUpLimit',
  message: 'the desired replica count is increasing faster than the maximum scale rate',
};
const DOWN_LIMIT = {
  isLimited: true,
  reason: 'ScaleDownLimit',
  message: 'the desired replica count is decreasing faster than the maximum scale rate',
};
const DOWN_STABILIZED = {
  reason: 'ScaleDownStabilized',
  message: 'recent recommendations were higher than current one, applying the highest recent recommendation',
};
const UP_STABILIZED = {
  reason: 'ScaleUpStabilized',
  message: 'recent recommendations were lower than current one, applying the lowest recent recommendation',
};

/** Notes the wish in `past` and says how much of it may be done. */
export function normalized(wish: Wish, behavior: HorizontalPodAutoscaler['spec']['behavior'], past: Past): Normalized {
  return behavior ? withBehavior(wish, behavior, past) : withoutBehavior(wish, past);
}

function withoutBehavior(wish: Wish, past: Past): Normalized {
  const { current, desired, min, max, nowMs } = wish;
  note(wish, past, STABILIZATION_MS);
  const replicas = Math.max(
    desired,
    ...past.recommendations.filter(({ atMs }) => atMs > nowMs - STABILIZATION_MS).map((each) => each.replicas),
  );
  const able = replicas === desired ? READY : DOWN_STABILIZED;
  const upLimit = Math.max(2 * current, 4);
  if (replicas < min) return { replicas: min, able, limited: TOO_FEW };
  if (replicas > Math.min(max, upLimit))
    return max > upLimit ? { replicas: upLimit, able, limited: UP_LIMIT } : { replicas: max, able, limited: TOO_MANY };
  return { replicas, able, limited: WITHIN };
}

function withBehavior(
  wish: Wish,
  { scaleUp = {}, scaleDown = {} }: { readonly scaleUp?: ScalingRules; readonly scaleDown?: ScalingRules },
  past: Past,
): Normalized {
  const upMs = (scaleUp.stabilizationWindowSeconds ?? 0) * 1000;
  const downMs = scaleDown.stabilizationWindowSeconds === undefined ? STABILIZATION_MS : scaleDown.stabilizationWindowSeconds * 1000;
  const stable = stabilized(wish, upMs, downMs, past);
  note(wish, past, Math.max(upMs, downMs));
  const able = stable === wish.desired ? READY : wish.desired >= wish.current ? UP_STABILIZED : DOWN_STABILIZED;
  return { able, ...atRate({ ...wish, desired: stable }, scaleUp, scaleDown, past) };
}

/** Between the lowest recent wish, before going up, and the highest recent wish, before going down. */
function stabilized({ current, desired, nowMs }: Wish, upMs: number, downMs: number, past: Past): number {
  const since = (ms: number) => past.recommendations.filter(({ atMs }) => atMs > nowMs - ms).map(({ replicas }) => replicas);
  const lowest = Math.min(desired, ...since(upMs));
  const highest = Math.max(desired, ...since(downMs));
  return Math.min(Math.max(current, lowest), highest);
}

function note({ desired, nowMs }: Wish, past: Past, keptMs: number): void {
  past.recommendations = [...past.recommendations.filter(({ atMs }) => atMs > nowMs - keptMs), { atMs: nowMs, replicas: desired }];
}

function atRate(wish: Wish, up: ScalingRules, down: ScalingRules, past: Past): Pick<Normalized, 'replicas' | 'limited'> {
  const { current, desired, min, max } = wish;
  if (desired > current) {
    const rate = Math.max(current, upLimit(wish, up, past));
    const limit = Math.min(max, rate);
    if (desired > limit) return { replicas: limit, limited: max > rate ? UP_LIMIT : TOO_MANY };
  } else if (desired < current) {
    const rate = Math.min(current, downLimit(wish, down, past));
    const limit = Math.max(min, rate);
    if (desired < limit) return { replicas: limit, limited: min < rate ? DOWN_LIMIT : TOO_FEW };
  }
  return { replicas: desired, limited: WITHIN };
}

/** How many replicas there were when the period of a policy began. */
function atPeriodStart({ current, nowMs }: Wish, { periodSeconds }: ScalingPolicy, { added, removed }: Past): number {
  const recent = (changes: readonly ScaleChange[]) =>
    changes.filter(({ atMs }) => atMs > nowMs - periodSeconds * 1000).reduce((sum, { count }) => sum + count, 0);
  return current - recent(added) + recent(removed);
}

function upLimit(wish: Wish, { selectPolicy, policies = [] }: ScalingRules, past: Past): number {
  if (selectPolicy === 'Disabled') return wish.current;
  const limits = policies.map((policy) => {
    const start = atPeriodStart(wish, policy, past);
    return policy.type === 'Pods' ? start + policy.value : Math.ceil(start * (1 + policy.value / 100));
  });
  return selectPolicy === 'Min' ? Math.min(INT32_MAX, ...limits) : Math.max(0, ...limits);
}

function downLimit(wish: Wish, { selectPolicy, policies = [] }: ScalingRules, past: Past): number {
  if (selectPolicy === 'Disabled') return wish.current;
  const limits = policies.map((policy) => {
    const start = atPeriodStart(wish, policy, past);
    return policy.type === 'Pods' ? start - policy.value : Math.trunc(start * (1 - policy.value / 100));
  });
  // The smallest change leaves the most.
  return selectPolicy === 'Min' ? Math.max(0, ...limits) : Math.min(INT32_MAX, ...limits);
}

/** Remembers a change of scale for as long as the rules look back. */
export function noteScale(
  past: Past,
  before: number,
  after: number,
  behavior: HorizontalPodAutoscaler['spec']['behavior'],
  nowMs: number,
): void {
  const longest = (rules: ScalingRules | undefined) =>
    Math.max(0, ...(rules?.policies ?? []).map(({ periodSeconds }) => periodSeconds)) * 1000;
  const recent = (changes: readonly ScaleChange[], ms: number) => changes.filter(({ atMs }) => atMs > nowMs - ms);
  if (!behavior) return;
  const keptMs = Math.max(longest(behavior.scaleUp), longest(behavior.scaleDown));
  if (after > before) past.added = [...recent(past.added, keptMs), { atMs: nowMs, count: after - before }];
  else past.removed = [...recent(past.removed, keptMs), { atMs: nowMs, count: before - after }];
}
