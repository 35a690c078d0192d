// Nodes and pods for the scheduler's tests: short to write, complete enough to be filtered and scored.
import type { Node } from '../../kube/kinds/node.ts';
import type { Pod } from '../../kube/kinds/pod.ts';
import type { Key, KubeObject } from '../../kube/meta.ts';
import { keyOf } from '../../kube/meta.ts';
import { ClusterState } from './clusterState.ts';
import { findFeasible, scoreNodes } from './evaluate.ts';

let uidCount = 0;
const nextUid = () => String(++uidCount).padStart(8, '0');

type NodeParts = { readonly labels?: Record<string, string>; readonly cpu?: string; readonly memory?: string; readonly pods?: string };

export function node(name: string, parts: NodeParts & Partial<Pick<Node, 'spec'>> = {}): Node {
  const { labels, cpu = '4', memory = '8Gi', pods = '110', spec = {} } = parts;
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, uid: nextUid(), labels: { 'kubernetes.io/hostname': name, ...labels } },
    spec,
    status: { allocatable: { cpu, memory, pods } },
  };
}

type PodParts = {
  readonly labels?: Record<string, string>;
  readonly requests?: Record<string, string>;
  readonly spec?: Partial<Pod['spec']>;
};

export function pod(name: string, { labels, requests, spec }: PodParts = {}): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default', uid: nextUid(), ...(labels ? { labels } : {}) },
    spec: {
      schedulerName: 'default-scheduler',
      containers: [{ name: 'web', image: 'nginx', ...(requests ? { resources: { requests } } : {}) }],
      ...spec,
    },
    status: {},
  };
}

/** The cluster of these nodes and pods, and of other objects that plugins read. */
export function clusterOf(nodes: readonly Node[], pods: readonly Pod[] = [], others: readonly KubeObject[] = []): ClusterState {
  const byKey = new Map<Key, KubeObject>(others.map((object) => [keyOf(object), object]));
  const list = (kind: string, namespace?: string) =>
    others.filter((object) => object.kind === kind && (namespace === undefined || object.metadata.namespace === namespace));
  return ClusterState.from({ get: (_kind, key) => byKey.get(key), list }, nodes, pods);
}

/** What each node says of the pod: the reasons against it, or its points by plugin. */
export function answers(incoming: Pod, cluster: ClusterState): Record<string, string | Record<string, number>> {
  const asked = { key: keyOf(incoming), template: cluster.templates.of(incoming) };
  const { feasible, rejected, rejection } = findFeasible(asked, cluster, 0);
  if (rejection) return { '*': rejection.reasons.join(', ') };
  const scores = scoreNodes(asked, cluster, feasible);
  const result: Record<string, string | Record<string, number>> = {};
  for (const each of rejected) result[each.node.name] = each.rejection.reasons.join(', ');
  for (const [i, each] of feasible.entries()) {
    result[each.name] = Object.fromEntries(scores.map(({ plugin, points }) => [plugin, points[i] as number]));
  }
  return result;
}
