// The registry of kinds: adding a kind is a file and a line here.
import { type Kind, untyped } from '../kind.ts';
import { acceptedKinds } from './accepted.ts';
import {
  mutatingPolicyBindingKind,
  mutatingPolicyKind,
  validatingPolicyBindingKind,
  validatingPolicyKind,
} from './admissionPolicyKinds.ts';
import { autoscalerKind } from './autoscalerKind.ts';
import { bindingKind } from './bindingKind.ts';
import { componentStatusKind } from './componentStatusKind.ts';
import { configMapKind } from './configMap.ts';
import { controllerRevisionKind } from './controllerRevisionKind.ts';
import { customResourceDefinitionKind } from './customResourceDefinitionKind.ts';
import { daemonSetKind } from './daemonSetKind.ts';
import { deploymentKind } from './deploymentKind.ts';
import { endpointsKind } from './endpointsKind.ts';
import { eventKind } from './eventKind.ts';
import { cronJobKind, jobKind } from './jobKind.ts';
import { limitRangeKind } from './limitRange.ts';
import { namespaceKind } from './namespaceKind.ts';
import { nodeKind } from './nodeKind.ts';
import { persistentVolumeKind } from './persistentVolume.ts';
import { persistentVolumeClaimKind } from './persistentVolumeClaim.ts';
import { podDisruptionBudgetKind } from './podDisruptionBudget.ts';
import { podKind } from './podKind.ts';
import { priorityClassKind } from './priorityClassKind.ts';
import { replicaSetKind, replicationControllerKind } from './replicaSetKind.ts';
import { resourceQuotaKind } from './resourceQuota.ts';
import { reviewKinds } from './reviews.ts';
import { secretKind } from './secret.ts';
import { serviceAccountKind } from './serviceAccountKind.ts';
import { endpointSliceKind, serviceKind } from './serviceKind.ts';
import { storageClassKind } from './storageClass.ts';

/** Of two kinds that a word may mean, the one that is meant comes first. */
export const everyKind: readonly Kind[] = [
  untyped(podKind),
  untyped(nodeKind),
  untyped(namespaceKind),
  untyped(priorityClassKind),
  untyped(eventKind),
  untyped(replicationControllerKind),
  untyped(replicaSetKind),
  untyped(deploymentKind),
  untyped(daemonSetKind),
  untyped(controllerRevisionKind),
  untyped(jobKind),
  untyped(cronJobKind),
  untyped(podDisruptionBudgetKind),
  untyped(resourceQuotaKind),
  untyped(limitRangeKind),
  untyped(persistentVolumeClaimKind),
  untyped(persistentVolumeKind),
  untyped(storageClassKind),
  untyped(serviceKind),
  untyped(endpointSliceKind),
  untyped(endpointsKind),
  untyped(autoscalerKind),
  untyped(configMapKind),
  untyped(secretKind),
  untyped(componentStatusKind),
  untyped(customResourceDefinitionKind),
  untyped(validatingPolicyKind),
  untyped(validatingPolicyBindingKind),
  untyped(mutatingPolicyKind),
  untyped(mutatingPolicyBindingKind),
  untyped(serviceAccountKind),
  ...acceptedKinds,
  untyped(bindingKind),
  ...reviewKinds,
];
