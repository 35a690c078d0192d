// What lies around one pod: disks outside it, names, and the way to other pods and Services. Implements the shell's World.
// Requests go to ready endpoints in turn, as kube-proxy's round robin does; names are those of the cluster's DNS.
import type { EndpointSlice, Service } from '../../kube/kinds/service.ts';
import type { PartContext } from '../part.ts';
import type { Disk } from './shell/disk.ts';
import type { HttpAnswer, HttpRequest, NetworkFault, World } from './shell/world.ts';
import type { PodWork } from './work.ts';

/** The kubelets' side of it: what pods have in common. */
export interface Surroundings {
  /** The disk with this key, made empty where it is new. */
  disk(key: string): Disk;
  /** Whether something listens at this port of a pod's address. */
  connect(ip: string, port: number): 'open' | NetworkFault;
  request(ip: string, port: number, request: HttpRequest, from: string): HttpAnswer | NetworkFault;
  /** Counts requests to a Service, so that each goes to the next endpoint. */
  turn(service: string): number;
}

/** The suffixes that a resolver in a pod tries. */
const CLUSTER_DOMAIN = 'cluster.local';

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

  resolve(host: string): readonly string[] {
    const namespace = this.work.namespace;
    for (const suffix of ['', `.${namespace}.svc.${CLUSTER_DOMAIN}`, `.svc.${CLUSTER_DOMAIN}`, `.${CLUSTER_DOMAIN}`]) {
      const found = this.resolveFull(`${host.replace(/\.$/, '')}${suffix}`);
      if (found.length > 0) return found;
    }
    return [];
  }

  /** `[pod.]service.namespace.svc.cluster.local`. */
  private resolveFull(name: string): readonly string[] {
    const parts = name.split('.');
    if (parts.slice(-3).join('.') !== `svc.${CLUSTER_DOMAIN}`) return [];
    const [namespace = '', service = '', pod] = parts.slice(0, -3).toReversed();
    const found = this.ctx.api.get<Service>('Service', namespace, service);
    if (!found || parts.length > 6) return [];
    const { clusterIP } = found.spec;
    if (pod === undefined && clusterIP && clusterIP !== 'None') return [clusterIP];
    return this.endpointsOf(found, found.spec.publishNotReadyAddresses ?? false)
      .filter(({ hostname }) => pod === undefined || hostname === pod)
      .flatMap(({ addresses }) => addresses);
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
    const target = this.targetOf(address, port);
    return typeof target === 'string' ? target : this.surroundings.connect(target.ip, target.port);
  }

  request(address: string, port: number, request: HttpRequest): HttpAnswer | NetworkFault {
    return this.requestFrom(this.work.key, address, port, request);
  }

  /** A request that somebody else makes from here: the machine's kubelet, or a person. */
  requestFrom(from: string, address: string, port: number, request: HttpRequest): HttpAnswer | NetworkFault {
    const target = this.targetOf(address, port);
    return typeof target === 'string' ? target : this.surroundings.request(target.ip, target.port, request, from);
  }

  /** Where what is sent to an address arrives: a Service's address stands for one of its endpoints. */
  private targetOf(address: string, port: number): { readonly ip: string; readonly port: number } | NetworkFault {
    const service = this.ctx.api.list<Service>('Service').find(({ spec }) => spec.clusterIP === address);
    if (!service) return { ip: address, port };
    const served = service.spec.ports?.find((each) => each.port === port);
    if (!served) return 'timeout';
    const endpoints = this.endpointsOf(service, false);
    if (endpoints.length === 0) return 'refused';
    const { metadata } = service;
    const endpoint = endpoints[this.surroundings.turn(`${metadata.namespace ?? ''}/${metadata.name}`) % endpoints.length];
    const ip = endpoint?.addresses[0] ?? '';
    return { ip, port: endpoint?.ports.find(({ name }) => name === (served.name ?? ''))?.port ?? port };
  }
}
