// What bounds others: PodDisruptionBudgets, ResourceQuotas, LimitRanges.
import { limitRanger, resourceQuota } from '../../cluster/admission/index.ts';
import { limitRanger as ranging } from '../../cluster/admission/limitRanger.ts';
import { resourceQuota as charging } from '../../cluster/admission/resourceQuota.ts';
import { disruption } from '../../cluster/controllers/disruption.ts';
import { disruptionControllers, quotaControllers } from '../../cluster/controllers/index.ts';
import { resourceQuota as counting } from '../../cluster/controllers/resourceQuota.ts';
import { fill, type Part } from './part.ts';

export const limits: Part = [
  fill(disruptionControllers, [disruption]),
  fill(quotaControllers, [counting]),
  fill(limitRanger, ranging),
  fill(resourceQuota, charging),
];
