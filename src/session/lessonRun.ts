// Takes a learner through a lesson: opens each step on its world, watches what happens, and judges by it. What there is to show is in
// the session's store; the interface calls the verbs.

import { type Key, keyOf, type Snapshot } from '../kube/meta.ts';
import { isTrue, type Outcome, podsOf } from '../lessons/fact.ts';
import { LEAD_MS, type Lesson, type LessonStep, type Look, settingAt, stagesOf } from '../lessons/lesson.ts';
import { fillPlaceholders } from '../scenario/placeholders.ts';
import { askedItems } from '../scene/asked.ts';
import { lookOfLetter } from '../scene/looks.ts';
import type { Pin } from '../scene/pins.ts';
import { comingCutter } from './comingCutter.ts';
import { goalPicture } from './goalPicture.ts';
import { isGoalReached, type LessonState, stageAt } from './lessonState.ts';
import { noteProgress } from './progress.ts';
import type { Session, SessionState } from './session.ts';

export interface LessonRun {
  /** Opens a lesson, at a stage of it. */
  readonly open: (lesson: Lesson, options?: { readonly at?: number; readonly number?: number | undefined }) => void;
  readonly go: (at: number) => void;
  readonly next: () => void;
  readonly back: () => void;
  readonly choose: (answer: number) => void;
  /** Lets happen what was guessed about; pressed again, shows the end of it at once. */
  readonly watch: () => void;
  readonly hint: () => void;
  /** Does what the lesson's author would do. */
  readonly solve: () => void;
  /** Opens the step anew. */
  readonly reset: () => void;
  /** The lesson closes; the world stays. */
  readonly leave: () => void;
  readonly dispose: () => void;
}

