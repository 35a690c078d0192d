// The scheduler: takes the next waiting pod, finds the best node, binds. One pod a millisecond of virtual time.
// Models pkg/scheduler/{scheduler,schedule_one,eventhandlers}.go; leaves out other profiles, extenders and pod groups.
//
//   change ──▶ ClusterState, queue ──timer──▶ findFeasible ──▶ scoreNodes ──▶ bind
//                      ▲                          │ none
//                      └── unschedulable ◀── preemption (turnAway.ts, which comes later)
import { Late } from '../../base/late.ts';
import type { Node } from '../../kube/kinds/node.ts';
import { isPodTerminal, type Pod } from '../../kube/kinds/pod.ts';
import { DEFAULT_SCHEDULER as NAME } from '../../kube/kinds/podDefaults.ts';
import { claimNamesOf } from '../../kube/kinds/volumes.ts';
import type { Change, Key } from '../../kube/meta.ts';
import type { Part, PartContext } from '../part.ts';
import { clusterEventOf } from './clusterEvents.ts';
import { ClusterState, isPlaced } from './clusterState.ts';
import { type Decision, Decisions } from './decisions.ts';
import type { Desk } from './desk.ts';
import { findFeasible, scoreNodes } from './evaluate.ts';
import { devices, volumeBinder } from './late.ts';
import type { NodeState } from './nodeState.ts';
import type { ClusterEvent } from './plugin.ts';
import { plugins } from './plugins.ts';
import { type QueuedPod, SchedulingQueue, windowAfter } from './queue.ts';
import { selectHost } from './selectHost.ts';
import type * as turnAway from './turnAway.ts';
import type { Promised } from './victims.ts';
import type { AwaitedVolumes } from './volumes.ts';

export type { Decision, NodeVerdict } from './decisions.ts';

/** Pods for which no node fits. */
export const unschedulable = new Late<typeof turnAway>('unschedulable');

export interface WaitingPod {
  readonly podKey: Key;
  readonly queue: 'active' | 'backoff' | 'unschedulable' | 'gated';
  /** When it will be tried again, if that is known. */
  readonly retryAtMs?: number;
}

export interface Scheduler extends Part {
  /** Every decision about this pod so far, oldest first. */
  decisions(podKey: Key): readonly Decision[];
  /** The pods that wait, in the order in which they will be tried. */
  waiting(): readonly WaitingPod[];
}

/** From a pod being written to its first try, and from one try to the next. */
const WAKE_MS = 2;
const TRY_MS = 1;
const VOLUME_POLL_MS = 1000;
const VOLUME_WAIT_MS = 600_000;

type Timer =
  | { readonly type: 'try' | 'backoff' | 'leftover' }
  | { readonly type: 'volumes'; readonly podKey: Key; readonly podUid: string }
  | Promised;

export function createScheduler(ctx: PartContext): Scheduler {
  return new DefaultScheduler(ctx);
}

class DefaultScheduler implements Scheduler, Desk {
  readonly ctx: PartContext;
  readonly queue = new SchedulingQueue();
  private readonly taken: Decisions;
  cluster: ClusterState;
  /** Where the next look at the nodes begins, so that all get their turn. */
  private startIndex = 0;
  /** When the timer of each type is due; undefined when none is. */
  private dueMs: { try?: number; backoff?: number; leftover?: number } = {};
  /** Pods whose victims have not been told yet: not tried meanwhile. */
  preempting = new Set<Key>();
  /** Pods that are bound as soon as their volumes are. */
  private awaiting = new Map<Key, AwaitedVolumes>();

  constructor(ctx: PartContext) {
    this.ctx = ctx;
    this.taken = new Decisions((seq, atMs) => ctx.api.history.viewAtSeq(seq, atMs));
    this.cluster = this.clusterNow();
    ctx.sim.handle<Timer>('scheduler', (timer) => this.onTimer(timer));
    ctx.api.onChange((change) => this.onChange(change));
  }

  decisions(podKey: Key): readonly Decision[] {
    return this.taken.of(podKey);
  }

