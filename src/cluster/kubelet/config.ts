// What a pod takes from ConfigMaps and Secrets, and what of it is missing: its volumes are set up before anything runs, its
// variables when a container is made. Models pkg/volume/{configmap,secret,projected} and pkg/kubelet/kubelet_pods.go
// (makeEnvironmentVariables). Only kubelets that look into containers look into this, too: the stand-in of the recordings does not.

import { remembered } from '../../base/remembered.ts';
import type { ConfigMap } from '../../kube/kinds/configMap.ts';
import type { Container, PodSpec, Volume } from '../../kube/kinds/pod.ts';
import type { Secret } from '../../kube/kinds/secret.ts';

/** The objects of the pod's namespace. */
export type Lookup = (kind: 'ConfigMap' | 'Secret', name: string) => ConfigMap | Secret | undefined;

interface Need {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  readonly keys: readonly string[];
}

interface Source {
  readonly name?: string;
  readonly secretName?: string;
  readonly optional?: boolean;
  readonly items?: readonly { readonly key: string }[];
}

interface Sources {
  readonly configMap?: Source;
  readonly secret?: Source;
}

/** Why the first volume that cannot be set up cannot, in the kubelet's words. */
export function missingVolume(spec: PodSpec, lookup: Lookup): string | undefined {
  for (const { volume, needs } of volumeNeeds(spec)) {
    for (const need of needs) {
      const problem = problemWith(need, lookup, volumeKeyText);
      if (problem) return `MountVolume.SetUp failed for volume "${volume}" : ${problem}`;
    }
  }
  return undefined;
}

/** Why the variables of a container cannot be made. */
export function missingVariable(container: Container, namespace: string, lookup: Lookup): string | undefined {
  for (const need of variableNeeds(container)) {
    const problem = problemWith(need, lookup, ({ kind, name }, key) => `couldn't find key ${key} in ${kind} ${namespace}/${name}`);
    if (problem) return problem;
  }
  return undefined;
}

function problemWith(need: Need, lookup: Lookup, keyText: (need: Need, key: string) => string): string | undefined {
  const { kind, name, keys } = need;
  const object = lookup(kind, name);
  if (!object) return `${kind.toLowerCase()} "${name}" not found`;
  const binary = object.kind === 'ConfigMap' ? object.binaryData : undefined;
  const missing = keys.find((key) => object.data?.[key] === undefined && binary?.[key] === undefined);
  return missing === undefined ? undefined : keyText(need, missing);
}

function volumeKeyText({ kind }: Need, key: string): string {
  return kind === 'ConfigMap' ? `configmap references non-existent config key: ${key}` : `references non-existent secret key: ${key}`;
}

const volumeNeeds = remembered((spec: PodSpec) =>
  (spec.volumes ?? []).map((volume) => ({ volume: volume.name, needs: needsOf(volume) })).filter(({ needs }) => needs.length > 0),
);

function needsOf(volume: Volume): readonly Need[] {
  const { projected } = volume as { readonly projected?: { readonly sources?: readonly Sources[] } };
  return [volume as Sources, ...(projected?.sources ?? [])].flatMap(({ configMap, secret }) => [
    ...sourceNeed('ConfigMap', configMap),
    ...sourceNeed('Secret', secret),
  ]);
}

function sourceNeed(kind: Need['kind'], source: Source | undefined): readonly Need[] {
  const name = source?.name ?? source?.secretName;
  if (!source || name === undefined || source.optional) return [];
  return [{ kind, name, keys: (source.items ?? []).map(({ key }) => key) }];
}

interface EnvFrom {
  readonly configMapRef?: Source;
  readonly secretRef?: Source;
}

const variableNeeds = remembered((container: Container): readonly Need[] => [
  ...((container.envFrom ?? []) as readonly EnvFrom[]).flatMap(({ configMapRef, secretRef }) => [
    ...sourceNeed('ConfigMap', configMapRef),
    ...sourceNeed('Secret', secretRef),
  ]),
  ...(container.env ?? []).flatMap(({ valueFrom }) => [
    ...keyNeed('ConfigMap', valueFrom?.configMapKeyRef),
    ...keyNeed('Secret', valueFrom?.secretKeyRef),
  ]),
]);

function keyNeed(kind: Need['kind'], ref: { readonly name: string; readonly key: string; readonly optional?: boolean } | undefined) {
  return ref && !ref.optional ? [{ kind, name: ref.name, keys: [ref.key] }] : [];
}
