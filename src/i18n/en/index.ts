import type { Language } from '../language.ts';

export const english: Language = {
  code: 'en',
  label: 'English',
  load: () => import('./page.ts').then(({ pageEn }) => pageEn),
  loadScene: () => import('./scene.ts').then(({ sceneEn }) => sceneEn),
  loadLearn: () => import('./learn.ts').then(({ learnEn }) => learnEn),
  loadWhy: () => import('./why.ts').then(({ whyEn }) => whyEn),
  loadImported: () => import('./imported.ts').then(({ importedEn }) => importedEn),
  loadInside: () => import('./inside.ts').then(({ insideEn }) => insideEn),
  loadEmbed: () => import('./embed.ts').then(({ embedEn }) => embedEn),
  loadFailures: () => import('./failures.ts').then(({ failuresEn }) => failuresEn),
};
