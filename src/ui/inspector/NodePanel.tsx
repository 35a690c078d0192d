// A node's fate as the log tells it, and the pods on it with what becomes of each.
import type { Node } from '../../kube/kinds/node.ts';
import type { Pod } from '../../kube/kinds/pod.ts';
import { keyOf } from '../../kube/meta.ts';
import { isNodeLost } from '../../scene/podState.ts';
import { formatMoment } from '../../session/selectors.ts';
import { useMessages, useSession, useSessionHandle } from '../hooks.tsx';
import { Icon } from '../icons.tsx';
import { type Fate, fateOf } from './fate.ts';
import { podsOn } from './owners.ts';
import { PodList } from './PodList.tsx';
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
          <button type="button" className="button primary" onClick={() => session.act({ type: 'recoverNode', name })}>
            <Icon name="power" /> {messages.actions.bringBack}
          </button>
        ) : (
          <button type="button" className="button" onClick={() => session.act({ type: 'failNode', name })}>
            <Icon name="power" /> {messages.actions.silence}
          </button>
        )}
        {isLost ? null : (
          <button
            type="button"
            className="button"
            onClick={() => session.run(`kubectl ${node.spec.unschedulable ? 'uncordon' : 'cordon'} ${name}`)}
          >
            {node.spec.unschedulable ? messages.actions.uncordon : messages.actions.cordon}
          </button>
        )}
        <button type="button" className="button" onClick={() => session.run(`kubectl delete node ${name}`)}>
          {messages.actions.deleteNode}
        </button>
        {isLost && !isOutOfService(node) ? (
          <button
            type="button"
            className="button"
            onClick={() => session.run(`kubectl taint nodes ${name} ${OUT_OF_SERVICE}=nodeshutdown:NoExecute`)}
          >
            {messages.actions.outOfService}
          </button>
        ) : null}
      </div>
    </div>
  );
}

/** Told by a person that the machine is off for certain, Kubernetes takes its pods away without asking the kubelet. */
const OUT_OF_SERVICE = 'node.kubernetes.io/out-of-service';

function isOutOfService({ spec }: Node): boolean {
  return spec.taints?.some(({ key }) => key === OUT_OF_SERVICE) ?? false;
}

function turnWords(turn: NodeTurn, words: ReturnType<typeof useMessages>['inspector']['node']): readonly (string | undefined)[] {
  switch (turn.type) {
    case 'evicting':
      return words.evicting(turn.pods ?? 0);
    case 'evicted':
    case 'pressed':
    case 'relieved':
      return words[turn.type](turn.about ?? '');
    default:
      return words[turn.type];
  }
}

export function NodePods({ node }: { readonly node: Node }) {
  const { looks } = useSessionHandle();
  const words = useMessages().inspector.node;
  const snapshot = useSession((state) => state.snapshot);
  const fateWords = (pod: Pod) => <FateWords fate={fateOf(pod, snapshot, looks)} pod={pod} />;
  return (
    <PodList
      pods={podsOn(snapshot.list('Pod') as readonly Pod[], node)}
      none={words.noPods}
      {...(isNodeLost(node) ? { about: fateWords } : {})}
    />
  );
}

function FateWords({ fate, pod }: { readonly fate: Fate; readonly pod: Pod }) {
  const words = useMessages().inspector.node;
  switch (fate.type) {
    case 'nobody':
      return words.nobody;
    case 'waits':
      return words.waits(pod.metadata.name);
    case 'stays':
      return words.stays;
    case 'replaced':
      if (!fate.isMarked) return words.replaces(fate.kind);
      return fate.by === undefined ? (
        words.notReplaced(fate.kind)
      ) : (
        <>
          {words.replacedBy(fate.kind)} <b>{fate.by.slice(fate.by.lastIndexOf('-') + 1)}</b>
        </>
      );
  }
}
