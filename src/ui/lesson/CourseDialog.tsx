// The course: its lessons in their order with what is done of each, the challenges with the best so far, and lessons of one's own.
import { useEffect, useState } from 'react';
import type { LearnMessages } from '../../i18n/language.ts';
import { challenges, course, type Entry, loadLesson } from '../../lessons/index.ts';
import { type LessonProgress, readProgress } from '../../session/progress.ts';
import { Dialog } from '../Dialog.tsx';
import { useOverlays, useSession, useSessionHandle } from '../hooks.tsx';
import { Icon } from '../icons.tsx';
import { OwnLessons } from './OwnLessons.tsx';
import { openLesson } from './openLesson.ts';
import { useLearnMessages, useTextIn } from './words.tsx';
import './course.css';

export function CourseDialog() {
  const words = useLearnMessages();
  const { close } = useOverlays();
  const [progress] = useState(readProgress);
  if (!words) return null;
  return (
    <Dialog title={words.course.title} className="dialog-wide course" onClose={close}>
      <p className="mid">{words.course.about}</p>
      <h3 className="course-part">{words.course.lessons}</h3>
      <ol className="course-list">
        {course.map((entry, i) => (
          <Row key={entry.id} entry={entry} number={i + 1} progress={progress[entry.id]} words={words} />
        ))}
      </ol>
      <h3 className="course-part">{words.course.challenges}</h3>
      <ul className="course-list">
        {challenges.map((entry) => (
          <Row key={entry.id} entry={entry} progress={progress[entry.id]} words={words} />
        ))}
      </ul>
      <OwnLessons words={words} />
    </Dialog>
  );
}

interface RowProps {
  readonly entry: Entry;
  readonly number?: number;
  readonly progress: LessonProgress | undefined;
  readonly words: LearnMessages;
}

function Row({ entry, number, progress, words }: RowProps) {
  const session = useSessionHandle();
  const { close } = useOverlays();
  const textIn = useTextIn();
  const isOpen = useSession(({ lesson }) => lesson?.lesson.id === entry.id);
  const state = progress?.isDone ? words.course.done : progress ? words.course.begun : '';
  const open = (): void => {
    close();
    // Where one stopped; what is done begins again.
    void openLesson(session, entry.id, { stage: progress && !progress.isDone ? progress.at : 0 });
  };
  return (
    <li>
      <button type="button" className="course-row" aria-current={isOpen || undefined} onClick={open}>
        <span className={progress?.isDone ? 'course-mark course-done' : progress ? 'course-mark course-begun' : 'course-mark'}>
          {progress?.isDone ? <Icon name="check" size={13} /> : number}
        </span>
        <span className="course-title">{textIn(entry.title)}</span>
        <span className="course-state">
          {progress?.best === undefined ? state : <Best entry={entry} best={progress.best} words={words} />}
        </span>
      </button>
    </li>
  );
}

/** What a master needs stands in the challenge itself. */
function Best({ entry, best, words }: { readonly entry: Entry; readonly best: number; readonly words: LearnMessages }) {
  const [par, setPar] = useState<number>();
  useEffect(() => {
    loadLesson(entry).then(
      ({ challenge }) => setPar(challenge?.par),
      () => {},
    );
  }, [entry]);
  return <>{par === undefined ? words.course.done : words.course.best(best, par)}</>;
}
