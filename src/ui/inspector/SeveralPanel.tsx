// Several objects at once: how many of each sort, and what can be done to all of them.
import type { Node } from '../../kube/kinds/node.ts';
import type { Pod } from '../../kube/kinds/pod.ts';
import { type Key, type KubeObject, keyFor, type Snapshot } from '../../kube/meta.ts';
import type { Look } from '../../scene/podRecord.ts';
import { podState } from '../../scene/podState.ts';
import { actionsFor, objectAt } from '../actions.ts';
import { Glyph } from '../Glyph.tsx';
import { useMessages, useOverlays, useSession, useSessionHandle } from '../hooks.tsx';
import { useWhyMessages } from '../laterWords.ts';

export function SeveralPanel({ keys }: { readonly keys: readonly Key[] }) {
  const session = useSessionHandle();
  const overlays = useOverlays();
  const messages = useMessages();
  const words = useWhyMessages().several;
  const snapshot = useSession((state) => state.snapshot);
  const objects = keys.map((key) => objectAt(session, key)).filter((object): object is KubeObject => object !== undefined);
  const pods = objects.filter((object): object is Pod => object.kind === 'Pod');
  const stateOf = (pod: Pod) => podState(pod, nodeOf(pod, snapshot), snapshot.atMs, session.looks.recordOf(pod));
  const looks = counted(pods.map((pod): Look => session.looks.ofPod(pod)));
  const rows = [
    ...counted(objects.map(({ kind }) => kind)).map(([kind, count]) => [kind, String(count)] as const),
    ...named(
      words.states,
      pods.map((pod) => messages.scene.state(stateOf(pod))),
    ),
    ...named(
      words.nodes,
      pods.map(({ spec }) => spec.nodeName ?? words.noNode),
    ),
  ];
  const actions = actionsFor(keys[0] as Key, session, overlays, messages);
  return (
    <div className="inspector">
      <header className="inspector-head">
        <div>
          <h2>{words.title(keys.length)}</h2>
          <p>{words.shared}</p>
        </div>
      </header>
      <div className="inspector-panel">
        <dl className="facts">
          {rows.map(([term, value]) => (
            <div key={term}>
              <dt>{term}</dt>
              <dd>{value}</dd>
            </div>
          ))}
          {looks.length > 0 ? (
            <div>
              <dt>{words.templates}</dt>
              <dd className="several-looks">
                {looks.map(([look, count]) => (
                  <span key={look.letter}>
                    <Glyph look={look} state={{ name: 'ready' }} size={22} /> {count}
                  </span>
                ))}
              </dd>
            </div>
          ) : null}
        </dl>
        <div className="inspector-buttons">
          {actions.map(({ id, label, run }) => (
            <button key={id} type="button" className="button primary" onClick={run}>
              {label}
            </button>
          ))}
          <button type="button" className="button" onClick={() => session.select([])}>
            {words.none}
          </button>
        </div>
      </div>
    </div>
  );
}

const nodeOf = (pod: Pod, snapshot: Snapshot) =>
  snapshot.get('Node', keyFor('Node', undefined, pod.spec.nodeName ?? '')) as Node | undefined;

/** How often each value stands in the list, in the order of their first. */
function counted<T>(values: readonly T[]): (readonly [T, number])[] {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts];
}

/** One row that names every value with its count; none where there are no values. */
function named(term: string, values: readonly string[]): (readonly [string, string])[] {
  if (values.length === 0) return [];
  return [
    [
      term,
      counted(values)
        .map(([value, count]) => `${value} ${count}`)
        .join(', '),
    ],
  ];
}
