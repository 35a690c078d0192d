// The bar of time: play, step, speed, the clock, and the chart of pods per template with its markers and the playhead.
import { useMemo, useState } from 'react';
import { isPodReady, type Pod } from '../kube/kinds/pod.ts';
import { controllerOf } from '../kube/meta.ts';
import type { Looks } from '../scene/looks.ts';
import { rootNameOf } from '../session/markers.ts';
import { formatMoment, selectIsPast, selectSecond } from '../session/selectors.ts';
import { SPEEDS } from '../session/session.ts';
import { Story } from '../session/story.ts';
import { Glyph } from './Glyph.tsx';
import { useMedia, useMessages, useSession, useSessionHandle } from './hooks.tsx';
import { Icon } from './icons.tsx';
import { TimelineChart } from './TimelineChart.tsx';
import './timeline.css';

/** Rows of the legend, where the bar of time is high and where it is low. */
const LEGEND_MAX = { high: 4, low: 3 };
/** While the world plays its chart is drawn anew so often, in milliseconds of the screen: its columns pass no faster. */
const CHART_EVERY_MS = 250;

export function Timeline() {
  const session = useSessionHandle();
  const m = useMessages();
  const story = useMemo(() => new Story(session), [session]);
  const version = useSession(({ isPlaying, endMs, speed, epoch }) => {
    const read = story.read();
    return isPlaying ? -(epoch * 1e9 + Math.ceil(endMs / (CHART_EVERY_MS * speed))) : read;
  });
  const [isChartOpen, setChartOpen] = useState(false);
  return (
    <section className={isChartOpen ? 'timeline timeline-open' : 'timeline'} aria-label={m.timeline.label} id="time">
      <div className="timeline-controls">
        <div className="timeline-buttons">
          <StepButtons />
          <Speeds />
        </div>
        <div className="timeline-clock">
          <Clock />
          <PastNote />
        </div>
      </div>
      <TimelineChart story={story} version={version} />
      <Legend story={story} />
      <ChartToggle isOpen={isChartOpen} onToggle={() => setChartOpen(!isChartOpen)} />
    </section>
  );
}

/** On a phone the clock pulls the chart up. */
function ChartToggle({ isOpen, onToggle }: { readonly isOpen: boolean; readonly onToggle: () => void }) {
  const m = useMessages();
  const second = useSession(selectSecond);
  return (
    <button
      type="button"
      className="timeline-toggle mono"
      aria-label={`${formatMoment(second * 1000)}. ${isOpen ? m.timeline.closeChart : m.timeline.openChart}`}
      aria-expanded={isOpen}
      onClick={onToggle}
    >
      {formatMoment(second * 1000)}
    </button>
  );
}

function StepButtons() {
  const session = useSessionHandle();
  const m = useMessages();
  const isPlaying = useSession((state) => state.isPlaying);
  return (
    <div className="timeline-steps">
      <button
        type="button"
        className="button square timeline-step"
        aria-label={m.timeline.stepBack}
        title={`${m.timeline.stepBack}  ,`}
        onClick={() => session.stepBack()}
      >
        <Icon name="stepBack" size={14} />
      </button>
      <button
        type="button"
        className="button primary timeline-play"
        aria-label={isPlaying ? m.timeline.pause : m.timeline.play}
        onClick={() => (isPlaying ? session.pause() : session.play())}
      >
        <Icon name={isPlaying ? 'pause' : 'play'} size={14} />
        <span className="timeline-word">{isPlaying ? m.timeline.pause : m.timeline.play}</span>
      </button>
      <button
        type="button"
        className="button square timeline-step"
        aria-label={m.timeline.stepOn}
        title={`${m.timeline.stepOn}  .`}
        onClick={() => session.stepOn()}
      >
        <Icon name="stepOn" size={14} />
      </button>
    </div>
  );
}

function Speeds() {
  const session = useSessionHandle();
  const m = useMessages();
  const speed = useSession((state) => state.speed);
  const next = SPEEDS[(SPEEDS.indexOf(speed) + 1) % SPEEDS.length] ?? 1;
  return (
    <>
      <div className="segments timeline-speeds" role="group" aria-label={m.timeline.speed}>
        {SPEEDS.map((each) => (
          <button type="button" key={each} aria-pressed={each === speed} onClick={() => session.setSpeed(each)}>
            {m.timeline.times(each)}
          </button>
        ))}
      </div>
      <button
        type="button"
        className="button timeline-speed"
        aria-label={`${m.timeline.speed}: ${m.timeline.times(speed)}`}
        onClick={() => session.setSpeed(next)}
      >
        {m.timeline.times(speed)}
      </button>
    </>
  );
}

