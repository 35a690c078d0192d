// What of the scheduler few pods need: it comes with a part of the program (scenario/parts).
import { Late } from '../../base/late.ts';
import type { Pod } from '../../kube/kinds/pod.ts';
import type { ObjectSource } from './clusterState.ts';
import type { Plugin } from './plugin.ts';
import type * as volumes from './volumes.ts';

export const interPodAffinity = new Late<Plugin>('affinity');

interface Devices extends Plugin {
  /** Whether a claim of the pod has not been made yet: until then it is not even tried. */
  isWaitingForClaims(pod: Pod, objects: ObjectSource): boolean;
}

/** Pods that ask for devices. */
export const devices = new Late<Devices>('volumes');
/** What is done about volumes between choosing a node and binding the pod. */
export const volumeBinder = new Late<typeof volumes>('volumes');
export const volumeRestrictions = new Late<Plugin>('volumes');
export const volumeBinding = new Late<Plugin>('volumes');
export const volumeZone = new Late<Plugin>('volumes');
