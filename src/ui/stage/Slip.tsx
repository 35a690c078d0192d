// The slip over a pod that is pointed at: its name and template, its state, restarts and address.

import type { Node } from '../../kube/kinds/node.ts';
import type { Pod } from '../../kube/kinds/pod.ts';
import type { Key } from '../../kube/meta.ts';
import { keyFor } from '../../kube/meta.ts';
import { podState } from '../../scene/podState.ts';
import { useMessages, useSession, useSessionHandle } from '../hooks.tsx';

export interface SlipPlace {
  readonly key: Key;
  readonly x: number;
  readonly y: number;
  readonly isBelow: boolean;
}

export function Slip({ place: { key, x, y, isBelow } }: { readonly place: SlipPlace }) {
  const session = useSessionHandle();
  const messages = useMessages().scene;
  const snapshot = useSession((state) => state.snapshot);
  const playheadMs = useSession((state) => state.playheadMs);
  const pod = snapshot.get('Pod', key) as Pod | undefined;
  if (!pod) return null;
  const node = pod.spec.nodeName ? (snapshot.get('Node', keyFor('Node', undefined, pod.spec.nodeName)) as Node | undefined) : undefined;
  const { letter } = session.looks.ofPod(pod);
  const statuses = pod.status.containerStatuses ?? [];
  const restarts = statuses.reduce((sum, { restartCount }) => sum + restartCount, 0);
  const facts = [
    messages.state(podState(pod, node, playheadMs, session.looks.recordOf(pod))),
    `${statuses.filter(({ ready }) => ready).length}/${pod.spec.containers.length}`,
    messages.restarts(restarts),
    pod.status.podIP,
  ].filter(Boolean);
  return (
    <div className={isBelow ? 'slip slip-below' : 'slip'} style={{ left: x, top: y }} aria-hidden="true">
      <div>
        <b className="mono">{pod.metadata.name}</b> {letter ? messages.cutFrom(letter) : messages.byHand}
      </div>
      <div className="slip-facts">{facts.join(', ')}</div>
    </div>
  );
}
