// The registry of controllers: adding one is a file and a line here. Those that only act on kinds of their own may come later, in a part
// of the program (scenario/parts): the first object of such a kind asks for it.
import { Late, MissingPart } from '../../base/late.ts';
import type { Controller, Watch } from '../controller.ts';
import { apiServerKeeper } from './apiServerKeeper.ts';
import { garbageCollector } from './garbageCollector.ts';
import { rootCertificates, serviceAccounts } from './namespaceDefaults.ts';
import { nodeLifecycle } from './nodeLifecycle.ts';
import { replicaSet } from './replicaSet.ts';
import { replicationController } from './replicationController.ts';
import { serviceWatch } from './serviceWatch.ts';
import { endingNamespaceWatch, podClaimWatch, sweepWatches, taintWatch } from './watches.ts';

type Controllers = readonly Controller[];

export const deploymentControllers = new Late<Controllers>('deployments');
export const serviceControllers = new Late<Controllers>('services');
export const setControllers = new Late<Controllers>('sets');
export const jobControllers = new Late<Controllers>('jobs');
export const disruptionControllers = new Late<Controllers>('limits');
export const scalingControllers = new Late<Controllers>('scaling');
export const quotaControllers = new Late<Controllers>('limits');
export const extensionControllers = new Late<Controllers>('extensions');
export const taintControllers = new Late<Controllers>('outages');
export const sweepControllers = new Late<Controllers>('outages');
export const namespaceControllers = new Late<Controllers>('namespaces');
export const podClaimControllers = new Late<Controllers>('volumes');
export const volumeControllers = new Late<Controllers>('volumes');

/** The controllers of a world. */
export function listControllers(): Controllers {
  // Who is woken by the same change acts in this order: a ReplicaSet's pods go before its Deployment hears of it.
  return [
    replicaSet,
    ...late(deploymentControllers, 'Deployment'),
    replicationController,
    ...late(setControllers, 'StatefulSet', 'DaemonSet'),
    ...late(jobControllers, 'Job', 'CronJob'),
    nodeLifecycle,
    ...late(taintControllers, taintWatch),
    ...late(sweepControllers, ...sweepWatches),
    ...late(disruptionControllers, 'PodDisruptionBudget'),
    ...late(serviceControllers, serviceWatch),
    ...late(scalingControllers, 'HorizontalPodAutoscaler'),
    ...late(quotaControllers, 'ResourceQuota'),
    garbageCollector,
    ...late(namespaceControllers, endingNamespaceWatch),
    serviceAccounts,
    rootCertificates,
    apiServerKeeper,
    ...late(extensionControllers, 'CustomResourceDefinition', 'ValidatingAdmissionPolicy'),
    ...late(podClaimControllers, podClaimWatch),
    ...late(volumeControllers, 'PersistentVolumeClaim', 'PersistentVolume'),
  ];
}

/**
 * The controllers of a part; while it is missing, what asks for it when an object of one of these kinds appears, or one that is watched.
 * It asks even if the part has come since, for another world: this one was made without.
 */
function late(controllers: Late<Controllers>, ...asking: readonly (string | Watch)[]): Controllers {
  if (controllers.isThere) return controllers.get();
  const watches = asking.map((asked): Watch => {
    const { kind, keys } = typeof asked === 'string' ? { kind: asked } : asked;
    const isAsked: NonNullable<Watch['keys']> = (...given) => {
      if (!keys || keys(...given).length > 0) throw new MissingPart(controllers.part);
      return [];
    };
    return { kind, keys: isAsked };
  });
  return [{ name: watches.map(({ kind }) => kind).join(), watches, reconcile() {} }];
}
