// A lesson's world run to its end, and what of the lesson does not come true in it. Tests prove the course's lessons with it; one's own is
// tried as it opens.
import type { Snapshot } from '../kube/meta.ts';
import { isTrue } from '../lessons/fact.ts';
import { type Deeds, type GoalStep, LEAD_MS, type Lesson, type LessonStep, type PredictStep, settingAt } from '../lessons/lesson.ts';
import { fillPlaceholders } from '../scenario/placeholders.ts';
import { createSession } from './createSession.ts';
import { engine } from './engine.ts';
import { outcomeOf } from './lessonRun.ts';
import type { Session } from './session.ts';

/** What is wrong with a step, and where in it: `['goals', 0]`. */
export type Problem = { readonly at: readonly (string | number)[] } & (
  | { readonly type: 'reachedBefore' | 'notReached' | 'notPar' }
  /** From 1; there must be exactly one. */
  | { readonly type: 'truths'; readonly answers: readonly number[] }
  | { readonly type: 'notThere'; readonly object: string }
);

/** A line that failed, where it stands in the lesson's file, and what was said of it. */
export interface FailedLine {
  readonly line: number | undefined;
  readonly command: string;
  readonly said: string;
}

export const noFrames = { now: () => 0, request: () => 1, cancel: () => {} };
const NOTHING: Deeds = { steps: [], lengthMs: 0 };
const AFTERWARDS: LessonStep = { type: 'read', text: {}, look: undefined, given: NOTHING };

/** The lesson's world at its very end, with all that its steps and solutions do. */
export function runWhole(lesson: Lesson): Session {
  const session = createSession({ engine, scenario: 'empty', frames: noFrames });
  session.openSetting(wholeOf(lesson));
  return session;
}

function wholeOf(lesson: Lesson) {
  return settingAt({ ...lesson, steps: [...lesson.steps, AFTERWARDS] }, lesson.steps.length);
}

export function failedLines(session: Session, lesson: Lesson): readonly FailedLine[] {
  const commands = wholeOf(lesson)
    .steps.filter(({ kubectl }) => kubectl !== undefined)
    .sort((a, b) => a.atMs - b.atMs);
  // The terminal tells of faults too, and those are no lines; of very many it has kept the last.
  const entries = session.store.getState().terminal.filter(({ line }) => line !== '');
  const before = commands.length - entries.length;
  return entries.flatMap(({ line: command, output, exitCode }, i) => {
    const said = output.flatMap(({ type, text }) => (type === 'stderr' ? [text.trim()] : [])).join(' ');
    return exitCode === undefined || exitCode === 0 ? [] : [{ line: commands[before + i]?.line, command, said }];
  });
}

export function problemsOf(session: Session, lesson: Lesson, step: LessonStep, stepIndex: number): readonly Problem[] {
  const problems = step.type === 'goal' ? goalProblems(session, lesson, step, stepIndex) : [];
  if (step.type === 'predict') {
    const answers = truthsOf(session, lesson, step, stepIndex);
    if (answers.length !== 1) problems.push({ at: ['answers'], type: 'truths', answers });
  }
  const object = step.look?.object;
  if (object !== undefined && !isThere(object, session.cluster.viewAt(settingAt(lesson, stepIndex).watchedMs)))
    problems.push({ at: ['show', 'object'], type: 'notThere', object });
  return problems;
}

function goalProblems(session: Session, lesson: Lesson, { goals, solution }: GoalStep, stepIndex: number): Problem[] {
  const { openAtMs } = settingAt(lesson, stepIndex);
  const outcomeAt = (atMs: number) => outcomeOf(session, lesson, stepIndex, session.cluster.viewAt(atMs));
  const problems = goals.flatMap(({ isReachedIf }, i): Problem[] => {
    const isReachedAt = (atMs: number) => isTrue(isReachedIf, outcomeAt(atMs));
    return [
      ...(isReachedAt(openAtMs) ? [{ at: ['goals', i], type: 'reachedBefore' } as const] : []),
      ...(isReachedAt(openAtMs + LEAD_MS + solution.lengthMs) ? [] : [{ at: ['goals', i], type: 'notReached' } as const]),
    ];
  });
  const { challenge } = lesson;
  if (challenge && (solution.steps.length !== challenge.par || challenge.par > challenge.commands))
    problems.push({ at: ['solution'], type: 'notPar' });
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
