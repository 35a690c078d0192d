// A machine that runs out of memory: below a threshold the kubelet says so and evicts pods, one a round, until there is enough again.
// First go those that use more than they asked for, then those of lower priority, then those that use most beyond what they asked for.
//
//   memory grows ─▶ look ─▶ below the threshold ─▶ MemoryPressure ─▶ evict one ─▶ look again …          enough for some time ─▶ all well
//
// Models pkg/kubelet/eviction/{eviction_manager,helpers}.go. Leaves out: disk, inodes and processes.
import type { Event } from '../../kube/kinds/event.ts';
import type { Node } from '../../kube/kinds/node.ts';
import { type Condition, toTimestamp } from '../../kube/meta.ts';
import { valueOf } from '../../kube/quantity.ts';
import type { KubeletRuntime } from '../intents.ts';
import type { PartContext } from '../part.ts';
import { requestsOf } from './admit.ts';
import { evictPod } from './evictPod.ts';
import type { LiveWorker } from './liveWorker.ts';
import { usageOf } from './shell/runtime.ts';
import type { NodeWork } from './work.ts';

const MEBI = 1024 * 1024;
/** What a machine takes for itself. */
const SYSTEM_BYTES = 350 * MEBI;
const HARD_BYTES = 100 * MEBI;
/** From growing memory to the look, from one round to the next, and to the end of pressure. */
const LOOK_MS = 1200;
const ROUND_MS = 3200;
const TRANSITION_MS = 300_000;
/** A pod that is evicted at the hard threshold gets none of its grace. */
const HARD_GRACE_MS = 1;
/** Priority from which pods keep a machine alive: they are not evicted. */
const CRITICAL_PRIORITY = 2_000_000_000;

/** A timer: the machine's memory is looked at. */
export interface PressureLook {
  readonly node: string;
}

export class NodePressure {
  private readonly ctx: PartContext;
  private readonly runtime: () => KubeletRuntime;
  private readonly workersOn: (node: string) => readonly LiveWorker[];

  constructor(ctx: PartContext, runtime: () => KubeletRuntime, workersOn: (node: string) => readonly LiveWorker[]) {
    this.ctx = ctx;
    this.runtime = runtime;
    this.workersOn = workersOn;
  }

  lookSoon(node: NodeWork, delayMs = LOOK_MS): void {
    const { sim } = this.ctx;
    if (node.pressure.lookMs !== undefined && node.pressure.lookMs <= sim.nowMs + delayMs) return;
    node.pressure.lookMs = sim.nowMs + delayMs;
    const look: PressureLook = { node: node.name };
    sim.schedule(delayMs, 'kubelet/pressure', look);
  }

  look(node: NodeWork): void {
    const { nowMs } = this.ctx.sim;
    const { pressure } = node;
    if (pressure.lookMs !== nowMs || node.isSilent) return;
    pressure.lookMs = undefined;
    const workers = this.workersOn(node.name);
    const usages = workers.map((worker) => ({ worker, bytes: worker.memoryOfPod() }));
    const capacity = valueOf(this.ctx.api.get<Node>('Node', undefined, node.name)?.status.capacity?.['memory']);
    const available = capacity - SYSTEM_BYTES - usages.reduce((sum, { bytes }) => sum + bytes, 0);
    const { hardBytes, minReclaimBytes } = this.limits();
    if (available < hardBytes + (pressure.isEvicting ? minReclaimBytes : 0)) this.reclaim(node, usages, available, HARD_GRACE_MS);
    else if (this.isSoftlyShort(node, available)) this.reclaim(node, usages, available, undefined);
    else this.relax(node);
  }

  /** Below the soft threshold for longer than its grace. */
  private isSoftlyShort(node: NodeWork, available: number): boolean {
    const { softBytes, softGraceMs } = this.limits();
    const { pressure } = node;
    const { nowMs } = this.ctx.sim;
    if (softBytes === undefined || available >= softBytes) {
      pressure.softSinceMs = undefined;
      return false;
    }
    pressure.softSinceMs ??= nowMs;
    const untilMs = pressure.softSinceMs + softGraceMs;
    if (nowMs >= untilMs) return true;
    this.lookSoon(node, untilMs - nowMs);
    return false;
  }

  private limits() {
    const { memoryHardBytes, memorySoftBytes, softGraceMs, minReclaimBytes, transitionMs } = this.runtime().eviction ?? {};
    return {
      hardBytes: memoryHardBytes ?? HARD_BYTES,
      softBytes: memorySoftBytes,
      softGraceMs: softGraceMs ?? 0,
      minReclaimBytes: minReclaimBytes ?? 0,
      transitionMs: transitionMs ?? TRANSITION_MS,
    };
  }

