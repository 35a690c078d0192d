// The bar of time: play, step, speed, the clock, and the chart of pods per template with its markers and the playhead.
import { useMemo, useState } from 'react';
import { formatMoment, selectIsPast, selectSecond } from '../session/selectors.ts';
import { SPEEDS } from '../session/session.ts';
import { Story } from '../session/story.ts';
import { Glyph } from './Glyph.tsx';
import { useMedia, useMessages, useSession, useSessionHandle } from './hooks.tsx';
import { Icon } from './icons.tsx';
import { TimelineChart } from './TimelineChart.tsx';
import './timeline.css';

const LEGEND_MAX = 3;

export function Timeline() {
  const session = useSessionHandle();
  const m = useMessages();
  const story = useMemo(() => new Story(session), [session]);
  const version = useSession(() => story.read());
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

/** The same note where the bar of time has no room for it: over the stage of a phone. */
export function PastPill() {
  const isNarrow = useMedia('(max-width: 700px)');
  const isShown = useSession((state) => selectIsPast(state) && !state.isPlaying);
  return isShown && isNarrow ? (
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

/** What each band is, beside the chart: the newest template on top, as in the stack. */
function Legend({ story }: { readonly story: Story }) {
  const m = useMessages();
  useSession(selectSecond);
  const atMs = useSessionHandle().store.getState().playheadMs;
  const { counts, ready } = story.series.at(atMs);
  const rows = story.series.bands.map((look, i) => ({ look, count: counts[i] ?? 0 })).filter(({ count }) => count > 0);
  rows.reverse();
  const shown = rows.slice(0, rows.length > LEGEND_MAX ? LEGEND_MAX - 1 : LEGEND_MAX);
  return (
    <ul className="timeline-legend">
      {shown.map(({ look, count }) => (
        <li key={look.letter}>
          <Glyph look={look} size={14} />
          {m.timeline.legendPods(count, look.letter)}
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
