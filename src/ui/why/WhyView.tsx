// Why this node? The scheduler's decision over the whole width: each node walks through the gates, and those that pass are scored. Time
// stands at the decision while it is shown.
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Decision } from '../../cluster/scheduler/decisions.ts';
import type { WhyMessages } from '../../i18n/language.ts';
import type { Pod } from '../../kube/kinds/pod.ts';
import type { Key } from '../../kube/meta.ts';
import { amountsOf, takenBy } from '../../scene/amounts.ts';
import { Glyph } from '../Glyph.tsx';
import { useMessages, useOverlays, useSessionHandle } from '../hooks.tsx';
import { Icon } from '../icons.tsx';
import { useWhyMessages } from '../laterWords.ts';
import { decisive, GATES, type Lane, lanesOf, milli, stopWords, toldApart, wouldFit } from './lanes.ts';
import { WhatIf } from './WhatIf.tsx';
import './why.css';

export function WhyView({ podKey }: { readonly podKey: Key }) {
  const session = useSessionHandle();
  const { close } = useOverlays();
  const root = useRef<HTMLElement>(null);
  // The moment is chosen once: the view pauses there, and goes back when it is closed.
  const [opened] = useState(() => {
    const { playheadMs, endMs, snapshot } = session.store.getState();
    const decision = session.cluster.scheduler.decisions(podKey).findLast((one) => one.seq <= snapshot.seq);
    return { decision, playheadMs, isAtEnd: playheadMs === endMs };
  });
  const { decision } = opened;
  useEffect(() => {
    session.pause();
    if (decision) session.seek(decision.atMs);
    return () => session.seek(opened.isAtEnd ? Number.POSITIVE_INFINITY : opened.playheadMs);
  }, [session, decision, opened]);
  useEffect(() => {
    const before = document.activeElement;
    root.current?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, []);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || document.querySelector('dialog[open]')) return;
      event.stopPropagation();
      close();
    };
    addEventListener('keydown', onKey, { capture: true });
    return () => removeEventListener('keydown', onKey, { capture: true });
  }, [close]);
  const snapshot = useMemo(() => session.cluster.viewAt(decision?.atMs ?? 0), [session, decision]);
  const pod = snapshot.get('Pod', podKey) as Pod | undefined;
  return (
    <section ref={root} className="why" aria-labelledby="why-title" tabIndex={-1}>
      {decision && pod ? (
        <Told decision={decision} pod={pod} lanes={lanesOf(decision, snapshot)} onClose={close} />
      ) : (
        <Untold onClose={close} />
      )}
    </section>
  );
}

function Untold({ onClose }: { readonly onClose: () => void }) {
  const words = useWhyMessages().why;
  return (
    <header className="why-head">
      <h2 id="why-title">{words.none}</h2>
      <CloseButton onClose={onClose} />
    </header>
  );
}

function CloseButton({ onClose }: { readonly onClose: () => void }) {
  const m = useMessages();
  return (
    <button type="button" className="button" onClick={onClose}>
      <Icon name="close" size={13} /> {m.paste.close}
    </button>
  );
}

interface ToldProps {
  readonly decision: Decision;
  readonly pod: Pod;
  readonly lanes: readonly Lane[];
  readonly onClose: () => void;
}

