// The kubectl verbs for nodes: cordon, drain, taint; and the eviction of pods.
import { evict } from '../../cluster/eviction.ts';
import { evictions } from '../../cluster/late.ts';
import { cordon, uncordon } from '../../kubectl/verbs/cordon.ts';
import { drain } from '../../kubectl/verbs/drain.ts';
import { nodeVerbs } from '../../kubectl/verbs/index.ts';
import { taint } from '../../kubectl/verbs/taint.ts';
import { fill, type Part } from './part.ts';

export const nodes: Part = [fill(nodeVerbs, [cordon, uncordon, drain, taint]), fill(evictions, evict)];
