// The rules of kinds that are kept and not acted on, and how refused changes of pods are shown.
import { acceptedRules, podDiffs } from '../../kube/late.ts';
import * as diffs from '../../kube/podDiff.ts';
import * as rules from '../../kube/validation/accepted.ts';
import { fill, type Part } from './part.ts';

export const more: Part = [fill(acceptedRules, rules), fill(podDiffs, diffs)];
