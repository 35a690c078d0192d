// How a pod is at the moment shown: what runs down does so between two changes as well.
import type { Node } from '../../kube/kinds/node.ts';
import type { Pod } from '../../kube/kinds/pod.ts';
import { keyFor } from '../../kube/meta.ts';
import { type PodState, podState } from '../../scene/podState.ts';
import { useSession, useSessionHandle } from '../hooks.tsx';

const EVERY_MS = 250;

export function usePodState(pod: Pod): PodState {
  const { looks } = useSessionHandle();
  const snapshot = useSession((state) => state.snapshot);
  const atMs = useSession((state) => Math.floor(state.playheadMs / EVERY_MS) * EVERY_MS);
  const node = snapshot.get('Node', keyFor('Node', undefined, pod.spec.nodeName ?? '')) as Node | undefined;
  return podState(pod, node, atMs, looks.recordOf(pod));
}
