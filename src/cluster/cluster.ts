// Wires the parts of a cluster together: the only file that knows all of them. No DOM, no wall clock; the same seed and the
// same intents give the same bytes.
import { copyOf } from '../base/equal.ts';
import { finish } from '../base/steps.ts';
import { decodeStrict } from '../kube/decode.ts';
import { ApiError } from '../kube/errors.ts';
import type { Kind } from '../kube/kind.ts';
import { type Change, type Key, type KubeObject, keyOf, type Snapshot, tableOf } from '../kube/meta.ts';
import { warningsFor } from '../kube/warnings.ts';
import { type SavedSimulation, Simulation } from '../sim/simulation.ts';
import { ApiServer } from './apiServer.ts';
import { bootstrap } from './bootstrap.ts';
import { ControllerRunner } from './controller.ts';
import { listControllers } from './controllers/index.ts';
import type { ApiRequest, ExecRequest, InsideCommand, Intent, KubeletRuntime, LoggedIntent, Machine } from './intents.ts';
import { createKubelet, type Kubelet } from './kubelet/kubelet.ts';
import { evictions, podSubresources, serverSideApplies } from './late.ts';
import { Leases } from './leases.ts';
import { Metrics } from './metrics.ts';
import type { SavedObjectStore } from './objectStore.ts';
import type { Part } from './part.ts';
import { Recorder } from './recorder.ts';
import { patchScale } from './scaleSubresource.ts';
import { createScheduler, type Scheduler } from './scheduler/scheduler.ts';

export interface ClusterOptions {
  readonly seed?: number;
  readonly machines?: readonly Machine[];
  readonly runtime?: Partial<KubeletRuntime>;
  /** Proves that nothing depends on the order of timers due at the same moment. */
  readonly shuffleTies?: boolean;
  /** Whether the cluster comes with a default StorageClass, as playgrounds do; a bare cluster has none. */
  readonly storage?: boolean;
  /** Objects that are there from the beginning, of a cluster that ran elsewhere: machines and pods go on as these say. */
  readonly objects?: readonly KubeObject[];
  /** The work of owners of pods at the beginning, in thousandths of a CPU. */
  readonly loads?: Readonly<Record<Key, number>>;
  /** Makes every object immutable at run time. */
  readonly freeze?: boolean;
}

interface Checkpoint {
  readonly seq: number;
  readonly intentCount: number;
  readonly sim: SavedSimulation;
  readonly api: SavedObjectStore;
  readonly parts: Readonly<Record<string, unknown>>;
}

/** A checkpoint of the machinery is made when this many changes, or four times the objects that live, have been written since the last. */
const CHECKPOINT_CHANGES_MIN = 4096;

export class Cluster {
  readonly sim: Simulation;
  readonly api: ApiServer;
  readonly leases = new Leases();
  readonly metrics: Metrics;
  readonly scheduler: Scheduler;
  readonly kubelet: Kubelet;
  readonly intents: LoggedIntent[] = [];
  private readonly runner: ControllerRunner;
  private readonly parts: Readonly<Record<string, Part>>;
  private checkpoints: Checkpoint[] = [];

  constructor(options: ClusterOptions = {}, isBegun = true) {
    this.sim = new Simulation({ seed: options.seed ?? 1, shuffleTies: options.shuffleTies ?? false });
    this.api = new ApiServer(this.sim, { freeze: options.freeze ?? false });
    const recorder = new Recorder(this.api);
    this.metrics = new Metrics(this.api);
    const ctx = { sim: this.sim, api: this.api, recorder, leases: this.leases, metrics: this.metrics };
    this.runner = new ControllerRunner(ctx, listControllers());
    this.scheduler = createScheduler(ctx);
    this.kubelet = createKubelet(ctx, { startupMs: 1000, shutdownMs: 1000, scripts: false, ...options.runtime });
    this.parts = {
      recorder,
      leases: this.leases,
      metrics: this.metrics,
      runner: this.runner,
      scheduler: this.scheduler,
      kubelet: this.kubelet,
    };
    if (isBegun) finish(this.begin(options));
  }

  /** The same a little at a time, however much there is from the beginning. */
  static *inSteps(options: ClusterOptions): Generator<void, Cluster> {
    const cluster = new Cluster(options, false);
    yield* cluster.begin(options);
    return cluster;
  }

  private *begin({ objects, storage, loads = {}, machines = [] }: ClusterOptions): Generator<void> {
    for (const object of objects ?? []) yield this.api.adopt(object);
    bootstrap(this.api, storage);
    this.runner.start();
    if (objects) yield* this.kubelet.takeOver();
    for (const [owner, cpuMilli] of Object.entries(loads)) this.metrics.setLoad(owner, cpuMilli);
    for (const machine of machines) this.kubelet.addNode(machine);
    this.checkpoint();
  }

