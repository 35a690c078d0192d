// What of the scheduler few pods need: it comes with a part of the program (scenario/parts).
import { Late } from '../../base/late.ts';
import type { Plugin } from './plugin.ts';
import type * as volumes from './volumes.ts';

export const interPodAffinity = new Late<Plugin>('affinity');

/** What is done about volumes between choosing a node and binding the pod. */
export const volumeBinder = new Late<typeof volumes>('volumes');
export const volumeRestrictions = new Late<Plugin>('volumes');
export const volumeBinding = new Late<Plugin>('volumes');
export const volumeZone = new Late<Plugin>('volumes');
