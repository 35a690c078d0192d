// Whether a pod puts up with a taint. Models component-helpers/scheduling/corev1/helpers.go.
import type { Taint } from '../../../kube/kinds/node.ts';
import type { Toleration } from '../../../kube/kinds/pod.ts';

export function isTolerated(taint: Taint, tolerations: readonly Toleration[]): boolean {
  return tolerations.some((toleration) => tolerates(toleration, taint));
}

function tolerates({ key, operator, value, effect }: Toleration, taint: Taint): boolean {
  if (effect && effect !== taint.effect) return false;
  if (key && key !== taint.key) return false;
  switch (operator ?? 'Equal') {
    case 'Exists':
      return true;
    case 'Lt':
      return Number(taint.value) < Number(value);
    case 'Gt':
      return Number(taint.value) > Number(value);
    default:
      return (value ?? '') === (taint.value ?? '');
  }
}

/** The first taint that keeps the pod away from a node. */
export function untoleratedTaint(taints: readonly Taint[] | undefined, tolerations: readonly Toleration[]): Taint | undefined {
  return taints?.find((taint) => taint.effect !== 'PreferNoSchedule' && !isTolerated(taint, tolerations));
}
