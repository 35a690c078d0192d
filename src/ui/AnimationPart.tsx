// A stretch of the recorded time as a GIF: from when to when, how fast, and how far its drawing is.
import { useEffect, useRef, useState } from 'react';
import { type SessionState, SPEEDS, type Speed } from '../session/session.ts';
import { save, shownStage } from './exportStage.ts';
import { useMessages, useSession, useSessionHandle } from './hooks.tsx';

export function AnimationPart({ link }: { readonly link: string }) {
  const session = useSessionHandle();
  const { share: m } = useMessages();
  const endMs = useSession((state) => state.endMs);
  const [{ fromSeconds, toSeconds, speed }, setStretch] = useState(() => stretchBefore(session.store.getState()));
  const [part, setPart] = useState<number>();
  const isShown = useRef(true);
  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, []);
  const isBusy = part !== undefined;
  const saveGif = async () => {
    const stage = shownStage();
    if (!stage) return;
    setPart(0);
    try {
      const { stageGif } = await import('./exportAnimation.ts');
      const stretch = { fromMs: fromSeconds * 1000, toMs: Math.min(toSeconds * 1000, endMs), speed };
      const blob = await stageGif(session, stage, stretch, link, (done) => {
        if (isShown.current) setPart(done);
        return isShown.current;
      });
      if (blob) save(blob, `${session.store.getState().scenario ?? 'podarium'}.gif`);
    } catch (error) {
      session.notifyFailure(error);
    }
    setPart(undefined);
  };
  const field = (label: string, value: number, max: number, onChange: (value: number) => void) => (
    <label>
      {label}
      <input
        type="number"
        min={0}
        max={max}
        defaultValue={value}
        onChange={(event) => event.target.validity.valid && event.target.value !== '' && onChange(Number(event.target.value))}
      />
    </label>
  );
  const last = Math.ceil(endMs / 1000);
  return (
    <div className="share-choices">
      {field(m.from, fromSeconds, last, (value) => setStretch({ fromSeconds: value, toSeconds, speed }))}
      {field(m.to, toSeconds, last, (value) => setStretch({ fromSeconds, toSeconds: value, speed }))}
      <label>
        {m.speed}
        <select value={speed} onChange={(event) => setStretch({ fromSeconds, toSeconds, speed: Number(event.target.value) as Speed })}>
          {SPEEDS.map((each) => (
            <option key={each} value={each}>
              {each}×
            </option>
          ))}
        </select>
      </label>
      <button type="button" className="button" disabled={isBusy || fromSeconds >= toSeconds} onClick={() => void saveGif()}>
        {isBusy ? m.drawing(Math.round(100 * part)) : m.gif}
      </button>
    </div>
  );
}

const STRETCH_SECONDS = 15;

/** The last quarter of a minute before the playhead, as long as that is on the screen. */
function stretchBefore({ playheadMs, speed }: Pick<SessionState, 'playheadMs' | 'speed'>) {
  const toSeconds = Math.max(1, Math.floor(playheadMs / 1000));
  return { fromSeconds: Math.max(0, toSeconds - STRETCH_SECONDS * speed), toSeconds, speed };
}
