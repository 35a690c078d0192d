// The scheduler's picture of the cluster: every node with its pods, the order in which nodes are tried, and running counts.
// It is fed change by change while the world runs, or built at once from a view of the past, to explain an old decision.
// Models pkg/scheduler/backend/cache (cache.go, snapshot.go, node_tree.go), without assumed pods: binding is one step here.
import type { Node } from '../../kube/kinds/node.ts';
import { isPodTerminal, type Pod } from '../../kube/kinds/pod.ts';
import { type Key, type KubeObject, keyOf } from '../../kube/meta.ts';
import { NodeState, type PlacedPod } from './nodeState.ts';
import { DomainCounts, PodCounter } from './podCounter.ts';
import { isAlike, type PodTemplate, PodTemplates } from './podTemplate.ts';

/** The objects beside nodes and pods that plugins look at. */
export interface ObjectSource {
  get(kind: string, key: Key): KubeObject | undefined;
  /** All of a kind, or those of one namespace. */
  list(kind: string, namespace?: string): readonly KubeObject[];
}

/** Counters that no pod asked for lately are dropped beyond this many. */
const COUNTERS_MAX = 256;

export class ClusterState {
  readonly objects: ObjectSource;
  readonly templates = new PodTemplates();
  readonly nodes = new Map<string, NodeState>();
  /** Pods that have affinity rules of their own, counted by template. */
  readonly affineTemplates = new Map<PodTemplate, PodCounter>();
  /** Waiting pods that were promised room on a node by preemption. */
  readonly nominated = new Map<string, Map<Key, PodTemplate>>();
  /** Templates whose results by node are kept, oldest first. */
  readonly cachedTemplates: PodTemplate[] = [];
  /** Off only to prove that keeping results changes none. */
  isCaching = true;
  /** Grows when a node comes, goes, or changes its labels, taints or readiness to take pods. */
  nodesVersion = 0;
  /** Grows when the images change that nodes have. */
  imagesVersion = 0;
  /** Grows when an object changes that plugins read from `objects`. */
  objectsVersion = 0;
  /** Grows when a counter is dropped, so that nobody goes on reading it. */
  countersVersion = 0;
  /** Pods whose node is chosen and that are not bound yet: they take their room already. */
  private readonly assumed = new Map<Key, string>();
  private readonly counters = new Map<string, PodCounter>();
  private order: NodeState[] | undefined;
  private version = 0;
  /** How many slots were given to nodes so far. */
  slotCount = 0;

  constructor(objects: ObjectSource) {
    this.objects = objects;
  }

  static from(objects: ObjectSource, nodes: readonly Node[], pods: readonly Pod[]): ClusterState {
    const state = new ClusterState(objects);
    for (const node of nodes) state.setNode(undefined, node);
    for (const pod of pods) state.setPod(undefined, pod);
    return state;
  }

  /** All nodes, one zone after another in turn, so that nodes looked at in a row are spread over the zones. */
  list(): readonly NodeState[] {
    this.order ??= interleaved([...this.nodes.values()].filter(({ node }) => node).sort(isOlder));
    return this.order;
  }

  setNode(before: Node | undefined, after: Node | undefined): void {
    const name = (after ?? before)?.metadata.name ?? '';
    const state = this.nodeNamed(name);
    if (before && after && isSameForPods(before, after)) {
      state.node = after;
      return;
    }
    if (before?.status.images !== after?.status.images) this.imagesVersion++;
    state.setNode(after);
    state.version = ++this.version;
    if (!after && state.pods.size === 0) this.nodes.delete(name);
    if (before && after && before.metadata.labels === after.metadata.labels && before.spec === after.spec) return;
    this.nodesVersion++;
    this.order = undefined;
  }

  /** Takes note of a change to a pod. Returns the template of the pod, when it is or was on a node. */
  setPod(before: Pod | undefined, after: Pod | undefined): void {
    if (this.assumed.size > 0) {
      const key = keyOf((after ?? before) as Pod);
      if (this.assumed.has(key)) {
        if (after && !isPlaced(after) && !isPodTerminal(after) && before?.metadata.uid === after.metadata.uid) return;
        this.forget(key);
      }
    }
    if (before && after && before.spec === after.spec && isSamePlace(before, after)) return;
    if (before && isPlaced(before)) this.removePod(before.spec.nodeName as string, keyOf(before));
    if (after && isPlaced(after)) {
      const template = this.templates.of(after);
      this.addPod(after.spec.nodeName as string, { key: keyOf(after), template, isTerminating: isTerminating(after) });
    }
    this.nominate(before, -1);
    this.nominate(after, 1);
  }

  /** Gives a pod its room before it is bound. */
  assume(pod: Pod, nodeName: string): void {
    const key = keyOf(pod);
    this.nominate(pod, -1);
    this.assumed.set(key, nodeName);
    this.addPod(nodeName, { key, template: this.templates.of(pod), isTerminating: false });
  }

  /** Takes the room of an assumed pod back. */
  forget(key: Key): void {
    const nodeName = this.assumed.get(key);
    if (nodeName === undefined) return;
    this.assumed.delete(key);
    this.removePod(nodeName, key);
  }

