// What lies around one pod: disks outside it, names, and the way to other pods and Services. Implements the shell's World.
// Requests go to ready endpoints in turn, as kube-proxy's round robin does; names are those of the cluster's DNS.
import type { Node } from '../../kube/kinds/node.ts';
import type { EndpointSlice, Service, ServiceSpec } from '../../kube/kinds/service.ts';
import type { PartContext } from '../part.ts';
import type { Disk } from './shell/disk.ts';
import { OUTSIDE_NETWORK, outside } from './shell/late.ts';
import type { HttpAnswer, HttpRequest, NetworkFault, Resolved, World } from './shell/world.ts';
import type { PodWork } from './work.ts';

/** The kubelets' side of it: what pods have in common. */
export interface Surroundings {
  /** The disk with this key, made empty where it is new. */
  disk(key: string): Disk;
  /** Whether something listens at this port of a pod's address. */
  connect(ip: string, port: number): 'open' | NetworkFault;
  request(ip: string, port: number, request: HttpRequest, from: string): HttpAnswer | NetworkFault;
  /** Counts requests to a Service, so that each goes to the next endpoint; a client that is told keeps the turn of its first. */
  turn(service: string, client?: string): number;
}

/** The suffixes that a resolver in a pod tries. */
const CLUSTER_DOMAIN = 'cluster.local';
/** Names that stand for names are followed so often. */
const NAMES_MAX = 8;

export class PodWorld implements World {
  private readonly ctx: PartContext;
  private readonly work: PodWork;
  private readonly surroundings: Surroundings;

  constructor(ctx: PartContext, work: PodWork, surroundings: Surroundings) {
    this.ctx = ctx;
    this.work = work;
    this.surroundings = surroundings;
  }

  get nowMs(): number {
    return this.ctx.sim.nowMs;
  }

  random(stream: string): number {
    return this.ctx.sim.random(`pod/${stream}`).next();
  }

  disk(key: string): Disk | undefined {
    return key.includes('/') ? this.surroundings.disk(key) : undefined;
  }

  resolve(host: string): Resolved | undefined {
    return this.lookUp(host.replace(/\.$/, ''), NAMES_MAX);
  }

  /** In the cluster first, where names may be short, then outside. */
  private lookUp(host: string, namesLeft: number): Resolved | undefined {
    for (const suffix of ['', `.${this.work.namespace}.svc.${CLUSTER_DOMAIN}`, `.svc.${CLUSTER_DOMAIN}`, `.${CLUSTER_DOMAIN}`]) {
      const found = this.lookUpWhole(`${host}${suffix}`, namesLeft);
      if (found) return found;
    }
    const address = outside.get().addressOf(host);
    return address === undefined ? undefined : { name: host, addresses: [address] };
  }

  /** `[pod.]service.namespace.svc.cluster.local`. */
  private lookUpWhole(name: string, namesLeft: number): Resolved | undefined {
    const parts = name.split('.');
    if (parts.slice(-3).join('.') !== `svc.${CLUSTER_DOMAIN}`) return undefined;
    const [namespace = '', service = '', pod] = parts.slice(0, -3).toReversed();
    const found = this.ctx.api.get<Service>('Service', namespace, service);
    if (!found || parts.length > 6) return undefined;
    const { type, externalName = '', clusterIP } = found.spec;
    if (type === 'ExternalName') {
      const target = namesLeft > 0 ? this.lookUp(externalName, namesLeft - 1) : undefined;
      return target && { name, canonicalName: target.canonicalName ?? target.name, addresses: target.addresses };
    }
    if (pod === undefined && clusterIP && clusterIP !== 'None') return { name, addresses: [clusterIP] };
    const addresses = this.endpointsOf(found, found.spec.publishNotReadyAddresses ?? false)
      .filter(({ hostname }) => pod === undefined || hostname === pod)
      .flatMap((endpoint) => endpoint.addresses);
    return addresses.length === 0 ? undefined : { name, addresses };
  }

  private endpointsOf(service: Service, isAnyTaken: boolean) {
    const { name, namespace } = service.metadata;
    return this.ctx.api
      .list<EndpointSlice>('EndpointSlice', namespace)
      .filter(({ metadata }) => metadata.labels?.['kubernetes.io/service-name'] === name)
      .flatMap((slice) => (slice.endpoints ?? []).map((endpoint) => ({ ...endpoint, ports: slice.ports ?? [] })))
      .filter(({ conditions }) => conditions.ready || isAnyTaken);
  }

  connect(address: string, port: number): 'open' | NetworkFault {
    const target = this.targetOf(address, port, this.work.key);
    if (typeof target === 'string') return target;
    return this.ownerOf(target.ip).connect(target.ip, target.port);
  }

  request(address: string, port: number, request: HttpRequest): HttpAnswer | NetworkFault {
    return this.requestFrom(this.work.key, address, port, request);
  }

  /** A request that somebody else makes from here: the machine's kubelet, or a person. */
  requestFrom(from: string, address: string, port: number, request: HttpRequest): HttpAnswer | NetworkFault {
    const target = this.targetOf(address, port, from);
    if (typeof target === 'string') return target;
    return this.ownerOf(target.ip).request(target.ip, target.port, request, from);
  }

  private ownerOf(ip: string): Pick<Surroundings, 'connect' | 'request'> {
    return ip.startsWith(OUTSIDE_NETWORK) ? outside.get() : this.surroundings;
  }

  /** Where what is sent to an address arrives: a Service's address, or its port of a machine, stands for one of its endpoints. */
  private targetOf(address: string, port: number, from: string): { readonly ip: string; readonly port: number } | NetworkFault {
    const services = this.ctx.api.list<Service>('Service');
    const ofAddress = services.find(({ spec }) => spec.clusterIP === address || spec.externalIPs?.includes(address));
    const service = ofAddress ?? services.find(({ spec }) => opens(spec, port) && this.isOfNode(address));
    if (!service) return { ip: address, port };
    const served = service.spec.ports?.find((each) => (ofAddress ? each.port : each.nodePort) === port);
    if (!served) return 'timeout';
    const endpoints = this.endpointsOf(service, false);
    if (endpoints.length === 0) return 'refused';
    const { metadata, spec } = service;
    const client = spec.sessionAffinity === 'ClientIP' ? from : undefined;
    const turn = this.surroundings.turn(`${metadata.namespace ?? ''}/${metadata.name}`, client);
    const endpoint = endpoints[turn % endpoints.length];
    const ip = endpoint?.addresses[0] ?? '';
    return { ip, port: endpoint?.ports.find(({ name }) => name === (served.name ?? ''))?.port ?? port };
  }

  private isOfNode(address: string): boolean {
    return this.ctx.api.list<Node>('Node').some(({ status }) => status.addresses?.some((each) => each.address === address));
  }
}

function opens({ ports }: ServiceSpec, port: number): boolean {
  return ports?.some(({ nodePort }) => nodePort === port) ?? false;
}
