// The classroom: the page enlarged for a projector, with what a teacher needs at hand. A clicker's keys go on and back; a period or
// Space pauses.
import { useEffect, useState } from 'react';
import type { LearnMessages } from '../../i18n/index.ts';
import { stageAt } from '../../session/lessonState.ts';
import type { Session } from '../../session/session.ts';
import { useOverlays, useSession, useSessionHandle } from '../hooks.tsx';
import { Icon } from '../icons.tsx';
import { lessonRunOf } from '../lesson/openLesson.ts';
import { useLearnMessages } from '../lesson/words.tsx';
import { forces } from './forces.ts';
import { PointerMark } from './PointerMark.tsx';
import { QuestionPause } from './QuestionPause.tsx';
import './classroom.css';

export function Classroom() {
  const words = useLearnMessages();
  const [isSpotlit, spotlight] = useState(false);
  const [isAsking, ask] = useState(false);
  usePresenterKeys();
  if (!words) return null;
  return (
    <>
      <PresenterBar words={words} isSpotlit={isSpotlit} onSpotlight={() => spotlight(!isSpotlit)} onAsk={() => ask(true)} />
      <PointerMark isSpotlight={isSpotlit} />
      {isAsking && <QuestionPause words={words} onClose={() => ask(false)} />}
    </>
  );
}

interface BarProps {
  readonly words: LearnMessages;
  readonly isSpotlit: boolean;
  readonly onSpotlight: () => void;
  readonly onAsk: () => void;
}

function PresenterBar({ words: { classroom: words }, isSpotlit, onSpotlight, onAsk }: BarProps) {
  const session = useSessionHandle();
  const { open } = useOverlays();
  const isLesson = useSession((state) => state.lesson !== undefined);
  useEffect(() => {
    const before = document.activeElement;
    return () => {
      // The bar went with the focus in it.
      if (document.activeElement === document.body && before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <div className="presenter" role="toolbar" aria-label={words.label}>
      {forces.map((force) => (
        <button key={force.id} type="button" className="button" onClick={() => force.run(session)}>
          {words.forces[force.id]}
        </button>
      ))}
      <span className="presenter-space" />
      <button type="button" className="button" onClick={onAsk}>
        {words.questions}
      </button>
      <button type="button" className="button" aria-pressed={isSpotlit} onClick={onSpotlight}>
        {words.spotlight}
      </button>
      <button type="button" className="button" onClick={() => open({ type: 'qr' })}>
        {words.qr}
      </button>
      {isLesson && (
        <button type="button" className="button" onClick={() => open({ type: 'handout' })}>
          {words.handout}
        </button>
      )}
      <button type="button" className="button quiet square" aria-label={words.close} onClick={() => session.present(false)}>
        <Icon name="close" size={14} />
      </button>
    </div>
  );
}

/** What the black button does; where it waits for a guess, the class goes on without one. */
function goOn(session: Session): void {
  const primary = document.querySelector<HTMLElement>('.lesson-region [data-primary]');
  if (primary && primary.getAttribute('aria-disabled') !== 'true') return primary.click();
  const { lesson } = session.store.getState();
  if (lesson && stageAt(lesson).phase === 'predict') lessonRunOf(session).watch();
  else lessonRunOf(session).next();
}

/** Before any other key: a clicker's page keys, and the period, which elsewhere steps on. */
function usePresenterKeys(): void {
  const session = useSessionHandle();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.target instanceof Element && event.target.closest('input, textarea, [contenteditable], dialog')) return;
      const { isPlaying, lesson } = session.store.getState();
      if (event.key === '.' || (event.key === 'PageDown' && !lesson)) {
        if (isPlaying) session.pause();
        else session.play();
      } else if (event.key === 'PageDown') goOn(session);
      else if (event.key === 'PageUp' && lesson) lessonRunOf(session).back();
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
    addEventListener('keydown', onKey, { capture: true });
    return () => removeEventListener('keydown', onKey, { capture: true });
  }, [session]);
}
