// The languages the interface speaks. English is part of the page; the others are loaded when they are asked for.
import { en } from './en.ts';
import type { importedEn } from './importedEn.ts';
import type { insideEn } from './insideEn.ts';
import type { learnEn } from './learnEn.ts';
import type { whyEn } from './whyEn.ts';

/** Every string of the interface. A language that leaves one out does not compile. */
export type Messages = typeof en;

/** The words of lessons, loaded with the first lesson. */
export type LearnMessages = typeof learnEn;

/** The words of panels that say why, loaded with the first of them. */
export type WhyMessages = typeof whyEn;

/** The words for clusters that ran elsewhere, loaded with the first of them. */
export type ImportedMessages = typeof importedEn;

/** The words inside a pod, loaded when somebody first goes in. */
export type InsideMessages = typeof insideEn;

export interface Language {
  readonly code: string;
  /** Its own name for itself. */
  readonly label: string;
  load(): Promise<Messages>;
  loadLearn(): Promise<LearnMessages>;
  loadWhy(): Promise<WhyMessages>;
  loadImported(): Promise<ImportedMessages>;
  loadInside(): Promise<InsideMessages>;
}

export const languages: readonly Language[] = [
  {
    code: 'en',
    label: 'English',
    load: () => Promise.resolve(en),
    loadLearn: () => import('./learnEn.ts').then(({ learnEn }) => learnEn),
    loadWhy: () => import('./whyEn.ts').then(({ whyEn }) => whyEn),
    loadImported: () => import('./importedEn.ts').then(({ importedEn }) => importedEn),
    loadInside: () => import('./insideEn.ts').then(({ insideEn }) => insideEn),
  },
  {
    code: 'ko',
    label: '한국어',
    load: async () => (await import('./ko.ts')).ko,
    loadLearn: () => import('./learnKo.ts').then(({ learnKo }) => learnKo),
    loadWhy: () => import('./whyKo.ts').then(({ whyKo }) => whyKo),
    loadImported: () => import('./importedKo.ts').then(({ importedKo }) => importedKo),
    loadInside: () => import('./insideKo.ts').then(({ insideKo }) => insideKo),
  },
];

export function findLanguage(code: string): Language | undefined {
  return languages.find((language) => language.code === code);
}
