// What the bench drives: built once into .cache/bench/engine.js, then run in fresh processes.
export { Cluster } from '../cluster/cluster.ts';
export { putInAll } from '../scenario/parts/all.ts';
