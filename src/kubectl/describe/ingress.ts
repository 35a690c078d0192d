// kubectl describe of Ingress, IngressClass and NetworkPolicy. Models kubectl/pkg/describe/describe.go describeIngressV1,
// describeIngressClassV1, describeNetworkPolicy.
import type { IntOrString } from '../../kube/kinds/pod.ts';
import { formatSelector } from '../../kube/labels.ts';
import { type KubeObject, keyFor, type LabelSelector } from '../../kube/meta.ts';
import { describeEvents } from './events.ts';
import type { Page, Surroundings } from './page.ts';
import { endpointsText, type Service } from './service.ts';

interface Backend {
  readonly service?: { readonly name: string; readonly port?: { readonly number?: number; readonly name?: string } };
  readonly resource?: { readonly apiGroup?: string; readonly kind: string; readonly name: string };
}

interface Ingress extends KubeObject {
  readonly spec?: {
    readonly ingressClassName?: string;
    readonly defaultBackend?: Backend;
    readonly tls?: readonly { readonly hosts?: readonly string[]; readonly secretName?: string }[];
    readonly rules?: readonly {
      readonly host?: string;
      readonly http?: { readonly paths?: readonly { readonly path?: string; readonly backend: Backend }[] };
    }[];
  };
  readonly status?: { readonly loadBalancer?: { readonly ingress?: readonly { readonly ip?: string; readonly hostname?: string }[] } };
}

export function describeIngress(ingress: Ingress, page: Page, around: Surroundings): void {
  const { metadata, spec, status } = ingress;
  const rules = (spec?.rules ?? []).filter(({ http }) => http);
  const addresses = (status?.loadBalancer?.ingress ?? []).map(({ ip, hostname }) => ip || hostname || '');
  page.field(0, 'Name', metadata.name);
  page.labels('Labels', metadata.labels);
  page.field(0, 'Namespace', metadata.namespace ?? '');
  page.field(0, 'Address', addresses.join(','));
  page.field(0, 'Ingress Class', spec?.ingressClassName ?? '<none>');
  page.field(0, 'Default backend', spec?.defaultBackend ? backendLine(spec.defaultBackend, ingress, around) : '<default>');
  if (spec?.tls?.length) page.line(0, 'TLS:');
  for (const { hosts = [], secretName } of spec?.tls ?? []) {
    page.line(1, `${secretName ? `${secretName} terminates` : 'SNI routes'} ${hosts.join(',')}`);
  }
  page.line(0, 'Rules:');
  page.line(1, 'Host\tPath\tBackends');
  page.line(1, '----\t----\t--------');
  for (const { host, http } of rules) {
    page.line(1, `${host || '*'}\t`);
    for (const { path, backend } of http?.paths ?? []) page.line(2, `\t${path ?? ''} \t${backendLine(backend, ingress, around)}`);
  }
  if (rules.length === 0) page.line(1, `*\t*\t${spec?.defaultBackend ? backendLine(spec.defaultBackend, ingress, around) : '<default>'}`);
  page.annotations('Annotations', metadata.annotations);
  describeEvents(ingress, page, around);
}

/** `web:80 (10.244.1.2:8080)`: the backend, and what stands behind it now. */
function backendLine({ service, resource }: Backend, { metadata }: Ingress, around: Surroundings): string {
  if (resource) return `APIGroup: ${resource.apiGroup ?? '<none>'}, Kind: ${resource.kind}, Name: ${resource.name}`;
  if (!service) return '';
  const { name, port } = service;
  const found = around.snapshot.get('Service', keyFor('Service', metadata.namespace, name)) as Service | undefined;
  const asked = port?.number || port?.name || '';
  if (!found) return `${name}:${asked} (<error: services "${name}" not found>)`;
  const portName = found.spec.ports?.find((each) => each.name === port?.name || each.port === port?.number)?.name ?? '';
  return `${name}:${asked} (${endpointsText(found, portName, around)})`;
}

interface IngressClass extends KubeObject {
  readonly spec?: {
    readonly controller?: string;
    readonly parameters?: { readonly apiGroup?: string; readonly kind: string; readonly name: string };
  };
}

