// The rules for containers: names, images, ports, resources, mounts, probes, hooks.
// Models pkg/apis/core/validation/validation.go (ValidateContainers and what it calls).
// Leaves out volume devices, resize policies, Windows and SELinux options.
import type { FieldError } from '../errors.ts';
import { allInvalid, duplicate, forbidden, invalid, NEGATIVE, nonNegative, notFound, notSupported, required } from '../fieldErrors.ts';
import type { Container, ContainerPort, IntOrString, Probe, ResourceList, ResourceRequirements, VolumeMount } from '../kinds/pod.ts';
import { isDns1123Label, isPortName, isPortNumber, isQualifiedName, PORT_NUMBER_ERROR } from '../names.ts';
import { compareQuantities, parseQuantity } from '../quantity.ts';
import { fieldRules } from './late.ts';

const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];
const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never'];
const MESSAGE_POLICIES = ['FallbackToLogsOnError', 'File'];

/** Rules for the list of main containers. `volumes` are the names that mounts may use. */
export function validateContainers(
  containers: readonly Container[] | undefined,
  volumes: ReadonlySet<string>,
  graceSeconds: number | undefined,
  field: string,
): FieldError[] {
  if (!containers || containers.length === 0) return [required(field)];
  const names = new Set<string>();
  const errors = containers.flatMap((container, i) => {
    const path = `${field}[${i}]`;
    const found = validateContainer(container, volumes, path);
    if (names.has(container.name)) found.push(duplicate(`${path}.name`, container.name));
    else if (container.name) names.add(container.name);
    found.push(...validateLifecycleAndProbes(container, graceSeconds, path));
    found.push(...validateRestarts(container, path));
    return found;
  });
  return [...errors, ...hostPortConflicts(containers, field)];
}

/** Init containers share the names of the others; only those that keep running may have probes and hooks. */
export function validateInitContainers(
  initContainers: readonly Container[] | undefined,
  containers: readonly Container[] | undefined,
  volumes: ReadonlySet<string>,
  graceSeconds: number | undefined,
  field: string,
): FieldError[] {
  const names = new Set((containers ?? []).map(({ name }) => name));
  return (initContainers ?? []).flatMap((container, i) => {
    const path = `${field}[${i}]`;
    const errors = validateContainer(container, volumes, path);
    if (names.has(container.name)) errors.push(duplicate(`${path}.name`, container.name));
    else if (container.name) names.add(container.name);
    if (container.restartPolicy === 'Always') errors.push(...validateLifecycleAndProbes(container, graceSeconds, path));
    else errors.push(...refuseProbes(container, path));
    errors.push(...validateRestarts(container, path));
    return [...errors, ...hostPortConflicts([container], path, true)];
  });
}

function refuseProbes(container: Container, path: string): FieldError[] {
  return (['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'] as const)
    .filter((name) => container[name] !== undefined)
    .map((name) => forbidden(`${path}.${name}`, 'may not be set for init containers without restartPolicy=Always'));
}

function validateContainer(container: Container, volumes: ReadonlySet<string>, path: string): FieldError[] {
  const errors: FieldError[] = [];
  if (!container.name) errors.push(required(`${path}.name`));
  else errors.push(...allInvalid(`${path}.name`, container.name, isDns1123Label(container.name)));
  if (!container.image) errors.push(required(`${path}.image`));
  const { terminationMessagePolicy, imagePullPolicy } = container;
  if (terminationMessagePolicy && !MESSAGE_POLICIES.includes(terminationMessagePolicy)) {
    errors.push(notSupported(`${path}.terminationMessagePolicy`, terminationMessagePolicy, MESSAGE_POLICIES));
  }
  errors.push(...validatePorts(container.ports, `${path}.ports`));
  errors.push(...(container.env ?? []).flatMap((variable, i) => fieldRules.get().validateVariable(variable, `${path}.env[${i}]`)));
  if (container.envFrom) errors.push(...fieldRules.get().validateEnvFrom(container.envFrom, `${path}.envFrom`));
  errors.push(...validateMounts(container.volumeMounts, volumes, `${path}.volumeMounts`));
  if (imagePullPolicy && !PULL_POLICIES.includes(imagePullPolicy)) {
    errors.push(notSupported(`${path}.imagePullPolicy`, imagePullPolicy, PULL_POLICIES));
  }
  errors.push(...validateResources(container.resources, `${path}.resources`));
  if (!container.securityContext) return errors;
  return [...errors, ...fieldRules.get().validateContainerSecurity(container, `${path}.securityContext`)];
}

function validateRestarts(container: Container, path: string): FieldError[] {
  const { restartPolicy, restartPolicyRules } = container;
  return restartPolicy || restartPolicyRules ? fieldRules.get().validateRestartPolicy(container, path) : [];
}

// Ports --------------------------------------------------------------------------------------------------------------

