// What one stage of one pod may do to the world: tell the API server, set timers, take from its machine. Made anew for each stage.
import { ApiError } from '../../kube/errors.ts';
import type { ConfigMap } from '../../kube/kinds/configMap.ts';
import type { Event } from '../../kube/kinds/event.ts';
import type { Node } from '../../kube/kinds/node.ts';
import type { Container, ContainerState, Pod } from '../../kube/kinds/pod.ts';
import type { Secret } from '../../kube/kinds/secret.ts';
import { conditionOf, toTimestamp } from '../../kube/meta.ts';
import type { KubeletRuntime } from '../intents.ts';
import type { PartContext } from '../part.ts';
import { containerPath } from '../recorder.ts';

import { type Lookup, missingVariable, missingVolume } from './config.ts';
import { podStatus } from './podStatus.ts';
import type { StageTimer } from './stageTimer.ts';
import type { ContainerWork, NodeWork, PodWork } from './work.ts';

let running: ContainerState = { running: { startedAt: '' } };

/** A container as events name it. */
export interface ToldContainer {
  readonly name: string;
  readonly isInit: boolean;
  readonly isDebug?: boolean;
}

export class PodWorker {
  readonly work: PodWork;
  readonly node: NodeWork;
  readonly runtime: KubeletRuntime;
  /** The pod as the API server has it. */
  pod: Pod;
  protected readonly ctx: PartContext;
  private cause: number | undefined;

  constructor(ctx: PartContext, runtime: KubeletRuntime, work: PodWork, node: NodeWork, pod: Pod, cause: number | undefined) {
    this.ctx = ctx;
    this.runtime = runtime;
    this.work = work;
    this.node = node;
    this.pod = pod;
    this.cause = cause;
  }

  get nowMs(): number {
    return this.ctx.sim.nowMs;
  }

  now(): string {
    return toTimestamp(this.ctx.sim.nowMs);
  }

  /** The state of a container that starts now: the same object for all that start in one second. */
  runningState(): ContainerState {
    const startedAt = this.now();
    if (running.running?.startedAt !== startedAt) running = { running: { startedAt } };
    return running;
  }

  after(delayMs: number, stage: StageTimer['stage'], container?: { readonly name: string; readonly era?: number }, count = 0): void {
    const timer: StageTimer = {
      uid: this.work.uid,
      stage,
      container: container?.name,
      era: container?.era ?? 0,
      count,
      cause: this.cause,
    };
    this.ctx.sim.schedule(delayMs, 'kubelet', timer);
  }

  /** Looks at the pod when it has run as long as it may. */
  watchDeadline(): void {
    const { activeDeadlineSeconds } = this.pod.spec;
    if (activeDeadlineSeconds) this.after(activeDeadlineSeconds * 1000, 'deadline');
  }

  nodeObject(): Node | undefined {
    return this.ctx.api.get<Node>('Node', undefined, this.node.name);
  }

  /** Why the pod cannot have the files that its volumes promise. */
  missingVolume(): string | undefined {
    return missingVolume(this.pod.spec, this.lookup);
  }

  /** Why a container cannot have the variables that it asks for. */
  missingVariable(container: Container): string | undefined {
    return missingVariable(container, this.work.namespace, this.lookup);
  }

  private readonly lookup: Lookup = (kind, name) => this.ctx.api.get<ConfigMap | Secret>(kind, this.work.namespace, name);

  /** Tells the API server how the pod is. A silent kubelet keeps it for later. */
  report(): void {
    const { work, node, ctx } = this;
    if (node.isSilent) return;
    const status = podStatus(this.pod, work, node, this.now());
    this.pod = ctx.api.updateStatus({ ...this.pod, status });
    this.cause = ctx.api.history.seq;
    work.toldGeneration = this.pod.metadata.generation ?? 0;
    work.toldReady = work.containers.length > 0 ? work.conditions[2]?.status : undefined;
  }

  /** Whether the pod has changed so that the API server must hear of it again: edited, or its Ready condition overwritten by the node controller. */
  isToldOutOfDate(): boolean {
    const { work, pod } = this;
    if (work.toldGeneration === undefined) return false;
    if ((pod.metadata.generation ?? 0) > work.toldGeneration) return true;
    if (work.isTerminating || work.toldReady === undefined) return false;
    if (pod.spec.readinessGates) return true;
    const ready = conditionOf(pod.status.conditions, 'Ready');
    return ready !== undefined && ready.status !== work.toldReady;
  }

  tell(type: Event['type'], reason: string, message: string, container?: ToldContainer): void {
    const { node, ctx } = this;
    if (node.isSilent) return;
    const list = container?.isDebug ? 'ephemeralContainers' : container?.isInit ? 'initContainers' : 'containers';
    const fieldPath = container && containerPath(list, container.name);
    ctx.recorder.record({ component: 'kubelet', host: node.name }, this.pod, type, reason, message, fieldPath);
  }

  takePodIP(): string {
    const { index } = this.node;
    return `10.${244 + (index >> 8)}.${index & 255}.${(this.node.nextPodIP++ % 254) + 1}`;
  }

  mustPull(container: ContainerWork): boolean {
    if (!this.runtime.pullMs) return false;
    const spec = this.pod.spec.containers.find(({ name }) => name === container.name);
    return spec?.imagePullPolicy === 'Always' || !this.node.images.includes(container.image);
  }

  keepImage(image: string): void {
    if (!this.node.images.includes(image)) this.node.images = [...this.node.images, image];
  }

  /** Everything has stopped: the object may go. */
  confirmDeletion(): void {
    if (this.node.isSilent) return;
    const { name, namespace, uid } = this.work;
    try {
      this.ctx.api.delete('Pod', namespace, name, { gracePeriodSeconds: 0, preconditions: { uid } });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
    }
  }
}
