// This world as the text of a lesson file: to be copied, saved, or marked by hand where the browser allows neither.
import { useEffect, useState } from 'react';
import { writeLesson } from '../../session/writeLesson.ts';
import { Dialog } from '../Dialog.tsx';
import { save } from '../exportStage.ts';
import { useMessages, useOverlays, useSessionHandle } from '../hooks.tsx';
import { useCopy } from '../useCopy.ts';
import { useLearnMessages } from './words.tsx';

const ROWS = 18;

export function DraftDialog() {
  const session = useSessionHandle();
  const words = useLearnMessages()?.course;
  const { toolbar } = useMessages();
  const { open, close } = useOverlays();
  const copy = useCopy();
  const [text, setText] = useState('');
  useEffect(() => {
    if (words) session.record((recording) => setText(writeLesson(recording, words.draft)));
  }, [session, words]);
  if (!words) return null;
  return (
    <Dialog title={toolbar.asLesson} className="dialog-wide" onClose={close}>
      <p className="mid">{words.asLessonAbout}</p>
      <textarea className="dialog-text mono" aria-label={toolbar.asLesson} rows={ROWS} readOnly spellCheck={false} value={text} />
      <div className="dialog-buttons">
        <button type="button" className="button primary" data-focus onClick={() => copy(text, words.copied)}>
          {words.copy}
        </button>
        <button type="button" className="button" onClick={() => save(new Blob([text], { type: 'text/yaml' }), 'my-lesson.yaml')}>
          {words.save}
        </button>
        <button type="button" className="button" onClick={() => open({ type: 'lessonFormat' })}>
          {words.format}
        </button>
        <button type="button" className="button" onClick={close}>
          {words.close}
        </button>
      </div>
    </Dialog>
  );
}
