// The registry of controllers: adding one is a file and a line here.
import type { Controller } from '../controller.ts';
import { deployment } from './deployment.ts';
import { replicaSet } from './replicaSet.ts';
import { replicationController } from './replicationController.ts';

export const controllers: readonly Controller[] = [deployment, replicaSet, replicationController];
