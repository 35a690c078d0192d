// PersistentVolumes and the claims to them.
import { volumeControllers } from '../../cluster/controllers/index.ts';
import { persistentVolume } from '../../cluster/controllers/persistentVolume.ts';
import { volumeExpand } from '../../cluster/controllers/volumeExpand.ts';
import { claimProtection, volumeProtection } from '../../cluster/controllers/volumeProtection.ts';
import { minikubeProvisioner, volumeProvisioner } from '../../cluster/controllers/volumeProvisioner.ts';
import { claimRules, volumeRules } from '../../kube/late.ts';
import * as volumeChecks from '../../kube/validation/persistentVolume.ts';
import * as claimChecks from '../../kube/validation/volumeClaim.ts';
import { fill, type Part } from './part.ts';

export const volumes: Part = [
  fill(volumeControllers, [persistentVolume, volumeProvisioner, minikubeProvisioner, volumeExpand, claimProtection, volumeProtection]),
  fill(volumeRules, volumeChecks),
  fill(claimRules, claimChecks),
];
