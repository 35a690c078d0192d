// cpu and memory as plain numbers for the capacity bars: cores and bytes.
import { rememberedBy } from '../base/remembered.ts';
import type { Container, Pod, ResourceList } from '../kube/kinds/pod.ts';
import { milliValueOf, valueOf } from '../kube/quantity.ts';

export interface Amounts {
  readonly cpu: number;
  readonly memory: number;
}

export function amountsOf(list: ResourceList | undefined): Amounts {
  return { cpu: milliValueOf(list?.['cpu']) / 1000, memory: valueOf(list?.['memory']) };
}

const NOTHING: Amounts = { cpu: 0, memory: 0 };
const known = new WeakMap<object, Amounts>();

/** What the pod takes of its node; nothing once it has ended. */
export function takenBy({ spec, status }: Pod): Amounts {
  if (status.phase === 'Succeeded' || status.phase === 'Failed') return NOTHING;
  let found = known.get(spec);
  if (!found) known.set(spec, (found = shared(sum(spec.containers, spec.initContainers ?? [], amountsOf(spec.overhead)))));
  return found;
}

/** The same object for the same amounts: the pods of one template share it. */
const shared = rememberedBy(
  1000,
  ({ cpu, memory }: Amounts) => `${cpu} ${memory}`,
  (amounts: Amounts) => amounts,
);

/** Its containers together, or its largest init container if that is more. */
function sum(containers: readonly Container[], inits: readonly Container[], overhead: Amounts): Amounts {
  let { cpu, memory } = { cpu: 0, memory: 0 };
  for (const container of containers) {
    const requests = amountsOf(container.resources?.requests);
    cpu += requests.cpu;
    memory += requests.memory;
  }
  for (const init of inits) {
    const requests = amountsOf(init.resources?.requests);
    cpu = Math.max(cpu, requests.cpu);
    memory = Math.max(memory, requests.memory);
  }
  return { cpu: cpu + overhead.cpu, memory: memory + overhead.memory };
}
