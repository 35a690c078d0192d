// The variables of a container as its manifest gives them, with where each comes from and what it says at the moment shown.
import type { ConfigMap } from '../../kube/kinds/configMap.ts';
import type { EnvVar, Pod } from '../../kube/kinds/pod.ts';
import type { Secret } from '../../kube/kinds/secret.ts';
import { keyFor, type Snapshot } from '../../kube/meta.ts';

export interface EnvironmentRow {
  readonly name: string;
  /** Undefined where it cannot be known, or should not be read over a shoulder: values of Secrets. */
  readonly value: string | undefined;
  /** `ConfigMap settings`, `status.podIP`. */
  readonly source: string | undefined;
}

interface EnvFrom {
  readonly prefix?: string;
  readonly configMapRef?: { readonly name: string };
  readonly secretRef?: { readonly name: string };
}

export function environmentRows(pod: Pod, container: string, snapshot: Snapshot): readonly EnvironmentRow[] {
  const { spec, metadata } = pod;
  const all = [...spec.containers, ...(spec.initContainers ?? []), ...(spec.ephemeralContainers ?? [])];
  const { env = [], envFrom = [] } = all.find(({ name }) => name === container) ?? {};
  const dataOf = (kind: 'ConfigMap' | 'Secret', name: string) =>
    (snapshot.get(kind, keyFor(kind, metadata.namespace, name)) as ConfigMap | Secret | undefined)?.data ?? {};
  const rows = new Map<string, EnvironmentRow>();
  for (const { prefix = '', configMapRef, secretRef } of envFrom as readonly EnvFrom[]) {
    const [kind, from] = configMapRef ? (['ConfigMap', configMapRef.name] as const) : (['Secret', secretRef?.name ?? ''] as const);
    for (const [key, value] of Object.entries(dataOf(kind, from)))
      rows.set(prefix + key, { name: prefix + key, value: kind === 'Secret' ? undefined : value, source: `${kind} ${from}` });
  }
  for (const variable of env)
    rows.set(
      variable.name,
      rowOf(variable, pod, (name) => dataOf('ConfigMap', name)),
    );
  return [...rows.values()];
}

function rowOf(
  { name, value, valueFrom }: EnvVar,
  pod: Pod,
  configMap: (name: string) => Readonly<Record<string, string>>,
): EnvironmentRow {
  if (!valueFrom) return { name, value: value ?? '', source: undefined };
  const { fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef } = valueFrom;
  if (fieldRef) return { name, value: fieldOf(pod, fieldRef.fieldPath), source: fieldRef.fieldPath };
  if (configMapKeyRef)
    return {
      name,
      value: configMap(configMapKeyRef.name)[configMapKeyRef.key],
      source: `ConfigMap ${configMapKeyRef.name}, ${configMapKeyRef.key}`,
    };
  if (secretKeyRef) return { name, value: undefined, source: `Secret ${secretKeyRef.name}, ${secretKeyRef.key}` };
  return { name, value: undefined, source: resourceFieldRef?.resource };
}

/** `metadata.labels['app']`, `status.podIP`. */
function fieldOf(pod: Pod, path: string): string | undefined {
  const [, map, key] = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(path) ?? [];
  if (map && key) return pod.metadata[map as 'labels' | 'annotations']?.[key];
  let at: unknown = pod;
  for (const part of path.split('.'))
    at = typeof at === 'object' && at !== null ? (at as Readonly<Record<string, unknown>>)[part] : undefined;
  return typeof at === 'string' || typeof at === 'number' ? String(at) : undefined;
}
