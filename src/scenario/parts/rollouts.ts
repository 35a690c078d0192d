// kubectl rollout and kubectl set: what changes a template and follows it.
import { rolloutVerbs } from '../../kubectl/verbs/index.ts';
import { rollout } from '../../kubectl/verbs/rollout/index.ts';
import { set } from '../../kubectl/verbs/set/index.ts';
import { fill, type Part } from './part.ts';

export const rollouts: Part = [fill(rolloutVerbs, [rollout, set])];
