// How far a learner has come, kept in the browser where the browser lets us.
import { readPreference, writePreference } from './preferences.ts';

export interface LessonProgress {
  /** The stage that was reached last. */
  readonly at: number;
  readonly isDone: boolean;
  /** The fewest commands a challenge was reached with. */
  readonly best?: number;
}

type Progress = Readonly<Record<string, LessonProgress>>;

const NAME = 'progress';

export function readProgress(): Progress {
  try {
    const value: unknown = JSON.parse(readPreference(NAME) ?? '{}');
    if (typeof value !== 'object' || value === null) return {};
    return Object.fromEntries(Object.entries(value).filter((entry): entry is [string, LessonProgress] => isProgress(entry[1])));
  } catch {
    return {};
  }
}

/** What was done stays done, and the best stays the best. */
export function noteProgress(lesson: string, { at, isDone, best }: LessonProgress): void {
  const progress = readProgress();
  const known = progress[lesson];
  const fewest = Math.min(best ?? Number.POSITIVE_INFINITY, known?.best ?? Number.POSITIVE_INFINITY);
  const noted = { at, isDone: isDone || known?.isDone === true, ...(Number.isFinite(fewest) ? { best: fewest } : {}) };
  writePreference(NAME, JSON.stringify({ ...progress, [lesson]: noted }));
}

function isProgress(value: unknown): value is LessonProgress {
  const { at, isDone } = (value ?? {}) as Partial<LessonProgress>;
  return typeof at === 'number' && typeof isDone === 'boolean';
}
