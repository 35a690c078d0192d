// What a pod's RuntimeClass asks for beside its containers. Models plugin/pkg/admission/runtimeclass/admission.go.
import { ApiError } from '../../kube/errors.ts';
import type { Pod, ResourceList, Toleration } from '../../kube/kinds/pod.ts';
import type { KubeObject, StringMap } from '../../kube/meta.ts';
import { compareQuantities } from '../../kube/quantity.ts';
import type { Admission } from './admission.ts';

interface RuntimeClass extends KubeObject {
  readonly kind: 'RuntimeClass';
  readonly overhead?: { readonly podFixed?: ResourceList };
  readonly scheduling?: { readonly nodeSelector?: StringMap; readonly tolerations?: readonly Toleration[] };
}

export const runtimeClass: Admission = {
  name: 'RuntimeClass',
  kinds: ['Pod'],
  create(object: KubeObject, api) {
    const pod = object as Pod;
    const { runtimeClassName } = pod.spec as { readonly runtimeClassName?: string };
    if (!runtimeClassName) {
      if (!pod.spec.overhead) return pod;
      throw refused(pod, 'Pod Overhead set without corresponding RuntimeClass defined Overhead');
    }
    const found = api.get<RuntimeClass>('RuntimeClass', undefined, runtimeClassName);
    if (!found) throw refused(pod, `RuntimeClass "${runtimeClassName}" not found`);
    return { ...pod, spec: withScheduling(withOverhead(pod, found), found) };
  },
};

const refused = ({ metadata }: Pod, why: string) => new ApiError('Forbidden', `pods "${metadata.name}" is forbidden: pod rejected: ${why}`);

function withOverhead(pod: Pod, { overhead }: RuntimeClass): Pod['spec'] {
  const fixed = overhead?.podFixed;
  const given = pod.spec.overhead;
  if (!fixed) {
    if (given) throw refused(pod, 'Pod Overhead set without corresponding RuntimeClass defined Overhead');
    return pod.spec;
  }
  const isSame =
    given === undefined || Object.keys({ ...fixed, ...given }).every((name) => compareQuantities(given[name] ?? 0, fixed[name] ?? 0) === 0);
  if (!isSame) throw refused(pod, "Pod's Overhead doesn't match RuntimeClass's defined Overhead");
  return { ...pod.spec, overhead: fixed };
}

function withScheduling(spec: Pod['spec'], { scheduling }: RuntimeClass): Pod['spec'] {
  if (!scheduling) return spec;
  const nodeSelector = { ...spec.nodeSelector, ...scheduling.nodeSelector };
  const tolerations = [...(spec.tolerations ?? []), ...(scheduling.tolerations ?? [])];
  return {
    ...spec,
    ...(Object.keys(nodeSelector).length > 0 ? { nodeSelector } : {}),
    ...(tolerations.length > 0 ? { tolerations } : {}),
  };
}