function validatePorts(ports: readonly ContainerPort[] | undefined, field: string): FieldError[] {
  const names = new Set<string>();
  return (ports ?? []).flatMap(({ name, containerPort, hostPort, protocol }, i) => {
    const path = `${field}[${i}]`;
    const errors: FieldError[] = [];
    if (name) {
      const problems = isPortName(name);
      errors.push(...allInvalid(`${path}.name`, name, problems));
      if (problems.length === 0 && names.has(name)) errors.push(duplicate(`${path}.name`, name));
      names.add(name);
    }
    if (!containerPort) errors.push(required(`${path}.containerPort`));
    else errors.push(...validatePortNumber(containerPort, `${path}.containerPort`));
    if (hostPort) errors.push(...validatePortNumber(hostPort, `${path}.hostPort`));
    if (protocol && !PROTOCOLS.includes(protocol)) errors.push(notSupported(`${path}.protocol`, protocol, PROTOCOLS));
    return errors;
  });
}

export function validatePortNumber(port: number, field: string): FieldError[] {
  return isPortNumber(port) ? [] : [invalid(field, port, PORT_NUMBER_ERROR)];
}

export function validatePortOrName(port: IntOrString | undefined, field: string): FieldError[] {
  return typeof port === 'string' ? allInvalid(field, port, isPortName(port)) : validatePortNumber(port ?? 0, field);
}

function hostPortConflicts(containers: readonly Container[], field: string, isSingle = false): FieldError[] {
  const taken = new Set<string>();
  return containers.flatMap((container, i) =>
    (container.ports ?? []).flatMap(({ hostPort, hostIP, protocol }, j) => {
      if (!hostPort) return [];
      const text = `${protocol}/${hostIP ?? ''}/${hostPort}`;
      if (taken.has(text)) return [duplicate(`${isSingle ? field : `${field}[${i}]`}.ports[${j}].hostPort`, text)];
      taken.add(text);
      return [];
    }),
  );
}

// Resources ----------------------------------------------------------------------------------------------------------

const CONTAINER_RESOURCES = new Set(['cpu', 'memory', 'ephemeral-storage']);
const STANDARD_RESOURCES = new Set([
  'cpu',
  'memory',
  'ephemeral-storage',
  'pods',
  'services',
  'replicationcontrollers',
  'resourcequotas',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
  'storage',
  'requests.cpu',
  'requests.memory',
  'requests.storage',
  'requests.ephemeral-storage',
  'limits.cpu',
  'limits.memory',
  'limits.ephemeral-storage',
]);
const isHugePages = (name: string) => name.startsWith('hugepages-');
const isNative = (name: string) => !name.includes('/') || name.includes('kubernetes.io/');

export function validateResources(resources: ResourceRequirements | undefined, field: string): FieldError[] {
  const { limits = {}, requests = {} } = resources ?? {};
  const names = Object.keys({ ...limits, ...requests });
  const isHugeAlone = names.some(isHugePages) && !names.includes('cpu') && !names.includes('memory');
  return [
    ...validateResourceList(limits, `${field}.limits`),
    ...Object.keys(requests)
      .sort()
      .flatMap((name) => [
        ...validateResourceList({ [name]: requests[name] as string }, `${field}.requests`),
        ...requestAgainstLimit(name, requests[name] as string, limits, field),
      ]),
    ...(isHugeAlone ? [forbidden(field, 'HugePages require cpu or memory')] : []),
  ];
}

/** Extended resources and huge pages cannot be shared, so a request is the limit. */
function requestAgainstLimit(name: string, request: string | number, limits: ResourceList, field: string): FieldError[] {
  const limit = limits[name];
  const canOvercommit = isNative(name) && !isHugePages(name);
  if (limit === undefined) return canOvercommit ? [] : [required(`${field}.limits`, 'Limit must be set for non overcommitable resources')];
  const order = compareQuantities(request, limit);
  if (order !== 0 && !canOvercommit) return [invalid(`${field}.requests`, String(request), `must be equal to ${name} limit of ${limit}`)];
  return order > 0 ? [invalid(`${field}.requests`, String(request), `must be less than or equal to ${name} limit of ${limit}`)] : [];
}

function validateResourceList(list: ResourceList, field: string): FieldError[] {
  return Object.keys(list)
    .sort()
    .flatMap((name) => {
      const path = `${field}[${name}]`;
      return [...validateResourceName(name, path), ...validateAmount(name, list[name] as string, path)];
    });
}

function validateResourceName(name: string, path: string): FieldError[] {
  const problems = allInvalid(path, name, isQualifiedName(name));
  if (problems.length > 0) return problems;
  if (name.includes('/')) return [];
  return [
    ...(STANDARD_RESOURCES.has(name) || isHugePages(name)
      ? []
      : [invalid(path, name, 'must be a standard resource type or fully qualified')]),
    ...(CONTAINER_RESOURCES.has(name) || isHugePages(name) ? [] : [invalid(path, name, 'must be a standard resource for containers')]),
  ];
}

function validateAmount(name: string, amount: string | number, path: string): FieldError[] {
  const { nano } = parseQuantity(amount);
  if (nano < 0n) return [invalid(path, String(amount), NEGATIVE)];
  return !isNative(name) && nano % 1_000_000_000n !== 0n ? [invalid(path, String(amount), 'must be an integer')] : [];
}

