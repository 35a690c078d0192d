// What a pod may be told of itself, as a variable or in a file. Models pkg/fieldpath and pkg/api/v1/resource/helpers.go.
import type { Container, Pod } from '../../kube/kinds/pod.ts';
import { parseQuantity } from '../../kube/quantity.ts';

export interface PodFacts {
  readonly pod: Pod;
  readonly podIP: string;
  readonly nodeIP: string;
  readonly allocatable: Readonly<Record<string, string | number>>;
}

export function fieldOf(path: string, { pod, podIP, nodeIP }: PodFacts): string {
  const { metadata, spec } = pod;
  const [, map, key] = /^metadata\.(labels|annotations)\['(.*)'\]$/.exec(path) ?? [];
  if (map && key) return metadata[map as 'labels' | 'annotations']?.[key] ?? '';
  switch (path) {
    case 'metadata.name':
      return metadata.name;
    case 'metadata.namespace':
      return metadata.namespace ?? '';
    case 'metadata.uid':
      return metadata.uid ?? '';
    case 'metadata.labels':
      return mapText(metadata.labels);
    case 'metadata.annotations':
      return mapText(metadata.annotations);
    case 'spec.nodeName':
      return spec.nodeName ?? '';
    case 'spec.serviceAccountName':
      return spec.serviceAccountName ?? 'default';
    case 'status.hostIP':
    case 'status.hostIPs':
      return nodeIP;
    case 'status.podIP':
    case 'status.podIPs':
      return podIP;
    default:
      return '';
  }
}

/** As the downward API writes a map into a file. */
function mapText(map: Readonly<Record<string, string>> = {}): string {
  return Object.keys(map)
    .toSorted()
    .map((key) => `${key}=${JSON.stringify(map[key])}`)
    .join('\n');
}

export interface ResourceField {
  readonly resource: string;
  readonly divisor?: string | number;
}

/** A request or a limit, divided and rounded up; without a limit it is the machine's. */
export function resourceOf({ resource, divisor }: ResourceField, container: Container, { allocatable }: PodFacts): string {
  const [list = '', name = ''] = resource.split('.');
  const given = container.resources?.[list as 'requests' | 'limits']?.[name];
  const nano = given === undefined ? (list === 'limits' ? parseQuantity(allocatable[name] ?? '0').nano : 0n) : parseQuantity(given).nano;
  const unit = divisor === undefined || String(divisor) === '0' ? 1_000_000_000n : parseQuantity(divisor).nano;
  return String((nano + unit - 1n) / unit);
}
