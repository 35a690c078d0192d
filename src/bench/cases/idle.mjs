// E9: a day of a cluster in which nothing happens.   node idle.mjs NODES PODS
import { cpuOf, emptyWorld, report, rollOut } from './world.mjs';

const [nodes = 5, pods = 500] = process.argv.slice(2).map(Number);
const cluster = emptyWorld(nodes);
rollOut(cluster, 'web', pods);
cluster.settle();
const { cpuMs } = cpuOf(() => cluster.runUntil(cluster.nowMs + 24 * 3600 * 1000));
report({ program: 'idle', nodes, pods, cpuMs });
