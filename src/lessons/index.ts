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
  { id: 'pod', title: { en: 'What a pod is', ko: '파드란 무엇인가' }, text: () => import('./course/pod.yaml?raw') },
  {
    id: 'pods-end',
    title: { en: 'Pods end and do not come back', ko: '파드는 끝나면 돌아오지 않습니다' },
    text: () => import('./course/pods-end.yaml?raw'),
  },
  {
    id: 'controllers-heal',
    title: { en: 'Controllers heal', ko: '컨트롤러가 치유합니다' },
    text: () => import('./course/controllers-heal.yaml?raw'),
  },
  { id: 'cookie-cutter', title: { en: 'The cookie cutter', ko: '쿠키 커터' }, text: () => import('./course/cookie-cutter.yaml?raw') },
  {
    id: 'scheduling',
    title: { en: 'Scheduling, and why a pod waits', ko: '스케줄링과 파드가 기다리는 이유' },
    text: () => import('./course/scheduling.yaml?raw'),
  },
  { id: 'rolling-update', title: { en: 'Rolling update', ko: '롤링 업데이트' }, text: () => import('./course/rolling-update.yaml?raw') },
  {
    id: 'owners',
    title: { en: 'Four owners, one lost node', ko: '소유자 넷, 노드 하나의 장애' },
    text: () => import('./course/owners.yaml?raw'),
  },
  { id: 'drain', title: { en: 'Drain, budgets, eviction', ko: '드레인, 중단 예산, 축출' }, text: () => import('./course/drain.yaml?raw') },
];

export const challenges: readonly Entry[] = [];

export function findLesson(id: string): Entry | undefined {
  return [...course, ...challenges].find((entry) => entry.id === id);
}

export function loadLesson({ text, title }: Entry): Promise<Lesson> {
  return text().then((loaded) => readLesson(loaded.default, title));
}
