// kubectl describe of EndpointSlice and Endpoints. Models kubectl/pkg/describe/describe.go describeEndpointSliceV1, describeEndpoints.
import type { KubeObject } from '../../kube/meta.ts';
import { describeEvents } from './events.ts';
import type { Page, Surroundings } from './page.ts';

interface EndpointPort {
  readonly name?: string;
  readonly port?: number;
  readonly protocol?: string;
}

interface TargetReference {
  readonly kind: string;
  readonly name: string;
}

interface EndpointSlice extends KubeObject {
  readonly addressType: string;
  readonly ports?: readonly EndpointPort[] | null;
  readonly endpoints?: readonly {
    readonly addresses: readonly string[];
    readonly conditions?: { readonly ready?: boolean };
    readonly hostname?: string;
    readonly nodeName?: string;
    readonly zone?: string;
    readonly targetRef?: TargetReference;
  }[];
}

function describeHead({ metadata }: KubeObject, page: Page): void {
  page.field(0, 'Name', metadata.name);
  page.field(0, 'Namespace', metadata.namespace ?? '');
  page.labels('Labels', metadata.labels);
  page.annotations('Annotations', metadata.annotations);
}

function describePorts(ports: readonly EndpointPort[], page: Page, level: number): void {
  page.line(level, 'Ports:');
  page.line(level + 1, 'Name\tPort\tProtocol');
  page.line(level + 1, '----\t----\t--------');
  for (const { name, port, protocol } of ports) page.line(level + 1, `${name || '<unset>'}\t${port ?? '<unset>'}\t${protocol ?? ''}`);
}

export function describeEndpointSlice(slice: EndpointSlice, page: Page, around: Surroundings): void {
  const { addressType } = slice;
  // A slice without ports says so with null.
  const [ports, endpoints] = [slice.ports ?? [], slice.endpoints ?? []];
  describeHead(slice, page);
  page.field(0, 'AddressType', addressType);
  if (ports.length > 0) describePorts(ports, page, 0);
  else page.line(0, 'Ports: <unset>');
  if (endpoints.length > 0) page.line(0, 'Endpoints:');
  else page.line(0, 'Endpoints: <none>');
  for (const { addresses, conditions, hostname, nodeName, zone, targetRef } of endpoints) {
    page.field(1, '- Addresses', addresses.join(', ') || '<none>');
    page.line(2, 'Conditions:');
    page.field(3, 'Ready', conditions?.ready ?? '<unset>');
    page.field(2, 'Hostname', hostname ?? '<unset>');
    if (targetRef) page.field(2, 'TargetRef', `${targetRef.kind}/${targetRef.name}`);
    page.field(2, 'NodeName', nodeName ?? '<unset>');
    page.field(2, 'Zone', zone ?? '<unset>');
  }
  describeEvents(slice, page, around);
}

interface EndpointAddress {
  readonly ip: string;
}

interface Endpoints extends KubeObject {
  readonly subsets?: readonly {
    readonly addresses?: readonly EndpointAddress[];
    readonly notReadyAddresses?: readonly EndpointAddress[];
    readonly ports?: readonly EndpointPort[];
  }[];
}

export function describeEndpoints(endpoints: Endpoints, page: Page, around: Surroundings): void {
  describeHead(endpoints, page);
  page.line(0, 'Subsets:');
  for (const { addresses = [], notReadyAddresses = [], ports = [] } of endpoints.subsets ?? []) {
    page.field(1, 'Addresses', addresses.map(({ ip }) => ip).join(',') || '<none>');
    page.field(1, 'NotReadyAddresses', notReadyAddresses.map(({ ip }) => ip).join(',') || '<none>');
    if (ports.length > 0) describePorts(ports, page, 1);
    page.line(0, '');
  }
  describeEvents(endpoints, page, around);
}
