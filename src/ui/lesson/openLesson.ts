// Opens lessons: the door through which the page reaches everything about learning, none of which is loaded before.
import { course, findLesson, loadLesson } from '../../lessons/index.ts';
import type { Lesson } from '../../lessons/lesson.ts';
import { createLessonRun, type LessonRun } from '../../session/lessonRun.ts';
import type { Session } from '../../session/session.ts';
import type { Link } from '../../session/shareLink.ts';

const runs = new WeakMap<Session, LessonRun>();

export function lessonRunOf(session: Session): LessonRun {
  const run = runs.get(session) ?? createLessonRun(session);
  runs.set(session, run);
  return run;
}

/** What a link says beside the lesson's name: the stage, and what was done in it up to which moment. */
type Place = Pick<Link, 'stage' | 'deeds' | 'atMs'>;

/** False when there is no such lesson. */
export async function openLesson(session: Session, id: string, place: Place = {}): Promise<boolean> {
  const entry = findLesson(id);
  if (!entry) return false;
  await showLesson(session, await loadLesson(entry), place);
  return true;
}

export async function showLesson(session: Session, lesson: Lesson, { stage = 0, deeds = [], atMs }: Place = {}): Promise<void> {
  await session.loadEngine();
  const index = course.findIndex(({ id }) => id === lesson.id);
  lessonRunOf(session).open(lesson, { at: stage, number: index < 0 ? undefined : index + 1 });
  for (const deed of deeds) {
    session.runTo(deed.atMs);
    if (deed.kubectl) session.run(deed.kubectl, deed.stdin);
    if (deed.fault) session.act(deed.fault);
    if (deed.typed !== undefined) session.type(deed.typed);
  }
  if (deeds.length > 0 && atMs !== undefined) session.runTo(atMs);
}
