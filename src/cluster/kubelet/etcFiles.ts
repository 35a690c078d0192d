// The files that a kubelet puts into every container: who is who, and where names are asked for.
// Models pkg/kubelet/kubelet_pods.go managedHostsFileContent and network/dns/dns.go.
import type { Pod } from '../../kube/kinds/pod.ts';

const NAME_SERVER = '10.96.0.10';
const CLUSTER_DOMAIN = 'cluster.local';
const HOSTS = ['127.0.0.1\tlocalhost', '::1\tlocalhost ip6-localhost ip6-loopback', 'fe00::0\tip6-localnet', 'fe00::0\tip6-mcastprefix'];
const ROUTERS = ['fe00::1\tip6-allnodes', 'fe00::2\tip6-allrouters'];

interface DnsConfig {
  readonly nameservers?: readonly string[];
  readonly searches?: readonly string[];
  readonly options?: readonly { readonly name: string; readonly value?: string }[];
}

type Spec = Pod['spec'] & {
  readonly hostAliases?: readonly { readonly ip: string; readonly hostnames?: readonly string[] }[];
  readonly dnsConfig?: DnsConfig;
};

/** By path. */
export function etcFilesOf(pod: Pod, hostname: string, ip: string): Readonly<Record<string, string>> {
  return {
    '/etc/hosts': hostsText(pod, hostname, ip),
    '/etc/hostname': `${hostname}\n`,
    '/etc/resolv.conf': resolverText(pod),
  };
}

function hostsText(pod: Pod, hostname: string, ip: string): string {
  const { subdomain, hostAliases = [] } = pod.spec as Spec;
  const full = subdomain ? `${hostname}.${subdomain}.${pod.metadata.namespace}.svc.${CLUSTER_DOMAIN}\t` : '';
  const lines = ['# Kubernetes-managed hosts file.', ...HOSTS, ...ROUTERS, `${ip}\t${full}${hostname}`];
  const aliases = hostAliases.map((alias) => `${alias.ip}\t${(alias.hostnames ?? []).join('\t')}`);
  return [...lines, ...(aliases.length > 0 ? ['', '# Entries added by HostAliases.', ...aliases] : []), ''].join('\n');
}

function resolverText(pod: Pod): string {
  const { dnsPolicy, dnsConfig } = pod.spec as Spec;
  const isOwn = dnsPolicy === 'None';
  const searches = isOwn ? [] : [`${pod.metadata.namespace}.svc.${CLUSTER_DOMAIN}`, `svc.${CLUSTER_DOMAIN}`, CLUSTER_DOMAIN];
  const servers = isOwn ? [] : [NAME_SERVER];
  const options = [
    ...(isOwn ? [] : ['ndots:5']),
    ...(dnsConfig?.options ?? []).map(({ name, value }) => (value === undefined ? name : `${name}:${value}`)),
  ];
  return [
    ...lineOf('search', [...searches, ...(dnsConfig?.searches ?? [])]),
    ...[...servers, ...(dnsConfig?.nameservers ?? [])].map((server) => `nameserver ${server}`),
    ...lineOf('options', options),
    '',
  ].join('\n');
}

function lineOf(name: string, words: readonly string[]): string[] {
  return words.length === 0 ? [] : [`${name} ${words.join(' ')}`];
}
