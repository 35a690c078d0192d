// Random worlds: whatever is done to a cluster, and in whatever order ties fall, these rules hold after every change.
// A failure prints the seed and the actions that led to it, shrunk to the fewest.
// @module-tag long

import { describe, expect, test } from 'vitest';
import { isEqual } from '../base/equal.ts';
import fc from '../base/fastCheck.ts';
import { hash32 } from '../base/random.ts';
import { ApiError } from '../kube/errors.ts';
import type { Node } from '../kube/kinds/node.ts';
import { isPodTerminal, type Pod } from '../kube/kinds/pod.ts';
import type { Change, KubeObject } from '../kube/meta.ts';
import { milliValueOf } from '../kube/quantity.ts';
import { Cluster } from './cluster.ts';
import type { ApiRequest, Intent } from './intents.ts';
import { summaryOf } from './testCluster.ts';

/** `npm run test:swarm` asks for more. */
const RUNS = Number(process.env.SWARM_RUNS ?? 20);
const NODES = ['node-1', 'node-2', 'node-3', 'node-4'];
const IMAGES = ['nginx:1.25', 'nginx:1.26', 'nginx:1.27'];

// Worlds --------------------------------------------------------------------------------------------------------------

type Action = { readonly afterMs: number } & (
  | { readonly type: 'scale'; readonly owner: number; readonly replicas: number }
  | { readonly type: 'image'; readonly owner: number; readonly image: number }
  | { readonly type: 'deletePod' | 'editPod' | 'crashPod' | 'release'; readonly pod: number }
  | { readonly type: 'failNode' | 'recoverNode' | 'cordon' | 'uncordon'; readonly node: number }
  | { readonly type: 'deleteOwner'; readonly owner: number }
);

const OWNERS = [
  { kind: 'Deployment', name: 'web' },
  { kind: 'ReplicaSet', name: 'set' },
  { kind: 'ReplicationController', name: 'old' },
] as const;

const afterMs = fc.oneof(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 20_000, max: 400_000 }));
const owner = fc.nat({ max: OWNERS.length - 1 });
const pod = fc.nat({ max: 20 });
const node = fc.nat({ max: NODES.length - 1 });
const scale = fc.record({ type: fc.constant('scale' as const), afterMs, owner, replicas: fc.nat({ max: 6 }) });
const image = fc.record({ type: fc.constant('image' as const), afterMs, owner, image: fc.nat({ max: IMAGES.length - 1 }) });
/** Only a Deployment brings every pod to its template. */
const rollout = fc.record({
  type: fc.constant('image' as const),
  afterMs,
  owner: fc.constant(0),
  image: fc.nat({ max: IMAGES.length - 1 }),
});
const nodeFault = fc.record({ type: fc.constantFrom('failNode' as const, 'recoverNode' as const), afterMs, node });
const deletePod = fc.record({ type: fc.constant('deletePod' as const), afterMs, pod });
const anything: fc.Arbitrary<Action> = fc.oneof(
  scale,
  image,
  nodeFault,
  deletePod,
  fc.record({ type: fc.constantFrom('editPod' as const, 'crashPod' as const, 'release' as const), afterMs, pod }),
  fc.record({ type: fc.constantFrom('cordon' as const, 'uncordon' as const), afterMs, node }),
  fc.record({ type: fc.constant('deleteOwner' as const), afterMs, owner }),
);
/** What leads to the same end, whichever pod or node it falls on. */
const convergent: fc.Arbitrary<Action> = fc.oneof(scale, rollout, nodeFault, deletePod);

const ownerObject = (kind: string, name: string): KubeObject => ({
  apiVersion: kind === 'ReplicationController' ? 'v1' : 'apps/v1',
  kind,
  metadata: { name, namespace: 'default' },
  spec: {
    replicas: 3,
    selector: kind === 'ReplicationController' ? { app: name } : { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: { containers: [{ name: 'web', image: IMAGES[0], resources: { requests: { cpu: '250m', memory: '64Mi' } } }] },
    },
  },
});

function patch(kind: string, name: string, value: unknown, type: 'merge' | 'strategic' = 'merge'): Intent {
  const request: ApiRequest = { verb: 'patch', kind, namespace: kind === 'Node' ? undefined : 'default', name, type, patch: value };
  return { type: 'request', request };
}

