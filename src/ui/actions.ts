// What can be done to an object: one list for the menu, the letters and the palette. Every action is a kubectl line, printed before
// it runs, or a fault that kubectl cannot make.
import type { Messages } from '../i18n/language.ts';
import type { Node } from '../kube/kinds/node.ts';
import type { Pod } from '../kube/kinds/pod.ts';
import { controllerOf, type Key, type KubeObject, keyOf, partsOf } from '../kube/meta.ts';
import { namespaceFlag } from '../session/lines.ts';
import type { Session } from '../session/session.ts';
import type { Overlays } from './hooks.tsx';
import { changeLoad } from './loads.ts';
import { scalerAt } from './scalerAt.ts';

export interface Action {
  readonly id: string;
  readonly label: string;
  /** `D`, `Del`, `Enter`: the key that does it while the stage has focus. */
  readonly letter?: string;
  readonly isAlarm?: boolean;
  readonly isGroupStart?: boolean;
  readonly run: () => void;
}

const RESOURCES: Readonly<Record<string, string>> = {
  Pod: 'pod',
  Node: 'node',
  Deployment: 'deployment',
  ReplicaSet: 'rs',
  ReplicationController: 'rc',
  StatefulSet: 'statefulset',
  DaemonSet: 'daemonset',
  Job: 'job',
  CronJob: 'cronjob',
  HorizontalPodAutoscaler: 'hpa',
};
const SCALED = ['Deployment', 'ReplicaSet', 'ReplicationController', 'StatefulSet'];
const ROLLED = ['Deployment', 'StatefulSet', 'DaemonSet'];

/** `rs/web`, and `-n shop` where the namespace is not the default. */
export function referenceOf(key: Key): { readonly name: string; readonly flag: string } {
  const { kind, namespace, name } = partsOf(key);
  return {
    name: `${RESOURCES[kind] ?? kind.toLowerCase()}/${name}`,
    flag: namespaceFlag({ metadata: { namespace } }),
  };
}

export function objectAt(session: Session, key: Key): KubeObject | undefined {
  return session.store.getState().snapshot.get(partsOf(key).kind, key);
}

export function actionsFor(key: Key, session: Session, overlays: Overlays, m: Messages): readonly Action[] {
  const object = objectAt(session, key);
  if (!object) return [];
  const { selection } = session.store.getState();
  if (selection.length > 1 && selection.includes(key)) return [deleteSeveral(selection, session, m)];
  const given: Given = { key, object, session, overlays, words: m.actions, scene: m.scene };
  if (object.kind === 'Pod') return podActions(given);
  if (object.kind === 'Node') return nodeActions(given);
  if (object.kind === 'CronJob') return cronActions(given);
  if (object.kind === 'HorizontalPodAutoscaler') return [...loadActions(given), yamlAction(given), deleteAction(given)];
  return (object.spec as { template?: unknown } | undefined)?.template || SCALED.includes(object.kind)
    ? ownerActions(given)
    : [deleteAction(given)];
}

interface Given {
  readonly key: Key;
  readonly object: KubeObject;
  readonly session: Session;
  readonly overlays: Overlays;
  readonly words: Messages['actions'];
  readonly scene: Messages['scene'];
}

