// The containers of a pod or of a template, and the template itself. Models kubectl/pkg/describe/describe.go describeContainers,
// DescribeProbe, DescribePodTemplate.
import type {
  Container,
  ContainerState,
  ContainerStatus,
  EnvVar,
  Pod,
  PodTemplateSpec,
  Probe,
  ResourceRequirements,
} from '../../kube/kinds/pod.ts';
import { formatSelector } from '../../kube/labels.ts';
import { formatQuantity, milliValueOf, parseQuantity, valueOf } from '../../kube/quantity.ts';
import { byText, dateOf, type Page } from './page.ts';
import { describeVolumes } from './volumes.ts';

export function describeContainers(
  title: string,
  given: readonly Container[] | undefined,
  statuses: readonly ContainerStatus[] | undefined,
  pod: Pod | undefined,
  page: Page,
  space: string,
): void {
  // A StatefulSet's template may have none.
  const containers = given ?? [];
  page.line(0, `${space}${title}:${containers.length === 0 ? ' <none>' : ''}`);
  for (const container of containers) {
    const status = statuses?.find(({ name }) => name === container.name);
    page.line(1, `${space ? ' ' : ''}${container.name}:`);
    describeImage(container, status, page);
    describeCommand(container, page);
    if (status) describeState(status, page);
    describeResources(container.resources, page, 2);
    describeProbes(container, page);
    if (container.envFrom?.length) describeEnvFrom(container.envFrom, page);
    describeEnv(container, pod, page);
    describeMounts(container, page);
    describeDevices(container, page);
  }
}

function describeImage(container: Container, status: ContainerStatus | undefined, page: Page): void {
  if (status) page.field(2, 'Container ID', status.containerID ?? '');
  page.field(2, 'Image', container.image ?? '');
  if (status) page.field(2, 'Image ID', status.imageID);
  const portsText = (numberOf: (port: NonNullable<Container['ports']>[number]) => number): string =>
    (container.ports ?? []).map((port) => `${numberOf(port)}/${port.protocol ?? 'TCP'}${port.name ? ` (${port.name})` : ''}`).join(', ');
  const plural = (container.ports?.length ?? 0) > 1 ? 's' : '';
  page.field(2, `Port${plural}`, portsText((port) => port.containerPort) || '<none>');
  page.field(2, `Host Port${plural}`, portsText((port) => port.hostPort ?? 0) || '<none>');
  const seccomp = container.securityContext?.seccompProfile as { type?: string; localhostProfile?: string } | undefined;
  if (seccomp) page.field(2, 'SeccompProfile', seccomp.type ?? '');
  if (seccomp?.type === 'Localhost') page.field(3, 'LocalhostProfile', seccomp.localhostProfile ?? '');
}

function describeCommand({ command, args }: Container, page: Page): void {
  for (const [title, words] of [['Command', command] as const, ['Args', args] as const]) {
    if (!words?.length) continue;
    page.line(2, `${title}:`);
    for (const word of words) for (const line of word.split('\n')) page.line(3, line);
  }
}

function describeState(status: ContainerStatus, page: Page): void {
  describeOneState('State', status.state, page);
  if (status.lastState?.terminated) describeOneState('Last State', status.lastState, page);
  page.field(2, 'Ready', status.ready ? 'True' : 'False');
  page.field(2, 'Restart Count', status.restartCount);
}

function describeOneState(title: string, { running, waiting, terminated }: ContainerState, page: Page): void {
  if (running) {
    page.field(2, title, 'Running');
    page.field(3, 'Started', dateOf(running.startedAt));
  } else if (terminated && !waiting) {
    page.field(2, title, 'Terminated');
    if (terminated.reason) page.field(3, 'Reason', terminated.reason);
    if (terminated.message) page.field(3, 'Message', terminated.message);
    page.field(3, 'Exit Code', terminated.exitCode);
    if (terminated.signal) page.field(3, 'Signal', terminated.signal);
    page.field(3, 'Started', dateOf(terminated.startedAt));
    page.field(3, 'Finished', dateOf(terminated.finishedAt));
  } else {
    page.field(2, title, 'Waiting');
    if (waiting?.reason) page.field(3, 'Reason', waiting.reason);
  }
}