  get nowMs(): number {
    return this.sim.nowMs;
  }

  get changes(): readonly Change[] {
    return this.api.history.changes;
  }

  /** The world as it stands. */
  snapshot(): Snapshot {
    return this.api.snapshot();
  }

  /** The world as it stood at `atMs` (virtual milliseconds, not later than now). */
  viewAt(atMs: number): Snapshot {
    return this.api.history.viewAt(Math.min(atMs, this.nowMs));
  }

  /** Does what a person asks, at once. Returns the object that a request concerns. Throws ApiError with the server's words. */
  submit(intent: Intent, line?: string): KubeObject | undefined {
    this.intents.push({ atMs: this.nowMs, stepCount: this.sim.stepCount, intent, line });
    return this.perform(intent);
  }

  /** Starts a command in a container, as `kubectl exec` does. Returns it, or in the runtime's words why it could not be started. */
  exec(exec: ExecRequest, line?: string): InsideCommand | string {
    this.intents.push({ atMs: this.nowMs, stepCount: this.sim.stepCount, intent: { type: 'exec', exec }, line });
    return this.api.act('user', undefined, () => this.kubelet.exec(exec));
  }

  /** Fires the next timer, if there is one. */
  step(): boolean {
    const isStepped = this.sim.step();
    this.checkpointIfDue();
    return isStepped;
  }

  /** Lets virtual time pass up to `atMs`. Returns false when `isOverBudget` stopped it early. */
  runUntil(atMs: number, isOverBudget?: () => boolean): boolean {
    for (let due = this.sim.nextDueMs; due !== undefined && due <= atMs; due = this.sim.nextDueMs) {
      this.step();
      if (isOverBudget?.()) return false;
    }
    return this.sim.runUntil(atMs);
  }

  /** Runs until no object has changed for `quietMs`, for `maxMs` at most. Returns whether it came to rest. */
  settle({ quietMs = 3000, maxMs = 90_000 }: { readonly quietMs?: number; readonly maxMs?: number } = {}): boolean {
    const deadlineMs = this.nowMs + maxMs;
    let seq = this.api.objectChangeCount;
    let quietSinceMs = this.nowMs;
    while (quietSinceMs + quietMs <= deadlineMs) {
      const due = this.sim.nextDueMs;
      if (due === undefined || due > quietSinceMs + quietMs) {
        this.runUntil(quietSinceMs + quietMs);
        return true;
      }
      this.step();
      if (this.api.objectChangeCount !== seq) {
        seq = this.api.objectChangeCount;
        quietSinceMs = this.nowMs;
      }
    }
    this.runUntil(deadlineMs);
    return false;
  }

  /** Goes back to `atMs` and forgets what came after: from here on time runs anew. What had been asked before `atMs` stays asked. */
  forkAt(atMs: number): void {
    this.rewind((intent) => intent.atMs <= atMs, atMs);
  }

  /** Goes back to just before the intent with this index in `intents`, and forgets it and what came after. */
  undoTo(intentIndex: number): void {
    const target = this.intents[intentIndex];
    if (!target) return;
    const kept = new Set(this.intents.slice(0, intentIndex));
    this.rewind((intent) => kept.has(intent), target.atMs, target.stepCount);
  }

  private rewind(isKept: (intent: LoggedIntent) => boolean, atMs: number, untilStep = Number.POSITIVE_INFINITY): void {
    const kept = this.intents.filter(isKept);
    while (this.checkpoints.length > 1) {
      const { sim, intentCount } = this.checkpoints.at(-1) as Checkpoint;
      if (sim.nowMs <= atMs && sim.stepCount <= untilStep && intentCount <= kept.length) break;
      this.checkpoints.pop();
    }
    const checkpoint = this.checkpoints.at(-1) as Checkpoint;
    this.api.load(checkpoint.api, checkpoint.seq);
    this.sim.load(checkpoint.sim);
    for (const [name, part] of Object.entries(this.parts)) part.load(structuredClone(checkpoint.parts[name]) as never);
    this.intents.length = checkpoint.intentCount;
    for (const logged of kept.slice(checkpoint.intentCount)) {
      while (this.sim.stepCount < logged.stepCount) this.step();
      this.sim.nowMs = logged.atMs;
      this.intents.push(logged);
      try {
        this.perform(logged.intent);
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
      }
    }
    while (this.sim.stepCount < untilStep && (this.sim.nextDueMs ?? Number.POSITIVE_INFINITY) <= atMs) this.step();
    if (this.sim.nowMs < atMs) this.sim.nowMs = atMs;
  }