function podActions(given: Given): readonly Action[] {
  const { key, object, session, overlays, words } = given;
  const { metadata, spec, status } = object as Pod;
  const show = (tab: string) => () => session.select([key], tab);
  const running = (status.containerStatuses ?? []).find(({ state }) => state.running);
  const container = running?.name ?? spec.containers[0]?.name ?? '';
  return [
    { id: 'inside', label: words.lookInside, letter: 'Enter', run: () => session.enter(key) },
    ...(controllerOf(object) ? [{ id: 'compare', label: words.compare, letter: 'D', run: show('cookie') }] : []),
    { id: 'story', label: words.whyHappened, letter: 'Q', run: show('story') },
    { id: 'why', label: words.whyHere, letter: 'W', run: () => overlays.open({ type: 'why', key }) },
    { id: 'logs', label: words.logs, letter: 'L', run: show('logs') },
    { id: 'events', label: words.events, letter: 'V', run: show('events') },
    { id: 'yaml', label: words.yaml, letter: 'Y', run: show('yaml') },
    {
      id: 'labels',
      label: words.editLabels,
      letter: 'B',
      isGroupStart: true,
      run: () => overlays.open({ type: 'labels', key }),
    },
    ...(running
      ? [
          {
            id: 'crash',
            label: words.crash,
            letter: 'X',
            run: () =>
              session.act({
                type: 'exitContainer',
                namespace: metadata.namespace ?? 'default',
                pod: metadata.name,
                container,
                exitCode: 1,
              }),
          },
        ]
      : []),
    { ...deleteAction(given), label: words.deletePod },
  ];
}

function nodeActions({ key, object, session, words }: Given): readonly Action[] {
  const { name } = object.metadata;
  const isCordoned = (object as Node).spec.unschedulable === true;
  const isSilent = isSilenced(session, name);
  return [
    { id: 'pods', label: words.events, letter: 'V', run: () => session.select([key], 'events') },
    { id: 'yaml', label: words.yaml, letter: 'Y', run: () => session.select([key], 'yaml') },
    {
      id: 'cordon',
      label: isCordoned ? words.uncordon : words.cordon,
      letter: 'C',
      isGroupStart: true,
      run: () => session.run(`kubectl ${isCordoned ? 'uncordon' : 'cordon'} ${name}`),
    },
    {
      id: 'drain',
      label: words.drain,
      letter: 'R',
      run: () => session.run(`kubectl drain ${name} --ignore-daemonsets --delete-emptydir-data --force`),
    },
    isSilent
      ? {
          id: 'recover',
          label: words.bringBack,
          letter: 'K',
          isGroupStart: true,
          run: () => session.act({ type: 'recoverNode', name }),
        }
      : {
          id: 'silence',
          label: words.silence,
          letter: 'F',
          isAlarm: true,
          isGroupStart: true,
          run: () => session.act({ type: 'failNode', name }),
        },
    { id: 'delete', label: words.deleteNode, letter: 'Del', isAlarm: true, run: () => session.run(`kubectl delete node ${name}`) },
  ];
}

function ownerActions(given: Given): readonly Action[] {
  const { key, object, session, overlays, words } = given;
  const { name, flag } = referenceOf(key);
  const isPaused = (object.spec as { paused?: boolean }).paused === true;
  const isRolled = ROLLED.includes(object.kind);
  const actions: Action[] = [];
  if (SCALED.includes(object.kind)) {
    actions.push({ id: 'scale', label: words.scale, letter: 'S', run: () => overlays.open({ type: 'scale', key }) });
  }
  actions.push({ id: 'template', label: words.editTemplate, letter: 'E', run: () => session.select([key], 'template') });
  if (isRolled) {
    actions.push({ id: 'undo', label: undoLabel(given), letter: 'U', run: () => session.run(`kubectl rollout undo ${name}${flag}`) });
    actions.push({ id: 'restart', label: words.restart, letter: 'A', run: () => session.run(`kubectl rollout restart ${name}${flag}`) });
  }
  if (object.kind === 'Deployment') {
    actions.push({
      id: 'pause',
      label: isPaused ? words.resumeRollout : words.pauseRollout,
      letter: 'O',
      run: () => session.run(`kubectl rollout ${isPaused ? 'resume' : 'pause'} ${name}${flag}`),
    });
  }
  actions.push(...loadActions(given), { id: 'story', label: words.whyHappened, letter: 'Q', run: () => session.select([key], 'story') });
  actions.push({ id: 'pods', label: words.showPods, letter: 'G', isGroupStart: true, run: () => session.select(podsOf(session, object)) });
  actions.push(yamlAction(given), deleteAction(given));
  return actions;
}

