// What a stage of a pod whose containers run for real may do besides: act inside its sandbox, ask its network, and set its timers.
import { assert } from '../../base/assert.ts';
import { POD_INSIDE, type PodInside } from '../../kube/inside.ts';
import type { ConfigMap } from '../../kube/kinds/configMap.ts';
import type { Pod } from '../../kube/kinds/pod.ts';
import type { Secret } from '../../kube/kinds/secret.ts';
import type { Service } from '../../kube/kinds/service.ts';
import { fromTimestamp, type Key, keyFor } from '../../kube/meta.ts';
import type { KubeletRuntime } from '../intents.ts';
import type { PartContext } from '../part.ts';
import type { EnvironmentSources } from './environment.ts';
import type { PodLife } from './podLife.ts';
import { PodWorker, type ToldContainer } from './podWorker.ts';
import { PodWorld, type Surroundings } from './podWorld.ts';
import type { Happening } from './shell/happening.ts';
import type { Sandbox, Session } from './shell/process.ts';
import { type AttachOptions, attachToBox, closeSession, type ExecOptions, execInBox, type StartError } from './shell/runtime.ts';
import type { HttpAnswer, NetworkFault, World } from './shell/world.ts';
import type { NodeWork, PodWork } from './work.ts';

/** From a reason to look at a pod to the look. */
const LOOK_MS = 10;
const TICK_MS = 1000;
const GRACE_SECONDS = 30;
const PAST_DEADLINE = 'Pod was active on the node longer than the specified deadline';

export class LiveWorker extends PodWorker {
  readonly world: PodWorld;

  constructor(
    ctx: PartContext,
    runtime: KubeletRuntime,
    work: PodWork,
    node: NodeWork,
    pod: Pod,
    cause: number | undefined,
    surroundings: Surroundings,
  ) {
    super(ctx, runtime, work, node, pod, cause);
    this.world = new PodWorld(ctx, work, surroundings);
  }

  get life(): PodLife {
    assert(this.work.life, 'the containers of this pod run for real');
    return this.work.life;
  }

  /** A number in [0, 1). */
  random(stream: string): number {
    return this.ctx.sim.random(`kubelet/${stream}`).next();
  }

  told(name: string): ToldContainer {
    const type = this.life.containers.find((container) => container.name === name)?.type;
    return { name, isInit: type === 'init' || type === 'sidecar', isDebug: type === 'debug' };
  }

  /** How long the pod's containers are given when the pod ends. */
  graceMs(): number {
    const { metadata, spec } = this.pod;
    return this.life.graceMs ?? (metadata.deletionGracePeriodSeconds ?? spec.terminationGracePeriodSeconds ?? GRACE_SECONDS) * 1000;
  }

  /** With the next tick after it. */
  override watchDeadline(): void {
    const deadlineMs = this.deadlineMs();
    if (deadlineMs !== undefined) this.after(this.untilTick(Math.max(1, deadlineMs - this.nowMs)), 'deadline');
  }

  isPastDeadline(): boolean {
    const deadlineMs = this.deadlineMs();
    return deadlineMs !== undefined && this.nowMs >= deadlineMs;
  }

  /** Whenever the status of a pod past its deadline is made, that is told, and it ends the pod. Returns whether it does. */
  tellDeadline(): boolean {
    if (!this.isPastDeadline()) return false;
    this.tell('Normal', 'DeadlineExceeded', PAST_DEADLINE);
    this.work.reason = { reason: 'DeadlineExceeded', message: PAST_DEADLINE };
    return true;
  }

  private deadlineMs(): number | undefined {
    const seconds = this.pod.spec.activeDeadlineSeconds;
    return seconds === undefined ? undefined : fromTimestamp(this.work.startTime) + seconds * 1000;
  }

  environmentSources(): EnvironmentSources {
    const { ctx, node, pod, work, life } = this;
    const { api } = ctx;
    const isLinked = pod.spec.enableServiceLinks ?? true;
    const services = isLinked ? api.list<Service>('Service', work.namespace) : [];
    const kubernetes = api.get<Service>('Service', 'default', 'kubernetes');
    return {
      pod,
      podIP: life.sandbox?.ip ?? '',
      nodeIP: node.ip,
      allocatable: this.nodeObject()?.status.allocatable ?? {},
      lookup: (kind, name) => api.get<ConfigMap | Secret>(kind, work.namespace, name),
      services: kubernetes && !services.includes(kubernetes) ? [kubernetes, ...services] : services,
      file: (volume, path) => life.sandbox?.volumes[volume]?.get(`/${path}`)?.text,
    };
  }