function Clock() {
  const second = useSession(selectSecond);
  const m = useMessages();
  return (
    <span className="timeline-time mono" role="timer" aria-label={m.timeline.playhead}>
      {formatMoment(second * 1000)}
    </span>
  );
}

/** The same note where the bar of time has no room for it, which the style sheet knows: over the stage of a phone. */
export function PastPill() {
  const isShown = useSession((state) => selectIsPast(state) && !state.isPlaying);
  return isShown ? (
    <div className="past-pill">
      <PastNote />
    </div>
  ) : null;
}

/** How to go back; or, once there, that this is the past and the way back to now. */
function PastNote() {
  const session = useSessionHandle();
  const m = useMessages();
  const isPast = useSession(selectIsPast);
  const isPlaying = useSession((state) => state.isPlaying);
  const second = useSession((state) => (selectIsPast(state) ? selectSecond(state) : 0));
  const hint = useSession((state) => state.lesson?.comes) === undefined ? m.timeline.hint : m.timeline.waiting;
  if (!isPast || isPlaying) {
    return (
      <span className="timeline-hint">
        {hint[0]}
        <br />
        {hint[1]}
      </span>
    );
  }
  return (
    <span className="timeline-past">
      <span>
        {m.timeline.lookingAt(formatMoment(second * 1000))}, {m.timeline.readOnly}
      </span>
      <button type="button" className="timeline-now" onClick={() => session.seek(Number.POSITIVE_INFINITY)}>
        {m.timeline.backToNow}
      </button>
    </span>
  );
}

/** What each band is, beside the chart: the newest template on top, as in the stack. With several owners their names say it. */
function Legend({ story }: { readonly story: Story }) {
  const session = useSessionHandle();
  const m = useMessages();
  useSession(selectSecond);
  const most = useMedia('(min-width: 1440px)') ? LEGEND_MAX.high : LEGEND_MAX.low;
  const { playheadMs: atMs, snapshot } = session.store.getState();
  const { counts, ready } = story.series.at(atMs);
  const bands = story.series.bands.map((look, i) => ({ look, count: counts[i] ?? 0 })).filter(({ count }) => count > 0);
  bands.reverse();
  const owners = ownersPerLook(snapshot.list('Pod') as readonly Pod[], session.looks);
  const names = new Set([...owners.values()].flatMap(({ names: own }) => [...own]));
  const rows = bands.map(({ look, count }) => {
    const owned = owners.get(look.letter);
    const [name, ...others] = owned?.names ?? [];
    const isAlone = [...owners.values()].filter(({ names: own }) => own.has(name ?? '')).length === 1;
    const text =
      names.size < 2 || !owned || name === undefined || others.length > 0
        ? m.timeline.legendPods(count, look.letter)
        : isAlone
          ? m.timeline.legendOwner(owned.ready, name)
          : m.timeline.legendOwnerPods(count, name, look.letter);
    return { look, text };
  });
  const shown = rows.slice(0, rows.length > most ? most - 1 : most);
  return (
    <ul className="timeline-legend">
      {shown.map(({ look, text }) => (
        <li key={look.letter}>
          <Glyph look={look} size={14} />
          <span>{text}</span>
        </li>
      ))}
      {rows.length > shown.length && <li className="timeline-legend-more">{m.timeline.more(rows.length - shown.length)}</li>}
      <li>
        <span className="timeline-ready" aria-hidden="true" />
        {m.timeline.legendReady(ready)}
      </li>
    </ul>
  );
}

interface Owned {
  readonly names: Set<string>;
  ready: number;
}

/** Who owns the pods of each template, and how many of them are ready. */
function ownersPerLook(pods: readonly Pod[], looks: Looks): ReadonlyMap<string, Owned> {
  const found = new Map<string, Owned>();
  for (const pod of pods) {
    const { letter } = looks.ofPod(pod);
    let owned = found.get(letter);
    if (!owned) found.set(letter, (owned = { names: new Set(), ready: 0 }));
    const owner = controllerOf(pod);
    owned.names.add(owner ? rootNameOf(pod, owner.name) : pod.metadata.name);
    if (isPodReady(pod) && !pod.metadata.deletionTimestamp) owned.ready++;
  }
  return found;
}