function cronActions(given: Given): readonly Action[] {
  const { key, object, session, words } = given;
  const { name, flag } = referenceOf(key);
  const isSuspended = (object.spec as { suspend?: boolean }).suspend === true;
  const patch = JSON.stringify({ spec: { suspend: !isSuspended } });
  // The number of the last change makes a name that no Job has yet.
  const job = `${object.metadata.name}-${session.store.getState().snapshot.seq}`;
  return [
    { id: 'runNow', label: words.runNow, letter: 'N', run: () => session.run(`kubectl create job ${job} --from=${name}${flag}`) },
    {
      id: 'suspend',
      label: isSuspended ? words.resume : words.suspend,
      letter: 'O',
      run: () => session.run(`kubectl patch ${name} -p '${patch}'${flag}`),
    },
    { id: 'pods', label: words.showPods, letter: 'G', isGroupStart: true, run: () => session.select(podsOf(session, object)) },
    yamlAction(given),
    deleteAction(given),
  ];
}

/** What drives an autoscaler; nothing for an owner that none scales. */
function loadActions({ key, session, words }: Given): readonly Action[] {
  const scaler = scalerAt(session, key);
  if (!scaler) return [];
  const change = (steps: number) => () => changeLoad(session, scaler, steps);
  return [
    { id: 'heavier', label: words.heavier, letter: 'H', isGroupStart: true, run: change(1) },
    { id: 'lighter', label: words.lighter, letter: 'J', run: change(-1) },
  ];
}

function yamlAction({ key, session, words }: Given): Action {
  return { id: 'yaml', label: words.yaml, letter: 'Y', run: () => session.select([key], 'yaml') };
}

/** `Undo to A` where the template before this one is known. */
function undoLabel({ key, session, words }: Given): string {
  const held = session.looks.templatesOf(key, session.store.getState().snapshot.seq);
  const last = held.at(-2);
  return last ? words.undoTo(session.looks.ofHash(last.hash).letter) : words.undoRollout;
}

function deleteAction({ key, session, words }: Given): Action {
  const { name, flag } = referenceOf(key);
  return {
    id: 'delete',
    label: words.delete,
    letter: 'Del',
    isAlarm: true,
    run: () => session.run(`kubectl delete ${name.replace('/', ' ')}${flag}`),
  };
}

/** What objects of any kind have in common. */
function deleteSeveral(keys: readonly Key[], session: Session, m: Messages): Action {
  const byFlag = new Map<string, string[]>();
  for (const { name, flag } of keys.map(referenceOf)) byFlag.set(flag, [...(byFlag.get(flag) ?? []), name]);
  return {
    id: 'delete',
    label: m.actions.deleteSeveral(keys.length),
    letter: 'Del',
    isAlarm: true,
    run: () => {
      for (const [flag, names] of byFlag) session.run(`kubectl delete ${names.join(' ')}${flag}`);
    },
  };
}

/** The pods under an owner, its ReplicaSets' included. */
function podsOf(session: Session, owner: KubeObject): Key[] {
  const { snapshot } = session.store.getState();
  const uids = new Set([owner.metadata.uid]);
  for (const part of [...snapshot.list('ReplicaSet'), ...snapshot.list('Job')])
    if (uids.has(controllerOf(part)?.uid)) uids.add(part.metadata.uid);
  return snapshot
    .list('Pod')
    .filter((pod) => uids.has(controllerOf(pod)?.uid ?? '-'))
    .map(keyOf);
}

/** Whether the node's kubelet was silenced, up to the moment shown. */
function isSilenced(session: Session, name: string): boolean {
  const { playheadMs } = session.store.getState();
  const last = session.cluster.intents.findLast(
    ({ intent, atMs }) => atMs <= playheadMs && (intent.type === 'failNode' || intent.type === 'recoverNode') && intent.name === name,
  );
  return last?.intent.type === 'failNode';
}
