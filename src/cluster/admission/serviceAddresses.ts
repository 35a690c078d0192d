// Gives Services their cluster addresses and node ports, and refuses those that are taken.
// Models pkg/registry/core/service/storage/{alloc,storage}.go. Real servers draw at random; here the name decides, so that the same
// service always gets the same address. Leaves out second IP families and ServiceCIDR objects.
import { hash32 } from '../../base/random.ts';
import { ApiError, type FieldError } from '../../kube/errors.ts';
import { invalid } from '../../kube/fieldErrors.ts';
import { mapped } from '../../kube/kinds/fill.ts';
import { isHeadless, needsClusterIP, needsNodePort, type Service, type ServicePort, type ServiceSpec } from '../../kube/kinds/service.ts';
import type { KubeObject } from '../../kube/meta.ts';
import type { Admission, ObjectReader } from './admission.ts';

/** 10.96.0.0/16; its first addresses are left to those who ask for one. */
const RANGE = [10, 96];
const RANGE_SIZE = 65_536;
const DYNAMIC_FIRST = 256;
const PORT_FIRST = 30_000;
const PORT_LAST = 32_767;
const PORT_DYNAMIC_FIRST = 30_086;

export const serviceAddresses: Admission = {
  name: 'ServiceAddresses',
  kinds: ['Service'],
  create: (object: KubeObject, api) => withAddresses(object as Service, undefined, api),
  update: (object: KubeObject, old: KubeObject, api) =>
    withAddresses(keepingAddresses(object as Service, old as Service), old as Service, api),
};

function withAddresses(service: Service, old: Service | undefined, api: ObjectReader): Service {
  const others = api.list<Service>('Service').filter((other) => !isSame(other, service));
  const spec = withHealthPort(withNodePorts(withClusterIP(service, old, others), service, old, others), service, old, others);
  return spec === service.spec ? service : { ...service, spec };
}

const isSame = ({ metadata: a }: Service, { metadata: b }: Service) => a.name === b.name && a.namespace === b.namespace;

/** What a change leaves out stays as it was. */
function keepingAddresses(service: Service, old: Service): Service {
  let { spec } = service;
  if (needsClusterIP(old.spec) && needsClusterIP(spec)) {
    const clusterIP = spec.clusterIP || old.spec.clusterIP;
    if (clusterIP !== undefined && clusterIP !== spec.clusterIP) spec = { ...spec, clusterIP };
    const isChanged = spec.clusterIP !== old.spec.clusterIP;
    const { clusterIPs = [] } = spec;
    // One address in two fields: a change of the one that is meant changes the other.
    if (isChanged && spec.clusterIP && clusterIPs[0] === old.spec.clusterIPs?.[0])
      spec = { ...spec, clusterIPs: [spec.clusterIP, ...clusterIPs.slice(1)] };
    else if (clusterIPs.length === 0 && !isChanged && old.spec.clusterIPs) spec = { ...spec, clusterIPs: old.spec.clusterIPs };
  }
  if (needsNodePort(old.spec) && needsNodePort(spec)) spec = keepingNodePorts(spec, old.spec);
  return spec === service.spec ? service : { ...service, spec };
}

function keepingNodePorts(spec: ServiceSpec, old: ServiceSpec): ServiceSpec {
  const given = new Set((spec.ports ?? []).map(({ nodePort }) => nodePort));
  const byName = new Map((old.ports ?? []).map(({ name, nodePort }) => [name ?? '', nodePort]));
  const ports = mapped(spec.ports ?? [], (port) => {
    const known = byName.get(port.name ?? '');
    return port.nodePort || !known || given.has(known) ? port : { ...port, nodePort: known };
  });
  return ports === spec.ports ? spec : { ...spec, ports };
}

// Cluster addresses ---------------------------------------------------------------------------------------------------

function withClusterIP(service: Service, old: Service | undefined, others: readonly Service[]): ServiceSpec {
  const { spec, metadata } = service;
  if (!needsClusterIP(spec)) return spec;
  const families = familiesOf(spec);
  if (isHeadless(spec)) return { ...spec, clusterIP: 'None', clusterIPs: ['None'], ...families };
  const asked = spec.clusterIP || spec.clusterIPs?.[0];
  const hadOne = old !== undefined && needsClusterIP(old.spec) && !isHeadless(old.spec);
  if (asked && hadOne) return { ...spec, ...families };
  const taken = new Set(others.flatMap((other) => other.spec.clusterIPs ?? []));
  if (asked) {
    const problem = isInRange(asked) ? (taken.has(asked) ? 'provided IP is already allocated' : undefined) : NOT_IN_RANGE;
    // What is no address at all is for validation to refuse.
    if (problem && /^\d+(\.\d+){3}$/.test(asked)) {
      throw refusal(service, invalid('spec.clusterIPs', [asked], `failed to allocate IP ${asked}: ${problem}`));
    }
  }
  const ip = asked ?? freeAddress(`${metadata.namespace}/${metadata.name}`, taken);
  return { ...spec, clusterIP: ip, clusterIPs: [ip], ...families };
}