export function describeResources(resources: ResourceRequirements | undefined, page: Page, level: number): void {
  for (const [title, list] of [['Limits', resources?.limits] as const, ['Requests', resources?.requests] as const]) {
    const names = Object.keys(list ?? {}).sort();
    if (names.length > 0) page.line(level, `${title}:`);
    for (const name of names) page.field(level + 1, name, formatQuantity(parseQuantity(list?.[name] ?? 0)));
  }
}

function describeProbes(container: Container, page: Page): void {
  const { livenessProbe, readinessProbe, startupProbe } = container;
  for (const [title, probe] of [
    ['Liveness', livenessProbe] as const,
    ['Readiness', readinessProbe] as const,
    ['Startup', startupProbe] as const,
  ]) {
    if (probe) page.field(2, title, probeText(probe));
  }
}

function probeText(probe: Probe): string {
  const attributes = `delay=${probe.initialDelaySeconds ?? 0}s timeout=${probe.timeoutSeconds ?? 0}s period=${probe.periodSeconds ?? 0}s #success=${probe.successThreshold ?? 0} #failure=${probe.failureThreshold ?? 0}`;
  if (probe.exec) return `exec [${(probe.exec.command ?? []).join(' ')}] ${attributes}`;
  if (probe.httpGet) {
    const { scheme, host, port, path } = probe.httpGet;
    const place = path ? `${path.startsWith('/') ? '' : '/'}${encodeURI(path)}` : '';
    return `http-get ${(scheme ?? '').toLowerCase()}://${host ?? ''}:${port}${place} ${attributes}`;
  }
  if (probe.tcpSocket) return `tcp-socket ${probe.tcpSocket.host ?? ''}:${probe.tcpSocket.port} ${attributes}`;
  if (probe.grpc) return `grpc <pod>:${probe.grpc.port} ${probe.grpc.service ?? ''} ${attributes}`;
  return `unknown ${attributes}`;
}

interface EnvFrom {
  readonly prefix?: string;
  readonly configMapRef?: { readonly name?: string; readonly optional?: boolean };
  readonly secretRef?: { readonly name?: string; readonly optional?: boolean };
}

function describeEnvFrom(sources: readonly unknown[], page: Page): void {
  page.line(2, 'Environment Variables from:');
  for (const { prefix, configMapRef, secretRef } of sources as readonly EnvFrom[]) {
    const reference = configMapRef ?? secretRef;
    const from = configMapRef ? 'ConfigMap' : secretRef ? 'Secret' : '';
    const withPrefix = prefix ? ` with prefix '${prefix}'` : '';
    page.line(3, `${reference?.name ?? ''}\t${from}${withPrefix}\tOptional: ${reference?.optional ?? false}`);
  }
}

function describeEnv(container: Container, pod: Pod | undefined, page: Page): void {
  page.line(2, `Environment:${container.env?.length ? '' : '\t<none>'}`);
  for (const variable of container.env ?? []) page.line(3, envText(variable, container, pod));
}

function envText({ name, value, valueFrom }: EnvVar, container: Container, pod: Pod | undefined): string {
  if (!valueFrom) {
    const [first = '', ...rest] = (value ?? '').split('\n');
    return [`${name}:\t${first}`, ...rest.map((line) => `      \t${line}`)].join('\n');
  }
  const { fieldRef, resourceFieldRef, secretKeyRef, configMapKeyRef } = valueFrom;
  if (fieldRef) return `${name}:\t${pod ? podField(pod, fieldRef.fieldPath) : ''} (${fieldRef.apiVersion ?? 'v1'}:${fieldRef.fieldPath})`;
  if (resourceFieldRef) {
    const { resource, divisor } = resourceFieldRef;
    const amount = containerResource(container, resource, divisor ?? '1');
    const isWholeNode = amount === '0' && (resource === 'limits.cpu' || resource === 'limits.memory');
    return `${name}:\t${isWholeNode ? 'node allocatable' : amount} (${resource})`;
  }
  if (secretKeyRef) {
    return `${name}:\t<set to the key '${secretKeyRef.key}' in secret '${secretKeyRef.name}'>\tOptional: ${secretKeyRef.optional ?? false}`;
  }
  if (configMapKeyRef) {
    const { key, name: map, optional } = configMapKeyRef;
    return `${name}:\t<set to the key '${key}' of config map '${map}'>\tOptional: ${optional ?? false}`;
  }
  return `${name}:\t`;
}

