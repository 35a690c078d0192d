// The inspector: what is selected, in words, with a tab for each question a person may have about it.
import { lazy, Suspense } from 'react';
import { type Deployment } from '../../kube/kinds/deployment.ts';
import type { Job } from '../../kube/kinds/job.ts';
import type { Node } from '../../kube/kinds/node.ts';
import { isPodReady, type Pod } from '../../kube/kinds/pod.ts';
import { glanceAt } from '../../kube/kinds/podGlance.ts';
import { conditionOf, fromTimestamp, type Key, type KubeObject, keyOf, partsOf, type Snapshot } from '../../kube/meta.ts';
import { rollsOut } from '../../kube/rollsOut.ts';
import { templateOf } from '../../scene/looks.ts';
import { isNodeLost } from '../../scene/podState.ts';
import { wantsOf } from '../../scene/wants.ts';
import { formatMoment } from '../../session/selectors.ts';
import type { Session } from '../../session/session.ts';
import { Cutter, Glyph } from '../Glyph.tsx';
import { useMessages, useOverlays, useSession, useSessionHandle } from '../hooks.tsx';
import { Icon } from '../icons.tsx';
import { ConditionsPanel, EditorPanel, EventsPanel, HistoryPanel, NodePods, NodeStory, RolloutPanel, WhyPanel } from '../later.tsx';
import { CookiePanel } from './CookiePanel.tsx';
import './inspector.css';
import { hasFacts } from './facts.ts';
import { isOwner, type Owner, podsOf, podsOn } from './owners.ts';
import { type Tab, Tabs } from './Tabs.tsx';
import { usePodState } from './usePodState.ts';

const PodPanels = lazy(async () => ({ default: (await import('./PodPanels.tsx')).PodPanels }));
const FactsPanel = lazy(async () => ({ default: (await import('./FactsPanel.tsx')).FactsPanel }));
const SeveralPanel = lazy(async () => ({ default: (await import('./SeveralPanel.tsx')).SeveralPanel }));
const StoryPanel = lazy(async () => ({ default: (await import('./StoryPanel.tsx')).StoryPanel }));

export function Inspector({ session }: { readonly session: Session }) {
  const messages = useMessages();
  const selection = useSession((state) => state.selection);
  const [key] = selection;
  const snapshot = useSession((state) => state.snapshot);
  const chosen = useSession((state) => state.tab);
  const isInside = useSession((state) => state.inside !== undefined && state.inside.key === key);
  const object = key === undefined ? undefined : snapshot.get(partsOf(key).kind, key);
  if (selection.length > 1)
    return (
      <Suspense>
        <SeveralPanel keys={selection} />
      </Suspense>
    );
  if (!object) return key ? <Gone objectKey={key} /> : <p className="inspector-empty quiet">{messages.inspector.nothing}</p>;
  const tabs = tabsOf(object, snapshot, messages, isInside);
  return (
    <div className="inspector" data-kind={object.kind}>
      <Header object={object} snapshot={snapshot} />
      <Tabs
        key={keyOf(object)}
        label={object.metadata.name}
        tabs={tabs}
        chosen={tabs.some(({ id }) => id === chosen) ? (chosen as string) : (tabs[0]?.id ?? '')}
        onChoose={(id) => session.select([keyOf(object)], id)}
      />
    </div>
  );
}

type Messages = ReturnType<typeof useMessages>;

/** What happened to an object that does not exist at this moment, up to its end. */
function Gone({ objectKey }: { readonly objectKey: Key }) {
  const { gone } = useMessages().inspector;
  return (
    <div className="inspector">
      <header className="inspector-head">
        <div>
          <h2 className="mono">{partsOf(objectKey).name}</h2>
          <p>{gone}</p>
        </div>
      </header>
      <div className="inspector-panel">
        <Story objectKey={objectKey} />
      </div>
    </div>
  );
}

