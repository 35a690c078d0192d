// Whether a node has what a pod asks for, and how empty it is. Models plugins/noderesources/{fit,least_allocated,resource_allocation}.go
// with the default strategy LeastAllocated over cpu and memory.
import type { NodeState } from '../nodeState.ts';
import { type Plugin, SCORE_MAX } from '../plugin.ts';
import type { PodTemplate } from '../podTemplate.ts';
import type { Rejection } from '../rejection.ts';
import { type Resources, resourcesOf } from '../resources.ts';

const name = 'NodeResourcesFit';

function shortageOf({ requests }: PodTemplate, node: NodeState): Rejection | undefined {
  const { allocatable } = node;
  const isPodTooMany = node.pods.size + 1 > node.podCountMax;
  if (
    !isPodTooMany &&
    !requests.others &&
    requests.milliCPU <= allocatable.milliCPU - node.milliCPU &&
    requests.memory <= allocatable.memory - node.memory &&
    requests.ephemeralStorage <= allocatable.ephemeralStorage - node.ephemeralStorage
  ) {
    return undefined;
  }
  const reasons = isPodTooMany ? ['Too many pods'] : [];
  let isFinal = false;
  const check = (resource: string, request: number, total: number, used: number) => {
    if (request === 0 || request <= total - used) return;
    reasons.push(`Insufficient ${resource}`);
    // Not even an empty node would do.
    if (request > total) isFinal = true;
  };
  check('cpu', requests.milliCPU, allocatable.milliCPU, node.milliCPU);
  check('memory', requests.memory, allocatable.memory, node.memory);
  check('ephemeral-storage', requests.ephemeralStorage, allocatable.ephemeralStorage, node.ephemeralStorage);
  for (const [resource, request] of requests.others ?? []) {
    check(resource, request, allocatable.others?.get(resource) ?? 0, node.others.get(resource) ?? 0);
  }
  return reasons.length > 0 ? { plugin: name, reasons, isFinal } : undefined;
}

/** Whether the pod would fit on a node with these resources, were it empty. */
function fitsEmpty({ requests }: PodTemplate, total: Resources): boolean {
  if (requests.milliCPU > total.milliCPU || requests.memory > total.memory || requests.ephemeralStorage > total.ephemeralStorage)
    return false;
  for (const [resource, request] of requests.others ?? []) if (request > (total.others?.get(resource) ?? 0)) return false;
  return true;
}

/** 100 when nothing of it would be used, 0 when all would. */
const freeShare = (used: number, total: number) => (total === 0 || used > total ? 0 : Math.floor(((total - used) * SCORE_MAX) / total));

export const nodeResourcesFit: Plugin = {
  name,
  isLocal: true,
  weight: 1,
  filter: (template) => (node) => shortageOf(template, node),
  score({ nonZero }) {
    return {
      // A node that has none of a resource is judged by the other.
      of: ({ allocatable, nonZeroMilliCPU, nonZeroMemory }) => {
        const resourceCount = (allocatable.milliCPU > 0 ? 1 : 0) + (allocatable.memory > 0 ? 1 : 0);
        if (resourceCount === 0) return 0;
        const cpu = freeShare(nonZeroMilliCPU + nonZero.milliCPU, allocatable.milliCPU);
        const memory = freeShare(nonZeroMemory + nonZero.memory, allocatable.memory);
        return Math.floor((cpu + memory) / resourceCount);
      },
    };
  },
  events: ['AssignedPodDelete', 'AssignedPodUpdate', 'NodeAdd', 'NodeUpdate', 'PodUpdate'],
  hint(event, template) {
    switch (event.type) {
      case 'NodeAdd':
        return fitsEmpty(template, resourcesOf(event.node.status.allocatable));
      case 'NodeUpdate': {
        const { allocatable } = event.node.status;
        return allocatable !== event.before.status.allocatable && fitsEmpty(template, resourcesOf(allocatable));
      }
      case 'AssignedPodUpdate':
        return isLess(event.template.requests, event.was.requests);
      case 'PodUpdate':
        return event.pod.spec.containers !== event.before.spec.containers;
      default:
        return true;
    }
  },
};

function isLess(after: Resources, before: Resources): boolean {
  return after.milliCPU < before.milliCPU || after.memory < before.memory || after.ephemeralStorage < before.ephemeralStorage;
}
