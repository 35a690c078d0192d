// E3: the work that the commit gate counts in instructions.   node rollout.mjs NODES PODS
import { emptyWorld, report, rollOut } from './world.mjs';

const [nodes = 100, pods = 1000] = process.argv.slice(2).map(Number);
const cluster = emptyWorld(nodes);
rollOut(cluster, 'web', pods);
report({ program: 'rollout', nodes, pods, changes: cluster.changes.length, steps: cluster.sim.stepCount });
