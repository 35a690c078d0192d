// A machine that runs out of memory or disk: below a threshold the kubelet says so and evicts pods, one a round, until there is enough.
//
//   something grows ─▶ look ─▶ below a threshold ─▶ told as a condition ─▶ (its grace) ─▶ evict one ─▶ look again …
//                                  enough, and a little more ─▶ some time later ─▶ all well
//
// Models pkg/kubelet/eviction/eviction_manager.go synchronize.
import type { Event } from '../../kube/kinds/event.ts';
import type { Node } from '../../kube/kinds/node.ts';
import { type Condition, toTimestamp } from '../../kube/meta.ts';
import type { PartContext } from '../part.ts';
import { evictionMessage, firstToGo } from './evictionRank.ts';
import { evictPod } from './evictPod.ts';
import type { LiveWorker } from './liveWorker.ts';
import { type Signal, shortageOf, signals } from './pressureSignals.ts';
import type { NodeWork } from './work.ts';
import type { Workers } from './workers.ts';

/** From growth to the look, from one round to the next, and to the end of pressure. */
const LOOK_MS = 1200;
const ROUND_MS = 3200;
const TRANSITION_MS = 300_000;
/** A pod that is evicted at a hard threshold gets none of its grace; at a soft one as much as the kubelet allows: none, unless told. */
const HARD_GRACE_MS = 1;

/** A timer: what a machine has left is looked at. */
export interface PressureLook {
  readonly node: string;
}

/** A threshold that is passed for long enough to do something about it. */
interface Passed {
  readonly signal: Signal;
  readonly type: 'hard' | 'soft';
  readonly threshold: number;
  readonly available: number;
}

export class NodePressure {
  private readonly ctx: PartContext;
  private readonly workers: Workers;

  constructor(ctx: PartContext, workers: Workers) {
    this.ctx = ctx;
    this.workers = workers;
  }

  lookSoon({ name, pressure }: NodeWork, delayMs = LOOK_MS): void {
    const { sim } = this.ctx;
    if (pressure.lookMs !== undefined && pressure.lookMs > sim.nowMs && pressure.lookMs <= sim.nowMs + delayMs) return;
    pressure.lookMs = sim.nowMs + delayMs;
    const look: PressureLook = { node: name };
    sim.schedule(delayMs, 'kubelet/pressure', look);
  }

  /** A kubelet that speaks again, and whose machine was short of something, tells anew what its machine is short of. */
  resume(node: NodeWork): void {
    const { memory, disk } = node.pressure;
    memory.isPressed = false;
    disk.isPressed = false;
    this.lookSoon(node);
  }

  look(node: NodeWork): void {
    const object = this.ctx.api.get<Node>('Node', undefined, node.name);
    if (node.pressure.lookMs !== this.ctx.sim.nowMs || node.isSilent || !object) return;
    node.pressure.lookMs = undefined;
    const workers = this.workers.liveOn(node.name);
    const passed = signals.flatMap((signal) => this.passed(node, object, signal, workers) ?? []);
    if (passed[0]) this.reclaim(node, passed[0], workers);
    for (const signal of signals) this.tellPressure(node, signal);
  }

  /** Notes whether a threshold is passed; told is only what has been so for its grace. */
  private passed(node: NodeWork, { status }: Node, signal: Signal, workers: readonly LiveWorker[]): Passed | undefined {
    const { nowMs } = this.ctx.sim;
    const eviction = this.workers.runtime.eviction ?? {};
    const shortage = shortageOf(signal, node.pressure);
    const { hardBytes, softBytes, minReclaimBytes } = signal.thresholds(eviction, status.capacity);
    const available = signal.total(status.capacity) - workers.reduce((sum, worker) => sum + signal.podBytes(worker), 0);
    const isBelow = (threshold: number | undefined, type: Passed['type']) =>
      threshold !== undefined && available < threshold + (shortage.reclaiming === type ? minReclaimBytes : 0);
    const isHard = isBelow(hardBytes, 'hard');
    const isSoft = isBelow(softBytes, 'soft');
    shortage.softSinceMs = isSoft ? (shortage.softSinceMs ?? nowMs) : undefined;
    if (isHard || isSoft) shortage.lastMs = nowMs;
    const actMs = isHard ? nowMs : (shortage.softSinceMs ?? Number.POSITIVE_INFINITY) + (eviction.softGraceMs ?? 0);
    const type = isHard ? 'hard' : 'soft';
    shortage.reclaiming = actMs <= nowMs ? type : undefined;
    if (shortage.reclaiming) return { signal, type, threshold: (isHard ? hardBytes : softBytes) ?? 0, available };
    if (isSoft) this.lookSoon(node, actMs - nowMs);
    return undefined;
  }

  private reclaim(node: NodeWork, { signal, type, threshold, available }: Passed, workers: readonly LiveWorker[]): void {
    this.tell(node, 'Warning', 'EvictionThresholdMet', `Attempting to reclaim ${signal.resource}`);
    const uses = workers.map((worker) => ({ worker, bytes: signal.knownBytes(worker, this.ctx.sim.nowMs) }));
    const victim = firstToGo(signal, uses)?.worker;
    if (victim) {
      const most = type === 'hard' ? 0 : (this.workers.runtime.eviction?.maxPodGraceMs ?? 0);
      const graceMs = Math.max(HARD_GRACE_MS, Math.min(most, victim.graceMs()));
      evictPod(victim, evictionMessage(signal, victim, threshold, available), { graceMs, isPressed: true });
    }
    this.lookSoon(node, ROUND_MS);
  }

  /** Pressure is told until it was last found some time ago. */
  private tellPressure(node: NodeWork, signal: Signal): void {
    const shortage = shortageOf(signal, node.pressure);
    if (shortage.lastMs === undefined) return;
    const { nowMs } = this.ctx.sim;
    const untilMs = shortage.lastMs + (this.workers.runtime.eviction?.transitionMs ?? TRANSITION_MS);
    this.setPressure(node, signal, nowMs < untilMs);
    if (nowMs < untilMs) this.lookSoon(node, untilMs - nowMs);
    else shortage.lastMs = undefined;
  }

  private setPressure(node: NodeWork, signal: Signal, isPressed: boolean): void {
    const shortage = shortageOf(signal, node.pressure);
    if (shortage.isPressed === isPressed) return;
    shortage.isPressed = isPressed;
    const { api, sim } = this.ctx;
    const object = api.get<Node>('Node', undefined, node.name);
    if (!object) return;
    const now = toTimestamp(sim.nowMs);
    const status: Condition['status'] = isPressed ? 'True' : 'False';
    const { reason, message, event } = signal.words[status];
    const conditions = (object.status.conditions ?? []).map((condition) =>
      condition.type === signal.condition
        ? { ...condition, status, reason, message, lastHeartbeatTime: now, lastTransitionTime: now }
        : condition,
    );
    api.updateStatus<Node>({ ...object, status: { ...object.status, conditions } });
    this.tell(node, 'Normal', event, `Node ${node.name} status is now: ${event}`);
  }

  private tell({ name }: NodeWork, type: Event['type'], reason: string, message: string): void {
    this.ctx.recorder.record({ component: 'kubelet', host: name }, { kind: 'Node', name, uid: name }, type, reason, message);
  }
}
