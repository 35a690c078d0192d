// Whether a machine takes a pod that was bound to it: the last check, after the scheduler's, against what really runs there.
// Models pkg/kubelet/lifecycle/predicate.go and pkg/kubelet/eviction/eviction_manager.go Admit; leaves out devices.

import { haveClash, hostPortsOf } from '../../kube/hostPorts.ts';
import type { Node, Taint } from '../../kube/kinds/node.ts';
import type { Container, Pod, Toleration } from '../../kube/kinds/pod.ts';
import { qosClassOf } from '../../kube/kinds/podStatus.ts';
import { matchesNode } from '../../kube/nodeSelectors.ts';
import { milliValueOf, valueOf } from '../../kube/quantity.ts';
import type { NodeWork, Requests } from './work.ts';

/** Priority from which pods keep a machine alive: they are neither refused nor evicted for want of something. */
const CRITICAL_PRIORITY = 2_000_000_000;
const MEMORY_PRESSURE: Taint = { key: 'node.kubernetes.io/memory-pressure', effect: 'NoSchedule' };

export function isCritical({ spec }: Pod): boolean {
  return (spec.priority ?? 0) >= CRITICAL_PRIORITY;
}

/** What a pod asks for: ports, and what its containers and sidecars take together, or the hungriest init container with the sidecars before it. */
export function requestsOf(pod: Pod): Requests {
  return { cpuMilli: requestOf(pod, 'cpu', milliValueOf), memory: requestOf(pod, 'memory'), hostPorts: hostPortsOf(pod) };
}

export function requestOf({ spec }: Pod, resource: string, amountOf: typeof valueOf = valueOf): number {
  const { containers, initContainers, overhead } = spec;
  const of = (container: Container) => amountOf(container.resources?.requests?.[resource]);
  let together = 0;
  for (const container of containers) together += of(container);
  let sidecars = 0;
  let atStart = 0;
  for (const container of initContainers ?? []) {
    atStart = Math.max(atStart, sidecars + of(container));
    if (container.restartPolicy === 'Always') sidecars += of(container);
  }
  return Math.max(together + sidecars, atStart) + amountOf(overhead?.[resource]);
}

/** Why the machine refuses the pod, or undefined when it takes it. `node` is undefined when its Node object is gone. */
export function refusalOf(
  pod: Pod,
  requests: Requests,
  work: NodeWork,
  node: Node | undefined,
): { readonly reason: string; readonly message: string } | undefined {
  return pressureOn(pod, work) ?? shortageOf(requests, work, node) ?? mismatchOf(pod, requests, work, node);
}

/** A machine short of memory takes no more pods of the lowest class; one short of disk takes none. Models eviction_manager.go Admit. */
function pressureOn(pod: Pod, { pressure }: NodeWork) {
  const { memory, disk } = pressure;
  if ((!memory.isPressed && !disk.isPressed) || isCritical(pod)) return undefined;
  const isWelcome = !disk.isPressed && (qosClassOf(pod.spec) !== 'BestEffort' || isTolerated(MEMORY_PRESSURE, pod.spec.tolerations));
  if (isWelcome) return undefined;
  const conditions = [...(memory.isPressed ? ['MemoryPressure'] : []), ...(disk.isPressed ? ['DiskPressure'] : [])];
  return { reason: 'Evicted', message: `The node had condition: [${conditions.join(' ')}]. ` };
}

/** What it has not enough of. */
export function shortageOf({ cpuMilli, memory }: Requests, work: NodeWork, node: Node | undefined) {
  const { pods, cpu, memory: memoryInAll } = node?.status.allocatable ?? {};
  const shortage = (resource: string, requested: number, used: number, capacity: number) => ({
    reason: `OutOf${resource}`,
    message: `Node didn't have enough resource: ${resource}, requested: ${requested}, used: ${used}, capacity: ${capacity}`,
  });
  const podsMax = valueOf(pods);
  if (work.podCount + 1 > podsMax) return shortage('pods', 1, work.podCount, podsMax);
  const cpuMax = milliValueOf(cpu);
  if (cpuMilli > 0 && cpuMilli > cpuMax - work.usedCpuMilli) return shortage('cpu', cpuMilli, work.usedCpuMilli, cpuMax);
  const memoryMax = valueOf(memoryInAll);
  if (memory > 0 && memory > memoryMax - work.usedMemory) return shortage('memory', memory, work.usedMemory, memoryMax);
  return undefined;
}

function mismatchOf(pod: Pod, { hostPorts }: Requests, work: NodeWork, node: Node | undefined) {
  if (node && !matchesNode(pod, node)) {
    return { reason: 'NodeAffinity', message: "Predicate NodeAffinity failed: node(s) didn't match Pod's node affinity/selector" };
  }
  if (hostPorts.length > 0 && haveClash(hostPorts, work.hostPorts)) {
    return { reason: 'NodePorts', message: "Predicate NodePorts failed: node(s) didn't have free ports for the requested pod ports" };
  }
  const taint = node?.spec.taints?.find((taint) => taint.effect === 'NoExecute' && !isTolerated(taint, pod.spec.tolerations));
  if (taint) {
    return { reason: 'TaintToleration', message: "Predicate TaintToleration failed: node(s) had taints that the pod didn't tolerate" };
  }
  return undefined;
}

function isTolerated(taint: Taint, tolerations: readonly Toleration[] = []): boolean {
  return tolerations.some(
    ({ key, effect, operator, value }) =>
      (!key || key === taint.key) &&
      (!effect || effect === taint.effect) &&
      (operator === 'Exists' || (value ?? '') === (taint.value ?? '')),
  );
}
