// The languages the interface speaks. English is part of the page; the others are loaded when they are asked for.
import { en } from './en.ts';

/** Every string of the interface. A language that leaves one out does not compile. */
export type Messages = typeof en;

export interface Language {
  readonly code: string;
  /** Its own name for itself. */
  readonly label: string;
  load(): Promise<Messages>;
}

export const languages: readonly Language[] = [
  { code: 'en', label: 'English', load: () => Promise.resolve(en) },
  { code: 'ko', label: '한국어', load: async () => (await import('./ko.ts')).ko },
];

export function findLanguage(code: string): Language | undefined {
  return languages.find((language) => language.code === code);
}
