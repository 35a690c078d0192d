// The revisions of a Deployment: one ReplicaSet each, with its cutter, and the way back to it.
import type { Deployment } from '../../kube/kinds/deployment.ts';
import { Cutter } from '../Glyph.tsx';
import { useMessages, useSession, useSessionHandle } from '../hooks.tsx';
import { Icon } from '../icons.tsx';
import { namespaceFlag, setsOf, shortName } from './owners.ts';

const REVISION = 'deployment.kubernetes.io/revision';

export function HistoryPanel({ deployment }: { readonly deployment: Deployment }) {
  const session = useSessionHandle();
  const words = useMessages().inspector.history;
  const snapshot = useSession((state) => state.snapshot);
  const revisionOf = (annotations: Readonly<Record<string, string>> | undefined) => Number(annotations?.[REVISION] ?? 0);
  const current = revisionOf(deployment.metadata.annotations);
  const sets = setsOf(snapshot, deployment).toSorted((a, b) => revisionOf(b.metadata.annotations) - revisionOf(a.metadata.annotations));
  return (
    <table className="inspector-table">
      <thead>
        <tr>
          <th>{words.columns.revision}</th>
          <th>{words.columns.template}</th>
          <th className="number">{words.columns.pods}</th>
          <th>
            <span className="visually-hidden">{words.columns.actions}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {sets.map((set) => {
          const revision = revisionOf(set.metadata.annotations);
          const look = session.looks.ofTemplate(set.spec.template);
          return (
            <tr key={set.metadata.uid}>
              <td className="mono">{revision}</td>
              <td>
                <span className="with-glyph">
                  <Cutter look={look} size={24} />
                  <span>
                    {look.letter} <code>{set.spec.template.spec.containers.map(({ image }) => image).join(', ')}</code>
                  </span>
                </span>
              </td>
              <td className="number mono">{set.status.replicas ?? 0}</td>
              <td className="number">
                {revision === current ? (
                  <span className="quiet">{words.now}</span>
                ) : (
                  <button
                    type="button"
                    className="button small"
                    onClick={() =>
                      session.run(`kubectl rollout undo ${shortName(deployment)}${namespaceFlag(deployment)} --to-revision=${revision}`)
                    }
                  >
                    <Icon name="undo" /> {words.undo(look.letter)}
                  </button>
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
