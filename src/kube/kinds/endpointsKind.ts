// Endpoints, the form that came before EndpointSlices: shape, names, columns. Models k8s.io/api/core/v1/types.go and
// pkg/printers/internalversion/printers.go (formatEndpoints).
import type { Kind } from '../kind.ts';
import type { KubeObject } from '../meta.ts';
import { subdomainName, validateMeta, validateMetaUpdate } from '../validation/meta.ts';
import { ageColumn, nameColumn } from './columns.ts';
import { changed, filled, mapped } from './fill.ts';

export interface EndpointAddress {
  readonly ip: string;
  readonly hostname?: string;
  readonly nodeName?: string;
  readonly targetRef?: { readonly kind: string; readonly namespace?: string; readonly name: string; readonly uid?: string };
}

export interface EndpointSubset {
  readonly addresses?: readonly EndpointAddress[];
  readonly notReadyAddresses?: readonly EndpointAddress[];
  readonly ports?: readonly { readonly name?: string; readonly protocol?: string; readonly port: number }[];
}

export interface Endpoints extends KubeObject {
  readonly kind: 'Endpoints';
  readonly subsets?: readonly EndpointSubset[];
}

export const endpointsKind: Kind<Endpoints> = {
  kind: 'Endpoints',
  apiVersion: 'v1',
  plural: 'endpoints',
  singular: 'endpoints',
  shortNames: ['ep'],
  namespaced: true,
  hasStatus: false,
  hasGeneration: false,
  isSimulated: true,
  deprecation: 'v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice',
  defaults: (endpoints) =>
    changed(endpoints, 'subsets', (subsets) =>
      mapped(subsets, (subset) => changed(subset, 'ports', (ports) => mapped(ports, (port) => filled(port, { protocol: 'TCP' })))),
    ),
  validate: ({ metadata }) => validateMeta(metadata, { namespaced: true, name: subdomainName }),
  validateUpdate: (endpoints, old) => validateMetaUpdate(endpoints, old),
  columns: [nameColumn, { name: 'Endpoints', value: ({ subsets }) => endpointsText(subsets ?? []) }, ageColumn],
};

/** Three addresses with their ports, and how many more there are. */
function endpointsText(subsets: readonly EndpointSubset[]): string {
  const all = subsets.flatMap(({ addresses = [], ports = [] }) =>
    ports.length === 0 ? addresses.map(({ ip }) => ip) : ports.flatMap(({ port }) => addresses.map(({ ip }) => `${ip}:${port}`)),
  );
  if (all.length === 0) return '<none>';
  return all.length <= 3 ? all.join(',') : `${all.slice(0, 3).join(',')} + ${all.length - 3} more...`;
}
