// The kind Deployment: names, defaults, columns. Models pkg/apis/apps/v1/defaults.go and pkg/registry/apps/deployment/strategy.go.
import type { Kind } from '../kind.ts';
import { formatSelector } from '../labels.ts';
import { replicasScale } from '../scale.ts';
import { validateDeployment, validateDeploymentUpdate } from '../validation/workload.ts';
import { ageColumn, nameColumn, templateColumns } from './columns.ts';
import type { Deployment } from './deployment.ts';
import { changed, filled } from './fill.ts';
import type { PodTemplateSpec } from './pod.ts';
import { defaultTemplate } from './podDefaults.ts';

type DeploymentSpec = Deployment['spec'];
type Strategy = DeploymentSpec['strategy'];

const QUARTER = '25%';
const REVISIONS_KEPT = 10;
const PROGRESS_DEADLINE_SECONDS = 600;

export const deploymentKind: Kind<Deployment> = {
  kind: 'Deployment',
  apiVersion: 'apps/v1',
  plural: 'deployments',
  singular: 'deployment',
  shortNames: ['deploy'],
  namespaced: true,
  categories: ['all'],
  scale: replicasScale,
  hasStatus: true,
  hasGeneration: true,
  isGenerationOfAnnotations: true,
  isSimulated: true,
  defaults: (deployment) => changed(deployment.spec ? deployment : { ...deployment, spec: {} as DeploymentSpec }, 'spec', defaultSpec),
  prepareForCreate: (deployment) => ({ ...deployment, status: {} }),
  validate: validateDeployment,
  validateUpdate: validateDeploymentUpdate,
  columns: [
    nameColumn,
    { name: 'Ready', value: ({ spec, status }) => `${status?.readyReplicas ?? 0}/${spec.replicas ?? 0}` },
    { name: 'Up-to-date', value: ({ status }) => String(status?.updatedReplicas ?? 0) },
    { name: 'Available', value: ({ status }) => String(status?.availableReplicas ?? 0) },
    ageColumn,
    ...templateColumns<Deployment>(
      ({ spec }) => spec.template,
      ({ spec }) => formatSelector(spec.selector),
    ),
  ],
};

function defaultSpec(given: DeploymentSpec): DeploymentSpec {
  const spec = filled<DeploymentSpec>(given, {
    replicas: 1,
    template: {} as PodTemplateSpec,
    strategy: {} as Strategy,
    revisionHistoryLimit: REVISIONS_KEPT,
    progressDeadlineSeconds: PROGRESS_DEADLINE_SECONDS,
  });
  return changed(changed(spec, 'template', defaultTemplate), 'strategy', defaultStrategy);
}

function defaultStrategy(given: Strategy): Strategy {
  const strategy = given.type ? given : { ...given, type: 'RollingUpdate' as const };
  if (strategy.type !== 'RollingUpdate') return strategy;
  const rollingUpdate = filled(strategy.rollingUpdate ?? {}, { maxUnavailable: QUARTER, maxSurge: QUARTER });
  // The server answers with the fields in the order of its types, however they were given.
  const isInOrder = Object.keys(strategy)[0] === 'type' && Object.keys(rollingUpdate)[0] === 'maxUnavailable';
  if (isInOrder && rollingUpdate === strategy.rollingUpdate) return strategy;
  const { maxUnavailable, maxSurge } = rollingUpdate;
  return { type: strategy.type, rollingUpdate: { maxUnavailable, maxSurge } } as Strategy;
}