const NOT_IN_RANGE = 'the provided network does not match the current range';

function isInRange(ip: string): boolean {
  return ip.startsWith(`${RANGE.join('.')}.`);
}

function freeAddress(name: string, taken: ReadonlySet<string>): string {
  const size = RANGE_SIZE - DYNAMIC_FIRST - 1;
  for (let i = 0; i < size; i++) {
    const offset = DYNAMIC_FIRST + ((hash32(name) + i) % size);
    const ip = [...RANGE, offset >> 8, offset & 255].join('.');
    if (!taken.has(ip)) return ip;
  }
  throw new ApiError('InternalError', 'range is full');
}

/** One family, unless there is neither address nor selector: then nobody knows better than whoever writes the endpoints. */
function familiesOf(spec: ServiceSpec): Pick<ServiceSpec, 'ipFamilies' | 'ipFamilyPolicy'> {
  const isOpen = isHeadless(spec) && Object.keys(spec.selector ?? {}).length === 0;
  const ipFamilyPolicy = spec.ipFamilyPolicy ?? (isOpen ? 'RequireDualStack' : 'SingleStack');
  const ipFamilies = spec.ipFamilies ?? (isOpen && ipFamilyPolicy !== 'SingleStack' ? ['IPv4', 'IPv6'] : ['IPv4']);
  return { ipFamilies, ipFamilyPolicy };
}

// Node ports ----------------------------------------------------------------------------------------------------------

function withNodePorts(spec: ServiceSpec, service: Service, old: Service | undefined, others: readonly Service[]): ServiceSpec {
  const known = new Set((old?.spec.ports ?? []).map(({ nodePort }) => nodePort));
  const taken = new Set(
    others.flatMap((other) => [other.spec.healthCheckNodePort ?? 0, ...(other.spec.ports ?? []).flatMap(({ nodePort }) => nodePort ?? [])]),
  );
  const isOpen = spec.type === 'NodePort' || spec.type === 'LoadBalancer';
  if (!isOpen || !spec.ports) return spec;
  const used = new Set([...taken, ...spec.ports.flatMap(({ nodePort }) => nodePort ?? [])]);
  const ports = spec.ports.map((port, i): ServicePort => {
    if (port.nodePort) {
      if (!known.has(port.nodePort)) refuseNodePort(service, port.nodePort, i, taken);
      return port;
    }
    if (!needsNodePort(spec)) return port;
    const nodePort = freeNodePort(`${service.metadata.namespace}/${service.metadata.name}/${port.name ?? ''}/${port.port}`, used);
    used.add(nodePort);
    return { ...port, nodePort };
  });
  return { ...spec, ports };
}

/** The port at which a load balancer asks a node whether it has endpoints of its own: only where traffic may not go on to other nodes. */
function withHealthPort(spec: ServiceSpec, { metadata }: Service, old: Service | undefined, others: readonly Service[]): ServiceSpec {
  const isNeeded = spec.type === 'LoadBalancer' && spec.externalTrafficPolicy === 'Local';
  if (!isNeeded) {
    const { healthCheckNodePort, ...rest } = spec;
    return healthCheckNodePort !== undefined && healthCheckNodePort === old?.spec.healthCheckNodePort ? rest : spec;
  }
  if (spec.healthCheckNodePort) return spec;
  const inUse = [spec, ...others.map((other) => other.spec)].flatMap(({ ports = [], healthCheckNodePort }) => [
    healthCheckNodePort ?? 0,
    ...ports.map(({ nodePort = 0 }) => nodePort),
  ]);
  const healthCheckNodePort =
    old?.spec.healthCheckNodePort ?? freeNodePort(`${metadata.namespace}/${metadata.name}/health`, new Set(inUse));
  return { ...spec, healthCheckNodePort };
}

function refuseNodePort(service: Service, nodePort: number, index: number, taken: ReadonlySet<number>): void {
  const range = `provided port is not in the valid range. The range of valid ports is ${PORT_FIRST}-${PORT_LAST}`;
  const isValid = nodePort >= PORT_FIRST && nodePort <= PORT_LAST;
  if (isValid && !taken.has(nodePort)) return;
  const problem = isValid ? 'provided port is already allocated' : range;
  throw refusal(service, invalid(`spec.ports[${index}].nodePort`, nodePort, problem));
}

function freeNodePort(name: string, taken: ReadonlySet<number>): number {
  const size = PORT_LAST - PORT_DYNAMIC_FIRST + 1;
  for (let i = 0; i < size; i++) {
    const port = PORT_DYNAMIC_FIRST + ((hash32(name) + i) % size);
    if (!taken.has(port)) return port;
  }
  throw new ApiError('InternalError', 'range is full');
}

function refusal({ metadata }: Service, error: FieldError): ApiError {
  return new ApiError('Invalid', `Service "${metadata.name}" is invalid: ${error.field}: ${error.text}`, { causes: [error] });
}
