// Floor "objects": every version of every object is an immutable API object in a log, as in our engine, with nothing around it.
//   node objects.mjs NODES PODS   ->   one JSON line
import { CPU_MILLI, fits, MEMORY_BYTES, sampleSize, score } from './scheduling.mjs';

const [nodeCount = 100, podCount = 5000] = process.argv.slice(2).map(Number);
const started = process.cpuUsage();

const store = new Map();
const log = [];
let revision = 0;
function write(key, after) {
  const stored = { ...after, metadata: { ...after.metadata, resourceVersion: String(++revision) } };
  log.push({ seq: log.length + 1, atMs: 0, actor: 'floor', verb: 'write', key, before: store.get(key), after: stored });
  store.set(key, stored);
  return stored;
}

const nodes = Array.from({ length: nodeCount }, (_, i) => ({ name: `node-${i}`, cpu: 0, memory: 0, pods: 0 }));
const spec = {
  containers: [{ name: 'web', image: 'nginx:1.25', resources: { requests: { cpu: '100m', memory: '128Mi' } } }],
  restartPolicy: 'Always',
};
const sample = sampleSize(nodeCount);
let start = 0;

function schedule() {
  let best;
  let bestScore = -1;
  let seen = 0;
  let found = 0;
  for (; seen < nodeCount && found < sample; seen++) {
    const node = nodes[(start + seen) % nodeCount];
    if (!fits(node.cpu, node.memory, node.pods)) continue;
    found++;
    const points = score(node.cpu + CPU_MILLI, node.memory + MEMORY_BYTES);
    if (points > bestScore) [best, bestScore] = [node, points];
  }
  start = (start + seen) % nodeCount;
  best.cpu += CPU_MILLI;
  best.memory += MEMORY_BYTES;
  best.pods++;
  return best;
}

const condition = (type, status) => ({ type, status, lastProbeTime: null, lastTransitionTime: '2026-01-01T00:00:00Z' });
for (let i = 0; i < podCount; i++) {
  const key = `Pod/default/web-${i}`;
  const metadata = {
    name: `web-${i}`,
    namespace: 'default',
    uid: `${i}`,
    labels: { app: 'web' },
    ownerReferences: [{ kind: 'ReplicaSet', name: 'web', uid: 'r' }],
  };
  let pod = write(key, { apiVersion: 'v1', kind: 'Pod', metadata, spec, status: { phase: 'Pending' } });
  const node = schedule();
  pod = write(key, {
    ...pod,
    spec: { ...pod.spec, nodeName: node.name },
    status: { ...pod.status, conditions: [condition('PodScheduled', 'True')] },
  });
  const waiting = { name: 'web', state: { waiting: { reason: 'ContainerCreating' } }, ready: false, restartCount: 0 };
  pod = write(key, {
    ...pod,
    status: { ...pod.status, conditions: [condition('PodScheduled', 'True'), condition('Ready', 'False')], containerStatuses: [waiting] },
  });
  const running = { name: 'web', state: { running: { startedAt: '2026-01-01T00:00:01Z' } }, ready: true, restartCount: 0 };
  write(key, {
    ...pod,
    status: {
      ...pod.status,
      phase: 'Running',
      podIP: `10.0.${i >> 8}.${i & 255}`,
      conditions: [condition('PodScheduled', 'True'), condition('Ready', 'True')],
      containerStatuses: [running],
    },
  });
}

const { user, system } = process.cpuUsage(started);
console.log(JSON.stringify({ program: 'objects', nodes: nodeCount, pods: podCount, cpuMs: (user + system) / 1000, writes: log.length }));
