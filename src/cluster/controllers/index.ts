// The registry of controllers: adding one is a file and a line here.
import type { Controller } from '../controller.ts';
import { apiServerKeeper } from './apiServerKeeper.ts';
import { cronJob } from './cronJob.ts';
import { customResourceCleanup, customResourceNames } from './customResources.ts';
import { daemonSet } from './daemonSet.ts';
import { deployment } from './deployment.ts';
import { disruption } from './disruption.ts';
import { endpointSlice } from './endpointSlice.ts';
import { endpointsObject } from './endpointsObject.ts';
import { ephemeralVolume } from './ephemeralVolume.ts';
import { garbageCollector } from './garbageCollector.ts';
import { horizontalPodAutoscaler } from './horizontalPodAutoscaler.ts';
import { job } from './job.ts';
import { namespace } from './namespace.ts';
import { rootCertificates, serviceAccounts } from './namespaceDefaults.ts';
import { nodeLifecycle } from './nodeLifecycle.ts';
import { persistentVolume } from './persistentVolume.ts';
import { podGarbageCollector } from './podGarbageCollector.ts';
import { policyStatus } from './policyStatus.ts';
import { replicaSet } from './replicaSet.ts';
import { replicationController } from './replicationController.ts';
import { resourceClaim } from './resourceClaim.ts';
import { resourceQuota } from './resourceQuota.ts';
import { statefulSet } from './statefulSet.ts';
import { taintEviction } from './taintEviction.ts';
import { ttlAfterFinished } from './ttlAfterFinished.ts';
import { volumeExpand } from './volumeExpand.ts';
import { claimProtection, volumeProtection } from './volumeProtection.ts';
import { minikubeProvisioner, volumeProvisioner } from './volumeProvisioner.ts';

// Who is woken by the same change acts in this order: a ReplicaSet's pods go before its Deployment hears of it.
export const controllers: readonly Controller[] = [
  replicaSet,
  deployment,
  replicationController,
  statefulSet,
  daemonSet,
  job,
  cronJob,
  ttlAfterFinished,
  nodeLifecycle,
  taintEviction,
  podGarbageCollector,
  disruption,
  endpointSlice,
  endpointsObject,
  horizontalPodAutoscaler,
  resourceQuota,
  garbageCollector,
  namespace,
  serviceAccounts,
  rootCertificates,
  apiServerKeeper,
  customResourceNames,
  customResourceCleanup,
  policyStatus,
  persistentVolume,
  volumeProvisioner,
  minikubeProvisioner,
  ephemeralVolume,
  resourceClaim,
  volumeExpand,
  claimProtection,
  volumeProtection,
];