function Told({ decision, pod, lanes, onClose }: ToldProps) {
  const words = useWhyMessages().why;
  const [isNamed, setNamed] = useState(false);
  const asked = Math.round(takenBy(pod).cpu * 1000);
  const [cpuMilli, setCpuMilli] = useState(asked);
  const { told, equal } = toldApart(lanes);
  const fits = lanes.filter(({ verdict }) => !verdict.rejectedBy);
  return (
    <>
      <header className="why-head">
        <div>
          <h2 id="why-title">{decision.nodeName ? words.title(decision.nodeName) : words.noNode}</h2>
          <p>
            {decision.nodeName ? words.couldRun(fits.length, lanes.length) : decision.message}{' '}
            {decision.nodeName ? <b>{winWords(decision.nodeName, lanes, told, words)}</b> : null}
          </p>
        </div>
        <button type="button" className="button quiet" aria-pressed={isNamed} onClick={() => setNamed(!isNamed)}>
          {words.pluginNames}
        </button>
        <CloseButton onClose={onClose} />
      </header>
      <div className="why-body">
        <PodWants pod={pod} asked={asked} />
        {/* On a phone it scrolls sideways, so it must be reachable by keyboard. */}
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
        <div className="why-scroll" role="group" aria-label={words.filterStage} tabIndex={0}>
          <table>
            <thead>
              <tr className="why-stages">
                <th rowSpan={2}>
                  <span className="visually-hidden">{words.columns.node}</span>
                </th>
                <th colSpan={GATES.length}>{words.filterStage}</th>
                {told.length > 0 || fits.length > 1 ? <th colSpan={told.length + 2}>{words.scoreStage}</th> : null}
              </tr>
              <tr>
                {GATES.map(({ id, plugins }) => (
                  <th key={id} className="why-gate-name">
                    {isNamed ? plugins.slice(0, 2).join(' ') : words.gates[id]}
                  </th>
                ))}
                {told.map((plugin) => (
                  <th key={plugin} className="why-score-name">
                    {isNamed ? plugin : (words.scores[plugin as keyof typeof words.scores] ?? plugin)}
                  </th>
                ))}
                {fits.length > 1 ? <th className="why-score-name">{words.equal}</th> : null}
                {fits.length > 1 ? <th className="why-score-name">{words.columns.total}</th> : null}
              </tr>
            </thead>
            <tbody>
              {lanes.slice(0, LANES_MAX).map((lane) => (
                <LaneRow
                  key={lane.verdict.nodeName}
                  lane={lane}
                  pod={pod}
                  told={told}
                  equal={equal}
                  hasWon={lane.verdict.nodeName === decision.nodeName}
                  best={decisive(lanes, told)}
                  most={mostOf(lanes, told)}
                  cpuMilli={cpuMilli === asked ? undefined : cpuMilli}
                  isScored={fits.length > 1}
                />
              ))}
            </tbody>
          </table>
          {lanes.length > LANES_MAX ? <p className="dim">{words.moreNodes(lanes.length - LANES_MAX)}</p> : null}
        </div>
      </div>
      <WhatIf lanes={lanes} asked={asked} cpuMilli={cpuMilli} onChange={setCpuMilli} />
    </>
  );
}

const LANES_MAX = 60;

function mostOf(lanes: readonly Lane[], told: readonly string[]): number {
  return Math.max(1, ...lanes.flatMap(({ verdict }) => told.map((plugin) => verdict.scores?.[plugin] ?? 0)));
}

function winWords(node: string, lanes: readonly Lane[], told: readonly string[], words: WhyMessages['why']): string {
  const fits = lanes.filter(({ verdict }) => !verdict.rejectedBy);
  if (fits.length <= 1) return words.onlyOne(node);
  const won = fits[0]?.verdict.total ?? 0;
  const margin = won - (fits[1]?.verdict.total ?? 0);
  if (margin <= 0) return words.tie(node, fits.filter(({ verdict }) => verdict.total === won).length);
  const because = words.because[(decisive(lanes, told) ?? '') as keyof typeof words.because];
  return because ? `${words.wonBy(node, margin).replace(/\.$/, '')}${because}` : words.wonBy(node, margin);
}

function PodWants({ pod, asked }: { readonly pod: Pod; readonly asked: number }) {
  const { looks } = useSessionHandle();
  const words = useWhyMessages().why;
  const { spec } = pod;
  const memory = spec.containers.map(({ resources }) => resources?.requests?.['memory']).filter(Boolean);
  const tolerates = (spec.tolerations ?? []).map(({ key }) => key).filter((key) => key && !key.startsWith('node.kubernetes.io/'));
  const claims = (spec.volumes ?? []).map(({ name, persistentVolumeClaim }) => persistentVolumeClaim && name).filter(Boolean);
  const wanted = [
    ...Object.entries(spec.nodeSelector ?? {}).map(([key, value]) => `${key}=${value}`),
    ...(spec.affinity ? [words.affinity] : []),
    ...(spec.topologySpreadConstraints ?? []).map(({ topologyKey }) =>
      words.spreadOver(topologyKey.slice(topologyKey.lastIndexOf('/') + 1)),
    ),
  ];
  return (
    <div className="why-pod">
      <Glyph look={looks.ofPod(pod)} state={{ name: 'pending' }} size={68} />
      <h3 className="mono">{pod.metadata.name}</h3>
      <dl>
        <dt>{words.asksFor}</dt>
        <dd>
          {asked > 0 ? `${milli(asked)} cpu` : words.nothing}
          {memory.length > 0 ? <span>{memory.join(' + ')}</span> : null}
        </dd>
        <dt>{words.wantsNode}</dt>
        <dd>{wanted.join(', ') || words.nothing}</dd>
        <dt>{words.tolerates}</dt>
        <dd>{tolerates.join(', ') || words.nothing}</dd>
        <dt>{words.volumes}</dt>
        <dd>{claims.join(', ') || words.nothing}</dd>
        <dt>{words.priority}</dt>
        <dd className="mono">{spec.priority ?? 0}</dd>
      </dl>
    </div>
  );
}

