// Where a learner is in a lesson.
import type { Key } from '../kube/meta.ts';
import type { Lesson, Stage } from '../lessons/lesson.ts';
import type { Picture } from '../lessons/picture.ts';
import type { askedItems, Coming } from '../scene/asked.ts';
import type { Pin } from '../scene/pins.ts';

export interface LessonState {
  readonly lesson: Lesson;
  /** Its place in the course, from 1; undefined for a challenge or a lesson from a file. */
  readonly number: number | undefined;
  readonly stages: readonly Stage[];
  readonly at: number;
  /** Which answer was picked. */
  readonly answer: number | undefined;
  /** The line that is run when the learner has guessed. */
  readonly comes: string | undefined;
  /** The cutter that it brings. */
  readonly coming: Coming | undefined;
  /** Puts guess and coming cutter on the stage; with the lesson it comes to a page that has loaded nothing of them before. */
  readonly drawAsked: typeof askedItems;
  readonly isWatching: boolean;
  readonly isWatched: boolean;
  /** Which answer the simulation gave. */
  readonly truth: number | undefined;
  /** The guess, pinned to the pods that it is about. */
  readonly pins: ReadonlyMap<Key, Pin> | undefined;
  /** What a challenge asks for. */
  readonly picture: Picture | undefined;
  /** Which goals are reached. */
  readonly reached: readonly boolean[];
  readonly hintCount: number;
  /** Whether the learner asked how it is done: then it is no feat to have done it. */
  readonly isShown: boolean;
  /** What the learner has done since the step opened. */
  readonly deedCount: number;
}

export function stageAt({ stages, at }: LessonState): Stage {
  return stages[at] as Stage;
}

export function isGoalReached({ reached }: LessonState): boolean {
  return reached.length > 0 && reached.every(Boolean);
}
