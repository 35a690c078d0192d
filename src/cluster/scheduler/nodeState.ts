// What the scheduler keeps of one node: the pods on it and the sums that plugins ask for, brought up to date with every change.
// Models framework.NodeInfo in pkg/scheduler/framework/types.go.
import type { HostPort } from '../../kube/hostPorts.ts';
import type { Node } from '../../kube/kinds/node.ts';
import type { Key } from '../../kube/meta.ts';
import { valueOf } from '../../kube/quantity.ts';
import type { PodTemplate } from './podTemplate.ts';
import { type Resources, resourcesOf } from './resources.ts';

/** A pod that takes room on a node. */
export interface PlacedPod {
  readonly key: Key;
  readonly template: PodTemplate;
  readonly isTerminating: boolean;
}

export class NodeState {
  readonly name: string;
  /** A small number that is this node's own for as long as the scheduler lives. */
  readonly slot: number;
  /** Undefined while pods are bound to a node that has no Node object. */
  node: Node | undefined;
  /** Grows with every change; never the same for two states of any node. */
  version = 0;
  allocatable: Resources = resourcesOf(undefined);
  podCountMax = 0;
  readonly pods = new Map<Key, PlacedPod>();
  milliCPU = 0;
  memory = 0;
  ephemeralStorage = 0;
  readonly others = new Map<string, number>();
  nonZeroMilliCPU = 0;
  nonZeroMemory = 0;
  readonly hostPorts: HostPort[] = [];
  /** How many pods there are of each priority. */
  readonly priorities = new Map<number, number>();

  constructor(name: string, slot: number) {
    this.name = name;
    this.slot = slot;
  }

  setNode(node: Node | undefined): void {
    const before = this.node?.status.allocatable;
    this.node = node;
    if (node?.status.allocatable === before) return;
    this.allocatable = resourcesOf(node?.status.allocatable);
    this.podCountMax = valueOf(node?.status.allocatable?.['pods']);
  }

  add(pod: PlacedPod): void {
    this.pods.set(pod.key, pod);
    this.account(pod.template, 1);
    for (const port of pod.template.hostPorts) this.hostPorts.push(port);
  }

  remove(key: Key): PlacedPod | undefined {
    const pod = this.pods.get(key);
    if (!pod) return undefined;
    this.pods.delete(key);
    this.account(pod.template, -1);
    for (const port of pod.template.hostPorts) this.hostPorts.splice(this.hostPorts.indexOf(port), 1);
    return pod;
  }

  /** The lowest priority of a pod here; Infinity when there is none. */
  get priorityMin(): number {
    let min = Number.POSITIVE_INFINITY;
    for (const priority of this.priorities.keys()) if (priority < min) min = priority;
    return min;
  }

  private account({ requests, nonZero, priority }: PodTemplate, sign: 1 | -1): void {
    this.milliCPU += sign * requests.milliCPU;
    this.memory += sign * requests.memory;
    this.ephemeralStorage += sign * requests.ephemeralStorage;
    if (requests.others) for (const [name, amount] of requests.others) this.others.set(name, (this.others.get(name) ?? 0) + sign * amount);
    this.nonZeroMilliCPU += sign * nonZero.milliCPU;
    this.nonZeroMemory += sign * nonZero.memory;
    const count = (this.priorities.get(priority) ?? 0) + sign;
    if (count > 0) this.priorities.set(priority, count);
    else this.priorities.delete(priority);
  }
}
