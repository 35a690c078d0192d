// Time for questions: the world stands still under a large sign until somebody goes on.
import { useEffect, useState } from 'react';
import type { LearnMessages } from '../../i18n/language.ts';
import { Dialog } from '../Dialog.tsx';
import { useSessionHandle } from '../hooks.tsx';

interface QuestionPauseProps {
  readonly words: LearnMessages;
  readonly onClose: () => void;
}

export function QuestionPause({ words: { classroom: words }, onClose }: QuestionPauseProps) {
  const session = useSessionHandle();
  const [wasPlaying] = useState(() => session.store.getState().isPlaying);
  useEffect(() => session.pause(), [session]);
  const goOn = (): void => {
    onClose();
    if (wasPlaying) session.play();
  };
  return (
    <Dialog title={words.questionsSign} className="question-pause" onClose={goOn}>
      <button type="button" className="button primary lesson-primary" data-focus onClick={goOn}>
        {words.goOn}
      </button>
    </Dialog>
  );
}
