// What a pod asks for and may use in all, as exact quantities. Models component-helpers/resource/helpers.go PodRequests, PodLimits:
// containers run together, init containers one after another beside the sidecars started before them, overhead on top.
import type { Container, Pod, ResourceList } from './kinds/pod.ts';
import { type ExactQuantity, formatQuantity, parseQuantity } from './quantity.ts';

export function podRequests(pod: Pod): ResourceList {
  return totalOf(pod, 'requests');
}

export function podLimits(pod: Pod): ResourceList {
  return totalOf(pod, 'limits');
}

function totalOf({ spec, status }: Pod, list: 'requests' | 'limits'): ResourceList {
  const running = (container: Container): ResourceList => {
    const now = [...(status?.containerStatuses ?? []), ...(status?.initContainerStatuses ?? [])].find(
      ({ name }) => name === container.name,
    );
    // While a resize is under way the larger of what is asked for and what is in force counts.
    return largestOf(container.resources?.[list] ?? {}, now?.resources?.[list] ?? {});
  };
  let together = sumOf(spec.containers.map(running));
  let sidecars: ResourceList = {};
  let starting: ResourceList = {};
  for (const container of spec.initContainers ?? []) {
    if (container.restartPolicy === 'Always') {
      sidecars = sumOf([sidecars, running(container)]);
      starting = largestOf(starting, sidecars);
    } else starting = largestOf(starting, sumOf([sidecars, running(container)]));
  }
  together = largestOf(sumOf([together, sidecars]), starting);
  const whole = { ...together, ...spec.resources?.[list] };
  if (!spec.overhead) return whole;
  // Overhead is part of a limit only where there is one.
  const overhead = Object.entries(spec.overhead).filter(([name]) => list === 'requests' || whole[name] !== undefined);
  return sumOf([whole, Object.fromEntries(overhead)]);
}

export function sumOf(lists: readonly ResourceList[]): ResourceList {
  return merged(lists, (a, b) => ({ nano: a.nano + b.nano, format: a.nano === 0n ? b.format : a.format }));
}

function largestOf(...lists: readonly ResourceList[]): ResourceList {
  return merged(lists, (a, b) => (b.nano > a.nano ? b : a));
}

function merged(lists: readonly ResourceList[], merge: (a: ExactQuantity, b: ExactQuantity) => ExactQuantity): ResourceList {
  const sums = new Map<string, ExactQuantity>();
  for (const list of lists) {
    for (const [name, quantity] of Object.entries(list)) {
      const known = sums.get(name);
      sums.set(name, known ? merge(known, parseQuantity(quantity)) : parseQuantity(quantity));
    }
  }
  return Object.fromEntries([...sums].map(([name, quantity]) => [name, formatQuantity(quantity)]));
}
