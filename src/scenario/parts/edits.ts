// Pods that are edited: what may change in one that lives, and what its kubelet does about other resources.
import { resizes } from '../../cluster/kubelet/late.ts';
import * as resize from '../../cluster/kubelet/resize.ts';
import { podSubresources } from '../../cluster/late.ts';
import { patchPodSubresource } from '../../cluster/podSubresources.ts';
import { podUpdateRules } from '../../kube/late.ts';
import * as rules from '../../kube/validation/podUpdate.ts';
import { fill, type Part } from './part.ts';

export const edits: Part = [fill(resizes, resize), fill(podSubresources, patchPodSubresource), fill(podUpdateRules, rules)];