  waiting(): readonly WaitingPod[] {
    return this.queue.list().map(({ key, state, backoffUntilMs }) => ({
      podKey: key,
      queue: state === 'tried' ? 'active' : state,
      ...(state === 'backoff' ? { retryAtMs: windowAfter(backoffUntilMs) } : {}),
    }));
  }

  save() {
    return {
      queue: this.queue.save(),
      startIndex: this.startIndex,
      dueMs: { ...this.dueMs },
      preempting: [...this.preempting],
      awaiting: [...this.awaiting],
      decisionCount: this.taken.count,
    };
  }

  load(saved: ReturnType<DefaultScheduler['save']>): void {
    this.queue.load(saved.queue);
    this.startIndex = saved.startIndex;
    this.dueMs = { ...saved.dueMs };
    this.preempting = new Set(saved.preempting);
    this.awaiting = new Map(saved.awaiting);
    this.taken.cutAfter(saved.decisionCount);
    this.cluster = this.clusterNow();
  }

  private clusterNow(): ClusterState {
    const { api } = this.ctx;
    const objects = {
      get: (_kind: string, key: Key) => api.getByKey(key),
      list: (kind: string, namespace?: string) => api.list(kind, namespace),
    };
    const cluster = ClusterState.from(objects, api.list<Node>('Node'), api.list<Pod>('Pod'));
    for (const [key, { nodeName }] of this.awaiting) {
      const pod = api.getByKey<Pod>(key);
      if (pod && !isPlaced(pod)) cluster.assume(pod, nodeName);
    }
    return cluster;
  }

  // Watching -----------------------------------------------------------------------------------------------------------

  private onChange(change: Change): void {
    const { table, before, after } = change;
    if (table === 'Event') return;
    const { version } = this.queue;
    if (table === 'Pod') this.cluster.setPod(before as Pod | undefined, after as Pod | undefined);
    else if (table === 'Node') this.cluster.setNode(before as Node | undefined, after as Node | undefined);
    else if (table === 'Service' || table === 'Namespace') this.cluster.objectsVersion++;
    if (table === 'Pod') this.onPod(change);
    else if (table === 'ResourceClaim' && after) this.onClaim(change.seq);
    const event = clusterEventOf(change, this.cluster);
    if (event) this.onEvent(event, change.seq);
    if (this.queue.version !== version) this.wake(WAKE_MS);
  }

  private onPod({ key, before, after, seq }: Change): void {
    const pod = after as Pod | undefined;
    const queued = this.queue.get(key);
    if (pod?.metadata.uid !== this.awaiting.get(key)?.podUid || pod?.spec.nodeName) this.awaiting.delete(key);
    if (!pod || pod.spec.nodeName || isPodTerminal(pod) || pod.spec.schedulerName !== NAME) {
      if (queued) this.queue.delete(key);
      return;
    }
    const isGated = this.isGated(pod);
    if (!queued || before?.metadata.uid !== pod.metadata.uid) {
      if (queued) this.queue.delete(key);
      this.queue.add(key, pod.spec.priority ?? 0, isGated, this.ctx.sim.nowMs, seq);
      return;
    }
    if (queued.state === 'gated') {
      if (!isGated) this.queue.activate(queued, seq);
      return;
    }
    const old = before as Pod;
    if (queued.state !== 'unschedulable' || (old.spec === pod.spec && old.metadata.labels === pod.metadata.labels)) return;
    this.onEventFor({ type: 'PodUpdate', pod, before: old }, queued, seq);
  }

  private isGated(pod: Pod): boolean {
    return (
      (pod.spec.schedulingGates?.length ?? 0) > 0 ||
      (pod.spec.resourceClaims !== undefined && devices.get().isWaitingForClaims(pod, this.cluster.objects))
    );
  }

  /** Lets in the pods that waited for nothing but this claim. */
  private onClaim(seq: number): void {
    for (const { key, state } of this.queue.list()) {
      const [pod, queued] = [this.ctx.api.getByKey<Pod>(key), this.queue.get(key)];
      if (pod && queued && state === 'gated' && !this.isGated(pod)) this.queue.activate(queued, seq);
    }
  }

