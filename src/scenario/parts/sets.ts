// StatefulSets and DaemonSets, with their revisions.
import { daemonSet } from '../../cluster/controllers/daemonSet.ts';
import { setControllers } from '../../cluster/controllers/index.ts';
import { statefulSet } from '../../cluster/controllers/statefulSet.ts';
import { setRules } from '../../kube/late.ts';
import * as rules from '../../kube/validation/moreWorkloads.ts';
import { fill, type Part } from './part.ts';

export const sets: Part = [fill(setControllers, [statefulSet, daemonSet]), fill(setRules, rules)];
