// PersistentVolumes and the claims to them, and pods that wait for theirs or for devices.
import { ephemeralVolume } from '../../cluster/controllers/ephemeralVolume.ts';
import { podClaimControllers, volumeControllers } from '../../cluster/controllers/index.ts';
import { persistentVolume } from '../../cluster/controllers/persistentVolume.ts';
import { resourceClaim } from '../../cluster/controllers/resourceClaim.ts';
import { volumeExpand } from '../../cluster/controllers/volumeExpand.ts';
import { claimProtection, volumeProtection } from '../../cluster/controllers/volumeProtection.ts';
import { minikubeProvisioner, volumeProvisioner } from '../../cluster/controllers/volumeProvisioner.ts';
import { devices, volumeBinder, volumeBinding, volumeRestrictions, volumeZone } from '../../cluster/scheduler/late.ts';
import { dynamicResources, isWaitingForClaims } from '../../cluster/scheduler/plugins/dynamicResources.ts';
import { volumeBinding as binding } from '../../cluster/scheduler/plugins/volumeBinding.ts';
import { volumeRestrictions as restrictions } from '../../cluster/scheduler/plugins/volumeRestrictions.ts';
import { volumeZone as zone } from '../../cluster/scheduler/plugins/volumeZone.ts';
import * as binder from '../../cluster/scheduler/volumes.ts';
import { claimRules, volumeRules } from '../../kube/late.ts';
import * as volumeChecks from '../../kube/validation/persistentVolume.ts';
import * as claimChecks from '../../kube/validation/volumeClaim.ts';
import { fill, type Part } from './part.ts';

export const volumes: Part = [
  fill(podClaimControllers, [ephemeralVolume, resourceClaim]),
  fill(volumeControllers, [persistentVolume, volumeProvisioner, minikubeProvisioner, volumeExpand, claimProtection, volumeProtection]),
  fill(devices, { ...dynamicResources, isWaitingForClaims }),
  fill(volumeBinder, binder),
  fill(volumeRestrictions, restrictions),
  fill(volumeBinding, binding),
  fill(volumeZone, zone),
  fill(volumeRules, volumeChecks),
  fill(claimRules, claimChecks),
];
