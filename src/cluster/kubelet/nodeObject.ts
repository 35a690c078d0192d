// The Node object with which a kubelet registers its machine. Models pkg/kubelet/kubelet_node_status.go.
// Leaves out: images, volumes in use, swap and other features of the runtime.
import { hash32 } from '../../base/random.ts';
import type { Node, NodeStatus, Taint, TaintEffect } from '../../kube/kinds/node.ts';
import type { Condition } from '../../kube/meta.ts';
import type { Machine } from '../intents.ts';
import { digestOf } from './images.ts';

export const OS_IMAGE = 'Debian GNU/Linux 12 (bookworm)';

/** `key=value:Effect`, `key:Effect`. */
function taintOf(text: string): Taint {
  const [, key = text, value, effect = 'NoSchedule'] = /^([^=:]+)(?:=([^:]*))?:(\w+)$/.exec(text) ?? [];
  return { key, ...(value ? { value } : {}), effect: effect as TaintEffect };
}

export function nodeObject(machine: Machine, ip: string, seed: number, now: string): Node {
  const { name, taints = [] } = machine;
  const capacity = {
    cpu: machine.cpu ?? '4',
    'ephemeral-storage': '100Gi',
    memory: machine.memory ?? '8Gi',
    pods: String(machine.pods ?? 110),
    ...machine.resources,
  };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: {
        'beta.kubernetes.io/arch': 'amd64',
        'beta.kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        ...machine.labels,
      },
      // The ttl controller writes this on every node; for up to 100 nodes it is 0.
      annotations: { 'node.alpha.kubernetes.io/ttl': '0' },
    },
    spec: {
      ...(taints.length > 0
        ? {
            taints: taints.map((taint) => (typeof taint === 'string' ? taintOf(taint) : { ...taint, effect: taint.effect as TaintEffect })),
          }
        : {}),
      ...(machine.unschedulable ? { unschedulable: true } : {}),
    },
    status: {
      capacity,
      allocatable: { ...capacity, ...machine.allocatable },
      conditions: nodeConditions(now, now),
      addresses: [
        { type: 'InternalIP', address: ip },
        { type: 'Hostname', address: name },
      ],
      daemonEndpoints: { kubeletEndpoint: { Port: 10250 } },
      nodeInfo: nodeFacts(name, seed),
    },
  };
}

/** What a machine says of itself: its ids depend on the seed and its name alone. */
function nodeFacts(name: string, seed: number): NonNullable<NodeStatus['nodeInfo']> {
  const digest = digestOf(`${seed}/${name}`);
  const uuid = (text: string) => {
    const hex = digestOf(`${hash32(text)}/${digest}`);
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  };
  return {
    machineID: digest.slice(0, 32),
    systemUUID: uuid('system'),
    bootID: uuid('boot'),
    kernelVersion: '6.12.0',
    osImage: OS_IMAGE,
    containerRuntimeVersion: 'containerd://2.1.4',
    kubeletVersion: 'v1.36.2',
    kubeProxyVersion: '',
    operatingSystem: 'linux',
    architecture: 'amd64',
  };
}

/** The four conditions of a healthy machine. */
export function nodeConditions(now: string, since: string): readonly Condition[] {
  const condition = (type: string, status: Condition['status'], reason: string, message: string): Condition => ({
    type,
    status,
    lastHeartbeatTime: now,
    lastTransitionTime: since,
    reason,
    message,
  });
  return [
    condition('MemoryPressure', 'False', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'),
    condition('DiskPressure', 'False', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'),
    condition('PIDPressure', 'False', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'),
    condition('Ready', 'True', 'KubeletReady', 'kubelet is posting ready status'),
  ];
}
