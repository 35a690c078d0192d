// The kubelets of all machines: they register nodes, keep them alive, and run the pods that are bound to them: along podStages.ts as
// the stand-in kubelet of the recordings does, or along liveStages.ts where containers run for real.
// Models pkg/kubelet/{kubelet.go,pod_workers.go,status/status_manager.go}. Leaves out static pods.
import { ApiError } from '../../kube/errors.ts';
import { POD_INSIDE } from '../../kube/inside.ts';
import type { Pod } from '../../kube/kinds/pod.ts';
import { type Change, keyFor, keyOf } from '../../kube/meta.ts';
import { type ExecRequest, INTERRUPT, type InsideCommand, type KubeletRuntime, type Machine } from '../intents.ts';
import type { Part, PartContext } from '../part.ts';
import { containerPath } from '../recorder.ts';
import { endBox, growMemory } from './boxAccess.ts';
import { adoption, pressure, standIn } from './late.ts';
import { liveStages } from './liveStages.ts';
import { LiveWorker } from './liveWorker.ts';
import { Machines } from './machines.ts';
import { ACTOR, NewsTeller, SYNC_MS } from './news.ts';
import type { NodePressure, PressureLook } from './nodePressure.ts';
import { isRelabelled } from './noticeSpec.ts';
import { refreshLater } from './refreshVolumes.ts';
import { hasGrown } from './resourceUse.ts';
import { addressOf, CONTAINER_GONE, personsRequest, RunningCommand } from './runningCommand.ts';
import { interruptSession, writeInput } from './shell/runtime.ts';
import type { LiveStageName, StageName, StageTimer } from './stageTimer.ts';
import { beginPodWork, type ContainerWork, discharge, type NodeWork, type PodWork, wasShort } from './work.ts';
import { type SavedWorkers, Workers } from './workers.ts';

/** A kubelet that speaks again needs this long to see what runs. */
const RESUME_MS = 1200;

/** What a pod may take more of in a stage of its life. */
const GROWS: Partial<Record<StageTimer['stage'], 'memory' | 'disk'>> = { run: 'memory', storage: 'disk' };

export interface Kubelet extends Part {
  /** Registers a machine: creates its Node and starts its heartbeats. */
  addNode(machine: Machine): void;
  /** Becomes the kubelet of all Nodes and bound pods that are there, and goes on where they stand; a step for each. */
  takeOver(): Generator<void>;
  failNode(name: string): void;
  recoverNode(name: string): void;
  removeNode(name: string): void;
  setRuntime(runtime: Partial<KubeletRuntime>): void;
  exitContainer(namespace: string, pod: string, container: string | undefined, exitCode: number): void;
  /** Whether a machine's kubelet speaks. */
  isAnswering(nodeName: string): boolean;
  exec(command: ExecRequest): InsideCommand | string;
  type(uid: string, session: number, text: string, isLast: boolean): void;
  /** A person's request to a pod or a Service. */
  send(namespace: string, to: string, port: number, path: string): void;
  fillMemory(namespace: string, pod: string, container: string, bytes: number): void;
}

export function createKubelet(ctx: PartContext, runtime: KubeletRuntime): Kubelet {
  return new Kubelets(ctx, runtime);
}

class Kubelets implements Kubelet {
  private readonly ctx: PartContext;
  private readonly workers: Workers;
  private pressure: NodePressure | undefined;
  private readonly news: NewsTeller;
  private readonly machines: Machines;

  constructor(ctx: PartContext, runtime: KubeletRuntime) {
    this.ctx = ctx;
    this.workers = new Workers(ctx, runtime);
    this.news = new NewsTeller(ctx, this.workers);
    this.machines = new Machines(ctx, this.workers, this.news);
    ctx.sim.handle<StageTimer>('kubelet', (timer) => this.fire(timer));
    ctx.sim.handle<PressureLook>('kubelet/pressure', ({ node: name }) => {
      const node = this.workers.nodes.get(name);
      if (node) this.act(undefined, () => this.nodePressure.look(node));
    });
    ctx.api.onChange((change) => {
      if (change.table === 'Pod') this.onPod(change);
      else if (change.table === 'Node') this.machines.onNode(change);
      else if (change.table === 'ConfigMap' || change.table === 'Secret') this.onFiles(change);
    });
  }

  /** Made when a machine is first looked at. */
  private get nodePressure(): NodePressure {
    return (this.pressure ??= new (pressure.get().NodePressure)(this.ctx, this.workers));
  }

  // Machines ----------------------------------------------------------------------------------------------------------

