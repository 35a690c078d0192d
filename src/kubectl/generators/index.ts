// The registry of `kubectl create TYPE`: adding one is a record and a line here.
import type { Verb } from '../verb.ts';
import { createClusterRole, createClusterRoleBinding, createRole, createRoleBinding } from './access.ts';
import {
  createConfigMap,
  createGenericSecret,
  createNamespace,
  createPodDisruptionBudget,
  createPriorityClass,
  createQuota,
  createRegistrySecret,
  createServiceAccount,
  createTlsSecret,
} from './configuration.ts';
import { createVerb } from './generator.ts';
import { createIngress } from './ingress.ts';
import { serviceGenerators } from './services.ts';
import { createToken } from './token.ts';
import { createCronJob, createDeployment, createJob } from './workloads.ts';

const secret: Verb = {
  name: 'secret',
  usage: '(docker-registry | generic | tls)',
  summary: 'Create a secret',
  flags: [],
  verbs: [createVerb(createRegistrySecret), createVerb(createGenericSecret), createVerb(createTlsSecret)],
};

const service: Verb = {
  name: 'service',
  aliases: ['svc'],
  usage: '(clusterip | externalname | loadbalancer | nodeport)',
  summary: 'Create a service',
  flags: [],
  verbs: serviceGenerators.map(createVerb),
};

export const generators: readonly Verb[] = [
  createVerb(createClusterRole),
  createVerb(createClusterRoleBinding),
  createVerb(createConfigMap),
  createVerb(createCronJob),
  createVerb(createDeployment),
  createVerb(createIngress),
  createVerb(createJob),
  createVerb(createNamespace),
  createVerb(createPodDisruptionBudget),
  createVerb(createPriorityClass),
  createVerb(createQuota),
  createVerb(createRole),
  createVerb(createRoleBinding),
  secret,
  service,
  createVerb(createServiceAccount),
  createToken,
];