  addPod(nodeName: string, pod: PlacedPod): void {
    const node = this.nodeNamed(nodeName);
    node.add(pod);
    node.version = ++this.version;
    this.countPod(node, pod, 1);
  }

  removePod(nodeName: string, key: Key): PlacedPod | undefined {
    const node = this.nodes.get(nodeName);
    const pod = node?.remove(key);
    if (!node || !pod) return undefined;
    node.version = ++this.version;
    this.countPod(node, pod, -1);
    if (!node.node && node.pods.size === 0) this.nodes.delete(nodeName);
    return pod;
  }

  /** The running count of pods that `chooses` picks; `id` says what it picks. */
  counter(id: string, chooses: (template: PodTemplate) => boolean, countsTerminating = false): PodCounter {
    let counter = this.counters.get(id);
    if (counter) return counter;
    if (this.counters.size >= COUNTERS_MAX) {
      this.counters.delete(this.counters.keys().next().value as string);
      this.countersVersion++;
    }
    counter = new PodCounter(chooses, countsTerminating);
    for (const node of this.nodes.values()) for (const pod of node.pods.values()) counter.add(node, pod, 1);
    this.counters.set(id, counter);
    return counter;
  }

  /** The counts of `counter` by domain of a topology key, over the nodes that are eligible; `id` says which those are. */
  domains(counter: PodCounter, topologyKey: string, id = '', isEligible: (node: NodeState) => boolean = () => true): DomainCounts {
    const name = `${topologyKey} ${id}`;
    let domains = counter.domains.get(name);
    if (!domains) counter.domains.set(name, (domains = new DomainCounts(topologyKey, isEligible)));
    if (domains.nodesVersion !== this.nodesVersion) domains.rebuild(this.list(), counter.counts, this.nodesVersion);
    return domains;
  }

  private nodeNamed(name: string): NodeState {
    let state = this.nodes.get(name);
    if (!state) this.nodes.set(name, (state = new NodeState(name, this.slotCount++)));
    return state;
  }

  private countPod(node: NodeState, pod: PlacedPod, sign: 1 | -1): void {
    for (const counter of this.counters.values()) counter.add(node, pod, sign);
    if (!pod.template.affinity) return;
    let affine = this.affineTemplates.get(pod.template);
    if (!affine) this.affineTemplates.set(pod.template, (affine = new PodCounter((template) => template === pod.template, true)));
    affine.add(node, pod, sign);
    affine.total += sign;
    if (affine.total === 0) this.affineTemplates.delete(pod.template);
  }

  private nominate(pod: Pod | undefined, sign: 1 | -1): void {
    const nodeName = pod?.status.nominatedNodeName;
    if (!pod || !nodeName || pod.spec.nodeName || isPodTerminal(pod)) return;
    const key = keyOf(pod);
    const nominated = this.nominated.get(nodeName) ?? new Map<Key, PodTemplate>();
    if (sign > 0) nominated.set(key, this.templates.of(pod));
    else nominated.delete(key);
    if (nominated.size > 0) this.nominated.set(nodeName, nominated);
    else this.nominated.delete(nodeName);
  }
}

/** Whether two states of a node, which tells of itself every few seconds, are one to all plugins. */
function isSameForPods(before: Node, after: Node): boolean {
  return (
    before.spec === after.spec &&
    before.metadata.labels === after.metadata.labels &&
    before.status.allocatable === after.status.allocatable &&
    before.status.images === after.status.images
  );
}

/** Whether the pod takes room on a node: it is bound and has not finished. */
export function isPlaced(pod: Pod): boolean {
  return pod.spec.nodeName !== undefined && pod.spec.nodeName !== '' && !isPodTerminal(pod);
}

function isTerminating(pod: Pod): boolean {
  return pod.metadata.deletionTimestamp !== undefined;
}

function isSamePlace(before: Pod, after: Pod): boolean {
  return (
    isTerminating(before) === isTerminating(after) &&
    isPodTerminal(before) === isPodTerminal(after) &&
    before.status.nominatedNodeName === after.status.nominatedNodeName &&
    (before.metadata.labels === after.metadata.labels || isAlike(before, after))
  );
}

/** Uids are counters, so this is the order of creation, whatever the order in which the nodes were read. */
const isOlder = (a: NodeState, b: NodeState) => ((a.node?.metadata.uid ?? '') < (b.node?.metadata.uid ?? '') ? -1 : 1);

const ZONE = 'topology.kubernetes.io/zone';
const REGION = 'topology.kubernetes.io/region';

/** Models node_tree.go: the first node of every zone, then the second of every zone, and so on. */
function interleaved(nodes: readonly NodeState[]): NodeState[] {
  const zones = new Map<string, NodeState[]>();
  for (const state of nodes) {
    const labels = state.node?.metadata.labels;
    const zone = `${labels?.[REGION] ?? ''}:${labels?.[ZONE] ?? ''}`;
    const list = zones.get(zone);
    if (list) list.push(state);
    else zones.set(zone, [state]);
  }
  if (zones.size <= 1) return [...nodes];
  const order: NodeState[] = [];
  for (let i = 0; order.length < nodes.length; i++) {
    for (const list of zones.values()) if (i < list.length) order.push(list[i] as NodeState);
  }
  return order;
}
