// A lesson: a world, and steps that a learner goes through in it. A step is to read, to predict (guess, watch, explain), to watch, to
// reach a goal, or to play freely. Everything is data; the world of each step follows from the lesson alone.
//
//   setup ──▶ read ──▶ predict ─────────────▶ goal ──────────▶ free
//             opens    does, then watch        solution         the learner's
//
// A step opens on the world that the steps before it leave behind, their solutions included. A learner who went another way is
// therefore back on the path with every step, and what a lesson claims of its world was true when it was tested.
import type { KubeletRuntime, Machine } from '../cluster/intents.ts';
import type { LibraryStep, Setting } from '../scenario/library/library.ts';
import type { Fact, PodFilter } from './fact.ts';
import type { Picture, PicturePod } from './picture.ts';

/** A text in each language, by code. */
export type Text = Readonly<Record<string, string>>;

export interface Answer {
  readonly text: Text;
  readonly picture: Picture;
  /** What is pinned to each pod as the learner's guess. */
  readonly guess: PicturePod | undefined;
  readonly isTrueIf: Fact;
}

/** What is shown in the inspector, or from inside. */
export interface Look {
  readonly object: string;
  readonly tab: string | undefined;
  /** Whether the stage goes inside this pod. */
  readonly isInside: boolean;
}

/** One deed, and the line of the lesson's file that asks for it. */
export interface LessonDeed extends LibraryStep {
  readonly line: number | undefined;
}

/** Deeds one after another; their moments count from the start of the first. */
export interface Deeds {
  readonly steps: readonly LessonDeed[];
  /** How long all of it takes, the waits included. */
  readonly lengthMs: number;
}

interface Shown {
  /** What is done before the step opens. */
  readonly given: Deeds;
  readonly text: Text;
  readonly look: Look | undefined;
}

export interface ReadStep extends Shown {
  readonly type: 'read';
}

/** What happens while one watches. */
interface Happening {
  readonly does: Deeds;
  readonly watchMs: number;
  readonly speed: 1 | 10 | 100;
  /** Why it happened: one sentence. */
  readonly because: Text;
}

export interface WatchStep extends Shown, Happening {
  readonly type: 'watch';
}

export interface PredictStep extends Shown, Happening {
  readonly type: 'predict';
  readonly question: Text;
  readonly answers: readonly Answer[];
  readonly pinned: PodFilter;
  readonly explain: Text;
}

export interface Goal {
  readonly text: Text;
  readonly isReachedIf: Fact;
}

export interface GoalStep extends Shown {
  readonly type: 'goal';
  /** A manifest that the learner is given to paste. */
  readonly manifest: string | undefined;
  readonly goals: readonly Goal[];
  readonly hints: readonly Text[];
  readonly solution: Deeds;
}

export interface FreeStep extends Shown {
  readonly type: 'free';
  /** Lines worth trying. */
  readonly lines: readonly string[];
}

export type LessonStep = ReadStep | WatchStep | PredictStep | GoalStep | FreeStep;

export interface Lesson {
  readonly id: string;
  readonly title: Text;
  readonly machines: readonly Machine[];
  readonly runtime: Partial<KubeletRuntime>;
  /** What was done before the learner came. */
  readonly setup: Deeds;
  readonly steps: readonly LessonStep[];
  /** A challenge: to be reached in so many commands; `par` is what a master needs. */
  readonly challenge: { readonly commands: number; readonly par: number } | undefined;
}

export type Phase = 'read' | 'predict' | 'watch' | 'explain' | 'goal' | 'free';

/** One thing at a time: a prediction is three stages. */
export interface Stage {
  readonly step: LessonStep;
  readonly stepIndex: number;
  readonly phase: Phase;
}

export function stagesOf(lesson: Lesson): readonly Stage[] {
  return lesson.steps.flatMap((step, stepIndex): Stage[] =>
    step.type === 'predict'
      ? (['predict', 'watch', 'explain'] as const).map((phase) => ({ step, stepIndex, phase }))
      : [{ step, stepIndex, phase: step.type }],
  );
}

/** From opening a step to the first thing that happens in it: what stood before is told apart from what came of it. */
export const LEAD_MS = 1000;

export interface LessonSetting extends Setting {
  readonly steps: readonly LessonDeed[];
  /** Until when it is watched. */
  readonly watchedMs: number;
}

/** The world on which a step opens. What the step itself does is in it, still to come. */
export function settingAt(lesson: Lesson, stepIndex: number): LessonSetting {
  const steps: LessonDeed[] = [...lesson.setup.steps];
  let atMs = lesson.setup.lengthMs;
  let openAtMs = atMs;
  for (const step of lesson.steps.slice(0, stepIndex + 1)) {
    steps.push(...shifted(step.given, atMs));
    atMs += step.given.lengthMs;
    openAtMs = atMs;
    const isBehind = step !== lesson.steps[stepIndex];
    if (step.type === 'predict' || step.type === 'watch') {
      steps.push(...shifted(step.does, atMs + LEAD_MS));
      atMs += LEAD_MS + step.watchMs;
    } else if (step.type === 'goal' && isBehind) {
      steps.push(...shifted(step.solution, atMs + LEAD_MS));
      atMs += LEAD_MS + step.solution.lengthMs;
    }
  }
  const { machines, runtime } = lesson;
  return { machines, runtime, steps, openAtMs, watchedMs: atMs };
}

function shifted({ steps }: Deeds, byMs: number): LessonDeed[] {
  return steps.map((step) => ({ ...step, atMs: step.atMs + byMs }));
}

/** The text in a language; English where it has none. */
export function textIn(text: Text, language: string): string {
  return text[language] ?? text['en'] ?? Object.values(text)[0] ?? '';
}