  addNode(machine: Machine): void {
    this.machines.add(machine);
    for (const pod of this.ctx.api.podsOnNode(machine.name)) {
      const work = this.workers.pods.get(pod.metadata.uid ?? '');
      if (!work) this.workers.pods.set(pod.metadata.uid ?? '', this.withSync(beginPodWork(pod, keyOf(pod)), undefined));
      else if (!work.hasBegun) this.withSync(work, undefined);
    }
  }

  *takeOver(): Generator<void> {
    yield* this.machines.takeOver();
    const { adoptPod } = adoption.get();
    for (const pod of this.ctx.api.list<Pod>('Pod')) {
      const node = this.workers.nodes.get(pod.spec.nodeName ?? '');
      if (!node) continue;
      const work = adoptPod(pod, node);
      this.workers.pods.set(work.uid, work);
      if (!work.hasBegun || pod.metadata.deletionTimestamp) this.withSync(work, undefined);
      yield;
    }
  }

  failNode(name: string): void {
    this.machines.fail(name);
  }

  recoverNode(name: string): void {
    this.machines.recover(name, (node) => {
      if (wasShort(node.pressure)) this.nodePressure.resume(node);
      for (const work of this.workers.pods.values()) if (work.nodeName === name) this.resync(work, node);
    });
  }

  removeNode(name: string): void {
    this.machines.remove(name);
  }

  setRuntime(runtime: Partial<KubeletRuntime>): void {
    this.workers.runtime = { ...this.workers.runtime, ...runtime };
  }

  exitContainer(namespace: string, name: string, container: string | undefined, exitCode: number): void {
    const pod = this.ctx.api.mustGet<Pod>('Pod', namespace, name);
    const work = this.workers.pods.get(pod.metadata.uid ?? '');
    const target =
      work && [...work.containers, ...work.initContainers].find((each) => (container ? each.name === container : each.state.running));
    if (!work || !target?.state.running) {
      throw new ApiError('BadRequest', `container ${container ? `"${container}" ` : ''}in pod "${name}" is not running`);
    }
    this.act(undefined, () => {
      const worker = this.workers.workerFor(work, undefined);
      if (worker instanceof LiveWorker) worker.happenInSandbox((sandbox, world) => endBox(sandbox, target.name, exitCode, world));
      else if (worker && work.phase === undefined) standIn.get().exit(worker, target, exitCode);
    });
  }

  // Inside ------------------------------------------------------------------------------------------------------------

  isAnswering(nodeName: string): boolean {
    return !(this.workers.nodes.get(nodeName)?.isSilent ?? false);
  }

  exec({
    namespace,
    pod: name,
    container,
    command,
    stdin,
    isInputOpen,
    isTerminal,
    isFromStart = false,
  }: ExecRequest): InsideCommand | string {
    const worker = this.workers.live(namespace, name);
    if (!worker) return CONTAINER_GONE;
    const options = {
      ...(stdin === undefined ? {} : { stdin }),
      ...(isInputOpen ? { isInputOpen } : {}),
      ...(isTerminal ? { isTerminal } : {}),
    };
    const session = command.length === 0 ? worker.attach(container, { ...options, isFromStart }) : worker.exec(container, command, options);
    return typeof session === 'string' ? session : new RunningCommand(worker.work, session);
  }

  type(uid: string, session: number, text: string, isLast: boolean): void {
    const work = this.workers.pods.get(uid);
    const worker = work && this.workers.workerFor(work, undefined);
    if (!(worker instanceof LiveWorker)) return;
    if (text === INTERRUPT) worker.happenInSandbox((sandbox, world) => interruptSession(sandbox, session, world));
    else worker.inSandbox((sandbox) => writeInput(sandbox, session, text, isLast));
  }

  send(namespace: string, to: string, port: number, path: string): void {
    const address = addressOf(this.ctx.api, namespace, to);
    const worker = this.workers.anyLive(namespace);
    if (address === undefined || !worker) throw new ApiError('NotFound', `"${to}" has no address`);
    worker.world.requestFrom('', address, port, personsRequest(to, port, path));
  }

  fillMemory(namespace: string, name: string, container: string, bytes: number): void {
    const worker = this.workers.live(namespace, name);
    if (!worker) throw new ApiError('BadRequest', `nothing runs in pod "${name}"`);
    worker.inSandbox((sandbox) => growMemory(sandbox, container, bytes));
    this.nodePressure.lookSoon(worker.node);
  }

  // Changes -----------------------------------------------------------------------------------------------------------

  private onPod({ seq, actor, verb, before, after }: Change): void {
    const pod = (after ?? before) as Pod;
    if (!pod.spec.nodeName) return;
    const uid = pod.metadata.uid ?? '';
    const work = this.workers.pods.get(uid);
    if (!after) {
      if (work) this.onPodDeleted(work, seq);
    } else if (!work) this.workers.pods.set(uid, this.withSync(beginPodWork(pod, keyOf(pod)), seq));
    else if (actor !== ACTOR || verb !== 'updateStatus') {
      if (work.life && before && isRelabelled(before, after)) work.life.isRelabelled = true;
      this.withSync(work, seq);
    }
  }

