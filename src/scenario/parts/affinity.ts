// What pods wish of other pods and of nodes: affinity and topology spread that a manifest asks for.
import { affinityTermsOf } from '../../cluster/scheduler/affinityTerms.ts';
import { interPodAffinity } from '../../cluster/scheduler/late.ts';
import { interPodAffinity as plugin } from '../../cluster/scheduler/plugins/interPodAffinity.ts';
import { affinityTerms } from '../../cluster/scheduler/podTemplate.ts';
import * as rules from '../../kube/validation/affinity.ts';
import { affinityRules } from '../../kube/validation/late.ts';
import { fill, type Part } from './part.ts';

export const affinity: Part = [fill(affinityRules, rules), fill(affinityTerms, affinityTermsOf), fill(interPodAffinity, plugin)];