  private reclaim(node: NodeWork, usages: readonly PodUsage[], available: number, graceMs: number | undefined): void {
    const { pressure } = node;
    const { hardBytes, softBytes } = this.limits();
    const threshold = graceMs === undefined ? (softBytes ?? hardBytes) : hardBytes;
    pressure.isEvicting = true;
    pressure.shortMs = this.ctx.sim.nowMs;
    this.tell(node, 'Warning', 'EvictionThresholdMet', 'Attempting to reclaim memory');
    const [victim] = ranked(usages);
    if (victim) {
      const message = messageFor(victim, available, threshold);
      evictPod(victim.worker, message, { graceMs: graceMs ?? victim.worker.graceMs(), isPressed: true });
    }
    this.setPressure(node, true);
    this.lookSoon(node, ROUND_MS);
  }

  /** Enough again: the pressure is over when that has lasted for some time. */
  private relax(node: NodeWork): void {
    const { pressure } = node;
    if (!pressure.isPressed) return;
    pressure.isEvicting = false;
    const { transitionMs } = this.limits();
    const overMs = (pressure.shortMs ?? 0) + transitionMs;
    if (this.ctx.sim.nowMs < overMs) this.lookSoon(node, overMs - this.ctx.sim.nowMs);
    else this.setPressure(node, false);
  }

  private setPressure(node: NodeWork, isPressed: boolean): void {
    if (node.pressure.isPressed === isPressed) return;
    node.pressure.isPressed = isPressed;
    const { api, sim } = this.ctx;
    const object = api.get<Node>('Node', undefined, node.name);
    if (!object) return;
    const now = toTimestamp(sim.nowMs);
    const state: Partial<Condition> = isPressed
      ? { status: 'True', reason: 'KubeletHasInsufficientMemory', message: 'kubelet has insufficient memory available' }
      : { status: 'False', reason: 'KubeletHasSufficientMemory', message: 'kubelet has sufficient memory available' };
    const conditions = (object.status.conditions ?? []).map((condition) =>
      condition.type === 'MemoryPressure' ? { ...condition, ...state, lastHeartbeatTime: now, lastTransitionTime: now } : condition,
    );
    api.updateStatus<Node>({ ...object, status: { ...object.status, conditions } });
    const reason = isPressed ? 'NodeHasInsufficientMemory' : 'NodeHasSufficientMemory';
    this.tell(node, 'Normal', reason, `Node ${node.name} status is now: ${reason}`);
  }

  private tell({ name }: NodeWork, type: Event['type'], reason: string, message: string): void {
    this.ctx.recorder.record({ component: 'kubelet', host: name }, { kind: 'Node', name, uid: name }, type, reason, message);
  }
}

interface PodUsage {
  readonly worker: LiveWorker;
  readonly bytes: number;
}

/** Those that may be evicted, the first to go first. Models helpers.go rankMemoryPressure. */
function ranked(usages: readonly PodUsage[]): readonly PodUsage[] {
  const beyond = ({ worker, bytes }: PodUsage) => bytes - requestsOf(worker.pod).memory;
  const priority = ({ worker }: PodUsage) => worker.pod.spec.priority ?? 0;
  return usages
    .filter((usage) => usage.worker.life.stage === 'syncing' && usage.bytes > 0 && priority(usage) < CRITICAL_PRIORITY)
    .toSorted((a, b) => Number(beyond(b) > 0) - Number(beyond(a) > 0) || priority(a) - priority(b) || beyond(b) - beyond(a));
}

function messageFor({ worker }: PodUsage, available: number, threshold: number): string {
  const { sandbox } = worker.life;
  const parts = worker.pod.spec.containers.flatMap(({ name, resources }) => {
    const used = sandbox ? usageOf(sandbox, name, worker.world).memoryBytes : 0;
    const request = resources?.requests?.['memory'];
    if (used <= valueOf(request)) return [];
    return [`Container ${name} was using ${kibi(used)}, request is ${request ?? 0}, has larger consumption of memory. `];
  });
  const text = threshold % MEBI === 0 ? `${threshold / MEBI}Mi` : kibi(threshold);
  return `The node was low on resource: memory. Threshold quantity: ${text}, available: ${kibi(available)}. ${parts.join('')}`;
}

function kibi(bytes: number): string {
  return `${Math.round(bytes / 1024)}Ki`;
}
