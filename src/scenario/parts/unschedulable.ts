// Pods for which no node fits: what is said of them, and who has to go for them.
import { unschedulable as place } from '../../cluster/scheduler/scheduler.ts';
import * as turnAway from '../../cluster/scheduler/turnAway.ts';
import { fill, type Part } from './part.ts';

export const unschedulable: Part = [fill(place, turnAway)];
