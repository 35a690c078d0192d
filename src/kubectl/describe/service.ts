// kubectl describe of Service. Models kubectl/pkg/describe/describe.go describeService, formatEndpointSlices.
import type { IntOrString } from '../../kube/kinds/pod.ts';
import { formatLabels } from '../../kube/labels.ts';
import type { KubeObject, StringMap } from '../../kube/meta.ts';
import { describeEvents } from './events.ts';
import { byText, type Page, type Surroundings } from './page.ts';

interface ServicePort {
  readonly name?: string;
  readonly port: number;
  readonly protocol?: string;
  readonly targetPort?: IntOrString;
  readonly appProtocol?: string;
  readonly nodePort?: number;
}

export interface Service extends KubeObject {
  readonly spec: {
    readonly selector?: StringMap;
    readonly type?: string;
    readonly ipFamilyPolicy?: string;
    readonly ipFamilies?: readonly string[];
    readonly clusterIP?: string;
    readonly clusterIPs?: readonly string[];
    readonly externalIPs?: readonly string[];
    readonly loadBalancerIP?: string;
    readonly externalName?: string;
    readonly ports?: readonly ServicePort[];
    readonly sessionAffinity?: string;
    readonly externalTrafficPolicy?: string;
    readonly internalTrafficPolicy?: string;
    readonly healthCheckNodePort?: number;
    readonly loadBalancerSourceRanges?: readonly string[];
    readonly trafficDistribution?: string;
  };
  readonly status?: {
    readonly loadBalancer?: {
      readonly ingress?: readonly { readonly ip?: string; readonly ipMode?: string; readonly hostname?: string }[];
    };
  };
}

interface EndpointSlice extends KubeObject {
  readonly ports?: readonly { readonly name?: string; readonly port?: number }[];
  readonly endpoints?: readonly { readonly addresses: readonly string[]; readonly conditions?: { readonly ready?: boolean } }[];
}

export function describeService(service: Service, page: Page, around: Surroundings): void {
  const { metadata, spec, status } = service;
  const given = (title: string, value: string | number | undefined): void => {
    if (value) page.field(0, title, value);
  };
  page.field(0, 'Name', metadata.name);
  page.field(0, 'Namespace', metadata.namespace ?? '');
  page.labels('Labels', metadata.labels);
  page.annotations('Annotations', metadata.annotations);
  page.field(0, 'Selector', formatLabels(spec.selector));
  page.field(0, 'Type', spec.type ?? '');
  given('IP Family Policy', spec.ipFamilyPolicy);
  page.field(0, 'IP Families', spec.ipFamilies?.join(',') || '<none>');
  page.field(0, 'IP', spec.clusterIP ?? '');
  page.field(0, 'IPs', spec.clusterIPs?.join(',') || '<none>');
  given('External IPs', spec.externalIPs?.join(','));
  given('Desired LoadBalancer IP', spec.loadBalancerIP);
  given('External Name', spec.externalName);
  const ingress = status?.loadBalancer?.ingress ?? [];
  given(
    'LoadBalancer Ingress',
    ingress.map(({ ip, ipMode, hostname }) => (ip ? `${ip}${ipMode ? ` (${ipMode})` : ''}` : hostname)).join(', '),
  );
  for (const port of spec.ports ?? []) describePort(service, port, page, around);
  page.field(0, 'Session Affinity', spec.sessionAffinity ?? '');
  given('External Traffic Policy', spec.externalTrafficPolicy);
  given('Internal Traffic Policy', spec.internalTrafficPolicy);
  given('HealthCheck NodePort', spec.healthCheckNodePort);
  given('LoadBalancer Source Ranges', spec.loadBalancerSourceRanges?.join(','));
  given('Traffic Distribution', spec.trafficDistribution);
  describeEvents(service, page, around);
}

function describePort(service: Service, port: ServicePort, page: Page, around: Surroundings): void {
  const name = port.name || '<unset>';
  const protocol = port.protocol ?? 'TCP';
  page.line(0, `Port:\t${name}\t${port.port}/${protocol}`);
  page.field(0, 'TargetPort', `${port.targetPort ?? port.port}/${protocol}`);
  if (port.appProtocol) page.field(0, 'AppProtocol', port.appProtocol);
  if (port.nodePort) page.line(0, `NodePort:\t${name}\t${port.nodePort}/${protocol}`);
  page.field(0, 'Endpoints', endpointsText(service, port.name ?? '', around));
}

const ENDPOINTS_MAX = 3;

/** The first ready endpoints behind a port of a service. */
export function endpointsText({ metadata }: Service, portName: string, around: Surroundings): string {
  const slices = (around.snapshot.list('EndpointSlice') as readonly EndpointSlice[])
    .filter(
      (slice) => slice.metadata.namespace === metadata.namespace && slice.metadata.labels?.['kubernetes.io/service-name'] === metadata.name,
    )
    .sort(byText((slice) => slice.metadata.name));
  if (slices.length === 0) return '<none>';
  const found = slices.flatMap(({ ports, endpoints }) => {
    const addresses = (endpoints ?? []).filter(({ conditions }) => conditions?.ready !== false).map(({ addresses: [first = ''] }) => first);
    if (!ports?.length) return addresses;
    return ports.filter(({ name }) => (name ?? '') === portName).flatMap(({ port }) => addresses.map((address) => `${address}:${port}`));
  });
  const shown = found.slice(0, ENDPOINTS_MAX).join(',');
  return found.length > ENDPOINTS_MAX ? `${shown} + ${found.length - ENDPOINTS_MAX} more...` : shown;
}