/** What an action means in the world as it stands; undefined where there is nothing to do it to. */
function intentOf(action: Action, cluster: Cluster): Intent | undefined {
  if ('pod' in action) {
    const pods = cluster.api.list<Pod>('Pod');
    const target = pods[action.pod % Math.max(1, pods.length)];
    return target && podIntent(action.type, target);
  }
  if ('node' in action) {
    const name = NODES[action.node] as string;
    if (action.type === 'failNode' || action.type === 'recoverNode') return { type: action.type, name };
    return patch('Node', name, { spec: { unschedulable: action.type === 'cordon' } });
  }
  const { kind, name } = OWNERS[action.owner] as (typeof OWNERS)[number];
  if (action.type === 'scale') return patch(kind, name, { spec: { replicas: action.replicas } });
  if (action.type === 'deleteOwner') return { type: 'request', request: { verb: 'delete', kind, namespace: 'default', name } };
  const containers = [{ name: 'web', image: IMAGES[action.image] }];
  return patch(kind, name, { spec: { template: { spec: { containers } } } }, 'strategic');
}

function podIntent(type: 'deletePod' | 'editPod' | 'crashPod' | 'release', { metadata }: Pod): Intent {
  const { name } = metadata;
  if (type === 'deletePod') return { type: 'request', request: { verb: 'delete', kind: 'Pod', namespace: 'default', name } };
  if (type === 'crashPod') return { type: 'exitContainer', namespace: 'default', pod: name, exitCode: 1 };
  if (type === 'release') return patch('Pod', name, { metadata: { labels: { app: 'released' } } });
  return patch('Pod', name, { spec: { containers: [{ name: 'web', image: 'nginx:edited' }] } }, 'strategic');
}

function newWorld(seed: number, shuffleTies = false): Cluster {
  const cluster = new Cluster({ seed, shuffleTies, machines: NODES.map((name) => ({ name, cpu: '2', memory: '4Gi' })) });
  for (const { kind, name } of OWNERS) cluster.submit({ type: 'request', request: { verb: 'create', object: ownerObject(kind, name) } });
  return cluster;
}

function act(cluster: Cluster, actions: readonly Action[]): void {
  for (const action of actions) {
    cluster.runUntil(cluster.nowMs + action.afterMs);
    submit(cluster, intentOf(action, cluster));
  }
}

/** What a person may ask can be refused; that is part of the world. */
function submit(cluster: Cluster, intent: Intent | undefined): void {
  try {
    if (intent) cluster.submit(intent);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
  }
}

/** All machines are back and all has come to rest. */
function comeToRest(cluster: Cluster): void {
  for (const name of NODES) submit(cluster, { type: 'recoverNode', name });
  cluster.settle({ quietMs: 400_000, maxMs: 4_000_000 });
}

const bytesOf = (changes: readonly Change[]) => changes.map((change) => hash32(JSON.stringify(change)));

// Rules ---------------------------------------------------------------------------------------------------------------

/** Watches every change; returns what is broken, in words. */
function watchRules(cluster: Cluster): readonly string[] {
  const broken: string[] = [];
  const nodesEver = new Set(cluster.api.list<Node>('Node').map(({ metadata }) => metadata.name));
  let revision = 0;
  cluster.api.onChange((change) => {
    const { table, after, seq } = change;
    const fail = (rule: string) => broken.push(`change ${seq} (${change.actor} ${change.verb} ${change.key}): ${rule}`);
    if (table === 'Node' && after) nodesEver.add(after.metadata.name);
    if (after) {
      const next = Number(after.metadata.resourceVersion);
      if (!(next > revision)) fail('resourceVersion grows');
      revision = next;
    }
    if (table === 'Pod') podRules(cluster, change, nodesEver, fail);
  });
  return broken;
}

function podRules(cluster: Cluster, { actor, verb, before, after }: Change, nodesEver: Set<string>, fail: (rule: string) => void): void {
  const was = before as Pod | undefined;
  const is = after as Pod | undefined;
  if (!is) return;
  if ((is.metadata.ownerReferences ?? []).filter(({ controller }) => controller).length > 1) fail('a pod has one controller at most');
  const { nodeName } = is.spec;
  if (nodeName && !nodesEver.has(nodeName)) fail('a pod is bound to a node that exists or has existed');
  if (was?.spec.nodeName && was.spec.nodeName !== nodeName) fail('a pod never changes node');
  if (was && actor !== 'user' && verb !== 'bind' && !isEqual(was.spec, is.spec)) fail("only people edit an existing pod's spec");
  if (verb === 'bind' && nodeName && isOverfull(cluster, nodeName)) fail('a node is not asked for more than it has');
}

