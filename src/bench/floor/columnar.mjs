// Floor "columnar": the same writes as typed rows of a log, the same scheduling. What no object-keeping engine can beat.
//   node columnar.mjs NODES PODS   ->   one JSON line
import { CPU_MILLI, fits, MEMORY_BYTES, sampleSize, score } from './scheduling.mjs';

const [nodeCount = 100, podCount = 5000] = process.argv.slice(2).map(Number);
const started = process.cpuUsage();

const cpu = new Float64Array(nodeCount);
const memory = new Float64Array(nodeCount);
const pods = new Int32Array(nodeCount);
const phase = new Uint8Array(podCount);
const placed = new Int32Array(podCount).fill(-1);
const log = {
  pod: new Int32Array(podCount * 4),
  before: new Uint8Array(podCount * 4),
  after: new Uint8Array(podCount * 4),
  node: new Int32Array(podCount * 4),
};
let writes = 0;
function write(pod, after, node) {
  log.pod[writes] = pod;
  log.before[writes] = phase[pod];
  log.after[writes] = after;
  log.node[writes] = node;
  writes++;
  phase[pod] = after;
}

const sample = sampleSize(nodeCount);
let start = 0;
function schedule() {
  let best = -1;
  let bestScore = -1;
  let seen = 0;
  let found = 0;
  for (; seen < nodeCount && found < sample; seen++) {
    const node = (start + seen) % nodeCount;
    if (!fits(cpu[node], memory[node], pods[node])) continue;
    found++;
    const points = score(cpu[node] + CPU_MILLI, memory[node] + MEMORY_BYTES);
    if (points > bestScore) [best, bestScore] = [node, points];
  }
  start = (start + seen) % nodeCount;
  cpu[best] += CPU_MILLI;
  memory[best] += MEMORY_BYTES;
  pods[best]++;
  return best;
}

for (let i = 0; i < podCount; i++) {
  write(i, 1, -1);
  placed[i] = schedule();
  write(i, 2, placed[i]);
  write(i, 3, placed[i]);
  write(i, 4, placed[i]);
}

const { user, system } = process.cpuUsage(started);
console.log(JSON.stringify({ program: 'columnar', nodes: nodeCount, pods: podCount, cpuMs: (user + system) / 1000, writes }));
