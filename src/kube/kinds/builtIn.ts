// The kinds that every server serves. Those that a world begins with, or is first tried with, are here; the others come with a part of
// the program. The kinds of one world, its custom ones included, are served.ts's kindsOf.
import { Late } from '../../base/late.ts';
import { type Kind, untyped } from '../kind.ts';
import { KindTable } from '../kindTable.ts';
import { configMapKind } from './configMap.ts';
import { deploymentKind } from './deploymentKind.ts';
import { endpointsKind } from './endpointsKind.ts';
import { eventKind } from './eventKind.ts';
import { namespaceKind } from './namespaceKind.ts';
import { nodeKind } from './nodeKind.ts';
import { podKind } from './podKind.ts';
import { priorityClassKind } from './priorityClassKind.ts';
import { replicaSetKind, replicationControllerKind } from './replicaSetKind.ts';
import { serviceAccountKind } from './serviceAccountKind.ts';
import { endpointSliceKind, serviceKind } from './serviceKind.ts';
import { storageClassKind } from './storageClass.ts';

const firstKinds: readonly Kind[] = [
  untyped(podKind),
  untyped(nodeKind),
  untyped(namespaceKind),
  untyped(priorityClassKind),
  untyped(eventKind),
  untyped(replicationControllerKind),
  untyped(replicaSetKind),
  untyped(deploymentKind),
  untyped(storageClassKind),
  untyped(serviceKind),
  untyped(endpointSliceKind),
  untyped(endpointsKind),
  untyped(configMapKind),
  untyped(serviceAccountKind),
];

/** All of them, those that are here included. */
export const everyKind = new Late<readonly Kind[]>('kinds');

export const builtInKinds = new KindTable(firstKinds, everyKind);
