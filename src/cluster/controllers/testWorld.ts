// A control plane without scheduler and kubelets, for testing the controllers: a stand-in binds every pod to the least loaded
// node at once, makes it ready a second later, and lets it end a second after it was asked to.

import { daemonNodeName } from '../../kube/kinds/daemonSet.ts';
import { isPodTerminal, type Pod } from '../../kube/kinds/pod.ts';
import { type KubeObject, toTimestamp } from '../../kube/meta.ts';
import { Simulation } from '../../sim/simulation.ts';
import { ApiServer } from '../apiServer.ts';
import { type Controller, ControllerRunner } from '../controller.ts';
import { Leases } from '../leases.ts';
import { Metrics } from '../metrics.ts';
import { Recorder } from '../recorder.ts';
import { listControllers } from './index.ts';

const STARTUP_MS = 1000;
const SHUTDOWN_MS = 1000;

export interface TestWorld {
  readonly sim: Simulation;
  readonly api: ApiServer;
  readonly leases: Leases;
  readonly metrics: Metrics;
  readonly recorder: Recorder;
  /** Runs until nothing has changed for 3 s, 90 s at most. */
  settle(): void;
  pods(): Pod[];
  /** One line a change since the last call: `0.025 replicaset-controller create Pod/web-x`. Events as their text. */
  log(): string[];
}

export function testWorld({ nodes = 3, seed = 1 }: { readonly nodes?: number; readonly seed?: number } = {}): TestWorld {
  const sim = new Simulation({ seed });
  const api = new ApiServer(sim, { freeze: true });
  const recorder = new Recorder(api);
  const leases = new Leases();
  const names = Array.from({ length: nodes }, (_, i) => `node-${i + 1}`);
  const metrics = new Metrics(api);
  const runner = new ControllerRunner({ sim, api, recorder, leases, metrics }, [...listControllers(), standIn(names, leases)]);
  for (const name of ['default', 'kube-system']) api.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  runner.start();
  for (const name of names) {
    leases.start(name, 0);
    api.create(nodeNamed(name));
  }
  let seen = 0;
  return {
    sim,
    api,
    leases,
    metrics,
    recorder,
    settle() {
      const deadlineMs = sim.nowMs + 90_000;
      let quietMs = sim.nowMs;
      let seq = api.history.seq;
      while (quietMs + 3000 <= deadlineMs) {
        const due = sim.nextDueMs;
        if (due === undefined || due > quietMs + 3000) break;
        sim.step();
        if (api.history.seq !== seq) quietMs = sim.nowMs;
        seq = api.history.seq;
      }
      sim.runUntil(Math.min(quietMs + 3000, deadlineMs));
    },
    pods: () => api.list<Pod>('Pod'),
    log() {
      const lines = api.history.changes.slice(seen).map(({ atMs, actor, verb, key, after }) => {
        const text = after?.kind === 'Event' ? (after as unknown as { message: string }).message : '';
        return `${(atMs / 1000).toFixed(3)} ${actor} ${verb} ${text ? 'Event ' + text : key}`;
      });
      seen = api.history.seq;
      return lines;
    },
  };
}

function nodeNamed(name: string): KubeObject {
  const now = toTimestamp(0);
  const ready = { type: 'Ready', status: 'True', reason: 'KubeletReady', message: 'kubelet is posting ready status' } as const;
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: { 'kubernetes.io/hostname': name } },
    spec: {},
    status: {
      conditions: [{ ...ready, lastHeartbeatTime: now, lastTransitionTime: now }],
      allocatable: { cpu: '4', memory: '8Gi', pods: '110' },
    },
  } as KubeObject;
}

function standIn(nodes: readonly string[], leases: Leases): Controller {
  return {
    name: 'stand-in',
    watches: [{ kind: 'Pod' }],
    onLease(nodeName, ctx) {
      for (const pod of ctx.api.podsOnNode(nodeName)) ctx.enqueueAfter(`Pod/${pod.metadata.namespace}/${pod.metadata.name}`, 0);
    },
    reconcile(key, ctx) {
      const pod = ctx.api.getByKey<Pod>(key);
      if (!pod || isPodTerminal(pod)) return;
      const { nodeName } = pod.spec;
      if (!nodeName) {
        if (pod.metadata.deletionTimestamp) return;
        const load = (name: string) => ctx.api.podsOnNode(name).length;
        const alive = nodes.filter((name) => leases.isBeating(name));
        const target = daemonNodeName(pod) || [...alive].sort((a, b) => load(a) - load(b))[0];
        if (target) ctx.api.bind(pod, target);
        return;
      }
      if (!leases.isBeating(nodeName)) return;
      if (pod.metadata.deletionTimestamp) return end(pod, ctx);
      const isReady = pod.status.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True');
      if (isReady || pod.metadata.annotations?.['never-ready']) return;
      return start(pod, ctx);
    },
  };
}

type Ctx = Parameters<Controller['reconcile']>[1];

/** The moment a pod began to start or to end is kept in an annotation: the stand-in remembers nothing. */
function start(pod: Pod, ctx: Ctx): void | { requeueAfterMs: number } {
  const startedMs = Number(pod.metadata.annotations?.['started'] ?? Number.NaN);
  if (Number.isNaN(startedMs)) return mark(pod, 'started', ctx);
  if (ctx.nowMs < startedMs + STARTUP_MS) return { requeueAfterMs: startedMs + STARTUP_MS - ctx.nowMs };
  const conditions = (pod.status.conditions ?? []).filter(({ type }) => type !== 'Ready');
  const ready = { type: 'Ready', status: 'True', lastTransitionTime: toTimestamp(ctx.nowMs) } as const;
  ctx.api.updateStatus<Pod>({ ...pod, status: { ...pod.status, phase: 'Running', conditions: [...conditions, ready] } });
}

function end(pod: Pod, ctx: Ctx): void | { requeueAfterMs: number } {
  const endedMs = Number(pod.metadata.annotations?.['ended'] ?? Number.NaN);
  if (Number.isNaN(endedMs)) return mark(pod, 'ended', ctx);
  if (ctx.nowMs < endedMs + SHUTDOWN_MS) return { requeueAfterMs: endedMs + SHUTDOWN_MS - ctx.nowMs };
  ctx.api.delete('Pod', pod.metadata.namespace, pod.metadata.name, { gracePeriodSeconds: 0 });
}

function mark(pod: Pod, name: string, ctx: Ctx): void {
  ctx.api.updateStatus<Pod>({
    ...pod,
    metadata: { ...pod.metadata, annotations: { ...pod.metadata.annotations, [name]: String(ctx.nowMs) } },
  });
}
