// Nodes that fall silent, are tainted or go away, and what becomes of their pods.
import { sweepControllers, taintControllers } from '../../cluster/controllers/index.ts';
import { outages as place } from '../../cluster/controllers/late.ts';
import * as nodeOutage from '../../cluster/controllers/nodeOutage.ts';
import { podGarbageCollector } from '../../cluster/controllers/podGarbageCollector.ts';
import { taintEviction } from '../../cluster/controllers/taintEviction.ts';
import { fill, type Part } from './part.ts';

export const outages: Part = [
  fill(place, nodeOutage),
  fill(taintControllers, [taintEviction]),
  fill(sweepControllers, [podGarbageCollector]),
];
