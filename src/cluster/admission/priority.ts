// Turns the name of a PriorityClass into the number that the scheduler compares.
// Models plugin/pkg/admission/priority/admission.go.

import { remembered } from '../../base/remembered.ts';
import { ApiError } from '../../kube/errors.ts';
import type { Pod, PodSpec } from '../../kube/kinds/pod.ts';
import type { KubeObject } from '../../kube/meta.ts';
import type { Admission, ObjectReader } from './admission.ts';

interface PriorityClass extends KubeObject {
  readonly kind: 'PriorityClass';
  readonly value?: number;
  readonly globalDefault?: boolean;
  readonly preemptionPolicy?: string;
}

const DEFAULT_POLICY = 'PreemptLowerPriority';

export const priority: Admission = {
  name: 'Priority',
  kinds: ['Pod', 'PriorityClass'],
  create(object: KubeObject, api) {
    if (object.kind === 'PriorityClass') return refuseSecondDefault(object as PriorityClass, api);
    const pod = object as Pod;
    const chosen = classOf(pod, api);
    const spec = chosen ? withClass(pod.spec, chosen) : withoutClass(pod.spec);
    refuseOtherNumber(pod, spec.priority ?? 0);
    refuseOtherPolicy(pod, spec.preemptionPolicy ?? DEFAULT_POLICY);
    return spec === pod.spec ? pod : { ...pod, spec };
  },
  update: (object, old, api) =>
    object.kind === 'PriorityClass' && !(old as PriorityClass).globalDefault ? refuseSecondDefault(object as PriorityClass, api) : object,
};

/** The class a pod names, else the default of the cluster: the lowest, should there be several. */
function classOf({ metadata, spec }: Pod, api: ObjectReader): PriorityClass | undefined {
  if (!spec.priorityClassName) {
    const defaults = api.list<PriorityClass>('PriorityClass').filter(({ globalDefault }) => globalDefault);
    return defaults.sort((a, b) => (a.value ?? 0) - (b.value ?? 0))[0];
  }
  const found = api.get<PriorityClass>('PriorityClass', undefined, spec.priorityClassName);
  if (found) return found;
  const reason = `no PriorityClass with name ${spec.priorityClassName} was found`;
  throw new ApiError('Forbidden', `pods "${metadata.name}" is forbidden: ${reason}`);
}

function withClass(spec: PodSpec, { metadata, value = 0, preemptionPolicy }: PriorityClass): PodSpec {
  return {
    ...spec,
    priorityClassName: metadata.name,
    priority: value,
    preemptionPolicy: preemptionPolicy ?? DEFAULT_POLICY,
  };
}

const withoutClass = remembered((spec: PodSpec): PodSpec => {
  return { ...spec, priority: 0, preemptionPolicy: DEFAULT_POLICY };
});

function refuseOtherNumber({ metadata, spec }: Pod, computed: number): void {
  if (spec.priority === undefined || spec.priority === computed) return;
  const reason = `the integer value of priority (${spec.priority}) must not be provided in pod spec; priority admission controller computed ${computed} from the given PriorityClass name`;
  throw new ApiError('Forbidden', `pods "${metadata.name}" is forbidden: ${reason}`);
}

function refuseOtherPolicy({ metadata, spec: { preemptionPolicy: given } }: Pod, computed: string): void {
  if (given === undefined || given === computed) return;
  const reason = `the string value of PreemptionPolicy (${given}) must not be provided in pod spec; priority admission controller computed ${computed} from the given PriorityClass name`;
  throw new ApiError('Forbidden', `pods "${metadata.name}" is forbidden: ${reason}`);
}

function refuseSecondDefault(given: PriorityClass, api: ObjectReader): PriorityClass {
  if (!given.globalDefault) return given;
  const { name } = given.metadata;
  const other = api.list<PriorityClass>('PriorityClass').find((one) => one.globalDefault && one.metadata.name !== name);
  if (!other) return given;
  const reason = `PriorityClass ${other.metadata.name} is already marked as default. Only one default can exist`;
  throw new ApiError('Forbidden', `priorityclasses.scheduling.k8s.io "${name}" is forbidden: ${reason}`);
}
