// The kinds Service and EndpointSlice: names, defaults, columns. Models pkg/apis/core/v1/defaults.go (SetDefaults_Service),
// pkg/registry/core/service/strategy.go and pkg/printers/internalversion/printers.go.
import type { Kind } from '../kind.ts';
import { formatLabels } from '../labels.ts';
import { serviceRules } from '../late.ts';
import type { KubeObject } from '../meta.ts';
import { subdomainName, validateMeta, validateMetaUpdate } from '../validation/meta.ts';
import { ageColumn, nameColumn, orNone } from './columns.ts';
import { changed, filled, mapped } from './fill.ts';
import {
  type Endpoint,
  type EndpointSlice,
  isReachable,
  needsClusterIP,
  needsNodePort,
  type Service,
  type ServicePort,
  type ServiceSpec,
} from './service.ts';

const AFFINITY_SECONDS = 10_800;

export const serviceKind: Kind<Service> = {
  kind: 'Service',
  apiVersion: 'v1',
  plural: 'services',
  singular: 'service',
  shortNames: ['svc'],
  namespaced: true,
  categories: ['all'],
  hasStatus: true,
  hasGeneration: false,
  isSimulated: true,
  defaults: (service) => changed(service.spec ? service : { ...service, spec: {} }, 'spec', defaultSpec),
  prepareForCreate: (service) => ({ ...service, status: { loadBalancer: {} } }),
  prepareForUpdate: (service, old) => ({ ...service, spec: withoutUnneeded(service.spec, old.spec) }),
  validate: (service) => serviceRules.get().validateService(service),
  validateUpdate: (service, old) => serviceRules.get().validateServiceUpdate(service, old),
  columns: [
    nameColumn,
    { name: 'Type', value: ({ spec }) => spec.type ?? '' },
    { name: 'Cluster-IP', value: ({ spec }) => orNone(spec.clusterIPs?.[0] ?? spec.clusterIP) },
    { name: 'External-IP', value: externalIPText },
    { name: 'Port(s)', value: ({ spec }) => orNone((spec.ports ?? []).map(portText).join(',')) },
    ageColumn,
    { name: 'Selector', wide: true, value: ({ spec }) => formatLabels(spec.selector) },
  ],
  fieldOf: ({ spec }, field) => (field === 'spec.clusterIP' ? (spec.clusterIP ?? '') : field === 'spec.type' ? spec.type : undefined),
};

function portText({ port, nodePort, protocol = 'TCP' }: ServicePort): string {
  return `${port}${nodePort ? `:${nodePort}` : ''}/${protocol}`;
}

function externalIPText({ spec, status }: Service): string {
  const external = spec.externalIPs ?? [];
  if (spec.type === 'ExternalName') return spec.externalName ?? '';
  if (spec.type !== 'LoadBalancer') return orNone(external.join(','));
  const given = (status?.loadBalancer?.ingress ?? []).map(({ ip, hostname }) => ip || hostname || '');
  return [...given, ...external].join(',') || '<pending>';
}

function defaultSpec(given: ServiceSpec): ServiceSpec {
  const spec = filled(given, { sessionAffinity: 'None', type: 'ClusterIP' });
  const whole = filled(spec, {
    ...(spec.type === 'ExternalName' ? {} : { internalTrafficPolicy: 'Cluster' }),
    ...(isReachable(spec) ? { externalTrafficPolicy: 'Cluster' } : {}),
    ...(spec.type === 'LoadBalancer' ? { allocateLoadBalancerNodePorts: true } : {}),
    ...(spec.sessionAffinity === 'ClientIP' ? { sessionAffinityConfig: { clientIP: { timeoutSeconds: AFFINITY_SECONDS } } } : {}),
  });
  return changed(whole, 'ports', (ports) => mapped(ports, (port) => filled(port, { protocol: 'TCP', targetPort: port.port })));
}

/** A new type drops what only the old type needed, where it was not changed by hand. */
function withoutUnneeded(given: ServiceSpec, old: ServiceSpec): ServiceSpec {
  let spec = given;
  if (needsClusterIP(old) && !needsClusterIP(spec) && spec.clusterIP === old.clusterIP) {
    const {
      clusterIP: _ip,
      clusterIPs: _ips,
      ipFamilies: _families,
      ipFamilyPolicy: _policy,
      internalTrafficPolicy: _traffic,
      ...rest
    } = spec;
    spec = rest;
  }
  const nodePorts = ({ ports = [] }: ServiceSpec) => ports.map(({ nodePort }) => nodePort ?? 0).join();
  if (needsNodePort(old) && !needsNodePort(spec) && nodePorts(spec) === nodePorts(old)) {
    spec = changed(spec, 'ports', (ports) => mapped(ports, ({ nodePort: _dropped, ...port }) => port));
  }
  if (isReachable(old) && !isReachable(spec) && spec.externalTrafficPolicy === old.externalTrafficPolicy) {
    const { externalTrafficPolicy: _dropped, ...rest } = spec;
    spec = rest;
  }
  if (old.type === 'LoadBalancer' && spec.type !== 'LoadBalancer') {
    const { allocateLoadBalancerNodePorts: _dropped, healthCheckNodePort: _health, ...rest } = spec;
    spec = rest;
  }
  if (old.type === 'ExternalName' && spec.type !== 'ExternalName' && spec.externalName === old.externalName) {
    const { externalName: _dropped, ...rest } = spec;
    spec = rest;
  }
  return spec;
}

/** Three of a list and how many more. */
function shortList(items: readonly (string | number)[]): string {
  if (items.length === 0) return '<unset>';
  return items.length <= 3 ? items.join(',') : `${items.slice(0, 3).join(',')} + ${items.length - 3} more...`;
}

/** The server writes what is known of an endpoint, if only that nothing is. */
const withConditions = (endpoint: Endpoint): Endpoint =>
  filled<Omit<Endpoint, 'conditions'> & { readonly conditions?: object }>(endpoint, { conditions: {} }) as Endpoint;

export const endpointSliceKind: Kind<EndpointSlice> = {
  kind: 'EndpointSlice',
  apiVersion: 'discovery.k8s.io/v1',
  plural: 'endpointslices',
  singular: 'endpointslice',
  shortNames: [],
  namespaced: true,
  hasStatus: false,
  hasGeneration: true,
  isSimulated: true,
  defaults(slice) {
    const ports = slice.ports?.map((port) => filled(port, { name: '', protocol: 'TCP' })) ?? null;
    const endpoints = mapped(slice.endpoints ?? [], withConditions);
    return { ...slice, endpoints: endpoints.length > 0 ? endpoints : null, ports: ports?.length ? ports : null };
  },
  validate: ({ metadata }) => validateMeta(metadata, { namespaced: true, name: subdomainName }),
  validateUpdate: (slice: KubeObject, old: KubeObject) => validateMetaUpdate(slice, old),
  columns: [
    nameColumn,
    { name: 'AddressType', value: ({ addressType }) => addressType },
    { name: 'Ports', value: ({ ports }) => shortList((ports ?? []).map(({ port }) => port ?? '*')) },
    { name: 'Endpoints', value: ({ endpoints }) => shortList((endpoints ?? []).flatMap(({ addresses }) => addresses)) },
    ageColumn,
  ],
};
