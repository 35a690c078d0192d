// The rolling update of a DaemonSet: which old daemons go now, and on which nodes a new one comes beside an old one.
// Models rollingUpdate of pkg/controller/daemon/update.go. Pure functions.
//
//   without surge: old and not available ─▶ delete      old ─▶ delete, as long as no more than maxUnavailable nodes lack a daemon
//   with surge:    old and not available ─▶ new beside  old ─▶ new beside it, on maxSurge nodes at once      new available ─▶ delete old
import type { DaemonSet } from '../../kube/kinds/daemonSet.ts';
import type { Pod } from '../../kube/kinds/pod.ts';
import { availableAtMs, isLeaving, isUpdated } from './daemonPods.ts';
import { byNode, type Round, type Work } from './daemonRound.ts';
import { scaled } from './rollout.ts';

export function rollingUpdate(round: Round, nowMs: number): Work {
  const wanted = round.places.filter(({ shouldRun }) => shouldRun).length;
  const surge = surgeOf(round.set, wanted);
  if (surge > 0) return replaceWithSurge(round, surge, wanted, nowMs);
  // Nothing at all could move if neither were allowed.
  return replaceInPlace(round, unavailableOf(round.set, wanted) || 1, nowMs);
}

/** How many nodes may have two daemons at once. */
export function surgeOf({ spec: { updateStrategy } }: DaemonSet, wanted: number): number {
  return updateStrategy.type === 'RollingUpdate' ? scaled(updateStrategy.rollingUpdate?.maxSurge, wanted, Math.ceil) : 0;
}

function unavailableOf({ spec: { updateStrategy } }: DaemonSet, wanted: number): number {
  return scaled(updateStrategy.rollingUpdate?.maxUnavailable, wanted, Math.ceil);
}

/** The old and the new daemon of a node; undefined where it has more than one of a sort, which are pruned first. */
function pairOf(pods: readonly Pod[], { set, hash }: Round): { readonly old?: Pod; readonly fresh?: Pod } | undefined {
  const live = pods.filter((pod) => !isLeaving(pod));
  const [fresh, ...otherFresh] = live.filter((pod) => isUpdated(pod, set, hash));
  const [old, ...otherOld] = live.filter((pod) => !isUpdated(pod, set, hash));
  if (otherFresh.length + otherOld.length > 0) return undefined;
  return { ...(old ? { old } : {}), ...(fresh ? { fresh } : {}) };
}

/** Deletes old daemons: those that are not available at once, others as long as no more than `limit` nodes lack one. */
function replaceInPlace(round: Round, limit: number, nowMs: number): Work {
  const isAvailable = (pod: Pod) => availableAtMs(pod, round.set) <= nowMs;
  const spots = round.places.filter(({ shouldRun, pods }) => shouldRun || pods.length > 0).map(({ pods }) => pods);
  let missing = 0;
  const broken: Pod[] = [];
  const candidates: Pod[] = [];
  for (const pods of [...spots, ...byNode(round.lost).values()]) {
    const pair = pairOf(pods, round);
    const { old, fresh } = pair ?? {};
    if (Boolean(old) === Boolean(fresh)) missing++;
    else if (fresh) missing += isAvailable(fresh) ? 0 : 1;
    else if (old && isAvailable(old)) candidates.push(old);
    else if (old) {
      broken.push(old);
      missing++;
    }
  }
  return { nodeNames: [], toDelete: [...broken, ...candidates.slice(0, Math.max(0, limit - missing))] };
}

/**
 * Puts new daemons beside old ones, on no more than `limit` nodes at once, and deletes each old one when its successor is available. Old
 * ones on nodes that should have none stay until as many as are wanted are available elsewhere.
 */
function replaceWithSurge(round: Round, limit: number, wanted: number, nowMs: number): Work {
  const isAvailable = (pod: Pod) => availableAtMs(pod, round.set) <= nowMs;
  let surging = 0;
  let available = 0;
  const toDelete: Pod[] = [];
  const dismissed: Pod[] = [];
  const urgent: string[] = [];
  const candidates: string[] = [];
  for (const { nodeName, shouldRun, pods } of round.places) {
    const pair = pairOf(pods, round);
    if (!pair) surging++;
    const { old, fresh } = pair ?? {};
    const standing = old ?? fresh;
    if (standing && isAvailable(standing)) available++;
    if (!old) continue;
    if (fresh) {
      if (isAvailable(fresh)) toDelete.push(old);
      else surging++;
    } else if (!shouldRun) (isAvailable(old) ? dismissed : toDelete).push(old);
    else (isAvailable(old) ? candidates : urgent).push(nodeName);
  }
  return {
    nodeNames: [...urgent, ...candidates.slice(0, Math.max(0, limit - surging))],
    toDelete: [...toDelete, ...dismissed.slice(0, Math.max(0, available - wanted))],
  };
}
