// kubectl describe node. Models kubectl/pkg/describe/describe.go describeNode, describeNodeResource.
import { humanAge } from '../../kube/duration.ts';
import type { Node } from '../../kube/kinds/node.ts';
import type { Pod, ResourceList } from '../../kube/kinds/pod.ts';
import { conditionOf, type KubeObject } from '../../kube/meta.ts';
import { podLimits, podRequests, sumOf } from '../../kube/podResources.ts';
import { formatQuantity, milliValueOf, parseQuantity, valueOf } from '../../kube/quantity.ts';
import { describeEvents } from './events.ts';
import { byText, dateOf, dateOfMs, type Page, type Surroundings } from './page.ts';

export function describeNode(node: Node, page: Page, around: Surroundings): void {
  const { metadata, spec, status } = node;
  page.field(0, 'Name', metadata.name);
  page.field(0, 'Roles', rolesOf(node) || '<none>');
  page.labels('Labels', metadata.labels);
  page.annotations('Annotations', metadata.annotations);
  page.field(0, 'CreationTimestamp', dateOf(metadata.creationTimestamp));
  page.taints('Taints', spec.taints);
  page.field(0, 'Unschedulable', spec.unschedulable ?? false);
  describeLease(node, page, around);
  describeConditions(node, page);
  page.line(0, 'Addresses:');
  for (const { type, address } of status.addresses ?? []) page.field(1, type, address);
  describeList('Capacity', status.capacity, page);
  describeList('Allocatable', status.allocatable, page);
  describeSystem(node, page);
  if (spec.podCIDR) page.field(0, 'PodCIDR', spec.podCIDR);
  if (spec.podCIDRs?.length) page.field(0, 'PodCIDRs', spec.podCIDRs.join(','));
  if (spec.providerID) page.field(0, 'ProviderID', spec.providerID);
  describePods(node, page, around);
  describeEvents(node, page, around);
}

function rolesOf({ metadata }: KubeObject): string {
  const prefix = 'node-role.kubernetes.io/';
  const roles = new Set<string>();
  for (const [key, value] of Object.entries(metadata.labels ?? {})) {
    if (key.startsWith(prefix) && key.length > prefix.length) roles.add(key.slice(prefix.length));
    else if (key === 'kubernetes.io/role' && value) roles.add(value);
  }
  return [...roles].sort().join(',');
}

function describeLease(node: Node, page: Page, around: Surroundings): void {
  const { name } = node.metadata;
  const renewMs = around.leaseRenewMs?.(name);
  if (around.leaseRenewMs && renewMs === undefined) {
    page.field(0, 'Lease', `Failed to get lease: leases.coordination.k8s.io "${name}" not found`);
    return;
  }
  const heartbeat = conditionOf(node.status.conditions, 'Ready')?.lastHeartbeatTime;
  page.line(0, 'Lease:');
  page.field(1, 'HolderIdentity', name);
  page.field(1, 'AcquireTime', '<unset>');
  page.field(1, 'RenewTime', renewMs !== undefined ? dateOfMs(renewMs) : heartbeat ? dateOf(heartbeat) : '<unset>');
}

function describeConditions({ status }: Node, page: Page): void {
  if (!status.conditions?.length) return;
  page.line(0, 'Conditions:\n  Type\tStatus\tLastHeartbeatTime\tLastTransitionTime\tReason\tMessage');
  page.line(1, '----\t------\t-----------------\t------------------\t------\t-------');
  for (const condition of status.conditions) {
    const { type, status: value, lastHeartbeatTime, lastTransitionTime, reason, message } = condition;
    page.line(1, `${type} \t${value} \t${dateOf(lastHeartbeatTime)} \t${dateOf(lastTransitionTime)} \t${reason ?? ''} \t${message ?? ''}`);
  }
}