  /** Asks the plugins that turned pods away whether this event helps, and lets those pods try again. */
  private onEvent(event: ClusterEvent, seq: number): void {
    for (const plugin of plugins) {
      if (!plugin.events.includes(event.type)) continue;
      for (const queued of this.queue.turnedAwayBy(plugin.name)) {
        if (this.preempting.has(queued.key)) continue;
        const pod = this.ctx.api.getByKey<Pod>(queued.key);
        if (pod && (plugin.hint?.(event, this.cluster.templates.of(pod), this.cluster) ?? true)) this.requeue(queued, seq);
      }
    }
  }

  private onEventFor(event: ClusterEvent & { readonly type: 'PodUpdate' }, queued: QueuedPod, seq: number): void {
    const template = this.cluster.templates.of(event.pod);
    const isHelped = plugins.some(
      ({ name, events, hint }) =>
        queued.plugins.includes(name) && events.includes(event.type) && (hint?.(event, template, this.cluster) ?? true),
    );
    if (isHelped) this.requeue(queued, seq);
  }

  private requeue(queued: QueuedPod, seq: number): void {
    this.queue.requeue(queued, this.ctx.sim.nowMs, seq);
  }

  // Timers -------------------------------------------------------------------------------------------------------------

  private onTimer(timer: Timer): void {
    const { nowMs } = this.ctx.sim;
    if (timer.type === 'preempt') {
      this.preempting.delete(timer.podKey);
      this.ctx.api.act(NAME, this.queue.get(timer.podKey)?.cause, () =>
        unschedulable.get().evictVictims(timer, this.ctx, this.cluster.nominated),
      );
      return;
    }
    if (timer.type === 'volumes') {
      this.lookForVolumes(timer.podKey, timer.podUid);
      this.wake(0);
      return;
    }
    if (this.dueMs[timer.type] !== nowMs) return;
    delete this.dueMs[timer.type];
    if (timer.type === 'backoff') this.queue.endBackoffs(nowMs);
    if (timer.type === 'leftover') this.queue.retryLeftovers(nowMs);
    if (timer.type === 'try') this.tryNext();
    this.wake(timer.type === 'try' ? TRY_MS : 0);
  }

  /** Sees to it that the next thing to do has its timer. */
  private wake(delayMs: number): void {
    const { nowMs } = this.ctx.sim;
    if (this.dueMs.try === undefined && !this.queue.isEmpty) this.schedule('try', nowMs + delayMs);
    const backoffMs = this.queue.nextBackoffEndMs;
    if (backoffMs !== undefined && (this.dueMs.backoff ?? Number.POSITIVE_INFINITY) > backoffMs) this.schedule('backoff', backoffMs);
    if (this.dueMs.leftover !== undefined || !this.queue.hasUnschedulable) return;
    const leftoverMs = this.queue.nextLeftoverMs;
    if (leftoverMs !== undefined) this.schedule('leftover', Math.max(leftoverMs, nowMs + 1));
  }

  private schedule(type: 'try' | 'backoff' | 'leftover', atMs: number): void {
    this.dueMs[type] = atMs;
    this.ctx.sim.schedule(atMs - this.ctx.sim.nowMs, 'scheduler', { type } satisfies Timer);
  }

  // One try ------------------------------------------------------------------------------------------------------------

  private tryNext(): void {
    const queued = this.queue.pop();
    if (!queued) return;
    const pod = this.ctx.api.getByKey<Pod>(queued.key);
    if (!pod || isPlaced(pod)) return this.queue.delete(queued.key);
    this.ctx.api.act(NAME, queued.cause, () => this.tryPod(queued, pod));
  }

