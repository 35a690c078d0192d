// A lesson on one sheet of paper: its text, its questions with boxes to tick, its tasks, and the way back into it.
import type { LearnMessages } from '../../i18n/language.ts';
import type { LessonStep } from '../../lessons/lesson.ts';
import { Dialog } from '../Dialog.tsx';
import { useOverlays, useSession } from '../hooks.tsx';
import { PictureView } from '../lesson/PictureView.tsx';
import { Prose, useLearnMessages, useTextIn, Words } from '../lesson/words.tsx';
import { QrCode } from './QrCode.tsx';
import './classroom.css';

export function HandoutDialog() {
  const words = useLearnMessages();
  const { close } = useOverlays();
  const lesson = useSession((state) => state.lesson?.lesson);
  const language = useSession((state) => state.language);
  const textIn = useTextIn();
  if (!words || !lesson) return null;
  const link = new URL(`?lesson=${lesson.id}&lang=${language}`, location.href).href;
  return (
    <Dialog title={textIn(lesson.title)} className="dialog-wide handout" onClose={close}>
      <div className="handout-body">
        {lesson.steps.map((step) => (
          <HandoutStep key={textIn(step.text)} step={step} words={words} />
        ))}
      </div>
      <footer className="handout-foot">
        <QrCode text={link} />
        <span className="mono">{link}</span>
      </footer>
      <div className="dialog-buttons">
        <button type="button" className="button primary" data-focus onClick={() => print()}>
          {words.classroom.print}
        </button>
        <button type="button" className="button" onClick={close}>
          {words.course.close}
        </button>
      </div>
    </Dialog>
  );
}

function HandoutStep({ step, words }: { readonly step: LessonStep; readonly words: LearnMessages }) {
  const textIn = useTextIn();
  return (
    <section>
      <Prose text={textIn(step.text)} />
      {step.type === 'predict' && (
        <>
          <h3>
            <Words text={textIn(step.question)} />
          </h3>
          <ul>
            {step.answers.map(({ text, picture }) => (
              <li key={textIn(text)}>
                <span className="handout-box" aria-hidden="true" />
                <PictureView picture={picture} size={22} />
                <Words text={textIn(text)} />
              </li>
            ))}
          </ul>
          <p className="handout-line">{words.whatHappened}</p>
        </>
      )}
      {step.type === 'goal' && step.manifest !== undefined && <pre className="mono">{step.manifest}</pre>}
      {step.type === 'goal' && (
        <ul>
          {step.goals.map(({ text }) => (
            <li key={textIn(text)}>
              <span className="handout-box" aria-hidden="true" />
              <Words text={textIn(text)} />
            </li>
          ))}
        </ul>
      )}
      {step.type === 'free' && (
        <ul>
          {step.lines.map((line) => (
            <li key={line} className="mono">
              {line}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
