// What happened to an object, turn by turn, the newest first; each turn can be asked why, and answers with the chain of causes back to
// what a person did or what time did by itself.
import { useMemo, useState } from 'react';
import type { Pod } from '../../kube/kinds/pod.ts';
import type { Change, Key, KubeObject } from '../../kube/meta.ts';
import { type CauseStep, causesOf } from '../../session/causes.ts';
import { formatLength, formatMoment } from '../../session/selectors.ts';
import { faultWords } from '../commentWords.ts';
import { useMessages, useSession, useSessionHandle } from '../hooks.tsx';
import { Icon } from '../icons.tsx';
import { useWhyMessages } from '../laterWords.ts';
import { BackOff } from './BackOff.tsx';
import { ConditionsPanel } from './EventsPanel.tsx';
import './story.css';
import { turnOf, wordsFor } from './turns.ts';

const TURNS_MAX = 40;

interface Turn {
  readonly change: Change;
  readonly words: string;
}

export function StoryPanel({ objectKey, object }: { readonly objectKey: Key; readonly object: KubeObject | undefined }) {
  const session = useSessionHandle();
  const words = useWhyMessages().turns;
  const seq = useSession((state) => state.snapshot.seq);
  const turns = useMemo(() => {
    const found: Turn[] = [];
    for (let i = seq - 1; i >= 0 && found.length < TURNS_MAX; i--) {
      const change = session.cluster.changes[i] as Change;
      const said = change.key === objectKey ? turnOf(change, session.looks, words) : undefined;
      if (said) found.push({ change, words: said });
    }
    return found;
  }, [session, objectKey, seq, words]);
  // The newest stands open, unless a person chose another.
  const [chosen, setChosen] = useState<number>();
  const open = chosen ?? turns[0]?.change.seq;
  return (
    <div className="story">
      {object?.kind === 'Pod' ? <BackOff pod={object as Pod} /> : null}
      {turns.length === 0 ? <p className="quiet">{words.none}</p> : null}
      <ol>
        {turns.map(({ change, words: said }) => (
          <li key={change.seq}>
            <button type="button" aria-expanded={change.seq === open} onClick={() => setChosen(change.seq === open ? 0 : change.seq)}>
              <span className="mono quiet">{formatMoment(change.atMs)}</span>
              <b>{said}</b>
              <span className="story-why">
                {words.why} <Icon name="chevronDown" size={11} />
              </span>
            </button>
            {change.seq === open ? <Causes change={change} /> : null}
          </li>
        ))}
      </ol>
      {object ? <ConditionsPanel object={object} isQuietWhenNone /> : null}
    </div>
  );
}

/** The chain from a change to its first cause. */
export function Causes({ change }: { readonly change: Change }) {
  const session = useSessionHandle();
  const terminal = useSession((state) => state.terminal);
  const words = useWhyMessages().turns;
  const { cluster, looks } = session;
  const steps = useMemo(() => {
    const { changes, intents } = cluster;
    const [, ...all] = causesOf(change, { changes, intents, terminal });
    // What a pod only wrote down on its way says nothing.
    return all.filter((step) => step.type !== 'change' || step.change.table !== 'Pod' || turnOf(step.change, looks, words));
  }, [change, cluster, looks, terminal, words]);
  return (
    <ol className="causes" aria-label={words.causes}>
      <li>
        <span className="quiet">{words.by(change.actor)}</span>
      </li>
      {steps.map((step, index) => (
        <li key={`${index} ${step.type}`} data-type={step.type}>
          <Step step={step} />
        </li>
      ))}
      {isByHand(steps.at(-1)) ? null : <li className="quiet">{words.byItself}</li>}
    </ol>
  );
}

function isByHand(step: CauseStep | undefined): step is Extract<CauseStep, { type: 'deed' | 'fault' }> {
  return step?.type === 'deed' || step?.type === 'fault';
}

function Step({ step }: { readonly step: CauseStep }) {
  const session = useSessionHandle();
  const words = useWhyMessages().turns;
  const { comments } = useMessages().terminal;
  if (step.type === 'waited')
    return <span className="quiet">{words.waited[step.forWhat](formatLength(Math.max(1, step.waitedMs)), step.waitedMs >= 1000)}</span>;
  const moment = (
    <button
      type="button"
      className="link mono quiet"
      aria-label={words.goTo(formatMoment(step.atMs))}
      onClick={() => session.seek(step.atMs)}
    >
      {formatMoment(step.atMs)}
    </button>
  );
  if (isByHand(step))
    return (
      <>
        <span>
          <b>{words.asked}</b> {moment}
        </span>
        <code>{step.type === 'deed' ? step.line : faultWords(step.fault, comments)}</code>
      </>
    );
  const { change } = step;
  return (
    <>
      <span>
        <button type="button" className="link" onClick={() => session.select([change.key], 'story')}>
          {wordsFor(change, session.looks, words)}
        </button>{' '}
        {moment}
      </span>
      <span className="quiet">{words.by(change.actor)}</span>
    </>
  );
}