  private tryPod(queued: QueuedPod, pod: Pod): void {
    const { api, recorder, sim } = this.ctx;
    if (pod.metadata.deletionTimestamp) {
      const note = `skip schedule deleting pod: ${pod.metadata.namespace}/${pod.metadata.name}`;
      recorder.record({ component: NAME }, pod, 'Warning', 'FailedScheduling', note);
      return this.queue.delete(queued.key);
    }
    const { cluster, startIndex } = this;
    const { seq } = api.history;
    const decide = (nodeName: string | undefined, message: string | undefined) =>
      this.taken.add({ atMs: sim.nowMs, seq, podKey: queued.key, startIndex, nodeName, message });
    if (cluster.list().length === 0) {
      const { NO_NODES, reportFailure } = unschedulable.get();
      decide(undefined, NO_NODES);
      this.queue.fail(queued, sim.nowMs);
      return reportFailure(this, pod, NO_NODES, '');
    }
    const incoming = { key: queued.key, template: cluster.templates.of(pod) };
    const evaluation = findFeasible(incoming, cluster, startIndex, pod.status.nominatedNodeName);
    this.startIndex = (startIndex + evaluation.feasible.length + evaluation.rejected.length) % evaluation.nodeCount;
    if (evaluation.feasible.length === 0) {
      const message = unschedulable.get().turnAway(this, queued, pod, evaluation);
      return decide(undefined, message);
    }
    const { feasible } = evaluation;
    const chance = this.queue.isEmpty ? undefined : sim.random(NAME);
    const node = feasible.length === 1 ? (feasible[0] as NodeState) : selectHost(feasible, scoreNodes(incoming, cluster, feasible), chance);
    decide(node.name, undefined);
    const work = node.node && claimNamesOf(pod).length > 0 && volumeBinder.get().volumeWork(pod, node.node, cluster.objects);
    if (!work) return this.bind(pod, node.name);
    this.cluster.assume(pod, node.name);
    const podUid = pod.metadata.uid ?? '';
    this.awaiting.set(queued.key, { podUid, nodeName: node.name, untilMs: sim.nowMs + VOLUME_WAIT_MS });
    api.updateStatus<Pod>({ ...pod, status: { ...pod.status, nominatedNodeName: node.name } });
    volumeBinder.get().startVolumeWork(work, node.name, api);
    this.ctx.sim.schedule(VOLUME_POLL_MS, 'scheduler', { type: 'volumes', podKey: queued.key, podUid } satisfies Timer);
  }

  private bind(pod: Pod, nodeName: string): void {
    const bound = this.ctx.api.bind(pod, nodeName);
    const text = `Successfully assigned ${pod.metadata.namespace}/${pod.metadata.name} to ${nodeName}`;
    this.ctx.recorder.record({ component: NAME }, bound, 'Normal', 'Scheduled', text);
  }

  /** Binds a pod whose volumes have come, waits on, or gives up and lets the pod try anew. */
  private lookForVolumes(key: Key, podUid: string): void {
    const { api, sim } = this.ctx;
    const awaited = this.awaiting.get(key);
    const queued = this.queue.get(key);
    const pod = api.getByKey<Pod>(key);
    if (!awaited || !queued || !pod || awaited.podUid !== podUid || pod.metadata.uid !== podUid) return;
    const { nodeName, untilMs } = awaited;
    const progress = volumeBinder.get().volumeProgress(pod, this.cluster.nodes.get(nodeName)?.node, nodeName, this.cluster.objects);
    const isLate = sim.nowMs >= untilMs;
    if (progress === 'wait' && !isLate) {
      sim.schedule(VOLUME_POLL_MS, 'scheduler', { type: 'volumes', podKey: key, podUid } satisfies Timer);
      return;
    }
    api.act(NAME, queued.cause, () => {
      if (progress === 'done') return this.bind(pod, nodeName);
      this.awaiting.delete(key);
      this.cluster.forget(key);
      this.queue.fail(queued, sim.nowMs);
      const problem = progress === 'wait' ? 'context deadline exceeded' : progress.problem;
      unschedulable
        .get()
        .reportFailure(this, pod, `running PreBind plugin "VolumeBinding": binding volumes: ${problem}`, '', 'SchedulerError');
    });
  }
}
