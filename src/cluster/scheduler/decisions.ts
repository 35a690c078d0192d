// Why a pod went where it went. A decision is kept as a few numbers; what every node said is worked out again, by the same plugins,
// from the world as it stood then, when somebody asks.
import type { Node } from '../../kube/kinds/node.ts';
import type { Pod } from '../../kube/kinds/pod.ts';
import type { Key, Snapshot } from '../../kube/meta.ts';
import { ClusterState } from './clusterState.ts';
import { findFeasible, scoreNodes } from './evaluate.ts';

/** Why one node was or was not taken for a pod. */
export interface NodeVerdict {
  readonly nodeName: string;
  /** The filter plugin that said no, and its sentence; undefined when the node passed. */
  readonly rejectedBy?: { readonly plugin: string; readonly reason: string };
  /** Weighted points per score plugin, when the node was scored. */
  readonly scores?: Readonly<Record<string, number>>;
  readonly total?: number;
}

/** One decision of the scheduler about one pod. */
export interface Decision {
  readonly atMs: number;
  /** The last change the decision could see. */
  readonly seq: number;
  readonly podKey: Key;
  /** The node taken, or undefined when none fits. */
  readonly nodeName: string | undefined;
  /** Kubernetes' sentence when no node fits. */
  readonly message: string | undefined;
  /** The nodes that were looked at. Worked out when read. */
  readonly verdicts: readonly NodeVerdict[];
}

interface Taken {
  readonly atMs: number;
  readonly seq: number;
  readonly podKey: Key;
  readonly startIndex: number;
  readonly nodeName: string | undefined;
  readonly message: string | undefined;
}

/** Worlds of the past that are kept built, for a pod's decisions are asked about again and again. */
const WORLDS_MAX = 2;

export class Decisions {
  private readonly taken: Taken[] = [];
  /** The first `indexedCount` decisions by pod; made only when somebody asks. */
  private readonly byPod = new Map<Key, Decision[]>();
  private indexedCount = 0;
  private readonly worlds = new Map<number, ClusterState>();
  private readonly viewAtSeq: (seq: number, atMs: number) => Snapshot;

  constructor(viewAtSeq: (seq: number, atMs: number) => Snapshot) {
    this.viewAtSeq = viewAtSeq;
  }

  get count(): number {
    return this.taken.length;
  }

  add(taken: Taken): void {
    this.taken.push(taken);
  }

  of(podKey: Key): readonly Decision[] {
    for (; this.indexedCount < this.taken.length; this.indexedCount++) {
      const taken = this.taken[this.indexedCount] as Taken;
      const list = this.byPod.get(taken.podKey);
      if (list) list.push(this.explained(taken));
      else this.byPod.set(taken.podKey, [this.explained(taken)]);
    }
    return this.byPod.get(podKey) ?? [];
  }

  /** Forgets all but the first `count`. */
  cutAfter(count: number): void {
    this.taken.length = count;
    this.byPod.clear();
    this.indexedCount = 0;
    this.worlds.clear();
  }

  private explained(taken: Taken): Decision {
    let verdicts: readonly NodeVerdict[] | undefined;
    const { atMs, seq, podKey, nodeName, message } = taken;
    const read = () => (verdicts ??= this.verdictsOf(taken));
    return {
      atMs,
      seq,
      podKey,
      nodeName,
      message,
      get verdicts() {
        return read();
      },
    };
  }

  private verdictsOf({ podKey, seq, atMs, startIndex }: Taken): NodeVerdict[] {
    const view = this.viewAtSeq(seq, atMs);
    const pod = view.get('Pod', podKey) as Pod | undefined;
    if (!pod) return [];
    const cluster = this.worldAt(view);
    const incoming = { key: podKey, template: cluster.templates.of(pod) };
    const { feasible, rejected } = findFeasible(incoming, cluster, startIndex, pod.status.nominatedNodeName);
    const scores = feasible.length > 1 ? scoreNodes(incoming, cluster, feasible) : [];
    const passed = feasible.map((node, i): NodeVerdict => {
      if (scores.length === 0) return { nodeName: node.name };
      const points = Object.fromEntries(scores.map(({ plugin, points }) => [plugin, points[i] as number]));
      return { nodeName: node.name, scores: points, total: Object.values(points).reduce((sum, each) => sum + each, 0) };
    });
    const failed = rejected.map(({ node, rejection }): NodeVerdict => {
      return { nodeName: node.name, rejectedBy: { plugin: rejection.plugin, reason: rejection.reasons.join(', ') } };
    });
    const order = new Map(cluster.list().map(({ name }, i) => [name, i]));
    return [...passed, ...failed].sort((a, b) => (order.get(a.nodeName) ?? 0) - (order.get(b.nodeName) ?? 0));
  }

  private worldAt(view: Snapshot): ClusterState {
    let world = this.worlds.get(view.seq);
    if (world) return world;
    const objects = {
      get: (kind: string, key: Key) => view.get(kind, key),
      list: (kind: string, namespace?: string) =>
        namespace === undefined ? view.list(kind) : view.list(kind).filter((object) => object.metadata.namespace === namespace),
    };
    world = ClusterState.from(objects, view.list('Node') as readonly Node[], view.list('Pod') as readonly Pod[]);
    if (this.worlds.size >= WORLDS_MAX) this.worlds.delete(this.worlds.keys().next().value as number);
    this.worlds.set(view.seq, world);
    return world;
  }
}
