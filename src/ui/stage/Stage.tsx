// Placeholder until the stage is drawn: the pods per node, as text.
import type { Pod } from '../../kube/kinds/pod.ts';
import { keyOf } from '../../kube/meta.ts';
import type { Session } from '../../session/session.ts';
import { useSession } from '../hooks.tsx';

export function Stage({ session }: { readonly session: Session }) {
  const snapshot = useSession((state) => state.snapshot);
  return (
    <ul>
      {snapshot.list('Pod').map((pod) => (
        <li key={keyOf(pod)} data-key={keyOf(pod)} onPointerUp={() => session.select([keyOf(pod)])}>
          {pod.metadata.name} {(pod as Pod).spec.nodeName} {(pod as Pod).status.phase}
        </li>
      ))}
    </ul>
  );
}
