// What was changed in the spec of a living pod: containers added to look into it, images, resources.
import type { LiveWorker } from './liveWorker.ts';
import { addContainers } from './podLife.ts';
import { beginContainer } from './work.ts';

/** Returns whether the pod must be looked at for it. */
export function noticeSpec({ life, pod, work }: LiveWorker): boolean {
  const debug = pod.spec.ephemeralContainers ?? [];
  if (debug.length > work.debugContainers.length) {
    const state = { waiting: { reason: 'ContainerCreating' } };
    const added = debug.slice(work.debugContainers.length);
    work.debugContainers = [
      ...work.debugContainers,
      ...added.map(({ name, image }) => beginContainer(name, image, state, undefined, false)),
    ];
    addContainers(pod, life);
  }
  return (pod.metadata.generation ?? 0) > (work.toldGeneration ?? 0);
}
