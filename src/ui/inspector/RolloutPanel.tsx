// A rolling update as its controller sees it: the pods between floor and ceiling, what everyone waits for, and what was done when.
import { lazy, Suspense } from 'react';
import type { Deployment } from '../../kube/kinds/deployment.ts';
import { isPodReady, type Pod } from '../../kube/kinds/pod.ts';
import { conditionOf, keyOf, type Snapshot } from '../../kube/meta.ts';
import type { Looks } from '../../scene/looks.ts';
import type { Look } from '../../scene/podRecord.ts';
import { podState } from '../../scene/podState.ts';
import { namespaceFlag, shortName } from '../../session/lines.ts';
import { formatMoment } from '../../session/selectors.ts';
import { Glyph } from '../Glyph.tsx';
import { useMessages, useSession, useSessionHandle } from '../hooks.tsx';
import { Icon } from '../icons.tsx';
import { podsOf, setsOf } from './owners.ts';
import { type RolloutStep, rolloutBounds, rolloutSteps } from './story.ts';

const RolloutAtScale = lazy(async () => ({ default: (await import('./RolloutAtScale.tsx')).RolloutAtScale }));

const PODS_DRAWN_MAX = 16;
const AT_SCALE_FROM = 200;
const STEPS_SHOWN_MAX = 12;
const CHOICES = ['0', '1', '25%', '100%'] as const;

export function RolloutPanel({ deployment }: { readonly deployment: Deployment }) {
  const session = useSessionHandle();
  const snapshot = useSession((state) => state.snapshot);
  const words = useMessages().inspector.rollout;
  const pods = podsOf(snapshot, deployment).toSorted((a, b) => rank(a) - rank(b));
  const { available, floor, ceiling } = rolloutBounds(deployment, pods);
  return (
    <div className="rollout-panel">
      {pods.length > AT_SCALE_FROM ? (
        <Suspense>
          <RolloutAtScale pods={pods} newest={session.looks.ofTemplate(deployment.spec.template)} />
        </Suspense>
      ) : null}
      <h3>{words.bounds(floor, ceiling)}</h3>
      {pods.length > 0 && pods.length <= PODS_DRAWN_MAX ? (
        <PodRow pods={pods} snapshot={snapshot} looks={session.looks} ceiling={ceiling} />
      ) : null}
      <p className="rollout-counts">
        <span>{words.available(available, floor)}</span>
        {pods.length > available ? <span className="quiet">{words.onTheWay(pods.length - available)}</span> : null}
      </p>
      <p className="lead">
        <Waiting deployment={deployment} pods={pods} looks={session.looks} />
      </p>
      <Steps deployment={deployment} snapshot={snapshot} />
      <Buttons deployment={deployment} />
      <Limits deployment={deployment} />
    </div>
  );
}

/** Old and serving first, then new and serving, then what is on its way, as they will leave. */
const rank = (pod: Pod) =>
  (isPodReady(pod) && !pod.metadata.deletionTimestamp ? 0 : 1) * 1e12 +
  Number.parseInt(pod.metadata.uid?.replaceAll('-', '').slice(0, 12) ?? '0', 16);

function PodRow({
  pods,
  snapshot,
  looks,
  ceiling,
}: {
  readonly pods: readonly Pod[];
  readonly snapshot: Snapshot;
  readonly looks: Looks;
  readonly ceiling: number;
}) {
  const words = useMessages().inspector.rollout;
  const size = pods.length > 10 ? 22 : 32;
  return (
    <div className="rollout-row" aria-hidden="true">
      {pods.map((pod) => (
        <Glyph key={pod.metadata.uid} look={looks.ofPod(pod)} state={stateOf(pod, snapshot, looks)} size={size} />
      ))}
      <span className="rollout-max">
        <b>{ceiling}</b> {words.max}
      </span>
    </div>
  );
}

function stateOf(pod: Pod, snapshot: Snapshot, looks: Looks) {
  const node = snapshot.get('Node', `Node//${pod.spec.nodeName}`);
  return podState(pod, node as Parameters<typeof podState>[1], snapshot.atMs, looks.recordOf(pod));
}

function Waiting({ deployment, pods, looks }: { readonly deployment: Deployment; readonly pods: readonly Pod[]; readonly looks: Looks }) {
  const words = useMessages().inspector.rollout;
  const { status, spec } = deployment;
  if (spec.paused) return words.paused;
  if (conditionOf(status.conditions, 'Progressing')?.reason === 'ProgressDeadlineExceeded') return <b className="alarm">{words.stuck}</b>;
  const newest = looks.ofTemplate(spec.template);
  const slow = pods.find((pod) => looks.ofPod(pod) === newest && !isPodReady(pod) && !pod.metadata.deletionTimestamp);
  if (slow) return <b>{words.waits(slow.metadata.name)}</b>;
  return status.updatedReplicas === spec.replicas && status.replicas === spec.replicas ? words.done : null;
}

