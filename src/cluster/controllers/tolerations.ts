// Which taints a pod puts up with. Models staging/src/k8s.io/component-helpers/scheduling/corev1/helpers.go and api/core/v1/toleration.go.
import type { Taint } from '../../kube/kinds/node.ts';
import type { Toleration } from '../../kube/kinds/pod.ts';

export function tolerates({ key, operator, value, effect }: Toleration, taint: Taint): boolean {
  if (effect && effect !== taint.effect) return false;
  if (key && key !== taint.key) return false;
  if (operator === 'Exists') return true;
  return (operator === undefined || operator === 'Equal') && Boolean(key) && (value ?? '') === (taint.value ?? '');
}

/** Whether every taint with one of these effects is tolerated. */
export function toleratesAll(tolerations: readonly Toleration[], taints: readonly Taint[], effects: readonly Taint['effect'][]): boolean {
  return taints.every((taint) => !effects.includes(taint.effect) || tolerations.some((toleration) => tolerates(toleration, taint)));
}
