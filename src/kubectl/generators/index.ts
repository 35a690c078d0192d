// The registry of `kubectl create TYPE`: adding one is a record and a line here.
import type { Verb } from '../verb.ts';
import {
  createConfigMap,
  createGenericSecret,
  createNamespace,
  createPodDisruptionBudget,
  createPriorityClass,
  createQuota,
  createServiceAccount,
} from './configuration.ts';
import { createVerb } from './generator.ts';
import { serviceGenerators } from './services.ts';
import { createCronJob, createDeployment, createJob } from './workloads.ts';

const secret: Verb = {
  name: 'secret',
  usage: '(generic)',
  summary: 'Create a secret',
  flags: [],
  verbs: [createVerb(createGenericSecret)],
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
  createVerb(createConfigMap),
  createVerb(createCronJob),
  createVerb(createDeployment),
  createVerb(createJob),
  createVerb(createNamespace),
  createVerb(createPodDisruptionBudget),
  createVerb(createPriorityClass),
  createVerb(createQuota),
  secret,
  service,
  createVerb(createServiceAccount),
];