// Mounts -------------------------------------------------------------------------------------------------------------

function validateMounts(mounts: readonly VolumeMount[] | undefined, volumes: ReadonlySet<string>, field: string): FieldError[] {
  const paths = new Set<string>();
  return (mounts ?? []).flatMap(({ name, mountPath, subPath, subPathExpr }, i) => {
    const path = `${field}[${i}]`;
    const errors: FieldError[] = [];
    if (!name) errors.push(required(`${path}.name`));
    if (!volumes.has(name)) errors.push(notFound(`${path}.name`, name ?? ''));
    if (!mountPath) errors.push(required(`${path}.mountPath`));
    if (paths.has(mountPath)) errors.push(invalid(`${path}.mountPath`, mountPath, 'must be unique'));
    paths.add(mountPath);
    if (subPath?.startsWith('/')) errors.push(invalid(`${path}.subPath`, subPath, 'must be a relative path'));
    if (subPath?.split('/').includes('..')) errors.push(invalid(`${path}.subPath`, subPath, "must not contain '..'"));
    if (subPath && subPathExpr) errors.push(invalid(`${path}.subPathExpr`, subPathExpr, 'subPathExpr and subPath are mutually exclusive'));
    return errors;
  });
}

// Probes and hooks ---------------------------------------------------------------------------------------------------

function validateLifecycleAndProbes(
  { lifecycle, livenessProbe, readinessProbe, startupProbe }: Container,
  graceSeconds: number | undefined,
  path: string,
): FieldError[] {
  return [
    ...(lifecycle?.postStart ? validateHandler(lifecycle.postStart, `${path}.lifecycle.postStart`, graceSeconds) : []),
    ...(lifecycle?.preStop ? validateHandler(lifecycle.preStop, `${path}.lifecycle.preStop`, graceSeconds) : []),
    ...validateProbe(livenessProbe, `${path}.livenessProbe`, 'once'),
    ...validateProbe(readinessProbe, `${path}.readinessProbe`, 'readiness'),
    ...validateProbe(startupProbe, `${path}.startupProbe`, 'once'),
  ];
}

function validateProbe(probe: Probe | undefined, path: string, use: 'once' | 'readiness'): FieldError[] {
  if (!probe) return [];
  const grace = probe.terminationGracePeriodSeconds;
  const errors = validateHandler(probe, path);
  for (const name of ['initialDelaySeconds', 'timeoutSeconds', 'periodSeconds', 'successThreshold', 'failureThreshold'] as const) {
    errors.push(...nonNegative(`${path}.${name}`, probe[name]));
  }
  if (use === 'readiness') {
    if (grace !== undefined) errors.push(invalid(`${path}.terminationGracePeriodSeconds`, grace, 'must not be set for readinessProbes'));
    return errors;
  }
  if (grace !== undefined && grace <= 0) errors.push(invalid(`${path}.terminationGracePeriodSeconds`, grace, 'must be greater than 0'));
  const { successThreshold = 1 } = probe;
  return successThreshold === 1 ? errors : [...errors, invalid(`${path}.successThreshold`, successThreshold, 'must be 1')];
}

function validateHandler(given: unknown, path: string, graceSeconds?: number): FieldError[] {
  const { exec, httpGet, tcpSocket, grpc, sleep } = given as Probe & { readonly sleep?: { readonly seconds: number } };
  const errors: FieldError[] = [];
  let count = 0;
  const start = (name: string) => {
    if (++count > 1) errors.push(forbidden(`${path}.${name}`, 'may not specify more than 1 handler type'));
    return count === 1;
  };
  if (exec && start('exec') && !exec.command?.length) errors.push(required(`${path}.exec.command`));
  if (httpGet && start('httpGet')) errors.push(...validateHttpGet(httpGet, `${path}.httpGet`));
  if (tcpSocket && start('tcpSocket')) errors.push(...validatePortOrName(tcpSocket.port, `${path}.tcpSocket.port`));
  if (grpc && start('grpc')) errors.push(...validatePortNumber(grpc.port ?? 0, `${path}.grpc.port`));
  if (sleep && start('sleep')) errors.push(...validateSleep(sleep.seconds, graceSeconds, `${path}.sleep`));
  if (count === 0) errors.push(required(path, 'must specify a handler type'));
  return errors;
}

function validateSleep(seconds: number, graceSeconds: number | undefined, field: string): FieldError[] {
  if (graceSeconds === undefined || (seconds >= 0 && seconds <= graceSeconds)) return [];
  return [invalid(field, seconds, `must be non-negative and less than terminationGracePeriodSeconds (${graceSeconds})`)];
}

function validateHttpGet({ path, port, scheme }: NonNullable<Probe['httpGet']>, field: string): FieldError[] {
  return [
    ...(path ? [] : [required(`${field}.path`)]),
    ...validatePortOrName(port, `${field}.port`),
    ...(scheme && !['HTTP', 'HTTPS'].includes(scheme) ? [notSupported(`${field}.scheme`, scheme, ['HTTP', 'HTTPS'])] : []),
  ];
}
