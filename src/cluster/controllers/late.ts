// What of the controllers few worlds need: it comes with a part of the program (scenario/parts).
import { Late } from '../../base/late.ts';
import type * as nodeOutage from './nodeOutage.ts';

/** Nodes that fall silent and are given up. */
export const outages = new Late<typeof nodeOutage>('outages');