function Steps({ deployment, snapshot }: { readonly deployment: Deployment; readonly snapshot: Snapshot }) {
  const { cluster, looks } = useSessionHandle();
  const words = useMessages().inspector.rollout;
  const steps = rolloutSteps(cluster.changes, keyOf(deployment), snapshot.seq);
  const lookOf = new Map<string, Look>(setsOf(snapshot, deployment).map((set) => [set.metadata.name, looks.ofTemplate(set.spec.template)]));
  const letters = [...new Map([...lookOf.values()].map((look) => [look.letter, look])).values()].slice(-2);
  const sizeOf = (step: RolloutStep, letter: string) =>
    Object.entries(step.sizes).reduce((sum, [name, size]) => sum + (lookOf.get(name)?.letter === letter ? size : 0), 0);
  return (
    <table className="inspector-table rollout-steps">
      <thead>
        <tr>
          <th>{words.columns.time}</th>
          <th>{words.columns.what}</th>
          {letters.map((look) => (
            <th key={look.letter} className="number">
              <Glyph look={look} state={{ name: 'ready' }} size={14} />
              <span className="visually-hidden">{look.letter}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {steps.slice(-STEPS_SHOWN_MAX).map((step) => (
          <tr key={step.seq}>
            <td className="mono quiet">{formatMoment(step.atMs)}</td>
            <td>{describe(step, lookOf, words, looks.templatesOf(keyOf(deployment), step.seq).at(-1)?.hash ?? '', looks)}</td>
            {letters.map(({ letter }) => (
              <td key={letter} className="number mono">
                {sizeOf(step, letter)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type Words = ReturnType<typeof useMessages>['inspector']['rollout'];

function describe({ what }: RolloutStep, lookOf: ReadonlyMap<string, Look>, words: Words, hash: string, looks: Looks): string {
  switch (what.type) {
    case 'created':
      return words.created;
    case 'templateEdited':
      return words.templateEdited(looks.ofHash(hash).letter);
    case 'scaled':
      return what.sets.map(({ name, from, to }) => words.scaled(lookOf.get(name)?.letter ?? name, from, to)).join(', ');
    case 'paused':
      return words.pausedRow;
    case 'resumed':
      return words.resumedRow;
    case 'wanted':
      return words.wanted(what.from, what.to);
  }
}

function Buttons({ deployment }: { readonly deployment: Deployment }) {
  const session = useSessionHandle();
  const { actions } = useMessages();
  const target = `${shortName(deployment)}${namespaceFlag(deployment)}`;
  const seq = useSession((state) => state.snapshot.seq);
  const held = session.looks.templatesOf(keyOf(deployment), seq);
  const before = held.at(-2);
  return (
    <div className="inspector-buttons">
      <button
        type="button"
        className="button"
        onClick={() => session.run(`kubectl rollout ${deployment.spec.paused ? 'resume' : 'pause'} ${target}`)}
      >
        <Icon name={deployment.spec.paused ? 'play' : 'pause'} /> {deployment.spec.paused ? actions.resumeRollout : actions.pauseRollout}
      </button>
      {before ? (
        <button type="button" className="button" onClick={() => session.run(`kubectl rollout undo ${target}`)}>
          <Icon name="undo" /> {actions.undoTo(session.looks.ofHash(before.hash).letter)}
        </button>
      ) : null}
      <button type="button" className="button push" onClick={() => session.select([keyOf(deployment)], 'template')}>
        <Icon name="edit" /> {actions.editTemplate}
      </button>
    </div>
  );
}

/** Surge and unavailable, each as a row of choices. */
function Limits({ deployment }: { readonly deployment: Deployment }) {
  const session = useSessionHandle();
  const words = useMessages().inspector.rollout;
  if (deployment.spec.strategy.type !== 'RollingUpdate') return null;
  const rolling = deployment.spec.strategy.rollingUpdate ?? {};
  const rows = [
    { field: 'maxSurge', label: words.surge, value: String(rolling.maxSurge ?? '25%') },
    { field: 'maxUnavailable', label: words.unavailable, value: String(rolling.maxUnavailable ?? '25%') },
  ];
  const set = (field: string, choice: string) => {
    const value = choice.endsWith('%') ? choice : Number(choice);
    const patch = JSON.stringify({ spec: { strategy: { rollingUpdate: { [field]: value } } } });
    session.run(`kubectl patch ${shortName(deployment)}${namespaceFlag(deployment)} -p '${patch}'`);
  };
  return (
    <dl className="rollout-limits">
      {rows.map(({ field, label, value }) => (
        <div key={field}>
          <dt>{label}</dt>
          <dd>
            <div className="segments" role="group" aria-label={label}>
              {[...new Set<string>([...CHOICES, value])].map((choice) => (
                <button key={choice} type="button" aria-pressed={choice === value} onClick={() => set(field, choice)}>
                  {choice}
                </button>
              ))}
            </div>
          </dd>
        </div>
      ))}
    </dl>
  );
}
