// The classroom: the page enlarged for a projector, with what a teacher needs at hand. A clicker's keys go on and back; a period or
// Space pauses.
import { useEffect, useState } from 'react';
import { stageAt } from '../../session/lessonState.ts';
import type { Session } from '../../session/session.ts';
import { useSessionHandle } from '../hooks.tsx';
import { lessonRunOf } from '../lesson/openLesson.ts';
import { useLearnMessages } from '../lesson/words.tsx';
import { PointerMark } from './PointerMark.tsx';
import { PresenterBar } from './PresenterBar.tsx';
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
