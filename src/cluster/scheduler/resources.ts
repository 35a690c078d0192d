// What pods ask for and machines have, as plain numbers. Models pkg/scheduler/framework/types.go (Resource) and
// component-helpers/resource/helpers.go (PodRequests). Leaves out pod-level resources, resizing in place and devices.
import type { Container, Pod, ResourceList } from '../../kube/kinds/pod.ts';
import { milliValueOf, valueOf } from '../../kube/quantity.ts';

export interface Resources {
  readonly milliCPU: number;
  readonly memory: number;
  readonly ephemeralStorage: number;
  /** Extended resources and huge pages, by name; undefined when there are none. */
  readonly others: ReadonlyMap<string, number> | undefined;
}

/** A container that asks for nothing still counts as this much where the load of nodes is compared. */
const DEFAULT_MILLI_CPU = 100;
const DEFAULT_MEMORY = 200 * 1024 * 1024;

const OWN_FIELDS = new Set(['cpu', 'memory', 'ephemeral-storage', 'pods']);

export function resourcesOf(list: ResourceList | undefined): Resources {
  let others: Map<string, number> | undefined;
  for (const name in list) {
    if (OWN_FIELDS.has(name)) continue;
    others ??= new Map();
    others.set(name, valueOf(list[name]));
  }
  return {
    milliCPU: milliValueOf(list?.['cpu']),
    memory: valueOf(list?.['memory']),
    ephemeralStorage: valueOf(list?.['ephemeral-storage']),
    others,
  };
}

/** What the scheduler sets aside for a pod: its containers and sidecars together, or its hungriest init container, and the overhead. */
export function requestsOf(pod: Pod): Resources {
  const names = new Set<string>();
  for (const container of containersOf(pod)) for (const name in container.resources?.requests) names.add(name);
  for (const name in pod.spec.overhead) names.add(name);
  let others: Map<string, number> | undefined;
  for (const name of names) {
    if (OWN_FIELDS.has(name)) continue;
    const amount = amountOf(pod, (container) => valueOf(container.resources?.requests?.[name])) + valueOf(pod.spec.overhead?.[name]);
    others ??= new Map();
    others.set(name, amount);
  }
  const { overhead } = pod.spec;
  return {
    milliCPU: amountOf(pod, (container) => milliValueOf(container.resources?.requests?.['cpu'])) + milliValueOf(overhead?.['cpu']),
    memory: amountOf(pod, (container) => valueOf(container.resources?.requests?.['memory'])) + valueOf(overhead?.['memory']),
    ephemeralStorage:
      amountOf(pod, (container) => valueOf(container.resources?.requests?.['ephemeral-storage'])) +
      valueOf(overhead?.['ephemeral-storage']),
    others,
  };
}

/** The same with a default for every container that does not say, for comparing the load of nodes. */
export function nonZeroRequestsOf(pod: Pod): { readonly milliCPU: number; readonly memory: number } {
  const request = (container: Container, name: string) => container.resources?.requests?.[name];
  const cpu = (container: Container) =>
    request(container, 'cpu') === undefined ? DEFAULT_MILLI_CPU : milliValueOf(request(container, 'cpu'));
  const memory = (container: Container) =>
    request(container, 'memory') === undefined ? DEFAULT_MEMORY : valueOf(request(container, 'memory'));
  return {
    milliCPU: amountOf(pod, cpu) + milliValueOf(pod.spec.overhead?.['cpu']),
    memory: amountOf(pod, memory) + valueOf(pod.spec.overhead?.['memory']),
  };
}

function* containersOf({ spec }: Pod): Generator<Container> {
  yield* spec.containers;
  if (spec.initContainers) yield* spec.initContainers;
}

/** Init containers run one after another, beside the sidecars started before them; then all the rest runs together. */
function amountOf({ spec }: Pod, of: (container: Container) => number): number {
  let together = 0;
  for (const container of spec.containers) together += of(container);
  let sidecars = 0;
  let atStart = 0;
  for (const container of spec.initContainers ?? []) {
    const amount = of(container);
    atStart = Math.max(atStart, sidecars + amount);
    if (container.restartPolicy === 'Always') sidecars += amount;
  }
  return Math.max(together + sidecars, atStart);
}