export function describeIngressClass(ingressClass: IngressClass, page: Page, around: Surroundings): void {
  const { metadata, spec } = ingressClass;
  page.field(0, 'Name', metadata.name);
  page.labels('Labels', metadata.labels);
  page.annotations('Annotations', metadata.annotations);
  page.field(0, 'Controller', spec?.controller ?? '');
  if (spec?.parameters) {
    const { apiGroup, kind, name } = spec.parameters;
    page.line(0, 'Parameters:');
    if (apiGroup) page.field(1, 'APIGroup', apiGroup);
    page.field(1, 'Kind', kind);
    page.field(1, 'Name', name);
  }
  describeEvents(ingressClass, page, around);
}

interface Peer {
  readonly podSelector?: LabelSelector;
  readonly namespaceSelector?: LabelSelector;
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
}

interface PolicyRule {
  readonly ports?: readonly { readonly protocol?: string; readonly port?: IntOrString; readonly endPort?: number }[];
  readonly from?: readonly Peer[];
  readonly to?: readonly Peer[];
}

interface NetworkPolicy extends KubeObject {
  readonly spec?: {
    readonly podSelector?: LabelSelector;
    readonly policyTypes?: readonly string[];
    readonly ingress?: readonly PolicyRule[];
    readonly egress?: readonly PolicyRule[];
  };
}

export function describeNetworkPolicy({ metadata, spec }: NetworkPolicy, page: Page): void {
  const types = spec?.policyTypes ?? [];
  page.field(0, 'Name', metadata.name);
  page.field(0, 'Namespace', metadata.namespace ?? '');
  page.field(0, 'Created on', `${(metadata.creationTimestamp ?? '').replace('T', ' ').replace('Z', '')} +0000 UTC`);
  page.labels('Labels', metadata.labels);
  page.annotations('Annotations', metadata.annotations);
  page.line(0, 'Spec:');
  const selector = spec?.podSelector;
  const isForAll = !selector?.matchLabels && !selector?.matchExpressions?.length;
  page.field(
    1,
    'PodSelector',
    isForAll ? '<none> (Allowing the specific traffic to all pods in this namespace)' : formatSelector(selector ?? {}),
  );
  for (const [type, word, rules] of [
    ['Ingress', 'ingress', spec?.ingress ?? []],
    ['Egress', 'egress', spec?.egress ?? []],
  ] as const) {
    if (types.includes(type)) {
      page.line(1, `Allowing ${word} traffic:`);
      describeRules(rules, word, page);
    } else page.line(1, `Not affecting ${word} traffic`);
  }
  page.line(1, `Policy Types: ${types.join(', ')}`);
}

function describeRules(rules: readonly PolicyRule[], word: 'ingress' | 'egress', page: Page): void {
  if (rules.length === 0) {
    page.line(2, `<none> (Selected pods are isolated for ${word} connectivity)`);
    return;
  }
  rules.forEach(({ ports = [], from, to }, i) => {
    const peers = (word === 'ingress' ? from : to) ?? [];
    const title = word === 'ingress' ? 'From' : 'To';
    if (ports.length === 0) page.line(2, `To Port: <any> (traffic allowed to all ports)`);
    for (const { protocol, port, endPort } of ports) {
      const range = endPort ? ` Range: ${port}-${endPort}` : `: ${port ?? '<any>'}`;
      page.line(2, `To Port${range}/${protocol ?? 'TCP'}`);
    }
    if (peers.length === 0) page.line(2, `${title}: <any> (traffic not restricted by ${word === 'ingress' ? 'source' : 'destination'})`);
    for (const peer of peers) describePeer(peer, title, page);
    if (i < rules.length - 1) page.line(2, '----------');
  });
}

function describePeer({ podSelector, namespaceSelector, ipBlock }: Peer, title: string, page: Page): void {
  page.line(2, `${title}:`);
  const selectorText = (selector: LabelSelector): string => formatSelector(selector);
  if (namespaceSelector) page.line(3, `NamespaceSelector: ${selectorText(namespaceSelector)}`);
  if (podSelector) page.line(3, `PodSelector: ${selectorText(podSelector)}`);
  if (ipBlock) {
    page.line(3, 'IPBlock:');
    page.line(4, `CIDR: ${ipBlock.cidr}`);
    page.line(4, `Except: ${(ipBlock.except ?? []).join(', ')}`);
  }
}
