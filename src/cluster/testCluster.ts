// A whole cluster for tests: apply YAML, let it settle, and read its log as a story.
import type { Pod } from '../kube/kinds/pod.ts';
import { readManifests } from '../kube/manifest.ts';
import { ManifestError } from '../kube/manifestError.ts';
import type { KubeObject } from '../kube/meta.ts';
import { Cluster, type ClusterOptions } from './cluster.ts';
import type { Machine } from './intents.ts';

export interface TestClusterOptions extends Omit<ClusterOptions, 'machines'> {
  /** How many equal machines, or which ones. */
  readonly nodes?: number | readonly Machine[];
}

export interface TestCluster {
  readonly cluster: Cluster;
  /** Creates every object of a YAML text, as a person would. */
  apply(yaml: string): void;
  /** Changes an object by a merge patch, as a person would. */
  patch(kind: string, name: string, patch: unknown): void;
  settle(): void;
  pods(): Pod[];
  /** One line a change since the last call, events apart: `0.025 replicaset-controller create Pod/default/web-7d4b-x2lqz`. */
  log(): string[];
}

export function testCluster({ nodes = 3, ...options }: TestClusterOptions = {}): TestCluster {
  const machines = typeof nodes === 'number' ? Array.from({ length: nodes }, (_, i) => ({ name: `node-${i + 1}` })) : nodes;
  const cluster = new Cluster({ freeze: true, ...options, machines });
  let seen = cluster.api.history.seq;
  return {
    cluster,
    apply(yaml) {
      for (const manifest of readManifests(yaml)) {
        if (manifest instanceof ManifestError) throw manifest;
        cluster.submit({ type: 'request', request: { verb: 'create', object: manifest.object, strict: true } });
      }
    },
    patch(kind, name, patch) {
      cluster.submit({ type: 'request', request: { verb: 'patch', kind, namespace: 'default', name, type: 'merge', patch } });
    },
    settle: () => void cluster.settle(),
    pods: () => cluster.api.list<Pod>('Pod'),
    log() {
      const changes = cluster.changes.slice(seen).filter(({ table }) => table !== 'Event');
      seen = cluster.api.history.seq;
      return changes.map(({ atMs, actor, verb, key }) => `${(atMs / 1000).toFixed(3)} ${actor} ${verb} ${key}`);
    },
  };
}

/** What stands in the world, names and moments apart: two runs that differ only by chance agree on it. */
export function summaryOf(cluster: Cluster): readonly string[] {
  const lines = new Map<string, number>();
  for (const pod of cluster.api.list<Pod>('Pod')) {
    const owner = pod.metadata.ownerReferences?.find(({ controller }) => controller);
    const isReady = pod.status.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True');
    const line = [
      owner ? `${owner.kind} of ${templateOf(pod)}` : pod.metadata.name,
      pod.status.phase,
      isReady ? 'ready' : 'not ready',
      pod.spec.containers.map(({ image }) => image).join(),
      pod.metadata.deletionTimestamp ? 'terminating' : '',
    ].join(' ');
    lines.set(line, (lines.get(line) ?? 0) + 1);
  }
  return [...lines].map(([line, count]) => `${count} x ${line}`).toSorted();
}

function templateOf({ metadata }: KubeObject): string {
  return Object.entries(metadata.labels ?? {})
    .filter(([label]) => label !== 'pod-template-hash')
    .map(([label, value]) => `${label}=${value}`)
    .join();
}
