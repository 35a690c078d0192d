import type { Language } from '../language.ts';

export const korean: Language = {
  code: 'ko',
  label: '한국어',
  load: () => import('./page.ts').then(({ pageKo }) => pageKo),
  loadScene: () => import('./scene.ts').then(({ sceneKo }) => sceneKo),
  loadLearn: () => import('./learn.ts').then(({ learnKo }) => learnKo),
  loadWhy: () => import('./why.ts').then(({ whyKo }) => whyKo),
  loadImported: () => import('./imported.ts').then(({ importedKo }) => importedKo),
  loadInside: () => import('./inside.ts').then(({ insideKo }) => insideKo),
  loadEmbed: () => import('./embed.ts').then(({ embedKo }) => embedKo),
  loadFailures: () => import('./failures.ts').then(({ failuresKo }) => failuresKo),
};
