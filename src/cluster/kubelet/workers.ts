// The pods and machines that the kubelets know, and who acts on a pod: made anew for each stage, of whichever kind the pod is.
import type { Pod } from '../../kube/kinds/pod.ts';
import type { KubeletRuntime } from '../intents.ts';
import type { PartContext } from '../part.ts';
import { LiveWorker } from './liveWorker.ts';
import { Neighbourhood, type SavedNeighbourhood } from './neighbourhood.ts';
import { newLife } from './podLife.ts';
import { PodWorker } from './podWorker.ts';
import { copyPodWork, type NodeWork, type PodWork } from './work.ts';

export interface SavedWorkers {
  readonly runtime: KubeletRuntime;
  readonly nodeCount: number;
  readonly nodes: readonly NodeWork[];
  readonly pods: readonly PodWork[];
  readonly neighbourhood: SavedNeighbourhood;
}

export class Workers {
  runtime: KubeletRuntime;
  /** All machines that ever registered: it makes their addresses. */
  nodeCount = 0;
  nodes = new Map<string, NodeWork>();
  /** By uid: a pod of the same name is another pod. */
  pods = new Map<string, PodWork>();
  private readonly ctx: PartContext;
  /** Where an address was found last; checked before it is believed. */
  private readonly byIP = new Map<string, PodWork>();
  private readonly neighbourhood = new Neighbourhood((ip) => this.liveAt(ip));

  constructor(ctx: PartContext, runtime: KubeletRuntime) {
    this.ctx = ctx;
    this.runtime = runtime;
  }

  workerFor(work: PodWork, cause: number | undefined): PodWorker | undefined {
    const node = this.nodes.get(work.nodeName);
    const pod = this.ctx.api.getByKey<Pod>(work.key);
    if (!node || !pod || pod.metadata.uid !== work.uid) return undefined;
    // Whether its containers run for real is settled when the pod comes to its machine.
    if (!work.hasBegun && this.runtime.scripts) work.life ??= newLife();
    if (work.life) return new LiveWorker(this.ctx, this.runtime, work, node, pod, cause, this.neighbourhood);
    return new PodWorker(this.ctx, this.runtime, work, node, pod, cause);
  }

  liveOn(nodeName: string): readonly LiveWorker[] {
    return this.ctx.api.podsOnNode(nodeName).flatMap(({ metadata }) => {
      const work = this.pods.get(metadata.uid ?? '');
      const worker = work?.life && !work.phase ? this.workerFor(work, undefined) : undefined;
      return worker instanceof LiveWorker ? [worker] : [];
    });
  }

  private liveAt(ip: string): LiveWorker | undefined {
    let work = this.byIP.get(ip);
    if (!work || !this.isAt(work, ip)) {
      work = [...this.pods.values()].find((each) => this.isAt(each, ip));
      if (work) this.byIP.set(ip, work);
    }
    const worker = work && this.workerFor(work, undefined);
    return worker instanceof LiveWorker ? worker : undefined;
  }

  private isAt(work: PodWork, ip: string): boolean {
    return work.life?.sandbox?.ip === ip && !work.phase && this.pods.get(work.uid) === work;
  }

  live(namespace: string, name: string): LiveWorker | undefined {
    const pod = this.ctx.api.mustGet<Pod>('Pod', namespace, name);
    const work = this.pods.get(pod.metadata.uid ?? '');
    const worker = work && this.workerFor(work, undefined);
    return worker instanceof LiveWorker ? worker : undefined;
  }

  /** Any pod of a namespace, or of any other: a place from which names can be looked up. */
  anyLive(namespace: string): LiveWorker | undefined {
    const works = [...this.pods.values()].filter(({ life }) => life?.sandbox);
    const work = works.find((each) => each.namespace === namespace) ?? works[0];
    const worker = work && this.workerFor(work, undefined);
    return worker instanceof LiveWorker ? worker : undefined;
  }

  save(): SavedWorkers {
    return {
      runtime: this.runtime,
      nodeCount: this.nodeCount,
      nodes: [...this.nodes.values()].map((node) => ({ ...node, pressure: structuredClone(node.pressure) })),
      pods: [...this.pods.values()].map(copyPodWork),
      neighbourhood: this.neighbourhood.save(),
    };
  }

  load({ runtime, nodeCount, nodes, pods, neighbourhood }: SavedWorkers): void {
    this.runtime = runtime;
    this.nodeCount = nodeCount;
    this.nodes = new Map(nodes.map((node) => [node.name, node]));
    this.pods = new Map(pods.map((work) => [work.uid, work]));
    this.neighbourhood.load(neighbourhood);
  }
}