/** kubectl looks up no more than these two: it knows the field labels that all kinds share, not those of pods. */
function podField({ metadata }: Pod, path: string): string {
  return path === 'metadata.name' ? metadata.name : path === 'metadata.namespace' ? (metadata.namespace ?? '') : '';
}

/** Models kubectl/pkg/util/resource/resource.go ExtractContainerResourceValue: whole divisors, rounded up. */
function containerResource(container: Container, path: string, divisor: string | number): string {
  const [list, ...rest] = path.split('.');
  const name = rest.join('.');
  const amount = container.resources?.[list as 'limits' | 'requests']?.[name] ?? 0;
  const unit = divisor === '0' ? '1' : divisor;
  if (name === 'cpu') return String(Math.ceil(milliValueOf(amount) / Math.max(1, milliValueOf(unit))));
  return String(Math.ceil(valueOf(amount) / Math.max(1, valueOf(unit))));
}

function describeMounts(container: Container, page: Page): void {
  page.line(2, `Mounts:${container.volumeMounts?.length ? '' : '\t<none>'}`);
  for (const mount of [...(container.volumeMounts ?? [])].sort(byText(({ mountPath }) => mountPath))) {
    const flags = `${mount.readOnly ? 'ro' : 'rw'}${mount.subPath ? `,path=${JSON.stringify(mount.subPath)}` : ''}`;
    page.line(3, `${mount.mountPath} from ${mount.name} (${flags})`);
  }
}

function describeDevices(container: Container, page: Page): void {
  const { volumeDevices } = container as { readonly volumeDevices?: readonly { readonly devicePath: string; readonly name: string }[] };
  const devices = [...(volumeDevices ?? [])];
  if (devices.length > 0) page.line(2, 'Devices:');
  for (const { devicePath, name } of devices.sort(byText((device) => device.devicePath))) page.line(3, `${devicePath} from ${name}`);
}

export function describeSpread(constraints: Pod['spec']['topologySpreadConstraints'], page: Page, space: string): void {
  if (!constraints?.length) return;
  const texts = [...constraints]
    .sort(byText(({ topologyKey }) => topologyKey))
    .map(({ topologyKey, whenUnsatisfiable, maxSkew, labelSelector }) => {
      const selector = labelSelector ? ` for selector ${formatSelector(labelSelector)}` : '';
      return `${topologyKey}:${whenUnsatisfiable} when max skew ${maxSkew} is exceeded${selector}`;
    });
  page.line(0, `${space}Topology Spread Constraints:\t${texts.join(`\n${space}\t`)}`);
}

export function describePodTemplate({ metadata, spec }: PodTemplateSpec, page: Page): void {
  page.line(0, 'Pod Template:');
  page.labels('  Labels', metadata?.labels);
  if (Object.keys(metadata?.annotations ?? {}).length > 0) page.annotations('  Annotations', metadata?.annotations);
  if (spec.serviceAccountName) page.field(1, 'Service Account', spec.serviceAccountName);
  if (spec.initContainers?.length) describeContainers('Init Containers', spec.initContainers, undefined, undefined, page, '  ');
  describeContainers('Containers', spec.containers, undefined, undefined, page, '  ');
  describeVolumes(spec.volumes, page, '  ');
  describeSpread(spec.topologySpreadConstraints, page, '  ');
  if (spec.priorityClassName) page.field(1, 'Priority Class Name', spec.priorityClassName);
  page.labels('  Node-Selectors', spec.nodeSelector);
  page.tolerations('  Tolerations', spec.tolerations);
}
