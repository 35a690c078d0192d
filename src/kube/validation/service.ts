// The rules for Services. Models pkg/apis/core/validation/validation.go (ValidateService, ValidateServiceUpdate).
// Leaves out second IP families, source ranges and load balancer classes.
import { isEqual } from '../../base/equal.ts';
import type { FieldError } from '../errors.ts';
import { allInvalid, BAD_IP, duplicate, forbidden, invalid, isIP, notSupported, required } from '../fieldErrors.ts';
import { isHeadless, isReachable, type Service, type ServicePort, type ServiceSpec } from '../kinds/service.ts';
import { isDns1123Label, isDns1123Subdomain } from '../names.ts';
import { validatePortNumber, validatePortOrName } from './container.ts';
import { validateLabels, validateMeta, validateMetaUpdate } from './meta.ts';

const TYPES = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'];
const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];
const AFFINITIES = ['ClientIP', 'None'];
const POLICIES = ['Cluster', 'Local'];
const KUBELET_PORT = 10_250;
const AFFINITY_SECONDS_MAX = 86_400;

export function validateService({ metadata, spec }: Service): FieldError[] {
  return [...validateMeta(metadata, { namespaced: true, name: isDns1123Label }), ...specErrors(spec)];
}

export function validateServiceUpdate(service: Service, old: Service): FieldError[] {
  return [...validateMetaUpdate(service, old), ...addressChangeErrors(service.spec, old.spec), ...specErrors(service.spec)];
}

function specErrors(spec: ServiceSpec): FieldError[] {
  const { type = '', ports = [], sessionAffinity = '' } = spec;
  const errors: FieldError[] = [];
  if (ports.length === 0 && !isHeadless(spec) && type !== 'ExternalName') errors.push(required('spec.ports'));
  errors.push(...typeErrors(spec), ...portErrors(ports), ...validateLabels(spec.selector, 'spec.selector'));
  if (!AFFINITIES.includes(sessionAffinity)) errors.push(notSupported('spec.sessionAffinity', sessionAffinity, AFFINITIES));
  errors.push(...affinityErrors(spec), ...addressErrors(spec), ...outsideErrors(spec));
  if (!TYPES.includes(type)) errors.push(notSupported('spec.type', type, TYPES));
  errors.push(...nodePortErrors(spec), ...policyErrors(spec));
  return errors;
}

/** What a type asks for or cannot have. */
function typeErrors(spec: ServiceSpec): FieldError[] {
  const { type, ports = [], clusterIPs = [], externalName } = spec;
  switch (type) {
    case 'NodePort':
      return isHeadless(spec) ? [invalid('spec.clusterIPs[0]', 'None', "may not be set to 'None' for NodePort services")] : [];
    case 'LoadBalancer': {
      const text = `may not expose port ${KUBELET_PORT} externally since it is used by kubelet`;
      const errors = ports.flatMap(({ port }, i) => (port === KUBELET_PORT ? [invalid(`spec.ports[${i}].port`, port, text)] : []));
      if (isHeadless(spec)) errors.push(invalid('spec.clusterIPs[0]', 'None', "may not be set to 'None' for LoadBalancer services"));
      return errors;
    }
    case 'ExternalName': {
      const errors = clusterIPs.length > 0 ? [forbidden('spec.clusterIPs', "may not be set when `type` is 'ExternalName'")] : [];
      if (!externalName) return [...errors, required('spec.externalName')];
      return [...errors, ...allInvalid('spec.externalName', externalName, isDns1123Subdomain(externalName.replace(/\.$/, '')))];
    }
    default:
      return [];
  }
}

function portErrors(ports: readonly ServicePort[]): FieldError[] {
  const names = new Set<string>();
  const errors = ports.flatMap(({ name, port = 0, protocol = '', targetPort }, i) => {
    const path = `spec.ports[${i}]`;
    const found: FieldError[] = [];
    if (!name) {
      if (ports.length > 1) found.push(required(`${path}.name`));
    } else {
      found.push(...allInvalid(`${path}.name`, name, isDns1123Label(name)));
      if (names.has(name)) found.push(duplicate(`${path}.name`, name));
      names.add(name);
    }
    found.push(...validatePortNumber(port, `${path}.port`));
    if (!PROTOCOLS.includes(protocol)) found.push(notSupported(`${path}.protocol`, protocol, PROTOCOLS));
    if (targetPort !== undefined) found.push(...validatePortOrName(targetPort, `${path}.targetPort`));
    return found;
  });
  return [...errors, ...samePortErrors(ports)];
}

