// Proves every lesson: what it claims is what the simulation does, its solutions reach its goals, and every text is in every language.
import { describe, expect, it } from 'vitest';
import { languages } from '../i18n/index.ts';
import { isTrue } from '../lessons/fact.ts';
import { challenges, course, type Entry, loadLesson } from '../lessons/index.ts';
import { type Deeds, type GoalStep, LEAD_MS, type Lesson, type LessonStep, settingAt, type Text } from '../lessons/lesson.ts';
import { fillPlaceholders } from '../scenario/placeholders.ts';
import { createSession } from './createSession.ts';
import { engine } from './engine.ts';
import { createLessonRun, type LessonRun, outcomeOf } from './lessonRun.ts';
import { type LessonState, stageAt } from './lessonState.ts';
import type { Session } from './session.ts';

const noFrames = { now: () => 0, request: () => 1, cancel: () => {} };

function openAt(lesson: Lesson, stepIndex: number): Session {
  const session = createSession({ engine, scenario: 'empty', frames: noFrames });
  session.openSetting(settingAt(lesson, stepIndex));
  return session;
}

function failuresOf(session: Session): readonly string[] {
  const { terminal } = session.store.getState();
  return terminal
    .filter(({ exitCode }) => exitCode !== undefined && exitCode !== 0)
    .map(({ line, output }) => `${line}: ${output.map(({ text }) => text).join('')}`);
}

/** Every text of a step, with its place. */
function textsOf(value: unknown, path: string): [string, Text][] {
  if (typeof value !== 'object' || value === null) return [];
  if (Object.keys(value).length > 0 && Object.keys(value).every((key) => CODES.has(key))) return [[path, value as Text]];
  return Object.entries(value).flatMap(([key, each]) => textsOf(each, `${path}.${key}`));
}

const CODES = new Set(languages.map(({ code }) => code));
const HANGUL = /[가-힣]/;

function texts(entry: Entry, lesson: Lesson): [string, Text][] {
  return [['title', entry.title], ...textsOf(lesson.steps, 'steps')];
}

for (const entry of [...course, ...challenges]) {
  describe(`lesson ${entry.id}`, async () => {
    const lesson = await loadLesson(entry);

    it('is called the same in the table of contents, and has every text in every language', () => {
      expect(lesson.id).toBe(entry.id);
      const missing = texts(entry, lesson).flatMap(([path, text]) =>
        languages.filter(({ code }) => !text[code]?.trim()).map(({ code }) => `${path}: ${code}`),
      );
      expect(missing).toEqual([]);
      expect(texts(entry, lesson).filter(([, text]) => !HANGUL.test(text['ko'] ?? '') || HANGUL.test(text['en'] ?? ''))).toEqual([]);
    });

    lesson.steps.forEach((step, stepIndex) => {
      it(`is true in step ${stepIndex + 1}, ${step.type}`, () => {
        expect(problemsOf(lesson, step, stepIndex)).toEqual([]);
      });
    });

    it('can be gone through, forward and back', () => {
      const session = createSession({ engine, scenario: 'empty', frames: noFrames });
      const run = createLessonRun(session);
      run.open(lesson);
      const missed = goThrough(session, run);
      expect(missed).toEqual([]);
      for (let i = 0; i < 30; i++) run.back();
      expect(lessonOf(session).at).toBe(0);
    });
  });
}

const lessonOf = (session: Session) => session.store.getState().lesson as LessonState;

/** As a learner who asks for every solution; returns the goals that were not reached. */
function goThrough(session: Session, run: LessonRun): string[] {
  const missed: string[] = [];
  for (let i = 0; lessonOf(session).at < lessonOf(session).stages.length - 1 && i < 100; i++) {
    const { step, phase } = stageAt(lessonOf(session));
    if (phase === 'predict' || (step.type === 'watch' && !lessonOf(session).isWatched)) {
      run.watch();
      run.watch();
    } else if (step.type === 'goal') {
      const endMs = session.store.getState().endMs + LEAD_MS + step.solution.lengthMs;
      run.solve();
      session.runTo(endMs);
      missed.push(...step.goals.filter((_, index) => !lessonOf(session).reached[index]).map(({ text }) => text['en'] ?? ''));
      run.next();
    } else run.next();
  }
  return missed;
}

/** What is wrong with a step: a claim that is not so, a goal that is reached from the start or not by its solution, a line that fails. */
function problemsOf(lesson: Lesson, step: LessonStep, stepIndex: number): readonly string[] {
  const session = openAt(lesson, stepIndex);
  const problems: string[] = [];
  if (step.type === 'goal') {
    const before = outcomeOf(session, lesson, stepIndex, session.store.getState().snapshot);
    const reached = step.goals.filter(({ isReachedIf }) => isTrue(isReachedIf, before));
    problems.push(...reached.map(({ text }) => `reached from the start: ${text['en']}`), ...solutionProblems(lesson, step, stepIndex));
  }
  session.runTo(settingAt(lesson, stepIndex).watchedMs);
  if (step.type === 'predict') {
    const outcome = outcomeOf(session, lesson, stepIndex);
    const truths = step.answers.filter(({ isTrueIf }) => isTrue(isTrueIf, outcome));
    if (truths.length !== 1) problems.push(`true are: ${truths.map(({ text }) => text['en']).join(' and ') || 'none'}`);
  }
  if (step.look && !isThere(session, step.look.object)) problems.push(`${step.look.object} is not there`);
  if (step.type === 'free') for (const line of step.lines) session.run(line);
  return [...problems, ...failuresOf(session)];
}

const NOTHING: Deeds = { steps: [], lengthMs: 0 };
const AFTERWARDS: LessonStep = { type: 'read', text: {}, look: undefined, given: NOTHING };

/** Runs a goal's solution as the next step's world has it, and asks at the end. */
function solutionProblems(lesson: Lesson, step: GoalStep, stepIndex: number): readonly string[] {
  const session = openAt({ ...lesson, steps: [...lesson.steps.slice(0, stepIndex + 1), AFTERWARDS] }, stepIndex + 1);
  const outcome = outcomeOf(session, lesson, stepIndex, session.store.getState().snapshot);
  const missed = step.goals.filter(({ isReachedIf }) => !isTrue(isReachedIf, outcome)).map(({ text }) => `not reached: ${text['en']}`);
  const { challenge } = lesson;
  const isPar = !challenge || (step.solution.steps.length === challenge.par && challenge.par <= challenge.commands);
  return [...missed, ...failuresOf(session), ...(isPar ? [] : ['the solution is not as short as par says'])];
}

function isThere(session: Session, object: string): boolean {
  const { snapshot } = session.store.getState();
  const [kind = '', name = ''] = fillPlaceholders(object, snapshot).split('/');
  return snapshot.list(kind).some(({ metadata }) => metadata.name === name);
}
