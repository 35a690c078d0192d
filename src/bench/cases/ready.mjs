// E1, E2, E4: one Deployment from apply to all ready.   node ready.mjs NODES PODS
import { cpuOf, emptyWorld, report, rollOut } from './world.mjs';

const [nodes = 5, pods = 500] = process.argv.slice(2).map(Number);
const cluster = emptyWorld(nodes);
const started = performance.now();
const { result: virtualMs, cpuMs } = cpuOf(() => rollOut(cluster, 'web', pods));
const wallMs = performance.now() - started;
globalThis.gc?.();
globalThis.gc?.();
const { heapUsed, arrayBuffers } = process.memoryUsage();
report({
  program: 'ready',
  nodes,
  pods,
  cpuMs,
  wallMs,
  virtualMs,
  changes: cluster.changes.length,
  steps: cluster.sim.stepCount,
  heapMB: (heapUsed + arrayBuffers) / 1e6,
});
