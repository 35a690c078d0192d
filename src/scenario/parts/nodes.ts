// The kubectl verbs for nodes: cordon, drain, taint.
import { cordon, uncordon } from '../../kubectl/verbs/cordon.ts';
import { drain } from '../../kubectl/verbs/drain.ts';
import { nodeVerbs } from '../../kubectl/verbs/index.ts';
import { taint } from '../../kubectl/verbs/taint.ts';
import { fill, type Part } from './part.ts';

export const nodes: Part = [fill(nodeVerbs, [cordon, uncordon, drain, taint])];