function Story({ objectKey, object }: { readonly objectKey: Key; readonly object?: KubeObject }) {
  return (
    <Suspense>
      <StoryPanel key={objectKey} objectKey={objectKey} object={object} />
    </Suspense>
  );
}

/** What can be read of a pod's inside, the inside view's own panel first. */
function insideTabs(pod: Pod, messages: Messages): readonly Tab[] {
  const { tabs } = messages.inspector;
  return (['inside', 'logs', 'files', 'environment', 'processes'] as const).map((id) => ({
    id,
    label: tabs[id],
    render: () => (
      <Suspense>
        <PodPanels pod={pod} show={id} />
      </Suspense>
    ),
  }));
}

export function tabsOf(object: KubeObject, snapshot: Pick<Snapshot, 'list'>, messages: Messages, isInside: boolean): Tab[] {
  const words = messages.inspector.tabs;
  const yaml: Tab = { id: 'yaml', label: words.yaml, render: () => <EditorPanel key={keyOf(object)} object={object} part="object" /> };
  const events: Tab = { id: 'events', label: words.events, render: () => <EventsPanel object={object} /> };
  const story: Tab = { id: 'story', label: words.story, render: () => <Story objectKey={keyOf(object)} object={object} /> };
  const conditions: Tab = { id: 'conditions', label: words.conditions, render: () => <ConditionsPanel object={object} /> };
  if (object.kind === 'Pod') {
    const pod = object as Pod;
    const why: Tab = { id: 'why', label: pod.spec.nodeName ? words.why : words.whyPending, render: () => <WhyPanel pod={pod} /> };
    const cookie: Tab = { id: 'cookie', label: words.cookie, render: () => <CookiePanel pod={pod} /> };
    if (!pod.spec.nodeName) return [why, story, cookie, yaml, events];
    const [inside, logs, ...others] = insideTabs(pod, messages) as [Tab, Tab, ...Tab[]];
    return isInside ? [inside, logs, cookie, story, yaml, events, ...others] : [cookie, story, yaml, events, logs, ...others, why];
  }
  if (object.kind === 'Node') {
    const node = object as Node;
    return [
      { id: 'story', label: words.story, render: () => <NodeStory node={node} /> },
      {
        id: 'pods',
        label: words.pods(podsOn(snapshot.list('Pod') as readonly Pod[], node).length),
        render: () => <NodePods node={node} />,
      },
      conditions,
      events,
      yaml,
    ];
  }
  const now: Tab = {
    id: 'now',
    label: words.now,
    render: () => (
      <Suspense>
        <FactsPanel object={object} />
      </Suspense>
    ),
  };
  const template: Tab = {
    id: 'template',
    label: words.template,
    render: () => <EditorPanel key={keyOf(object)} object={object} part="template" />,
  };
  if (object.kind === 'CronJob') return [now, template, story, events, yaml];
  if (!isOwner(object)) return hasFacts(object) ? [now, story, yaml, events] : [story, yaml, events];
  const history: Tab = { id: 'history', label: words.history, render: () => <HistoryPanel owner={object} /> };
  if (object.kind === 'StatefulSet' || object.kind === 'DaemonSet') return [template, history, story, events, yaml];
  if (object.kind !== 'Deployment') return [template, story, events, yaml];
  const deployment = object as unknown as Deployment;
  return [
    { id: 'rollout', label: words.rollout, render: () => <RolloutPanel deployment={deployment} /> },
    template,
    history,
    story,
    events,
    yaml,
  ];
}

const HEAD_GLYPH = 46;

