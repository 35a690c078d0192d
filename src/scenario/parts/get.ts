// kubectl get.
import { get as verb } from '../../kubectl/verbs/get.ts';
import { getVerbs } from '../../kubectl/verbs/index.ts';
import { fill, type Part } from './part.ts';

export const get: Part = [fill(getVerbs, [verb])];
