// The rules for what a pod says about its network: DNS, hosts file, the ports of its node.
// Models pkg/apis/core/validation/validation.go (validatePodDNSConfig, ValidateHostAliases, validateHostNetwork).
import type { FieldError } from '../errors.ts';
import { allInvalid, BAD_IP, invalid, isIP, required } from '../fieldErrors.ts';
import type { Container, PodSpec } from '../kinds/pod.ts';
import { isDns1123Subdomain } from '../names.ts';

const NAMESERVERS_MAX = 3;
const SEARCHES_MAX = 32;

interface NetworkFields {
  readonly dnsConfig?: {
    readonly nameservers?: readonly string[];
    readonly searches?: readonly string[];
    readonly options?: readonly { readonly name?: string }[];
  };
  readonly hostAliases?: readonly { readonly ip?: string; readonly hostnames?: readonly string[] }[];
}

export function validatePodNetwork(spec: PodSpec): FieldError[] {
  return [
    ...(spec.hostNetwork ? (['containers', 'initContainers'] as const).flatMap((list) => samePorts(spec[list] ?? [], `.${list}`)) : []),
    ...validateDns(spec, '.dnsConfig'),
    ...validateAliases(spec as NetworkFields, '.hostAliases'),
  ];
}

/** In the network of the node a container's port is the node's; a template may leave the node's out. */
function samePorts(containers: readonly Container[], field: string): FieldError[] {
  return containers.flatMap(({ ports = [] }, i) =>
    ports.flatMap(({ hostPort = 0, containerPort }, j) =>
      hostPort === 0 || hostPort === containerPort
        ? []
        : [invalid(`${field}[${i}].ports[${j}].containerPort`, containerPort, 'must match `hostPort` when `hostNetwork` is true')],
    ),
  );
}

function validateDns(spec: PodSpec, field: string): FieldError[] {
  const { dnsConfig } = spec as NetworkFields;
  const isAlone = spec.dnsPolicy === 'None';
  if (!dnsConfig) return isAlone ? [required(field, 'must provide `dnsConfig` when `dnsPolicy` is None')] : [];
  const { nameservers = [], searches = [], options = [] } = dnsConfig;
  if (isAlone && nameservers.length === 0)
    return [required(`${field}.nameservers`, 'must provide at least one DNS nameserver when `dnsPolicy` is None')];
  const errors: FieldError[] = [];
  if (nameservers.length > NAMESERVERS_MAX)
    errors.push(invalid(`${field}.nameservers`, nameservers, `must not have more than ${NAMESERVERS_MAX} nameservers`));
  errors.push(...nameservers.flatMap((ip, i) => (isIP(ip) ? [] : [invalid(`${field}.nameservers[${i}]`, ip, BAD_IP)])));
  if (searches.length > SEARCHES_MAX)
    errors.push(invalid(`${field}.searches`, searches, `must not have more than ${SEARCHES_MAX} search paths`));
  // A search path may have underscores, and may be the root.
  errors.push(
    ...searches.flatMap((search, i) => {
      const problems = search === '.' ? [] : isDns1123Subdomain(search.replace(/\.$/, '').replaceAll('_', 'a'));
      return allInvalid(`${field}.searches[${i}]`, search, problems);
    }),
  );
  return [...errors, ...options.flatMap(({ name }, i) => (name ? [] : [required(`${field}.options[${i}]`, 'must not be empty')]))];
}

function validateAliases({ hostAliases = [] }: NetworkFields, field: string): FieldError[] {
  return hostAliases.flatMap(({ ip = '', hostnames = [] }, i) => [
    ...(isIP(ip) ? [] : [invalid(`${field}[${i}].ip`, ip, BAD_IP)]),
    ...hostnames.flatMap((name, j) => allInvalid(`${field}[${i}].hostnames[${j}]`, name, isDns1123Subdomain(name))),
  ]);
}
