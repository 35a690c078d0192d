// The rules for Ingress and IngressClass. Models pkg/apis/networking/validation/validation.go.
import type { FieldError } from '../errors.ts';
import { allInvalid, forbidden, invalid, isIP, notSupported, required } from '../fieldErrors.ts';
import type { KubeObject } from '../meta.ts';
import { isDns1035Label, isDns1123Subdomain, isPortName, isPortNumber, isWildcardSubdomain, PORT_NUMBER_ERROR } from '../names.ts';
import { immutable } from './meta.ts';

interface Backend {
  readonly service?: { readonly name?: string; readonly port?: { readonly name?: string; readonly number?: number } };
  readonly resource?: { readonly kind?: string; readonly name?: string };
}

interface Path {
  readonly path?: string;
  readonly pathType?: string;
  readonly backend: Backend;
}

interface Ingress extends KubeObject {
  readonly spec: {
    readonly ingressClassName?: string;
    readonly defaultBackend?: Backend;
    readonly rules?: readonly { readonly host?: string; readonly http?: { readonly paths?: readonly Path[] } }[];
    readonly tls?: readonly { readonly hosts?: readonly string[]; readonly secretName?: string }[];
  };
}

const PATH_TYPES = ['Exact', 'ImplementationSpecific', 'Prefix'];
const SEQUENCES = ['//', '/./', '/../', '%2f', '%2F'];
const SUFFIXES = ['/..', '/.'];
const CLASS_ANNOTATION = 'kubernetes.io/ingress.class';

export function validateNewIngress(object: KubeObject): FieldError[] {
  const { spec, metadata } = object as Ingress;
  const annotation = metadata.annotations?.[CLASS_ANNOTATION];
  const isTwice = annotation !== undefined && spec?.ingressClassName !== undefined;
  const field = `annotations.${CLASS_ANNOTATION}`;
  return [...(isTwice ? [invalid(field, annotation, 'can not be set when the class field is also set')] : []), ...validateIngress(object)];
}

export function validateIngress(object: KubeObject): FieldError[] {
  const { ingressClassName, defaultBackend, rules = [], tls = [] } = (object as Ingress).spec ?? {};
  const errors: FieldError[] = [];
  if (rules.length === 0 && !defaultBackend) errors.push(invalid('spec', rules, 'either `defaultBackend` or `rules` must be specified'));
  if (defaultBackend) errors.push(...validateBackend(defaultBackend, 'spec.defaultBackend'));
  rules.forEach(({ host, http }, i) => {
    if (host) errors.push(...validateHost(host, `spec.rules[${i}].host`));
    if (!http) return;
    const field = `spec.rules[${i}].http.paths`;
    if (!http.paths?.length) errors.push(required(field));
    http.paths?.forEach((path, j) => errors.push(...validatePath(path, `${field}[${j}]`)));
  });
  tls.forEach(({ hosts = [], secretName }, i) => {
    hosts.forEach((host, j) => errors.push(...allInvalid(`spec.tls[${i}].hosts[${j}]`, host, nameOfHost(host))));
    if (secretName) errors.push(...allInvalid(`spec.tls[${i}].secretName`, secretName, isDns1123Subdomain(secretName)));
  });
  if (ingressClassName !== undefined)
    errors.push(...allInvalid('spec.ingressClassName', ingressClassName, isDns1123Subdomain(ingressClassName)));
  return errors;
}

const nameOfHost = (host: string): readonly string[] => (host.includes('*') ? isWildcardSubdomain(host) : isDns1123Subdomain(host));

function validateHost(host: string, field: string): FieldError[] {
  if (isIP(host)) return [invalid(field, host, 'must be a DNS name, not an IP address')];
  return allInvalid(field, host, nameOfHost(host));
}

function validatePath({ path = '', pathType, backend }: Path, field: string): FieldError[] {
  const errors: FieldError[] = [];
  if (pathType === undefined) errors.push(required(`${field}.pathType`, 'pathType must be specified'));
  else if (!PATH_TYPES.includes(pathType)) errors.push(notSupported(`${field}.pathType`, pathType, PATH_TYPES));
  else if (pathType === 'ImplementationSpecific') {
    if (path !== '' && !path.startsWith('/')) errors.push(invalid(`${field}.path`, path, 'must be an absolute path'));
  } else {
    if (!path.startsWith('/')) errors.push(invalid(`${field}.path`, path, 'must be an absolute path'));
    for (const sequence of SEQUENCES)
      if (path.includes(sequence)) errors.push(invalid(`${field}.path`, path, `must not contain '${sequence}'`));
    for (const suffix of SUFFIXES) if (path.endsWith(suffix)) errors.push(invalid(`${field}.path`, path, `cannot end with '${suffix}'`));
  }
  return [...errors, ...validateBackend(backend ?? {}, `${field}.backend`)];
}

function validateBackend({ service, resource }: Backend, field: string): FieldError[] {
  if (service && resource) return [invalid(field, '', 'cannot set both resource and service backends')];
  if (resource) {
    return [...(resource.kind ? [] : [required(`${field}.resource.kind`)]), ...(resource.name ? [] : [required(`${field}.resource.name`)])];
  }
  if (!service) return [required(field, 'resource or service backend is required')];
  const { name = '', port = {} } = service;
  const errors = name ? allInvalid(`${field}.service.name`, name, isDns1035Label(name)) : [required(`${field}.service.name`)];
  if (port.name && port.number) errors.push(invalid(field, '', 'cannot set both port name & port number'));
  else if (port.name) errors.push(...allInvalid(`${field}.service.port.name`, port.name, isPortName(port.name)));
  else if (!port.number) errors.push(required(field, 'port name or number is required'));
  else if (!isPortNumber(port.number)) errors.push(invalid(`${field}.service.port.number`, port.number, PORT_NUMBER_ERROR));
  return errors;
}

// IngressClass -----------------------------------------------------------------------------------------------------------

interface IngressClass extends KubeObject {
  readonly spec: {
    readonly controller?: string;
    readonly parameters?: { readonly kind?: string; readonly name?: string; readonly scope?: string; readonly namespace?: string };
  };
}

export function validateIngressClass(object: KubeObject): FieldError[] {
  const { controller = '', parameters } = (object as IngressClass).spec ?? {};
  const errors: FieldError[] = [];
  if (controller === '') errors.push(required('spec.controller'));
  else if (!/^[^/]+\/.+$/.test(controller) || isDns1123Subdomain(controller.split('/')[0]).length > 0)
    errors.push(invalid('spec.controller', controller, 'must be a domain-prefixed path (such as "acme.io/foo")'));
  if (!parameters) return errors;
  const { kind, name, scope, namespace } = parameters;
  if (!kind) errors.push(required('spec.parameters.kind'));
  if (!name) errors.push(required('spec.parameters.name'));
  if (!scope) errors.push(required('spec.parameters.scope'));
  else if (!['Cluster', 'Namespace'].includes(scope)) errors.push(notSupported('spec.parameters.scope', scope, ['Cluster', 'Namespace']));
  if (scope === 'Namespace' && !namespace) errors.push(required('spec.parameters.namespace', "`parameters.scope` is set to 'Namespace'"));
  if (scope === 'Cluster' && namespace !== undefined)
    errors.push(forbidden('spec.parameters.namespace', "`parameters.scope` is set to 'Cluster'"));
  return errors;
}

export function validateIngressClassUpdate(object: KubeObject, old: KubeObject): FieldError[] {
  const { controller } = (object as IngressClass).spec;
  return [
    ...validateIngressClass(object),
    ...immutable(controller, controller === (old as IngressClass).spec.controller, 'spec.controller'),
  ];
}
