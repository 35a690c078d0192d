// Resources changed in a living pod: taken over in place, or by a restart where the container's policy asks for one.
// Models pkg/kubelet/allocation and kuberuntime_manager.go computePodResizeAction.
import type { Container, ResourceRequirements } from '../../kube/kinds/pod.ts';
import { milliValueOf, valueOf } from '../../kube/quantity.ts';
import { requestsOf } from './admit.ts';
import type { LiveWorker } from './liveWorker.ts';
import type { ContainerLife } from './podLife.ts';
import { specOf } from './seenStatus.ts';
import { resizeBox } from './shell/runtime.ts';
import { charge, discharge } from './work.ts';

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

/** Begins a resize where the spec asks for other resources than were acted on. */
export function noticeResize(worker: LiveWorker): void {
  const { life, node, pod, work } = worker;
  if (life.resizing !== undefined || !life.containers.some((container) => isToBeResized(worker, container))) return;
  life.resizing = resizeText(worker);
  worker.tell('Normal', 'ResizeStarted', `Pod resize started: ${life.resizing}`);
  discharge(work, node);
  charge(work, node, requestsOf(pod));
}

export function isToBeResized({ pod }: LiveWorker, container: ContainerLife): boolean {
  const spec = specOf(pod, container.name);
  if (!spec || !container.seen[0] || container.seen[0].exit) return false;
  return RESOURCES.some((resource) => isResized(container.spec.resources, spec.resources, resource));
}

/** The containers that need no restart get their new limits where they are; then the resize is over. */
export function finishResize(worker: LiveWorker): void {
  const { life, pod } = worker;
  if (life.resizing === undefined) return;
  for (const container of life.containers) {
    const spec = specOf(pod, container.name);
    if (!spec || spec.resources === container.spec.resources) continue;
    container.spec = { ...container.spec, ...(spec.resources ? { resources: spec.resources } : {}) };
    const { cpu, memory } = spec.resources?.limits ?? {};
    worker.inSandbox((sandbox) =>
      resizeBox(sandbox, container.name, {
        ...(cpu === undefined ? {} : { cpuLimitMilli: milliValueOf(cpu) }),
        ...(memory === undefined ? {} : { memoryLimitBytes: valueOf(memory) }),
      }),
    );
  }
  worker.tell('Normal', 'ResizeCompleted', `Pod resize completed: ${life.resizing}`);
  life.resizing = undefined;
  life.hasActed = true;
}

/** As the events carry it. */
function resizeText({ pod }: LiveWorker): string {
  const containers = pod.spec.containers.map(({ name, resources = {} }) => ({
    name,
    resources: {
      ...(resources.limits ? { limits: sorted(resources.limits) } : {}),
      ...(resources.requests ? { requests: sorted(resources.requests) } : {}),
    },
  }));
  return JSON.stringify({ containers, generation: pod.metadata.generation });
}

function sorted<T>(map: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(map).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