interface LaneProps {
  readonly lane: Lane;
  readonly pod: Pod;
  readonly told: readonly string[];
  readonly equal: number;
  readonly hasWon: boolean;
  readonly best: string | undefined;
  readonly most: number;
  /** What it would ask for, where that is not what it asks for. */
  readonly cpuMilli: number | undefined;
  readonly isScored: boolean;
}

function LaneRow({ lane, pod, told, equal, hasWon, best, most, cpuMilli, isScored }: LaneProps) {
  const words = useWhyMessages().why;
  const isOther = cpuMilli !== undefined;
  const fits = isOther ? wouldFit(lane, cpuMilli) : !lane.verdict.rejectedBy;
  const isCpu = isOther && !fits && (lane.verdict.rejectedBy === undefined || lane.verdict.rejectedBy.reason === 'Insufficient cpu');
  const stop = fits ? GATES.length : isCpu ? RESOURCES : lane.stoppedAt;
  const why = isCpu ? words.lacksCpu(milli(cpuMilli), milli(Math.max(0, lane.freeMilli))) : stopWords(lane, pod, words);
  const { scores, total } = lane.verdict;
  return (
    <tr data-won={hasWon && !isOther ? true : undefined} data-out={fits ? undefined : true}>
      <th scope="row">
        <NodeCard lane={lane} />
      </th>
      {GATES.slice(0, Math.min(stop + 1, GATES.length)).map(({ id }, gate) => (
        <td key={id} className="why-gate" data-stop={gate === stop ? true : undefined}>
          <span>
            <Icon name={gate === stop ? 'close' : 'check'} size={11} />
            <span className="visually-hidden">{gate === stop ? words.stopped : words.passes}</span>
          </span>
        </td>
      ))}
      {fits ? null : (
        <td className="why-reason" colSpan={GATES.length - stop - 1 + told.length + (isScored ? 2 : 0) || 1}>
          {why}
        </td>
      )}
      {fits && isOther ? (
        <td className="why-reason" colSpan={told.length + 2}>
          {words.wouldFit}
        </td>
      ) : null}
      {fits && !isOther && isScored
        ? told.map((plugin) => (
            <td key={plugin} className="why-score" data-best={hasWon && plugin === best ? true : undefined}>
              <span className="mono">{scores?.[plugin] ?? 0}</span>
              <span className="why-bar">
                <span style={{ width: `${(100 * (scores?.[plugin] ?? 0)) / most}%` }} />
              </span>
            </td>
          ))
        : null}
      {fits && !isOther && isScored ? <td className="why-equal mono">{equal}</td> : null}
      {fits && !isOther && isScored ? <td className="why-total">{total}</td> : null}
    </tr>
  );
}

const RESOURCES = GATES.findIndex(({ id }) => id === 'resources');

function NodeCard({ lane: { verdict, node, pods } }: { readonly lane: Lane }) {
  const { looks } = useSessionHandle();
  const messages = useMessages();
  const isReady = node?.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;
  const isCordoned = node?.spec.unschedulable === true;
  const capacity = amountsOf(node?.status?.capacity).cpu || 1;
  const system = Math.max(0, capacity - amountsOf(node?.status?.allocatable).cpu);
  return (
    <div className="why-node" data-state={isReady ? (isCordoned ? 'cordoned' : undefined) : 'notReady'}>
      <span>
        <b className="mono">{verdict.nodeName}</b>
        <span>{isReady ? (isCordoned ? messages.scene.cordoned : '') : messages.scene.notReady}</span>
      </span>
      <span className="why-cpu" aria-hidden="true">
        <i style={{ width: `${(100 * system) / capacity}%` }} />
        {pods.map((pod) => {
          const { shape } = looks.ofPod(pod);
          return (
            <i key={pod.metadata.uid} className={`look-${shape}`} data-pod style={{ width: `${(100 * takenBy(pod).cpu) / capacity}%` }} />
          );
        })}
      </span>
    </div>
  );
}