  /** What was last written down of its inside. */
  insideBefore(): PodInside | undefined {
    const { namespace, name, uid } = this.work;
    const before = this.ctx.api.history.get(POD_INSIDE, keyFor(POD_INSIDE, namespace, name)) as PodInside | undefined;
    return before?.metadata.uid === uid ? before : undefined;
  }

  keep(key: Key, inside: PodInside): void {
    this.ctx.api.keep(key, inside);
  }

  // Timers ------------------------------------------------------------------------------------------------------------

  proceedAfter(delayMs: number): void {
    this.after(delayMs, 'proceed');
  }

  /** Has the pod looked at in a moment. */
  lookSoon(): void {
    this.after(LOOK_MS, 'look', undefined, this.life.syncCount);
  }

  /** Has the pod looked at once more is known than at the last look: in a moment, or with the next relist. */
  lookAnew(): void {
    const { life, nowMs } = this;
    const lastTickMs = nowMs + this.untilTick() - TICK_MS;
    if (life.syncedMs <= lastTickMs) return this.lookSoon();
    life.isSyncOwed = true;
    this.relistSoon();
  }

  /** From now to the first tick of the machine's clock that is at least so far away: once a second it looks at what is due. */
  untilTick(atLeastMs = 1): number {
    const sinceMs = this.nowMs + atLeastMs - this.node.tickMs;
    return Math.ceil(sinceMs / TICK_MS) * TICK_MS - sinceMs + atLeastMs;
  }

  /** What has ended is noticed with the next tick. */
  relistSoon(): void {
    const { life } = this;
    if (life.isRelistDue) return;
    life.isRelistDue = true;
    this.after(this.untilTick(), 'relist');
  }

  /** The sandbox goes on at this moment. */
  wakeAt(atMs: number): void {
    const { life, nowMs } = this;
    if (life.wakeMs !== undefined && life.wakeMs <= atMs) return;
    life.wakeMs = atMs;
    this.after(atMs - nowMs, 'run', undefined, atMs);
  }

  // Inside ------------------------------------------------------------------------------------------------------------

  /** Acts on the sandbox; what comes of it is noticed a moment later. */
  inSandbox<T>(act: (sandbox: Sandbox, world: World) => T): T | undefined {
    const { sandbox } = this.life;
    if (!sandbox) return undefined;
    const result = act(sandbox, this.world);
    this.wakeAt(this.nowMs + 1);
    return result;
  }

  /** Acts on the sandbox where that makes something happen at once. */
  happenInSandbox(act: (sandbox: Sandbox, world: World) => readonly Happening[]): void {
    this.life.happened.push(...(this.inSandbox(act) ?? []));
  }

  /** Starts a command in a container: its session, or why not. */
  exec(container: string, command: readonly string[], options: ExecOptions = {}): number | string {
    const box = this.life.sandbox?.boxes[container];
    if (!box || box.exitCode !== undefined) return 'container not found';
    const started = this.inSandbox((sandbox, world) => execInBox(sandbox, container, command, options, world)) as Session | StartError;
    return 'id' in started ? started.id : started.message;
  }

  /** What a container prints and is given to read. */
  attach(container: string, options: AttachOptions): number | string {
    return this.inSandbox((sandbox, world) => attachToBox(sandbox, container, options, world))?.id ?? 'container not found';
  }

  /** How a command ended and what it printed; undefined while it runs. It can be asked once. */
  sessionOutcome(id: number): { readonly exitCode: number; readonly output: string } | undefined {
    const session = this.life.sandbox?.sessions[id];
    if (!session) return { exitCode: 137, output: '' };
    if (session.exitCode === undefined) return undefined;
    this.endSession(id);
    return { exitCode: session.exitCode, output: session.output.map(({ text }) => text).join('') };
  }

  endSession(id: number): void {
    this.inSandbox((sandbox, world) => closeSession(sandbox, id, world));
  }

  requestHttp(host: string, port: number, path: string, agent = 'kube-lifecycle/1.36'): HttpAnswer | NetworkFault {
    const headers = { Host: `${host}:${port}`, 'User-Agent': agent, Accept: '*/*', Connection: 'close' };
    return this.world.requestFrom(this.node.name, host, port, {
      method: 'GET',
      host: `${host}:${port}`,
      path,
      headers,
      body: '',
      from: this.node.ip,
    });
  }

  dial(host: string, port: number): 'open' | NetworkFault {
    return this.world.connect(host, port);
  }
}
