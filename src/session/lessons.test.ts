// Proves every lesson: what it claims is what the simulation does, its solutions reach its goals, and every text is in every language.
// One world is run for each lesson, through all its steps and solutions to its end: every step opens on a moment of it, and the
// languages, which differ in text alone, share it.
// @module-tag long
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { languages } from '../i18n/index.ts';
import { challenges, course, type Entry, findLesson, loadLesson } from '../lessons/index.ts';
import { type GoalStep, LEAD_MS, type Lesson, type PredictStep, type Text } from '../lessons/lesson.ts';
import { createSession } from './createSession.ts';
import { engine } from './engine.ts';
import { createLessonRun, type LessonRun } from './lessonRun.ts';
import { isGoalReached, type LessonState } from './lessonState.ts';
import { readProgress } from './progress.ts';
import { failedLines, noFrames, problemsOf, runWhole, truthsOf } from './provenLesson.ts';
import type { Session } from './session.ts';

/** Every text of a step, with its place. */
function textsOf(value: unknown, path: string): [string, Text][] {
  if (typeof value !== 'object' || value === null) return [];
  if (Object.keys(value).length > 0 && Object.keys(value).every((key) => CODES.has(key))) return [[path, value as Text]];
  return Object.entries(value).flatMap(([key, each]) => textsOf(each, `${path}.${key}`));
}

/** Which answer comes true in each prediction, as `because` and `explain` tell it: whatever changes in a world, they must not be untrue. */
const TOLD: Readonly<Record<string, readonly number[]>> = {
  pod: [3],
  containers: [3, 1],
  sharing: [2, 2],
  'pods-end': [3, 3],
  'container-restart': [2, 2, 3, 2],
  'controllers-heal': [3, 2],
  'cookie-cutter': [3, 2, 3],
  scheduling: [3, 2],
  'rolling-update': [3, 2, 2],
  owners: [2, 2],
  drain: [2, 2, 2],
  termination: [2, 2, 1],
};

const CODES = new Set(languages.map(({ code }) => code));
const HANGUL = /[가-힣]/;

function texts(entry: Entry, lesson: Lesson): [string, Text][] {
  return [['title', entry.title], ...textsOf(lesson.steps, 'steps')];
}

for (const entry of [...course, ...challenges]) {
  describe(`lesson ${entry.id}`, async () => {
    const lesson = await loadLesson(entry);
    let session: Session;
    beforeAll(() => {
      session = runWhole(lesson);
    });

    it('is called the same in the table of contents, and has every text in every language', () => {
      expect(lesson.id).toBe(entry.id);
      const missing = texts(entry, lesson).flatMap(([path, text]) =>
        languages.filter(({ code }) => !text[code]?.trim()).map(({ code }) => `${path}: ${code}`),
      );
      expect(missing).toEqual([]);
      expect(texts(entry, lesson).filter(([, text]) => !HANGUL.test(text['ko'] ?? '') || HANGUL.test(text['en'] ?? ''))).toEqual([]);
    });

    it.each(lesson.steps.map((step, i) => ({ type: step.type, number: i + 1, step })))('is true in step $number, $type', (given) => {
      expect(problemsOf(session, lesson, given.step, given.number - 1)).toEqual([]);
    });

    it('explains what comes true', () => {
      const truths = lesson.steps.flatMap((step, i) => (step.type === 'predict' ? [truthsOf(session, lesson, step, i)[0] ?? 0] : []));
      expect(truths).toEqual(TOLD[entry.id] ?? []);
    });

    it('runs no line that fails, those worth trying included', () => {
      for (const step of lesson.steps) if (step.type === 'free') for (const line of step.lines) session.run(line);
      expect(failedLines(session, lesson)).toEqual([]);
    });
  });
}

describe('a lesson in which something else happens', () => {
  it('is not proven: without the solution its goal is not reached', async () => {
    const lesson = await lessonCalled('pod');
    const steps = lesson.steps.map((step) => (step.type === 'goal' ? { ...step, solution: { steps: [], lengthMs: 20_000 } } : step));
    const without = { ...lesson, steps };
    const session = runWhole(without);
    expect(steps.flatMap((step, i) => problemsOf(session, without, step, i))).toContainEqual({ at: ['goals', 0], type: 'notReached' });
  });

  it('has another true answer, because the world is asked and no key', async () => {
    const lesson = await lessonCalled('scheduling');
    const truths = (given: Lesson) => truthsOf(runWhole(given), given, given.steps[1] as PredictStep, 1);
    expect(truths(lesson)).toEqual([3]);
    const machines = lesson.machines.map(({ allocatable: _reserved, ...machine }) => ({ ...machine, cpu: '4' }));
    expect(truths({ ...lesson, machines })).toEqual([1]);
  });
});

// The way through a lesson is the same for all, so two with steps of each type stand for them.
describe.each(['pod', 'two-by-two'])('the way through %s', (id) => {
  it('leads through every stage, asks for each solution, and back', async () => {
    const session = createSession({ engine, scenario: 'empty', frames: noFrames });
    const run = createLessonRun(session);
    run.open(await lessonCalled(id));
    expect(goThrough(session, run)).toEqual([]);
    for (let i = 0; i < 30; i++) run.back();
    expect(lessonOf(session).at).toBe(0);
  });
});

describe('a challenge', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('is done, with its best, by whoever reaches it and not by whoever was shown how', async () => {
    const kept = new Map<string, string>();
    vi.stubGlobal('localStorage', {
      getItem: (name: string) => kept.get(name) ?? null,
      setItem: (name: string, value: string) => kept.set(name, value),
    });
    const session = createSession({ engine, scenario: 'empty', frames: noFrames });
    const run = createLessonRun(session);
    const lesson = await loadLesson(challenges[0] as Entry);
    run.open(lesson);
    const { steps, lengthMs } = (lesson.steps[0] as GoalStep).solution;
    run.solve();
    session.runTo(session.store.getState().endMs + LEAD_MS + lengthMs);
    expect(isGoalReached(lessonOf(session))).toBe(true);
    expect(readProgress()['two-by-two']).toEqual({ at: 0, isDone: false });
    run.reset();
    const startMs = session.store.getState().endMs + LEAD_MS;
    for (const { kubectl, atMs } of steps) {
      session.runTo(startMs + atMs);
      session.run((typeof kubectl === 'function' ? kubectl(session.store.getState().snapshot) : kubectl) as string);
    }
    session.runTo(startMs + lengthMs);
    expect(readProgress()['two-by-two']).toEqual({ at: 0, isDone: true, best: lesson.challenge?.par });
  });
});

const lessonCalled = (id: string) => loadLesson(findLesson(id) as Entry);

const lessonOf = (session: Session) => session.store.getState().lesson as LessonState;

/** As a learner who asks for every solution, to the last stage; returns the stages that were not judged as they should be. */
function goThrough(session: Session, run: LessonRun): readonly string[] {
  const missed: string[] = [];
  for (const [i, { step, phase }] of lessonOf(session).stages.entries()) {
    if (lessonOf(session).at !== i) missed.push(`stage ${i} is not entered`);
    if (phase === 'predict') {
      run.watch();
      run.watch();
      if (lessonOf(session).truth === undefined) missed.push(`stage ${i} has no true answer`);
    } else if (step.type === 'goal') {
      const endMs = session.store.getState().endMs + LEAD_MS + step.solution.lengthMs;
      run.solve();
      session.runTo(endMs);
      if (!isGoalReached(lessonOf(session))) missed.push(`stage ${i} is not reached`);
    }
    // Watching has led to the next stage already.
    if (phase !== 'predict') run.next();
  }
  return missed;
}
