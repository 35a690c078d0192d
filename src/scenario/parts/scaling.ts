// HorizontalPodAutoscalers.
import { horizontalPodAutoscaler } from '../../cluster/controllers/horizontalPodAutoscaler.ts';
import { scalingControllers } from '../../cluster/controllers/index.ts';
import { autoscalerRules } from '../../kube/late.ts';
import * as rules from '../../kube/validation/autoscaler.ts';
import { fill, type Part } from './part.ts';

export const scaling: Part = [fill(scalingControllers, [horizontalPodAutoscaler]), fill(autoscalerRules, rules)];