function Header({ object, snapshot }: { readonly object: KubeObject; readonly snapshot: Snapshot }) {
  const session = useSessionHandle();
  const messages = useMessages();
  const { open } = useOverlays();
  return (
    <header className="inspector-head">
      <Portrait object={object} />
      <div>
        <h2 className={object.kind === 'Pod' || object.kind === 'Node' ? 'mono' : undefined}>{object.metadata.name}</h2>
        <Subtitle object={object} snapshot={snapshot} />
      </div>
      <button
        type="button"
        className="button ghost square"
        aria-label={messages.actions.menu(object.metadata.name)}
        aria-haspopup="menu"
        onClick={({ currentTarget }) => {
          const { left, bottom } = currentTarget.getBoundingClientRect();
          open({ type: 'menu', key: keyOf(object), x: left, y: bottom });
        }}
      >
        <Icon name="more" />
      </button>
      <button
        type="button"
        className="button ghost square inspector-close"
        aria-label={messages.inspector.close}
        onClick={() => session.select([])}
      >
        <Icon name="close" />
      </button>
    </header>
  );
}

function PodPortrait({ pod }: { readonly pod: Pod }) {
  const { looks } = useSessionHandle();
  return <Glyph look={looks.ofPod(pod)} state={usePodState(pod)} size={HEAD_GLYPH} />;
}

function Portrait({ object }: { readonly object: KubeObject }) {
  const { looks } = useSessionHandle();
  if (object.kind === 'Pod') return <PodPortrait pod={object as Pod} />;
  const template = templateOf(object);
  if (template) return <Cutter look={looks.ofTemplate(template)} size={HEAD_GLYPH} />;
  if (object.kind === 'Node')
    return <span className="tray-icon" data-lost={isNodeLost(object as Node) ? true : undefined} aria-hidden="true" />;
  return null;
}

function Subtitle({ object, snapshot }: { readonly object: KubeObject; readonly snapshot: Snapshot }) {
  const { looks } = useSessionHandle();
  const messages = useMessages();
  if (object.kind === 'Pod') return <PodSubtitle pod={object as Pod} />;
  if (object.kind === 'Node') {
    const ready = conditionOf((object as Node).status.conditions, 'Ready');
    const isLost = ready?.status !== 'True';
    const since = formatMoment(fromTimestamp(ready?.lastTransitionTime) || 0);
    return (
      <p className={isLost ? 'alarm' : undefined}>
        {isLost ? messages.inspector.nodeSince('NotReady', since) : messages.inspector.nodeSince('Ready', since)}
      </p>
    );
  }
  if (!isOwner(object)) return <p>{object.kind}</p>;
  return <p>{ownerSubtitle(object, snapshot, messages, looks)}</p>;
}

function PodSubtitle({ pod }: { readonly pod: Pod }) {
  const messages = useMessages();
  const drawn = usePodState(pod);
  // How many containers are ready is said right after, so a ready pod just runs.
  const state = drawn.name === 'ready' ? messages.inspector.running : messages.scene.state(drawn);
  if (!pod.spec.nodeName) return <p>{messages.inspector.podWaiting(state)}</p>;
  const { readyCount, containerCount } = glanceAt(pod);
  return <p>{messages.inspector.podOn(pod.spec.nodeName, state, `${readyCount}/${containerCount}`)}</p>;
}

function ownerSubtitle(owner: Owner, snapshot: Snapshot, messages: Messages, looks: Session['looks']): string {
  const pods = podsOf(snapshot, owner);
  const newest = looks.ofTemplate(owner.spec.template);
  const older = rollsOut(owner) ? pods.map((pod) => looks.ofPod(pod)).find((look) => look !== newest) : undefined;
  if (older) return messages.inspector.rolling(owner.kind, older.letter, newest.letter);
  const ready = pods.filter((pod) => isPodReady(pod) && !pod.metadata.deletionTimestamp).length;
  const { perNode, jobDone, readyPart } = messages.scene;
  if (owner.kind === 'DaemonSet') return `DaemonSet, ${perNode} ${readyPart(ready)}`;
  if (owner.kind === 'Job') {
    const { spec, status } = owner as unknown as Job;
    return `Job, ${jobDone(status?.succeeded ?? 0, spec.completions)}`;
  }
  return messages.inspector.ownerHas(owner.kind, wantsOf(owner), ready);
}
