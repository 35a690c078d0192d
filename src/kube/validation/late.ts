// The rules for what few pods have: they come with a part of the program (scenario/parts).
import { Late } from '../../base/late.ts';
import type * as affinity from './affinity.ts';
import type * as podNetwork from './podNetwork.ts';
import type * as restartRules from './restartRules.ts';
import type * as security from './security.ts';
import type * as variables from './variables.ts';

type FieldRules = typeof podNetwork & typeof restartRules & typeof security & typeof variables;

export const affinityRules = new Late<typeof affinity>('affinity');
export const fieldRules = new Late<FieldRules>('podFields');
