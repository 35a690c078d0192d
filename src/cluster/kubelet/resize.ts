// Resources changed in a living pod: taken over in place, or by a restart where the container's policy asks for one.
// Models pkg/kubelet/allocation and kuberuntime_manager.go computePodResizeAction.
import type { Container, ResourceRequirements } from '../../kube/kinds/pod.ts';
import type { ContainerLife } from './podLife.ts';

const RESOURCES = ['cpu', 'memory'] as const;

/** Whether what is asked for now can only be had by a new start. */
export function resizeRestart({ spec: acted }: ContainerLife, spec: Container): boolean {
  if (spec.resources === acted.resources) return false;
  const policies = (spec as { readonly resizePolicy?: readonly { readonly resourceName: string; readonly restartPolicy: string }[] })
    .resizePolicy;
  return RESOURCES.some(
    (resource) =>
      isResized(acted.resources, spec.resources, resource) &&
      policies?.some(({ resourceName, restartPolicy }) => resourceName === resource && restartPolicy === 'RestartContainer'),
  );
}

function isResized(before: ResourceRequirements | undefined, after: ResourceRequirements | undefined, resource: string): boolean {
  return before?.requests?.[resource] !== after?.requests?.[resource] || before?.limits?.[resource] !== after?.limits?.[resource];
}
