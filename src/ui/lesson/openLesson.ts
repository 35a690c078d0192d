// Opens lessons: the door through which the page reaches everything about learning, none of which is loaded before.
import { course, findLesson, loadLesson } from '../../lessons/index.ts';
import type { Lesson } from '../../lessons/lesson.ts';
import { createLessonRun, type LessonRun } from '../../session/lessonRun.ts';
import type { Session } from '../../session/session.ts';

const runs = new WeakMap<Session, LessonRun>();

export function lessonRunOf(session: Session): LessonRun {
  const run = runs.get(session) ?? createLessonRun(session);
  runs.set(session, run);
  return run;
}

/** False when there is no such lesson. */
export async function openLesson(session: Session, id: string, at = 0): Promise<boolean> {
  const entry = findLesson(id);
  if (!entry) return false;
  await showLesson(session, await loadLesson(entry), at);
  return true;
}

export async function showLesson(session: Session, lesson: Lesson, at = 0): Promise<void> {
  await session.loadEngine();
  const index = course.findIndex(({ id }) => id === lesson.id);
  lessonRunOf(session).open(lesson, { at, number: index < 0 ? undefined : index + 1 });
}
