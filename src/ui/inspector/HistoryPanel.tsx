// The revisions of an owner that rolls out its templates: each with its cutter, and the way back to it.
import type { KubeObject } from '../../kube/meta.ts';
import { namespaceFlag, shortName } from '../../session/lines.ts';
import { Cutter } from '../Glyph.tsx';
import { useMessages, useSession, useSessionHandle } from '../hooks.tsx';
import { Icon } from '../icons.tsx';
import { revisionsOf } from './owners.ts';

export function HistoryPanel({ owner }: { readonly owner: KubeObject }) {
  const session = useSessionHandle();
  const words = useMessages().inspector.history;
  const snapshot = useSession((state) => state.snapshot);
  const revisions = revisionsOf(snapshot, owner);
  const undo = `kubectl rollout undo ${shortName(owner)}${namespaceFlag(owner)}`;
  return (
    <table className="inspector-table centred">
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
        {revisions.map(({ uid, number, template, pods }, index) => {
          const look = session.looks.ofTemplate(template);
          return (
            <tr key={uid}>
              <td className="mono">{number}</td>
              <td>
                <span className="with-glyph">
                  <Cutter look={look} size={24} />
                  <span>
                    {look.letter} <code>{template.spec.containers.map(({ image }) => image).join(', ')}</code>
                  </span>
                </span>
              </td>
              <td className="number mono">{pods}</td>
              <td className="number">
                {index === 0 ? (
                  <span className="quiet">{words.now}</span>
                ) : (
                  <button type="button" className="button small" onClick={() => session.run(`${undo} --to-revision=${number}`)}>
                    <Icon name="undo" size={14} /> {words.undo(look.letter)}
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