/** The same number twice is fine only for another protocol. */
function samePortErrors(ports: readonly ServicePort[]): FieldError[] {
  const seen = new Set<string>();
  return ports.flatMap(({ port, protocol }, i) => {
    const key = `${protocol}/${port}`;
    if (!seen.has(key)) {
      seen.add(key);
      return [];
    }
    const shown = { Name: '', Protocol: protocol, AppProtocol: null, Port: port, TargetPort: 0, NodePort: 0 };
    return [duplicate(`spec.ports[${i}]`, shown)];
  });
}

function affinityErrors({ sessionAffinity, sessionAffinityConfig }: ServiceSpec): FieldError[] {
  if (sessionAffinity === 'None') {
    if (sessionAffinityConfig === undefined) return [];
    return [forbidden('spec.sessionAffinityConfig', "must not be set when session affinity is 'None'")];
  }
  const seconds = sessionAffinityConfig?.clientIP?.timeoutSeconds;
  if (seconds === undefined || (seconds > 0 && seconds <= AFFINITY_SECONDS_MAX)) return [];
  const field = 'spec.sessionAffinityConfig.clientIP.timeoutSeconds';
  return [invalid(field, seconds, `must be greater than 0 and less than ${AFFINITY_SECONDS_MAX}`)];
}

function addressErrors({ type, clusterIPs = [] }: ServiceSpec): FieldError[] {
  if (type === 'ExternalName') return [];
  return clusterIPs.flatMap((ip, i) => (ip === 'None' || isIP(ip) ? [] : [invalid(`spec.clusterIPs[${i}]`, ip, BAD_IP)]));
}

const DISTRIBUTIONS = ['PreferClose', 'PreferSameNode', 'PreferSameZone'];

function outsideErrors({ externalIPs = [], trafficDistribution }: ServiceSpec): FieldError[] {
  return [
    ...externalIPs.flatMap((ip, i) => (isIP(ip) ? [] : [invalid(`spec.externalIPs[${i}]`, ip, BAD_IP)])),
    ...(trafficDistribution === undefined || DISTRIBUTIONS.includes(trafficDistribution)
      ? []
      : [notSupported('spec.trafficDistribution', trafficDistribution, DISTRIBUTIONS)]),
  ];
}

function nodePortErrors({ type, ports = [] }: ServiceSpec): FieldError[] {
  if (type === 'ClusterIP') {
    const text = "may not be used when `type` is 'ClusterIP'";
    return ports.flatMap(({ nodePort }, i) => (nodePort ? [forbidden(`spec.ports[${i}].nodePort`, text)] : []));
  }
  const seen = new Set<string>();
  return ports.flatMap(({ nodePort, protocol }, i) => {
    const key = `${protocol}/${nodePort}`;
    if (!nodePort || !seen.has(key)) {
      seen.add(key);
      return [];
    }
    return [duplicate(`spec.ports[${i}].nodePort`, nodePort)];
  });
}

function policyErrors(spec: ServiceSpec): FieldError[] {
  const { externalTrafficPolicy, internalTrafficPolicy } = spec;
  const errors: FieldError[] = [];
  if (externalTrafficPolicy !== undefined) {
    const field = 'spec.externalTrafficPolicy';
    if (!isReachable(spec)) {
      errors.push(invalid(field, externalTrafficPolicy, 'may only be set for externally-accessible services'));
    } else if (!POLICIES.includes(externalTrafficPolicy)) errors.push(notSupported(field, externalTrafficPolicy, POLICIES));
  }
  if (internalTrafficPolicy !== undefined && !POLICIES.includes(internalTrafficPolicy)) {
    errors.push(notSupported('spec.internalTrafficPolicy', internalTrafficPolicy, POLICIES));
  }
  return errors;
}

/** The first address is kept for life, as long as the service has one. */
function addressChangeErrors(spec: ServiceSpec, old: ServiceSpec): FieldError[] {
  const [now, before] = [spec.clusterIPs ?? [], old.clusterIPs ?? []];
  if (spec.type === 'ExternalName' || old.type === 'ExternalName' || isEqual(now, before) || before.length === 0) return [];
  if (now.length === 0) return [invalid('spec.clusterIPs[0]', now, 'primary clusterIP can not be unset')];
  return now[0] === before[0] ? [] : [invalid('spec.clusterIPs[0]', now, 'may not change once set')];
}
