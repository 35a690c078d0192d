// Whether a container asks for other resources than it was given. What follows from that is in resize.ts, which comes later.
import type { Container, ResourceRequirements } from '../../kube/kinds/pod.ts';
import type { LiveWorker } from './liveWorker.ts';
import type { ContainerLife } from './podLife.ts';
import { specOf } from './seenStatus.ts';

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

export function isToBeResized({ pod }: LiveWorker, container: ContainerLife): boolean {
  const spec = specOf(pod, container.name);
  if (!spec || !container.seen[0] || container.seen[0].exit) return false;
  return RESOURCES.some((resource) => isResized(container.spec.resources, spec.resources, resource));
}