function describeList(title: string, list: ResourceList | undefined, page: Page): void {
  const names = Object.keys(list ?? {}).sort();
  if (names.length > 0) page.line(0, `${title}:`);
  for (const name of names) page.field(1, name, formatQuantity(parseQuantity(list?.[name] ?? 0)));
}

const SYSTEM_INFO: readonly (readonly [string, string])[] = [
  ['Machine ID', 'machineID'],
  ['System UUID', 'systemUUID'],
  ['Boot ID', 'bootID'],
  ['Kernel Version', 'kernelVersion'],
  ['OS Image', 'osImage'],
  ['Operating System', 'operatingSystem'],
  ['Architecture', 'architecture'],
  ['Container Runtime Version', 'containerRuntimeVersion'],
  ['Kubelet Version', 'kubeletVersion'],
];

function describeSystem({ status }: Node, page: Page): void {
  page.line(0, 'System Info:');
  for (const [title, key] of SYSTEM_INFO) page.field(1, title, status.nodeInfo?.[key] ?? '');
}

function describePods({ metadata, status }: Node, page: Page, around: Surroundings): void {
  const pods = (around.snapshot.list('Pod') as readonly Pod[])
    .filter((pod) => pod.spec.nodeName === metadata.name && pod.status.phase !== 'Succeeded' && pod.status.phase !== 'Failed')
    .sort(byText((pod) => `${pod.metadata.namespace}/${pod.metadata.name}`));
  const room = Object.keys(status.allocatable ?? {}).length > 0 ? status.allocatable : status.capacity;
  page.line(0, `Non-terminated Pods:\t(${pods.length} in total)`);
  page.line(1, 'Namespace\tName\t\tCPU Requests\tCPU Limits\tMemory Requests\tMemory Limits\tAge');
  page.line(1, '---------\t----\t\t------------\t----------\t---------------\t-------------\t---');
  for (const pod of pods) {
    const [requests, limits] = [podRequests(pod), podLimits(pod)];
    const cells = [
      shareText(requests, 'cpu', room),
      shareText(limits, 'cpu', room),
      shareText(requests, 'memory', room),
      shareText(limits, 'memory', room),
    ];
    page.line(
      1,
      `${pod.metadata.namespace}\t${pod.metadata.name}\t\t${cells.join('\t')}\t${humanAge(pod.metadata.creationTimestamp, around.nowMs)}`,
    );
  }
  describeAllocated(sumOf(pods.map(podRequests)), sumOf(pods.map(podLimits)), room, page);
}

function describeAllocated(requests: ResourceList, limits: ResourceList, room: ResourceList | undefined, page: Page): void {
  page.line(0, 'Allocated resources:\n  (Total limits may be over 100 percent, i.e., overcommitted.)');
  page.line(1, 'Resource\tRequests\tLimits');
  page.line(1, '--------\t--------\t------');
  const others = Object.keys(room ?? {}).filter((name) => !['cpu', 'memory', 'ephemeral-storage', 'pods'].includes(name));
  const hugePages = others.filter((name) => name.startsWith('hugepages-')).sort();
  for (const name of ['cpu', 'memory', 'ephemeral-storage', ...hugePages]) {
    page.line(1, `${name}\t${shareText(requests, name, room)}\t${shareText(limits, name, room)}`);
  }
  for (const name of others.filter((each) => !hugePages.includes(each)).sort()) {
    page.line(1, `${name}\t${quantityText(requests[name])}\t${quantityText(limits[name])}`);
  }
}

const quantityText = (quantity: string | number | undefined): string => formatQuantity(parseQuantity(quantity ?? 0));

/** `500m (25%)` of what the node has. */
function shareText(list: ResourceList, name: string, room: ResourceList | undefined): string {
  const measure = name === 'cpu' ? milliValueOf : valueOf;
  const whole = measure(room?.[name]);
  const share = whole === 0 ? 0 : Math.trunc((measure(list[name]) / whole) * 100);
  return `${quantityText(list[name])} (${share}%)`;
}
