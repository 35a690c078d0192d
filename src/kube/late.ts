// What of this floor not every world needs: it comes with the parts of the program (scenario/parts) that act on such kinds.
import { Late } from '../base/late.ts';
import type * as functions from './cel/notSimulated.ts';
import type * as customKind from './custom/customKind.ts';
import type { FieldError } from './errors.ts';
import type * as json from './jsonPatch.ts';
import type { Pod } from './kinds/pod.ts';
import type * as glance from './kinds/podGlance.ts';
import type { KubeObject, ManagedFields } from './meta.ts';
import type * as diffs from './podDiff.ts';
import type * as schedule from './schedule.ts';
import type * as accepted from './validation/accepted.ts';
import type * as policies from './validation/admissionPolicy.ts';
import type * as autoscaler from './validation/autoscaler.ts';
import type * as cronJob from './validation/cronJob.ts';
import type * as definition from './validation/customResourceDefinition.ts';
import type * as job from './validation/job.ts';
import type * as sets from './validation/moreWorkloads.ts';
import type * as volume from './validation/persistentVolume.ts';
import type * as service from './validation/service.ts';
import type * as claim from './validation/volumeClaim.ts';
import type * as yaml from './yaml.ts';

interface FieldManagers {
  managersAfterUpdate(object: KubeObject, old: KubeObject, manager: string, nowMs: number): readonly ManagedFields[];
}

interface PodUpdateRules {
  validatePodUpdate(pod: Pod, old: Pod): FieldError[];
}

/** What kubectl prints of a pod. */
export const podGlances = new Late<typeof glance>('get');
/** Who has written which fields of the objects that were applied on the server. */
export const fieldManagers = new Late<FieldManagers>('managers');
export const podUpdateRules = new Late<PodUpdateRules>('edits');
export const acceptedRules = new Late<typeof accepted>('more');
export const autoscalerRules = new Late<typeof autoscaler>('scaling');
export const claimRules = new Late<typeof claim>('volumes');
export const definitionRules = new Late<typeof definition>('extensions');
export const jobRules = new Late<typeof job & typeof cronJob>('jobs');
export const policyRules = new Late<typeof policies>('extensions');
export const serviceRules = new Late<typeof service>('services');
export const setRules = new Late<typeof sets>('sets');
export const volumeRules = new Late<typeof volume>('volumes');

export const customKinds = new Late<typeof customKind>('extensions');
/** What of CEL is not simulated: only worlds with expressions ask. */
export const celFunctions = new Late<typeof functions>('extensions');
export const schedules = new Late<typeof schedule>('jobs');
/** RFC 6902, which few patches are. */
export const jsonPatches = new Late<typeof json>('patches');
/** How a refused change of a pod is shown. */
export const podDiffs = new Late<typeof diffs>('more');
/** The whole language of YAML; what manifests are usually written in is read without it. */
export const wholeYaml = new Late<typeof yaml>('yaml');
