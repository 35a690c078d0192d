// A step of a lesson in a document: its world, and what the lesson says of it. The rest of the lesson is on the full page.
import { findLesson, loadLesson } from '../lessons/index.ts';
import { settingAt, stagesOf, textIn } from '../lessons/lesson.ts';
import { withoutMarks } from '../lessons/spans.ts';
import type { Session } from '../session/session.ts';
import { failure } from './failure.ts';
import type { EmbedOptions } from './words.ts';

export interface StepWords {
  readonly title: string;
  readonly text: string;
}

/** Opens the world of a step, counted as the course counts them: a prediction is three. */
export async function openStep(session: Session, { lesson: id = '', step, language }: EmbedOptions): Promise<StepWords> {
  const entry = findLesson(id);
  if (!entry) throw await failure(language, ({ noLesson }) => noLesson(id.slice(0, 60)));
  const lesson = await loadLesson(entry);
  const stages = stagesOf(lesson);
  const stage = stages[Math.min(step, stages.length) - 1] ?? stages[0];
  if (!stage) throw new Error(`lesson="${id}"`);
  const { watchedMs, ...setting } = settingAt(lesson, stage.stepIndex);
  session.openSetting(setting);
  if (stage.phase === 'explain') session.reach(watchedMs);
  session.select([]);
  const { step: shown } = stage;
  const words = shown.type !== 'predict' ? shown.text : stage.phase === 'explain' ? shown.explain : shown.question;
  return { title: textIn(lesson.title, language), text: withoutMarks(textIn(words, language)) };
}
