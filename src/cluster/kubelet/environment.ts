// The variables of a container: those of its lists and sources, the addresses of services, and $(NAME) in words, expanded.
// Models pkg/kubelet/kubelet_pods.go makeEnvironmentVariables, pkg/kubelet/envvars and third_party/forked/golang/expansion.
import { Late } from '../../base/late.ts';
import type { ConfigMap } from '../../kube/kinds/configMap.ts';
import type { Container, EnvVar } from '../../kube/kinds/pod.ts';
import type { Secret } from '../../kube/kinds/secret.ts';
import type { Service } from '../../kube/kinds/service.ts';
import type { Lookup } from './config.ts';
import { fieldOf, resourceOf } from './downwardFields.ts';
import type * as environmentFile from './environmentFile.ts';

/** Variables that stand in files. */
export const fileVariables = new Late<typeof environmentFile>('podFields');

export interface EnvironmentSources extends environmentFile.VolumeFiles {
  readonly podIP: string;
  readonly nodeIP: string;
  readonly allocatable: Readonly<Record<string, string | number>>;
  readonly lookup: Lookup;
  /** The services whose addresses the container is told. */
  readonly services: readonly Service[];
}

interface EnvFrom {
  readonly prefix?: string;
  readonly configMapRef?: { readonly name: string };
  readonly secretRef?: { readonly name: string };
}

/** In the order in which a process would list them. */
export function environmentOf(container: Container, sources: EnvironmentSources): Record<string, string> {
  const services = serviceVariables(sources.services);
  const own: Record<string, string> = {};
  for (const { prefix = '', configMapRef, secretRef } of (container.envFrom ?? []) as readonly EnvFrom[]) {
    const object = configMapRef ? sources.lookup('ConfigMap', configMapRef.name) : secretRef && sources.lookup('Secret', secretRef.name);
    for (const [key, value] of Object.entries(textsOf(object)).toSorted(([a], [b]) => (a < b ? -1 : 1))) own[prefix + key] = value;
  }
  for (const variable of container.env ?? []) {
    const value = valueOf(variable, container, sources, (name) => own[name] ?? services[name]);
    if (value !== undefined) own[variable.name] = value;
  }
  return { ...own, ...Object.fromEntries(Object.entries(services).filter(([name]) => !(name in own))) };
}

/** What a ConfigMap or a Secret says, by key. */
export function textsOf(object: ConfigMap | Secret | undefined): Readonly<Record<string, string>> {
  if (!object) return {};
  if (object.kind === 'ConfigMap') return object.data ?? {};
  return Object.fromEntries(Object.entries(object.data ?? {}).map(([key, text]) => [key, decodeBase64(text)]));
}

function valueOf(
  { value, valueFrom }: EnvVar,
  container: Container,
  sources: EnvironmentSources,
  variable: (name: string) => string | undefined,
): string | undefined {
  if (!valueFrom) return expand(value ?? '', variable);
  const { fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef, fileKeyRef } = valueFrom;
  if (fieldRef) return fieldOf(fieldRef.fieldPath, sources);
  if (resourceFieldRef) return resourceOf(resourceFieldRef, container, sources);
  if (configMapKeyRef) return textsOf(sources.lookup('ConfigMap', configMapKeyRef.name))[configMapKeyRef.key];
  if (secretKeyRef) return textsOf(sources.lookup('Secret', secretKeyRef.name))[secretKeyRef.key];
  if (fileKeyRef) {
    const read = fileVariables.get().fileVariable(fileKeyRef, sources);
    return read.type === 'value' ? read.text : undefined;
  }
  return '';
}

/** `$(NAME)` is replaced where it is known; `$$` is a dollar. */
export function expand(text: string, variable: (name: string) => string | undefined): string {
  return text.replace(/\$(\$|\(([^)]*)\))/g, (all, what: string, name: string) => (what === '$' ? '$' : (variable(name) ?? all)));
}

/** What stands in the way of the variables that files of volumes hold. */
export function missingFileVariable(container: Container, sources: EnvironmentSources): string | undefined {
  for (const { valueFrom } of container.env ?? []) {
    const read = valueFrom?.fileKeyRef && fileVariables.get().fileVariable(valueFrom.fileKeyRef, sources);
    if (read?.type === 'problem') return read.text;
  }
  return undefined;
}

/** What stands in the way of its mounts: `subPathExpr` with a variable that is not there or says nothing. */
export function missingPathVariable(container: Container, sources: EnvironmentSources): string | undefined {
  const expressions = (container.volumeMounts ?? []).flatMap(({ subPathExpr }) => subPathExpr ?? []);
  if (expressions.length === 0) return undefined;
  const environment = environmentOf(container, sources);
  for (const expression of expressions) {
    const missing = new Set<string>();
    expand(expression, (name) => {
      if (!environment[name]) missing.add(name);
      return environment[name];
    });
    if (missing.size > 0) return `missing value for ${[...missing].sort().join(', ')}`;
  }
  return undefined;
}

function serviceVariables(services: readonly Service[]): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const { metadata, spec } of services) {
    const { clusterIP } = spec;
    const ports = spec.ports ?? [];
    const [first] = ports;
    if (!clusterIP || clusterIP === 'None' || !first) continue;
    const name = metadata.name.toUpperCase().replaceAll('-', '_');
    for (const { protocol = 'TCP', port } of ports) {
      const prefix = `${name}_PORT_${port}_${protocol}`;
      variables[prefix] = `${protocol.toLowerCase()}://${clusterIP}:${port}`;
      variables[`${prefix}_PROTO`] = protocol.toLowerCase();
      variables[`${prefix}_PORT`] = String(port);
      variables[`${prefix}_ADDR`] = clusterIP;
    }
    variables[`${name}_SERVICE_HOST`] = clusterIP;
    variables[`${name}_SERVICE_PORT`] = String(first.port);
    for (const port of ports) {
      if (port.name) variables[`${name}_SERVICE_PORT_${port.name.toUpperCase().replaceAll('-', '_')}`] = String(port.port);
    }
    variables[`${name}_PORT`] = `${(first.protocol ?? 'TCP').toLowerCase()}://${clusterIP}:${first.port}`;
  }
  return variables;
}

function decodeBase64(text: string): string {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return new TextDecoder().decode(bytes);
}
