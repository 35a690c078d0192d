// Deployments, and what names their ReplicaSets.
import { deployment } from '../../cluster/controllers/deployment.ts';
import { deploymentControllers } from '../../cluster/controllers/index.ts';
import { fill, type Part } from './part.ts';

export const deployments: Part = [fill(deploymentControllers, [deployment])];
