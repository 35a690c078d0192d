// Pods in rows: each with its glyph, its name that leads to it, and its state in words. The row under the pointer lights its pod on the
// stage.
import type { ReactNode } from 'react';
import type { Node } from '../../kube/kinds/node.ts';
import type { Pod } from '../../kube/kinds/pod.ts';
import { keyFor, keyOf } from '../../kube/meta.ts';
import { podState } from '../../scene/podState.ts';
import { Glyph } from '../Glyph.tsx';
import { useMessages, useSession, useSessionHandle } from '../hooks.tsx';

interface PodListProps {
  readonly pods: readonly Pod[];
  /** What is said where there are none. */
  readonly none: string;
  /** Other words than the state, for a pod. */
  readonly about?: (pod: Pod) => ReactNode;
}

export function PodList({ pods, none, about }: PodListProps) {
  const session = useSessionHandle();
  const messages = useMessages();
  const snapshot = useSession((state) => state.snapshot);
  if (pods.length === 0) return <p className="quiet">{none}</p>;
  return (
    <ul className="node-pods">
      {pods.map((pod) => {
        const node = snapshot.get('Node', keyFor('Node', undefined, pod.spec.nodeName ?? '')) as Node | undefined;
        const state = podState(pod, node, snapshot.atMs, session.looks.recordOf(pod));
        const key = keyOf(pod);
        return (
          <li key={pod.metadata.uid} onPointerEnter={() => session.hover(key)} onPointerLeave={() => session.hover(undefined)}>
            <Glyph look={session.looks.ofPod(pod)} state={state} size={22} />
            <button
              type="button"
              className="link mono"
              onFocus={() => session.hover(key)}
              onBlur={() => session.hover(undefined)}
              onClick={() => session.select([key])}
            >
              {pod.metadata.name}
            </button>
            <span className="quiet">{about?.(pod) ?? messages.scene.state(state)}</span>
          </li>
        );
      })}
    </ul>
  );
}
