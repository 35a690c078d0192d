// The rules for what few pods have: they come with a part of the program (scenario/parts).
import { Late } from '../../base/late.ts';
import type * as affinity from './affinity.ts';

export const affinityRules = new Late<typeof affinity>('affinity');
