// For tests: a lesson's world run to its end, and what is wrong with a step of it.
import type { Snapshot } from '../kube/meta.ts';
import { isTrue } from '../lessons/fact.ts';
import { type Deeds, LEAD_MS, type Lesson, type LessonStep, type PredictStep, settingAt } from '../lessons/lesson.ts';
import { fillPlaceholders } from '../scenario/placeholders.ts';
import { createSession } from './createSession.ts';
import { engine } from './engine.ts';
import { outcomeOf } from './lessonRun.ts';
import type { Session } from './session.ts';

export const noFrames = { now: () => 0, request: () => 1, cancel: () => {} };
const NOTHING: Deeds = { steps: [], lengthMs: 0 };
const AFTERWARDS: LessonStep = { type: 'read', text: {}, look: undefined, given: NOTHING };

/** The lesson's world at its very end, with all that its steps and solutions do. */
export function runWhole(lesson: Lesson): Session {
  const session = createSession({ engine, scenario: 'empty', frames: noFrames });
  session.openSetting(settingAt({ ...lesson, steps: [...lesson.steps, AFTERWARDS] }, lesson.steps.length));
  return session;
}

export function failuresOf(session: Session): readonly string[] {
  const { terminal } = session.store.getState();
  return terminal
    .filter(({ exitCode }) => exitCode !== undefined && exitCode !== 0)
    .map(({ line, output }) => `${line}: ${output.map(({ text }) => text).join('')}`);
}

/** What is wrong with a step: a claim that is not so, a goal that is reached from the start or not by its solution. */
export function problemsOf(session: Session, lesson: Lesson, step: LessonStep, stepIndex: number): readonly string[] {
  const { openAtMs, watchedMs } = settingAt(lesson, stepIndex);
  const outcomeAt = (atMs: number) => outcomeOf(session, lesson, stepIndex, session.cluster.viewAt(atMs));
  const problems: string[] = [];
  if (step.type === 'goal') {
    const solvedMs = openAtMs + LEAD_MS + step.solution.lengthMs;
    for (const { text, isReachedIf } of step.goals) {
      if (isTrue(isReachedIf, outcomeAt(openAtMs))) problems.push(`reached from the start: ${text['en']}`);
      if (!isTrue(isReachedIf, outcomeAt(solvedMs))) problems.push(`not reached: ${text['en']}`);
    }
    const { challenge } = lesson;
    const isPar = !challenge || (step.solution.steps.length === challenge.par && challenge.par <= challenge.commands);
    if (!isPar) problems.push('the solution is not as short as par says');
  }
  if (step.type === 'predict') {
    const truths = truthsOf(session, lesson, step, stepIndex);
    if (truths.length !== 1) problems.push(`true are the answers: ${truths.join(' and ') || 'none'}`);
  }
  if (step.look && !isThere(step.look.object, session.cluster.viewAt(watchedMs))) problems.push(`${step.look.object} is not there`);
  return problems;
}

/** Which answers what happened makes true, from 1. */
export function truthsOf(session: Session, lesson: Lesson, step: PredictStep, stepIndex: number): readonly number[] {
  const outcome = outcomeOf(session, lesson, stepIndex, session.cluster.viewAt(settingAt(lesson, stepIndex).watchedMs));
  return step.answers.flatMap(({ isTrueIf }, i) => (isTrue(isTrueIf, outcome) ? [i + 1] : []));
}

function isThere(object: string, snapshot: Snapshot): boolean {
  const [kind = '', name = ''] = fillPlaceholders(object, snapshot).split('/');
  return snapshot.list(kind).some(({ metadata }) => metadata.name === name);
}
