// E6, E7: go to random moments of the history of a rollout, whole state; then fork from the past.   node seek.mjs NODES PODS
import { cpuOf, emptyWorld, report, rollOut } from './world.mjs';

const [nodes = 500, pods = 5000] = process.argv.slice(2).map(Number);
const cluster = emptyWorld(nodes);
rollOut(cluster, 'web', pods);
rollOut(cluster, 'web', pods, 'nginx:1.26');

let state = 12345;
const random = () => (state = (Math.imul(state, 1103515245) + 12345) >>> 0) / 4294967296;
const times = [];
let found = 0;
for (let i = 0; i < 300; i++) {
  const atMs = Math.floor(random() * cluster.nowMs);
  const started = performance.now();
  const view = cluster.viewAt(atMs);
  found += view.get('Deployment', 'Deployment/default/web') ? 1 : 0;
  times.push(performance.now() - started);
}
times.sort((a, b) => a - b);
const changes = cluster.changes.length;
const middleMs = Math.floor(cluster.nowMs / 2);
const { cpuMs: forkMs } = cpuOf(() => cluster.forkAt(middleMs));
report({ program: 'seek', nodes, pods, changes, found, medianMs: times[150], p95Ms: times[285], maxMs: times[299], forkMs });
