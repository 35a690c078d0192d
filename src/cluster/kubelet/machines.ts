// The machines of a cluster as their kubelets speak for them: registered, silent, speaking again, gone.
//
//   add ─▶ speaks ◀─ recover ─ fail ─▶ silent: no heartbeats, while its containers run on          remove ─▶ gone for ever
//
// Models pkg/kubelet/kubelet_node_status.go.
import { ApiError } from '../../kube/errors.ts';
import type { Node } from '../../kube/kinds/node.ts';
import type { Pod } from '../../kube/kinds/pod.ts';
import { type Change, toTimestamp } from '../../kube/meta.ts';
import type { Machine } from '../intents.ts';
import type { PartContext } from '../part.ts';
import { adoption } from './late.ts';
import { ACTOR, type NewsTeller, nodeNews } from './news.ts';
import { nodeConditions, nodeObject } from './nodeObject.ts';
import { beginNodeWork, type NodeWork } from './work.ts';
import type { Workers } from './workers.ts';

export class Machines {
  private readonly ctx: PartContext;
  private readonly workers: Workers;
  private readonly news: NewsTeller;

  constructor(ctx: PartContext, workers: Workers, news: NewsTeller) {
    this.ctx = ctx;
    this.workers = workers;
    this.news = news;
  }

  /** Creates its Node, or takes the one that is there, and starts its heartbeats. */
  add(machine: Machine): void {
    const { api, leases, sim } = this.ctx;
    const index = ++this.workers.nodeCount;
    const node = beginNodeWork(machine.name, index, `10.0.${index >> 8}.${index & 255}`, this.tickMs());
    this.workers.nodes.set(machine.name, node);
    const object = nodeObject(machine, node.ip, sim.seed, toTimestamp(sim.nowMs));
    api.act(ACTOR, undefined, () => {
      const old = api.get<Node>('Node', undefined, machine.name);
      if (old) api.updateStatus<Node>({ ...old, status: object.status });
      else api.create(object);
    });
    leases.start(machine.name, sim.nowMs);
  }

  /** Becomes the kubelet of all Nodes that are there; a step for each. */
  *takeOver(): Generator<void> {
    const { api, leases, sim } = this.ctx;
    const { adoptNode, silentSinceMs } = adoption.get();
    const addresses = new Set(api.list<Pod>('Pod').flatMap(({ status }) => status.podIP ?? []));
    for (const object of api.list<Node>('Node')) {
      const node = adoptNode(object, () => ++this.workers.nodeCount, addresses, this.tickMs());
      this.workers.nodes.set(node.name, node);
      if (node.isSilent) leases.adoptSilent(node.name, silentSinceMs(object, sim.nowMs));
      else leases.start(node.name, sim.nowMs);
      yield;
    }
  }

  private tickMs(): number {
    return this.ctx.sim.random('kubelet/tick').below(1000);
  }

  fail(name: string): void {
    const node = this.mustFind(name);
    node.isSilent = true;
    this.ctx.leases.stop(name, this.ctx.sim.nowMs);
  }

  /** Speaks again, and lets `resync` look at its pods and at what it is short of. */
  recover(name: string, resync: (node: NodeWork) => void): void {
    const { api, leases, sim } = this.ctx;
    const node = this.mustFind(name);
    if (!node.isSilent) return;
    node.isSilent = false;
    leases.start(name, sim.nowMs);
    api.act(ACTOR, undefined, () => {
      const now = toTimestamp(sim.nowMs);
      const old = api.get<Node>('Node', undefined, name);
      if (old) {
        const own = nodeConditions(now, now);
        const others = (old.status.conditions ?? []).filter(({ type }) => !own.some((condition) => condition.type === type));
        api.updateStatus<Node>({ ...old, status: { ...old.status, conditions: [...others, ...own] } });
      }
      this.news.tell(nodeNews(name, 'NodeReady', undefined));
      resync(node);
    });
  }

  remove(name: string): void {
    const node = this.workers.nodes.get(name);
    if (!node) throw notFound(name);
    node.isGone = true;
    node.isSilent = true;
    this.ctx.leases.stop(name, this.ctx.sim.nowMs);
  }

  /** Its Node was changed or deleted. */
  onNode({ before, after, seq }: Change): void {
    const node = this.workers.nodes.get((after ?? before)?.metadata.name ?? '');
    if (!node) return;
    if (!after) {
      node.isGone = true;
      this.ctx.leases.stop(node.name, this.ctx.sim.nowMs);
      return;
    }
    const isOff = (after as Node).spec.unschedulable ?? false;
    if (!before || isOff === ((before as Node).spec.unschedulable ?? false) || node.isSilent) return;
    this.news.tellSoon(nodeNews(node.name, isOff ? 'NodeNotSchedulable' : 'NodeSchedulable', seq));
  }

  private mustFind(name: string): NodeWork {
    const node = this.workers.nodes.get(name);
    if (!node || node.isGone) throw notFound(name);
    return node;
  }
}

function notFound(name: string): ApiError {
  return new ApiError('NotFound', `nodes "${name}" not found`);
}