  /** Files of pods may be made of it. */
  private onFiles({ before, after }: Change): void {
    if (!before || !after) return;
    for (const work of this.workers.pods.values()) {
      if (!work.life?.sandbox || work.phase || work.namespace !== after.metadata.namespace) continue;
      const worker = this.workers.workerFor(work, undefined);
      if (worker instanceof LiveWorker) refreshLater(worker);
    }
  }

  private onPodDeleted(work: PodWork, cause: number): void {
    const node = this.workers.nodes.get(work.nodeName);
    // A silent kubelet does not hear of it: its containers run on.
    if (node?.isSilent && work.hasBegun) {
      work.isGone = true;
      return;
    }
    if (node) this.kill(work, node, cause);
    this.workers.pods.delete(work.uid);
    this.forgetInside(work);
  }

  private forgetInside({ life, namespace, name }: PodWork): void {
    if (life?.recordMs !== undefined) this.ctx.api.keep(keyFor(POD_INSIDE, namespace, name), undefined);
  }

  /** The object is gone: what still runs is killed, with nobody left to report to. */
  private kill(work: PodWork, node: NodeWork, cause: number | undefined): void {
    discharge(work, node);
    if (work.phase || work.isTerminating) return;
    const about = { kind: 'Pod', apiVersion: 'v1', namespace: work.namespace, name: work.name, uid: work.uid };
    for (const { name, state } of work.containers) {
      if (!state.running) continue;
      const fieldPath = containerPath('containers', name);
      this.news.tellSoon({ host: node.name, about, reason: 'Killing', message: `Stopping container ${name}`, fieldPath, cause });
    }
  }

  /** What a kubelet does with each of its pods when it can speak again. */
  private resync(work: PodWork, node: NodeWork): void {
    if (work.isGone) {
      this.kill(work, node, undefined);
      this.workers.pods.delete(work.uid);
      this.forgetInside(work);
      return;
    }
    const worker = this.workers.workerFor(work, undefined);
    if (!worker) return;
    if (worker instanceof LiveWorker) return worker.after(RESUME_MS, 'resume');
    if (!work.hasBegun || (worker.pod.metadata.deletionTimestamp && !work.isTerminating)) {
      standIn.get().podStages.sync.run(worker, undefined as never, undefined as never);
      return;
    }
    worker.report();
    if (work.isTerminating && work.phase) worker.confirmDeletion();
  }

  // Timers ------------------------------------------------------------------------------------------------------------

  /** Makes sure that the pod is looked at soon. */
  private withSync(work: PodWork, cause: number | undefined): PodWork {
    const node = this.workers.nodes.get(work.nodeName);
    if (work.isSyncDue || !node || node.isSilent) return work;
    work.isSyncDue = true;
    const timer: StageTimer = { uid: work.uid, stage: 'sync', container: undefined, era: 0, count: 0, cause };
    this.ctx.sim.schedule(SYNC_MS, 'kubelet', timer);
    return work;
  }

  private fire(timer: StageTimer): void {
    const work = this.workers.pods.get(timer.uid);
    const worker = work && !work.isGone ? this.workers.workerFor(work, timer.cause) : undefined;
    if (!work || !worker) return;
    if (worker instanceof LiveWorker) {
      const stage = liveStages[timer.stage as LiveStageName];
      if (stage.when(worker, timer)) this.act(timer.cause, () => stage.run(worker, timer));
      const grows = GROWS[timer.stage];
      if (grows && hasGrown(worker, grows)) this.nodePressure.lookSoon(worker.node);
      return;
    }
    const stage = standIn.get().podStages[timer.stage as StageName];
    const container = timer.container === undefined ? undefined : containerOf(work, timer.container);
    if (!stage.when(worker, container as ContainerWork, timer)) return;
    this.act(timer.cause, () => stage.run(worker, container as ContainerWork, timer));
  }

  private act(cause: number | undefined, work: () => void): void {
    this.ctx.api.act(ACTOR, cause, work);
  }

  // Checkpoints -------------------------------------------------------------------------------------------------------

  save(): SavedWorkers {
    return this.workers.save();
  }

  load(saved: SavedWorkers): void {
    this.workers.load(saved);
  }
}

function containerOf(work: PodWork, name: string): ContainerWork | undefined {
  return work.containers.find((container) => container.name === name) ?? work.initContainers.find((container) => container.name === name);
}
