// Random worlds for a DaemonSet: whatever is done to its nodes, pods and template, no node gets more daemons than the update allows, and
// when all is well again each node has one of today's template. A failure prints the seed and the fewest actions that led to it.
// @module-tag long

import { expect, test } from 'vitest';
import fc from '../base/fastCheck.ts';
import { ApiError } from '../kube/errors.ts';
import { type DaemonSet, daemonNodeName } from '../kube/kinds/daemonSet.ts';
import { isPodReady, isPodTerminal, type Pod } from '../kube/kinds/pod.ts';
import { controllerOf } from '../kube/meta.ts';
import { Cluster } from './cluster.ts';
import type { Intent } from './intents.ts';

const RUNS = Number(process.env.SWARM_RUNS ?? 20);
const NODES = ['node-1', 'node-2', 'node-3', 'node-4'];
/** Two that work, one that cannot be pulled, one that ends by itself. */
const IMAGES = ['nginx:1.25', 'nginx:1.26', 'notfound:1', 'crash:1'];
const TAINTS = [null, [{ key: 'a', value: 'b', effect: 'NoSchedule' }], [{ key: 'a', value: 'b', effect: 'NoExecute' }]];

const afterMs = fc.oneof(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 20_000, max: 400_000 }));
const index = fc.nat({ max: 3 });
const action = fc.record({
  type: fc.constantFrom('image', 'deletePod', 'failNode', 'recoverNode', 'label', 'taint', 'cordon', 'crash', 'release'),
  afterMs,
  index,
  choice: fc.nat({ max: 3 }),
});
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never;

const strategy = fc.oneof(
  fc.record({ maxUnavailable: fc.integer({ min: 1, max: 3 }), maxSurge: fc.constant(0) }),
  fc.record({ maxUnavailable: fc.constant(0), maxSurge: fc.integer({ min: 1, max: 3 }) }),
);

function patch(kind: string, name: string, value: unknown, type: 'merge' | 'strategic' = 'merge'): Intent {
  return {
    type: 'request',
    request: { verb: 'patch', kind, namespace: kind === 'Node' ? undefined : 'default', name, type, patch: value },
  };
}

const imagePatch = (image: string) =>
  patch('DaemonSet', 'agent', { spec: { template: { spec: { containers: [{ name: 'web', image }] } } } }, 'strategic');

function intentOf({ type, index, choice }: Action, cluster: Cluster): Intent | undefined {
  const name = NODES[index] as string;
  const pods = cluster.api.list<Pod>('Pod');
  const pod = pods[(index * 4 + choice) % Math.max(1, pods.length)]?.metadata.name;
  switch (type) {
    case 'image':
      return imagePatch(IMAGES[choice] as string);
    case 'failNode':
    case 'recoverNode':
      return { type, name };
    case 'label':
      return patch('Node', name, { metadata: { labels: { zone: choice > 1 ? 'a' : 'b' } } });
    case 'taint':
      return patch('Node', name, { spec: { taints: TAINTS[choice % 3] } });
    case 'cordon':
      return patch('Node', name, { spec: { unschedulable: choice > 1 } });
    default:
      break;
  }
  if (pod === undefined) return undefined;
  if (type === 'crash') return { type: 'exitContainer', namespace: 'default', pod, exitCode: 1 };
  if (type === 'release') return patch('Pod', pod, { metadata: { labels: { app: 'released' } } });
  return { type: 'request', request: { verb: 'delete', kind: 'Pod', namespace: 'default', name: pod } };
}

/** What a person may ask can be refused; that is part of the world. */
function submit(cluster: Cluster, intent: Intent | undefined): void {
  try {
    if (intent) cluster.submit(intent);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
  }
}

function newWorld(seed: number, rollingUpdate: object, minReadySeconds: number): Cluster {
  const machines = NODES.map((name) => ({ name, cpu: '2', memory: '4Gi', labels: { zone: 'a' } }));
  const cluster = new Cluster({ seed, shuffleTies: seed % 2 === 0, machines });
  const spec = { nodeSelector: { zone: 'a' }, containers: [{ name: 'web', image: IMAGES[0] }] };
  submit(cluster, {
    type: 'request',
    request: {
      verb: 'create',
      object: {
        apiVersion: 'apps/v1',
        kind: 'DaemonSet',
        metadata: { name: 'agent', namespace: 'default' },
        spec: {
          minReadySeconds,
          updateStrategy: { type: 'RollingUpdate', rollingUpdate },
          selector: { matchLabels: { app: 'agent' } },
          template: { metadata: { labels: { app: 'agent' } }, spec },
        },
      },
    },
  });
  return cluster;
}

const daemonsOf = (cluster: Cluster) => cluster.api.list<Pod>('Pod').filter((pod) => controllerOf(pod)?.kind === 'DaemonSet');

/** The most daemons that one node has and that are there to stay. */
function mostOnANode(cluster: Cluster): number {
  const counts = new Map<string, number>();
  for (const pod of daemonsOf(cluster)) {
    if (isPodTerminal(pod) || pod.metadata.deletionTimestamp !== undefined) continue;
    counts.set(daemonNodeName(pod), (counts.get(daemonNodeName(pod)) ?? 0) + 1);
  }
  return Math.max(0, ...counts.values());
}

/** All machines are back as they were, the template works, and all has come to rest. */
function comeToRest(cluster: Cluster): void {
  for (const name of NODES) {
    submit(cluster, { type: 'recoverNode', name });
    submit(cluster, patch('Node', name, { metadata: { labels: { zone: 'a' } }, spec: { taints: null, unschedulable: false } }));
  }
  cluster.settle({ quietMs: 10_000, maxMs: 1_000_000 });
  // Nobody looks after a taint went that drove no daemon away; an edit makes the set look.
  submit(cluster, imagePatch('nginx:1.27'));
  cluster.settle({ quietMs: 400_000, maxMs: 4_000_000 });
}

test('a DaemonSet keeps one daemon on each node that it may use', () => {
  fc.assert(
    fc.property(
      fc.nat({ max: 1000 }),
      strategy,
      fc.constantFrom(0, 3),
      fc.array(action, { maxLength: 20 }),
      (seed, rollingUpdate, minReadySeconds, actions) => {
        const cluster = newWorld(seed, rollingUpdate, minReadySeconds);
        const limit = rollingUpdate.maxSurge > 0 ? 2 : 1;
        for (const one of actions) {
          const untilMs = cluster.nowMs + one.afterMs;
          for (let due = cluster.sim.nextDueMs; due !== undefined && due <= untilMs; due = cluster.sim.nextDueMs) {
            cluster.step();
            expect(mostOnANode(cluster)).toBeLessThanOrEqual(limit);
          }
          cluster.runUntil(untilMs);
          submit(cluster, intentOf(one, cluster));
        }
        comeToRest(cluster);
        const daemons = daemonsOf(cluster);
        expect(daemons.map(daemonNodeName).sort()).toEqual(NODES);
        expect(daemons.every((pod) => isPodReady(pod) && pod.spec.containers[0]?.image === 'nginx:1.27')).toBe(true);
        const { status } = cluster.api.get<DaemonSet>('DaemonSet', 'default', 'agent') as DaemonSet;
        const all = { desiredNumberScheduled: 4, currentNumberScheduled: 4, updatedNumberScheduled: 4, numberAvailable: 4 };
        expect(status).toMatchObject({ ...all, numberMisscheduled: 0 });
      },
    ),
    { numRuns: RUNS, seed: Number(process.env.SWARM_SEED ?? 1) },
  );
}, 600_000);
