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
    id: 'containers',
    title: { en: 'One container or several', ko: '컨테이너 하나 또는 여러 개' },
    text: () => import('./course/containers.yaml?raw'),
  },
  { id: 'sharing', title: { en: 'What containers share', ko: '컨테이너가 공유하는 것' }, text: () => import('./course/sharing.yaml?raw') },
  {
    id: 'pods-end',
    title: { en: 'Pods end and do not come back', ko: '파드는 끝나면 돌아오지 않습니다' },
    text: () => import('./course/pods-end.yaml?raw'),
  },
  {
    id: 'container-restart',
    title: { en: 'A container restarts, the pod stays', ko: '컨테이너는 재시작하고 파드는 남습니다' },
    text: () => import('./course/container-restart.yaml?raw'),
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
  { id: 'termination', title: { en: 'How a pod ends', ko: '파드의 종료' }, text: () => import('./course/termination.yaml?raw') },
];

export const challenges: readonly Entry[] = [
  { id: 'two-by-two', title: { en: 'Two by two', ko: '둘씩' }, text: () => import('./challenges/two-by-two.yaml?raw') },
  { id: 'five-new', title: { en: 'Five new ones', ko: '새것 다섯 개' }, text: () => import('./challenges/five-new.yaml?raw') },
  { id: 'let-one-go', title: { en: 'Let one go', ko: '하나를 놓아주기' }, text: () => import('./challenges/let-one-go.yaml?raw') },
  { id: 'no-room', title: { en: 'Three times no', ko: '세 번의 거절' }, text: () => import('./challenges/no-room.yaml?raw') },
];

export function findLesson(id: string): Entry | undefined {
  return [...course, ...challenges].find((entry) => entry.id === id);
}

export function loadLesson({ text, title }: Entry): Promise<Lesson> {
  return text().then((loaded) => readLesson(loaded.default, title));
}