function isOverfull(cluster: Cluster, nodeName: string): boolean {
  const node = cluster.api.get<Node>('Node', undefined, nodeName);
  const pods = cluster.api.podsOnNode(nodeName).filter((each) => !isPodTerminal(each));
  const asked = pods.flatMap(({ spec }) => spec.containers).map(({ resources }) => milliValueOf(resources?.requests?.cpu));
  return asked.reduce((sum, cpu) => sum + cpu, 0) > milliValueOf(node?.status.allocatable?.cpu);
}

// Tests ---------------------------------------------------------------------------------------------------------------

const worlds = fc.array(anything, { minLength: 1, maxLength: 12 });
const seeds = fc.integer({ min: 1, max: 1_000_000 });
/** The same worlds each time unless asked otherwise: a test that fails today fails tomorrow. */
const settings = { numRuns: RUNS, seed: Number(process.env.SWARM_SEED ?? 1) };

describe('a random world', () => {
  test('keeps the rules after every change', () => {
    fc.assert(
      fc.property(seeds, fc.boolean(), worlds, (seed, shuffleTies, actions) => {
        const cluster = newWorld(seed, shuffleTies);
        const broken = watchRules(cluster);
        act(cluster, actions);
        cluster.settle();
        expect(broken).toEqual([]);
      }),
      settings,
    );
  });

  test('is the same, byte for byte, from the same seed', () => {
    fc.assert(
      fc.property(seeds, worlds, (seed, actions) => {
        const [first, second] = [newWorld(seed), newWorld(seed)];
        act(first, actions);
        act(second, actions);
        expect(bytesOf(second.changes)).toEqual(bytesOf(first.changes));
      }),
      settings,
    );
  });

  test('ends the same whichever way ties fall', () => {
    fc.assert(
      fc.property(seeds, fc.array(convergent, { minLength: 1, maxLength: 8 }), (seed, actions) => {
        const summaries = [newWorld(seed), newWorld(seed, true), newWorld(seed + 1, true)].map((cluster) => {
          act(cluster, actions);
          comeToRest(cluster);
          return summaryOf(cluster);
        });
        expect(summaries[1]).toEqual(summaries[0]);
        expect(summaries[2]).toEqual(summaries[0]);
      }),
      settings,
    );
  });

  test('goes on the same after it was taken back to an earlier moment', () => {
    fc.assert(
      fc.property(seeds, worlds, fc.double({ min: 0, max: 1, noNaN: true }), (seed, actions, part) => {
        const cluster = newWorld(seed);
        act(cluster, actions);
        cluster.settle();
        const endMs = cluster.nowMs;
        const forkMs = Math.floor(endMs * part);
        const bytes = bytesOf(cluster.changes);
        const later = cluster.intents.filter(({ atMs }) => atMs > forkMs);
        cluster.forkAt(forkMs);
        for (const { atMs, stepCount, intent } of later) {
          while (cluster.sim.stepCount < stepCount) cluster.step();
          cluster.runUntil(atMs);
          submit(cluster, intent);
        }
        cluster.runUntil(endMs);
        expect(bytesOf(cluster.changes)).toEqual(bytes);
      }),
      settings,
    );
  });

  test('shows at any moment what a replay from zero would', () => {
    fc.assert(
      fc.property(
        seeds,
        worlds,
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 5 }),
        (seed, actions, parts) => {
          const cluster = newWorld(seed);
          act(cluster, actions);
          for (const part of parts) {
            const atMs = Math.floor(cluster.nowMs * part);
            const objects = new Map<string, KubeObject>();
            for (const change of cluster.changes) {
              if (change.atMs > atMs) break;
              if (change.after) objects.set(change.key, change.after);
              else objects.delete(change.key);
            }
            const view = cluster.viewAt(atMs);
            const seen = view.tables.flatMap((table) => view.list(table));
            expect(new Set(seen)).toEqual(new Set(objects.values()));
            expect(seen.length).toBe(objects.size);
          }
        },
      ),
      settings,
    );
  });
});
