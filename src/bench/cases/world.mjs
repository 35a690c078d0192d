// The worlds that the cases measure, built on the engine as it ships.
import { Cluster } from '../../../.cache/bench/engine.js';

export const machines = (count) => Array.from({ length: count }, (_, i) => ({ name: `node-${i}`, cpu: '32', memory: '128Gi', pods: 250 }));

export const deployment = (name, replicas, image = 'nginx:1.25') => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace: 'default' },
  spec: {
    replicas,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: { containers: [{ name: 'web', image, resources: { requests: { cpu: '100m', memory: '128Mi' } } }] },
    },
  },
});

/** A cluster of empty nodes, at rest. */
export function emptyWorld(nodeCount, seed = 1) {
  const cluster = new Cluster({ seed, machines: machines(nodeCount) });
  cluster.runUntil(5000);
  return cluster;
}

const isReady = (cluster, name, replicas) => {
  const status = cluster.api.get('Deployment', 'default', name)?.status;
  return status?.readyReplicas === replicas && status?.updatedReplicas === replicas;
};

/** Applies a Deployment and lets time pass until all its replicas are ready. Returns the virtual milliseconds it took. */
export function rollOut(cluster, name, replicas, image) {
  const fromMs = cluster.nowMs;
  cluster.submit({
    type: 'request',
    request: { verb: cluster.api.get('Deployment', 'default', name) ? 'update' : 'create', object: deployment(name, replicas, image) },
  });
  while (!isReady(cluster, name, replicas)) {
    if (cluster.nowMs - fromMs > 3_600_000) throw new Error(`${name} is not ready after an hour of virtual time`);
    cluster.runUntil(cluster.nowMs + 100);
  }
  return cluster.nowMs - fromMs;
}

/** CPU milliseconds, user and system, that `work` takes in this process. */
export function cpuOf(work) {
  const started = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(started);
  return { result, cpuMs: (user + system) / 1000 };
}

export const report = (row) => console.log(JSON.stringify(row));