  private perform(intent: Intent): KubeObject | undefined {
    return this.api.act('user', undefined, (): KubeObject | undefined => {
      switch (intent.type) {
        case 'request':
          return this.request(intent.request);
        case 'addNode':
          this.kubelet.addNode(intent.machine);
          return undefined;
        case 'failNode':
          this.kubelet.failNode(intent.name);
          return undefined;
        case 'recoverNode':
          this.kubelet.recoverNode(intent.name);
          return undefined;
        case 'removeNode':
          this.kubelet.removeNode(intent.name);
          return undefined;
        case 'runtime':
          this.kubelet.setRuntime(intent.runtime);
          return undefined;
        case 'load':
          this.metrics.setLoad(keyOf(this.api.mustGet(intent.kind, intent.namespace, intent.name)), intent.cpuMilli);
          return undefined;
        case 'exec':
          this.kubelet.exec(intent.exec);
          return undefined;
        case 'input':
          this.kubelet.type(intent.uid, intent.session, intent.text, intent.isLast);
          return undefined;
        case 'send':
          this.kubelet.send(intent.namespace, intent.to, intent.port, intent.path);
          return undefined;
        case 'fillMemory':
          this.kubelet.fillMemory(intent.namespace, intent.pod, intent.container, intent.bytes);
          return undefined;
        case 'exitContainer':
          this.kubelet.exitContainer(intent.namespace, intent.pod, intent.container, intent.exitCode);
          return undefined;
      }
    });
  }

  /** A request of a person, who is warned of what is odd in what was taken. */
  private request(request: ApiRequest): KubeObject {
    const asked = this.kindAsked(request);
    if (asked?.deprecation) this.api.warn(asked.deprecation);
    const table = asked ? tableOf(asked) : 'kind' in request ? request.kind : '';
    const before = request.verb === 'patch' ? this.api.get(table, request.namespace, request.name) : undefined;
    const object = this.answer(request, table, asked);
    const isNew = ['create', 'update', 'apply'].includes(request.verb) || (request.verb === 'patch' && object !== before);
    if (isNew) for (const text of warningsFor(object)) this.api.warn(text);
    return asked?.read?.(object) ?? object;
  }

  /** The kind that a request is for, in the version that it speaks of. */
  private kindAsked(request: ApiRequest): Kind | undefined {
    if (request.verb === 'evict') return undefined;
    const { kinds } = this.api;
    return 'object' in request ? kinds.findIn(request.object.apiVersion, request.object.kind) : kinds.find(request.kind);
  }

  private answer(request: ApiRequest, table: string, asked: Kind | undefined): KubeObject {
    const options = {
      ...(asked?.read ? { asked } : {}),
      ...('dryRun' in request && request.dryRun ? { dryRun: true } : {}),
      ...('fieldManager' in request && request.fieldManager ? { fieldManager: request.fieldManager } : {}),
    };
    switch (request.verb) {
      case 'create':
        return this.api.create(decodeStrict(copyOf(request.object), request.strict ?? false, this.api.kinds), options);
      case 'apply': {
        const object = decodeStrict(copyOf(request.object), request.strict ?? false, this.api.kinds);
        return serverSideApplies.get()(this.api, { ...request, object }, options);
      }
      case 'update':
        return this.api.update(decodeStrict(copyOf(request.object), request.strict ?? false, this.api.kinds), options);
      case 'patch': {
        const { namespace, name, patch, type, subresource, strict } = request;
        if (subresource === 'scale') return patchScale(this.api, { ...copyOf(request), kind: table }, options);
        if (subresource === 'resize' || subresource === 'ephemeralcontainers') {
          return podSubresources.get()(this.api, subresource, copyOf(request));
        }
        return this.api.patch(table, namespace, name, copyOf(patch), type, {
          ...options,
          strict: strict ?? false,
          ...(subresource === 'status' ? { subresource } : {}),
        });
      }
      case 'delete':
        return this.api.delete(table, request.namespace, request.name, request.options);
      case 'evict':
        return evictions.get()(this.api, request.namespace, request.name, request.options);
    }
  }

  private checkpointIfDue(): void {
    const last = this.checkpoints.at(-1) as Checkpoint;
    const since = this.api.history.seq - last.seq;
    if (since >= CHECKPOINT_CHANGES_MIN && since >= 4 * this.api.count('Pod')) this.checkpoint();
  }

  private checkpoint(): void {
    const parts: Record<string, unknown> = {};
    for (const [name, part] of Object.entries(this.parts)) parts[name] = part.save();
    this.checkpoints.push({
      seq: this.api.history.seq,
      intentCount: this.intents.length,
      sim: this.sim.save(),
      api: this.api.save(),
      parts,
    });
  }
}
