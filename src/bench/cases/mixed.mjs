// 1,000 nodes and 30,000 pods in 20 Deployments, 5 StatefulSets and a DaemonSet, from apply to all ready.   node mixed.mjs NODES PODS
import { cpuOf, deployment, emptyWorld, report } from './world.mjs';

const [nodes = 1000, pods = 30_000] = process.argv.slice(2).map(Number);
const sets = Math.floor(pods / 50);
const perDeployment = Math.floor((pods - nodes - 5 * sets) / 20);
const { template, selector } = deployment('agent', 1).spec;

const objects = [
  ...Array.from({ length: 20 }, (_, i) => deployment(`web-${i}`, perDeployment)),
  ...Array.from({ length: 5 }, (_, i) => {
    const { metadata, spec } = deployment(`db-${i}`, sets);
    const { replicas, selector: chosen, template: cut } = spec;
    return {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata,
      spec: { serviceName: `db-${i}`, podManagementPolicy: 'Parallel', replicas, selector: chosen, template: cut },
    };
  }),
  { apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name: 'agent', namespace: 'default' }, spec: { selector, template } },
];

/** How many replicas an object has ready, and how many it wants. */
function progress(cluster, { kind, metadata }) {
  const { status, spec } = cluster.api.get(kind, 'default', metadata.name);
  return kind === 'DaemonSet' ? [status.numberReady ?? 0, nodes] : [status.readyReplicas ?? 0, spec.replicas];
}

const cluster = emptyWorld(nodes);
const started = performance.now();
const { cpuMs } = cpuOf(() => {
  for (const object of objects) cluster.submit({ type: 'request', request: { verb: 'create', object } });
  while (objects.some((object) => progress(cluster, object)[0] < progress(cluster, object)[1])) {
    if (cluster.nowMs > 7_200_000) throw new Error('not ready after two hours of virtual time');
    cluster.runUntil(cluster.nowMs + 500);
  }
});
const wallMs = performance.now() - started;
const count = cluster.api.count('Pod');
globalThis.gc?.();
const { heapUsed, arrayBuffers } = process.memoryUsage();
report({
  program: 'mixed',
  nodes,
  pods: count,
  cpuMs,
  wallMs,
  virtualMs: cluster.nowMs,
  podsPerSecond: (count / wallMs) * 1000,
  heapMB: (heapUsed + arrayBuffers) / 1e6,
});