export function createLessonRun(session: Session): LessonRun {
  const { store } = session;
  const lessonNow = () => store.getState().lesson;

  function enter(state: Opened, to: number): void {
    const at = Math.max(0, Math.min(state.stages.length - 1, to));
    const known = lessonNow();
    const stage = stageAt({ ...NOTHING_DONE, ...state, at });
    const isSameStep = known?.lesson === state.lesson && stageAt(known).step === stage.step;
    const { lesson } = state;
    if (!isSameStep || stage.phase === 'predict') openStep(state, at);
    if (stage.phase === 'watch' && stage.step.type === 'predict' && !lessonNow()?.isWatching) showEnd();
    const now = lessonNow() as LessonState;
    session.setLesson({ ...now, at });
    if (stage.phase === 'explain' && !now.isWatched) showEnd();
    if (stage.phase !== 'predict' && stage.phase !== 'watch') look(stage.step.look);
    const isLast = at === state.stages.length - 1;
    if (stage.phase === 'goal' || stage.phase === 'free') session.play();
    noteProgress(lesson.id, { at, isDone: isLast && !lesson.challenge });
  }

  function openStep({ lesson, stages, number }: Opened, at: number): void {
    const { step, stepIndex } = stageAt({ ...NOTHING_DONE, lesson, stages, number, at });
    // Before the world: the store tells of every change, and this step's facts must not be asked of another's.
    session.setLesson(undefined);
    session.openSetting(settingAt(lesson, stepIndex));
    const reached = step.type === 'goal' ? step.goals.map(() => false) : [];
    session.setLesson({
      ...NOTHING_DONE,
      lesson,
      stages,
      number,
      at,
      reached,
      comes: comingLine(step, store.getState().snapshot),
      coming: step.type === 'predict' ? comingCutter(lesson, stepIndex, store.getState().snapshot) : undefined,
      picture: step.type === 'goal' && lesson.challenge ? goalPicture(lesson, step) : undefined,
    });
  }

  function look(shown: Look | undefined): void {
    const { snapshot } = store.getState();
    const key = shown && namedKey(shown.object, snapshot);
    if (key && shown.isInside) session.enter(key);
    else if (key) session.select([key], shown.tab);
    else if (store.getState().selection.length > 0) session.select([]);
  }

  function begin(): void {
    const lesson = lessonNow() as LessonState;
    const { step } = stageAt(lesson);
    if (step.type !== 'predict' && step.type !== 'watch') return;
    session.setLesson({
      ...lesson,
      at: step.type === 'predict' ? lesson.at + 1 : lesson.at,
      comes: undefined,
      coming: undefined,
      isWatching: true,
    });
    session.select([]);
    session.setSpeed(step.speed);
    session.play();
  }

  /** Runs to the end of what is watched, and judges. */
  function showEnd(): void {
    const lesson = lessonNow() as LessonState;
    const { watchedMs } = settingAt(lesson.lesson, stageAt(lesson).stepIndex);
    if (store.getState().endMs < watchedMs) session.runTo(watchedMs);
    finish(lesson);
  }

  function finish(lesson: LessonState): void {
    const { step, stepIndex } = stageAt(lesson);
    // First the state: pausing tells the store, and the store tells us.
    const outcome = outcomeOf(session, lesson.lesson, stepIndex);
    const truth = step.type === 'predict' ? step.answers.findIndex(({ isTrueIf }) => isTrue(isTrueIf, outcome)) : -1;
    const judged = {
      ...lesson,
      comes: undefined,
      coming: undefined,
      isWatching: false,
      isWatched: true,
      truth: truth < 0 ? undefined : truth,
    };
    session.setLesson({ ...judged, pins: pinsFor(judged, outcome.before) });
    session.pause();
  }

  function judgeGoals(lesson: LessonState, step: Extract<LessonStep, { type: 'goal' }>, snapshot: Snapshot): void {
    const deedCount = session.deeds.length;
    const outcome = outcomeOf(session, lesson.lesson, stageAt(lesson).stepIndex, snapshot);
    // A goal once reached stays reached: the next one may need it undone.
    const reached = step.goals.map(({ isReachedIf }, i) => lesson.reached[i] === true || isTrue(isReachedIf, outcome));
    if (deedCount === lesson.deedCount && reached.every((each, i) => each === lesson.reached[i])) return;
    const judged = { ...lesson, reached, deedCount };
    session.setLesson(judged);
    const { challenge, id } = lesson.lesson;
    if (!isGoalReached(judged)) return;
    if (!challenge || lesson.isShown) return noteProgress(id, { at: lesson.at, isDone: false });
    noteProgress(id, { at: lesson.at, isDone: deedCount <= challenge.commands, best: deedCount });
  }

  function onState(state: SessionState, before: SessionState): void {
    const { lesson } = state;
    if (!lesson || state.snapshot === undefined) return;
    const { phase, step, stepIndex } = stageAt(lesson);
    if (phase === 'predict' && state.isPlaying && !before.isPlaying) return begin();
    if (step.type === 'watch' && state.isPlaying && !before.isPlaying && !lesson.isWatching && !lesson.isWatched) return begin();
    if (lesson.isWatching) {
      const { watchedMs } = settingAt(lesson.lesson, stepIndex);
      if (state.playheadMs >= watchedMs && state.playheadMs === state.endMs) finish(lesson);
    } else if (step.type === 'goal' && state.snapshot !== before.snapshot && state.playheadMs === state.endMs && !isGoalReached(lesson)) {
      judgeGoals(lesson, step, state.snapshot);
    }
  }

  const unsubscribe = store.subscribe(onState);
  const go = (at: number): void => {
    const lesson = lessonNow();
    if (lesson) enter(lesson, at);
  };
  return {
    open: (lesson, { at = 0, number } = {}) => enter({ lesson, stages: stagesOf(lesson), number }, at),
    go,
    next: () => go((lessonNow()?.at ?? 0) + 1),
    back: () => {
      const lesson = lessonNow();
      if (!lesson) return;
      const { step, phase } = stageAt(lesson);
      // From what was watched one goes back to the question, which opens the step anew.
      if (phase === 'watch' || phase === 'explain') go(lesson.stages.findIndex((each) => each.step === step));
      else go(lesson.at - 1);
    },
    choose: (answer) => {
      const lesson = lessonNow();
      if (!lesson || stageAt(lesson).phase !== 'predict') return;
      session.setLesson({ ...lesson, answer, pins: pinsFor({ ...lesson, answer }, store.getState().snapshot) });
    },
    watch: () => (lessonNow()?.isWatching ? showEnd() : begin()),
    hint: () => {
      const lesson = lessonNow();
      if (lesson) session.setLesson({ ...lesson, hintCount: lesson.hintCount + 1 });
    },
    solve() {
      const lesson = lessonNow();
      const step = lesson && stageAt(lesson).step;
      if (step?.type !== 'goal') return;
      session.setLesson({ ...(lesson as LessonState), isShown: true });
      const startMs = store.getState().endMs + LEAD_MS;
      for (const { kubectl, stdin, fault, atMs } of step.solution.steps) {
        session.runTo(startMs + atMs);
        const { snapshot } = store.getState();
        const line = typeof kubectl === 'function' ? kubectl(snapshot) : kubectl;
        const happening = typeof fault === 'function' ? fault(snapshot) : fault;
        if (line) session.run(line, stdin);
        if (happening) session.act(happening);
      }
      session.play();
    },
    reset: () => {
      const lesson = lessonNow();
      if (!lesson) return;
      session.setLesson(undefined);
      enter(
        lesson,
        lesson.stages.findIndex((each) => each.step === stageAt(lesson).step),
      );
    },
    leave: () => session.setLesson(undefined),
    dispose: unsubscribe,
  };
}

