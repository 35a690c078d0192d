// Services: their addresses, and the endpoints behind them.
import { serviceAddresses } from '../../cluster/admission/index.ts';
import { serviceAddresses as addresses } from '../../cluster/admission/serviceAddresses.ts';
import { endpointSlice } from '../../cluster/controllers/endpointSlice.ts';
import { endpointsObject } from '../../cluster/controllers/endpointsObject.ts';
import { serviceControllers } from '../../cluster/controllers/index.ts';
import { serviceRules } from '../../kube/late.ts';
import * as rules from '../../kube/validation/service.ts';
import { fill, type Part } from './part.ts';

export const services: Part = [
  fill(serviceControllers, [endpointSlice, endpointsObject]),
  fill(serviceAddresses, addresses),
  fill(serviceRules, rules),
];
