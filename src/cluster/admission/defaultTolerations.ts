// Gives every pod 300 s of patience with a node that is not ready or unreachable, unless it says otherwise.
// Models plugin/pkg/admission/defaulttolerationseconds/admission.go.
import { remembered } from '../../base/remembered.ts';
import type { Pod, PodSpec, Toleration } from '../../kube/kinds/pod.ts';
import type { KubeObject } from '../../kube/meta.ts';
import type { Admission } from './admission.ts';

const PATIENCE_SECONDS = 300;
const TAINTS = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'];

const isFor = (toleration: Toleration, taint: string) =>
  (toleration.key === taint || !toleration.key) && (toleration.effect === 'NoExecute' || !toleration.effect);

export const defaultTolerations: Admission = {
  name: 'DefaultTolerationSeconds',
  kinds: ['Pod'],
  create(object: KubeObject) {
    const pod = object as Pod;
    const spec = withPatience(pod.spec);
    return spec === pod.spec ? pod : { ...pod, spec };
  },
};

const withPatience = remembered((spec: PodSpec): PodSpec => {
  const given = spec.tolerations ?? [];
  const missing = TAINTS.filter((taint) => !given.some((toleration) => isFor(toleration, taint)));
  if (missing.length === 0) return spec;
  const added = missing.map((key): Toleration => ({ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: PATIENCE_SECONDS }));
  return { ...spec, tolerations: [...given, ...added] };
});
