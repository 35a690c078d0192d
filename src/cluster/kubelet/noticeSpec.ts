// What was changed of a living pod: containers added to look into it, images, resources, labels and annotations.
import { isEqual } from '../../base/equal.ts';
import type { KubeObject } from '../../kube/meta.ts';
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
  const { isRelabelled } = life;
  life.isRelabelled = false;
  return isRelabelled || (pod.metadata.generation ?? 0) > (work.toldGeneration ?? 0);
}

/** Models pkg/kubelet/config/config.go podsDifferSemantically, as far as it is not about the spec. */
export function isRelabelled({ metadata: before }: KubeObject, { metadata: after }: KubeObject): boolean {
  return !isEqual(before.labels, after.labels) || !isEqual(before.annotations, after.annotations);
}
