// What is only read, and the end of a lesson, where the world is the learner's.
import type { LearnMessages } from '../../i18n/language.ts';
import { course } from '../../lessons/index.ts';
import { type LessonState, stageAt } from '../../session/lessonState.ts';
import { useOverlays, useSessionHandle } from '../hooks.tsx';
import { lessonRunOf, openLesson } from './openLesson.ts';
import { Primary } from './Primary.tsx';
import { Prose, useTextIn } from './words.tsx';

interface PanelProps {
  readonly lesson: LessonState;
  readonly words: LearnMessages;
}

export function ReadPanel({ lesson, words }: PanelProps) {
  const session = useSessionHandle();
  const textIn = useTextIn();
  return (
    <div className="lesson-body">
      <div className="lesson-lead">
        <Prose text={textIn(stageAt(lesson).step.text)} />
      </div>
      <Primary label={words.next} onPress={lessonRunOf(session).next} />
    </div>
  );
}

export function FreePanel({ lesson, words }: PanelProps) {
  const session = useSessionHandle();
  const { open } = useOverlays();
  const textIn = useTextIn();
  const { step } = stageAt(lesson);
  const next = lesson.number === undefined ? undefined : course[lesson.number];
  return (
    <div className="lesson-body">
      <div className="lesson-lead">
        <Prose text={textIn(step.text)} />
      </div>
      {step.type === 'free' && step.lines.length > 0 && (
        <div className="tries">
          <h3 className="lesson-small">{words.tryThis}</h3>
          {step.lines.map((line) => (
            <button key={line} type="button" className="try mono" onClick={() => session.run(line)}>
              <span className="dim">$ </span>
              {line}
            </button>
          ))}
        </div>
      )}
      {next ? (
        <Primary label={words.nextLesson(textIn(next.title))} onPress={() => void openLesson(session, next.id)} />
      ) : (
        <Primary label={words.course.lessons} onPress={() => open({ type: 'course' })} />
      )}
    </div>
  );
}
