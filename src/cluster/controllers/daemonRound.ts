// A DaemonSet, its nodes and its pods as one reconcile sees them, and what it wants done. Pure functions.
// Models getNodesToDaemonPods of pkg/controller/daemon/daemon_controller.go.
import { type DaemonSet, daemonNodeName } from '../../kube/kinds/daemonSet.ts';
import type { Node } from '../../kube/kinds/node.ts';
import { isPodTerminal, type Pod } from '../../kube/kinds/pod.ts';
import { isLeaving, judgeOf } from './daemonPods.ts';

/** A node and the daemons that are on it or wait for it. */
export interface Place {
  readonly nodeName: string;
  readonly shouldRun: boolean;
  readonly mayStay: boolean;
  readonly pods: readonly Pod[];
}

/** A set, its nodes and its pods as one reconcile sees them. */
export interface Round {
  readonly set: DaemonSet;
  /** In the order of the nodes. */
  readonly places: readonly Place[];
  /** Daemons on nodes that are gone. */
  readonly lost: readonly Pod[];
  /** Of today's template. */
  readonly hash: string;
}

/** What one round wants done. */
export interface Work {
  readonly nodeNames: readonly string[];
  readonly toDelete: readonly Pod[];
}

export function roundOf(set: DaemonSet, pods: readonly Pod[], hash: string, nodes: readonly Node[]): Round {
  const podsOf = byNode(pods);
  const judge = judgeOf(set);
  let found = 0;
  const places = nodes.map((node): Place => {
    const there = podsOf.get(node.metadata.name);
    if (there) found++;
    return { nodeName: node.metadata.name, ...judge(node), pods: there ?? [] };
  });
  if (found === podsOf.size) return { set, places, lost: [], hash };
  const known = new Set(places.map(({ nodeName }) => nodeName));
  return { set, places, lost: [...podsOf].flatMap(([name, there]) => (known.has(name) ? [] : there)), hash };
}

/** Daemons by node. Those that have ended and are being deleted count no more. */
export function byNode(pods: readonly Pod[]): ReadonlyMap<string, readonly Pod[]> {
  const podsOf = new Map<string, Pod[]>();
  for (const pod of pods) {
    const name = daemonNodeName(pod);
    if (name === '' || (isPodTerminal(pod) && isLeaving(pod))) continue;
    const there = podsOf.get(name);
    if (there) there.push(pod);
    else podsOf.set(name, [pod]);
  }
  return podsOf;
}
