// The arithmetic that every floor program does for every pod, and nothing else: which nodes are looked at, how they score,
// who wins. The floors differ only in how they keep what they write. Frozen: a change here re-baselines every ratio.

export const CPU_MILLI = 100;
export const MEMORY_BYTES = 128 * 1024 * 1024;
export const NODE_CPU_MILLI = 32_000;
export const NODE_MEMORY_BYTES = 128 * 1024 ** 3;
export const NODE_PODS = 250;

/** How many feasible nodes a pod is scored on. Models numFeasibleNodesToFind of pkg/scheduler/schedule_one.go. */
export function sampleSize(nodeCount) {
  if (nodeCount < 100) return nodeCount;
  const percentage = Math.max(5, 50 - Math.floor(nodeCount / 125));
  return Math.max(100, Math.floor((nodeCount * percentage) / 100));
}

/** Least allocated plus balanced allocation, each 0 to 100. */
export function score(cpu, memory) {
  const cpuFree = Math.floor(((NODE_CPU_MILLI - cpu) * 100) / NODE_CPU_MILLI);
  const memoryFree = Math.floor(((NODE_MEMORY_BYTES - memory) * 100) / NODE_MEMORY_BYTES);
  const difference = Math.abs(cpu / NODE_CPU_MILLI - memory / NODE_MEMORY_BYTES);
  return Math.floor((cpuFree + memoryFree) / 2) + Math.floor((1 - difference / 2) * 100);
}

export const fits = (cpu, memory, pods) =>
  cpu + CPU_MILLI <= NODE_CPU_MILLI && memory + MEMORY_BYTES <= NODE_MEMORY_BYTES && pods + 1 <= NODE_PODS;
