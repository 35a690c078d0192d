// The registry of kinds: adding a kind is a file and a line here.
import { groupOf, type Kind } from '../kind.ts';
import type { KubeObject } from '../meta.ts';
import { acceptedKinds } from './accepted.ts';
import { autoscalerKind } from './autoscalerKind.ts';
import { configMapKind, secretKind } from './configMap.ts';
import { controllerRevisionKind } from './controllerRevisionKind.ts';
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
import { endpointSliceKind, serviceKind } from './serviceKind.ts';
import { storageClassKind } from './storageClass.ts';

/** Every record is a Kind of its own type of object; the registry gives it objects of just that kind. */
const untyped = <T extends KubeObject>(kind: Kind<T>): Kind => kind as unknown as Kind;

export const kinds: readonly Kind[] = [
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
  ...acceptedKinds,
];

const byKind = new Map(kinds.map((kind) => [kind.kind, kind]));

/** The kind of this exact name, e.g. `ReplicaSet`. */
export function findKind(kind: string): Kind | undefined {
  return byKind.get(kind);
}

/** The kind that serves `kind` in `apiVersion`; undefined where kubectl says `no matches for kind "X" in version "Y"`. */
export function findKindIn(apiVersion: string, kind: string): Kind | undefined {
  const found = byKind.get(kind);
  return found && (found.apiVersion === apiVersion || found.otherVersions?.includes(apiVersion)) ? found : undefined;
}

const byWord = new Map<string, Kind>();
for (const kind of kinds) {
  for (const word of [kind.plural, kind.singular, ...kind.shortNames]) if (!byWord.has(word)) byWord.set(word, kind);
}

/** The kind that a word of a command means: `pods`, `pod`, `po`, `Pod`, `deployments.apps`, `deploy.v1.apps`. */
export function findResource(word: string): Kind | undefined {
  const [name = '', ...qualifiers] = word.toLowerCase().split('.');
  const kind = byWord.get(name);
  if (!kind || qualifiers.length === 0) return kind;
  const group = groupOf(kind.apiVersion);
  const versions = [kind.apiVersion, ...(kind.otherVersions ?? [])].map((version) => version.split('/').at(-1));
  const given = qualifiers.join('.');
  return given === group || versions.some((version) => given === (group ? `${version}.${group}` : version)) ? kind : undefined;
}
