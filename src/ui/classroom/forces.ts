// What a teacher makes happen with one press, whichever world is shown: something is deleted, crashes, or falls silent.

import type { Node } from '../../kube/kinds/node.ts';
import { isPodReady, type Pod } from '../../kube/kinds/pod.ts';
import { conditionOf } from '../../kube/meta.ts';
import type { Session } from '../../session/session.ts';

interface Force {
  readonly id: 'deletePod' | 'crash' | 'silence' | 'bringBack';
  readonly run: (session: Session) => void;
}

export const forces: readonly Force[] = [
  {
    id: 'deletePod',
    run: (session) => {
      const pod = readyPod(session);
      if (pod) session.run(`kubectl delete pod ${pod.metadata.name} -n ${pod.metadata.namespace} --wait=false`);
      session.play();
    },
  },
  {
    id: 'crash',
    run: (session) => {
      const pod = readyPod(session);
      if (!pod) return;
      const { name, namespace = 'default' } = pod.metadata;
      const container = pod.spec.containers[0]?.name ?? '';
      session.act({ type: 'exitContainer', namespace, pod: name, container, exitCode: 1 });
      session.play();
    },
  },
  {
    id: 'silence',
    run: (session) => {
      const node = nodes(session, true)[0];
      if (node) session.act({ type: 'failNode', name: node });
      session.play();
    },
  },
  {
    id: 'bringBack',
    run: (session) => {
      for (const node of silenced(session)) session.act({ type: 'recoverNode', name: node });
      session.play();
    },
  },
];

/** The selected pod, or the first that serves. */
function readyPod(session: Session): Pod | undefined {
  const { snapshot, selection } = session.store.getState();
  const selected = selection[0]?.startsWith('Pod/') ? snapshot.get('Pod', selection[0]) : undefined;
  return (selected ?? snapshot.list('Pod').find((pod) => isPodReady(pod as Pod))) as Pod | undefined;
}

/** The nodes that answer, those with the most pods first. */
function nodes(session: Session, isReady: boolean): readonly string[] {
  const { snapshot } = session.store.getState();
  const quiet = new Set(silenced(session));
  const pods = snapshot.list('Pod') as readonly Pod[];
  const count = (name: string) => pods.filter(({ spec }) => spec.nodeName === name).length;
  return (snapshot.list('Node') as readonly Node[])
    .filter(
      ({ metadata, status }) => (conditionOf(status?.conditions, 'Ready')?.status === 'True') === isReady && !quiet.has(metadata.name),
    )
    .map(({ metadata }) => metadata.name)
    .sort((a, b) => count(b) - count(a));
}

function silenced(session: Session): readonly string[] {
  const silent = new Set<string>();
  for (const { intent } of session.cluster.intents) {
    if (intent.type === 'failNode') silent.add(intent.name);
    if (intent.type === 'recoverNode') silent.delete(intent.name);
  }
  return [...silent];
}
