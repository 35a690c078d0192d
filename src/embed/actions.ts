// What a reader may do in a world in a document, two things at most, and what its picture teaches.
import { isPodActive, type Pod } from '../kube/kinds/pod.ts';
import { controllerOf, type Key, type KubeObject, keyOf, type Snapshot } from '../kube/meta.ts';
import type { Moral } from '../scene/embedLayout.ts';
import { podsUnder, type Scene } from '../scene/glyphs.ts';
import { templateOf } from '../scene/looks.ts';
import { namespaceFlag } from '../session/lines.ts';
import type { Session } from '../session/session.ts';
import type { IconName } from './icons.ts';
import type { EmbedWords } from './texts.ts';

/** Whose templates can be edited. */
const OWNER_KINDS = ['ReplicaSet', 'Deployment', 'StatefulSet', 'DaemonSet'];

/** Those that no other owns. */
export function ownersIn(snapshot: Snapshot): readonly KubeObject[] {
  return OWNER_KINDS.flatMap((kind) => snapshot.list(kind)).filter((object) => !controllerOf(object));
}

export interface EmbedAction {
  readonly id: string;
  readonly label: string;
  readonly icon?: IconName;
  readonly run: () => void;
}

export function actionsOf(session: Session, words: EmbedWords): readonly EmbedAction[] {
  const actions = [putBack(session, words), deletePod(session, words)];
  return actions.filter((action): action is EmbedAction => action !== undefined);
}

function deletePod(session: Session, { deletePod: label }: EmbedWords): EmbedAction | undefined {
  const newest = () =>
    (session.store.getState().snapshot.list('Pod') as readonly Pod[]).filter((pod) => isPodActive(pod) && !pod.metadata.deletionTimestamp);
  if (newest().length === 0) return undefined;
  return {
    id: 'delete',
    label,
    run: () => {
      const pod = newest()[0];
      if (pod) session.run(`kubectl delete pod ${pod.metadata.name}${namespaceFlag(pod)} --wait=false`);
    },
  };
}

/** Gives an owner the template that it had before, where an edit can be seen. */
function putBack(session: Session, { putBack: label }: EmbedWords): EmbedAction | undefined {
  const { snapshot } = session.store.getState();
  const owner = ownersIn(snapshot).find((object) => before(session, object));
  const old = owner && before(session, owner);
  if (!owner || !old) return undefined;
  const { letter } = session.looks.ofTemplate(templateOf(old));
  return {
    id: `back ${letter}`,
    label: label(letter),
    icon: 'undo',
    run: () => {
      if (owner.kind !== 'ReplicaSet')
        return session.run(`kubectl rollout undo ${owner.kind.toLowerCase()}/${owner.metadata.name}${namespaceFlag(owner)}`);
      const now = session.store.getState().snapshot.get(owner.kind, keyOf(owner)) ?? owner;
      const object = { ...now, spec: { ...(now.spec as object), template: templateOf(old) }, status: undefined };
      session.run(`kubectl replace${namespaceFlag(owner)} -f -`, JSON.stringify(object, undefined, 2));
    },
  };
}

/** The owner as it was before its template was edited last. */
function before(session: Session, owner: KubeObject): KubeObject | undefined {
  const key: Key = keyOf(owner);
  const { seq } = session.store.getState().snapshot;
  const { looks, cluster } = session;
  const held = looks.templatesOf(key, seq);
  if (held.length < 2) return undefined;
  const letter = looks.ofTemplate(templateOf(owner)).letter;
  return cluster.changes
    .slice(0, seq)
    .findLast((change) => change.key === key && change.after !== undefined && looks.ofTemplate(templateOf(change.after)).letter !== letter)
    ?.after;
}

/** While cookies of an older cutter stand beside an owner that does not replace them. */
export function moralOf({ owners }: Scene, { onlyCutter }: EmbedWords): Moral | undefined {
  const [owner] = owners;
  if (!owner || owner.kind !== 'ReplicaSet' || !owner.previous || owner.previous === owner.look) return undefined;
  return podsUnder(owner).some(({ look }) => look === owner.previous) ? onlyCutter : undefined;
}
