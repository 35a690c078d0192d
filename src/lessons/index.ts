// The table of contents: the lessons of the course in their order, then the challenges. Titles are here, so that the list can be shown
// before any lesson is loaded.
import { type Lesson, type Text } from './lesson.ts';
import { readLesson } from './readLesson.ts';

export interface Entry {
  readonly id: string;
  readonly title: Text;
  readonly text: () => Promise<{ readonly default: string }>;
}

export const course: readonly Entry[] = [
  { id: 'cookie-cutter', title: { en: 'The cookie cutter', ko: '쿠키 커터' }, text: () => import('./course/cookie-cutter.yaml?raw') },
];

export const challenges: readonly Entry[] = [];

export function findLesson(id: string): Entry | undefined {
  return [...course, ...challenges].find((entry) => entry.id === id);
}

export function loadLesson({ text, title }: Entry): Promise<Lesson> {
  return text().then((loaded) => readLesson(loaded.default, title));
}
