// What few pods ask for: hooks, variables, other users, other networks.
import { fileVariables } from '../../cluster/kubelet/environment.ts';
import * as environmentFile from '../../cluster/kubelet/environmentFile.ts';
import * as hooking from '../../cluster/kubelet/hooks.ts';
import { hooks } from '../../cluster/kubelet/killContainers.ts';
import { fieldRules } from '../../kube/validation/late.ts';
import * as network from '../../kube/validation/podNetwork.ts';
import * as restarts from '../../kube/validation/restartRules.ts';
import * as security from '../../kube/validation/security.ts';
import * as variables from '../../kube/validation/variables.ts';
import { fill, type Part } from './part.ts';

export const podFields: Part = [
  fill(fieldRules, { ...network, ...restarts, ...security, ...variables }),
  fill(hooks, hooking),
  fill(fileVariables, environmentFile),
];
