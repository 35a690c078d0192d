// kubectl describe, with what it says of each kind.
import { describe as verb } from '../../kubectl/verbs/describe.ts';
import { describeVerbs } from '../../kubectl/verbs/index.ts';
import { fill, type Part } from './part.ts';

export const describe: Part = [fill(describeVerbs, [verb])];
