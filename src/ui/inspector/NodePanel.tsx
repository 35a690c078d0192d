// A node's fate as the log tells it, and the pods on it with what becomes of each.
import type { Node } from '../../kube/kinds/node.ts';
import type { Pod } from '../../kube/kinds/pod.ts';
import { controllerOf, keyOf } from '../../kube/meta.ts';
import { isNodeLost, podState } from '../../scene/podState.ts';
import { formatMoment } from '../../session/selectors.ts';
import { Glyph } from '../Glyph.tsx';
import { useMessages, useSession, useSessionHandle } from '../hooks.tsx';
import { Icon } from '../icons.tsx';
import { type NodeTurn, nodeTurns } from './story.ts';

interface Row {
  readonly atMs: number;
  readonly words: readonly (string | undefined)[];
}

export function NodeStory({ node }: { readonly node: Node }) {
  const session = useSessionHandle();
  const messages = useMessages();
  const snapshot = useSession((state) => state.snapshot);
  const words = messages.inspector.node;
  const turns = nodeTurns(session.cluster.changes, keyOf(node), snapshot.seq).map(
    (turn): Row => ({ atMs: turn.atMs, words: turnWords(turn, words) }),
  );
  const faults = session.cluster.intents.flatMap(({ atMs, intent }): Row[] => {
    if (atMs > snapshot.atMs || (intent.type !== 'failNode' && intent.type !== 'recoverNode')) return [];
    return intent.name === node.metadata.name ? [{ atMs, words: intent.type === 'failNode' ? words.silent : words.back }] : [];
  });
  const rows = [...turns, ...faults].sort((a, b) => a.atMs - b.atMs);
  const isLost = isNodeLost(node);
  const name = node.metadata.name;
  return (
    <div className="node-story">
      <ol>
        {rows.map(({ atMs, words: [title, text] }, index) => (
          <li key={`${atMs}:${index}`}>
            <span className="mono quiet">{formatMoment(atMs)}</span>
            <p>
              <b>{title}</b>
              <span>{text}</span>
            </p>
          </li>
        ))}
      </ol>
      {isLost ? <h3>{words.owners}</h3> : null}
      {isLost ? <NodePods node={node} /> : null}
      <div className="inspector-buttons">
        {isLost || faults.at(-1)?.words === words.silent ? (
          <button
            type="button"
            className="button primary"
            onClick={() => session.act({ type: 'recoverNode', name }, messages.actions.bringBackLine(name))}
          >
            <Icon name="power" /> {messages.actions.bringBack}
          </button>
        ) : (
          <button
            type="button"
            className="button"
            onClick={() => session.act({ type: 'failNode', name }, messages.actions.silenceLine(name))}
          >
            <Icon name="power" /> {messages.actions.silence}
          </button>
        )}
        <button
          type="button"
          className="button"
          onClick={() => session.run(`kubectl ${node.spec.unschedulable ? 'uncordon' : 'cordon'} ${name}`)}
        >
          {node.spec.unschedulable ? messages.actions.uncordon : messages.actions.cordon}
        </button>
        <button type="button" className="button" onClick={() => session.run(`kubectl delete node ${name}`)}>
          {messages.actions.deleteNode}
        </button>
      </div>
    </div>
  );
}

function turnWords(turn: NodeTurn, words: ReturnType<typeof useMessages>['inspector']['node']): readonly (string | undefined)[] {
  return turn.type === 'evicting' ? words.evicting(turn.pods ?? 0) : words[turn.type];
}

export function podsOn(pods: readonly Pod[], node: Node): Pod[] {
  return pods.filter((pod) => pod.spec.nodeName === node.metadata.name);
}

export function NodePods({ node }: { readonly node: Node }) {
  const session = useSessionHandle();
  const messages = useMessages();
  const snapshot = useSession((state) => state.snapshot);
  const words = messages.inspector.node;
  const pods = podsOn(snapshot.list('Pod') as readonly Pod[], node);
  if (pods.length === 0) return <p className="quiet">{words.noPods}</p>;
  return (
    <ul className="node-pods">
      {pods.map((pod) => {
        const state = podState(pod, node, snapshot.atMs, session.looks.recordOf(pod));
        const owner = controllerOf(pod);
        return (
          <li key={pod.metadata.uid}>
            <Glyph look={session.looks.ofPod(pod)} state={state} size={22} />
            <button type="button" className="link mono" onClick={() => session.select([keyOf(pod)])}>
              {pod.metadata.name}
            </button>
            <span className="quiet">
              {isNodeLost(node) ? (owner ? words.replaces(owner.kind) : words.nobody) : messages.scene.state(state)}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
