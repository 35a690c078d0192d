// What the bench drives: built once into .cache/bench/engine.js, then run in fresh processes.
import { putInAll } from '../scenario/parts/all.ts';

export { Cluster } from '../cluster/cluster.ts';

putInAll();