type Opened = Pick<LessonState, 'lesson' | 'stages' | 'number'>;

const NOTHING_DONE = {
  at: 0,
  answer: undefined,
  comes: undefined,
  coming: undefined,
  drawAsked: askedItems,
  isWatching: false,
  isWatched: false,
  truth: undefined,
  pins: undefined,
  picture: undefined,
  reached: [],
  hintCount: 0,
  isShown: false,
  deedCount: 0,
} as const;

function comingLine(step: LessonStep, snapshot: Snapshot): string | undefined {
  if (step.type !== 'predict') return undefined;
  const line = step.does.steps[0]?.kubectl;
  return typeof line === 'function' ? line(snapshot) : line;
}

/** The guess on every pod that it is about; they are those that stood when the question was asked. */
function pinsFor(lesson: LessonState, asked: Snapshot): LessonState['pins'] {
  const { step } = stageAt(lesson);
  const guess = step.type === 'predict' && lesson.answer !== undefined ? step.answers[lesson.answer]?.guess : undefined;
  if (step.type !== 'predict' || !guess || guess.letter === undefined) return undefined;
  const pin: Pin = {
    look: lookOfLetter(guess.letter),
    // A guess is a ghost: it is drawn dashed unless it is about more than a template.
    state: { name: guess.state === 'ready' ? 'pending' : guess.state },
    isRight: lesson.isWatched ? lesson.answer === lesson.truth : undefined,
  };
  return new Map(podsOf(step.pinned, { before: asked, after: asked }).map((pod) => [keyOf(pod), pin]));
}

/** What happened since the step opened, up to the end of what is watched or to `after`. */
export function outcomeOf({ cluster }: Pick<Session, 'cluster'>, lesson: Lesson, stepIndex: number, after?: Snapshot): Outcome {
  const { openAtMs, watchedMs } = settingAt(lesson, stepIndex);
  const before = cluster.viewAt(openAtMs);
  const last = after ?? cluster.viewAt(watchedMs);
  return {
    before,
    after: last,
    *moments() {
      const times = new Set(cluster.changes.slice(before.seq, last.seq).map(({ atMs }) => atMs));
      for (const atMs of times) yield cluster.viewAt(atMs);
    },
  };
}

/** `Pod/{{pod app=web 0}}`, `Deployment/web`, `Node/node-a`. */
function namedKey(text: string, snapshot: Snapshot): Key {
  const [kind = '', name = ''] = fillPlaceholders(text, snapshot).split('/');
  return snapshot.list(kind).some(({ metadata }) => metadata.name === name && metadata.namespace === undefined)
    ? `${kind}//${name}`
    : `${kind}/default/${name}`;
}
